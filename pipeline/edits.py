"""Edits as an algebra: apply them, compose two rounds into one, project a span of the result to the source.

After microsoft/bistring: an immutable text that knows where each of its characters came from. Rules never change
strings; they yield `Edit`s against the text as it stands, and `Revision.revise` keeps the account against the source.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.model import Block, Edit, Span


def apply(text: str, edits: Sequence[Edit], at: int = 0) -> str:
    """`text` with every edit made. Edits are in order, do not overlap, and each `before` is what stands there.

    Where `text` is a stretch of a longer text, from `at` on, edits are positions in the longer one.

    >>> apply("abc", [Edit(Span(1, 2), "b", "XY", "demo")])
    'aXYc'

    Raises ValueError where the edits are out of order or do not fit the text.
    """
    parts: list[str] = []
    last = 0
    for edit in edits:
        start, end = edit.span.start - at, edit.span.end - at
        if start < last or text[start:end] != edit.before:
            raise ValueError(f"edit {edit.rule} at {start} does not fit the text")
        parts += (text[last:start], edit.after)
        last = end
    parts.append(text[last:])
    return "".join(parts)


def moved(edit: Edit, by: int) -> Edit:
    """The same edit `by` code points further right."""
    return Edit(Span(edit.span.start + by, edit.span.end + by), edit.before, edit.after, edit.rule) if by else edit


def compose(source: str, first: Sequence[Edit], second: Sequence[Edit], middle: str | None = None, at: int = 0) -> tuple[Edit, ...]:
    r"""One round of edits over `source` that does what `first`, then `second` (over the result of `first`), do.

    `middle` is that result where the caller has it already. `source` may be a stretch of a longer text, from `at` on:
    then `first` and what comes back are positions in the longer text. Edits of the two rounds that touch the same
    characters become one, whose rule names both: `repair.a+repair.b`.

    >>> compose("ab-\ncd", [Edit(Span(3, 4), "\n", " ", "x")], [Edit(Span(2, 4), "- ", "", "y")])
    (Edit(span=Span(start=2, end=4), before='-\n', after='', rule='x+y'),)
    """
    if not second:
        return tuple(first)
    if not first:
        return tuple(moved(e, at) for e in second)
    middle = apply(source, first, at) if middle is None else middle
    out: list[Edit] = []
    shift = at  # source position minus middle position
    for start, end, ours, theirs in _clusters(first, second, at):
        left = start + shift
        shift += sum(len(e.before) - len(e.after) for e in ours)
        if not theirs:
            out += ours
            continue
        if not ours:
            out += [moved(e, shift) for e in theirs]
            continue
        span = Span(left, end + shift)
        after = apply(middle[start:end], theirs, start)
        before = source[span.start - at : span.end - at]
        if before != after:
            rules = dict.fromkeys(name for e in (*ours, *theirs) for name in e.rule.split("+"))
            out.append(Edit(span, before, after, "+".join(rules)))
    return tuple(out)


def _clusters(first: Sequence[Edit], second: Sequence[Edit], at: int) -> Iterable[tuple[int, int, list[Edit], list[Edit]]]:
    """Edits of both rounds that overlap in the middle text, together: (start, end, of the first, of the second)."""
    shift, items = -at, []
    for edit in first:
        start = edit.span.start + shift
        items.append((start, start + len(edit.after), 0, edit))
        shift += len(edit.after) - len(edit.before)
    items += [(e.span.start, e.span.end, 1, e) for e in second]
    items.sort(key=lambda item: item[:3])
    begin = end = -1
    groups: tuple[list[Edit], list[Edit]] = ([], [])
    for start, stop, which, edit in items:
        if begin >= 0 and start < end and (stop > begin):
            end = max(end, stop)
        else:
            if begin >= 0:
                yield begin, end, *groups
            begin, end, groups = start, stop, ([], [])
        groups[which].append(edit)
    if begin >= 0:
        yield begin, end, *groups


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where the characters of an edited text stood in the text before. Immutable; built once for a list of edits."""

    edits: tuple[Edit, ...]
    starts: tuple[int, ...]  # where each edit's `after` begins in the edited text

    @classmethod
    def of(cls, edits: Sequence[Edit]) -> Alignment:
        """The alignment that these edits (in order, over the text before) make."""
        starts, shift = [], 0
        for edit in edits:
            starts.append(edit.span.start + shift)
            shift += len(edit.after) - len(edit.before)
        return cls(tuple(edits), tuple(starts))

    def project(self, span: Span) -> Span:
        """The stretch of the text before that `span` of the edited text came from.

        A span that begins or ends inside a replacement grows to the whole of what was replaced.
        """
        if not len(span):
            at = self._back(span.start, False)
            return Span(at, max(at, self._back(span.start, True)))
        return Span(self._back(span.start, False), self._back(span.end, True))

    def _back(self, at: int, is_end: bool) -> int:
        # the last edit that begins before `at` (for an end) or at or before it (for a start)
        i = bisect_right(self.starts, at - 1 if is_end else at) - 1
        while i >= 0 and not is_end and at >= self.starts[i] + len(self.edits[i].after):
            edit = self.edits[i]  # wholly before: kept text follows it
            return at - (self.starts[i] + len(edit.after)) + edit.span.end
        if i < 0:
            return at
        edit, begin = self.edits[i], self.starts[i]
        if at > begin + len(edit.after):
            return at - (begin + len(edit.after)) + edit.span.end
        if is_end:
            return edit.span.end
        return edit.span.start


@dataclass(frozen=True, slots=True)
class Revision:
    r"""A text on its way through the rules: what it was (`base`), what was done (`edits`, over `base`), what it is.

    >>> draft = Revision.start("géno-\nmique").revise([Edit(Span(4, 6), "-\n", "", "repair.dehyphenate")])
    >>> draft.text, draft.project(Span(4, 9))
    ('génomique', Span(start=6, end=11))
    """

    base: str
    edits: tuple[Edit, ...]
    text: str
    at: int = 0  # where `base` begins in the text whose positions `edits` are

    @classmethod
    def start(cls, base: str) -> Revision:
        """A text that nothing has been done to yet."""
        return cls(base, (), base)

    def revise(self, edits: Iterable[Edit]) -> Revision:
        """With these edits (over `text`) made as well; edits that change nothing are dropped."""
        wanted = [e for e in edits if e.before != e.after]
        if not wanted:
            return self
        made = compose(self.base, self.edits, wanted, self.text, self.at)
        return Revision(self.base, made, apply(self.text, wanted), self.at)

    def project(self, span: Span) -> Span:
        """A span of `text` as a span of `base`."""
        return Alignment.of([moved(e, -self.at) for e in self.edits]).project(span)


def replay(source: str, block: Block) -> str:
    """The block's text, made again from the document's source and the block's edits (law 2)."""
    start = block.pieces[0].start
    base = source[start : block.pieces[-1].end]
    return apply(base, block.edits, start) if block.edits else base


def to_source(block: Block, span: Span) -> Span:
    """A span of the block's text as a span of the document's source.

    >>> from pipeline.model import Kind
    >>> to_source(Block(Kind.PARAGRAPH, (Span(10, 20),), "0123456789"), Span(2, 4))
    Span(start=12, end=14)
    """
    hull = block.hull
    local = [moved(e, -hull.start) for e in block.edits]
    return Alignment.of(local).project(span).shift(hull.start)
