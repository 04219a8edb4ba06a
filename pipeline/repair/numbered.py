"""Numbers of lines in the margin, as drafts of guidelines and bills of law have them: taken away before lines are read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import Edit, Span

_NUMBERED = re.compile(r"^[ \t]{0,12}(?P<n>\d{1,4})(?:(?P<gap>[ \t]+)(?P<text>\S.*))?[ \t]*$", re.MULTILINE)
_LEAST = 10  # lines that count up
_FAR = 6  # lines without a number between two that have one: a page's foot and head
_OPEN = 4  # runs that a line may go on: between two lines stands the number of a page, or a figure
_RUNNING = 0.25  # of the lines begin inside a sentence; no list, no contents, no table does that


def line_numbers(text: str) -> list[Edit]:
    r"""Edits that take the numbers of lines away; a line that is only a number becomes an empty one. Rule `repair.line-number`.

    Ten lines or more count up one by one, and a quarter of them begin inside a sentence: lists, rankings, contents and
    tables stay.

    >>> draft = "".join(f"{n}  the line {n} goes on\n" for n in range(1, 13))
    >>> [e.before for e in line_numbers(draft)][:2], line_numbers("1 Airbus\n2 Boeing\n")
    (['1  ', '2  '], [])
    """
    if "\n2" not in text and "\n 2" not in text and "\n1" not in text:
        return []
    runs: list[list[re.Match[str]]] = []
    for match in _NUMBERED.finditer(text):
        for run in reversed(runs[-_OPEN:]):
            if int(match["n"]) == int(run[-1]["n"]) + 1 and text.count("\n", run[-1].end(), match.start()) <= _FAR:
                run.append(match)
                break
        else:
            runs.append([match])
    return [_edit(match) for run in runs if _of_lines(run) for match in run]


def _of_lines(run: Sequence[re.Match[str]]) -> bool:
    if len(run) < _LEAST:
        return False
    texts = [match["text"] for match in run if match["text"]]
    low = sum(each[0].islower() for each in texts)
    return len(texts) >= _LEAST // 2 and low >= _RUNNING * len(texts)


def _edit(match: re.Match[str]) -> Edit:
    start = match.start("n")
    end = match.end("gap") if match["gap"] else match.end("n")
    return Edit(Span(start, end), match.string[start:end], "", "repair.line-number")
