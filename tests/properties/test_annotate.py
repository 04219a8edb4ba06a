"""Laws of annotation: exclusive, ordered, exact spans, the same twice, and linear time on any input."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.annotate import merge
from pipeline.annotate.gazetteer import bare, folded
from pipeline.annotate.names import find_names
from pipeline.annotate.verbatim import recognise
from pipeline.model import Lang, Mention, Span
from pipeline.values.verbatim import Name
from tests.growth import growth

WORDS = """Luxorem Étienne Vaucelin de du La Les Ulis États-Unis 8 rue des Tilleuls , 27100 Val-de-Reuil 01 99 00 12 34
    a@b.example www.x.example article L. 5124-1 n° ISO 13485:2016 CAR-T AAV9 phase 2 I/II ( ) « » : . - – ' J. M. 10.1000/x
    @y lot"""
PARTS = st.sampled_from(WORDS.split())
TEXTS = st.one_of(st.lists(PARTS, max_size=25).map(" ".join), st.lists(PARTS, max_size=12).map("".join), st.text(max_size=60))
LANGS = st.sampled_from([Lang.FR, Lang.EN])


@settings(max_examples=150, deadline=None)
@given(TEXTS, LANGS)
def test_verbatim_is_exclusive_ordered_and_exact(text, lang):
    found = recognise(text, lang)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert all(m.value.text == m.span.of(text) and m.value.text for m in found)
    assert found == recognise(text, lang)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(TEXTS, LANGS), max_size=5))
def test_names_are_exclusive_ordered_and_exact(texts):
    found = find_names(texts)
    assert len(found) == len(texts)
    for (text, lang), mentions in zip(texts, found, strict=True):
        assert lang is Lang.FR or not mentions
        assert all(a.span.end <= b.span.start for a, b in pairwise(mentions))
        assert all(m.value.text == m.span.of(text) for m in mentions)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 9)), max_size=12))
def test_merging_is_exclusive_idempotent_and_blind_to_order(pairs):
    mentions = [Mention(Span(a, a + n), Name("x" * n)) for a, n in pairs]
    kept = merge(mentions)
    assert all(a.span.end <= b.span.start for a, b in pairwise(kept))
    assert merge(kept) == kept == merge(reversed(mentions))
    assert all(any(m.span.overlaps(k.span) for k in kept) for m in mentions if len(m.span))


@given(st.text(max_size=40))
def test_folding_keeps_the_length(text):
    assert len(bare(text)) == len(text)
    latin = "".join(c for c in text if c < "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}")
    assert len(folded(latin)) == len(latin)


@pytest.mark.parametrize(
    "unit",
    [
        "8 rue de la ",
        "a.",
        "A",
        "A-",
        "A1-",
        "A ",
        "Le ",
        "J. ",
        "1",
        "1 ",
        "0612",
        "01 ",
        "L. 1",
        "n°1-",
        "x@",
        "www.",
        "@",
        "ISO ",
        "12, rue a ",
        "IV ",
        "de ",
    ],
)
def test_time_is_linear(unit):
    def work(text):
        recognise(text, Lang.FR)
        find_names([(text, Lang.FR)])

    work(unit)
    assert growth(work, unit, 4_000) < 40
