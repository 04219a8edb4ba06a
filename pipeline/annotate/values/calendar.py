"""Dates and parts of dates: what begins with a day, a year or a month."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from pipeline.annotate.values.dateorder import DateOrder
from pipeline.annotate.values.source import Found, Source
from pipeline.annotate.values.tables import SPACE, alternation, months, ordinals
from pipeline.values.types import Date, Range

# after a month any year; one that is not of our time only where it counts nothing
YEAR = rf"(?P<year>(?:19|20)\d\d|(?:1[5-8]|21)\d\d(?!{SPACE}?[a-zà-ÿ%€$£]))(?![\w°]|[.,]\d|-\d)"
ANY_YEAR = r"(?P<year>(?:1[5-9]|2[01])\d\d)(?![\w°]|[.,]\d|-\d)"
NUMERIC = re.compile(
    r"(?P<a>\d{1,4})(?P<mark>[/.-])(?P<b>\d{1,2})(?:(?P=mark)(?P<c>\d{4}|\d{1,2}))?"
    r"(?![\w/]|[.,]\d|-\d(?!\d?(?P=mark)\d\d?(?P=mark)\d{4}))"
)
PRICED = re.compile(r"(?<![\w.,])[$€£] ?$")
MONTH_YEAR = re.compile(r"(?P<month>\d{1,2})/(?P<year>(?:19|20)\d\d)(?![\w/-]|:\d)")
WEEKDAY_WORDS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
ON_DAY = re.compile(rf"(?<!\w)(?:le|du|au|{WEEKDAY_WORDS}){SPACE}$")
WEEKDAYS = {
    "lundi": 1, "mardi": 2, "mercredi": 3, "jeudi": 4, "vendredi": 5, "samedi": 6, "dimanche": 7,
    "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 7,
    "mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6, "sun": 7,
}  # fmt: skip
WEEKDAY = {
    "fr": re.compile(rf"(?<!\w)(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche),?{SPACE}(?:le{SPACE})?$"),
    "en": re.compile(
        rf"(?<!\w)(monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun)\.?,?{SPACE}(?:the{SPACE})?$"
    ),
}


@cache
def _day_month(lang: str) -> re.Pattern[str]:
    suffix = "(?P<nth>er|e)" if lang == "fr" else "(?P<nth>st|nd|rd|th)"
    of, before_year = ("(?:of )?", " ,| of| in") if lang == "en" else ("(?:de )?", " de")
    names = alternation(months(lang))
    return re.compile(
        rf"(?P<day>\d{{1,2}}){suffix}?(?:{SPACE}|[-/](?=[^\W\d_]{{3}})){of}(?P<month>{names})(?!\w)\.?"
        rf"(?:(?:,|{before_year})?[ \N{{NO-BREAK SPACE}}/-]{ANY_YEAR})?"
    )


@cache
def _month_first(lang: str) -> re.Pattern[str]:
    """`avril 2023`; in English also `March 5, 2024` and `March 5`."""
    names = alternation(months(lang))
    no_day = rf"(?![\w%]|[.,:]\d|{SPACE}(?:%|million|billion|[ap]\.?m))"
    day = (
        rf"(?:{SPACE}(?P<day>\d{{1,2}})(?P<nth>st|nd|rd|th)?{no_day}(?:(?:{SPACE}?,| of| in)?{SPACE}{ANY_YEAR})?)"
        if lang == "en"
        else "(?P<day>(?!))(?P<nth>)"
    )
    return re.compile(
        rf"(?P<month>{names})(?!\w)\.?(?:{day}|(?:[/-]|(?:,|{SPACE}(?:de|of|in))?{SPACE}){YEAR.replace('P<year>', 'P<year2>')})?"
    )


def numeric_date(src: Source, at: int) -> Found | None:
    """`24/04/2023`, `24.07.2024`, `2023-11-27`, `09/2024`, by the document's order of day and month."""
    match = MONTH_YEAR.match(src.text, at)
    if match and 1 <= int(match["month"]) <= 12:
        return Found(at, match.end(), Date(int(match["year"]), int(match["month"])))
    match = NUMERIC.match(src.text, at)
    if match is None:
        return None
    a, b, c = match["a"], int(match["b"]), match["c"]
    if len(a) == 4:
        return checked(at, match.end(), Date(int(a), b, int(c))) if c and match["mark"] in "-/" and len(c) <= 2 else None
    if c is None and src.lang == "fr" and match["mark"] == "/" and (len(a) == len(match["b"]) == 2 or _after_le(src, at, match)):
        dated = ON_DAY.search(src.left(at)) and checked(at, match.end(), Date(None, b, int(a)))
        return with_weekday(src, dated) if dated else None
    if c is None or len(c) == 1 or (len(c) == 2 and match["mark"] != "/" and not _dotted(match)) or len(a) == 3:
        return None
    day, month, ambiguous = int(a), b, False
    if src.lang == "en" and (month > 12 or (src.order is DateOrder.MONTH_FIRST and day <= 12)):
        day, month = month, day
    elif src.lang == "en" and src.order is DateOrder.UNKNOWN:
        ambiguous = day <= 12 and day != month
    year = int(c) if len(c) == 4 else 2000 + int(c) if int(c) < 50 else 1900 + int(c)
    return checked(at, match.end(), Date(year, month, day, ambiguous=ambiguous))


