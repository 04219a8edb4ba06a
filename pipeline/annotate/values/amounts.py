"""Amounts of something: what stands after (or before) a number makes it money, a percentage, a quantity, a duration."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache

from pipeline.annotate.values.after import AMOUNT, MONEY, PERCENTAGE, SCALE, UNIT, follows
from pipeline.annotate.values.cents import with_cents
from pipeline.annotate.values.numerals import Read
from pipeline.annotate.values.source import Source
from pipeline.annotate.values.tables import (
    LONG_SCALE,
    MULTIPLIERS,
    SPACE,
    SPACES,
    Unit,
    alternation,
    counted,
    currency_signs,
    currency_words,
    per,
    symbols,
    unit_words,
)
from pipeline.model import Value
from pipeline.values.types import Amount, Duration, Money, Number, Percent, Quantity

WORD_SCALE = {
    "fr": re.compile(
        rf"(?:{SPACE}|(?=milli[oa]))(mille|millions?|milliards?|billions?|trillions?)(?!\w)(?:{SPACE}(et{SPACE}demi)(?!\w))?"
    ),
    "en": re.compile(rf"{SPACE}?-?(hundred|thousand|million|billion|trillion|bn)(?!\w|-\w)()"),
}
PERCENT = {
    "fr": re.compile(rf"{SPACE}?(?:%|pour(?:{SPACE}|-)?cents?(?!\w))"),
    "en": re.compile(rf"{SPACE}?(?:%|per{SPACE}?cents?(?!\w))"),
}
PERCENT_WORDS = frozenset("%pb")  # pour cent, percent, points, basis points
POINTS = {
    "fr": re.compile(rf"{SPACE}?(?:points?|pts?\b\.?)(?!\w)(?:{SPACE}(de{SPACE}pourcentage|de{SPACE}base)s?)?"),
    "en": re.compile(rf"{SPACE}(?:(percentage|basis){SPACE})?points?(?!\w)"),
}
MINUTES = re.compile(rf"{SPACE}?(?:(?:et|and){SPACE})?(?P<m>[1-5]?\d){SPACE}?(?:min|mn|minutes?)(?!\w)")
NOUN_AFTER = re.compile(r" (?!(?:of|and|or|to|in|at|for|from|by|with|per|is|are|was|on|after|before|ago)(?!\w))[a-z]{3,}")
OF_UNIT = {"fr": re.compile(rf"{SPACE}de(?={SPACE})|{SPACE}d['’]"), "en": re.compile(rf"{SPACE}of(?={SPACE}(?:a|the) )")}
AND_PART = re.compile(r" and (?:a|one) (half|quarter)(?!\w)")
GRAMS = re.compile(rf"{SPACE}(?P<g>[1-9]\d\d)(?=[.;]?(?:$|\s$)|[,;)]|\.\s)")  # 3 kg 200
AND_HALF = re.compile(rf"{SPACE}et{SPACE}demi(?!\w)")
# what a unit may have after it: 2 ans et demi, one hour and a half
HALF = {
    "fr": re.compile(rf"{SPACE}et{SPACE}(?:demie?|un{SPACE}(?P<quarter>quart))(?!\w)"),
    "en": re.compile(r" and (?:(?:a )?half|a (?P<quarter>quarter))(?!\w| (?:of|the|a|an)(?!\w))"),
}


@cache
def _currency(lang: str) -> re.Pattern[str]:
    """A currency after a number, with its multiplier: `M€`, `millions d'euros`, `k EUR`, `bn dollars`."""
    short = alternation(m for m in MULTIPLIERS if len(m) < 4)
    signs = alternation(currency_signs())
    words = alternation(currency_words(lang))
    long = r"mille|millions?|milliards?|billions?|trillions?" if lang == "fr" else r"thousand|million|billion|trillion"
    return re.compile(
        rf"(?:{SPACE}(?P<long>(?i:{long}))(?P<half>{SPACE}et{SPACE}demi)?|{SPACE}?(?P<short>{short})(?![a-z]))?"
        rf"(?:{SPACE}?(?:d['’]|de{SPACE})?)(?:(?P<sign>{signs})(?![A-Za-z])|(?P<word>(?i:{words}))(?!\w))"
    )


@cache
def _unit(lang: str) -> re.Pattern[str]:
    """A unit after a number: a symbol (glued or not) with what it is measured against, or a word."""
    rates = rf"(?:{alternation(per())}|\d{{1,3}}(?:[.,]\d{{1,3}})?{SPACE}?{alternation(w for w in per() if len(w) < 3)})"  # 1 g/8 h
    hyphen = f"{SPACE}?" if lang == "fr" else rf"(?:{SPACE}?|-(?=[a-zA-Zµμ]{{2}}|m[23²³]|[Lg](?!\w)))"  # a 200-mL bag
    things = alternation(counted())
    return re.compile(
        rf"{hyphen}(?P<symbol>{alternation(symbols())})(?P<rate>(?:/{rates}){{1,2}})?"
        rf"(?![\w²³⁴⁵⁶⁷⁸⁹'’]|/(?!\d{{1,2}}{SPACE}?%)|-[a-zA-Z0-9])"
        rf"|(?:[{SPACE[1:-1]}-]|(?=[^\W\d_]{{3}}))(?P<word>{alternation(unit_words(lang))})(?P<word_rate>/{rates})?(?!\w|-\w)"
        rf"|{SPACE}?(?P<count>{things})(?P<per>(?:/{rates}){{1,2}})(?!\w)"
        rf"|{SPACE}?(?P<bare>/(?:{alternation(w for w, (code, _) in per().items() if code in VOLUMES)}))(?![\w/²³])"
    )


VOLUMES = frozenset(("mm3", "cm3", "m3", "uL", "mL", "dL", "L"))  # a bare count is given in these: 17000/mm3


ROUND = re.compile(r"\.[-–—](?!\w)")  # no centimes, as the Swiss write it: CHF 700'000.-
AGAINST = re.compile(rf"([\d.,]+){SPACE}?")
SINGLE = re.compile(r"[mtsWVKh]")  # a letter glued to a number is a unit only where no other reading is likely


def attach(src: Source, read: Read, start: int, currency: tuple[int, str] | None = None) -> tuple[int, Value]:
    """The value that the number read at `start` is, by what stands around it, and where that ends.

    `currency` is what stands before it. Money before percentages before units, so that `5 m€` is not metres. A number
    that nothing follows is a `Number`.
    """
    end, amount = read
    may = AMOUNT
    if currency is None:
        after = src.low[end : end + 4]
        may = follows(after, src.lang) & AMOUNT
        if not may:
            return end, Number(amount)
        if after[0] == "%" or (after[1:2] == "%" and after[0] in SPACES):
            return src.text.index("%", end) + 1, Percent(amount)
    found = prefixed(src, read, currency[1]) if currency else None
    found = found or (_money(src, read) if may & MONEY else None) or (_percentage(src, read) if may & PERCENTAGE else None)
    if found:
        return found
    if amount.words and amount.scale and src.lang == "fr" and (half := AND_HALF.match(src.low, end)):
        amount, end = replace(amount, digits=amount.digits + Decimal("0.5")), half.end()
        return _money(src, Read(end, amount)) or (end, Number(amount))
    scaled = WORD_SCALE[src.lang].match(src.low, end) if may & SCALE else None
    if scaled and not (amount.words and amount.scale):
        amount = _scaled(amount, scaled[1], bool(scaled[2]), src.lang)
        end = scaled.end()
        if of := OF_UNIT[src.lang].match(src.low, end):
            if measured := _measured(src, Read(of.end(), amount)):
                return measured
        elif src.lang == "en" and (part := AND_PART.match(src.low, end)):
            amount, end = replace(amount, digits=amount.digits + Decimal("0.5" if part[1] == "half" else "0.25")), part.end()
    return (_measured(src, Read(end, amount)) if scaled or may & UNIT else None) or (end, Number(amount))


def _scaled(amount: Amount, multiplier: str, half: bool, lang: str = "en") -> Amount:
    digits = amount.digits + Decimal("0.5") if half else amount.digits
    if lang == "fr" and multiplier in LONG_SCALE:
        return replace(amount, digits=digits, scale=amount.scale + LONG_SCALE[multiplier], ambiguous=True)
    scale = MULTIPLIERS[multiplier]
    if scale <= 3:
        thousands = digits.scaleb(scale)
        return amount.with_digits(thousands.quantize(Decimal(1)) if thousands % 1 == 0 else thousands)
    return amount.with_digits(digits, scale)


@cache
def _prefix() -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z])(?P<sign>{alternation(currency_signs())}){SPACE}?[-−+]?$")


@cache
def _after_prefix() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{SPACE}?-?(?P<long>thousand|million|billion|trillion|millions|milliards?)|{SPACE}?(?P<short>mn|m|bn|Bn|b|B|k|K|M|tn|Md))(?!\w)"
    )


def prefixed(src: Source, read: Read, code: str) -> tuple[int, Value]:
    """Money whose currency stands before the number: `£7.5m`, `US$ 20 million`, `CHF 300`."""
    amount, end = read.amount, read.end
    multiplier = _after_prefix().match(src.text, end)
    if multiplier:
        amount = _scaled(amount, multiplier["long"] or multiplier["short"], False)
        end = multiplier.end()
    elif code == "CHF" and (round_sum := ROUND.match(src.text, end)):
        end = round_sum.end()
    return end, Money(amount, code)


@cache
def _last_of_signs() -> frozenset[str]:
    # a sign of the amount may stand between: € -3
    return frozenset(sign[-1] for sign in currency_signs()) | {"-", "−", "+"}


def currency_before(src: Source, start: int) -> tuple[int, str] | None:
    """The currency sign that ends just before `start`: where it begins, and its code."""
    if src.text[max(0, start - 2) : start].strip()[-1:] not in _last_of_signs():
        return None
    match = _prefix().search(src.text, max(0, start - 6), start)
    return (match.start(), currency_signs()[match["sign"]]) if match else None


def _money(src: Source, read: Read) -> tuple[int, Value] | None:
    match = _currency(src.lang).match(src.text, read.end)
    if match is None or src.low.startswith((" cent", " centime"), match.end()):  # 5 euro cents
        return None
    if match["sign"] and src.text[match.end() : match.end() + 1].isdigit() and src.text[match.start("sign") - 1] in SPACES:
        return None  # 3 $10 notes: the sign is the next number's
    amount, end = read.amount, match.end()
    multiplier = (match["long"] or "").lower() or match["short"]
    if multiplier:
        amount = _scaled(amount, multiplier, bool(match["half"]), src.lang)
    elif src.lang == "en" and (after := MILLION_AFTER.match(src.text, end)):  # 75 USD million
        amount, end = _scaled(amount, after[1], False), after.end()
    elif not amount.scale and amount.digits == amount.digits.to_integral_value() and amount.over == 1:
        end, amount = with_cents(src, end, amount)
    code = currency_signs()[match["sign"]] if match["sign"] else currency_words(src.lang)[match["word"].lower()]
    return end, Money(amount, code)


MILLION_AFTER = re.compile(rf"{SPACE}(million|billion)(?!\w)")
SHORT = re.compile(r"(?P<digits>\d{1,9}(?:\.\d{1,3})?)(?P<short>k|K|m|bn)(?!\w)")


def second_money(src: Source, at: int, currency: str) -> tuple[int, Value] | None:
    """The second of two amounts whose currency stands once, before the first: `£38k-45k`."""
    match = SHORT.match(src.text, at)
    return (match.end(), Money(_scaled(Amount(Decimal(match["digits"])), match["short"], False), currency)) if match else None


def in_brackets(src: Source, read: Read) -> tuple[int, Value] | None:
    """The loss that accountants write in brackets before its currency: `(12,6) M€`; None without one."""
    found = _money(src, Read(read.end + 1, replace(read.amount, digits=-read.amount.digits)))
    return found if found and src.text[read.end + 1 : found[0]].strip() else None


def _percentage(src: Source, read: Read) -> tuple[int, Value] | None:
    if src.low[read.end + 1 : read.end + 2] not in PERCENT_WORDS and src.low[read.end : read.end + 1] not in PERCENT_WORDS:
        return None
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
        _unit(src.lang).match(src.low, read.end) if src.text[read.end + 1 : read.end + 2].isupper() else None
    )
    if match and len(match["symbol"] or "") == 1 and src.text[match.end("symbol") - 1] != match["symbol"]:
        return None  # 8675 S. Sandy Parkway
    if match and match["word"] and src.text[match.end() + 1 : match.end() + 2].isupper():
        longer = _unit(src.lang).match(src.low, read.end)  # 70 degrés Celsius
        match = longer if longer and longer["word"] and longer.end() > match.end() else match
    if match is None:
        return None
    glued = match.start() + len(match["symbol"] or "") == match.end() and match["symbol"]
    if glued and SINGLE.fullmatch(match["symbol"]) and match["symbol"] not in ("mth" if src.lang == "fr" else "h"):
        return None
    if glued and match["symbol"] == "h" and src.text[match.end() : match.end() + 1] == ")":
        return None  # alinéa 93.4h)
    if match["count"]:
        code, english = counted()[match["count"]]
        return match.end(), of_unit(read.amount, Unit(code, english, english, False), match["per"])
    if match["bare"]:
        return match.end(), of_unit(read.amount, Unit("", "", "", False), match["bare"])
    unit = symbols()[match["symbol"]] if match["symbol"] else unit_words(src.lang)[match["word"]]
    amount, end = read.amount, match.end()
    if half := HALF[src.lang].match(src.low, end):
        amount, end = replace(amount, digits=amount.digits + Decimal("0.25" if half["quarter"] else "0.5")), half.end()
    rate = match["rate"] or match["word_rate"]
    if unit.code == "h" and not rate and (minutes := MINUTES.match(src.low, end)) and amount.exact % 1 == 0:
        both = amount.exact * 60 + int(minutes["m"])
        return minutes.end(), Duration(Amount(both, bound=amount.bound), "min", "hour", "minutes")
    if unit.code == "kg" and not rate and (grams := GRAMS.match(src.low, end)) and amount.digits == amount.exact:
        amount, end = replace(amount, digits=amount.digits + (Decimal(grams["g"]).scaleb(-3)).normalize()), grams.end()
    value = of_unit(amount, unit, rate or "")
    if src.lang == "en" and match["symbol"] and src.text[match.start()] == "-":
        value = replace(value, attributive=True)  # type: ignore[call-arg]
    if match["word"] and not rate and src.lang == "en" and unit.one != unit.many and _describes(src, match, amount):
        value = replace(value, attributive=True)  # type: ignore[call-arg]
    return end, value


def _describes(src: Source, match: re.Match[str], amount: Amount) -> bool:
    """Whether an English unit stands before its noun: hyphened (a 200-litre tank), or singular after more than one."""
    if src.text[match.start()] == "-":
        return True
    single = not match["word"].endswith(("s", "feet", "hertz")) and amount.exact > 1
    return single and bool(NOUN_AFTER.match(src.low, match.end()))


def _against(written: str) -> tuple[str, str]:
    """The code and the English of what stands behind a stroke: `kg`, `8h`, `0,5 mL`."""
    if written in per():
        return per()[written]
    figure = AGAINST.match(written)
    code, english = per()[written[figure.end() :]]  # type: ignore[union-attr]  # the pattern of units ends with one of these
    number = figure[1].replace(",", ".")  # type: ignore[index]
    return f"{number}.{code}", f"{number} {english}"


def of_unit(amount: Amount, unit: Unit, rate: str = "") -> Value:
    """The quantity or duration that an amount of a unit is, with what it is measured against (`/kg/j` in mg/kg/day)."""
    if rate:
        each = [_against(one) for one in rate[1:].split("/")]
        code, english = ("".join(f"/{one[i]}" for one in each) for i in (0, 1))
        return Quantity(amount, f"{unit.code}{code}", f"{unit.one}{english}", f"{unit.many}{english}")
    if unit.time:
        return Duration(amount, unit.code, unit.one, unit.many)
    return Quantity(amount, unit.code, unit.one, unit.many)
