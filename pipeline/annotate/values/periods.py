"""Stretches of the calendar: quarters, halves, seasons, financial years, decades, centuries, early and late."""

from __future__ import annotations

import re
from functools import cache

from pipeline.annotate.values.calendar import YEAR
from pipeline.annotate.values.source import Found, Source
from pipeline.annotate.values.tables import SPACE
from pipeline.model import Value
from pipeline.values.types import Date, Period, Range

HALVES = re.compile(r"(?P<part>[tqshTQSH])(?P<n>[1-4])(?:[ -](?:de |of )?|/)(?P<year>(?:19|20)\d\d)(?!\w)")
LETTERS = {"t": "Q", "q": "Q", "s": "H", "h": "H"}

PARTS = {
    "fin": "late", "début": "early", "courant": "during", "mi": "mid", "milieu": "mid", "late": "late", "early": "early",
    "mid": "mid", "middle": "mid", "end": "late", "beginning": "early", "start": "early", "during": "during", "printemps": "spring",
    "été": "summer", "automne": "autumn",
    "hiver": "winter", "spring": "spring", "summer": "summer", "autumn": "autumn", "fall": "autumn", "winter": "winter",
    "exercice": "fiscal", "financial year": "fiscal", "fiscal year": "fiscal", "fy": "fiscal", "années": "decade",
}  # fmt: skip
QUALIFIER = {
    "fr": re.compile(
        r"(?<!\w)(?:(?P<part>fin|début|courant|milieu|printemps|été|automne|hiver|exercice|années)"
        r" (?:de |d['’]|du mois de |du mois d['’])?(?:(?:l['’])?année )?|(?P<mi>mi)[ -])$"
    ),
    "en": re.compile(
        r"(?<!\w)(?P<part>late|early|during|spring|summer|autumn|fall|winter|financial year|fiscal year|fy|"
        r"(?P<the>the )?(?:end|beginning|middle)(?= of)) ?(?:(?<=end )of |(?<=beginning )of |(?<=middle )of "
        r"|(?<=spring )of |(?<=summer )of "
        r"|(?<=autumn )of |(?<=winter )of |(?<=fall )of )?$|(?<!\w)(?P<mi>mid)[ -]$"
    ),
}
DEFINITE = re.compile(r"(?:d['’]ici(?: à)?|avant|jusqu['’]à|à|depuis|dès|après|by|until|before|au|pour)(?: le| la)? $")


def qualified(src: Source, found: Found) -> Found:
    """The date with what stands before it: `fin 2024`, `mi-mars`, `printemps 2024`, `exercice 2023`, `courant 2023`."""
    date, to_year = found.value, None
    if (
        isinstance(date, Range)
        and date.form == "dash"
        and isinstance(date.low, Date)
        and isinstance(date.high, Date)
        and not date.low.month
    ):
        to_year, date = date.high.year, date.low
    if not isinstance(date, Date) or date.day is not None or date.weekday:
        return found
    left = src.left(found.start, 32)
    match = QUALIFIER[src.lang].search(left)
    if match is None:
        return found
    word = match["mi"] or match["part"].removeprefix("the ")
    part, before = PARTS[word], left[: match.start()]
    start = found.start - (len(left) - match.start())
    if part in ("fiscal", "decade", "spring", "summer", "autumn", "winter"):
        if date.month or (word == "été" and re.search(r"(?<!\w)(?:a|ont|avait|avaient|ayant|aura|eu|ai|avons)(?: \w+)? $", before)):
            return found
        if part == "decade" and (date.year or 1) % 10:
            return found
        return Found(start, found.end, Period(part, date.year, to_year=to_year))
    if to_year:
        return found
    form = ""
    if part in ("late", "early"):
        if src.lang == "en":
            form = "" if word in ("late", "early") else "the" if match["the"] else "of"
        elif before.endswith(("la ", "le ", "au ")):
            form = "of"
        elif before.endswith("l'") or before.endswith("en "):
            form = ""
        elif DEFINITE.search(before):
            form = "the"
    return Found(start, found.end, Period(part, date.year, date.month, form=form))


@cache
def _halves_of_year(lang: str) -> re.Pattern[str]:
    if lang == "fr":
        return re.compile(
            rf"{SPACE}(?P<what>trimestre|semestre)(?!\w)(?:{SPACE}(?:de{SPACE})?(?:l['’](?:année|exercice){SPACE})?{YEAR})?"
        )
    return re.compile(
        rf"{SPACE}(?P<what>quarter|half)(?!\w|-\w)(?:{SPACE}(?:of{SPACE})?(?:the{SPACE}(?:financial|fiscal){SPACE}year{SPACE}|fiscal{SPACE})?{YEAR})?"
    )


OF_YEAR = re.compile(r" of (?:the|this|last|next) (?:(?:financial|fiscal|calendar) )?year(?!\w)")


