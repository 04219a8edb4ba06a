"""Amounts of something: what stands after (or before) a number makes it money, a percentage, a quantity, a duration."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache

from pipeline.annotate.values.numerals import Read
from pipeline.annotate.values.source import Source
from pipeline.annotate.values.tables import SPACE, Unit, alternation, currency_signs, currency_words, per, symbols, unit_words
from pipeline.model import Value
from pipeline.values.types import Amount, Duration, Money, Number, Percent, Quantity

MULTIPLIERS = {
    "k": 3, "K": 3, "mille": 3, "thousand": 3,
    "M": 6, "m": 6, "mn": 6, "Mn": 6, "mln": 6, "million": 6, "millions": 6,
    "Md": 9, "Mds": 9, "md": 9, "mds": 9, "Mrd": 9, "Mrds": 9, "bn": 9, "Bn": 9, "B": 9, "b": 9, "milliard": 9,
    "milliards": 9, "billion": 9,
    "billions": 9, "trillion": 12, "tn": 12,
}  # fmt: skip
WORD_SCALE = {
    "fr": re.compile(rf"{SPACE}(mille|millions?|milliards?)(?!\w)(?:{SPACE}(et{SPACE}demi)(?!\w))?"),
    "en": re.compile(rf"{SPACE}?-?(thousand|million|billion|trillion|bn)(?!\w)()"),
}
PERCENT = {
    "fr": re.compile(rf"{SPACE}?(?:%|pour{SPACE}cent(?!\w))"),
    "en": re.compile(rf"{SPACE}?(?:%|per{SPACE}?cent(?!\w))"),
}
POINTS = {
    "fr": re.compile(rf"{SPACE}?(?:points?|pts?\b\.?)(?!\w)(?:{SPACE}(de{SPACE}pourcentage|de{SPACE}base)s?)?"),
    "en": re.compile(rf"{SPACE}(?:(percentage|basis){SPACE})?points?(?!\w)"),
}
AND_HALF = re.compile(rf"{SPACE}et{SPACE}demi(?!\w)")
HALF = re.compile(rf"{SPACE}et{SPACE}demie?(?!\w)")


@cache
def _currency(lang: str) -> re.Pattern[str]:
    """A currency after a number, with its multiplier: `M€`, `millions d'euros`, `k EUR`, `bn dollars`."""
    short = alternation(m for m in MULTIPLIERS if len(m) < 4)
    signs = alternation(currency_signs())
    words = alternation(currency_words(lang))
    long = r"mille|millions?|milliards?" if lang == "fr" else r"thousand|million|billion|trillion"
    return re.compile(
        rf"(?:{SPACE}(?P<long>(?i:{long}))(?P<half>{SPACE}et{SPACE}demi)?|{SPACE}?(?P<short>{short})(?![a-z]))?"
        rf"(?:{SPACE}?(?:d['’]|de{SPACE})?)(?:(?P<sign>{signs})(?![A-Za-z])|(?P<word>(?i:{words}))(?!\w))"
    )


@cache
def _unit(lang: str) -> re.Pattern[str]:
    """A unit after a number: a symbol (glued or not) with what it is measured against, or a word."""
    rates = alternation(per())
    cells = "cellules?|particules?" if lang == "fr" else "cells?|particles?"
    return re.compile(
        rf"{SPACE}?(?P<symbol>{alternation(symbols())})(?P<rate>/{rates})?(?![\w²³⁴⁵⁶⁷⁸⁹'’/]|-[a-zA-Z0-9])"
        rf"|[{SPACE[1:-1]}-](?P<word>{alternation(unit_words(lang))})(?P<word_rate>/{rates})?(?!\w|-\w)"
        rf"|{SPACE}(?P<count>{cells})/(?P<per>{rates})(?!\w)"
    )


SINGLE = re.compile(r"[mtsWVKh]")  # a letter glued to a number is a unit only where no other reading is likely


def attach(src: Source, read: Read, start: int) -> tuple[int, Value]:
    """The value that the number read at `start` is, by what follows it, and where that ends.

    Money before percentages before units, so that `5 m€` is not metres. A number that nothing follows is a `Number`.
    """
    end, amount = read
    found = prefixed(src, read, start) or _money(src, read) or _percentage(src, read)
    if found:
        return found
    if amount.words and amount.scale and src.lang == "fr" and (half := AND_HALF.match(src.low, end)):
        amount, end = replace(amount, digits=amount.digits + Decimal("0.5")), half.end()
        return _money(src, Read(end, amount)) or (end, Number(amount))
    scaled = WORD_SCALE[src.lang].match(src.low, end)
    if scaled and not (amount.words and amount.scale):
        amount = _scaled(amount, scaled[1], bool(scaled[2]))
        end = scaled.end()
    return _measured(src, Read(end, amount)) or (end, Number(amount))


def _scaled(amount: Amount, multiplier: str, half: bool) -> Amount:
    digits = amount.digits + Decimal("0.5") if half else amount.digits
    scale = MULTIPLIERS[multiplier]
    if scale == 3:
        return replace(amount, digits=digits.scaleb(3).quantize(Decimal(1)) if digits.scaleb(3) % 1 == 0 else digits.scaleb(3))
    return replace(amount, digits=digits, scale=amount.scale + scale)


@cache
def _prefix() -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z])(?P<sign>{alternation(currency_signs())}){SPACE}?[-−+]?$")


@cache
def _after_prefix() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{SPACE}?-?(?P<long>thousand|million|billion|trillion|millions|milliards?)|{SPACE}?(?P<short>mn|m|bn|Bn|b|B|k|K|M|tn|Md))(?!\w)"
    )


def prefixed(src: Source, read: Read, start: int) -> tuple[int, Value] | None:
    """Money whose currency stands before the number: `£7.5m`, `US$ 20 million`, `CHF 300`."""
    sign = currency_before(src, start)
    if sign is None:
        return None
    amount, end = read.amount, read.end
    multiplier = _after_prefix().match(src.text, end)
    if multiplier:
        amount = _scaled(amount, multiplier["long"] or multiplier["short"], False)
        end = multiplier.end()
    return end, Money(amount, sign[1])


def currency_before(src: Source, start: int) -> tuple[int, str] | None:
    """The currency sign that ends just before `start`: where it begins, and its code."""
    if not src.text[max(0, start - 2) : start].strip():
        return None
    match = _prefix().search(src.text, max(0, start - 6), start)
    return (match.start(), currency_signs()[match["sign"]]) if match else None


def _money(src: Source, read: Read) -> tuple[int, Value] | None:
    match = _currency(src.lang).match(src.text, read.end)
    if match is None:
        return None
    amount = read.amount
    multiplier = (match["long"] or "").lower() or match["short"]
    if multiplier:
        amount = _scaled(amount, multiplier, bool(match["half"]))
    code = currency_signs()[match["sign"]] if match["sign"] else currency_words(src.lang)[match["word"].lower()]
    return match.end(), Money(amount, code)


def _percentage(src: Source, read: Read) -> tuple[int, Value] | None:
    match = PERCENT[src.lang].match(src.low, read.end)
    if match:
        return match.end(), Percent(read.amount)
    match = POINTS[src.lang].match(src.low, read.end)
    if match is None:
        return None
    said = match[1] or ""
    one = read.amount.exact == 1 and read.amount.digits == 1
    kind = (
        "percentage "
        if said.startswith(("percentage", "de pourcentage")) or said.endswith("pourcentage")
        else "basis "
        if said
        else ""
    )
    return match.end(), Percent(read.amount, f"{kind}point{'' if one else 's'}")


def _measured(src: Source, read: Read) -> tuple[int, Value] | None:
    match = _unit(src.lang).match(src.text, read.end) or (
        _unit(src.lang).match(src.low, read.end) if src.text[read.end + 1 : read.end + 3].isupper() else None
    )
    if match is None:
        return None
    glued = match.start() + len(match["symbol"] or "") == match.end() and match["symbol"]
    if glued and SINGLE.fullmatch(match["symbol"]) and not (src.lang == "fr" and match["symbol"] in "mt"):
        return None
    if match["count"]:
        base = "cell" if match["count"].startswith("cell") else "particle"
        code, english = per()[match["per"]]
        return match.end(), Quantity(read.amount, f"{{{base}s}}/{code}", f"{base}s/{english}", f"{base}s/{english}")
    unit = symbols()[match["symbol"]] if match["symbol"] else unit_words(src.lang)[match["word"]]
    amount, end = read.amount, match.end()
    half = HALF.match(src.low, end) if src.lang == "fr" else None
    if half:
        amount, end = replace(amount, digits=amount.digits + Decimal("0.5")), half.end()
    rate = match["rate"] or match["word_rate"]
    return end, of_unit(amount, unit, rate[1:] if rate else "")


def of_unit(amount: Amount, unit: Unit, rate: str = "") -> Value:
    """The quantity or duration that an amount of a unit is, with what it is measured against (`kg` in mg/kg)."""
    if rate:
        code, english = per()[rate]
        return Quantity(amount, f"{unit.code}/{code}", f"{unit.one}/{english}", f"{unit.many}/{english}")
    if unit.time:
        return Duration(amount, unit.code, unit.one, unit.many)
    return Quantity(amount, unit.code, unit.one, unit.many)
