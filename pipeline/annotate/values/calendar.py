"""Dates and parts of dates: what begins with a day, a year or a month."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from pipeline.annotate.values.baremonths import MONTH_ONLY, MONTHS, bare_month
from pipeline.annotate.values.dateorder import DateOrder
from pipeline.annotate.values.source import Found, Source
from pipeline.annotate.values.tables import SPACE, alternation, months, ordinals
from pipeline.annotate.values.years import year_in_words
from pipeline.values.types import Date, Range, Relative

# after a month any year; one that is not of our time only where it counts nothing
YEAR = rf"(?P<year>(?:19|20)\d\d|(?:1[5-8]|21)\d\d(?!{SPACE}?[a-zà-ÿ%€$£]))(?![\w°]|[.,]\d|-\d)"
ANY_YEAR = r"(?P<year>(?:1[5-9]|2[01])\d\d)(?![\w°]|[.,]\d|-\d)"
NUMERIC = re.compile(
    r"(?P<a>\d{1,4})(?P<mark>[/.-])(?P<b>\d{1,2})(?:(?P=mark)(?P<c>\d{4}|\d{1,2}))?"
    r"(?![\w/]|[.,]\d|-\d(?!\d?(?P=mark)\d\d?(?P=mark)\d{4}))"
)
YEAR_APART = re.compile(rf",{SPACE}(?P<year>(?:19|20)\d\d)(?=[.;)]|$)")
PRICED = re.compile(r"(?<![\w.,])[$€£] ?$")
MONTH_YEAR = re.compile(r"(?P<month>\d{1,2})/(?P<year>(?:19|20)\d\d)(?![\w/-]|:\d)")
WEEKDAY_WORDS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
ON_DAY = re.compile(rf"(?<!\w)(?:le|du|au|prochain|suivant|{WEEKDAY_WORDS}){SPACE}$")
WEEKDAYS = {
    "lundi": 1, "mardi": 2, "mercredi": 3, "jeudi": 4, "vendredi": 5, "samedi": 6, "dimanche": 7,
    "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 7,
    "lun": 1, "mar": 2, "mer": 3, "jeu": 4, "ven": 5, "sam": 6, "dim": 7,
    "mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6, "sun": 7,
}  # fmt: skip
WEEKDAY = {
    "fr": re.compile(
        rf"(?<!\w)(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:lun|mar|mer|jeu|ven|sam|dim)(?=\.))\.?,?{SPACE}(?:le{SPACE})?$"
    ),
    "en": re.compile(
        rf"(?<!\w)(monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun)\.?,?{SPACE}(?:the{SPACE})?$"
    ),
}


@cache
def _day_month(lang: str) -> re.Pattern[str]:
    suffix = "(?P<nth>er|e)" if lang == "fr" else "(?P<nth>st|nd|rd|th)"
    of, before_year = ("(?:of )?", " ,| of| in") if lang == "en" else ("(?:de |(?:du mois )?d['’]|du mois de )?", " de")
    names = alternation(months(lang))
    return re.compile(
        rf"(?P<day>\d{{1,2}}){suffix}?(?:{SPACE}|[-/](?=[^\W\d_]{{3}})){of}(?P<month>{names})(?!\w)\.?"
        rf"(?:(?:,|{before_year})?[ \N{{NO-BREAK SPACE}}/-]{ANY_YEAR})?"
        rf"(?:(?<=[a-z]){SPACE}of{SPACE}(?P<two>[5-9]\d)(?=[.,;)](?!\d)|$))?"
        r"(?:(?<=[a-zéû])-(?P<tail>\d\d)(?![\w-]|[.,]\d))?"
    )


@cache
def _month_first(lang: str) -> re.Pattern[str]:
    """`avril 2023`; in English also `March 5, 2024` and `March 5`."""
    names = alternation(months(lang))
    no_day = rf"(?![\w%]|[.,:]\d|{SPACE}(?:%|million|billion|[ap]\.?m))"
    day = (
        rf"(?:(?:,?{SPACE}(?:the{SPACE})?(?=\d\d?(?:st|nd|rd|th))|{SPACE})"
        rf"(?P<day>\d{{1,2}})(?P<nth>st|nd|rd|th)?{no_day}(?:(?:{SPACE}?,| of| in)?{SPACE}{ANY_YEAR})?)"
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
    if c is None and src.lang == "en" and match["mark"] == "/" and WEEKDAY["en"].search(src.left(at)):
        return _weekday_numeric(src, at, match)
    if c is None and src.lang == "fr" and match["mark"] == "/" and (len(a) == len(match["b"]) == 2 or _after_le(src, at, match)):
        apart = YEAR_APART.match(src.text, match.end())  # le 07/05, 2020
        end, of = (apart.end(), int(apart["year"])) if apart else (match.end(), None)
        dated = ON_DAY.search(src.left(at)) and checked(at, end, Date(of, b, int(a)))
        return with_weekday(src, dated) if dated else None
    if c is None or len(c) == 1 or (len(c) == 2 and match["mark"] != "/" and not _dotted(match)) or len(a) == 3:
        return None
    day, month, ambiguous = int(a), b, False
    if src.lang == "en" and (month > 12 or (src.order is DateOrder.MONTH_FIRST and day <= 12)):
        day, month = month, day
    elif src.lang == "en" and src.order is DateOrder.UNKNOWN:
        ambiguous = day <= 12 and day != month
    year = int(c) if len(c) == 4 else 2000 + int(c) if int(c) < 50 else 1900 + int(c)
    return with_weekday(src, checked(at, match.end(), Date(year, month, day, ambiguous=ambiguous)))


def _weekday_numeric(src: Source, at: int, match: re.Match[str]) -> Found | None:
    """`Thursday 29/03`, `Friday 7/6`, by the document's order of day and month."""
    day, month = int(match["a"]), int(match["b"])
    if month > 12 or (src.order is DateOrder.MONTH_FIRST and day <= 12):
        day, month = month, day
    unsure = src.order is DateOrder.UNKNOWN and day <= 12 and day != month
    return with_weekday(src, checked(at, match.end(), Date(None, month, day, ambiguous=unsure)))


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
    short = match["month"] not in months(src.lang, short=False)
    if short and not match["year"] and src.lang == "fr" and match[0][-1] != "." and not _month_alone(src, match):
        return None
    year = int(match["year"]) if match["year"] else 1900 + int(match["two"]) if match["two"] else None
    end = match.end()
    if match["tail"] and not match["year"]:  # 15-May-25, with dashes throughout
        if "-" not in src.low[match.end("day") : match.start("month")]:
            end = match.start("tail") - 1
        else:
            year = (2000 if match["tail"] < "50" else 1900) + int(match["tail"])
    if src.text[end - 1] == "." and year is None:
        end -= src.low[match.end("month") : end] == "." and match["month"] in months(src.lang, short=False)
    found = with_weekday(src, checked(at, end, Date(year, months(src.lang)[match["month"]], int(match["day"]))))
    if found and found.start == at and src.lang == "en" and match["nth"] and src.low.endswith("the ", 0, at):
        return found._replace(start=at - 4)  # on the 11th of May: on 11 May
    return found


