"""Dates and times with words for numbers: `premier mars 2013`, `à seize heures trente`, `half past seven`, `7 o'clock`."""

from __future__ import annotations

import re
from functools import cache

from pipeline.annotate.values.calendar import YEAR, checked, with_weekday
from pipeline.annotate.values.clock import LATER, announced
from pipeline.annotate.values.numerals import Read, words_at
from pipeline.annotate.values.source import Found, Source
from pipeline.annotate.values.tables import SPACE, alternation, months
from pipeline.values.types import Date, Time

PAST = {
    " et demi": 30, " et demie": 30, " et quart": 15, " et un quart": 15, " moins le quart": -15, " moins un quart": -15,
    " moins cinq": -5, " moins dix": -10, " moins vingt": -20, " moins vingt-cinq": -25, " trois quarts": 45,
}  # fmt: skip
HALF_OF_DAY = re.compile(
    rf"{SPACE}(?P<half>du mat(?:in)?|du soir|de l['’]apr[eè]s-midi|in the (?:morning|afternoon|evening)|at night)(?!\w)"
)
WORDS = {"midi": 12, "minuit": 0, "noon": 12, "midnight": 0}
NOT_NOON = re.compile(r"(?:apr[eè]s-|le |du |grand )$")
SPOKEN_HALF = re.compile(r" (?P<half>[ap])(?:\.m\.(?=[,;)]| [a-z])|\.? ?m(?!\w))")
CLOCK = re.compile(r" o['’ ]?clock(?!\w)")
PAST_THE_HOUR = re.compile(r" (?:min(?:ute)?s? )?past (?=\w)")


@cache
def _past() -> re.Pattern[str]:
    return re.compile(rf"{alternation(PAST)}(?![\w-])")


@cache
def _month_after(lang: str) -> re.Pattern[str]:
    if lang == "fr":  # le deuxième jour d'août
        names = alternation(months(lang, short=False))
        return re.compile(rf"(?: |(?: jour)? (?:de |d['’]))(?P<month>{names})(?!\w)(?:(?:,| de)?{SPACE}{YEAR})?")
    of = "(?: day)? of"
    return re.compile(rf"{of} (?P<month>{alternation(months(lang))})(?!\w)(?:(?:,| of| in)?{SPACE}{YEAR})?")


@cache
def _month_next() -> re.Pattern[str]:
    return re.compile(rf" (?P<month>{alternation(months('en'))})(?!\w)(?P<year>(?!))?")


def day_in_words(src: Source, at: int, end: int, day: int, of: bool = True) -> Found | None:
    """The date whose day ends at `end`: `premier mars 2013`, `le dix juillet`, `second of August`.

    English has `of` after its day; without it (`of` False) the month may follow at once.
    """
    match = (_month_after(src.lang) if of else _month_next()).match(src.low, end) if 1 <= day <= 31 else None
    if match is None:
        return None
    year = int(match["year"]) if match["year"] else None
    return with_weekday(src, checked(at, match.end(), Date(year, months(src.lang)[match["month"]], day)))


def time_in_words(src: Source, at: int, read: Read) -> Found | None:
    """The time of day that begins with a number in words or digits and `heures` or `o'clock`; None for a length.

    French hours are a time after à, dès, vers, `il est`, with minutes said as on a clock, or with a half of the day.
    """
    most = 59 if src.lang == "en" else 24  # minutes past the hour
    if read.amount.scale or read.amount.over != 1 or not 0 <= read.amount.exact <= most or read.amount.exact % 1:
        return None
    hour = int(read.amount.exact)
    if hour <= 12 and (half := HALF_OF_DAY.match(src.low, read.end)) and BARE_HOUR.search(src.left(at)):
        return _told(at, half.end(), hour, 0, half["half"])  # à 5 du matin, between 5 and 6 in the afternoon
    if src.lang == "en":
        return _english(src, at, read.end, hour)
    if (half := AFTERNOON.match(src.low, read.end)) and FRAMED.search(src.left(at, 40)):
        return _told(at, half.end(), hour, 0, "de l'après-midi")
    if not src.low.startswith(" heure", read.end):
        return None
    end = read.end + (7 if src.low.startswith("s", read.end + 6) else 6)
    minute, stop = _minutes(src, end)
    half = HALF_OF_DAY.match(src.low, stop)
    later = None if half else LATER.match(src.low, stop)
    left = src.left(at, 28)
    cue = announced(left) or left.endswith(("il est ", "autour de ")) or bool(_dated().search(left))
    cue = cue or (minute is not None and left.endswith(("de ", "entre ")) and bool(TO_HOURS.match(src.low, stop)))
    if src.text[end : end + 1].isalnum() or not (half or later or cue or (minute and minute not in (30, 15))):
        return None
    if cue and not half and minute is None and re.match(r" (?:de |d['’]|par )", src.low[end : end + 5]):
        return None
    told = half["half"] if half else "du soir" if later else ""
    return _told(at, half.end() if half else stop, hour, minute or 0, told)


