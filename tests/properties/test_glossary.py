"""Matching is exclusive, repeatable, independent of the order of rows, and blind to what it does not know."""

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.glossary import Matcher, load
from pipeline.glossary.automaton import Automaton, by_rarest_stem
from pipeline.glossary.folding import fold
from pipeline.glossary.forms import forms
from pipeline.glossary.number import is_plural
from pipeline.model import Lang

WORDS = [
    *[
        "les",
        "un",
        "MTI",
        "lot",
        "lots",
        "de",
        "libération",
        "des",
        "médicaments",
        "thérapie",
        "innovante",
        "génique",
        "cellulaire",
        "(MTI)",
        "BPF",
    ],
    *[
        "l'",
        "d’",
        "AMM",
        "salle",
        "blanche",
        "blanches",
        "(",
        ")",
        ".",
        ",",
        "\N{NO-BREAK SPACE}",
        "12",
        "usine",
        "Les Ulis",
        "ß",
        "İ",
        "-",
        "ÉTAT",
    ],
]
texts = st.lists(st.sampled_from(WORDS), max_size=24).map(" ".join) | st.text(max_size=60)


@cache
def matcher(backwards: bool = False) -> Matcher:
    entries = load().entries
    return Matcher(entries[::-1] if backwards else entries)


@given(texts)
@settings(max_examples=150, deadline=None)
def test_mentions_are_exclusive_in_order_and_inside(text):
    found = matcher().find(text, Lang.FR, matcher().bind([text]))
    ends = [0]
    for mention in found:
        assert ends[-1] <= mention.span.start < mention.span.end <= len(text)
        ends.append(mention.span.end)
        assert mention.value.english and mention.value.english not in mention.value.admitted


@given(texts)
@settings(max_examples=150, deadline=None)
def test_the_order_of_rows_does_not_matter(text):
    one, other = matcher(), matcher(backwards=True)
    assert one.find(text, Lang.FR, one.bind([text])) == other.find(text, Lang.FR, other.bind([text]))


@given(texts)
@settings(max_examples=100, deadline=None)
def test_binding_a_document_twice_changes_nothing(text):
    once, twice = matcher().bind([text]), matcher().bind([text, text])
    assert once.known == twice.known
    assert matcher().find(text, Lang.FR, once) == matcher().find(text, Lang.FR, twice)


@given(st.text(max_size=80))
@settings(deadline=None)
def test_folding_keeps_positions_and_is_idempotent(text):
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(texts, st.integers(0, 60), st.integers(0, 10))
@settings(deadline=None)
def test_number_is_decided_anywhere(text, start, length):
    start = min(start, len(text))
    assert is_plural(text, start, min(len(text), start + length)) in (True, False)


@cache
def lazy() -> Automaton:
    return Automaton(load(), eager=0)


def test_every_form_begins_a_word_with_its_stem():
    for entry in load():
        waiting = set(by_rarest_stem((entry,)))
        for form in forms(entry):
            words = fold(form).split()
            assert any(word.startswith(stem) for word in words for stem in waiting), (form, waiting)


@given(texts)
@settings(max_examples=100, deadline=None)
def test_compiling_on_demand_changes_no_answer(text):
    folded = f" {fold(text)} "
    one, other = (
        sorted((a, b, f.text, f.entry.line) for a, b, found in automaton.matches(folded) for f in found)
        for automaton in (lazy(), all_at_once())
    )
    assert one == other


@cache
def all_at_once() -> Automaton:
    return Automaton(load())
