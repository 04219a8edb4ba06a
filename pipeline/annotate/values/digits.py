"""Values that begin with a digit: a date, a time, an ordinal, or a number with its sign, currency and unit."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from pipeline.annotate.values import calendar, guards, periods
from pipeline.annotate.values.after import CLOCK, MONTH, TIMES, follows
from pipeline.annotate.values.amounts import attach, currency_before, in_brackets
from pipeline.annotate.values.before import ALL, SIGN
from pipeline.annotate.values.clock import clock_at
from pipeline.annotate.values.counting import digit_ordinal
from pipeline.annotate.values.fractions import VULGAR, mixed, slashed
from pipeline.annotate.values.numerals import Read, digits_at, whole
from pipeline.annotate.values.source import Found, Source
from pipeline.annotate.values.spoken import time_in_words
from pipeline.annotate.values.tables import SPACES
from pipeline.annotate.values.years import COUNTED, year_or_number
from pipeline.model import Value
from pipeline.values.types import Duration, Money, Number, Percent, Quantity

RUN = re.compile(r"\d{1,25}")
MARKED = frozenset(SPACES + ".,'’")  # what may stand between the digits of one number
GROUPING = frozenset(SPACES + ".-")  # what may stand between groups of digits


def digit_value(src: Source, at: int, flags: int = ALL, end: int = 0) -> Found | None:
    """The value that begins with the digits at `at`; `flags` says what may stand before it, `end` where the digits end."""
    end = end or digits_end(src, at)
    found = _calendar_or_clock(src, at, end)
    if found:
        return found
    read = _read(src, at, end)
    if read is None:
        return None
    if src.low.startswith(TIMELY, read.end) and (told := time_in_words(src, at, read)):
        return told
    start, sign, currency = at, "", None
    if flags & SIGN:
        start, sign = guards.sign(src, at)
        currency = currency_before(src, start)
        if currency:
            start, sign = (currency[0], sign) if sign else guards.sign(src, currency[0])
        if sign:
            amount = read.amount
            read = read._replace(
                amount=amount.with_digits(amount.digits.copy_negate()) if sign == "-" else replace(amount, signed=True)
            )
    if src.text[read.end : read.end + 1] == ")" and src.text[start - 1 : start] == "(" and not sign and not currency:
        loss = in_brackets(src, read)
        if loss is not None:
            return Found(start - 1, *loss)
    stop, value = attach(src, read, at, currency)
    if (
        read.amount.ambiguous
        and "." in src.text[at : read.end]
        and not _grouped(value, src.text[read.end - 4 : read.end])
        and not isinstance(value, Money)
        and not COUNTED.match(src.low, stop)
    ):
        value = _as_decimal(value, src.text[at : read.end])
    if (
        src.lang == "en"
        and stop > read.end
        and isinstance(value, Quantity)
        and value.unit in AREAS
        and THOUSANDS.fullmatch(src.text, at, read.end)
    ):
        value = replace(
            value, amount=replace(read.amount, digits=read.amount.digits.scaleb(3).quantize(Decimal(1)), ambiguous=True)
        )
    if (
        flags & SIGN
        and not sign
        and isinstance(value, Quantity | Percent | Number)
        and (minus := minus_in_words(src, start, value))
    ):
        return minus._replace(end=stop)
    if src.low.startswith((" en dessous de z", " au-dessous de z", " below z"), stop) and isinstance(value, Quantity):
        stop, value = _below_zero(src, stop, value)
    if stop - start != 4:
        return Found(start, stop, value)
    return Found(start, stop, year_or_number(src, Found(start, stop, value), read.end))


AREAS = frozenset(("m2", "[sft_i]"))
THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d\d0")  # 22.000 m² by a writer from the continent
PLACES = frozenset((" in ", " at "))  # after a number these mostly begin no half of a day
# what may stand after an hour said in words, or without its word
TIMELY = (" h", " o", " p", " m", " a ", " a.", " am", " apr", " in the ", " at night", " du mat", " du so", " de l'a", " de l’a")
BELOW = re.compile(r" (?:(?:en |au-)dessous de z[ée]ro|below zero)(?!\w)")


def _below_zero(src: Source, stop: int, value: Quantity) -> tuple[int, Value]:
    """`10 degrés en dessous de zéro`: the words are the sign of a temperature."""
    below = BELOW.match(src.low, stop)
    if below is None or value.unit not in ("Cel", "[degF]", "deg"):
        return stop, value
    return below.end(), replace(value, amount=value.amount.with_digits(-abs(value.amount.digits)))


def digits_end(src: Source, at: int) -> int:
    """Where the digits that begin at `at` end."""
    return RUN.match(src.text, at).end()  # type: ignore[union-attr]  # a digit stands there


def plain(src: Source, at: int, end: int) -> Found | None:
    """The whole number or year in `at:end`, nothing before which matters, if a common word or mark follows; else None."""
    width = end - at
    after = src.low[end : end + 4]
    mark = after[:1]
    if width > 4 or (src.text[at] == "0" and width > 1):
        return None
    if mark == " ":
        if after[1:2].isdigit() or (follows(after, src.lang) and not (after in PLACES and not src.low.startswith(TIMELY, end))):
            return None
    elif mark and (mark not in ",;.)" or not at or after[1:2].isdigit() or after[1:2].isalpha()):
        return None
    found = Found(at, end, Number(whole(src.text[at:end])))
    return found if width != 4 else found._replace(value=year_or_number(src, found, end))


def alone(src: Source, at: int, end: int) -> bool:
    """Whether the digits in `at:end` can be no part of a chain of groups, nor glued to what stands before them."""
    if at and src.text[at - 1] != " ":
        return False
    return not (src.text[end : end + 1] in GROUPING and src.text[end + 1 : end + 2].isdigit())


def _read(src: Source, at: int, end: int) -> Read | None:
    """The number in digits that begins at `at`; digits without a mark after them are read at once."""
    one, two = src.text[end : end + 1], src.text[end + 1 : end + 2]
    if end - at <= 3 and (one in VULGAR or two in VULGAR or (one in SPACES and two.isdigit())) and (read := mixed(src, at)):
        return read
    power = one in POWERS or (two in TIMES and one in SPACES)
    if power or (one in MARKED and two.isdigit()) or end - at > 18 or src.text[at] == "0":
        return digits_at(src, at)
    return Read(end, whole(src.text[at:end]))


def _calendar_or_clock(src: Source, at: int, end: int) -> Found | None:
    """A date, time, ordinal or period that begins with the digits at `at`; what follows them says which can be."""
    after = src.low[end : end + 1]
    if not after or after in ",;)%":
        return None
    if end - at == 4 and after == " " and src.lang == "en" and (dated := calendar.year_month(src, at)):
        return dated
    if end - at == 4 and after in " -" and src.low[end + 1 : end + 2] in "tqsh" and (period := periods.year_first(src, at)):
        return period
    if after in "/.-":
        if not src.low[end + 1 : end + 2].isalnum():
            return None
        dated = calendar.numeric_date(src, at) or calendar.day_month(src, at) or slashed(src, at)
        return dated or (clock_at(src, at) if after == "." else None)
    if after in ":h":
        return clock_at(src, at) or periods.swapped_period(src, at)
    if after.isalpha():
        return calendar.day_month(src, at) or clock_at(src, at) or digit_ordinal(src, at) or periods.swapped_period(src, at)
    if end - at > 2 or after not in SPACES:
        return None
    may = follows(src.low[end : end + 4], src.lang)
    dated = calendar.day_month(src, at) if may & MONTH else None
    return dated or (clock_at(src, at) if may & CLOCK else None)


POWERS = frozenset("×x*·^eE.⁻⁰¹²³⁴⁵⁶⁷⁸⁹")  # glued to a number, one of these may begin a power of ten
MINUS = {
    "fr": re.compile(r"(?<!au )(?<!du )(?<!le )(?<!ou )(?<!de )(?<!\w)moins $"),
    "en": re.compile(r"(?<!\d )(?<!or )(?<!\w)(?:minus|(?:^|(?<=[.:;,] )|(?<=is ))negative) $"),
}


def minus_in_words(src: Source, start: int, value: Value) -> Found | None:
    """`moins 80 °C`, `minus 5%`: the word is the sign; French only before a temperature (`moins 5 %` is also less 5%)."""
    if not isinstance(value, Quantity | Percent | Number):
        return None
    left = src.left(start, 14)
    match = MINUS[src.lang].search(left) if left.endswith(("ns ", "us ", "ve ")) else None
    if match is None or (src.lang == "fr" and getattr(value, "unit", "") not in ("Cel", "[degF]", "deg")):
        return None
    amount = replace(value.amount, digits=-value.amount.digits)
    return Found(start - len(left) + match.start(), start, replace(value, amount=amount))


def _grouped(value: Value, tail: str) -> bool:
    """`100.000`, `3.800 m²`: nobody writes three noughts as decimals, nor a last nought of an area or a count."""
    area = isinstance(value, Quantity) and value.unit in ("m2", "km2", "har", "km", "ha")
    return tail == ".000" or (tail[:1] == "." and tail[-1] == "0" and (area or isinstance(value, Number)))


def _as_decimal(value: Value, written: str) -> Value:
    """`1.234` in French where nothing calls for thousands: the decimal that it looks like, still marked ambiguous."""
    if not isinstance(value, Number | Percent | Quantity | Duration):
        return value
    digits = Decimal(written).copy_sign(value.amount.digits)
    return replace(value, amount=replace(value.amount, digits=digits))
