"""Times of day, told from lengths of time: `à 18 h` is one, `sous 24 h` is not."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from pipeline.annotate.values.source import Found, Source
from pipeline.annotate.values.tables import SPACE, cues
from pipeline.values.types import Amount, Duration, Time

HOURS = re.compile(
    rf"(?P<h>\d{{1,2}}){SPACE}?[hH](?:{SPACE}?(?P<m>[0-5]\d)(?!\d)(?P<min>{SPACE}?(?:min|mn)(?!\w))?)?(?![\w/]|['’])"
)
COLON = re.compile(r"(?P<h>\d{1,2}):(?P<m>[0-5]\d)(?::(?P<s>[0-5]\d))?(?![\d:]|[.,]\d)")
TWELVE = re.compile(
    rf"(?P<h>\d{{1,2}})(?:[:.](?P<m>[0-5]\d)(?::(?P<s>[0-5]\d))?)?{SPACE}?(?P<half>[ap])(?:\.m\.|m|{SPACE}m(?=\.|{SPACE}?$))(?!\w)"
)
# before a time with seconds; without such a word 00:13:45 is a time code, which keeps its nought
TIMED = re.compile(rf"(?:(?<!\w)(?:à|at|from|to|until|dès|vers|de|@)|\d,?){SPACE}$")
# what stands before an hour without minutes when it is a time of day
MOMENT = re.compile(
    rf"(?:^|[,;:(|–—.]|(?<!\w)(?:à(?: environ)?|dès|vers|avant|jusqu['’]à|de|entre|et|le|depuis|après|at|by|from|until)"
    rf"|(?<!\w)(?:before|after)|\dh(?: ?\d\d)? ou)[ ]?(?:-{SPACE})?$|{SPACE}-{SPACE}$"
)


@cache
def _length() -> re.Pattern[str]:
    """What stands before hours that are a length, not a time of day."""
    return re.compile(rf"(?<!\w){cues('length')}(?: de| à| d['’])?(?:(?<=e)[ \N{{NO-BREAK SPACE}}]?:)? $")


def announced(left: str) -> bool:
    """Whether the lower-case text before hours announces a time of day (`dès`, `à`); not `4 à`, `pendant`, `une culture de`."""
    return bool(AT.search(left)) and not (FROM_NUMBER.search(left) or _length().search(left))


OF_SOMETHING = re.compile(r" (?:de|d['’]|par|après|avant|suivant|maximum|minimum|consécuti|supplémentaire|plus tard)\b")


def clock_at(src: Source, at: int) -> Found | None:
    """The time that begins with the digits at `at`: `14 h 30`, `9h`, `9.15am`, `14:30`; hours as a length are a Duration.

    An hour alone is a time of day up to 23 and after a word or mark that announces a moment, and a length otherwise.
    """
    if src.lang == "en" or "m" in src.low[at + 1 : at + 11]:
        match = TWELVE.match(src.low, at)
        if match and 1 <= int(match["h"]) <= 12:
            hour = int(match["h"]) % 12 + (12 if match["half"] == "p" else 0)
            end = match.end()
            if (
                src.text[end - 1] == "."
                and (src.low[end - 2] == src.text[end - 2] or end == len(src.text))
                and (not src.text[end:].strip() or re.match(r"\s+[A-Z\"(]", src.text[end : end + 3]))
            ):
                end -= 1  # the point also ends the sentence
            return Found(at, end, Time(hour, int(match["m"] or 0), second=_second(match)))
    match = COLON.match(src.text, at)
    if match and int(match["h"]) < 24 and not (match["s"] and match["h"][0] == "0" and not TIMED.search(src.left(at))):
        return Found(at, match.end(), Time(int(match["h"]), int(match["m"]), second=_second(match)))
    return _hours(src, at) if src.lang == "fr" else None


# what stands behind hours and minutes that are a length: 2 h 30 d'affilée, 3 h 15 par patient
THROUGHOUT = re.compile(
    r" (?:par (?!l[ea] |les )\w|d['’]affilée|de suite|en tout\b|en moyenne|au total|consécuti|supplémentaire|de plus\b"
    r"|maximum|minimum|de (?:route|train|trajet|voiture|vol|marche|bus|métro|tgv)\b|en (?:train|voiture|avion|tgv|bus|métro)\b)"
)
JOURNEY = re.compile(r"(?:en (?:train|voiture|avion|tgv|bus|métro|bateau)|temps de trajet) ?: $")
AT_HOUR = re.compile(r" (?:à|a|et) \d")


def _second(match: re.Match[str]) -> int | None:
    return int(match["s"]) if match["s"] else None


HEURES = re.compile(
    rf"(?P<h>\d{{1,2}}){SPACE}heures?(?:{SPACE}(?P<m>[0-5]\d)(?!\w))?(?!\w)"
    rf"(?:{SPACE}(?P<half>du matin|du soir|de l['’]apr[eè]s-midi)(?!\w))?"
)
# words after an hour that are no part of it and yet tell its half of the day: à 3 heures cet après-midi
LATER = re.compile(
    rf"{SPACE}(?:(?:cet|demain|hier){SPACE}apr[eè]s-midi|(?:ce|demain|hier){SPACE}soir|dans{SPACE}la{SPACE}soir[ée]e)(?!\w)"
)
# 15 h passé de 15 minutes
GONE = re.compile(rf"{SPACE}passée?s?{SPACE}de{SPACE}(?P<m>[1-5]?\d){SPACE}minutes?(?!\w)")
# 4 à 6 heures is a length, 2024 à 6 heures and le 4 à 6 heures are moments
FROM_NUMBER = re.compile(r"(?<![\d:])(?<!le )(?<!di )(?:\d{1,2}|\d+[.,]\d+) à $")
AT = re.compile(r"(?<!\w)(?:à(?: environ)?|dès|vers|avant|jusqu['’]à) $")


ZONE = re.compile(r",? \(?heure (?:de |d['’]|locale|française|européenne)")


def _heures(src: Source, at: int) -> Found | None:
    """`à 18 heures`, `4 heures du matin`; hours without such a sign of a moment are left to the durations."""
    match = HEURES.match(src.low, at)
    if match is None or int(match["h"]) > 23:
        return None
    left = src.left(at, 28)
    cue = announced(left) and not OF_SOMETHING.match(src.low, match.end())
    later = bool(LATER.match(src.low, match.end()) or left.endswith(("après-midi à ", "après-midi, à "))) and int(match["h"]) < 12
    # 9 heures 30 without its minutes is no length, unless a word for one stands before it
    told = match["m"] and not src.low.startswith(" min", match.end()) and not _length().search(left)
    told = told and (not left.endswith(("de ", "d'")) or left.endswith("partir de ") or AT_HOUR.match(src.low, match.end()))
    zone = bool(ZONE.match(src.low, match.end()))  # 8 heures, heure de New York
    if not (
        match["half"] or later or told or zone or (cue and not re.match(r" [a-zàâé]{4,}", src.low[match.end() : match.end() + 5]))
    ):
        return None
    hour = int(match["h"]) + (12 if later or (match["half"] and match["half"] != "du matin" and int(match["h"]) < 12) else 0)
    return Found(at, match.end(), Time(hour, int(match["m"] or 0)))


# a date after an hour, which makes a time of day of it
ON_DATE = re.compile(
    rf"{SPACE}(?:le|du){SPACE}(?:\d{{1,2}}(?:er)?{SPACE}[a-zé]|\d\d?/\d|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche)"
)
# la mesure à 4 h; dans les 30 min suivant la décongélation, puis à 4 h
MEASURED = re.compile(
    r"(?<!\w)(?:mesur(?:e|es|ée?s?)|viabilité|lectures?|dosages?|concentrations?|cinétique) (?:(?:est|était|a été|finale) )?à $"
    r"|(?<!\w)\d+ (?:min|minutes)(?!\w)[^.;:]{0,50}(?:,| puis| et) à $"
)
# two spans of hours side by side are shifts or opening hours: 5h-13h / 13h-21h
_SPAN = r"\d{1,2} ?h(?:\d\d)? ?[-–] ?\d{1,2} ?h"
SHIFTS = re.compile(rf"(?<![\w/-]){_SPAN}(?:\d\d)? ?(?:/|,|et|puis) ?{_SPAN}(?!\w)")
# in brackets behind a length: durée maximale revendiquée (9 h ; 6 h 30 simulées)
LASTING = re.compile(r"(?<!\w)durées? [^.;:()]{0,40}\((?:\d{1,2} ?h(?: ?\d\d)? ?[;,] ?)?$")
HALF_OF_DAY = re.compile(rf"{SPACE}(?P<half>du matin|du soir|de l['’]apr[eè]s-midi)(?!\w)")


def _hours(src: Source, at: int) -> Found | None:
    if src.low.startswith("heure", at + 2) or src.low.startswith("heure", at + 3):
        return _heures(src, at)
    match = HOURS.match(src.text, at)
    if match is None:
        return None
    hour, minute = int(match["h"]), match["m"]
    left = src.left(at, 28)
    if hour < 13 and (half := HALF_OF_DAY.match(src.low, match.end())):
        return Found(at, half.end(), Time(hour + (12 if half["half"] != "du matin" and hour < 12 else 0), int(minute or 0)))
    if hour < 12 and LATER.match(src.low, match.end()):
        return Found(at, match.end(), Time(hour + 12, int(minute or 0)))
    if minute is None and hour < 24 and (gone := GONE.match(src.low, match.end())):
        return Found(at, gone.end(), Time(hour, int(gone["m"])))
    moment = hour < 24 and (minute is not None or (bool(MOMENT.search(left)) and not OF_SOMETHING.match(src.low, match.end())))
    if minute is None and hour < 24 and any(m.start() <= at < m.end() for m in SHIFTS.finditer(src.low, max(0, at - 24), at + 34)):
        return Found(at, match.end(), Time(hour))
    if minute is None and hour and (MEASURED.search(src.left(at, 90)) or LASTING.search(src.left(at, 70))):
        moment = False
    if minute is not None and _lasts(src, match, left):
        return Found(at, match.end(), Duration(Amount(Decimal(60 * hour + int(minute))), "min", "hour", "minutes"))
    if moment and not (_length().search(left) and (minute is None or not left.endswith("à "))):
        return Found(at, match.end(), Time(hour, int(minute or 0)))
    if minute is not None:
        return None
    if hour < 24 and ON_DATE.match(src.low, match.end()) and not _length().search(left):
        return Found(at, match.end(), Time(hour))
    return Found(at, match.end(), Duration(Amount(Decimal(hour)), "h", "hour", "hours"))


def _lasts(src: Source, match: re.Match[str], left: str) -> bool:
    """Whether hours and minutes are a length: after a word for one, or alone in brackets and short (`(1 h 30)`)."""
    if match["min"]:
        return True
    if int(match["h"]) < 6 and left.endswith(" de ") and not src.low.startswith(" à ", match.end()):
        return True
    if THROUGHOUT.match(src.low, match.end()) and not announced(left):
        return True
    if JOURNEY.search(left):
        return True
    if "durée" in (near := src.left(match.start(), 70)) and LASTING.search(near):
        return True
    bracketed = left.endswith("(") and src.text[match.end() : match.end() + 1] == ")" and int(match["h"]) < 6
    return bracketed or bool(_length().search(left) and not left.endswith((" à ", "les ")))


def as_time(value: object) -> Time | None:
    """A length of whole hours read as a time of day after all (the first of `21 h à 5 h 15`), a time as it is."""
    if isinstance(value, Time):
        return value
    if isinstance(value, Duration) and value.unit == "h" and value.amount.exact <= 24 and value.amount.exact % 1 == 0:
        return Time(int(value.amount.exact))
    return None
