"""What must hold for any text: sentences cover it, no value is lost without a flag, a stage done twice does nothing."""

from decimal import Decimal
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import Config
from pipeline.edits import apply
from pipeline.model import Block, Document, Kind, Lang, Mention, Span
from pipeline.normalize import normalizer
from pipeline.normalize.typography import polish
from pipeline.translate import translator
from pipeline.translate.sentences import cut, split
from pipeline.values import render
from pipeline.values.types import Amount, Number
from tests.translation_fake import Fake

text = st.text(st.sampled_from("ab É.,;:!?«»()\"' \n12|-…\N{NO-BREAK SPACE}M."), max_size=80)
words = st.lists(
    st.sampled_from(["l'usine", "produit", "les", "lots", "a", "livré", "et", ",", ".", "«", "»", "7", "7", "12", "130"]),
    max_size=20,
)


@given(text, st.sampled_from(Lang))
def test_sentences_cover_all_but_white_space_in_order(sample, lang):
    spans = split(sample, lang)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    outside = list(sample)
    for s in spans:
        outside[s.start : s.end] = [" "] * len(s)
    assert "".join(outside).strip() == ""


@given(text, st.integers(1, 30))
def test_cut_covers_all_but_white_space(sample, fits):
    parts = cut(sample, Span(0, len(sample)), (), fits)
    assert "".join("".join(p.of(sample).split()) for p in parts) == "".join(sample.split())


@given(text)
def test_typography_is_idempotent(sample):
    once = apply(sample, polish(sample, (), True))
    assert apply(once, polish(once, (), True)) == once


def _document(parts):
    sample, mentions, at = " ".join(parts), [], 0
    for part in parts:
        if part.isdigit():
            mentions.append(Mention(Span(at, at + len(part)), Number(Amount(Decimal(part)))))
        at += len(part) + 1
    return Document(
        "x", sample, blocks=(Block(Kind.PARAGRAPH, (Span(0, len(sample)),), sample, lang=Lang.FR, mentions=tuple(mentions)),)
    )


@settings(deadline=None, max_examples=60)
@given(words, st.sets(st.sampled_from(["7", "12", "130", "lots"])), st.booleans())
def test_no_value_is_lost_without_a_flag_and_twice_is_once(parts, loses, has_marks):
    document = _document(parts)
    engine = Fake(loses=loses, markers=("⟪", "⟫") if has_marks else None, slots=())
    stage, step = translator(engine, Config()), normalizer(Config())
    done = step(next(stage([document])))
    for block in done.blocks:
        for segment in block.segments:
            lost = [p for p in segment.placed if p.target is None]
            assert len([f for f in segment.flags if f.code == "value.missing"]) == len(lost)
            assert all(p.target.of(segment.english) == render(p.mention.value) for p in segment.placed if p.target)
            assert not set("⟪⟫") & set(segment.english)
        assert sum(len(s.placed) for s in block.segments) == len(block.mentions)
    assert step(done) == done
    assert step(next(stage([done]))) == done