def part_of_year(src: Source, end: int, number: int) -> tuple[int, Value] | None:
    """A quarter or half year whose ordinal ends at `end`: `3e trimestre 2024`, `first half of 2025`."""
    match = _halves_of_year(src.lang).match(src.low, end)
    if match is None:
        return None
    quarter = match["what"] in ("trimestre", "quarter")
    if number > (4 if quarter else 2):
        return None
    if (
        src.lang == "en"
        and not match["year"]
        and src.low.startswith(" of ", match.end())
        and not OF_YEAR.match(src.low, match.end())
    ):
        return None
    return match.end(), Period(f"{'Q' if quarter else 'H'}{number}", int(match["year"]) if match["year"] else None, form="words")


def short_period(src: Source, at: int) -> Found | None:
    """`T3 2024`, `Q3 2025`, `S1 2024`, `H1-2026`."""
    if week := WEEK.match(src.low, at):
        return Found(at, week.end(), Period(f"W{int(week['n']):02}", int(week["year"])))
    if quarter := QUARTER_NUMBER.match(src.low, at):
        return Found(at, quarter.end(), Period(f"Q{quarter['n']}", int(quarter["year"]) if quarter["year"] else None))
    match = HALVES.match(src.text, at)
    if match is None:
        return None
    part, number = LETTERS[match["part"].lower()], int(match["n"])
    if part == "H" and number > 2:
        return None
    return Found(at, match.end(), Period(f"{part}{number}", int(match["year"])))


WEEK = re.compile(r"(?:week|semaine) (?P<n>[1-9]|[1-4]\d|5[0-3]) (?:of|de) (?P<year>(?:19|20)\d\d)(?!\w)")
SWAPPED = re.compile(rf"(?P<n>[1-4])(?P<part>[TQSH])(?:{SPACE}|-)?(?P<year>(?:19|20)\d\d|\d\d)(?!\w)")
QUARTER_NUMBER = re.compile(
    rf"trimestre{SPACE}?(?P<n>[1-4])(?!\w|[.,]\d)(?:(?:{SPACE}|-)(?:de{SPACE})?(?P<year>(?:19|20)\d\d)(?![\w-]))?"
)
YEAR_FIRST = re.compile(rf"(?P<year>(?:19|20)\d\d)(?:{SPACE}|-)(?P<part>[tqshTQSH])(?P<n>[1-4])(?!\w|[-/.]\w)")
DECADE = re.compile(r"(?P<year>(?:19|20)\d0)s(?!\w)")
DECADE_APART = re.compile(r"(?P<year>(?:19|20)\d0) s(?![\w/])")  # in 1990 s
ROMAN = re.compile(rf"(?P<roman>[ivx]{{1,6}})(?:e|ème|er|ᵉ){SPACE}siècle(?!\w)")
CENTURY = {"fr": re.compile(rf"{SPACE}siècle(?!\w)"), "en": re.compile(rf"{SPACE}century(?!\w)")}


def swapped_period(src: Source, at: int) -> Found | None:
    """`1T 2024`, `2S24`, `3Q 2024`, and English decades (`2010s`)."""
    match = SWAPPED.match(src.text, at)
    if match:
        part, number = LETTERS[match["part"].lower()], int(match["n"])
        year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
        return Found(at, match.end(), Period(f"{part}{number}", year)) if part == "Q" or number <= 2 else None
    match = DECADE.match(src.text, at)
    return Found(at, match.end(), Period("decade", int(match["year"]))) if match else None


def year_first(src: Source, at: int) -> Found | None:
    """`2024 Q3`, `2024-T3`, `2025 H1`: the year before its quarter or half; None for a fifth quarter or a third half."""
    if quarter := QUARTER_NUMBER.match(src.low, at + 5):
        return Found(at, quarter.end(), Period(f"Q{quarter['n']}", int(src.text[at : at + 4]))) if not quarter["year"] else None
    decade = DECADE_APART.match(src.text, at) if src.low.endswith(("in ", "in the ", "années "), 0, at) else None
    if decade:
        return Found(at, decade.end(), Period("decade", int(decade["year"])))
    match = YEAR_FIRST.match(src.text, at)
    if match is None:
        return None
    part, number = LETTERS[match["part"].lower()], int(match["n"])
    return Found(at, match.end(), Period(f"{part}{number}", int(match["year"]))) if part == "Q" or number <= 2 else None


def roman_century(src: Source, at: int) -> Found | None:
    """`XXIe siècle`."""
    match = ROMAN.match(src.low, at)
    if match is None:
        return None
    total = 0
    values = [{"i": 1, "v": 5, "x": 10}[c] for c in match["roman"]]
    for this, after in zip(values, [*values[1:], 0], strict=True):
        total += -this if this < after else this
    return Found(at, match.end(), Period("century", total)) if 0 < total <= 30 else None
