"""How full the lines around a place are: text with no blank lines, whose columns are of several widths, shows it only nearby."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Sequence
from dataclasses import dataclass

from pipeline.repair.lines import Line, first_word, starts_low, unfinished
from pipeline.repair.vocabulary import common

_NEAR = 15  # lines
_FEW, _SOME = 2, 4  # lines that go on, on one side of the place
_SLACK = 0.97  # letters are not all of one width
_NAME = 0.85  # the same before a word that may be a name in the middle of a sentence
_ORDINARY = 20  # occurrences from which on a word is no name
_PART = re.compile("[-']")
_TURN = 1.35  # times the width of the lines on the other side
_NARROW = 0.6  # times the width of the whole
_LEAST = 20  # characters


@dataclass(frozen=True, slots=True)
class Fit:
    """The lines around one place: `wide` is the longest that goes on, `least` how long one was with the word that did not
    fit any more (characters); `turned` where those above and those below are not of one width."""

    wide: float
    least: float
    turned: bool

    @property
    def full(self) -> float:
        """Up to this length, a line with the next one's first word had room for it."""
        return min(_SLACK * self.least, self.wide)


@dataclass(frozen=True, slots=True)
class Wrapping:
    """The lines that surely go on in the next one (`where`, rising): their lengths, alone and with the next line's first word."""

    where: tuple[int, ...] = ()
    sizes: tuple[int, ...] = ()
    spilled: tuple[int, ...] = ()
    streams: tuple[int, ...] = ()

    @classmethod
    def of(cls, lines: Sequence[Line], skip: Container[int]) -> Wrapping:
        """What the lines show; `skip` are those that are no prose.

        A line goes on where it stops inside a sentence and a small letter follows, or at a hyphen inside a word.
        """
        found = [
            (i, len(line.text), spilled, line.stream)
            for i, line in enumerate(lines[:-1])
            if i not in skip and i + 1 not in skip and (spilled := _spilled(line, lines[i + 1]))
        ]
        return cls(*map(tuple, zip(*found, strict=True))) if found else cls()

    def at(self, i: int, stream: int, wide: float) -> Fit | None:
        """How full the lines of a stream, `wide` as a whole, are above and below the end of line i - 1; None where too few tell.

        Two much narrower lines (a quotation set large) tell nothing of those around them.
        """
        at = bisect_left(self.where, i - 1)
        beyond = at + 1 if at < len(self.where) and self.where[at] == i - 1 else at
        above, below = self._full(range(max(0, at - _SOME), at), i, stream), self._full(range(beyond, beyond + _SOME), i, stream)
        widths = [max(self.sizes[k] for k in side) for side in (above, below) if len(side) >= _FEW]
        if len(above) < _FEW or len(below) < _FEW:
            above, below = [], self._prose([*above, *below])
        if len(above) + len(below) < _FEW:
            return None
        turned = len(widths) == 2 and max(widths) > _TURN * min(widths)
        spilled = sorted(self.spilled[k] for k in (*above, *below))
        widest = max(self.sizes[k] for k in (*above, *below))
        if len(spilled) == _FEW and widest < _NARROW * wide:
            return None
        return Fit(float(widest), float(spilled[len(spilled) // 6]), turned)

    def _full(self, some: range, i: int, stream: int) -> list[int]:
        """Those near line i, of its stream."""
        near = [k for k in some if k < len(self.where) and abs(self.where[k] - i) <= _NEAR and self.streams[k] == stream]
        return self._prose(near)

    def _prose(self, near: list[int]) -> list[int]:
        """Those of about one width, as most of them are: without titles in large type and another column; the wider ones of two."""
        groups = [[k for k in near if self.sizes[k] <= self.sizes[m] < _TURN * self.sizes[k]] for m in near]
        return max(groups, key=lambda group: (len(group), max(self.sizes[k] for k in group)), default=[])


def _spilled(line: Line, below: Line) -> int:
    """How long `line` is with the word that did not fit into it; 0 where nothing says that it goes on."""
    if below.blanks or below.page or below.stream != line.stream or len(line.text) < _LEAST or line.tail:
        return 0
    if line.text[-1] == "-":
        return len(line.text) + 1 if line.text[-2].isalpha() and below.text[0].isalpha() else 0
    return len(line.text) + 1 + len(first_word(below.text)) if unfinished(line.text) and starts_low(below.text) else 0


def enumerated(lines: Sequence[Line], i: int, fit: Fit) -> bool:
    """Whether line i begins an item of a list without bullets: it, or a line soon below it, stops early with a semicolon."""
    for k in range(i, min(i + 4, len(lines) - 1)):
        if lines[k].text[-1] == ";":
            return len(lines[k].text) + 1 + len(first_word(lines[k + 1].text)) <= fit.full
        if lines[k].text[-1] in ".:" or lines[k + 1].blanks:
            return False
    return False


def least(before: str, line: Line, wide: float, fit: Fit | None) -> float:
    """How long the line `before` is with the first word of `line`, a capital's, where that did not fit into it, or more.

    `wide` is how wide the text is where `fit` does not tell.
    """
    open_end = unfinished(before)
    if fit is None:
        return (0.75 if open_end else 0.85) * wide
    word = _PART.split(first_word(line.text).strip('«"(,').lower(), maxsplit=1)[0]
    sure = not open_end or before[-1].isdigit() or word[:1].isdigit() or common(word, _ORDINARY)
    return fit.full if sure else _NAME * fit.least
