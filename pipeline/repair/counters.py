"""Page counters: lines that are one, and lines that end in one."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import regex

from pipeline.repair.lines import Line
from pipeline.repair.lone import ASIDE, breaks, footed, interrupts, sequence, slides, topped, wide_break

_CERTAIN = regex.compile(
    r"""texte\s(?P<n>\d{1,3})\ssur\s(?P<total>\d{1,3}) # of an official journal
      | (?:page|p\.|pg\.|pag\.)\s*(?P<n>\d{1,4})(?:\s*(?:/|\||sur|of|de)\s*(?P<total>\d{1,4}))?\.? # Page 3 sur 7, p. 3/7, Page 3
      | [-–—•·]\s*(?P<n>\d{1,4})\s*[-–—•·]                                                          # - 4 -
      | [-–—]?\s*page\s+(?P<n>\d{1,4})\s*[-–—]?                                                   # - Page 4 -
      | (?:https?://|www\.)\S+\s+(?:page\s)?(?P<n>\d{1,3})\s?(?:/|of|sur)\s?(?P<total>\d{1,3})       # a browser's print
      | (?P<n>\d{1,3})\s?(?:/|of|sur)\s?(?P<total>\d{1,3})\s+\d{1,2}[/.]\d{1,2}[/.]\d{2,4},?\s\d{1,2}[:h]\d\d(?:\s[AP]M)?
    """,
    regex.IGNORECASE | regex.VERBOSE,
)
_FOOTER = regex.compile(
    r"(?:^|\s|[|–—•·-])page\s*\d{1,4}\s*(?:/|sur|of)\s*\d{1,4}$|^page\s*\d{1,4}\s*(?:/|sur|of)\s*\d{1,4}(?=\s*[|–—•·-]|\s\s)",
    regex.IGNORECASE,
)
_GLUED = regex.compile(r"(?P<digits>\d{1,9})\s?/\s?(?P<total>[1-9]\d{0,2})$")
_GLUED_PAGE = regex.compile(r"(?<=[\p{L}\p{N}.,;:!?)»\"])\s*(?:-\s*)?Page\s*\d{1,4}\s*(?:sur|of|/)\s*\d{1,4}$")
_TOTAL = regex.compile(r"(?P<n>\d{1,3})\s?/\s?(?P<total>\d{1,3})")
_TITLED = regex.compile(
    r"""(?P<n>\d{1,4})(?:\s*[|–—·•]\s*|\s-\s|\s{2,})(?P<title>(?=[^|]*\p{L}{2})\S.{2,80})
      | (?P<title>(?=[^|]*\p{L}{2})\S.{2,80}?)(?:\s*[|–—·•]\s*|\s-\s|\s{2,})(?:page\s|p\.\s?)?(?P<n>\d{1,4})""",
    regex.IGNORECASE | regex.VERBOSE,
)
_SIGNED = regex.compile(
    r"""(?=[^.!?]*(?:[|–—•·]|\s-\s|\b20\d\d$|\b20\d\d\ \d))
        (?:(?P<title>\p{L}[^.!?]{14,})\ (?P<end>\d{1,3})(?:\ ?/\ ?\d{1,3})? | (?P<start>\d{1,3})\ (?P<title>\p{L}[^.!?]{14,}))""",
    regex.VERBOSE,
)
_BARRED = regex.compile(r"\d{1,3}\s*\|\s*\p{Lu}[^|.]{2,40}(?:\|[^|.]{2,30})?|\p{Lu}[^|.]{2,40}(?:\|[^|.]{2,30})?\|\s*\d{1,3}")
_SIDED = regex.compile(
    r"(?P<n>\d{1,3}) ?/ ?(?P<total>\d{1,3})\s{4,}\p{Lu}[^.!?]{2,60}|\p{Lu}[^.!?]{2,60}\s{4,}(?P<n>\d{1,3}) ?/ ?(?P<total>\d{1,3})"
)
_TITLE = r"\p{Lu}[\p{Lu}\d '&.-]{3,40}\s[-–—•|]\s\p{L}{3,9}\.? 20\d\d"  # of a magazine, and its month
_LETTERED = re.compile(r"[A-Z]{1,2}-\d{1,3}")  # F-12, of an annual report's accounts
_ISSUE = regex.compile(rf"\d{{1,3}}\s+{_TITLE}|{_TITLE}\s+\d{{1,3}}")
_MIDDLE = regex.compile(r"(?P<left>\S.*?\p{L}.*?\S)\s{3,}(?P<n>\d{1,4})\s{3,}(?P<right>\p{L}.*)")
_MIDDLE_NUMBER = regex.compile(r"\s{3}\d{1,4}\s{3}")  # looked for first: the whole takes time quadratic in the line
_WIDE_GAP = re.compile(r"\s{4,}")
_PARTED = re.compile(r"[|–—·•]|\s(?:-\s|\s)")  # between a title and its number
_TOP = 6  # lines from the first on, in which a document says what it is
_LAST_GAP = re.compile(r"\s{4,}(?P<counter>\S(?:\s?\S)*)$")
_PLAIN_COUNTER = re.compile(r"page\s*\d{1,4}\s*(?:/|sur|of)\s*\d{1,4}", re.IGNORECASE)
_GAP_COUNTER = re.compile(r"(?:\t|\s{3,})(?P<n>\d{1,3})\s?/\s?(?P<total>\d{1,3})$")
_OPENERS = frozenset("0123456789-–—pP[(|")  # what a counter begins with, unless it ends in a digit


@dataclass(frozen=True, slots=True)
class Counters:
    """Lines that are page counters, and lines that end in one: index → length of the counter."""

    alone: frozenset[int]
    glued: dict[int, int]


def counters(lines: Sequence[Line]) -> Counters:
    """Page counters in a document. Numbers that could be a date, a ratio or a fraction need a sequence to prove them."""
    some = [
        i
        for i, line in enumerate(lines)
        if line.text[0] in _OPENERS or line.text[-1].isdigit() or (line.text[-1] in "•·" and len(line.text) < 10)
    ]
    alone = {i for i in some if _certain(lines[i].text)}
    beside = {i: length for i in alone if (length := _beside(lines, i))}
    alone -= beside.keys()
    ending = [i for i in some if lines[i].text[-1].isdigit()]
    glued = {i: len(m[0]) for i in ending if i not in alone and (m := _glued_page(lines[i].text)) and breaks(lines, i)}
    glued.update(beside)
    totals = _glued_counters(lines, ending)
    for i, length in totals:
        if length == len(lines[i].text):
            alone.add(i)
        else:
            glued.setdefault(i, length)
    alone |= sequence(lines, some, alone) | footed(lines, some) | slides(lines, some) | topped(lines, some)
    alone |= _totals(lines, some) | _titled(lines, some) | _signed(lines, some) | _between(lines) | _barred(lines, some)
    return Counters(frozenset(alone), {i: n for i, n in glued.items() if i not in alone})


def _certain(text: str) -> bool:
    opens, ends = text[0] in "-–—•·pPtT", text[-1].isdigit()
    if text[:4] in ("http", "www.") or (text[0].isdigit() and len(text) > 18):
        return len(text) < 400 and bool(_CERTAIN.fullmatch(text))
    if not (opens or ends) or len(text) > 120:
        return False
    if opens and len(text) < 40 and _CERTAIN.fullmatch(text):
        return True
    return "page" in text.lower() and bool(_FOOTER.search(text)) and not unfinished_prose(text)


def _beside(lines: Sequence[Line], i: int) -> int:
    """How long the counter of line i is with the gap before it, where a text near the top and nowhere else is left of it."""
    gap = _LAST_GAP.search(lines[i].text) if i and i < _TOP and "    " in lines[i].text else None
    if gap is None or not _PLAIN_COUNTER.fullmatch(gap["counter"]):
        return 0
    left = lines[i].text[: gap.start()].casefold()
    again = any(left in line.text.casefold() for k, line in enumerate(lines) if k != i)
    return 0 if again or not any(map(str.islower, lines[i].text[: gap.start()])) else len(gap[0])


def unfinished_prose(text: str) -> bool:
    """Whether a line that ends in `page 3/7` is rather prose that a counter is glued to: it has a comma or many small words."""
    return len(text) > 70 and sum(word[0].islower() for word in text.split()) > 7


def _glued_page(text: str) -> regex.Match[str] | None:
    return _GLUED_PAGE.search(text[-40:]) if "Page" in text else None


def _glued_counters(lines: Sequence[Line], ending: Iterable[int]) -> list[tuple[int, int]]:
    """`thérapies1/3`: (index, length) of the counters n/total with the total that proves itself best."""
    found: dict[str, list[tuple[int, regex.Match[str]]]] = defaultdict(list)
    for i in ending:
        tail = lines[i].text[-20:]
        if "/" in tail and (match := _GLUED.search(tail)) and breaks(lines, i):
            found[match["total"]].append((i, match))
    best: list[tuple[int, int]] = []
    for total, candidates in found.items():
        chosen = list(_rising(candidates, int(total), lines))
        if len(chosen) > len(best):
            best = chosen
    return best


def _rising(candidates: list[tuple[int, regex.Match[str]]], total: int, lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    last, chosen, strong = 0, [], 0
    for i, match in candidates:
        digits = match["digits"]
        n = _page_number(digits, last, total)
        before = match.string[: match.start()]
        if n is None or (
            before and len(str(n)) == len(digits) and before[-1] in "/-.,+" and before[-2:-1].isdigit() and n != last + 1
        ):
            continue
        length = len(match[0]) - (len(digits) - len(str(n)))
        glued = bool(before) and not before[-1].isspace() and len(match[0]) == length
        strong += glued or (not before and wide_break(lines, i))
        chosen.append((i, length, glued))
        last = n
    if len(chosen) > 1 and strong:
        yield from ((i, length) for i, length, _ in chosen)
    elif len(chosen) == 1 and total > 0:
        i, length, glued = chosen[0]
        alone = length == len(lines[i].text)
        if wide_break(lines, i) and (glued or (alone and last <= 2)) and lines[i].text[-length - 1 : -length] not in tuple("/-+"):
            yield i, length


def _page_number(digits: str, last: int, total: int) -> int | None:
    """The page number that `digits` end in: all of them, or after a year or an amount just the last ones."""
    if digits[0] != "0" and last < int(digits) <= total:
        return int(digits)
    expected = str(last + 1)
    if not last and digits[:2] in ("19", "20") and len(digits) == 5 and digits[4] == "1":
        return 1  # 20251/2: page 1 behind a year
    return last + 1 if last and last < total and digits.endswith(expected) and len(digits) > len(expected) else None


def _totals(lines: Sequence[Line], some: Iterable[int]) -> set[int]:
    """`2/5`, `3/5` on lines of their own that count one by one, or a single one in a sentence or apart behind prose."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for i in some:
        line = lines[i]
        match = _TOTAL.fullmatch(line.text) if "/" in line.text and len(line.text) < 10 else None
        if match and 1 <= int(match["n"]) <= int(match["total"]) and int(match["total"]) > 1:
            found[match["total"]].append((i, int(match["n"])))
    out: set[int] = set()
    for total, places in found.items():
        steps = [b[1] - a[1] for a, b in itertools.pairwise(places)]
        apart = all(b[0] - a[0] > 1 for a, b in itertools.pairwise(places))
        if steps and apart and all(step == 1 for step in steps):
            out.update(i for i, _ in places)
        out.update(i for i, _ in places if interrupts(lines, i) or (lines[i].indent >= ASIDE and int(total) > 9))
        if len(places) == 1 and places[0][1] == 1 and _behind_prose(lines, places[0][0]):
            out.add(places[0][0])
    return out


def _behind_prose(lines: Sequence[Line], i: int) -> bool:
    """Whether line i stands alone between blank lines, behind a long line that ends a sentence: no cell of a table does."""
    return i > 0 and lines[i].blanks > 0 and breaks(lines, i) and len(lines[i - 1].text) > 60 and lines[i - 1].text[-1] in ".!?"


def _titled(lines: Sequence[Line], some: Iterable[int]) -> set[int]:
    """`12 | Rapport annuel`, `Annual report   13`: a title that comes back with a number that counts pages."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for i in some:
        line, text = lines[i], lines[i].text
        if not (text[0].isdigit() or text[-1].isdigit()) or len(text) > 200 or not _PARTED.search(text):
            continue
        narrow = _WIDE_GAP.sub("   ", text)
        if len(narrow) <= 100 and (line.blanks or line.page or breaks(lines, i)) and (match := _TITLED.fullmatch(narrow)):
            found[" ".join(match["title"].casefold().split())].append((i, int(match["n"])))
    return _counting(found.values(), 3)


def _signed(lines: Sequence[Line], some: Iterable[int]) -> set[int]:
    """`Halden plc | Interim results 2025 1`: a long title with a bar, a dash or a year, that comes back with the next number."""
    found: dict[tuple[str, bool], list[tuple[int, int]]] = defaultdict(list)
    for i in some:
        text = lines[i].text
        if 18 < len(text) <= 120 and (text[-1].isdigit() or text[0].isdigit()) and (match := _SIGNED.fullmatch(text)):
            found[match["title"], bool(match["end"])].append((i, int(match["end"] or match["start"])))
    for i in some:
        if (gap := _GAP_COUNTER.search(lines[i].text[-16:])) and len(lines[i].text) <= 200:
            left = lines[i].text[-400 : len(gap[0]) * -1]
            found[f"{left} /{gap['total']}", True].append((i, int(gap["n"])))
    slides = [places for (title, _), places in found.items() if len(places) > (2 if " | " in title else 3)]
    return _counting(found.values(), 5) | _counting(slides, 1)


def _counting(found: Iterable[list[tuple[int, int]]], apart: int) -> set[int]:
    """The lines of those groups whose numbers count by one or two, from line to line more than `apart` lines below."""
    out: set[int] = set()
    for places in found:
        pairs = list(itertools.pairwise(places))
        if pairs and all(b[1] - a[1] in (1, 2) and b[0] - a[0] > apart for a, b in pairs):
            out.update(i for i, _ in places)
    return out


def _barred(lines: Sequence[Line], some: Iterable[int]) -> set[int]:
    """`34 | Le Bulletin | n° 87`: a page's number and its magazine, once, as the first or last line of a page."""
    out: set[int] = set()
    for i in some:
        line = lines[i]
        edge = i in (0, len(lines) - 1) or line.page or lines[i + 1].page
        if edge and (found := _SIDED.fullmatch(line.text)) and int(found["n"]) <= int(found["total"]):
            out.add(i)
        if line.indent >= ASIDE and len(line.text) < 6 and _LETTERED.fullmatch(line.text) and breaks(lines, i):
            out.add(i)
        if edge and len(line.text) < 80 and _ISSUE.fullmatch(line.text):
            out.add(i)
        if edge and "|" in line.text and len(line.text) < 80 and len(line.text.split()) > 4 and _BARRED.fullmatch(line.text):
            near = (*lines[max(0, i - 1) : i], *lines[i + 1 : i + 2])
            out |= set() if any("|" in each.text for each in near) else {i}
    return out


def _between(lines: Sequence[Line]) -> set[int]:
    """`Annual report   48   Accounts`: a page's number between two titles that stand side by side elsewhere too."""
    wide = [i for i, line in enumerate(lines) if "   " in line.text and len(line.text) < 240]
    found: dict[str, list[int]] = defaultdict(list)
    for i in wide:
        if _MIDDLE_NUMBER.search(lines[i].text) and (match := _MIDDLE.fullmatch(lines[i].text)):
            found[" ".join(f"{match['left']} {match['right']}".split())].append(i)
    if not found:
        return set()
    plain = [(i, " ".join(lines[i].text.split())) for i in wide]
    out = {i for i, text in plain if text in found}
    out |= {i for key, places in found.items() if len(places) > 1 or any(text == key for _, text in plain) for i in places}
    return out
