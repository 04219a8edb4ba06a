"""Amounts and ordinals as figures and words of canonical English, without bound, unit or currency."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from pipeline.values.types import Amount

MINUS = "\N{MINUS SIGN}"
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
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def in_figures(amount: Amount) -> Amount:
    """The same amount, written in digits."""
    return replace(amount, words=False) if amount.words else amount


def figure(amount: Amount) -> str:
    """The amount without its bound: `10,000`, `three`, `1.4 billion`, `two thirds`, `2 × 10⁶`."""
    if amount.over != 1:
        return _fraction(amount) + (f" of a {SCALES[amount.scale]}" if amount.scale else "")
    if amount.words:
        words = in_words(amount)
        if words:
            return words
    sign = MINUS if amount.digits.is_signed() else "+" if amount.signed else ""
    return sign + unsigned(amount)


def unsigned(amount: Amount) -> str:
    """The amount in digits without its sign: `1.4 billion`, `2 × 10⁶`."""
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


def in_words(amount: Amount) -> str:
    """In words, where English writes words: whole numbers up to twelve, and a half after them; else ""."""
    if amount.digits.is_signed() or amount.scale == 3:
        return ""
    scale = f" {SCALES[amount.scale]}" if amount.scale else ""
    if scale and amount.digits == Decimal("0.5"):
        return f"half a{scale}"
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
        return f"{above}/{amount.over:,}"
    if amount.over == 2:
        return "half" if above == 1 else f"{SMALL[above]} halves"
    return f"{SMALL[above]} {FRACTIONS[amount.over]}{'s' if above > 1 else ''}"


def _mixed(amount: Amount) -> str:
    """More than one: `2 1/4`, `five and a quarter`."""
    whole, above = divmod(int(amount.digits), amount.over)
    if not amount.words or max(whole, above) > 12 or amount.over not in FRACTIONS:
        return f"{whole} {above}/{amount.over:,}"
    part = FRACTIONS[amount.over]
    return (
        f"{SMALL[whole]} and {'an' if part == 'eighth' else 'a'} {part}"
        if above == 1
        else f"{SMALL[whole]} and {SMALL[above]} {part}s"
    )


def ordinal(n: int) -> str:
    """In words up to twelfth, then with digits.

    >>> ordinal(3), ordinal(13), ordinal(21), ordinal(112)
    ('third', '13th', '21st', '112th')
    """
    return SMALL_ORDINALS[n] if 0 < n <= 12 else suffixed(n)


def suffixed(n: int) -> str:
    """With digits: `1st`, `112th`."""
    suffix = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n:,}{suffix}"
