"""Text that stands side by side: two columns of prose are put one after the other. Tables are told in `tables`."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.repair.justified import word_space
from pipeline.repair.lines import Line, starts_low, unfinished
from pipeline.repair.shapes import contact

_GUTTER = re.compile(r"(?<=\S)(?: {3,}|\t+ *)(?=\S)")
_DIGIT = re.compile(r"\d")
_Gaps = Sequence[tuple[int, int]]
_REACH = 3  # columns by which a gutter may move: ligatures and soft hyphens were mended before


def unfold(lines: Sequence[Line], skip: Iterable[int]) -> tuple[Line, ...]:
    """The lines with every region of two or three prose columns put in reading order: all of the left, then all of the right.

    A half keeps its place in the text (`start`, `end`) and gets a `stream` of its own, the first of a region a hundred and
    one or the like; a half of two columns is put in order too. Tables and single wide gaps stay.
    """
    gaps = [_gaps(line) for line in lines]
    if not any(gaps):
        return tuple(lines)
    out: list[Line] = []
    stream, i, barred = 0, 0, set(skip)
    while i < len(lines):
        end = i
        if gaps[i] and i not in barred:
            end, gutter = _region(lines, gaps, i, barred)
            start = i - _higher(lines, out, i, gutter, barred) if end > i else i
            if end > i and (halves := _halves(lines[start:end], gaps[start:end], gutter, stream)):
                del out[len(out) - (i - start) :]
                stream += 2
                top, bottom = _below(lines, gaps, end, gutter, barred)
                if more := _halves(lines[start:top], gaps[start:top], gutter, stream - 2) if bottom else []:
                    halves = _interleaved(more, _halves(lines[top:bottom], gaps[top:bottom], gutter, stream))
                    stream, end = stream + 2, bottom
                out += _numbered(halves, 100 * (1 + stream // 2))
                i = end
                continue
        out.append(lines[i])
        i += 1
    return tuple(out)


def _numbered(halves: Sequence[Line], base: int) -> list[Line]:
    """The columns, each with what it holds of columns itself in order, and one `stream` after the other from `base` on."""
    out: list[Line] = []
    number = base
    for _, column in itertools.groupby(halves, key=lambda line: line.stream):
        inner = unfold(list(column), ())
        for _, lines in itertools.groupby(inner, key=lambda line: line.stream):
            number += 1
            out += [replace(line, stream=number) for line in lines]
    return out


def _gaps(line: Line) -> list[tuple[int, int]]:
    """Where the wide gaps in a line begin and end."""
    text = line.text
    return [m.span() for m in _GUTTER.finditer(text)] if ("   " in text or "\t" in text) and len(text) < 400 else []


def _between(line: Line, gaps: _Gaps) -> _Gaps:
    """Without those between the words of a justified line, which tell of no column."""
    return [gap for gap in gaps if gap[1] - gap[0] > space] if len(gaps) > 1 and (space := word_space(line.text)) else gaps


def _region(lines: Sequence[Line], gaps: Sequence[_Gaps], i: int, barred: set[int]) -> tuple[int, int]:
    """From line i on: one past the last line that respects the most common gutter, and where the right column begins."""
    end = i
    votes: Counter[int] = Counter()
    while end < len(lines) and end not in barred and (end == i or (lines[end].blanks < 2 and not lines[end].page)):
        if gaps[end]:
            votes.update([lines[end].indent + gap[1] for gap in _between(lines[end], gaps[end])])
        elif end - i > 400:
            break
        end += 1
    if not votes:
        return i, 0
    gutter = max(votes, key=lambda c: (votes[c - 1] + votes[c] + votes[c + 1], votes[c]))
    stop = last = i
    while stop < end and (side := _side(lines[stop], gaps[stop], gutter, stop > i)) and not _tabular(lines, gaps, stop, gutter):
        if side != "left":
            last = stop + 1
        stop += 1
    tail = last  # a last line that has a left half only belongs to the region when it goes on from there
    while tail < stop and lines[tail].blanks == 0 and len(lines[tail].text) + lines[tail].indent <= gutter:
        tail += 1
    if tail == stop == last + 1 and stop < end and _tabular(lines, gaps, stop, gutter) and not starts_low(lines[last].text):
        tail = last  # the title of a table
    return (tail, gutter) if last - i >= 3 else (i, 0)


def _tabular(lines: Sequence[Line], gaps: Sequence[_Gaps], i: int, gutter: int) -> bool:
    """Whether a table of three columns or more begins in line i: in two rows or more, most with figures.

    A blank line stands above it, or no gap of its rows is the gutter.
    """
    if len(gaps[i]) < 2:
        return False
    end = i + 1
    while end < len(lines) and not lines[end].blanks and len(gaps[end]) == len(gaps[i]):
        end += 1
    if not lines[i].blanks and any(_side(lines[k], gaps[k], gutter) != "left" for k in range(i, end)):
        return False
    figures = sum(bool(_DIGIT.search(line.text, gap[0][1])) for line, gap in zip(lines[i:end], gaps[i:end], strict=True))
    return end - i > 2 and 2 * figures > end - i


def _higher(lines: Sequence[Line], out: Sequence[Line], i: int, gutter: int, barred: set[int]) -> int:
    """How many lines right above line i, the last of `out`, are of the right column alone: it begins higher than the left one."""
    count = 0
    while count < min(i, len(out)) and out[-1 - count] is lines[i - 1 - count] and i - 1 - count not in barred:
        below = lines[i - count]
        if below.blanks > 1 or below.page or _side(lines[i - 1 - count], (), gutter) != "right":
            break
        count += 1
    return count


def _below(lines: Sequence[Line], gaps: Sequence[_Gaps], i: int, gutter: int, barred: set[int]) -> tuple[int, int]:
    """A second region of the same columns on the same page, a few lines of one column at most above it; (0, 0) for none."""
    at = i
    while at < len(lines) and at - i < 6 and _same_page(lines, at, barred) and not gaps[at]:
        if not _side(lines[at], (), gutter):
            return 0, 0
        at += 1
    if at >= len(lines) or not _same_page(lines, at, barred) or not gaps[at]:
        return 0, 0
    end, other = _region(lines, gaps, at, barred)
    alike = end > at and abs(other - gutter) <= _REACH
    return (at, end) if alike and _halves(lines[at:end], gaps[at:end], gutter, 0) else (0, 0)


def _same_page(lines: Sequence[Line], i: int, barred: set[int]) -> bool:
    return i not in barred and not lines[i].page and lines[i].blanks < 4


def _interleaved(above: Sequence[Line], below: Sequence[Line]) -> list[Line]:
    """Both left columns, then both right ones."""
    return [line for side in (1, 0) for lines in (above, below) for line in lines if line.stream % 2 == side]


def _side(line: Line, gaps: _Gaps, gutter: int, inside: bool = True) -> str:
    """Where a line stands: in both columns, in the left or right one only, or (empty) across the gutter; see `_parts`."""
    if any(_parts(line, gap, gutter, inside) for gap in gaps):
        return "both"
    if line.indent >= gutter - _REACH and line.indent > 8:
        return "right"
    return "left" if line.indent + len(line.text) <= gutter else ""


def _parts(line: Line, gap: tuple[int, int], gutter: int, inside: bool) -> bool:
    """Whether a gap ends where the right column begins, or, below a region's first line, reaches over to a centred title."""
    start, end = line.indent + gap[0], line.indent + gap[1]
    return abs(end - gutter) <= _REACH or (inside and start < gutter - _REACH and end > gutter)


