"""Page furniture: what a web page puts around its text. The phrases are data (`pipeline/data/furniture.tsv`).

A line is furniture because of what it says, or because of the group it stands in: an index widget, a list of teasers,
a newsletter box, a link list. Precision before recall: a group ends where prose begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import regex

from pipeline.repair.lines import Line, capitals, runs_on, starts_low, unfinished
from pipeline.repair.shapes import bullet, contact

_LONGEST = 480  # characters; no furniture line is longer than a cookie notice
_SIGNS = regex.compile(r"[\W_]+")
_PATH = regex.compile(r" (?:[/>›»|→]) ")
_QUESTION = regex.compile(r"[?!]\s*$")


@cache
def phrases(scope: str) -> regex.Pattern[str]:
    """The phrases of one scope, as one pattern to match a whole line with."""
    rows = (files("pipeline") / "data" / "furniture.tsv").read_text("utf-8").splitlines()[1:]
    cells = (row.split("\t") for row in rows if row and not row.startswith("#"))
    return regex.compile("|".join(f"(?:{cell[1]})" for cell in cells if cell[0] == scope), regex.IGNORECASE)


def furniture(lines: Sequence[Line], known: frozenset[int]) -> dict[int, str]:
    r"""Which lines are furniture, and by which rule; `known` are those that `pages` found.

    >>> from pipeline.repair.lines import split
    >>> furniture(split("Partager sur X\nLinkedIn\nLa ligne LinkedIn reste."), frozenset())
    {0: 'repair.furniture', 1: 'repair.furniture'}
    """
    scopes = [_scope(line.text) for line in lines]
    scopes[:3] = ["line" if not scope and _trail(line.text) else scope for line, scope in zip(lines[:3], scopes[:3], strict=False)]
    out = dict.fromkeys(known, "repair.page-line")
    for i, scope in enumerate(scopes):
        if i not in out and (scope == "line" or _signs_only(lines, i)):
            out[i] = "repair.furniture"
    for i, scope in enumerate(scopes):
        if scope == "links" and any(j < len(lines) and scopes[j] == "link" for j in (i + 1,)):
            out.update(dict.fromkeys(_links(scopes, i), "repair.link-list"))
        elif scope in ("widget", "number"):
            out.update(dict.fromkeys(_widget(lines, scopes, i), "repair.widget"))
        elif scope == "field":
            out.update(dict.fromkeys(_newsletter(lines, scopes, i, out), "repair.newsletter"))
    for i, scope in enumerate(scopes):
        if scope == "teaser":
            out.update(dict.fromkeys(_teasers(lines, scopes, i, out), "repair.teaser"))
    _spread(scopes, out)
    return {i: out[i] for i in sorted(out)}


def _scope(text: str) -> str:
    if len(text) > _LONGEST:
        return ""
    if len(text) > 60:
        if len(text) <= 220 and phrases("line").fullmatch(text):
            return "line"
        if len(text) <= 220 and "//" in text and phrases("link").fullmatch(text):
            return "link"
        if len(text) < 130 and (text[0].isdigit() or text[0] in "+-−–") and phrases("number").fullmatch(text):
            return "number"
    if len(text) > 60:
        return "line" if "ookie" in text and phrases("line").fullmatch(text) else ""
    plain = text.strip()
    if capitals(plain) and phrases("teaser").fullmatch(plain):
        return "teaser"  # READ MORE above titles; `Read more` is a button
    for scope in ("line", "teaser", "field", "widget", "number", "month", "links", "link", "near"):
        if phrases(scope).fullmatch(plain):
            return scope
    return ""


def _trail(text: str) -> bool:
    """`Jobs / Quality / Ireland`: a path in the site, which only stands at the top of a page."""
    parts = _PATH.split(text)
    return len(parts) > 2 and len(text) < 120 and all(0 < len(part) < 45 and not any(c.isdigit() for c in part) for part in parts)


def _signs_only(lines: Sequence[Line], i: int) -> bool:
    """A line of signs: a rule or a stray bullet, but not the punctuation that a wrapped line left behind."""
    text = lines[i].text
    if _SIGNS.sub("", text):
        return False
    return not (lines[i].blanks == 0 and i and len(text) < 4 and text[0] in ';:.,!?»")%€°')


def _links(scopes: Sequence[str], i: int) -> range:
    end = i + 1
    while end < len(scopes) and scopes[end] == "link":
        end += 1
    return range(i, end)


def _widget(lines: Sequence[Line], scopes: Sequence[str], i: int) -> range:
    """An index widget: its title, or two lines that only a widget has; then as far as such lines follow within three."""
    end = last = i
    strong = 0 if scopes[i] == "widget" else 1
    while last + 1 < len(lines) and last - end < 3:
        last += 1
        if scopes[last] == "number":
            end, strong = last, strong + 1
        elif scopes[last] not in ("month", "near") and not unfinished(lines[last].text):
            break
    if strong < 2 or (scopes[i] == "number" and i and scopes[i - 1] in ("number", "month")):
        return range(0)
    start = i
    while start and (
        scopes[start - 1] == "month"
        or (scopes[start - 1] == "" and scopes[i] == "number" and start == i and _name(lines[start - 1]))
    ):
        start -= 1
    return range(start, end + 1)


def _name(line: Line) -> bool:
    return capitals(line.text) and len(line.text) < 60 and unfinished(line.text)


def _newsletter(lines: Sequence[Line], scopes: Sequence[str], i: int, found: dict[int, str]) -> list[int]:
    """A box around a field or a button: the lines just before it that speak of a newsletter (three at most), and it."""
    before: list[int] = []
    for j in range(i - 1, max(-1, i - 4), -1):
        if j in found or len(lines[j].text) > 160 or not phrases("vocabulary").fullmatch(lines[j].text):
            break
        before.append(j)
    beside = i + 1 < len(lines) and scopes[i + 1] in ("field", "line", "near")
    lone = not before and not beside and not (i and (i - 1 in found or scopes[i - 1] == "field"))
    return [] if lone else [*before, i]


def _teasers(lines: Sequence[Line], scopes: Sequence[str], i: int, found: dict[int, str]) -> range:
    """The opener and the titles below it. The last title before prose is a heading of the text, unless the text was cut."""
    end = i + 1
    listed = end < len(lines) and bool(bullet(lines[end].text)[0])
    while end < len(lines) and end not in found and scopes[end] in ("", "month") and end - i < 9 and _title(lines, end, listed):
        end += 1
    body = end < len(lines) and end not in found and scopes[end] == ""
    cut = body and starts_low(lines[end].text) and not contact(lines[end].text) and not bullet(lines[end].text)[0]
    if body and not cut and end - i > 2 and not listed and not _interrupted(lines, i, found) and _section(lines, end - 1):
        end -= 1
    return range(i, end)


def _section(lines: Sequence[Line], i: int) -> bool:
    """Whether the last of the titles is rather a heading of the text: short, or long in a text without headings in capitals."""
    words = len(lines[i].text.split())
    if words <= 5 or capitals(lines[i].text):
        return True
    near = lines[max(0, i - 60) : i + 60]
    return words <= 10 and sum(len(line.text) < 60 and capitals(line.text) for line in near) < 4


def _title(lines: Sequence[Line], i: int, listed: bool) -> bool:
    text = lines[i].text
    if bool(bullet(text)[0]) != listed or contact(text):
        return False
    return (
        len(text) <= 130
        and (unfinished(text) or bool(_QUESTION.search(text)) or text[-1] in '»")')
        and not starts_low(text)
        and not (
            text[-1].isalpha()
            and len(text) > 80
            and i + 1 < len(lines)
            and starts_low(lines[i + 1].text)
            and lines[i + 1].blanks == 0
        )
    )


def _interrupted(lines: Sequence[Line], i: int, found: dict[int, str]) -> bool:
    """Whether the text before the teasers stops inside a sentence."""
    before = i - 1
    while before >= 0 and before in found:
        before -= 1
    return before >= 0 and runs_on(lines[before].text) and len(lines[before].text) > 60


def _spread(scopes: Sequence[str], found: dict[int, str]) -> None:
    """Lines that are furniture only beside furniture: spread from what was found, down and then up."""
    for order in (range(len(scopes)), range(len(scopes) - 1, -1, -1)):
        step = -order.step
        for i in order:
            if (
                i not in found
                and scopes[i] in ("near", "field", "link")
                and found.get(i + step, "repair.page-line") != "repair.page-line"
            ):
                found[i] = "repair.furniture"
