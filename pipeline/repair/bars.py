"""Tables written with bars (`| a | b |`), as converters of web pages write them into plain text: without the outer bars."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.model import Edit, Span

_WIDE = re.compile(r"(?<=\S)(?:[ \t]*\|[ \t]+|[ \t]{2,})(?=\S)")
_ENDS = re.compile(r"[.!?…][»\"')\]]? *$")
_BAR = re.compile(r"[ \t]*\|[ \t]*")
_SIGNS = "| \t\r"
_PROSE = 120  # characters: a cell from there on, with a sentence's end, is a text of its own
_LONGEST = 4000


def bars(text: str) -> list[Edit]:
    r"""Edits that take the outer bars of rows away, and put texts that a table lays out side by side one below the other.

    Leaves alone a single line between bars, and bars in a line. Rules `repair.table-bar`, `repair.cell-block`.

    >>> [edit.before for edit in bars("| a | b |\n|---|---|\n")]
    ['| ', ' |', '|', '|']
    """
    if "|" not in text and "  " not in text and "\t" not in text:
        return []
    lines = list(_lines(text))
    rows = [_barred(line) for _, line in lines]
    out: list[Edit] = []
    for k, (at, line) in enumerate(lines):
        if rows[k]:
            beside = (k > 0 and rows[k - 1]) or (k + 1 < len(rows) and rows[k + 1])
            out += _stripped(at, line, not beside)
    return sorted([*out, *_apart(lines)], key=lambda edit: edit.span)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


def _barred(line: str) -> bool:
    bare = line.strip() if "|" in line else ""
    return len(bare) > 2 and bare[0] == "|" == bare[-1]


def _stripped(at: int, line: str, lone: bool) -> Iterator[Edit]:
    """The outer bars, and those between cells that are texts of their own; nothing for a lone row without such cells."""
    start, end = len(line) - len(line.lstrip(_SIGNS)), len(line.rstrip(_SIGNS))
    if start >= end:
        return
    first, last = line.index("|"), line.rindex("|") + 1
    cells = _BAR.split(line[start:end]) if end - start < _LONGEST else []
    apart = len(cells) > 1 and all(len(cell) >= _PROSE and ". " in f"{cell} " for cell in cells)
    if lone and not apart:
        return
    yield _edit(at + first, line[first:start], "", "repair.table-bar")
    for bar in _BAR.finditer(line, start, end) if apart else ():
        yield _edit(at + bar.start(), bar[0], "\n\n", "repair.cell-block")
    yield _edit(at + end, line[end:last], "", "repair.table-bar")


def _apart(lines: Sequence[tuple[int, str]]) -> list[Edit]:
    """Two whole texts on one line with a gap between them, as a page's layout table is written: each gets a line.

    A gap of two spaces, which may stand between any two sentences, counts only where another line has a wider one.
    """
    long = [(at, line) for at, line in lines if 2 * _PROSE < len(line) < _LONGEST]
    found = [(at, gaps[0]) for at, line in long if len(gaps := list(_WIDE.finditer(line))) == 1]
    edits = [_edit(at + gap.start(), gap[0], "\n\n", "repair.cell-block") for at, gap in found if _two_texts(gap)]
    return edits if any(len(edit.before) > 2 for edit in edits) else []


def _two_texts(gap: re.Match[str]) -> bool:
    left, right = gap.string[: gap.start()], gap.string[gap.end() :].rstrip()
    whole = bool(_ENDS.search(left[-6:]) and _ENDS.search(right[-6:]))
    return whole and min(len(left), len(right)) >= _PROSE and not left.lstrip().startswith("|")


def _edit(at: int, before: str, after: str, rule: str) -> Edit:
    return Edit(Span(at, at + len(before)), before, after, rule)
