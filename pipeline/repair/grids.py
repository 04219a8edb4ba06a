"""Tables that an extractor printed one cell a line, row by row or column by column."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

import regex

from pipeline.repair.lines import Line

_FIRMS = ("Inc.", "Ltd.", "Corp.", "Co.", "S.A.", "N.V.", "B.V.")
_LONGEST = 32  # characters of a cell
_SAMPLE = regex.compile(  # Patients (n = 40), Réalisé 2024: a column's title
    r"^[^\d(]{4,}\((?:n ?= ?|sur |of |N ?= ?)\d+\)$|^(?:cible|réalisé|objectif|prévu|budget|target|actual|planned) (?:19|20)\d\d$",
    regex.IGNORECASE,
)
_SHARE = regex.compile(r"(?<=\d)\s\(\d+(?:[.,]\d+)?\s?%\)$")  # 31 (77,5 %)
_ENDING = regex.compile(r"[^\d\s] \d{1,3}(?: \d{3})*(?:[.,]\d+)?$")  # Traçabilité 2
_ROWS = 3
_LONGER = 60  # of one beside columns of numbers
_TOTAL = regex.compile(r"(?:sous-)?total\b|ensemble\b|moyenne\b|average\b|mean\b|overall\b", regex.IGNORECASE)
_PERIOD = regex.compile(
    r"(?:[TSQH][1-4] |[1-4][TSQH] ?)?(?:19|20)\d\d|var(?:iation|\.)?(?: %)?|change(?: %)?"
    r"|[TJDMWS]\d{1,3}|\d{1,3} (?:h|heures|hours|jours|days|semaines|weeks|mois|months|ans|years)",
    regex.IGNORECASE,
)
_VALUE = regex.compile(
    r"[<>≤≥~±+−–-]?\s?[€$£]?\d+(?:[ .,/:-]\d+)*\s?(?:%|[kM]?€|Md€|M\$|£m|€m|bn|m²|m2|m3|L|mL|kg|g|h|°C"
    r"|pts?|mois|jours|months|days|ans|years)?|\(\d+(?:[ .,]\d+)*\)"
    r"|\d+(?:[.,]\d+)?\s?(?:E|e|[x×]\s?10\^?)[+-]?\d{1,2}|n\.?[ad]\.?|n/[amsd]|n\.[ms]\.|N/[AM]|ND|–|—|-"
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
    for start, end in _runs(lines, skip, _LONGEST):
        edges = ((start, end), (start + 1, end), (start, end - 1), (start + 1, end - 1))  # a title above, one below
        found = (_rows(lines, a, b) for a, b in edges if b - a > 5 and all(_title(lines[k]) for k in {a - 1, b} & {start, end - 1}))
        for row in next(filter(None, found), ()):
            out[row[0]] = row
    taken = {i for row in out.values() for i in row}
    for start, end in _runs(lines, skip, _LONGER):
        if taken.isdisjoint(range(start, end)):
            out.update({row[0]: row for row in _described(lines, start, end) or _labelled(lines, start, end)})
    return out


def _runs(lines: Sequence[Line], skip: Container[int], longest: int) -> Iterator[tuple[int, int]]:
    """Where runs of lines begin and end that may be cells: six or more right below each other."""
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and end not in skip and _cell(lines[end], longest) and (end == start or lines[end].blanks == 0):
            end += 1
        if 6 <= end - start <= 200:
            yield start, end
        start = max(end, start + 1)


def _cell(line: Line, longest: int) -> bool:
    text = line.text
    return len(text) <= longest and (text[-1] not in ".;:!?," or text.endswith(_FIRMS)) and line.stream == 0


def _described(lines: Sequence[Line], start: int, end: int) -> list[tuple[int, ...]]:
    """The rows of a table with columns of text: others hold only numbers or dates, two for three rows long or one for four.

    A title of one line or two may stand above, one or two lines of text below; a last row `Total` may be shorter.
    """
    sorts = [_sort(lines[i].text) for i in range(start, end)]
    texts = [lines[i].text for i in range(start, end)]
    for top in range(3):
        if top and sorts[top - 1] == "value":
            break
        for columns in range(3, 8):
            first = top + columns
            kinds = [_kind(sort) for sort in sorts[first : first + columns]]
            if len(kinds) < columns or not _headed(texts[top:first], sorts[top:first]):
                continue
            many = sum(kind != "text" for kind in kinds)
            if not many or (many == 1 and kinds[0] != "text"):
                continue
            at = first
            while [_kind(sort) for sort in sorts[at : at + columns]] == kinds:
                at += columns
            if at - first < (3 if many > 1 else 4) * columns:
                continue
            below = next((k for k in range(at, len(sorts)) if sorts[k] != "value"), len(sorts)) if at < len(sorts) else at
            if at < len(sorts) and _TOTAL.match(texts[at]):
                below = next((k for k in range(at + 1, len(sorts)) if sorts[k] != "value"), len(sorts))
            if below - at > columns or len(sorts) - below > 2 or "value" in sorts[below:]:
                continue
            rows = [tuple(range(start + k, start + k + columns)) for k in range(top, at, columns)]
            return [*rows, tuple(range(start + at, start + below))] if below > at else rows
    return []


def _labelled(lines: Sequence[Line], start: int, end: int) -> list[tuple[int, ...]]:
    """The rows of a table of a label and as many numbers each, three rows or more, with the header above them.

    A row may have its label and first number on one line, two have not.
    """
    sorts = [_sort(lines[i].text) for i in range(start, end)]
    at = 0
    while at + 8 < len(sorts):
        columns = _values(sorts, at + 1)
        if sorts[at] == "value" or columns < 2:
            at += 1
            continue
        rows = [range(at, at + 1 + columns)]
        whole = 1
        while (k := rows[-1].stop) < len(sorts) and sorts[k] != "value":
            short = _values(sorts, k + 1) == columns - 1 and bool(_ENDING.search(lines[start + k].text))
            if not short and _values(sorts, k + 1) != columns:
                break
            whole += not short
            rows.append(range(k, k + 1 + columns - short))
        if whole < 2 or len(rows) < _ROWS:
            at += 1
            continue
        header = next((n for n in (columns + 1, columns) if at >= n and _titles(lines[start + at - n : start + at])), 0)
        if header > columns and " " in lines[start + at - header].text and _titles(lines[start + at - columns : start + at]):
            header = columns  # rather a title above the table
        heads = [tuple(range(start + at - header, start + at))] if header else []
        return [*heads, *(tuple(start + k for k in row) for row in rows)]
    return []


def _values(sorts: Sequence[str], at: int) -> int:
    end = at
    while end < len(sorts) and sorts[end] == "value":
        end += 1
    return end - at


def _titles(lines: Sequence[Line]) -> bool:
    """Whether lines are the columns' titles: all short, different, and one of them a period or a change, or all words."""
    texts = [line.text for line in lines]
    periods = sum(bool(_PERIOD.fullmatch(text)) for text in texts)
    words = sum(_sort(text) == "word" for text in texts)
    return len(set(texts)) == len(texts) and max(map(len, texts)) <= _LONGEST // 2 and periods > 0 and periods + words == len(texts)


