"""Paragraphs that stand twice: a web page's standfirst repeated at its end, a passage copied over a page break."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from pipeline.model import Block, Kind

_WORDS = regex.compile(r"[\p{L}\p{N}]+")
_LEAST = 8  # words; shorter ones may well come twice


def duplicates(blocks: Sequence[Block]) -> frozenset[int]:
    """Indices of the blocks that say word for word what an earlier one says (case, spaces and signs aside).

    >>> from pipeline.model import Span
    >>> text = "The plant will make forty batches a year from 2026."
    >>> duplicates([Block(Kind.PARAGRAPH, (Span(0, 1),), text), Block(Kind.PARAGRAPH, (Span(2, 3),), text.upper())])
    frozenset({1})
    """
    seen: set[tuple[str, ...]] = set()
    out: set[int] = set()
    for i, block in enumerate(blocks):
        if block.kind not in (Kind.PARAGRAPH, Kind.ITEM, Kind.HEADING):
            continue
        words = tuple(_WORDS.findall(block.text.casefold()))
        if len(words) < _LEAST:
            continue
        if words in seen:
            out.add(i)
        seen.add(words)
    return frozenset(out)
