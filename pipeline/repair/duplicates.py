"""Paragraphs that stand twice: a web page's standfirst repeated at its end, a passage copied over a page break."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from pipeline.model import Block, Kind

_WORDS = re.compile(r"[^\W_]+")
_OPENING = re.compile(r"[\W_]*" + r"([^\W_]++)[\W_]++" * 3)
_SECTION = re.compile(
    r"(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*)(?:[.)]|\s[-–—])\s"
)  # a title that an agenda or a table of contents named too
_KINDS = (Kind.PARAGRAPH, Kind.ITEM, Kind.HEADING)
_LEAST = 8  # words; shorter ones may well come twice


def duplicates(blocks: Sequence[Block]) -> frozenset[int]:
    """Indices of the blocks that say word for word what an earlier one says (case, spaces and signs aside).

    A numbered title stays: the agenda or the contents above named it too.

    >>> from pipeline.model import Span
    >>> text = "The plant will make forty batches a year from 2026."
    >>> duplicates([Block(Kind.PARAGRAPH, (Span(0, 1),), text), Block(Kind.PARAGRAPH, (Span(2, 3),), text.upper())])
    frozenset({1})
    """
    alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, block in enumerate(blocks):
        if block.kind in _KINDS and len(block.text) >= 2 * _LEAST - 1:
            alike[_opening(block.text)].append(i)
    out: set[int] = set()
    for places in alike.values():
        seen: set[tuple[str, ...]] = set()
        for i in places if len(places) > 1 else ():
            words = tuple(_WORDS.findall(blocks[i].text.casefold()))
            if len(words) >= _LEAST and words in seen and not _SECTION.match(blocks[i].text):
                out.add(i)
            seen.add(words)
    return frozenset(out)


def _opening(text: str) -> tuple[str, ...]:
    """The first three words: the whole is taken apart only where another block begins with them too."""
    found = _OPENING.match(text[:80].casefold())
    return found.groups() if found else tuple(_WORDS.findall(text.casefold())[:3])