def _month_alone(src: Source, match: re.Match[str]) -> bool:
    """Whether a short French month needs no point: it is no other word (5 juil, not 5 sept) or says so (12 de Sept)."""
    capital = src.text[match.start("month")].isupper()
    return match["month"] in SHORT_ONLY or (capital and src.low.startswith("de ", match.start("month") - 3))


SHORT_ONLY = frozenset(("janv", "févr", "fév", "fevr", "avr", "juil", "déc"))


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
    if src.lang == "en" and (dashed := _with_weekday_near(src, at, match, month)):
        return dashed
    if match["day"]:
        year = int(match["year"]) if match["year"] else None
        sure = src.text[at].isupper() or match["nth"] or (year and match["month"] in MONTH_ONLY)
        return with_weekday(src, checked(at, match.end(), Date(year, month, int(match["day"])))) if sure else None
    if match["year2"]:
        return Found(at, match.end(), Date(int(match["year2"]), month))
    end = match.end("month")
    if two_digits := TWO_DIGITS[src.lang].match(src.low, end):
        return Found(at, two_digits.end(), Date(1900 + int(two_digits["year"]), month))
    if (
        src.lang == "en"
        and src.text[at].isupper()
        and src.low.startswith(" two thousand", end)
        and (year_said := year_in_words(src, end + 1))
    ):
        return Found(at, year_said[1], Date(year_said[0], month))
    if this := THIS[src.lang].search(src.left(at)):
        start = at - len(this[0])
        if src.lang == "fr" or src.text[at].isupper() or match["month"] in MONTH_ONLY:
            return Found(start, end, Relative(f"this {MONTHS[month - 1]}", "month", 0, month))
    return Found(at, end, Date(None, month)) if bare_month(src, at, end) else None


