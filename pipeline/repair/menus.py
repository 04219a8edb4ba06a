"""Menus of a site and paths in it: lines that are furniture by their form at the top of a page, by their words elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from pipeline.repair.lines import Line, unfinished
from pipeline.repair.phrases import says

_SHORT, _LONG = 60, 220  # as in `furniture`
_PATH = regex.compile(r" (?:[/>›»|→]) ")
_BARS = regex.compile(r"\s\|\s")
_SIGNS_BETWEEN = ("|", "·", "•", " – ", " — ", " / ", " - ", "  ", ". ", "\t")  # every match of _PARTS holds one
_PARTS = regex.compile(r"\s*[|·•]\s*|\s[–—/-]\s|\s{2,}|(?<=\w)\.\s")
_TOP = 14  # lines in which a site's own menu may stand above the text


def menus(lines: Sequence[Line], scopes: list[str]) -> None:
    """Menus and paths of a site: above the text by their form, elsewhere by what their parts say."""
    top, last = True, -1
    for i, line in enumerate(lines):
        text = line.text
        top = top and i < _TOP and len(text) < 120
        if scopes[i] or len(text) > _LONG:
            last = i if top and scopes[i] == "line" and _trail(text) else last
            continue
        if (i < 3 and _trail(text)) or _menu(text) or (top and _bar(lines, i)):
            scopes[i] = "line"
            last = i if top else last
    first = next((i for i in range(max(last, 0)) if scopes[i] in ("line", "near", "field")), last)
    if last > 0 and all(len(lines[i].text) <= 40 or scopes[i] for i in range(first, last)):
        for i in range(first, last):
            scopes[i] = scopes[i] if scopes[i] == "line" or not short(lines[i]) else "line"
    _site_menu(lines, scopes)


def _site_menu(lines: Sequence[Line], scopes: list[str]) -> None:
    """The words of a menu, one a line, at the top: three or more, half of which menus hold; up to the last of those."""
    run: list[int] = []
    for i, line in enumerate(lines[: _TOP + 8]):
        if scopes[i] == "line":
            continue
        if not short(line) or len(line.text.split()) > 3:
            break
        run.append(i)
    links = [k for k in run if scopes[k] in ("near", "footer") or says("menu", lines[k].text)]
    run = run[: run.index(links[-1]) + 1] if links else []
    if len(run) > 2 and 2 * len(links) >= len(run):
        for k in run:
            scopes[k] = "line"


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


def _menu(text: str) -> bool:
    """`Contact - CGV - Mentions légales`: three parts or more, of which most are what menus hold."""
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
