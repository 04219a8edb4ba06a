"""Every value in canonical English, by one house style: `docs/values.md`."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from pipeline.model import Value
from pipeline.values.figures import MINUS, figure, in_figures, in_words, ordinal, suffixed, unsigned
from pipeline.values.types import (
    Amount,
    Bound,
    Date,
    Duration,
    Money,
    Number,
    Ordinal,
    Percent,
    Period,
    Quantity,
    Range,
    Relative,
    Time,
)
from pipeline.values.verbatim import Name, Verbatim

EN_DASH = "\N{EN DASH}"
SIGNS = {Bound.LESS: "< ", Bound.MORE: "> ", Bound.AT_MOST: "≤ ", Bound.AT_LEAST: "≥ ", Bound.PLUS_MINUS: "± "}
SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥"}
MONTHS = (
    "",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
DAYS = ("", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Dates = Literal["long", "iso"]


def render(value: Value, dates: str = "long") -> str:
    """The canonical English of a value; `dates="iso"` writes whole dates and months of a year as ISO 8601.

    >>> from decimal import Decimal
    >>> render(Money(Amount(Decimal("-4.49"), scale=6), "EUR"))
    '−€4.49 million'
    >>> render(Date(2023, 12, 1)), render(Date(2023, 12, 1), dates="iso")
    ('1 December 2023', '2023-12-01')

    Lower case throughout (`about 100`): whoever writes it at the start of a sentence gives it its capital. What is kept
    letter by letter (`Verbatim`, `Name`) comes back as it is. Raises TypeError for an unknown type of value.
    """
    match value:
        case Range():
            return _range(value, dates)
        case Date():
            return _date(value, dates)
        case Period():
            return _period(value)
        case Time(hour, minute, words, second):
            tail = "" if second is None else f":{second:02}"
            return ("midnight" if hour == 0 else "noon") if words else f"{hour}:{minute:02}{tail}"
        case Ordinal(n):
            return ordinal(n)
        case Relative(english):
            return english
        case Verbatim(text, _, english):
            return english or text
        case Name(text):
            return text
    return _measured(value)


def _measured(value: Value) -> str:
    match value:
        case Number(amount):
            return _hedged(amount, figure(amount))
        case Percent(amount, points):
            return _hedged(amount, f"{figure(amount)} {points}" if points else f"{figure(in_figures(amount))}%")
        case Money(amount, currency):
            return _hedged(amount, _money(in_figures(amount), currency))
        case Duration(age=True):
            return "aged " + _hedged(value.amount, figure(value.amount))
        case Duration(unit="min", one="hour"):
            return _hedged(value.amount, _hours_and_minutes(int(value.amount.exact)))
        case Quantity(attributive=True) | Duration(attributive=True):
            return _hedged(value.amount, f"{figure(value.amount)}-{value.one}".replace(" ", "-"))
        case Quantity(amount, _, one) | Duration(amount, _, one) if amount.over != 1 and amount.words and amount.digits == 1:
            part = f"{figure(amount)}{'' if amount.over == 2 else ' of'} {'an' if one == 'hour' else 'a'} {one}"
            return _hedged(amount, part)  # half an hour, one quarter of a litre
        case Quantity(amount, _, one, many) | Duration(amount, _, one, many):
            unit = one if _singular(amount) else many
            return _hedged(amount, f"{figure(amount)}{'' if unit[:1] == '/' else ' '}{unit}")  # 17,000/mm³
    raise TypeError(f"cannot render {type(value).__name__}")


def _hours_and_minutes(minutes: int) -> str:
    hours, minutes = divmod(minutes, 60)
    return f"{hours} hour{'' if hours == 1 else 's'} {minutes} minute{'' if minutes == 1 else 's'}"


def _hedged(amount: Amount, figure: str) -> str:
    if amount.bound is Bound.ABOUT or amount.hedge:
        return f"{amount.hedge or 'about'} {figure}"
    return SIGNS.get(amount.bound, "") + figure


def _singular(amount: Amount) -> bool:
    if amount.over != 1:
        return amount.digits <= amount.over
    return amount.exact == 1 and (amount.words or amount.digits == amount.digits.to_integral_value())


def _money(amount: Amount, currency: str) -> str:
    sign = MINUS if amount.digits.is_signed() else "+" if amount.signed else ""
    return sign + SYMBOLS.get(currency, f"{currency} ") + unsigned(amount)


def _date(date: Date, dates: str) -> str:
    weekday = f"{DAYS[date.weekday]} " if date.weekday else ""
    if dates == "iso" and date.year is not None and date.month is not None:
        return f"{weekday}{date.year:04}-{date.month:02}" + (f"-{date.day:02}" if date.day is not None else "")
    parts = [str(date.day) if date.day else "", MONTHS[date.month or 0], str(date.year) if date.year is not None else ""]
    return weekday + " ".join(p for p in parts if p)


def _period(period: Period) -> str:
    year = "" if period.year is None else str(period.year)
    if period.to_year:
        year += f"{EN_DASH}{period.to_year}"
    if period.part == "decade":
        return f"{year}s"
    if period.part == "century":
        return f"{suffixed(period.year or 0)} century"
    if period.part == "fiscal":
        return f"financial year {year}"
    if period.part[0] == "W":
        return f"week {int(period.part[1:])} of {year}"
    if period.part[0] in "QH":
        if period.form != "words":
            return f"{period.part} {year}".strip()
        words = f"{ordinal(int(period.part[1]))} {'quarter' if period.part[0] == 'Q' else 'half'}"
        return f"{words} of {year}" if year else words
    base = f"{MONTHS[period.month or 0]} {year}".strip()
    if period.part == "mid":
        return f"mid-{base}"
    noun = {"early": "beginning", "late": "end"}.get(period.part)
    if noun and period.form:
        return f"{'the ' if period.form == 'the' else ''}{noun} of {base}"
    return f"{period.part} {base}".strip()


def _range(value: Range, dates: str) -> str:
    low, high = _ends(value, dates)
    if value.form == "dash":
        tight = (
            low[-1:].isdigit()
            and (high[:1].isdigit() or high[:1] in SYMBOLS.values())
            and " " not in low.removeprefix(_hedge_of(value.low))
        )
        return f"{low}{EN_DASH}{high}" if tight else f"{low} {EN_DASH} {high}"
    if value.form == "between":
        return f"between {low} and {high}"
    return f"{'from ' if value.form == 'from' else ''}{low} to {high}"


def _hedge_of(value: Value) -> str:
    amount = getattr(value, "amount", None)
    return f"{amount.hedge or 'about'} " if amount and amount.bound is Bound.ABOUT else ""


def _ends(value: Range, dates: str) -> tuple[str, str]:
    """Both ends as written: what they share (unit, month, year) stands once, at the second; one in digits, both in digits."""
    low, high = value.low, value.high
    if isinstance(low, Date) and isinstance(high, Date):
        if dates == "long":
            low = _elided(low, high)
        return _date(low, dates), _date(high, dates)
    ours, theirs = getattr(low, "amount", None), getattr(high, "amount", None)
    if ours is None or theirs is None:
        return render(low, dates), render(high, dates)
    if not (in_words(ours) and in_words(theirs) and ours.words and theirs.words):
        ours, theirs = replace(ours, words=False), replace(theirs, words=False)
    low, high = replace(low, amount=ours), replace(high, amount=theirs)  # type: ignore[call-arg]
    if isinstance(low, Duration) and low.age:
        return _measured(low), _hedged(theirs, figure(theirs))
    if isinstance(high, Percent) and not high.points and value.form != "dash":
        return _measured(low), _measured(high)
    if isinstance(high, Money):
        return _measured(low), _measured(high)
    bare = _hedged(ours, figure(ours))
    return bare, _measured(high)


def _elided(low: Date, high: Date) -> Date:
    if low.year != high.year:
        return low
    low = replace(low, year=None) if low.month is not None else low
    return replace(low, month=None) if low.day is not None and low.month == high.month else low
