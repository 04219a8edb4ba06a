"""Blocks while they grow, and what is known of the lines that they are made of. Private to this room."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.model import Kind, Span
from pipeline.repair.hyphens import Joint
from pipeline.repair.lines import Line
from pipeline.repair.tables import Parts
from pipeline.repair.wrapping import Wrapping


@dataclass(slots=True)
class Draft:
    """A block as it grows: its lines, and how each but the first is joined to the one before it."""

    kind: Kind
    lines: list[Line]
    joints: list[Joint] = field(default_factory=list)
    rule: str = ""
    gaps: tuple[Span, ...] = ()  # of a table row
    cells: list[Parts] = field(default_factory=list)  # of each line but the first: the cells of the row that it goes on with
    footnote: bool = False
    prose: bool = False  # no heading, whatever it looks like

    @property
    def text(self) -> str:
        """The words of its first five lines, hyphens joined: enough to tell what it is."""
        out = self.lines[0].words
        for joint, line in zip(self.joints[:4], self.lines[1:5], strict=True):
            out = out[: len(out) - joint.cut] + joint.glue + line.words
        return out


@dataclass(frozen=True, slots=True)
class Roles:
    """What is known of lines before blocks are made; indices into the lines in reading order."""

    furniture: dict[int, str]
    rows: dict[int, tuple[Span, ...]]
    contacts: frozenset[int]
    footnotes: frozenset[int]
    items: dict[int, int]
    grids: dict[int, tuple[int, ...]]  # rows of a table that stands one cell a line
    wrapped: dict[int, Parts]  # rests of cells, on a line below their row
    width: dict[int, float]  # per stream: how wide its wrapped lines are; 0 where every line is a paragraph
    wrapping: Wrapping
    headings: frozenset[int] = frozenset()  # marked as such in Markdown
    code: frozenset[int] = frozenset()
    alone: frozenset[int] = frozenset()  # a paragraph each: lines behind a hard break
    flows: frozenset[int] = frozenset()  # goes on with the line above
    prose: frozenset[int] = frozenset()  # no headings: quotations, lines in italics
    led: frozenset[int] = frozenset()  # the beginning of a label, on a line above its row