def _after_le(src: Source, at: int, match: re.Match[str]) -> bool:
    """`le 2/3 à 5 h` is a day, `les 2/3 des lots` a part."""
    return src.left(at, 4).endswith("le ") and not src.low.startswith((" d", " du"), match.end())


def _dotted(match: re.Match[str]) -> bool:
    """`15.05.24`: two digits thrice, by points; 2.6.27 is a chapter."""
    return match["mark"] == "." and len(match["a"]) == len(match["b"]) == 2


def checked(start: int, end: int, date: Date) -> Found | None:
    """The date as found, None where there is no such day."""
    lengths = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    if not (date.year is None or 1000 <= date.year <= 2999) or not (date.month and 1 <= date.month <= 12):
        return None
    if date.day is not None and not 1 <= date.day <= lengths[date.month - 1]:
        return None
    return Found(start, end, date)


def day_month(src: Source, at: int) -> Found | None:
    """A date that begins with its day in digits, its weekday included: `vendredi 1er décembre 2023`, `24th July`."""
    match = _day_month(src.lang).match(src.low, at)
    if match is None or PRICED.search(src.text, max(0, at - 3), at):
        return None  # for $12 December 27
    if match["month"] not in months(src.lang, short=False) and not match["year"] and src.lang == "fr" and match[0][-1] != ".":
        return None
    year = int(match["year"]) if match["year"] else None
    end = match.end()
    if src.text[end - 1] == "." and match["year"] is None:
        end -= src.low[match.end("month") : end] == "." and match["month"] in months(src.lang, short=False)
    found = with_weekday(src, checked(at, end, Date(year, months(src.lang)[match["month"]], int(match["day"]))))
    if found and found.start == at and src.lang == "en" and match["nth"] and src.low.endswith("the ", 0, at):
        return found._replace(start=at - 4)  # on the 11th of May: on 11 May
    return found


def with_weekday(src: Source, found: Found | None) -> Found | None:
    """The date with the weekday that stands before it, None as it is."""
    if found is None or not isinstance(found.value, Date):
        return found
    match = WEEKDAY[src.lang].search(src.left(found.start))
    if match is None:
        return found
    width = len(src.left(found.start)) - match.start(1)
    return Found(found.start - width, found.end, replace(found.value, weekday=WEEKDAYS[match[1]]))


def month_at(src: Source, at: int) -> Found | None:
    """A date that begins with the month's name: `avril 2023`, `February`, `March 5, 2024`.

    A bare month must be no other word: French ones are lower case (or stand in capitals), English ones have a capital,
    and `March`, `May` need a preposition; short forms (`sept.`) need a year or a day.
    """
    match = _month_first(src.lang).match(src.low, at)
    if match is None:
        return None
    month = months(src.lang)[match["month"]]
    if src.lang == "en" and (days := _days_of_month(src, at, month)):
        return days
    if pair := _to_month(src, match, month):
        return pair
    if src.lang == "en" and (told := _day_in_words(src, at, match)):
        return told
    if match["day"]:
        year = int(match["year"]) if match["year"] else None
        sure = src.text[at].isupper() or match["nth"] or (year and match["month"] in MONTH_ONLY)
        return with_weekday(src, checked(at, match.end(), Date(year, month, int(match["day"])))) if sure else None
    if match["year2"]:
        return Found(at, match.end(), Date(int(match["year2"]), month))
    end = match.end("month")
    return Found(at, end, Date(None, month)) if _bare_month(src, at, end) else None


