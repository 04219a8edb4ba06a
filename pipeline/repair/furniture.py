"""Page furniture: what a web page puts around its text. The phrases are data (`pipeline/data/furniture.tsv`).

A line is furniture because of what it says, or because of the group it stands in: an index widget, a list of teasers,
a newsletter box, a cookie notice, a link list. Precision before recall: a group ends where prose begins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import regex

from pipeline.repair.lines import Line, capitals, starts_low, unfinished
from pipeline.repair.menus import menus, pager, short
from pipeline.repair.phrases import says, scope
from pipeline.repair.teasers import sponsored, teasers

_LONGEST = 480  # characters; no furniture line is longer than a cookie notice
_SHORT, _LONG = 60, 220  # up to the first a line may be of any scope, up to the second of those that hold sentences
_SIGNS = regex.compile(r"[\W_]+")
_LISTED = regex.compile(r"^\p{Lu}[^,;:]* (?:PLC|plc|SA|SE|NV|N\.V\.|AG|AB|ASA|A/S|Inc\.?|Ltd\.?|Corp\.?|SpA|Group|Holdings?)$")
_AGO = regex.compile(
    r"\bil y a \d|\bago\b|\b(?:says|a écrit|dit)\s?:|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\b20\d\d\b"
    r"|^\d{1,2} ?(?:j|h|min|sem|mois|d|w|mo)$",
    regex.IGNORECASE,
)
_COUNTING = regex.compile(  # what a number above counts: shares, not the staff of a firm
    r"(?:shares\b|partages?\b|vues?\b|views?\b|likes?\b|j'aime|r[ée]a(?:ctions?|gir)|comment|tweet|lectures?\b|facebook|twitter|linkedin|x$|whatsapp)",
    regex.IGNORECASE,
)
_PLAIN = regex.compile(r"[+−–-]\s?\d+(?:[.,]\d+)?\s*%|\d[\d ,.]*\s?(?:€|\$|£|EUR|USD|GBP|CHF)")
_TABS = 3  # parts of a page, named one below the other: more are its tabs
_MORE_PAGES = ("…", "...")
_ARROWS = " \t>›»→▶►<‹«←↓↑⬇⬆"  # what a link's text is often dressed with
_BOUGHT = re.compile(  # above the titles of advertisements
    r"(?:contenus|liens) sponsorisés|contenus partenaires|ailleurs sur le web|around the web|promoted stories|sponsored links",
    re.IGNORECASE,
)
_ALONE = re.compile(r"partager|imprimer|share|print|tweeter?", re.IGNORECASE)
_TOP = 12  # lines in which a button may stand alone between a title, a date and the text
_ROW = re.compile(r"\s{2,}|\t|\s[·|]\s")
_COUNTED = re.compile(r"\d{1,2}[.)]")
_COOKIES = regex.compile(r"cookie|traceur|privacy|vie privée|consent|partenaires|partners|personal data", regex.IGNORECASE)


def furniture(lines: Sequence[Line], known: frozenset[int]) -> dict[int, str]:
    r"""Which lines are furniture, and by which rule; `known` are those that `pages` found.

    >>> from pipeline.repair.lines import split
    >>> furniture(split("Partager sur X\nLinkedIn\nLa ligne LinkedIn reste."), frozenset())
    {0: 'repair.furniture', 1: 'repair.furniture'}
    """
    scopes = [_scope(line.text) for line in lines]
    menus(lines, scopes)
    out = dict.fromkeys(known, "repair.page-line")
    for i, found in enumerate(scopes):
        if (found == "line" or not lines[i].text[0].isalnum()) and i not in out and (found == "line" or _signs_only(lines, i)):
            out[i] = "repair.furniture"
    for i, found in enumerate(scopes):
        if not found:
            continue
        if found == "links" and i + 1 < len(lines) and scopes[i + 1] == "link":
            out.update(dict.fromkeys(_links(scopes, i), "repair.link-list"))
        elif found in ("widget", "number"):
            out.update(dict.fromkeys(_widget(lines, scopes, i), "repair.widget"))
        elif found == "field" or (found == "line" and _box(lines[i].text)):
            out.update(dict.fromkeys(_newsletter(lines, scopes, i, out), "repair.newsletter"))
        elif found == "tags":
            out.update(dict.fromkeys(_tags(lines, scopes, i), "repair.furniture"))
        elif found == "near":
            out.update(dict.fromkeys(pager(lines, i), "repair.furniture"))
        if found in ("line", "near", "field") and says("button", lines[i].text):
            out.update(dict.fromkeys(_notice(lines, i), "repair.furniture"))
    for i, line in enumerate(lines[:_TOP]):
        if len(line.text) < 10 and _ALONE.fullmatch(line.text) and any(len(each.text) > _SHORT for each in lines[i + 1 : i + 5]):
            out.setdefault(i, "repair.furniture")
    for i, found in enumerate(scopes):
        if found == "teaser":
            out.update(dict.fromkeys(teasers(lines, scopes, i, out), "repair.teaser"))
    for i in [
        k for k, line in enumerate(lines) if line.text[0] in "SsVv" and len(line.text) <= _SHORT and says("closer", line.text)
    ]:
        out.update(dict.fromkeys(_closed(lines, i), "repair.teaser"))
    out.update(dict.fromkeys(_stray(lines), "repair.stray-mark"))
    sponsored(lines, out)
    _comments(lines, out)
    _buttons(lines, scopes, out)
    _spread(lines, scopes, out)
    _footers(lines, scopes, out)
    _between(lines, out)
    _spread(lines, scopes, out)
    return {i: out[i] for i in sorted(out)}


def _scope(text: str) -> str:
    if len(text) <= _SHORT:
        if _BOUGHT.fullmatch(text):
            return "teaser"
        if capitals(text) and says("teaser", text):
            return "teaser"  # READ MORE above titles; `Read more` is a button
        bare = text.strip(_ARROWS) if text[0] in _ARROWS or text[-1] in _ARROWS else text[2:].lstrip() if text[:2] == "• " else ""
        return scope(text) or (scope(bare) if bare else "") or _row(text)
    if len(text) <= _LONG:
        found = scope(text)
        return found if found in ("line", "link", "number") else ""
    return "line" if len(text) <= _LONGEST and ("ookie" in text or "droits" in text) and says("line", text) else ""


def _row(text: str) -> str:
    """`Postuler   Enregistrer   Partager`: buttons side by side, with gaps or points between them, each another."""
    parts = _ROW.split(text) if "  " in text or "\t" in text or " · " in text or " | " in text else []
    buttons = len(parts) > 1 and len(set(parts)) == len(parts) and not any(part.replace(" ", "").isdecimal() for part in parts)
    return "line" if buttons and all(scope(part) in ("line", "near", "field") for part in parts) else ""


def _signs_only(lines: Sequence[Line], i: int) -> bool:
    """A line of signs: a rule or a stray bullet, but not the punctuation that a wrapped line left behind."""
    text = lines[i].text
    if text[0].isalnum() or _SIGNS.sub("", text):
        return False
    return not (lines[i].blanks == 0 and i and len(text) < 4 and text[0] in ';:.,!?»")%€°')


def _stray(lines: Sequence[Line]) -> list[int]:
    """The numbers of a list's items that an extractor put on lines of their own, apart from the items: `1.`, `2.`, `3.`"""
    lone = [i for i, line in enumerate(lines) if len(line.text) < 4 and _COUNTED.fullmatch(line.text)]
    beside = {i for a, b in pairwise(lone) if b == a + 1 and int(lines[b].text[:-1]) == int(lines[a].text[:-1]) + 1 for i in (a, b)}
    return sorted(beside)


