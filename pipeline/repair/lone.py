"""Numbers on lines of their own that count pages, told by their order and by what stands beside them."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

import regex

from pipeline.repair.lines import Line, starts_low, unfinished

_LOOSE = regex.compile(r"(?P<n>\d{1,4})\s*/\s*(?P<total>\d{1,4})|[\[(|]\s*(?P<n>\d{1,4})\s*[\])|]?|(?P<n>\d{1,4})")
PROSE = 80  # characters; a longer line is one of running text
ASIDE = 30  # columns from the left edge
_DIGITS = re.compile(r"\d+")


def breaks(lines: Sequence[Line], i: int) -> bool:
    """Whether a blank line, a form feed or the end of the text follows line i."""
    return i + 1 == len(lines) or lines[i + 1].blanks > 0 or lines[i + 1].page


def wide_break(lines: Sequence[Line], i: int) -> bool:
    """Whether two blank lines, a form feed or the end of the text follow line i."""
    return i + 1 == len(lines) or lines[i + 1].blanks > 1 or lines[i + 1].page


def without_digits(text: str) -> str:
    """A text as it is compared with others: small letters, single spaces, a sign for every number."""
    return _DIGITS.sub("#", " ".join(text.casefold().split()))


def interrupts(lines: Sequence[Line], i: int, least: int = 40) -> bool:
    """Whether line i stands inside a sentence; the line before it has more than `least` characters."""
    return (
        0 < i < len(lines) - 1
        and len(lines[i - 1].text) > least
        and starts_low(lines[i + 1].text)
        and unfinished(lines[i - 1].text)
    )


def footed(lines: Sequence[Line], some: Iterable[int]) -> set[int]:
    """Lone numbers that count up beside a line that comes back with each of them, as on slides: `© Norvane` and `4`."""
    lone = [i for i in some if len(lines[i].text) < 4 and lines[i].text.isdecimal()]
    beside: dict[str, list[int]] = defaultdict(list)
    for i in lone:
        for k in (i - 1, i + 1):
            if 0 <= k < len(lines) and 5 < len(lines[k].text) <= 120:
                beside[without_digits(lines[k].text)].append(i)
    out: set[int] = set()
    for key, places in beside.items():
        steps = {int(lines[b].text) - int(lines[a].text) for a, b in itertools.pairwise(places)}
        apart = all(b - a > 2 for a, b in itertools.pairwise(places))
        closing = len(places) == 2 and len(key) > 20 and all(_closes(lines, i, key) for i in places)
        if (len(places) > 2 or closing) and steps == {1} and apart and any(map(str.isalpha, key)):
            out.update(places)
            first = [i for i in lone if i < places[0] and int(lines[i].text) == int(lines[places[0]].text) - 1]
            out.update(first if len(first) == 1 else ())
    return out


def topped(lines: Sequence[Line], some: Iterable[int]) -> set[int]:
    """Lone numbers that count up, each above a line that stands on top of the text too, or at its end: `41`, `Norvane – Bilan`."""
    header = without_digits(lines[0].text) if lines else ""
    if len(header) < 8 or not any(map(str.isalpha, header)):
        return set()
    lone = [i for i in some if len(lines[i].text) < 5 and lines[i].text.isdecimal()]
    above = [i for i in lone if i + 1 < len(lines) and without_digits(lines[i + 1].text) == header]
    places = [*above, *(i for i in lone if above and i + 1 == len(lines))]
    counting = all(int(lines[b].text) == int(lines[a].text) + 1 and b - a > 3 for a, b in itertools.pairwise(places))
    return set(places) if len(places) > 1 and counting else set()


def sequence(lines: Sequence[Line], some: Iterable[int], certain: Iterable[int]) -> set[int]:
    """Lone numbers (`4`, `[4]`, `3/7`) that count pages one by one, each between blank lines or beside a form feed."""
    numbers: list[tuple[int, int]] = []
    for i in some:
        line = lines[i]
        if len(line.text) < 12 and (match := _LOOSE.fullmatch(line.text)):
            foot = i + 1 == len(lines) or lines[i + 1].page  # the last line of a page
            aside = line.indent >= ASIDE and i > 0 and lines[i - 1].indent < 10  # at the right, or in the middle, of a page
            apart = (line.blanks > 0 or line.page or i == 0 or foot or aside) and breaks(lines, i)
            total = match["total"]
            if apart and (total is None or int(match["n"]) <= int(total)):
                numbers.append((i, int(match["n"])))
    out: set[int] = set()
    run: list[tuple[int, int]] = []
    for item in [*numbers, (-1, -1)]:
        if run and item[1] != run[-1][1] + 1:
            wide = any(wide_break(lines, i) or lines[i].page or lines[i].blanks > 1 or lines[i].indent >= ASIDE for i, _ in run)
            prose = len(run) == 2 and run[0][1] > 9 and any(len(line.text) > PROSE for line in lines[run[0][0] + 1 : run[1][0]])
            if len(run) > 2 or (len(run) == 2 and ((wide and run[0][1] < 100) or prose)):
                out.update(i for i, _ in run)
            run = []
        if item[0] >= 0:
            run.append(item)
    out |= _inside(lines, some)
    prose = len(lines) > 1 and len(lines[1].text) > PROSE // 2 and lines[1].text[0].isupper()
    if prose and len(lines[0].text) < 4 and lines[0].text.isdecimal():
        out.add(0)  # the number of the page that the text was taken from
    return out - set(certain)


def _inside(lines: Sequence[Line], some: Iterable[int]) -> set[int]:
    """A lone number on top of a page, behind a blank line and inside a sentence, and those like it that count on from it."""
    lone = [i for i in some if len(lines[i].text) < 4 and lines[i].text.isdecimal() and (lines[i].blanks or lines[i].page)]
    out: set[int] = set()
    for i in lone:
        if not interrupts(lines, i):
            continue
        out.add(i)
        for step in (1, -1):
            at = i
            for k in lone if step > 0 else reversed(lone):
                if (k - at) * step > 3 and int(lines[k].text) == int(lines[at].text) + step:
                    out.add(k)
                    at = k
    return out | _dense(lines, some)


def _dense(lines: Sequence[Line], some: Iterable[int]) -> set[int]:
    """Four lone numbers or more that count up without a blank line anywhere, one of them inside a sentence or a word."""
    lone = [i for i in some if len(lines[i].text) < 4 and lines[i].text.isdecimal()]
    if len(lone) < 4:
        return set()
    out: set[int] = set()
    for i in lone:
        if i in out or not interrupts(lines, i, 20):
            continue
        chain = [i]
        for step in (1, -1):
            at = i
            for k in lone if step > 0 else reversed(lone):
                if (k - at) * step > 1 and int(lines[k].text) == int(lines[at].text) + step:
                    chain.append(k)
                    at = k
        out.update(chain if len(chain) > 3 else ())
    return out


def _closes(lines: Sequence[Line], i: int, key: str) -> bool:
    """Whether a page ends behind line i, or behind the line below it that comes back."""
    if breaks(lines, i):
        return True
    return without_digits(lines[i + 1].text) == key and breaks(lines, i + 1)


def slides(lines: Sequence[Line], some: Iterable[int]) -> set[int]:
    """The numbers of slides, each right below the last line of its slide: from 1 or 2 on to the end of the text, four or more."""
    run: list[int] = []
    for i in some:
        if len(lines[i].text) < 4 and lines[i].text.isdecimal() and breaks(lines, i):
            n = int(lines[i].text)
            if n == int(lines[run[-1]].text) + 1 if run else i and n in (1, 2):
                run.append(i)
    apart = sum(b - a > 2 for a, b in itertools.pairwise(run))
    return set(run) if len(run) > 3 and run[-1] > len(lines) - 4 and 2 * apart >= len(run) else set()
