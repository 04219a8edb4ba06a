"""Lines set with wide spaces between words to fill a column, as extractors copy them: no cells of a table.

`Il  faut  enfiler  deux  paires  de  gants` and, where an extractor keeps the layout, three spaces or more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.model import Edit, Span
from pipeline.repair.lines import runs_on

_GAP = re.compile(r"(?<=\S) +(?=\S)")
_WIDE = re.compile(r" {2,}")
_SLACK = 1  # columns by which the gaps of one line differ
_COLUMN = 3  # columns by which the gap between two columns is wider than those between words
_FEW = 3
_LONGEST = 400  # characters of a line that may be justified
_SHORT_WORDS = (  # that no line ends in, so that `runs_on` does not know them
    "se ne il elle on est sont a ont pas plus très si y is are was were has have not it be been we he she they who but mais donc"
    " ni car tout être été"
)
_VERBS_AND_PRONOUNS = frozenset(_SHORT_WORDS.split())


def justified(text: str) -> list[Edit]:
    r"""Edits that make the wide spaces between the words of justified lines single ones, in order.

    Leaves alone a line with a gap that is wider than the others (two columns side by side; see `word_space`), rows of
    tables, and white space at the start of a line. Rule `repair.justified`.

    >>> [edit.after for edit in justified("Il  faut  deux  paires  de  gants")]
    [' ', ' ', ' ', ' ', ' ']
    >>> justified("Lyon  Paris  Nantes  Brest")
    []
    """
    return list(_narrowed(text)) if "  " in text else []


def _narrowed(text: str) -> Iterator[Edit]:
    at = 0
    for line in text.split("\n"):
        if "  " in line and len(line) <= _LONGEST:
            yield from _single(line, at)
        at += len(line) + 1


def _single(line: str, at: int) -> Iterator[Edit]:
    gaps = [match.span() for match in _GAP.finditer(line)]
    space = word_space(line)
    if not space or any(end - start > space for start, end in gaps):
        return
    for start, end in gaps:
        if end - start > 1:
            yield Edit(Span(at + start, at + end), line[start:end], " ", "repair.justified")


@lru_cache(maxsize=1024)
def word_space(text: str) -> int:
    """How wide a space between two words of `text` may be, where it is a justified line; 0 for any other line.

    Most gaps of a justified line, or of its half in one of two columns, are about equally wide, and one of its words is a
    function word (`de`, `with`), or the line ends in a hyphen: a cell of a table is hardly ever such a word.
    """
    if len(text) > _LONGEST or text.count("  ") < 2 or not _of_words(text, text.split()):
        return 0
    gaps = [match.span() for match in _GAP.finditer(text)]
    return _space(text, gaps, 0, len(text)) if len(gaps) > 1 else 0


def _space(text: str, gaps: Sequence[tuple[int, int]], start: int, end: int) -> int:
    """The same for a stretch of the text, or else for what the widest gap in it parts."""
    sizes = [gap[1] - gap[0] for gap in gaps]
    wide = Counter(size for size in sizes if size > 1)
    if sum(wide.values()) < 2:
        return 0
    usual = max(wide, key=lambda size: (wide[size], -size))
    limit = usual + _SLACK
    alike = sum(wide[size] for size in range(max(2, usual - _SLACK), limit + 1))
    narrow = sum(size < max(2, usual - _SLACK) for size in sizes)
    if (alike >= _FEW or not narrow) and alike >= 1.5 * narrow and _of_words(text[start:end], _WIDE.split(text[start:end])):
        return max(limit, *(size for size in sizes if size < usual + _COLUMN))
    at = sizes.index(max(sizes))
    left, right = gaps[:at], gaps[at + 1 :]
    return max(_space(text, left, start, gaps[at][0]), _space(text, right, gaps[at][1], end)) if sizes[at] > 2 else 0


def _of_words(text: str, parts: Sequence[str]) -> bool:
    """Whether one of the parts is a function word, or the line is cut at a hyphen."""
    if text[-1] in "-\N{SOFT HYPHEN}" and text[-2:-1].isalpha():
        return True
    words = (part.lower() for part in parts)
    return any(word.isalpha() and (word in _VERBS_AND_PRONOUNS or runs_on(word)) for word in words)
