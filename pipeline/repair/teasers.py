"""Teasers: titles of other articles below `SUR LE MÊME SUJET`, and sponsored ones."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from pipeline.repair.lines import Line, capitals, runs_on, starts_low, unfinished
from pipeline.repair.shapes import bullet, contact

_QUESTION = regex.compile(r"[?!]\s*$")
_RANK = regex.compile(r"\d{1,2}\.?")
_AGO = regex.compile(r"(?:publiée? )?il y a \d.{1,12}|\d{1,2} \p{L}+ ago", regex.IGNORECASE)
_LABEL = regex.compile(
    r"(?:article )?(?:réservé(?: aux)?|abonnée?s?|premium|subscribers?|exclusi\p{L}+)[ \p{L}]{0,20}", regex.IGNORECASE
)
_TWO = regex.compile(r".{60,}?(?:\p{Ll}{3}|\d\p{L}{0,3}|[%)»\"])[.!?] \p{Lu}\p{Ll}*\s")  # a long sentence, and the next begins
_MORE = regex.compile(
    r"[^\w]*(?:lire la suite|lire l'article|en savoir plus|suite|read (?:more|on)|continue reading|more)[^\w]*", regex.IGNORECASE
)
_FRONT = regex.compile(r"(?:à|a) la une\s*:?", regex.IGNORECASE)
_AUTHOR = regex.compile(r"(?:about the author|à propos de l'auteure?|l'auteure?)\s*:", regex.IGNORECASE)
_SPONSORED = regex.compile(r"(?:sponsored|contenu (?:sponsorisé|partenaire)|partner content|sponsorisé)", regex.IGNORECASE)
_FROM = regex.compile(r"(?:by|par|from|proposé par|présenté par|presented by) \p{Lu}[^.]{1,50}$", regex.IGNORECASE)


def teasers(lines: Sequence[Line], scopes: Sequence[str], i: int, found: dict[int, str]) -> range:
    """The opener and the titles below it. The last title before prose is a heading of the text, unless the text was cut."""
    end = i + 1
    listed = end < len(lines) and bool(bullet(lines[end].text)[0])
    while end < len(lines) and end in found and _LABEL.fullmatch(lines[end].text):
        end += 1
    first = end
    ranked = end < len(lines) and bool(_RANK.match(lines[end].text))
    while (
        end < len(lines)
        and end not in found
        and end - i < (21 if ranked else 9)
        and (
            (scopes[end] in ("", "month", "footer") and _title(lines, end, listed))
            or (end > first and scopes[end] == "near" and _AGO.fullmatch(lines[end].text))
            or (scopes[end] == "month" and lines[end].text[-4:].isdecimal())
            or (ranked and _RANK.fullmatch(lines[end].text))
        )
    ):
        end += 1
    if end == first:
        return range(i, i + 1)
    if end - i == 9:
        end = _closed(lines, scopes, end, found)
    body = end < len(lines) and end not in found and scopes[end] == "" and not _AUTHOR.match(lines[end].text)
    if body and end - i == 2 and end + 1 < len(lines) and _MORE.fullmatch(lines[end + 1].text) and not unfinished(lines[end].text):
        return range(0)  # `À LA UNE` heads a part of a newsletter: a title, what it is about, and its link
    if body and end - i == 2 and not lines[end].blanks and _FRONT.fullmatch(lines[i].text) and _TWO.match(lines[end].text):
        return range(0)
    cut = body and starts_low(lines[end].text) and not contact(lines[end].text) and not bullet(lines[end].text)[0]
    if (
        body
        and not cut
        and end - i > 2
        and not listed
        and not ranked
        and not _interrupted(lines, i, found)
        and _section(lines, end - 1)
    ):
        end -= 1
    return range(i, end)


def _closed(lines: Sequence[Line], scopes: Sequence[str], end: int, found: dict[int, str]) -> int:
    """One past the last of many teasers: further ones count only where furniture ends them."""
    at = end
    while (
        at < len(lines) and at - end < 12 and at not in found and scopes[at] in ("", "month", "footer") and _title(lines, at, False)
    ):
        at += 1
    return at if at < len(lines) and at in found else end


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
        and not _TWO.match(text)
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


def sponsored(lines: Sequence[Line], found: dict[int, str]) -> None:
    """`Sponsored`, a title and `By Norvane`: the title and whom it comes from."""
    for i in [i for i in found if i + 2 < len(lines) and len(lines[i].text) < 40 and _SPONSORED.match(lines[i].text)]:
        title, source = lines[i + 1], lines[i + 2]
        if (
            i + 1 not in found
            and len(title.text) < 130
            and unfinished(title.text)
            and _FROM.match(source.text)
            and not source.blanks
        ):
            found.update({i + 1: "repair.teaser", i + 2: "repair.teaser"})
