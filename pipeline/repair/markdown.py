"""Markdown: what its marks say of the lines of a `.md` document, and the marks themselves taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from pipeline.edits import apply, moved
from pipeline.model import Edit, Span
from pipeline.repair.lines import split, starts_low, unfinished
from pipeline.repair.markup import marks
from pipeline.repair.outline import outline
from pipeline.repair.part import ITEM, Part

_WIDE = 50  # characters from which on a heading may have been broken to fit a line
_BAR = re.compile(r"[ \t]*(?<!\\)\|[ \t]*")


@dataclass(frozen=True, slots=True)
class Given:
    """What Markdown says of lines; each is known by where its text starts once the marks are gone."""

    furniture: frozenset[int] = frozenset()
    headings: frozenset[int] = frozenset()
    alone: frozenset[int] = frozenset()  # a block of its own: who said what is quoted
    code: frozenset[int] = frozenset()
    broken: frozenset[int] = frozenset()  # begins a block, after a hard break
    flows: frozenset[int] = frozenset()  # goes on with the line above
    prose: frozenset[int] = frozenset()  # no heading, whatever it looks like: quotations, lines in italics
    footnotes: frozenset[int] = frozenset()
    items: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))  # how long the bullet is
    rows: Mapping[int, tuple[Span, ...]] = field(default_factory=lambda: MappingProxyType({}))  # gaps between cells


NOTHING = Given()


def markdown(text: str) -> tuple[list[Edit], Given]:
    r"""Edits that take the marks of Markdown out of a document, in order, and what they said of its lines.

    Leaves the text of every line that had some, except that a lone `>` becomes an empty line. Front matter, rules,
    fences, link definitions, images, tags and lines of links into the page itself stay as they are, as furniture.

    >>> from pipeline.edits import apply
    >>> source = "# Le *site*\n> Il ouvre."
    >>> edits, given = markdown(source)
    >>> apply(source, edits), sorted(given.headings)
    ('Le site\nIl ouvre.', [0])
    """
    lines = split(text)
    parts = [Part(line) for line in lines]
    references = outline(parts, text)
    edits = sorted(_edits(parts, text, references), key=lambda e: e.span)
    return edits, _given(parts, edits, text)


def _edits(parts: Sequence[Part], text: str, references: frozenset[str]) -> Iterator[Edit]:
    for part in parts:
        if part.role != "furniture":
            for start, end, rule in part.cuts:
                yield Edit(Span(part.line.start + start, part.line.start + end), part.line.text[start:end], "", rule)
    for group in _paragraphs(parts):
        taken = [(part.line.start + a, part.line.start + b) for part in group for a, b, _ in part.cuts]
        row = group[0].role == "row"
        for edit in marks(text, group[0].line.start, group[-1].line.end, references, row):
            if all(edit.span.end <= a or b <= edit.span.start for a, b in taken):
                yield edit


def _paragraphs(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """Lines that one mark may span: those of a paragraph."""
    group: list[Part] = []
    for part in parts:
        opens = part.line.blanks > 0 or part.role not in ("", "furniture", "code", "empty")
        if group and (
            opens or part.role in ("furniture", "code", "empty") or group[0].role in ("heading", "row") or len(group) > 60
        ):
            yield group
            group = []
        if part.role not in ("furniture", "code", "empty"):
            group.append(part)
    if group:
        yield group


def _given(parts: Sequence[Part], edits: Sequence[Edit], text: str) -> Given:
    roles: dict[str, set[int]] = {
        "furniture": set(),
        "heading": set(),
        "alone": set(),
        "code": set(),
        "broken": set(),
        "flows": set(),
        "prose": set(),
        "footnote": set(),
    }
    items: dict[int, int] = {}
    rows: dict[int, tuple[Span, ...]] = {}
    shift = k = 0
    before: Part | None = None
    for part in parts:
        line, first = part.line, k
        while k < len(edits) and edits[k].span.end <= line.end:
            k += 1
        made = apply(line.text, [moved(e, -line.start) for e in edits[first:k]])
        words = made.strip()
        start = line.start + shift + len(made) - len(made.lstrip())
        shift += len(made) - len(line.text)
        if not words:
            before = None
            continue
        role = part.role
        if role == "row":
            rows[start] = tuple(Span(*m.span()) for m in _BAR.finditer(words))
        elif role == "item" and (item := ITEM.match(words)):
            items[start] = item.end()
        elif role == "counted":
            items[start] = 0
        elif role in roles:
            roles[role].add(start)
        if part.prose or role == "said":
            roles["prose"].add(start)
        if role == "said":
            roles["alone"].add(start)
        elif role == "" and before and not line.blanks:
            _placed(part, before, words, start, roles)
        before = part
    found = {name: frozenset(starts) for name, starts in roles.items()}
    return Given(
        found["furniture"],
        found["heading"],
        found["alone"],
        found["code"],
        found["broken"],
        found["flows"],
        found["prose"],
        found["footnote"],
        items,
        rows,
    )


def _placed(part: Part, before: Part, words: str, start: int, roles: dict[str, set[int]]) -> None:
    """Whether a line goes on with the one above: not behind a hard break, surely inside a quotation."""
    if before.broken and not starts_low(words):
        roles["broken"].add(start)
    elif before.role == "heading" and len(before.line.text) >= _WIDE and starts_low(words):
        roles["flows"].add(start)  # html2text breaks headings too
    elif before.role in ("", "item") and (
        (part.at and before.at) or (starts_low(words) and unfinished(before.line.text.rstrip("*_\\ ")))
    ):
        roles["flows"].add(start)
