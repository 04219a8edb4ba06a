"""Rows of tables that lost their gaps: a label and as many numbers, line after line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import regex

from pipeline.repair.lines import Line, unfinished

_NUMBER = (
    r"(?:[<>≤≥~±+−–-]?\s?[€$£]?\d+(?:[ .,]\d{3})*(?:[.,]\d+)?\s?(?:%|[kM]?€|Md€|M\$|£m|€m|bn|m²|m2|L|mL|kg|g|h|°C"
    r"|pts?)?(?:\s\(\d+(?:[.,]\d+)?\s?%?\))?|n\.?[ad]\.?|N/A|ND|NA|–|—|-)"
)
_FLAT = regex.compile(rf"(?P<label>[\p{{Lu}}\p{{Ll}}«(][^.!?;:|]{{1,60}}?)(?P<cells>(?: {_NUMBER}){{1,8}})")
_ONE = regex.compile(rf" {_NUMBER}(?=$| )")
_CELL_ENDS = frozenset("0123456789ADad–—-")  # of a number, or of n.d, N/A, ND; a unit's may be any
_LAST_CELL = re.compile(r" (?:[^ ]*\d[^ ]*(?: [^ \d]{1,4})?|n\.?[ad]\.?|N/A|ND|NA|–|—|-)$")
_DIGIT = re.compile(r"\d")


def flat(lines: Sequence[Line], skip: Iterable[int]) -> list[int]:
    """Rows of a table that lost its gaps: `Lots libérés 412 388 +6 %` three times or more, with as many numbers each."""
    barred, out = set(skip), list[int]()
    counts = [_numbers(line) if i not in barred and line.stream == 0 else 0 for i, line in enumerate(lines)]
    i = 0
    while i < len(lines):
        end = i
        while end < len(lines) and counts[end] and counts[end] == counts[i] and (end == i or lines[end].blanks < 2):
            end += 1
        enough = end - i > 2 if counts[i] > 1 else end - i > 3
        if counts[i] and enough:
            if (
                i
                and i - 1 not in barred
                and len(lines[i - 1].text) < 90
                and lines[i].blanks == 0
                and _header(lines[i - 1], counts[i])
            ):
                out.append(i - 1)
            out += range(i, end)
        i = max(end, i + 1)
    return out


def _header(line: Line, numbers: int) -> bool:
    words = line.text.split()
    return unfinished(line.text) and len(words) > numbers and (numbers > 1 or len(words) < 5)


def _numbers(line: Line) -> int:
    text = line.text
    shared = text[-1] == ")" and text[-2:-1] in _CELL_ENDS | {"%"}  # 41 (63,1 %)
    if text[-1] not in _CELL_ENDS and not _DIGIT.search(text[-24:]):
        return 0
    if len(text) > 110 or (text[-1] in '.,;:!?»)"' and not shared) or not _LAST_CELL.search(text[-24:]):
        return 0
    match = _FLAT.fullmatch(text)
    return len(_ONE.findall(match["cells"])) if match else 0
