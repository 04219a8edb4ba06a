"""A document as a program sees it: blocks, segments and mentions with spans on both sides, and the way back to the source.

`pipeline.api` reads it from what a run has written. Everything is read-only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.edits import to_source
from pipeline.model import Block as ModelBlock
from pipeline.model import Diagnostic, Edit, Flag, Kind, Lang, Span, Term, Value


class Trace(NamedTuple):
    """Where a stretch of the English comes from: the span in the source file as decoded, and what stands there."""

    source: Span
    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A value, a name or a term. `block` and `segment` are numbers: of the block, and of the segment within the document.

    `text` is the surface in the repaired text, `span` its place in `Block.text`, `source` in the source file; `english`
    and `output` are the same in NAME.txt, "" and None where it is not there. `canonical` is its canonical English;
    `value` what `NAME.json` says of it for programs, `typed` the Python value (`pipeline.values.types`, or `Term`).
    """

    kind: str
    text: str
    span: Span
    source: Span
    canonical: str
    english: str
    output: Span | None
    rung: str
    block: int
    segment: int | None
    value: Mapping[str, Any]
    typed: Value | Term

    @property
    def identity(self) -> str:
        """Equal for equal values, in whatever language or form: `money:12300000:EUR`."""
        return str(self.value["identity"])


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence. `text` is the repaired source, `english` what became of it; `origin` says how (docs/output.md).

    `span` is in `Block.text`, `source` in the source file, `output` in NAME.txt: None where the block is left out.
    `number` counts within the document.
    """

    number: int
    block: int
    lang: Lang
    text: str
    english: str
    span: Span
    source: Span
    output: Span | None
    origin: str
    flags: tuple[Flag, ...]
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, item, row … `text` is the repaired source, `output` its place in NAME.txt or None."""

    number: int
    kind: Kind
    lang: Lang
    text: str
    pieces: tuple[Span, ...]
    output: Span | None
    edits: tuple[Edit, ...]
    flags: tuple[Flag, ...]
    segments: tuple[Segment, ...]
    mentions: tuple[Mention, ...]

    @property
    def hull(self) -> Span:
        """From the first piece's start to the last one's end, in the source."""
        return Span(self.pieces[0].start, self.pieces[-1].end)

    def to_source(self, span: Span) -> Span:
        """A span of `text` as a span of the source file."""
        return to_source(ModelBlock(self.kind, self.pieces, self.text, self.edits), span)


@dataclass(frozen=True)
class Document:
    """One document: `path` is the source file relative to SRC, `source` its text as decoded, `english` the whole NAME.txt.

    `text_path` and `record_path` are the two files.
    """

    path: str
    sha256: str
    encoding: str
    source: str
    english: str
    blocks: tuple[Block, ...]
    diagnostics: tuple[Diagnostic, ...]
    text_path: Path
    record_path: Path

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """All segments, in the order of the source; `segments[n].number == n`."""
        return tuple(segment for block in self.blocks for segment in block.segments)

    @property
    def mentions(self) -> Iterator[Mention]:
        """All mentions, block by block; also those of furniture and duplicates, whose `output` is None."""
        return (mention for block in self.blocks for mention in block.mentions)

    def trace(self, span: Span | tuple[int, int]) -> Trace:
        """Where a span of NAME.txt comes from: the source span, and the raw text there, line breaks and all.

        As narrow as the record allows: a mention leads to its own source, unchanged text to its characters, any other
        part of a translated sentence to the sentence. Where page furniture interrupts a paragraph, the raw text holds it.
        Raises ValueError for a span that is empty, outside the text, or only the white space between two blocks.
        """
        wanted = span if isinstance(span, Span) else Span(*span)
        if not len(wanted) or wanted.end > len(self.english):
            raise ValueError(f"not a stretch of {self.text_path.name}: {wanted.start}..{wanted.end}")
        found = [
            source for block in self.blocks if block.output and block.output.overlaps(wanted) for source in _trace(block, wanted)
        ]
        if not found:
            raise ValueError(f"{wanted.start}..{wanted.end} is the white space between two blocks")
        source = Span(min(s.start for s in found), max(s.end for s in found))
        return Trace(source, source.of(self.source))


def _trace(block: Block, wanted: Span) -> Iterator[Span]:
    """The source of every part of `wanted` that lies in this block."""
    assert block.output is not None
    if not block.segments:  # it stands in NAME.txt as it is
        inside = Span(max(wanted.start, block.output.start), min(wanted.end, block.output.end))
        yield block.to_source(inside.shift(-block.output.start))
        return
    hit = [s for s in block.segments if s.output and s.output.overlaps(wanted)]
    if not hit:  # the white space between two segments
        after = next(s for s in block.segments if s.output and s.output.start >= wanted.end)
        before = block.segments[max(0, block.segments.index(after) - 1)]
        yield block.to_source(Span(before.span.end, max(before.span.end, after.span.start)))
    for segment in hit:
        assert segment.output is not None
        inside = Span(max(wanted.start, segment.output.start), min(wanted.end, segment.output.end))
        yield block.to_source(_within(segment, inside.shift(-segment.output.start)))


def _within(segment: Segment, wanted: Span) -> Span:
    """A span of the segment's English as a span of the block's text: by the mentions, and by unchanged text between them."""
    assert segment.output is not None
    start = segment.output.start
    anchors = [(m.output.shift(-start), m.span) for m in segment.mentions if m.output is not None and len(m.output)]
    for target, span in anchors:
        if target.contains(wanted):
            return span
    ordered = sorted(anchors)
    straight = all(a[1].end <= b[1].start and a[0].end <= b[0].start for a, b in pairwise(ordered))
    if segment.origin == "source" and straight:
        found = [
            _overlap(wanted, target, span, equal) for target, span, equal in _parts(segment, ordered) if target.overlaps(wanted)
        ]
        if found:
            return Span(min(s.start for s in found), max(s.end for s in found))
    return segment.span


def _parts(segment: Segment, anchors: list[tuple[Span, Span]]) -> Iterator[tuple[Span, Span, bool]]:
    """The segment cut at its mentions: place in the English, place in the block's text, whether both read the same."""
    target, span = 0, segment.span.start
    for next_target, next_span in (
        *anchors,
        (Span(len(segment.english), len(segment.english)), Span(segment.span.end, segment.span.end)),
    ):
        ours, theirs = Span(target, next_target.start), Span(span, next_span.start)
        yield ours, theirs, ours.of(segment.english) == theirs.shift(-segment.span.start).of(segment.text)
        yield next_target, next_span, False
        target, span = next_target.end, next_span.end


def _overlap(wanted: Span, target: Span, span: Span, equal: bool) -> Span:
    if not equal:
        return span
    start, end = max(wanted.start, target.start), min(wanted.end, target.end)
    return Span(start, end).shift(span.start - target.start)
