"""NAME.txt: the English of a document, and where each block and segment stands in it."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model import Block, Document, Span

BETWEEN_BLOCKS = "\n\n"


@dataclass(frozen=True, slots=True)
class English:
    """The English text of a document. `blocks` and `segments` give the place of each in `text`; None: left out."""

    text: str
    blocks: tuple[Span | None, ...]
    segments: tuple[tuple[Span | None, ...], ...]  # by block, then by segment


def english(document: Document) -> English:
    r"""The English of all blocks that are not furniture or duplicates, in order, with an empty line between two.

    Within a block the segments are joined by the white space that stands between them in the block. A block without
    segments (a language that is not translated) gives its own text. The text ends with one line feed, or is empty.

    >>> from pipeline.model import Kind
    >>> english(Document("a.txt", "Title\n\n1/2\n\nText.", blocks=(Block(Kind.HEADING, (Span(0, 5),), "Title"),
    ...     Block(Kind.FURNITURE, (Span(7, 10),), "1/2"), Block(Kind.PARAGRAPH, (Span(12, 17),), "Text.")))).text
    'Title\n\nText.\n'
    """
    parts: list[str] = []
    blocks: list[Span | None] = []
    segments: list[tuple[Span | None, ...]] = []
    at = 0
    for block in document.blocks:
        text, spans = _block(block)
        if block.kind.omitted or not text:
            blocks.append(None)
            segments.append((None,) * len(block.segments))
            continue
        if parts:
            parts.append(BETWEEN_BLOCKS)
            at += len(BETWEEN_BLOCKS)
        parts.append(text)
        blocks.append(Span(at, at + len(text)))
        segments.append(tuple(span.shift(at) for span in spans))
        at += len(text)
    if parts:
        parts.append("\n")
    return English("".join(parts), tuple(blocks), tuple(segments))


def _block(block: Block) -> tuple[str, tuple[Span, ...]]:
    """The block's English and the place of each segment in it."""
    if not block.segments:
        return block.text, ()
    parts, spans, at, last = [], [], 0, block.segments[0].span.start
    for segment in block.segments:
        # what stands between two segments is white space; anything else would be text that no segment owns: keep it
        gap = block.text[last : segment.span.start]
        parts += [gap, segment.english]
        spans.append(Span(at + len(gap), at + len(gap) + len(segment.english)))
        at = spans[-1].end
        last = segment.span.end
    return "".join(parts), tuple(spans)