def _kind(sort: str) -> str:
    return "text" if sort in ("word", "code", "title") else sort


def _headed(texts: Sequence[str], sorts: Sequence[str]) -> bool:
    """Whether cells can be a header: words, or anything but a number above years or quarters."""
    return all(sort in ("word", "title") for sort in sorts) or (
        sorts[0] in ("word", "code") and all(map(_PERIOD.fullmatch, texts[1:])) and len(set(texts)) == len(texts)
    )


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
            pages = [lines[start + row[-1]].text for row in chosen[1:]] == [str(n) for n in range(1, height)]
            if _table([[sorts[i] for i in row] for row in chosen]) and (across or not pages):
                return [tuple(start + i for i in row) for row in chosen]
    return []


def _sort(text: str) -> str:
    if _VALUE.fullmatch(_SHARE.sub("", text)):
        return "value"
    if _DAY.fullmatch(text):
        return "day"
    if any(c.isdigit() for c in text):
        return "title" if _SAMPLE.search(text) else "code"
    return "word"


def _table(rows: Sequence[Sequence[str]]) -> bool:
    body = [set(column) for column in zip(*rows[1:], strict=True)]
    headed = all(
        sort in ("word", "title") or (sort == "code" and sorts == {"day"}) for sort, sorts in zip(rows[0], body, strict=True)
    )
    return headed and all(len(sorts) == 1 for sorts in body) and ({"value"} in body or {"day"} in body)