NEAR_DAY = re.compile(r"(?<!\w)(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?[ (-]{1,2}$")
DASHED_DAY = re.compile(r"[-/](?P<day>\d\d?)(?![\w/]|-\d)(?P<near>\((?:mon|tue|wed|thu|fri|sat|sun))?")


def _with_weekday_near(src: Source, at: int, match: re.Match[str], month: int) -> Found | None:
    """`Friday-Jun-15`, `May/22(Tue)`: a day after a dash, which without a weekday could be a year."""
    day = DASHED_DAY.match(src.low, match.end("month"))
    if day is None or not (day["near"] or NEAR_DAY.search(src.left(at))):
        return None
    return checked(at, day.end("day"), Date(None, month, int(day["day"])))


# juillet 98, April of 87: a year where it can be no day and counts nothing
TWO_DIGITS = {
    "fr": re.compile(rf"{SPACE}(?P<year>[5-9]\d)(?=[.,;)](?!\d)|$)"),
    "en": re.compile(rf"{SPACE}of{SPACE}(?P<year>[5-9]\d)(?=[.,;)](?!\d)|$)"),
}


def year_month(src: Source, at: int) -> Found | None:
    """English `2017 April`, where nothing follows that the month could belong to."""
    match = _year_month().match(src.low, at)
    return Found(at, match.end(), Date(int(match["year"]), months("en")[match["month"]])) if match else None


@cache
def _year_month() -> re.Pattern[str]:
    return re.compile(rf"(?P<year>(?:19|20)\d\d) (?P<month>{alternation(MONTH_ONLY)})(?=[.,;)]|$)")


THIS = {"fr": re.compile(r"(?<!\w)(?:ce |cette |ce mois (?:de |d['’]))$"), "en": re.compile(r"(?<!\w)this $")}


FEW = ("first", "second", "third")
SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")  # only after twenty and thirty


@cache
def _ordinal_day() -> re.Pattern[str]:
    """A day in words after its English month, unless a noun follows that it counts (`In May first results …`)."""
    days = [
        *ordinals("en"),
        *(f"{ten}{mark}{one}" for ten in ("twenty", "thirty") for mark in "- " for one in list(ordinals("en"))[:9]),
    ]
    days += [f"{ten}{mark}{one}" for ten in ("twenty", "thirty") for mark in "- " for one in SMALL]
    noun = (
        r" (?!(?:through|until|till|and|at|from|to|for|with|in|on|was|is|the|or|by|he|she|it|they|we|"
        r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: \w+)? [ap] ?m|"
        r"(?:seven|eigh|nine)teen|twenty|two thousand)(?!\w))[a-z]{2,}"
    )
    return re.compile(rf"{SPACE}(?:the )?(?P<day>{alternation(days)})(?!\w|-|{noun})(?:,?{SPACE}{ANY_YEAR})?")


def _day_in_words(src: Source, at: int, match: re.Match[str]) -> Found | None:
    """`January first 2000`, `February twenty-second`."""
    told = _ordinal_day().match(src.low, match.end("month"))
    if told is None:
        return None
    if src.text[at].islower() and match["month"] not in MONTH_ONLY and told["day"] in FEW:
        return None  # the march first began
    *tens, last = re.split("[- ]", told["day"])
    day = (SMALL.index(last) + 1 if last in SMALL else ordinals("en")[last]) + (
        {"twenty": 20, "thirty": 30}[tens[0]] if tens else 0
    )
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
