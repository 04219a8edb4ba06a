"""What each line of a document is, before blocks are made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.model import Span
from pipeline.repair import counters, pages, shapes, titles
from pipeline.repair.blocks import widths
from pipeline.repair.columns import unfold
from pipeline.repair.drafts import Roles
from pipeline.repair.furniture import furniture
from pipeline.repair.grids import grids
from pipeline.repair.lines import Line, capitals, runs_on, split, starts_low, unfinished
from pipeline.repair.markdown import NOTHING, Given
from pipeline.repair.tables import rows
from pipeline.repair.wrapping import Wrapping


def read(text: str, given: Given = NOTHING) -> tuple[tuple[Line, ...], Roles, frozenset[str]]:
    """The lines of `text` in reading order, what they are, and the marks of its footnotes; what is `given` of them stands."""
    lines = split(text)
    found = counters.counters(lines)
    lines = tuple(_cut(line, found.glued[i]) if i in found.glued else line for i, line in enumerate(lines))
    known = {lines[i].start for i in found.alone | pages.running(lines, found)}
    lines = unfold(lines, [i for i, line in enumerate(lines) if line.start in known])
    odd = furniture(lines, frozenset(i for i, line in enumerate(lines) if line.start in known or line.start in given.furniture))
    marked = _marked(lines, known, odd, given) if given is not NOTHING else _NO_MARKS
    found_rows = rows(lines, odd)
    table = {i: gaps for i, gaps in found_rows.rows.items() if i not in marked.items} | marked.rows
    wrapped = {i: cell for i, cell in found_rows.wrapped.items() if i not in marked.items}
    led = frozenset(i for i in found_rows.led if i not in marked.items and i + 1 in table)
    taken = odd.keys() | table.keys() | wrapped.keys() | led | marked.headings | marked.alone | marked.code | marked.footnotes
    width = widths(lines, frozenset(taken))
    grid = grids(lines, taken)
    taken |= {i for row in grid.values() for i in row}
    notes = _footnotes(lines, taken)
    taken |= notes.keys()
    plain = [i not in taken for i in range(len(lines))]
    items = shapes.items(lines, plain, width)
    apart = shapes.counted_apart(lines, plain)
    items.update(dict.fromkeys(apart, 0) | marked.items)
    contacts = _contacts(lines, taken | items.keys(), width)
    footnotes = marked.footnotes | notes.keys()
    roles = Roles(
        odd,
        table,
        contacts,
        footnotes,
        items,
        grid,
        wrapped,
        width,
        Wrapping.of(lines, taken | contacts) if any(width.values()) else Wrapping(),
        marked.headings,
        marked.code,
        marked.lone,
        marked.flows | {i + 1 for i, mark in notes.items() if lines[i].text == mark} | {i + 1 for i in apart},
        marked.prose,
        led,
    )
    return lines, roles, frozenset(f"({mark})" if lines[i].text[0] == "(" else mark for i, mark in notes.items())


@dataclass(frozen=True, slots=True)
class _Marked:
    """What is `given` of lines, by their index."""

    headings: frozenset[int] = frozenset()
    alone: frozenset[int] = frozenset()
    code: frozenset[int] = frozenset()
    lone: frozenset[int] = frozenset()  # these, and what follows a hard break
    flows: frozenset[int] = frozenset()
    prose: frozenset[int] = frozenset()
    footnotes: frozenset[int] = frozenset()
    items: dict[int, int] = field(default_factory=dict)
    rows: dict[int, tuple[Span, ...]] = field(default_factory=dict)


_NO_MARKS = _Marked()


def _marked(lines: Sequence[Line], known: set[int], odd: dict[int, str], given: Given) -> _Marked:
    """What is given, for the lines in reading order; what it says of furniture and of tables goes into `odd`."""
    at = {line.start: i for i, line in enumerate(lines)}
    odd.update({at[start]: "repair.markdown" for start in given.furniture if start in at and start not in known})
    rows = {at[start]: gaps for start, gaps in given.rows.items() if start in at}
    code = frozenset(at[start] for start in given.code if start in at)
    for i in (*rows, *code):
        odd.pop(i, None)

    def those(starts: frozenset[int]) -> frozenset[int]:
        return frozenset(at[start] for start in starts if start in at and at[start] not in odd)

    items = {at[start]: length for start, length in given.items.items() if start in at and at[start] not in odd}
    lone, flows = those(given.alone | given.broken), those(given.flows)
    prose, notes = those(given.prose), those(given.footnotes)
    return _Marked(those(given.headings), those(given.alone), code, lone, flows, prose, notes, items, rows)


def _cut(line: Line, length: int) -> Line:
    text = line.text[: len(line.text) - length].rstrip()
    return replace(line, text=text, end=line.start + len(text), tail=len(line.text) - len(text))


def _footnotes(lines: Sequence[Line], taken: set[int]) -> dict[int, str]:
    """Lines that begin a footnote → its mark: a mark that stands glued to a word above, on a line of its own block."""
    first = [i for i, line in enumerate(lines) if line.text[0] in shapes.MARK_SIGNS and i not in taken]
    marks = {i: mark for i in first if (mark := shapes.footnote_mark(lines[i].text))}
    marks |= {i: lines[i].text for i in first if _mark_above(lines, i, taken)}
    if not marks:
        return {}
    out: dict[int, str] = {}
    waiting: dict[int, str] = {}  # below an unfinished line: notes only where the next ones are
    seen: set[str] = set()
    last = 0
    for i in sorted(marks):
        mark = marks[i]
        for line in lines[last:i]:
            seen |= shapes.glued_marks(line.text)
        last = i
        before = lines[i - 1].text if i else "."
        apart = (
            lines[i].text == mark
            or lines[i].blanks > 0
            or i - 1 in taken
            or i - 1 in out
            or i - 2 in out
            or not unfinished(before)
            or titles.byline(before)
            or shapes.contact(before)
            or (i + 1 in taken and lines[i].text[-1] in ".)")
        )
        if mark in seen and apart:
            for k, earlier in waiting.items():
                if i - k < 4 and earlier.isdigit() and mark.isdigit() and int(mark) == int(earlier) + 1:
                    out[k] = earlier
            out[i] = mark
        elif mark in seen:
            waiting[i] = mark
    return dict(sorted(out.items()))


def _mark_above(lines: Sequence[Line], i: int, taken: set[int]) -> bool:
    """Whether line i is only a footnote's mark, with the note on the line below."""
    text = lines[i].text
    if len(text) > 2 or not text.isdigit() or i + 1 == len(lines) or i + 1 in taken:
        return False
    below = lines[i + 1]
    return not below.blanks and below.text[:1].isupper() and len(below.text) > 30 and below.indent > lines[i].indent


