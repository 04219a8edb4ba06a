"""Tables that an extractor printed one cell a line, row by row or column by column."""

from __future__ import annotations

from collections.abc import Container, Sequence

import regex

from pipeline.repair.lines import Line

_FIRMS = ("Inc.", "Ltd.", "Corp.", "Co.", "S.A.", "N.V.", "B.V.")
_LONGEST = 32  # characters of a cell
_VALUE = regex.compile(
    r"[<>≤≥~±+−–-]?\s?[€$£]?\d+(?:[ .,/:-]\d+)*\s?(?:%|[kM]?€|Md€|M\$|£m|€m|bn|m²|m2|m3|L|mL|kg|g|h|°C"
    r"|pts?|mois|jours|months|days|ans|years)?|\d+(?:[.,]\d+)?\s?(?:E|e|[x×]\s?10\^?)[+-]?\d{1,2}|n\.?[ad]\.?|N/A|ND|–|—|-"
)
_DAY = regex.compile(r"\d{1,2}(?:er|st|nd|rd|th)? \p{L}{3,9}\.?(?: \d{4})?|\p{L}{3,9} \d{1,2}, \d{4}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}")


def grids(lines: Sequence[Line], skip: Container[int]) -> dict[int, tuple[int, ...]]:
    r"""The first line of each row → the lines of its cells.

    A run of short lines is a table only where its header holds no digit, every column holds values of one sort and at
    least one of them numbers, over two rows or more; anything else stays as it is.

    >>> from pipeline.repair.lines import split
    >>> grids(split("Lot\nFlacons\nA12\n980\nA13\n1 250\n"), ())
    {0: (0, 1), 2: (2, 3), 4: (4, 5)}
    """
    out: dict[int, tuple[int, ...]] = {}
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and end not in skip and _cell(lines[end]) and (end == start or lines[end].blanks == 0):
            end += 1
        if 6 <= end - start <= 200:
            edges = ((start, end), (start + 1, end), (start, end - 1), (start + 1, end - 1))  # a title above, one below
            found = (
                _rows(lines, a, b) for a, b in edges if b - a > 5 and all(_title(lines[k]) for k in {a - 1, b} & {start, end - 1})
            )
            for row in next(filter(None, found), ()):
                out[row[0]] = row
        start = max(end, start + 1)
    return out


def _cell(line: Line) -> bool:
    text = line.text
    return len(text) <= _LONGEST and (text[-1] not in ".;:!?," or text.endswith(_FIRMS)) and line.stream == 0


def _title(line: Line) -> bool:
    return _sort(line.text) == "word" and len(line.text) > 5


def _rows(lines: Sequence[Line], start: int, end: int) -> list[tuple[int, ...]]:
    sorts = [_sort(lines[i].text) for i in range(start, end)]
    for across in (True, False):
        for columns in range(2, 7):
            height, rest = divmod(len(sorts), columns)
            if rest or height < 3:
                continue
            chosen = [[r * columns + c if across else c * height + r for c in range(columns)] for r in range(height)]
            if _table([[sorts[i] for i in row] for row in chosen]):
                return [tuple(start + i for i in row) for row in chosen]
    return []


def _sort(text: str) -> str:
    if _VALUE.fullmatch(text):
        return "value"
    if _DAY.fullmatch(text):
        return "day"
    return "code" if any(c.isdigit() for c in text) else "word"


def _table(rows: Sequence[Sequence[str]]) -> bool:
    body = [set(column) for column in zip(*rows[1:], strict=True)]
    headed = all(sort == "word" or (sort == "code" and sorts == {"day"}) for sort, sorts in zip(rows[0], body, strict=True))
    return headed and all(len(sorts) == 1 for sorts in body) and ({"value"} in body or {"day"} in body)
