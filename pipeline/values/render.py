"""Every value in canonical English, by one house style: `docs/values.md`."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Literal

from pipeline.model import Value
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

MINUS = "\N{MINUS SIGN}"
EN_DASH = "\N{EN DASH}"
SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
SMALL_ORDINALS = (
    "",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
)
SCALES = {3: "thousand", 6: "million", 9: "billion", 12: "trillion", 15: "quadrillion", 18: "quintillion"}
FRACTIONS = {
    2: "half",
    3: "third",
    4: "quarter",
    5: "fifth",
    6: "sixth",
    7: "seventh",
    8: "eighth",
    9: "ninth",
    10: "tenth",
    100: "hundredth",
    1000: "thousandth",
}
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
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")

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
        case Time(hour, minute, words):
            return ("midnight" if hour == 0 else "noon") if words else f"{hour}:{minute:02}"
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
            return _hedged(amount, _figure(amount))
        case Percent(amount, points):
            return _hedged(amount, f"{_figure(amount)} {points}" if points else f"{_figure(_in_figures(amount))}%")
        case Money(amount, currency):
            return _hedged(amount, _money(_in_figures(amount), currency))
        case Duration(age=True):
            return "aged " + _hedged(value.amount, _figure(value.amount))
        case Duration(unit="min", one="hour"):
            return _hedged(value.amount, _hours_and_minutes(int(value.amount.exact)))
        case Quantity(attributive=True) | Duration(attributive=True):
            return _hedged(value.amount, f"{_figure(value.amount)}-{value.one}".replace(" ", "-"))
        case Quantity(amount, _, one, many) | Duration(amount, _, one, many):
            return _hedged(amount, f"{_figure(amount)} {one if _singular(amount) else many}")
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


def _in_figures(amount: Amount) -> Amount:
    return replace(amount, words=False) if amount.words else amount


def _figure(amount: Amount) -> str:
    """The amount without its bound: `10,000`, `three`, `1.4 billion`, `two thirds`, `2 × 10⁶`."""
    if amount.over != 1:
        return _fraction(amount)
    if amount.words:
        words = _words(amount)
        if words:
            return words
    sign = MINUS if amount.digits.is_signed() else "+" if amount.signed else ""
    return sign + _unsigned(amount)


def _unsigned(amount: Amount) -> str:
    digits = abs(amount.digits)
    if amount.power is not None:
        power = "10" + str(amount.power).translate(SUPERSCRIPTS)
        return power if str(digits) == "1" else f"{digits:,f} × {power}"
    if amount.scale >= 6:
        return f"{_grouped(digits)} {SCALES[amount.scale]}"
    return _grouped(digits.scaleb(amount.scale) if amount.scale else digits)


def _grouped(digits: Decimal) -> str:
    exponent = digits.as_tuple().exponent
    if isinstance(exponent, int) and exponent > 0:
        digits = digits.quantize(Decimal(1))
    return f"{digits:,f}"


def _words(amount: Amount) -> str:
    """In words, where English writes words: whole numbers up to twelve, and a half after them; else ""."""
    if amount.digits.is_signed() or amount.scale == 3:
        return ""
    scale = f" {SCALES[amount.scale]}" if amount.scale else ""
    whole = int(amount.digits)
    if whole > 12:
        return ""
    if amount.digits == whole:
        return SMALL[whole] + scale
    if amount.digits - whole == Decimal("0.5") and whole and not scale:
        return f"{SMALL[whole]} and a half"
    return ""


def _fraction(amount: Amount) -> str:
    above = int(amount.digits)
    if above > amount.over:
        return _mixed(amount)
    if not amount.words or amount.over not in FRACTIONS or not 0 < above <= 12:
        return f"{above}/{amount.over}"
    if amount.over == 2:
        return "half" if above == 1 else f"{SMALL[above]} halves"
    return f"{SMALL[above]} {FRACTIONS[amount.over]}{'s' if above > 1 else ''}"


def _mixed(amount: Amount) -> str:
    """More than one: `2 1/4`, `five and a quarter`."""
    whole, above = divmod(int(amount.digits), amount.over)
    if not amount.words or whole > 12 or amount.over not in FRACTIONS:
        return f"{whole} {above}/{amount.over}"
    part = FRACTIONS[amount.over]
    return (
        f"{SMALL[whole]} and {'an' if part == 'eighth' else 'a'} {part}"
        if above == 1
        else f"{SMALL[whole]} and {SMALL[above]} {part}s"
    )


def _money(amount: Amount, currency: str) -> str:
    sign = MINUS if amount.digits.is_signed() else "+" if amount.signed else ""
    return sign + SYMBOLS.get(currency, f"{currency} ") + _unsigned(amount)


def ordinal(n: int) -> str:
    """In words up to twelfth, then with digits.

    >>> ordinal(3), ordinal(13), ordinal(21), ordinal(112)
    ('third', '13th', '21st', '112th')
    """
    return SMALL_ORDINALS[n] if 0 < n <= 12 else _suffixed(n)


def _suffixed(n: int) -> str:
    suffix = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n:,}{suffix}"


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
        return f"{_suffixed(period.year or 0)} century"
    if period.part == "fiscal":
        return f"financial year {year}"
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
    if not (_words(ours) and _words(theirs) and ours.words and theirs.words):
        ours, theirs = replace(ours, words=False), replace(theirs, words=False)
    low, high = replace(low, amount=ours), replace(high, amount=theirs)  # type: ignore[call-arg]
    if isinstance(low, Duration) and low.age:
        return _measured(low), _hedged(theirs, _figure(theirs))
    if isinstance(high, Percent) and not high.points and value.form != "dash":
        return _measured(low), _measured(high)
    if isinstance(high, Money):
        return _measured(low), _measured(high)
    bare = _hedged(ours, _figure(ours))
    return bare, _measured(high)


def _elided(low: Date, high: Date) -> Date:
    if low.year != high.year:
        return low
    low = replace(low, year=None) if low.month is not None else low
    return replace(low, month=None) if low.day is not None and low.month == high.month else low
