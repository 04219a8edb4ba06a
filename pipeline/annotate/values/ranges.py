"""From one value to another: `de 29 000 à 33 500 €`, `8-12 %`, `entre le 7 et le 11 octobre`, `2016-2020`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache

from pipeline.annotate.values.after import DASHES, JOIN, follows
from pipeline.annotate.values.amounts import second_money
from pipeline.annotate.values.calendar import WEEKDAY, WEEKDAYS
from pipeline.annotate.values.clock import as_time
from pipeline.annotate.values.guards import labelled
from pipeline.annotate.values.source import Found, Source
from pipeline.annotate.values.tables import SPACE, cues
from pipeline.model import Value
from pipeline.values.types import Amount, Date, Duration, Money, Number, Ordinal, Percent, Period, Quantity, Range, Time

DAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
JOINED = re.compile(
    rf"(?:{SPACE}(?P<word>à|au|a|jusqu['’]au|jusqu['’][àa]|et|to|and|through|until|till){SPACE}(?:(?:le|la|the|environ){SPACE})?(?:(?:{DAYS}),?{SPACE}(?:le{SPACE})?)?"
    rf"|(?P<dash>{SPACE}?[-–—\N{{NON-BREAKING HYPHEN}}]{SPACE}?)|(?P<stroke>/))"
    rf"(?P<sign>[-−+](?=[\d€$£]))?(?P<currency>(?:€|\$|£|US\$|chf|eur|usd|gbp){SPACE}?)?"
)
PREFIX = {
    "fr": re.compile(rf"(?<!\w)(?P<word>de|du|entre|d['’])(?:{SPACE}(?:le|la|les))?{SPACE}?$"),
    "en": re.compile(rf"(?<!\w)(?P<word>from|between)(?:{SPACE}the)?{SPACE}$"),
}
LENGTH_NOUN = re.compile(r"(?:durée|incubation|culture|attente|délai|période|agitation|stabilité|pendant|durant|sous|en) $")
NOUN = re.compile(r" (?!(?:et|ou|au|à|de|par|pour|dès|en|dans|après|avant|puis)(?!\w))[a-zàâéèêîôû]{2,}|[\w/-]")
MEASURED = (Percent, Money, Quantity, Duration)

STROKES = frozenset(DASHES + "/")  # what joins two values without a space

Parse = Callable[[Source, int], Found | None]


def may_join(src: Source, low: Found) -> bool:
    """Whether what stands after `low` may join a second value; `et` and `and` only where `entre` or `between` is near."""
    after = src.low[low.end : low.end + 4]
    if after[:1] in STROKES:
        return True
    if not follows(after, src.lang) & JOIN:
        return False
    if after[1:] not in ("et ", "and"):
        return True
    near = src.left(low.start, 40)
    return "entre" in near or "between" in near


def range_from(src: Source, low: Found, parse: Parse) -> Found | None:
    """The range that begins with `low`, with the words that frame it; None where no second value of its kind follows.

    `parse` reads the second value. With `de … à`, the `de` belongs to the range (English `from`) for dates and times
    always, for amounts only where a clause begins or a verb of change stands before; after a noun (`une équipe de 3 à
    5 personnes`) it is left to the translation. `et` joins only after `entre`, and a dash only what rises.
    """
    join = JOINED.match(src.low, low.end)
    if join is None:
        return None
    low, weekday = _with_weekday(src, low)
    prefix = PREFIX[src.lang].search(src.left(low.start))
    word = prefix["word"] if prefix else ""
    between = word in ("entre", "between")
    if join["word"] in ("et", "and") and not between:
        return None
    second = second_money(src, join.end(), low.value.currency) if isinstance(low.value, Money) else None
    high = Found(join.end(), *second) if second else parse(src, join.end())
    if high is None or high.start < low.end:
        return None
    ends = paired(src, low, high)
    if weekday:
        if ends is None or not isinstance(ends[0], Date):
            return None
        ends = replace(ends[0], weekday=weekday), ends[1]
    if isinstance(low.value, Number) and ends and isinstance(ends[0], Date) and labelled(src, low.start):
        return None  # Part 3 until December 31
    if not prefix and ends and _falls_to_one(*ends):
        return None  # 1.2 grams to one gram: a ratio
    if ends is None or (not join["word"] and not _rises(*ends)) or (join["stroke"] and not _consecutive(*ends)):
        return None
    if join["word"] in ("a", "jusqu'a", "jusqu’a") and not (src.lang == "fr" and isinstance(ends[0], Time)):
        return None  # an à without its accent stands between times only: DE 9H A 17H
    if (join["word"] or "").endswith("au") and not isinstance(ends[0], Date | Period):
        return None
    form, start = "dash" if not join["word"] else "to", low.start
    if prefix and join["word"]:
        at = low.start - (len(src.left(low.start)) - prefix.start())
        if between:
            form, start = "between", at
        elif word and _from(src, word, at, ends[0]):
            form, start = "from", at
    return Found(start, high.end, Range(ends[0], ends[1], form))


def _with_weekday(src: Source, low: Found) -> tuple[Found, int]:
    """A bare day of the month with the weekday before it: the first of `mercredi 21 au jeudi 22 mai`."""
    left = src.left(low.start)
    match = (
        WEEKDAY[src.lang].search(left)
        if isinstance(low.value, Number) and left.rstrip().endswith(("di", "he", "y", "le"))
        else None
    )
    return (low._replace(start=low.start - len(left) + match.start(1)), WEEKDAYS[match[1]]) if match else (low, 0)


def weekday_and_day(src: Source, found: Found) -> Found | None:
    """`lundi 13` without its month, as a date is written before another: `le lundi 13 et le mardi 14 janvier`."""
    low, weekday = _with_weekday(src, found)
    if not weekday or not isinstance(found.value, Number) or not src.text[found.start : found.end].isdigit():
        return None
    day = int(found.value.amount.exact)
    if not 1 <= day <= 31 or NOUN.match(src.low, found.end):
        return None
    return Found(low.start, found.end, Date(day=day, weekday=weekday))


@cache
def _change() -> re.Pattern[str]:
    """What stands before `de … à` where English says from … to: the start of a clause, or a verb of change."""
    return re.compile(rf"(?:^|[:;,(–—|]|(?<!\w){cues('change')})\s?$")


def _from(src: Source, word: str, at: int, low: Value) -> bool:
    if word == "from":
        return True
    if word == "d'" or word == "d’":
        return False
    if isinstance(low, Date | Time | Period):
        return True
    return word == "de" and bool(_change().search(src.left(at)))


def paired(src: Source, low: Found, high: Found) -> tuple[Value, Value] | None:
    """Both values as of one kind, the first taking from the second what it lacks (unit, currency, scale, month, year)."""
    a, b = low.value, high.value
    times = _times(src, low, high, b)
    if times:
        return times
    if isinstance(b, Date):
        if isinstance(a, Number) and a.amount.words and not DAY_FRAME.search(src.left(low.start)):
            return None
        return _dates(a, b)
    if (
        isinstance(a, Date)
        and isinstance(b, Ordinal)
        and a.month
        and b.number < (a.day or 0)
        and ON_THE.search(src.left(high.start))
    ):
        year = a.year + 1 if a.year and a.month == 12 else a.year
        return a, replace(a, year=year, month=a.month % 12 + 1, day=b.number, weekday=0)  # from 27 April to the third
    if isinstance(a, Date) and isinstance(b, Ordinal) and (a.day or 99) < b.number <= 31 and not NOUN.match(src.low, high.end):
        return a, replace(a, day=b.number, weekday=0)  # 9 April through 17th
    if isinstance(a, Number) and isinstance(b, MEASURED) and a.amount.over == 1:
        amount = _scaled(a.amount, b.amount, src.low[high.start : high.end])
        return replace(b, amount=amount), b
    if type(a) is not type(b):
        return None
    if isinstance(a, Number) and isinstance(b, Number):
        return (Number(_scaled(a.amount, b.amount, "")), b) if a.amount.over == b.amount.over == 1 else None
    if isinstance(a, Money) and isinstance(b, Money):
        return (replace(a, amount=_scaled(a.amount, b.amount, "")), b) if a.currency == b.currency else None
    if isinstance(a, Quantity | Duration) and isinstance(b, Quantity | Duration):
        return (a, b) if a.unit == b.unit else None
    return (a, b) if isinstance(a, Percent | Period) and _alike(a, b) else None


DAY_BEFORE = re.compile(r"(?<!\w)le $")  # le 20 jusqu'à 18 h: a day
DAY_FRAME = re.compile(r"(?<!\w)(?:du|le) $")  # du treize au 15 juillet
ON_THE = re.compile(r"(?:to|until|till|through) the $")


def _alike(a: Value, b: Value) -> bool:
    if isinstance(a, Period) and isinstance(b, Period):
        return a.part[0] == b.part[0]
    return getattr(a, "points", "") == getattr(b, "points", "") or not getattr(a, "points", "")


def _scaled(a: Amount, b: Amount, surface: str) -> Amount:
    """`20 à 30 millions`: the first is millions too. `350 à 400 k€`: the first is thousands too."""
    if b.power is not None and a.power is None:
        return replace(a, power=b.power)
    if a.exact.copy_abs() >= 1000 or a.scale:
        return a
    if re.search(rf"\d{SPACE}?k(?:{SPACE}|€|\$|e|£)", surface):
        return replace(a, digits=a.digits.scaleb(3).quantize(Decimal(1)))
    return replace(a, scale=b.scale) if b.scale and b.digits < 1000 else a


def _times(src: Source, low: Found, high: Found, b: Value) -> tuple[Value, Value] | None:
    a = low.value
    first, second = as_time(a), as_time(b)
    if second is None and isinstance(a, Time) and ":" in src.text[low.start : low.end] and PREFIX["en"].search(src.left(low.start)):
        second = Time(_hour(b)) if _hour(b) and CLOSED.match(src.low, high.end) else None  # between 6:30 and 9 GMT
        return (a, second) if second else None
    if second is None or not (first or _hour(a)) or (isinstance(a, Number) and DAY_BEFORE.search(src.left(low.start))):
        return None
    if not isinstance(b, Time) and (
        not isinstance(a, Time | Number) or LENGTH_NOUN.search(re.sub(r"(?:de|d['’]|entre) $", "", src.left(low.start)))
    ):
        return None
    if isinstance(b, Duration) and isinstance(a, Number) and not PREFIX["fr"].search(src.left(low.start)):
        return None
    written = src.low[high.start : high.end]
    told = re.search(r"[ap]\.?m|matin|morning|soir|evening|afternoon|apr[eè]s-midi", src.low[low.start : low.end])
    hour = first.hour if first else _hour(a)
    minute = first.minute if first else 0
    hour = hour if told else _same_half(hour, minute, second, written)
    return Time(hour, minute, bool(first and first.words), first.second if first else None), second


CLOSED = re.compile(r"[.,;)?!](?!\d)|$| (?:[pmce]s?t|cet|cest|gmt|utc|bst)(?!\w)")


def _same_half(hour: int, minute: int, second: Time, written: str) -> int:
    """The hour of `5-6 pm`, `between 2 and 4:30pm`: in the afternoon as well where that comes before the second."""
    said = re.search(r"p\.?m|apr[eè]s-midi|du soir|in the (?:afternoon|evening)", written)
    return hour + 12 if said and hour < 12 and (hour + 12, minute) <= (second.hour, second.minute) else hour


def _hour(a: Value) -> int:
    whole = isinstance(a, Number) and a.amount.over == 1 and a.amount.exact % 1 == 0 and not a.amount.words
    return int(a.amount.exact) if whole and isinstance(a, Number) and 0 < a.amount.exact < 24 else 0


def _dates(a: Value, b: Date) -> tuple[Value, Value] | None:
    if isinstance(a, Number) and b.day is not None:
        day = a.amount.exact
        return (Date(b.year, b.month, int(day)), b) if 1 <= day < b.day and day % 1 == 0 and a.amount.over == 1 else None
    if isinstance(a, Ordinal) and a.number < (b.day or 0):
        return Date(b.year, b.month, a.number), b  # du 1er au 10 juillet
    if not isinstance(a, Date):
        return None
    if (a.day is None) != (b.day is None) or (a.month is None) != (b.month is None):
        return None
    if a.year is None and b.year is not None and (a.month or 0, a.day or 0) < (b.month or 0, b.day or 0):
        a = replace(a, year=b.year)
    elif a.year is None and b.year is not None and a.month:
        a = replace(a, year=b.year - 1)  # de novembre à février 2017
    return a, b


def _rises(a: Value, b: Value) -> bool:
    """Whether the second is greater: a dash between falling values is no range."""
    if isinstance(a, Date) and isinstance(b, Date):
        return (a.year or 0, a.month or 0, a.day or 0) < (b.year or 0, b.month or 0, b.day or 0)
    if isinstance(a, Time):
        return True
    ours, theirs = getattr(a, "amount", None), getattr(b, "amount", None)
    return ours is None or theirs is None or ours.exact < theirs.exact


def _falls_to_one(a: Value, b: Value) -> bool:
    ours, theirs = getattr(a, "amount", None), getattr(b, "amount", None)
    return bool(ours and theirs and theirs.words and theirs.exact == 1 < ours.exact)


def _consecutive(a: Value, b: Value) -> bool:
    return isinstance(a, Date) and isinstance(b, Date) and a.month is None and b.year == (a.year or 0) + 1
