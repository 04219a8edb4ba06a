"""Menus of a site and paths in it: lines that are furniture by their form at the top of a page, by their words elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from pipeline.repair.lines import Line, unfinished
from pipeline.repair.phrases import says

_SHORT, _LONG = 60, 220  # as in `furniture`
_PATH = regex.compile(r" (?:[/>›»|→]) ")
_PAIR = regex.compile(r"\p{Lu}[^\d.:;,!?>›»]{2,24} [>›] \p{Lu}[^\d.:;,!?>›»]{2,24}")
_BARS = regex.compile(r"\s\|\s")
_SIGNS_BETWEEN = ("|", "·", "•", " – ", " — ", " / ", " - ", "  ", ". ", "\t")  # every match of _PARTS holds one
_PARTS = regex.compile(r"\s*[|·•]\s*|\s[–—/-]\s|\s{2,}|(?<=\w)\.\s")
_TOP = 14  # lines in which a site's own menu may stand above the text
_GROUPED = 12  # lines that a whole menu has at least
_ARROWS = frozenset(">›»→/|")
_TOGGLE = regex.compile(r"\[?(?:masquer|afficher|hide|show|toggle|début|\(top\))\]?", regex.IGNORECASE)
_LEADERS = regex.compile(r"^(?:[•·*–-]|\d{1,2}(?:\.\d{1,2})*[.)]?)\s+|^\d{1,2}\.(?=[A-ZÀ-ÖØ-Þ])|[\s.…_·]{2,}\d{1,3}$|\s\d{1,3}$")


def menus(lines: Sequence[Line], scopes: list[str]) -> None:
    """Menus and paths of a site: above the text by their form, elsewhere by what their parts say."""
    top, last = True, -1
    for i, line in enumerate(lines):
        text = line.text
        top = top and i < _TOP and len(text) < 120
        if scopes[i] or len(text) > _LONG:
            last = i if top and scopes[i] == "line" and _trail(text) else last
            continue
        if (i < 3 and (_trail(text) or _PAIR.fullmatch(text)) and not _header(lines, i)) or _menu(text) or (top and _bar(lines, i)):
            scopes[i] = "line"
            last = i if top else last
    first = next((i for i in range(max(last, 0)) if scopes[i] in ("line", "near", "field")), last)
    if last > 0 and all(len(lines[i].text) <= 40 or scopes[i] for i in range(first, last)):
        for i in range(first, last):
            scopes[i] = scopes[i] if scopes[i] == "line" or not short(lines[i]) else "line"
    _site_menu(lines, scopes)
    _groups(lines, scopes)
    _steps(lines, scopes)
    _contents(lines, scopes)


def _steps(lines: Sequence[Line], scopes: list[str]) -> None:
    """A path in the site, one step a line: between arrows of their own, or from `Home` to the blank line above the title."""
    arrows = [i for i, line in enumerate(lines[: 2 * _TOP]) if line.text in _ARROWS and 0 < i < len(lines) - 1]
    for i in arrows:
        if i + 2 in arrows or i - 2 in arrows:
            for k in (i - 1, i, i + 1):
                scopes[k] = "line" if len(lines[k].text) < _SHORT or (k > i and _again(lines, k)) else scopes[k]
    for i, line in enumerate(lines[: 2 * _TOP]):
        if not says("home", line.text):
            continue
        end = i + 1
        while end < len(lines) and end - i < 7 and not lines[end].blanks and _step(lines[end].text):
            end += 1
        closed = end < len(lines) and (lines[end].blanks > 0 or (scopes[end] == "line" and _trail(lines[end].text)))
        if not (i + 1 < end and closed and end - i < 7):
            end = _titled(lines, i, end)
        for k in range(i, end):
            scopes[k] = "line"
        break


def _again(lines: Sequence[Line], i: int) -> bool:
    """Whether line i, the last step of a path, comes right again as the title, on one line or wrapped."""
    return i + 1 < len(lines) and len(lines[i + 1].text) > 12 and lines[i].text.startswith(lines[i + 1].text)


def _titled(lines: Sequence[Line], i: int, end: int) -> int:
    """One past the step that names the page itself: its title comes again within a few lines; `i` where none does."""
    for k in range(i + 1, min(i + 6, len(lines))):
        if any(each.text == lines[k].text for each in lines[k + 1 : k + 6]) and len(lines[k].text) > 12:
            return k + 1
        if k >= end:
            break
    return i


def _step(text: str) -> bool:
    return len(text) < _SHORT and unfinished(text) and not any(map(str.isdigit, text)) and text[0].isupper()


def _contents(lines: Sequence[Line], scopes: list[str]) -> None:
    """`On this page` and the titles below it, as long as each comes back further down, with or without a page's number."""
    openers = [i for i, line in enumerate(lines) if len(line.text) <= 40 and says("contents", line.text)]
    for i in openers[:3]:
        stop = next((k for k in range(i + 1, len(lines)) if scopes[k] == "tags"), len(lines))  # tags may name the page again
        below = [_plain(each.text) for each in lines[i + 1 : stop]]
        end = 1 if below and _TOGGLE.fullmatch(below[0]) else 0
        while end < min(len(below), 60) and (found := _listed(lines, below, i, end)):
            end += found
        titles = below[:end]
        for k in range(1, end):  # the first title that is listed already is the text's own
            if below[k] in titles[:k]:
                end = k
                break
        if end > 1 and sum(title in below[end:] for title in below[:end]) > 0.6 * end:
            for k in range(i, i + 1 + end):
                scopes[k] = "line"


