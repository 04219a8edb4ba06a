"""What two writings of one value have in common: a short string that is equal exactly when the values are."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from pipeline.model import Value
from pipeline.values.types import Amount, Date, Duration, Money, Number, Ordinal, Percent, Period, Quantity, Range, Relative, Time
from pipeline.values.verbatim import Name, Verbatim


def identity(value: Value) -> str:
    """The value without its writing: language, words or digits, group marks, hedge and weekday do not show in it.

    >>> from decimal import Decimal
    >>> identity(Money(Amount(Decimal("50"), scale=6), "EUR"))
    'money:50000000:EUR'
    >>> identity(Date(2023, 12))
    'date:2023-12'

    Decimal places are not part of it either ("1,50" and "1.5" are one value); `render` keeps them as written.
    Raises TypeError for a value of a type that this file does not know.
    """
    match value:
        case Number(amount):
            return f"number:{number(amount)}"
        case Percent(amount, points):
            return f"{'points' if points else 'percent'}:{number(amount)}"
        case Quantity(amount, unit):
            return f"quantity:{number(amount)}:{unit}"
        case Duration(amount, unit):
            return f"duration:{number(amount)}:{unit}"
        case Money(amount, currency):
            return f"money:{number(amount)}:{currency}"
        case Date():
            return f"date:{edtf(value)}"
        case Relative(_, unit, offset, which):
            return f"relative:{unit}{f'-{which:02}' if which else ''}:{offset:+}"
        case Period():
            return f"period:{edtf(value)}"
        case Time():
            return f"time:{clock(value)}"
        case Ordinal(n):
            return f"ordinal:{n}"
        case Range(low, high):
            return f"range:{identity(low)}..{identity(high)}"
        case Verbatim(text):
            return f"verbatim:{' '.join(text.split())}"
        case Name(text):
            return f"name:{' '.join(text.split())}"
    raise TypeError(f"no identity for {type(value).__name__}")


def clock(value: Time) -> str:
    """The time in ISO 8601, with seconds where they are written and not nought: 14:30, 14:30:05."""
    return f"{value.hour:02}:{value.minute:02}" + (f":{value.second:02}" if value.second else "")


@lru_cache(maxsize=4096)  # equal amounts have the same number, whatever zeros they end on
def number(amount: Amount) -> str:
    """The amount as a plain decimal string or a reduced fraction, after the sign of its bound.

    >>> from decimal import Decimal
    >>> number(Amount(Decimal("2"), over=4)), number(Amount(Decimal("1.50"), scale=6))
    ('1/2', '1500000')
    """
    exact = amount.exact
    if amount.over != 1:
        reduced = Fraction(exact) / amount.over
        return f"{amount.bound}{reduced}"
    text = f"{exact:f}" if abs(exact.adjusted()) < 40 else f"{exact:E}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{amount.bound}{'0' if text == '-0' else text}"


def edtf(value: Date | Period) -> str:
    """The date or period in ISO 8601 / EDTF where that has a form for it: 2023-12, --10-07, 2024-Q3, 201X, XXI.

    EDTF has no word for early, mid, late and during; these follow the date after a colon. Seasons are EDTF's 21 to 24.
    """
    if isinstance(value, Date):
        return _day(value.year, value.month, value.day)
    if value.part == "decade" and value.year is not None:
        return f"{value.year // 10}X"
    if value.part == "century":
        return f"C{value.year}"
    if value.part == "fiscal":
        return f"FY{value.year}" + (f"/{value.to_year}" if value.to_year else "")
    if value.part in SEASONS:
        season = f"{value.year or '-'}-{SEASONS[value.part]}"
        return season + (f"/{value.to_year}" if value.to_year else "")
    if value.part in ("early", "mid", "late", "during"):
        return f"{_day(value.year, value.month, None)}:{value.part}"
    return f"{value.year or '-'}-{value.part}"


SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}


def _day(year: int | None, month: int | None, day: int | None) -> str:
    out = f"{year:04}" if year is not None else "-"
    if month is not None:
        out += f"-{month:02}"
    elif day is not None:
        out += "-XX"
    if day is not None:
        out += f"-{day:02}"
    return out