# before an hour without its word: `de 5 à 7 du matin`, `until 3 in the morning`
BARE_HOUR = re.compile(
    r"(?:^|(?<!\w)(?:à|a|de|dès|vers|entre|et|jusqu['’][àa]|avant|après|depuis|from|between|and|to|at|until|till|by|before|after|around|"
    r"about|circa|past|than)) $"
)
# the second hour of a range: entre 17 et 18 après-midi
AFTERNOON = re.compile(rf"{SPACE}apr[eè]s-midi(?!\w)")
FRAMED = re.compile(r"(?<!\w)(?:entre|de) (?!le )[^,;.]{1,24} (?:et|à|a) $")
TO_HOURS = re.compile(r" (?:à|et) [a-z-]+ heures")


@cache
def _dated() -> re.Pattern[str]:
    """A date before an hour in words: `le 18 mars neuf heures trente`."""
    return re.compile(rf"\d (?:{alternation(months('fr', short=False))})(?: (?:19|20)\d\d)?,? $")


def _minutes(src: Source, end: int) -> tuple[int | None, int]:
    """The minutes said after `heures`, from -25 to 59, and where they end; None without any."""
    match = _past().match(src.low, end)
    if match:
        return PAST[match[0]], match.end()
    if digits := MINUTES.match(src.low, end):
        return int(digits["m"]), digits.end()
    less, gone = src.low.startswith(" moins ", end), GONE_BY.match(src.low, end)
    start = gone.end() if gone else end + (7 if less else 4 if src.low.startswith(" et ", end) else 1)
    read = words_at(src, start) if src.low[end : end + 1] == " " else None
    if (
        read is None
        or not 1 < read.amount.exact < 60
        or not re.match(r" minutes?(?!\w)|[.,;)]|$| (?:à|et) [a-z-]+ heures", src.low[read.end : read.end + 40])
    ):
        return None, end
    minutes = re.match(r" minutes?(?!\w)", src.low[read.end : read.end + 9])
    return int(read.amount.exact) * (-1 if less else 1), read.end + (minutes.end() if minutes else 0)


GONE_BY = re.compile(r" passée?s? de (?=[a-z-]+ minutes)")
MINUTES = re.compile(r" (?:et )?(?P<m>[1-5]\d)(?: minutes?)?(?=(?: minutes?)? (?:du (?:matin|soir)|de l['’]apr[eè]s-midi)(?!\w))")


def _told(at: int, end: int, hour: int, minute: int, half: str) -> Found | None:
    if half and hour < 12 and not half.startswith("du mat") and "morning" not in half:
        hour += 12
    total = hour * 60 + minute
    return Found(at, end, Time(total // 60 % 24, total % 60)) if 0 <= total < 25 * 60 else None


def _english(src: Source, at: int, end: int, hour: int) -> Found | None:
    """`seven o'clock in the evening`, `ten past nine`."""
    clock = CLOCK.match(src.low, end)
    if clock:
        half = HALF_OF_DAY.match(src.low, clock.end())
        return _told(at, half.end() if half else clock.end(), hour, 0, half["half"] if half else "")
    if (told := SPOKEN_HALF.match(src.low, end)) and 1 <= hour <= 12:
        return _told(at, told.end(), hour % 12, 0, "" if told["half"] == "a" else "p.m.")  # nine a m
    read = words_at(src, end + 1) if src.low[end : end + 1] == " " else None
    if read and 1 <= hour <= 12 and read.amount.exact < 60 and (told := SPOKEN_HALF.match(src.low, read.end)):
        return _told(at, told.end(), hour % 12, int(read.amount.exact), "" if told["half"] == "a" else "p.m.")
    past = PAST_THE_HOUR.match(src.low, end)
    return past_the_hour(src, at, past.end(), hour) if past else None


def past_the_hour(src: Source, at: int, hour_at: int, minutes: int) -> Found | None:
    """The time whose hour begins at `hour_at`, so many minutes after it; None where no hour stands there."""
    digits = re.compile(r"1?\d(?![\w.,:%])").match(src.text, hour_at)
    read = words_at(src, hour_at)
    hour, end = (int(digits[0]), digits.end()) if digits else (int(read.amount.exact), read.end) if read else (0, 0)
    if not 1 <= hour <= 12:
        return None
    clock = CLOCK.match(src.low, end)
    end = clock.end() if clock else end
    half = HALF_OF_DAY.match(src.low, end)
    return _told(at, half.end() if half else end, hour, minutes, half["half"] if half else "")


def around_noon(src: Source, end: int, hour: int) -> tuple[int, Time]:
    """`midi et quart`, `minuit trente`: the time and where it ends, from the word that ends at `end`."""
    minute, stop = _minutes(src, end)
    if minute is None:
        return end, Time(hour, 0, words=True)
    total = (hour * 60 + minute) % (24 * 60)
    return stop, Time(total // 60, total % 60)


def clock_word(src: Source, start: int, end: int) -> Found | None:
    """`midi`, `noon`, `minuit`, `midi et quart`; not `après-midi`, `le Midi`."""
    word = src.low[start:end]
    if word not in WORDS or NOT_NOON.search(src.left(start)) or src.text[end : end + 1] == "-" or not src.text[start].islower():
        return None
    return Found(start, *around_noon(src, end, WORDS[word]))