def _listed(lines: Sequence[Line], below: Sequence[str], i: int, end: int) -> int:
    """How many entries of the contents below line i stand at `end`: one whose title comes back, or two of which the second does."""
    if len(below[end]) < 120 and below[end] in below[end + 1 :]:
        return 1
    if end and end + 1 < len(below) and len(below[end]) < 60 and unfinished(below[end]) and len(below[end + 1]) < 120:
        tight = not lines[i + 1 + end].blanks and not lines[i + 2 + end].blanks
        return 2 if tight and below[end + 1] in below[end + 2 :] and below[end + 1] not in below[:end] else 0
    return 0


def _plain(text: str) -> str:
    bare: str = _LEADERS.sub("", _LEADERS.sub("", text))
    return bare.casefold()


def _site_menu(lines: Sequence[Line], scopes: list[str]) -> None:
    """The words of a menu, one a line, at the top: three or more, half of which menus hold; up to the last of those."""
    run: list[int] = []
    named = False
    for i, line in enumerate(lines[: _TOP + 8]):
        told = says("menu", line.text)
        if scopes[i] == "line" and not told:
            continue
        if not told and not (short(line) and (len(line.text.split()) < 4 or _menu_goes_on(lines, i))):
            if run or i > 4:
                break
            named = True  # the name of the site
            continue
        if named and run and line.blanks:
            break
        run.append(i)
    links = [k for k in run if scopes[k] in ("near", "footer") or says("menu", lines[k].text)]
    run = run[: run.index(links[-1]) + 1] if links else []
    while run and lines[run[-1]].blanks and any(len(line.text) > _SHORT for line in lines[run[-1] + 1 :][:1]):
        run.pop()  # a title above prose
    if named and run and (run[-1] - run[0] >= len(run) or any(len(line.text) > _SHORT for line in lines[run[-1] + 1 :][:1])):
        return  # words of other sorts between them, or a title above prose
    if len(run) > 2 and (2 * len(links) >= len(run) or (len(links) > 2 and 3 * len(links) >= len(run))):
        for k in run:
            scopes[k] = "line"


def _groups(lines: Sequence[Line], scopes: list[str]) -> None:
    """A site's whole menu above the title: groups of three links or more, twelve lines at least, none of which comes back below."""
    end = at = 0
    while at < len(lines):
        stop = at + 1
        while stop < len(lines) and not lines[stop].blanks:
            stop += 1
        if stop - at < 3 or not all(_link(line.text) for line in lines[at:stop]):
            break
        end = at = stop
    told = sum(scopes[k] in ("near", "footer", "line") or says("menu", lines[k].text) for k in range(end))
    if end < _GROUPED or told < 3 or end == len(lines):
        return
    below = {line.text.casefold() for line in lines[end:]}
    if not any(line.text.casefold() in below for line in lines[1:end]):
        for k in range(end):
            scopes[k] = "line"


def _link(text: str) -> bool:
    """Whether a line may name a page of the site: it begins with a capital, ends no sentence and holds no number."""
    whole = unfinished(text) or text[-1] in "?!"
    return len(text) <= 100 and text[:1].isupper() and whole and text[-1] != "," and not any(map(str.isdigit, text))


def _menu_goes_on(lines: Sequence[Line], i: int) -> bool:
    """Whether two lines of a menu or more stand above line i, and one below it before the next blank line."""
    above = sum(says("menu", line.text) for line in lines[:i])
    for line in lines[i + 1 : i + 6]:
        if line.blanks or not short(line):
            return False
        if says("menu", line.text):
            return above > 1
    return False


def pager(lines: Sequence[Line], i: int) -> range:
    """`Previous`, `:`, `Overview` on three lines: the way to the next page of a site."""
    if i + 2 < len(lines) and lines[i + 1].text == ":" and says("pager", lines[i].text) and len(lines[i + 2].text) < _SHORT:
        return range(i, i + 3)
    return range(0)


def _trail(text: str) -> bool:
    """`Jobs / Quality / Ireland`: a path in the site, which only stands at the top of a page."""
    if len(text) >= 120:
        return False
    parts = _PATH.split(text)
    return len(parts) > 2 and len(text) < 120 and all(0 < len(part) < 45 and not any(c.isdigit() for c in part) for part in parts)


def _header(lines: Sequence[Line], i: int) -> bool:
    """Whether line i is the header of a table: as many bars in the line below it."""
    bars = len(_BARS.findall(lines[i].text))
    return bars > 0 and i + 1 < len(lines) and len(_BARS.findall(lines[i + 1].text)) == bars


def _menu(text: str) -> bool:
    """`Contact - CGV - Mentions légales`: three parts or more, of which most are what menus hold; or only words of menus."""
    words = text.split()
    if 3 <= len(words) <= 8 and text[0].isupper() and len(text) < _SHORT and all(w[0].isupper() and says("menu", w) for w in words):
        return True  # Investors Media Careers
    signs = sum(map(text.count, _SIGNS_BETWEEN))
    if signs < 2 or len(text.split()) > 6 * (signs + 1):
        return False
    parts = [part for part in _PARTS.split(text.strip(" .|©")) if part]
    if len(parts) < 3 or any(len(part.split()) > 5 for part in parts):
        return False
    return 3 * sum(says("menu", part) for part in parts) >= 2 * len(parts)


def _bar(lines: Sequence[Line], i: int) -> bool:
    """A menu of four parts or more with bars between them, where no table follows."""
    if lines[i].text.count("|") < 3:
        return False
    parts = _BARS.split(lines[i].text)
    if len(parts) < 4 or any(not part or len(part.split()) > 3 or any(map(str.isdigit, part)) for part in parts):
        return False
    return i + 1 == len(lines) or "|" not in lines[i + 1].text


def short(line: Line) -> bool:
    """Whether a line may be a link's text: a few words without a number or a stop."""
    text = line.text
    return len(text) <= 40 and len(text.split()) <= 5 and unfinished(text) and not any(map(str.isdigit, text)) and "@" not in text
