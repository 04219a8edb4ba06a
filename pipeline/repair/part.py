"""One line of a Markdown document while it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.repair.lines import Line

ITEM = re.compile(r"(?P<sign>[-*+•])(?P<gap>[ \t]+)(?:\[[ xX]\][ \t]+)?(?=\S)")


@dataclass(slots=True)
class Part:
    """One line while it is read: its role, and the stretches of its text to take out before (`head`) and behind it."""

    line: Line
    role: str = ""
    cuts: list[tuple[int, int, str]] = field(default_factory=list)
    at: int = 0  # where the text behind quote marks begins
    bullet: bool = False
    broken: bool = False  # a hard break at its end
    prose: bool = False

    @property
    def text(self) -> str:
        """The line's text behind its quote marks."""
        return self.line.text[self.at :]
