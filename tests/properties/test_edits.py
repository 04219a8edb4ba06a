"""Laws of the edit algebra, on random texts and edits."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.edits import Alignment, Revision, apply, compose
from pipeline.model import Edit, Span


@st.composite
def edits_over(draw: st.DrawFn, text: str) -> list[Edit]:
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    out = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        if not out or start > out[-1].span.end:
            out.append(Edit(Span(start, end), text[start:end], draw(st.text("XYZ", max_size=3)), f"r{len(out)}"))
    return [e for e in out if e.before != e.after]


@st.composite
def two_rounds(draw: st.DrawFn) -> tuple[str, list[Edit], list[Edit]]:
    text = draw(st.text("abcde", max_size=20))
    first = draw(edits_over(text))
    return text, first, draw(edits_over(apply(text, first)))


@given(two_rounds())
def test_composing_two_rounds_does_what_both_do(rounds: tuple[str, list[Edit], list[Edit]]) -> None:
    text, first, second = rounds
    assert apply(text, compose(text, first, second)) == apply(apply(text, first), second)


@given(two_rounds())
def test_composed_edits_are_in_order_and_quote_the_source(rounds: tuple[str, list[Edit], list[Edit]]) -> None:
    text, first, second = rounds
    edits = compose(text, first, second)
    assert all(a.span.end <= b.span.start for a, b in pairwise(edits))
    assert all(e.span.of(text) == e.before for e in edits)


@given(two_rounds(), st.data())
def test_every_span_projects_into_the_source_and_kept_text_onto_itself(rounds, data) -> None:  # type: ignore[no-untyped-def]
    text, first, second = rounds
    draft = Revision.start(text).revise(first).revise(second)
    start = data.draw(st.integers(0, len(draft.text)))
    end = data.draw(st.integers(start, len(draft.text)))
    span = draft.project(Span(start, end))
    assert 0 <= span.start <= span.end <= len(text)
    replaced = {i for s, e in zip(Alignment.of(draft.edits).starts, draft.edits, strict=True) for i in range(s, s + len(e.after))}
    for i in range(start, end):
        if i not in replaced:
            assert draft.project(Span(i, i + 1)).of(text) == draft.text[i]


@given(two_rounds())
def test_projection_is_monotone(rounds: tuple[str, list[Edit], list[Edit]]) -> None:
    text, first, second = rounds
    draft = Revision.start(text).revise(first).revise(second)
    spans = [draft.project(Span(i, i + 1)) for i in range(len(draft.text))]
    assert all(a.start <= b.start and a.end <= b.end for a, b in pairwise(spans))
