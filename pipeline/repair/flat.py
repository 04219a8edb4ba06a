"""Rows of tables that lost their gaps: a label and as many numbers, line after line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import regex

from pipeline.model import Span
from pipeline.repair.lines import Line, unfinished

_NUMBER = (
    r"(?:[<>≤≥~±+−–-]?\s?[€$£]?\d+(?:[ .,]\d{3})*(?:[.,]\d+)?\s?(?:%|[kM]?€|Md€|M\$|£m|€m|bn|m²|m2|L|mL|kg|g|h|°C"
    r"|pts?)?(?:\s\(\d+(?:[.,]\d+)?\s?%?\))?|n\.?[ad]\.?|N/A|ND|NA|–|—|-)"
)
_FLAT = regex.compile(rf"(?P<label>[\p{{Lu}}\p{{Ll}}«(][^.!?;:|]{{1,60}}?)(?P<cells>(?: {_NUMBER}){{1,8}})")
_ONE = regex.compile(rf" {_NUMBER}(?=$| )")
_GROUPED = re.compile(r"\d \d{3}(?!\d)")
_CELL_ENDS = frozenset("0123456789ADad–—-")  # of a number, or of n.d, N/A, ND; a unit's may be any
_LAST_CELL = re.compile(r" (?:[^ ]*\d[^ ]*(?: [^ \d]{1,4})?|n\.?[ad]\.?|N/A|ND|NA|–|—|-)$")
_DIGIT = re.compile(r"\d")


def flat(lines: Sequence[Line], skip: Iterable[int]) -> dict[int, tuple[Span, ...]]:
    """Rows of a table that lost its gaps: `Lots libérés 412 388 +6 %` three times or more, with as many numbers each.

    The spaces between their cells, where no number has one itself: else nothing says for sure where a cell ends.
    """
    barred, out = set(skip), dict[int, tuple[Span, ...]]()
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
                out[i - 1] = ()
            cells = [_gaps(line.text) for line in lines[i:end]]
            sure = counts[i] > 1 and all(len(gaps) == counts[i] for gaps in cells)
            out.update({k: gaps if sure else () for k, gaps in zip(range(i, end), cells, strict=True)})
        i = max(end, i + 1)
    return out


def _gaps(text: str) -> tuple[Span, ...]:
    """The spaces before the numbers of a row; nothing where a number itself may hold one (`12 450`)."""
    match = _FLAT.fullmatch(text)
    if match is None or _GROUPED.search(match["cells"]):
        return ()
    at = match.start("cells")
    return tuple(Span(at + m.start(), at + m.start() + 1) for m in _ONE.finditer(match["cells"]))


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
