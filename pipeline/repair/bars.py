"""Tables written with bars (`| a | b |`), as converters of web pages write them into plain text: without the outer bars."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model import Edit, Span

_LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]{240,4000}")
_WIDE = re.compile(r"(?<=\S)(?:[ \t]*\|[ \t]+|[ \t]{2,})(?=\S)")
_ENDS = re.compile(r"[.!?…][»\"')\]]? *$")
_GROUP = re.compile(r"(?m)^[ \t]*\|[^\n]*\|[ \t]*\r?$(?:\n[ \t]*\|[^\n]*\|[ \t]*\r?$)*")
_ROW = re.compile(r"(?m)^[ \t]*(?P<open>\|[ \t|]*)(?P<cells>[^\n]*?)(?P<close>[ \t|]*\|)[ \t]*\r?$")
_BAR = re.compile(r"[ \t]*\|[ \t]*")
_PROSE = 120  # characters: a cell from there on, with a sentence's end, is a text of its own


def bars(text: str) -> list[Edit]:
    r"""Edits that take the outer bars of rows away, and put texts that a table lays out side by side one below the other.

    Leaves alone a single line between bars, and bars in a line. Rules `repair.table-bar`,
    `repair.cell-block`.

    >>> [edit.before for edit in bars("| a | b |\n|---|---|\n")]
    ['| ', ' |', '|', '|']
    """
    rows = [edit for group in _GROUP.finditer(text) for edit in _stripped(text, group)] if "|" in text else []
    return sorted([*rows, *_apart(text)], key=lambda edit: edit.span)


def _apart(text: str) -> list[Edit]:
    """Two whole texts on one line with a gap between them, as a page's layout table is written: each gets a line.

    A gap of two spaces, which may stand between any two sentences, counts only where another line has a wider one.
    """
    found = [(line.start(), gaps[0]) for line in _LINE.finditer(text) if len(gaps := list(_WIDE.finditer(line[0]))) == 1]
    edits = [_edit(at + gap.start(), gap[0], "\n\n", "repair.cell-block") for at, gap in found if _two_texts(gap)]
    return edits if any(len(edit.before) > 2 for edit in edits) else []


def _two_texts(gap: re.Match[str]) -> bool:
    left, right = gap.string[: gap.start()], gap.string[gap.end() :].rstrip()
    whole = bool(_ENDS.search(left[-6:]) and _ENDS.search(right[-6:]))
    return whole and min(len(left), len(right)) >= _PROSE and not left.lstrip().startswith("|")


def _edit(at: int, before: str, after: str, rule: str) -> Edit:
    return Edit(Span(at, at + len(before)), before, after, rule)


def _stripped(text: str, group: re.Match[str]) -> Iterator[Edit]:
    lone = "\n" not in group[0]
    for row in _ROW.finditer(text, *group.span()):
        cells = _BAR.split(row["cells"])
        apart = len(cells) > 1 and all(len(cell) >= _PROSE and ". " in f"{cell} " for cell in cells)
        if lone and not apart:
            return
        for name in ("open", "cells", "close"):
            if name != "cells":
                yield _edit(row.start(name), row[name], "", "repair.table-bar")
            elif apart:
                for bar in _BAR.finditer(text, *row.span("cells")):
                    yield _edit(bar.start(), bar[0], "\n\n", "repair.cell-block")
