"""Dates told from the day of writing: `hier`, `l'an dernier`, `au mois de février dernier`, `next Monday`."""

from __future__ import annotations

import re
from functools import cache

from pipeline.annotate.values.baremonths import MONTHS
from pipeline.annotate.values.calendar import WEEKDAYS
from pipeline.annotate.values.source import Found, Source
from pipeline.annotate.values.tables import SPACE, alternation, months, rows
from pipeline.model import Mention, Span
from pipeline.values.types import Relative

HINTS = {
    "fr": ("derni", "prochain", "pass", "hier", "demain", "cette ", "mois-ci"),
    "en": ("last ", "next ", "this ", "yesterday", "tomorrow"),
}
SEASONS = {"printemps": 21, "été": 22, "automne": 23, "hiver": 24, "spring": 21, "summer": 22, "autumn": 23, "winter": 24}
SEASON_NAMES = ("spring", "summer", "autumn", "winter")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@cache
def _pattern(lang: str) -> re.Pattern[str]:
    """A phrase of the table, or the name of a month, weekday or season with its `dernier` or `next`."""
    phrases = alternation(row["phrase"] for row in rows("relative") if row["lang"] == lang).replace("'", "['’]")
    month = alternation(months(lang, short=False))
    if lang == "fr":
        days = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
        before = rf"(?:(?:en|(?:au|le){SPACE}mois{SPACE}(?:de{SPACE}|d['’])){SPACE}?)?"
        named = (
            rf"(?:{before}(?P<month>{month})|(?P<day>{days})|(?:le{SPACE}|l['’]|à{SPACE}l['’]|au{SPACE})"
            rf"(?P<season>printemps|été|automne|hiver)){SPACE}(?P<side>dernier|prochain)(?!\w)"
        )
        return re.compile(rf"(?<![\w'’-])(?:(?P<phrase>{phrases})(?![\w-])|{named})")
    days = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    named = rf"(?P<side>last|next) (?:(?P<month>{month})|(?P<day>{days})|(?P<season>spring|summer|autumn|winter))(?!\w| \d)"
    return re.compile(rf"(?<![\w'’-])(?<!the )(?:(?P<phrase>{phrases})(?![\w-])|{named})")


@cache
def _table(lang: str) -> dict[str, Relative]:
    return {
        row["phrase"]: Relative(row["english"], row["unit"], int(row["offset"])) for row in rows("relative") if row["lang"] == lang
    }


def relatives(src: Source) -> list[Found]:
    """The relative dates of a text, in order; `les traitements de demain`, `the last month of the study` are none."""
    found = []
    for match in _pattern(src.lang).finditer(src.low):
        if match["phrase"]:
            if match["phrase"].endswith("demain") and src.low.endswith("de ", 0, match.start()):
                continue
            found.append(Found(match.start(), match.end(), _table(src.lang)[match["phrase"].replace("’", "'")]))
        else:
            found.append(Found(match.start(), match.end(), _named(match, src.lang)))
    return found


def _named(match: re.Match[str], lang: str) -> Relative:
    last = match["side"] in ("dernier", "last")
    side, offset = ("last", -1) if last else ("next", 1)
    if match["month"]:
        number = months(lang)[match["month"]]
        return Relative(f"{side} {MONTHS[number - 1]}", "month", offset, number)
    if match["day"]:
        number = WEEKDAYS[match["day"]]
        return Relative(f"{side} {DAYS[number - 1]}", "day", offset, number)
    season = SEASONS[match["season"]]
    return Relative(f"{side} {SEASON_NAMES[season - 21]}", "year", offset, season)


def with_relatives(src: Source, found: list[Mention]) -> list[Mention]:
    """With the relative dates of the text, in whose stead a bare month goes (`février` of `février dernier`)."""
    out: list[Mention] = []
    at = 0
    for start, end, value in relatives(src):
        while at < len(found) and found[at].span.end <= start:
            out.append(found[at])
            at += 1
        first = at
        while at < len(found) and found[at].span.start < end:
            at += 1
        inside = found[first:at]
        covered = all(start <= m.span.start and m.span.end <= end for m in inside)
        out += [Mention(Span(start, end), value)] if covered else inside
    return out + found[at:]