def _closed(lines: Sequence[Line], i: int) -> range:
    """`Similar articles`, their titles and where they stand, and the line i that leads to the others."""
    topic = lines[i].text.split()[-2:]
    for k in range(i - 1, max(-1, i - 60), -1):
        if [word.casefold() for word in lines[k].text.split()] == [word.casefold() for word in topic]:
            return range(k, i + 1)
    return range(i, i + 1)


def _between(lines: Sequence[Line], found: dict[int, str]) -> None:
    """`Article`, `Discussion`, `Lire`: words that title a part of a text as well, with furniture right above and below, or many."""
    i = 0
    while i < len(lines):
        end = i
        while end < len(lines) and end not in found and len(lines[end].text) < 24 and says("between", lines[end].text):
            end += 1
        enclosed = end > i and i - 1 in found and end in found and not lines[i].blanks and not lines[end].blanks
        if enclosed or end - i > _TABS:
            found.update(dict.fromkeys(range(i, end), "repair.furniture"))
        i = max(end, i + 1)


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
    named = scopes[i] == "widget" or start < i
    if not named and all(scopes[k] != "number" or _PLAIN.fullmatch(lines[k].text) for k in range(i, end + 1)):
        return range(0)  # amounts and changes, as a table has them too
    return range(start, end + 1)


def _name(line: Line) -> bool:
    return len(line.text) < 60 and ((capitals(line.text) and unfinished(line.text)) or bool(_LISTED.search(line.text)))


def _box(text: str) -> bool:
    """Whether a line that is furniture by itself is the field or the button of a newsletter."""
    return says("field", text) or ("[" in text and says("vocabulary", text))