def _contacts(lines: Sequence[Line], taken: set[int], width: dict[int, float]) -> frozenset[int]:
    """Lines of telephone numbers, addresses and the like, and the names that stand between them."""
    out = {
        i
        for i, line in enumerate(lines)
        if i not in taken and shapes.contact(line.words) and _possible(line) and _alone(lines, i, taken, width)
    }
    for i in sorted(out):
        above, below = i - 1, i + 1
        if (
            above not in out
            and above >= 0
            and above not in taken
            and lines[i].blanks == 0
            and shapes.contact_neighbour(lines[above].text)
        ):
            chained = above - 1 in out and lines[above].blanks == 0
            opens = lines[above].blanks > 0 or (above and shapes.contact_title(lines[above - 1].text))
            if chained or (opens and not titles.byline(lines[above].text)):
                out.add(above)
        if below < len(lines) and below not in taken and lines[below].blanks == 0 and shapes.country(lines[below].text):
            out.add(below)
    return frozenset(out | _blocks_of_contacts(lines, out, taken))


def _blocks_of_contacts(lines: Sequence[Line], found: set[int], taken: set[int]) -> set[int]:
    """The other lines of an address: those of its paragraph where all are short, and names under `Contact :`."""
    out: set[int] = set()
    for i in sorted(found):
        start, end = i, i + 1
        while start and i - start < 8 and lines[start].blanks == 0 and _of_address(lines[start - 1], start - 1, taken):
            start -= 1
        while end < len(lines) and end - i < 8 and lines[end].blanks == 0 and (end in found or _of_address(lines[end], end, taken)):
            end += 1
        closed = end == len(lines) or lines[end].blanks > 0 or (lines[end].text[-1] == "." and len(lines[end].text) > _ADDRESSED)
        headed = start > 0 and capitals(lines[start - 1].text) and (lines[start - 1].blanks > 0 or start == 1)
        apart = (lines[start].blanks > 0 or not start or headed) and closed
        titled = start > 0 and i - start < 5 and shapes.contact_title(lines[start - 1].text)
        if (apart and shapes.address(lines[i].text)) or titled:
            out.update(range(start, end if apart else i))
    return out


_ADDRESSED = 60  # characters: the longest line of an address, but for telephone numbers and the like
_COMPANY = (" Inc.", " Ltd.", " Corp.", " Co.", " S.A.", " S.A.S.", " B.V.", " N.V.", " LLC.")


def _of_address(line: Line, i: int, taken: set[int]) -> bool:
    text = line.text
    plain = len(text) <= _ADDRESSED and ":" not in text and not (capitals(text) and len(text) > 10)
    return (
        i not in taken
        and line.head == 0
        and (plain or shapes.contact(text))
        and (unfinished(text) or text.endswith(_COMPANY))
        and not shapes.contact_title(text)
    )


def _possible(line: Line) -> bool:
    return (len(line.text) <= 220 and (not starts_low(line.text) or line.text.startswith("www."))) or shapes.reachable(
        line.text[:220]
    )


def _alone(lines: Sequence[Line], i: int, taken: set[int], width: dict[int, float]) -> bool:
    """Whether line i is no part of a wrapped paragraph."""
    above = lines[i - 1].text if i and lines[i].blanks == 0 else ""
    running = len(above) > _ADDRESSED and (". " in above or starts_low(above)) and unfinished(above)
    if running and width.get(lines[i].stream) and not shapes.contact(above):
        return False  # a sentence that ends in an address
    if shapes.address(lines[i].text) and shapes.contact(lines[i].text) and not runs_on(above) and not above.endswith(":"):
        return True
    wide = width.get(lines[i].stream, 0.0)
    before = lines[i - 1] if i and lines[i].blanks == 0 and i - 1 not in taken else None
    after = lines[i + 1] if i + 1 < len(lines) and lines[i + 1].blanks == 0 and i + 1 not in taken else None
    if before and wide and unfinished(before.text) and len(before.text) > 0.75 * wide and not shapes.contact(before.text):
        return False
    if before and starts_low(lines[i].text) and unfinished(before.text) and not shapes.contact(before.text):
        return False
    return not (
        after
        and wide
        and len(lines[i].text) > 0.7 * wide
        and starts_low(after.text)
        and unfinished(lines[i].text)
        and not shapes.contact(after.text)
    )
