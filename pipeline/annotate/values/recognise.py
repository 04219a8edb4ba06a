"""Values in a text, in order, without overlap: one cheap scan for triggers, the grammar only where one stands."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from pipeline.annotate.values import calendar, guards, periods
from pipeline.annotate.values.amounts import attach, currency_before, in_brackets
from pipeline.annotate.values.clock import clock_at
from pipeline.annotate.values.counting import digit_ordinal, number_words, ordinal_word, round_number
from pipeline.annotate.values.dateorder import DateOrder
from pipeline.annotate.values.fractions import MAY_MIX, PART, PARTS, mixed, slashed, vulgar
from pipeline.annotate.values.hedges import hedged
from pipeline.annotate.values.numerals import digits_at
from pipeline.annotate.values.quiet import RUN, plain, quiet
from pipeline.annotate.values.ranges import range_from, weekday_and_day
from pipeline.annotate.values.relative import HINTS, with_relatives
from pipeline.annotate.values.source import Found, Source
from pipeline.annotate.values.spoken import clock_word, past_the_hour, time_in_words
from pipeline.annotate.values.tables import SPACE
from pipeline.annotate.values.triggers import kind_of, trigger
from pipeline.annotate.values.years import COUNTED, year_or_number
from pipeline.model import Lang, Mention, Span, Value
from pipeline.values.types import Amount, Date, Duration, Money, Number, Percent, Quantity, Range


def recognise(text: str, lang: Lang, order: DateOrder = DateOrder.DAY_FIRST) -> list[Mention]:
    """The numbers, amounts, dates, periods, times, ordinals and ranges of `text`, in order and without overlap.

    `lang` is the language of the text: French grammar for FR, English for EN, nothing for any other. `order` says how
    an English `03/04/2023` is to be read (French is always day-first). Spans are code points of `text` and cover what
    the English takes the place of: number and unit, not the thing counted; a date without its article.

    Leaves alone: a lone un, une, one; digits glued to letters; labelled numbers (article 14, phase 2, lot 4512); groups
    of digits that group no number (telephones). Never raises; linear in the length of `text`.

    >>> [m.span.of("de 8 à 12 % en 2024") for m in recognise("de 8 à 12 % en 2024", Lang.FR)]
    ['de 8 à 12 %', '2024']
    """
    if lang not in (Lang.FR, Lang.EN):
        return []
    src = Source.of(text, lang.value, order)
    (pattern, kinds), out, at = trigger(src.lang), [], 0
    while match := pattern.search(src.low, at):
        found, resume = _found_at(src, match, kind_of(match, kinds), at)
        if found is not None:
            out.append(Mention(Span(found.start, found.end), found.value))
        at = max(resume, match.start() + 1)
    for hint in HINTS[src.lang]:
        if hint in src.low:
            return with_relatives(src, out)
    return out


def _found_at(src: Source, match: re.Match[str], kind: str, floor: int) -> tuple[Found | None, int]:
    """The value at a trigger, grown to the left and to a range, and where the scan goes on."""
    at, calm = match.start(), False
    if kind == "digit":
        calm = quiet(src, at)
        if calm and (found := plain(src, at)):
            return found._replace(value=year_or_number(src, found, found.end)), found.end
        if end := guards.blocked(src, at):
            return None, end
        found = _digits(src, at, calm)
    else:
        found = _word(src, match, kind)
    if found is None or found.start < floor:
        return None, guards.run_end(src.text, at) if src.low[at].isdigit() else at + 1
    ranged = range_from(src, found, _second)
    if (
        ranged is not None
        and ranged.start >= floor
        and _acceptable(src, Found(ranged.start, ranged.end, _last(ranged)), ranged.value)
    ):
        return hedged(src, periods.qualified(src, ranged), floor), ranged.end
    if calm and found.start == at:
        if not _acceptable(src, found, found.value, calm):
            return None, guards.run_end(src.text, found.end) if guards.trailing(src, found.end) else found.end
        return found, found.end
    if src.lang == "fr" and (dated := weekday_and_day(src, found)) and dated.start >= floor:
        return dated, dated.end
    if not _acceptable(src, found, found.value):
        return None, guards.run_end(src.text, found.end) if guards.trailing(src, found.end) else found.end
    return hedged(src, periods.qualified(src, found), floor), found.end


def _last(found: Found) -> Value:
    return found.value.high if isinstance(found.value, Range) else found.value


def _second(src: Source, at: int) -> Found | None:
    """The second value of a range, which may begin with a digit or a word of the grammar."""
    found = _value_at(src, at)
    return found if found and not (isinstance(found.value, Number) and guards.trailing(src, found.end)) else None


def _value_at(src: Source, at: int) -> Found | None:
    """The value that begins at `at`, with sign and currency before it."""
    if src.low[at : at + 1].isdigit():
        return _digits(src, at)
    pattern, kinds = trigger(src.lang)
    match = pattern.match(src.low, at)
    return _word(src, match, kind_of(match, kinds)) if match else None


def _word(src: Source, match: re.Match[str], kind: str) -> Found | None:
    """The value that begins with a word of the grammar."""
    at, end = match.span()
    if kind == "code":
        return _digits(src, end)  # EUR29,99
    if kind == "month":
        return calendar.month_at(src, at)
    if kind == "ordinal":
        return ordinal_word(src, at, end)
    if kind == "halves":
        return periods.short_period(src, at)
    if kind == "clock":
        return clock_word(src, at, end)
    if kind == "vulgar":
        end, value = attach(src, vulgar(src, at), at)
        return Found(at, end, value)
    if kind == "half":
        part = src.low[at:end].removeprefix("le ")
        return Found(at, end, Number(Amount(Decimal(1), over=PARTS.get(part, 2), words=True)))
    if kind == "roman":
        return periods.roman_century(src, at)
    if kind == "one":
        return _one(src, at)
    found = number_words(src, at)
    if found and src.lang == "en" and isinstance(found.value, Quantity | Percent | Number):
        minus = _minus_in_words(src, at, found.value)
        return minus._replace(end=found.end) if minus else found
    return found


def _one(src: Source, at: int) -> Found | None:
    """A `un`, `one` or `a` that counts, because of the word after it."""
    if src.lang == "fr":
        return round_number(src, at) or _counting_one(src, at, " à ")
    past = PAST_HOUR.match(src.low, at)
    if past:
        return past_the_hour(src, at, past.end(), 30 if past[0].startswith("half") else 15)
    article = re.compile(rf"an? ({PART})").match(src.low, at)
    if article:
        return Found(at, article.end(), Number(Amount(Decimal(1), over=PARTS[article[1]], words=True)))
    return _counting_one(src, at, " to ")


def _counting_one(src: Source, at: int, to: str) -> Found | None:
    """One of something (`un an`), a part (`un tiers de`), or the start of a range (`un à deux ans`); never a bare 1."""
    found = number_words(src, at, lone_one=True)
    if found and isinstance(found.value, Number) and found.value.amount == ONE and not src.low.startswith(to, found.end):
        return None
    return found


PAST_HOUR = re.compile(r"(?:half|(?:a )?quarter) past ")
ONE = Amount(Decimal(1), words=True)


def _calendar_or_clock(src: Source, at: int) -> Found | None:
    """A date, time, ordinal or period that begins with the digits at `at`; what follows them says which can be."""
    end = RUN.match(src.text, at).end()  # type: ignore[union-attr]  # a digit stands there
    after = src.low[end : end + 1]
    if not after:
        return None
    if after in "/.-":
        dated = calendar.numeric_date(src, at) or calendar.day_month(src, at) or slashed(src, at)
        return dated or (clock_at(src, at) if after == "." else None)
    if after in ":h":
        return clock_at(src, at) or periods.swapped_period(src, at)
    if after.isalpha():
        return calendar.day_month(src, at) or clock_at(src, at) or digit_ordinal(src, at) or periods.swapped_period(src, at)
    two = src.low[end + 1 : end + 3]
    if end - at <= 2 and after.isspace() and two[:1].isalpha():
        dated = calendar.day_month(src, at) if two in calendar.month_starts(src.lang) else None
        return dated or (clock_at(src, at) if two[0] in "hap" else None)
    return None


def _digits(src: Source, at: int, calm: bool = False) -> Found | None:
    """A value that begins with a digit; `calm` where nothing before it can belong to it."""
    found = _calendar_or_clock(src, at)
    if found:
        return found
    read = (mixed(src, at) if MAY_MIX.match(src.text, at) else None) or digits_at(src, at)
    if read is None:
        return None
    if src.low[read.end : read.end + 2] in (" h", " o", " p") and (told := time_in_words(src, at, read)):
        return told
    start, sign = (at, "") if calm else guards.sign(src, at)
    currency = None if calm else currency_before(src, start)
    if currency:
        start, sign = (currency[0], sign) if sign else guards.sign(src, currency[0])
    if sign:
        signed = replace(read.amount, digits=read.amount.digits.copy_negate()) if sign == "-" else replace(read.amount, signed=True)
        read = read._replace(amount=signed)
    if src.text[read.end : read.end + 1] == ")" and src.text[start - 1 : start] == "(" and not sign and not currency:
        loss = in_brackets(src, read)
        if loss is not None:
            return Found(start - 1, *loss)
    end, value = attach(src, read, at, currency)
    if (
        read.amount.ambiguous
        and "." in src.text[at : read.end]
        and not isinstance(value, Money)
        and not COUNTED.match(src.low, end)
    ):
        value = _as_decimal(value, src.text[at : read.end])
    if not (calm or sign) and isinstance(value, Quantity | Percent | Number) and (minus := _minus_in_words(src, start, value)):
        return minus._replace(end=end)
    return Found(start, end, year_or_number(src, Found(start, end, value), read.end))


MINUS = {
    "fr": re.compile(r"(?<!au )(?<!du )(?<!le )(?<!ou )(?<!de )(?<!\w)moins $"),
    "en": re.compile(r"(?<!\d )(?<!or )(?<!\w)(?:minus|(?:^|(?<=[.:;,] )|(?<=is ))negative) $"),
}


def _minus_in_words(src: Source, start: int, value: Quantity | Percent | Number) -> Found | None:
    """`moins 80 °C`, `minus 5%`: the word is the sign; French only before a temperature (`moins 5 %` is also less 5%)."""
    left = src.left(start, 14)
    match = MINUS[src.lang].search(left) if left.endswith(("ns ", "us ", "ve ")) else None
    if match is None or (src.lang == "fr" and getattr(value, "unit", "") not in ("Cel", "[degF]", "deg")):
        return None
    amount = replace(value.amount, digits=-value.amount.digits)
    return Found(start - len(left) + match.start(), start, replace(value, amount=amount))


def _as_decimal(value: Value, written: str) -> Value:
    """`1.234` in French where nothing calls for thousands: the decimal that it looks like, still marked ambiguous."""
    if not isinstance(value, Number | Percent | Quantity | Duration):
        return value
    digits = Decimal(written).copy_sign(value.amount.digits)
    return replace(value, amount=replace(value.amount, digits=digits))


POSTCODE = re.compile(rf"\d{{5}}(?:{SPACE}[A-ZÉÈÎÂ]|{SPACE}?$)")
MARKER = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)](?:\s|$)")


def _acceptable(src: Source, found: Found, whole: Value, calm: bool = False) -> bool:
    """Whether nothing around makes an identifier of it; only bare numbers and years are ever in doubt."""
    if not isinstance(found.value, Number | Date) or (isinstance(found.value, Date) and (found.value.month or found.value.day)):
        return True
    if guards.trailing(src, found.end) and not (isinstance(found.value, Date) and src.text[found.end : found.end + 1] in "-–/."):
        return False
    if isinstance(found.value, Date):
        glued = src.text[found.end : found.end + 2]
        return not (glued[:1] in ("-", "/", "–") and glued[1:2].isalnum() and not glued[1:2].islower())
    surface = src.text[found.start : found.end]
    if not surface[-1:].isdigit() or not surface.isascii():
        return True
    if isinstance(whole, Range) and whole.form == "dash":
        return bool(re.match(rf"{SPACE}[a-zàâçéèêîôû]{{2,}}", src.text[found.end : found.end + 4]))
    if found.start == 0 and MARKER.match(src.text):
        return False
    if surface.isdigit() and (len(surface) >= 7 or POSTCODE.match(src.text, found.start)):
        return False
    return calm or not guards.labelled(src, found.start)