def _halves(rows: Sequence[Line], gaps: Sequence[_Gaps], gutter: int, stream: int) -> list[Line]:
    """The left lines, then the right ones; nothing when the region is no prose."""
    left: list[Line] = []
    right: list[Line] = []
    missed = [0, 0]  # rows in which a column was empty: a blank line there
    for row, found in zip(rows, gaps, strict=True):
        near = [gap for gap in found if _parts(row, gap, gutter, row is not rows[0])]
        cut = min(near, key=lambda gap: abs(row.indent + gap[1] - gutter)) if near else None
        side = "both" if cut else _side(row, (), gutter)
        ends = cut or (len(row.text), 0)
        for which, column in enumerate((left, right)):
            if side not in ("both", ("left", "right")[which]):
                missed[which] += 1
                continue
            lo, hi = ((0, ends[0]), (ends[1], len(row.text)))[which] if cut else (0, len(row.text))
            tail = row.tail if hi == len(row.text) else 0
            blanks = missed[which] + (row.blanks if column or not which else 1)
            indent = row.indent if not which else max(0, row.indent + lo - gutter)
            column.append(
                Line(
                    row.start + lo,
                    row.start + hi,
                    row.text[lo:hi],
                    indent,
                    blanks,
                    row.page and not column,
                    stream + 1 + which,
                    0,
                    tail,
                )
            )
            missed[which] = 0
    if (_addresses(left) and _addresses(right)) or _keywords(left, right):
        return [*left, *(replace(line, page=False) for line in right)]
    if (
        not (_prose(left) and _prose(right))
        or min(len(left), len(right)) < 2
        or max(len(left), len(right)) < 3
        or not (_flows(left) or _flows(right))
    ):
        return []
    return [*left, *(replace(line, page=False) for line in right)]


def _addresses(column: Sequence[Line]) -> bool:
    """Whether a column is an address: two lines of it or more, no prose."""
    return len(column) < 10 and sum(contact(line.text) for line in column) > 1


def _keywords(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether short entries, line by line, stand beside wrapped prose: an abstract's keywords, and no labels of its lines.

    The lines of the prose are about as long as each other and run on; a table's cells are neither.
    """
    entries = [line for line in left if len(line.text) <= 30 and line.text[:2].isalpha() and not starts_low(line.text)]
    if not 3 <= len(left) == len(entries) or len(right) < len(left):
        return False
    beside = right[: len(left)]
    widest = max(len(line.text) for line in right)
    full = sum(len(line.text) >= 0.75 * widest for line in beside)
    running = sum(_runs(a, b) for a, b in itertools.pairwise(beside))
    return widest >= 45 and full >= len(beside) - 1 and running >= 2 and running >= 0.6 * (len(beside) - 1)


def _runs(above: Line, line: Line) -> bool:
    return not line.blanks and ((unfinished(above.text) and starts_low(line.text)) or above.text.endswith("-"))


def _prose(column: Sequence[Line]) -> bool:
    total = sum(len(line.text) for line in column)
    if not column or total / len(column) < 16:
        return False
    return sum(len(_DIGIT.findall(line.text)) for line in column) < 0.25 * total


def _flows(column: Sequence[Line]) -> bool:
    """Whether sentences run over its lines, as they do in a column and not in a table."""
    pairs = [(a, b) for a, b in itertools.pairwise(column) if b.blanks == 0]
    flowing = sum(_runs(a, b) for a, b in pairs)
    return flowing >= 2 and flowing >= 0.3 * len(pairs)
