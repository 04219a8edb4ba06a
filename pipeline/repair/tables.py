"""Rows of tables: lines of cells with gaps between them, and the lines that carry on a cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import regex

from pipeline.model import Span
from pipeline.repair.flat import flat
from pipeline.repair.justified import word_space
from pipeline.repair.lines import Line, runs_on, starts_low, unfinished
from pipeline.repair.shapes import reachable

_CELLS = regex.compile(r"(?<=\S)(?:\s*\t\s*|\s*(?<![\p{L}\p{N}])\|\s*| {2,})(?=\S)")
_LEAD = re.compile(
    r"[•·▪▫◦‣⁃●○■□◆➢➤►▶✓✔✗☐*–—o-]|[IVX]{1,5}(?:\.\d{1,2})*\.?|\d{1,2}(?:\.\d{1,2})+\.?|\(?(?:\d{1,2}|[a-z])[.)]|[A-Z]{1,2}\d{1,2}[.:)]"
)
_BARS = re.compile(r"^\|.*\|$")
_RULE = re.compile(r"[|+\s:=_.-]*[-=_]{3}[|+\s:=_.-]*|\|?(?:\s*(?::-+:?|-+:|--)\s*(?:\||$))+")
Parts = tuple[tuple[int, Span], ...]  # the number of a cell of the row above, and what of a line belongs to it


@dataclass(frozen=True, slots=True)
class Table:
    """Lines of tables: `rows` with the gaps between their cells (in the line's own text); `wrapped` are the rest of
    cells: of which, and where in the line; `led` begin the first cell of the row below them."""

    rows: dict[int, tuple[Span, ...]]
    wrapped: dict[int, Parts]
    led: frozenset[int]


def rows(lines: Sequence[Line], skip: Iterable[int]) -> Table:
    """Which lines are rows of a table, and which are parts of one.

    Two or more lines of as many cells, or three of a label and as many numbers, with the header above them. Gaps are
    empty for a row whose cells one space parts, where a number may hold a space itself.
    """
    wrapped: dict[int, tuple[int, Parts]] = {}
    led: set[int] = set()
    out: dict[int, tuple[Span, ...]] = {}
    barred = set(skip)
    gaps = {i: _cells(line) for i, line in enumerate(lines) if i not in barred and line.stream == 0}
    run: list[int] = []
    last = -1  # of the run, with the lines under its rows
    for i in [*gaps, len(lines)]:
        if not run and i < len(lines) and not gaps[i]:
            continue
        if run and i < len(lines) and i - last == 2 and is_rule(lines[i - 1].text):
            last = i - 1
        adjacent = bool(run) and i < len(lines) and i - last == 1 and lines[i].blanks < 2
        if adjacent and gaps[i] and (parts := _rests(lines[run[-1]], gaps[run[-1]], lines[i], gaps[i])):
            wrapped[i] = (run[-1], parts)
            last = i
            continue
        if i < len(lines) and gaps[i] and (adjacent or not run):
            run.append(i)
            last = i
            continue
        if adjacent and lines[i].blanks == 0 and (cell := _under(lines[run[-1]], gaps[run[-1]], lines[i])) is not None:
            last = i
            if _wraps(lines[run[-1]], gaps[run[-1]], cell, lines[i]):
                wrapped[i] = (run[-1], ((cell, Span(0, len(lines[i].text))),))
                led.discard(run[-1] - 1)
            continue
        if adjacent and _titles(lines, gaps, run[-1], i):
            led |= {i} if starts_low(lines[i + 1].text) else set()
            last = i
            continue
        if _agree([len(gaps[k]) for k in run]) and not all(reachable(lines[k].text) for k in run):
            out.update({k: gaps[k] for k in run})
        run = [i] if i < len(lines) and gaps[i] else []
        last = i
    for i, line in enumerate(lines if out else ()):
        if (i - 1 in out or i + 1 in out) and i in gaps and i not in out and _RULE.fullmatch(line.text):
            out[i] = ()
    rests = {i: parts for i, (row, parts) in wrapped.items() if row in out}
    heads = frozenset(i for i in led if i + 1 in out)
    out.update(flat(lines, barred | out.keys() | rests.keys() | heads))
    return Table(out, rests, heads)


def _titles(lines: Sequence[Line], gaps: Mapping[int, Sequence[Span]], row: int, i: int) -> bool:
    """Whether line i, between two rows, is the title of those below it or, before a small letter, the next label's beginning."""
    line, below = lines[i], lines[i + 1] if i + 1 < len(lines) else None
    if below is None or line.blanks or below.blanks or len(gaps.get(i + 1, ())) != len(gaps[row]):
        return False
    fits = len(line.text) <= 60 and below.indent >= line.indent and abs(line.indent - lines[row].indent) <= 1
    return fits and unfinished(line.text) and line.text[0].isalpha()


def _agree(counts: Sequence[int]) -> bool:
    """Whether lines of so many gaps are rows of one table: of one or two sorts, or mostly of one (a header spans columns)."""
    if len(set(counts)) <= 2:
        return len(counts) > 1
    most, rows = Counter(counts).most_common(1)[0]
    return most > 1 and rows > 2 and 2 * rows >= len(counts)


def _under(row: Line, gaps: Sequence[Span], line: Line) -> int | None:
    """Which cell of `row` the whole of `line` stands under, where it begins as that cell does."""
    if "\t" in row.text or "|" in row.text or len(line.text) > 60:
        return None
    starts = [row.indent, *(row.indent + gap.end for gap in gaps)]
    for cell in range(1, len(starts)):
        if abs(starts[cell] - line.indent) <= 1:
            return cell
    fits = line.indent == row.indent and line.indent + len(line.text) < starts[1] - 1
    cut = starts_low(line.text) or row.text[: gaps[0].start].endswith("-")
    return 0 if fits and cut and len(gaps) > 1 else None


def _rests(row: Line, gaps: Sequence[Span], line: Line, found: Sequence[Span]) -> Parts:
    """The rests of several cells of `row` in the line right below it, each under its cell and in small letters or brackets."""
    if line.blanks or not len(found) < len(gaps) or any(sign in text for sign in "\t|" for text in (row.text, line.text)):
        return ()
    cells, parts = _between(row, gaps), _between(line, found)
    out: list[tuple[int, Span]] = []
    for part in parts:
        text = part.of(line.text)
        over = [
            k
            for k, cell in enumerate(cells)
            if cell.start + row.indent < part.end + line.indent and part.start + line.indent < cell.end + row.indent
        ]
        if len(over) != 1 or not (starts_low(text) or text[0] == "(") or (out and over[0] <= out[-1][0]):
            return ()
        label = cells[0].of(row.text)
        if over[0] == 0 and not (runs_on(label) or label[-1] == "-"):
            return ()  # rather a row of its own
        out.append((over[0], part))
    return tuple(out)


def _between(line: Line, gaps: Sequence[Span]) -> list[Span]:
    edges = [0, *(at for gap in gaps for at in (gap.start, gap.end)), len(line.text)]
    return [Span(edges[k], edges[k + 1]) for k in range(0, len(edges), 2)]


def _wraps(row: Line, gaps: Sequence[Span], cell: int, line: Line) -> bool:
    """Whether the line under a cell is its rest, and no text of its own (a speaker under a talk's title)."""
    edges = [0, *(at for gap in gaps for at in (gap.start, gap.end)), len(row.text)]
    text = row.text[edges[2 * cell] : edges[2 * cell + 1]]
    if not unfinished(text) or not (line.text[0].isalnum() or line.text[0] in "(«\"'"):
        return False
    label = len(gaps) == 1 and row.text[: gaps[0].start].rstrip().endswith(":") and ":" not in line.text
    return label or len(gaps) > 1 or starts_low(line.text) or text.endswith("-") or runs_on(text) or len(text) > 60


def is_rule(text: str) -> bool:
    """Whether a line of a table is only its ruling (`|---|---|`)."""
    return bool(_RULE.fullmatch(text))


def _cells(line: Line) -> tuple[Span, ...]:
    text = line.text
    if not ("  " in text or "\t" in text or "|" in text) or len(text) > 300:
        return ()
    found = tuple(Span(*m.span()) for m in _CELLS.finditer(text))
    if len(found) > 1 and (space := word_space(text)):
        found = tuple(gap for gap in found if gap.end - gap.start > space)
    if not found and not (_BARS.match(text) and text.count("|") > 2):
        return ()
    if len(found) == 1 and _LEAD.fullmatch(text, 0, found[0].start) and "|" not in text:
        return ()  # a list's sign or a section's number
    edges = [0, *(p for gap in found for p in (gap.start, gap.end)), len(text)]
    longest = max(edges[k + 1] - edges[k] for k in range(0, len(edges), 2))
    return found if longest <= (200 if "\t" in text else 90) else ()