def _newsletter(lines: Sequence[Line], scopes: Sequence[str], i: int, found: dict[int, str]) -> list[int]:
    """A box around a field or a button: the lines just before it that speak of a newsletter (four at most), and it.

    A short line between two such lines is its name.
    """
    before: list[int] = []
    for j in range(i - 1, max(-1, i - 5), -1):
        text = lines[j].text
        if j in found or len(text) > 160:
            break
        if says("vocabulary", text):
            before = list(range(j, i))
        elif not short(lines[j]) and not (len(text) <= 40 and text[0] in '«"' and text[-1] in '»"'):
            break
    beside = i + 1 < len(lines) and scopes[i + 1] in ("field", "line", "near")
    lone = not before and not beside and not (i and (i - 1 in found or scopes[i - 1] == "field"))
    return [] if lone else [*before, i]


def _tags(lines: Sequence[Line], scopes: Sequence[str], i: int) -> range:
    """`Mots clés :` and the tags below it, one a line; the last one before prose is a heading of the text."""
    end = i + 1
    while end < len(lines) and end - i < 9 and scopes[end] in ("", "near", "footer") and short(lines[end]):
        end += 1
    prose = end < len(lines) and not scopes[end] and len(lines[end].text) > _SHORT
    return range(i, end - 1 if prose and end - i > 1 else end)


def _notice(lines: Sequence[Line], i: int) -> range:
    """The lines of a cookie notice above its button: each speaks of cookies or is the rest of the line above it."""
    start = j = i
    while j and i - j < 10 and len(lines[j - 1].text) <= _LONGEST:
        text = lines[j - 1].text
        speaks = says("consent", text) or says("button", text)
        if not speaks and not starts_low(text):
            break
        j -= 1
        if speaks and not starts_low(text):
            start = j
    return range(start, i) if any(_COOKIES.search(line.text) for line in lines[start:i]) else range(0)


def _spread(lines: Sequence[Line], scopes: Sequence[str], found: dict[int, str]) -> None:
    """Lines that are furniture only beside furniture: spread from what was found, down and then up."""
    for order in (range(len(scopes)), range(len(scopes) - 1, -1, -1)):
        step = -order.step
        for i in order:
            if (
                scopes[i] in ("near", "field", "link")
                and i not in found
                and found.get(i + step, "repair.page-line") != "repair.page-line"
                and not (lines[i].text.isdecimal() and _figure(lines, i, step))
            ):
                found[i] = "repair.furniture"


def _figure(lines: Sequence[Line], i: int, step: int) -> bool:
    """Whether a number beside furniture is one of the text: what it counts stands below it, or a button and no count of shares."""
    below = lines[i + 1].text if i + 1 < len(lines) else ""
    if step > 0 and (below in _MORE_PAGES or below == str(int(lines[i].text) + 1)):
        return False  # 1, 2, 3, …
    return not _COUNTING.match(below) if step > 0 else starts_low(below) and not _COUNTING.match(below)


def _comments(lines: Sequence[Line], found: dict[int, str]) -> None:
    """What readers wrote: from `2 réactions` to the last `Répondre`, as long as one follows within six lines of the one before."""
    for i in [i for i in found if says("comments", lines[i].text)]:
        at, last = i + 1, i
        while at < len(lines) and at - last < 7:
            last = at if says("reply", lines[at].text) else last
            at += 1
        end = next((k for k in range(last + 1, min(last + 6, len(lines))) if k in found), last + 1)
        if last > i + 1 and any(_AGO.search(line.text) for line in lines[last + 1 : end]):
            last = end  # one more, without a button
        if last > i + 1 and any(_AGO.search(line.text) for line in lines[i:last]):
            found.update(dict.fromkeys(range(i + 1, last + 1), "repair.furniture"))


def _buttons(lines: Sequence[Line], scopes: Sequence[str], found: dict[int, str]) -> None:
    """Three buttons or more in a row, two on top of a page, each another, none a number: `Partager`, `Imprimer`, `A+`, `A-`."""
    run: list[int] = []
    for i in range(len(lines) + 1):
        if i < len(lines) and i not in found and scopes[i] == "near" and lines[i].text.lstrip("• ")[:1].isalpha():
            run.append(i)
            continue
        names = {lines[k].text.lower() for k in run}
        if len(names) > (1 if run[:1] == [0] else 2) and len(names) == len(run):
            found.update(dict.fromkeys(run, "repair.furniture"))
        run = []


def _footers(lines: Sequence[Line], scopes: Sequence[str], found: dict[int, str]) -> None:
    """Links at a page's foot, one a line: between two lines of furniture, below the last of the text."""
    if "footer" not in scopes:
        return
    last = max((i for i, line in enumerate(lines) if i not in found and not scopes[i] and not short(line)), default=-1)
    run: list[int] = []
    for i in range(last + 1, len(lines) + 1):
        if i < len(lines) and i not in found:
            run.append(i)
            continue
        above = bool(run) and found.get(run[0] - 1, "repair.page-line") != "repair.page-line"
        links = sum(scopes[k] in ("footer", "near") for k in run)
        if above and links and (links > 1 or len(run) == 1) and 2 * links >= len(run):
            found.update(dict.fromkeys(run, "repair.furniture"))
        run = []