# month names that are no other English words
MONTH_ONLY = frozenset(("january", "february", "april", "june", "july", "september", "october", "november", "december"))


@cache
def _ordinal_day() -> re.Pattern[str]:
    """A day in words after its English month, unless a noun follows that it counts (`In May first results …`)."""
    days = [
        *ordinals("en"),
        *(f"{ten}{mark}{one}" for ten in ("twenty", "thirty") for mark in "- " for one in list(ordinals("en"))[:9]),
    ]
    noun = r" (?!(?:through|until|till|and|at|from|to|for|with|in|on|was|is|the|or|by|he|she|it|they|we)(?!\w))[a-z]{2,}"
    return re.compile(rf"{SPACE}(?:the )?(?P<day>{alternation(days)})(?!\w|-|{noun})(?:,?{SPACE}{ANY_YEAR})?")


def _day_in_words(src: Source, at: int, match: re.Match[str]) -> Found | None:
    """`January first 2000`, `February twenty-second`."""
    told = _ordinal_day().match(src.low, match.end("month"))
    if told is None or not (src.text[at].isupper() or match["month"] in MONTH_ONLY):
        return None
    *tens, last = re.split("[- ]", told["day"])
    day = ordinals("en")[last] + ({"twenty": 20, "thirty": 30}[tens[0]] if tens else 0)
    year = int(told["year"]) if told["year"] else None
    return with_weekday(src, checked(at, told.end(), Date(year, months("en")[match["month"]], day)))


def _to_month(src: Source, match: re.Match[str], month: int) -> Found | None:
    """`juin-août 2024`, `Sept–Oct 2024`: two months with a dash between them, and their year."""
    dash = match.end("month")
    if src.text[dash : dash + 1] not in "-–" or dash == len(src.text):
        return None
    last = _month_first(src.lang).match(src.low, dash + 1)
    if last is None or last["day"] or not last["year2"] or src.text[dash + 1].isupper() != src.text[match.start()].isupper():
        return None
    second, year = months(src.lang)[last["month"]], int(last["year2"])
    low = Date(year if month < second else year - 1, month)
    return Found(match.start(), last.end(), Range(low, Date(year, second), "dash"))


DAYS_OF = re.compile(
    rf"[A-Z][a-z]+\.?{SPACE}(?P<first>\d{{1,2}}){SPACE}?[-–]{SPACE}?(?P<last>\d{{1,2}})(?:,?{SPACE}{YEAR}|(?![\w%]|[.,:-]\d))"
)


def _days_of_month(src: Source, at: int, month: int) -> Found | None:
    """`October 7-11, 2024`."""
    match = DAYS_OF.match(src.text, at)
    if match is None or not 1 <= int(match["first"]) < int(match["last"]) <= 31:
        return None
    year = int(match["year"]) if match["year"] else None
    low, high = Date(year, month, int(match["first"])), Date(year, month, int(match["last"]))
    return Found(at, match.end(), Range(low, high, "dash"))


TO_MONTH = re.compile(
    r" (?:to|and|through) (?:january|february|march|april|may|june|july|august|september|october|november|december)(?!\w)"
)
AFTER_IN = re.compile(r"(?<!\w)(?:in|since|until|till|by|early|late|mid|last|next|from|end of|month of)[ -](?:the )?$")
BEFORE_MONTH = re.compile(
    rf"(?<!\w)(?:in|of|by|since|until|till|from|to|last|next|this|early|late|mid|during|before|after|and|between|end|for|through)[{SPACE[1:-1]}-](?:the{SPACE})?$"
)


def _bare_month(src: Source, at: int, end: int) -> bool:
    word, written = src.low[at:end], src.text[at:end]
    if (
        word not in months(src.lang, short=False)
        or src.text[end : end + 1] == "-"
        or (at and src.text[at - 1] in "'’-" and src.lang == "en" and not src.low.endswith("mid-", 0, at))
    ):
        return False
    if src.lang == "fr":
        return (written.islower() and src.text[at - 1 : at] not in ("-",)) or src.low[max(0, at - 3) : at] == "mi-"
    if written.islower():
        return word in MONTH_ONLY and bool(AFTER_IN.search(src.left(at)))
    if word in ("march", "may", "august", "april", "june"):
        if written[0].isupper() and TO_MONTH.match(src.low, end):
            return True
        return written[0].isupper() and bool(BEFORE_MONTH.search(src.left(at)))
    return written[0].isupper() and not written.isupper()
