"""Values in a text, in order, without overlap: one cheap scan for triggers, the grammar only where one stands."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.annotate.values import calendar, guards, periods
from pipeline.annotate.values.amounts import attach, of_unit
from pipeline.annotate.values.before import AGE, BRACKET, HEDGE, LABEL, PERIOD, SIGN, WEEKDAY, before
from pipeline.annotate.values.counting import number_words, ordinal_word, round_number
from pipeline.annotate.values.dateorder import DateOrder
from pipeline.annotate.values.digits import alone, digit_value, digits_end, minus_in_words, plain
from pipeline.annotate.values.fractions import PART, PARTS, vulgar
from pipeline.annotate.values.hedges import hedged
from pipeline.annotate.values.numerals import Read
from pipeline.annotate.values.ranges import may_join, range_from, weekday_and_day
from pipeline.annotate.values.relative import HINTS, with_relatives
from pipeline.annotate.values.sharing import with_shared_units
from pipeline.annotate.values.source import Found, Source
from pipeline.annotate.values.spoken import clock_word, past_the_hour
from pipeline.annotate.values.tables import SPACE, unit_words
from pipeline.annotate.values.triggers import trigger, unlisted
from pipeline.annotate.values.years import with_year_in_words
from pipeline.model import Lang, Mention, Span, Value
from pipeline.values.types import Amount, Date, Duration, Number, Range


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
    (word, gap, kinds), low, out, at = trigger(src.lang), src.low, [], 0
    match = word.match(low) or gap.search(low)
    while match:
        start, end = match.span(1)
        found, resume = _found_at(src, start, end, kinds.get(match[1]) or unlisted(match[1]), at)
        if found is not None:
            out.append(Mention(Span(found.start, found.end), found.value))
        at = resume if resume > start else start + 1
        match = gap.search(low, at - 1)
    if len(out) > 1 and any(map(src.low.__contains__, AND[src.lang])):
        out = with_shared_units(src, out)
    if src.lang == "fr" and (", 20" in text or ", 19" in text):
        out = _with_english_dates(text, out)
    return with_relatives(src, out) if any(map(src.low.__contains__, HINTS[src.lang])) else out


ENGLISH_DATE = re.compile(
    r"(?<!\w)(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r" \d{1,2}(?:st|nd|rd|th)?, (?:19|20)\d\d(?!\w)"
)


def _with_english_dates(text: str, found: list[Mention]) -> list[Mention]:
    """The mentions of a French text with the dates that it gives as English does, as below a post: `November 5, 2020`."""
    for match in ENGLISH_DATE.finditer(text):
        for date in recognise(match[0], Lang.EN):
            span = Span(match.start() + date.span.start, match.start() + date.span.end)
            found = sorted([*(m for m in found if not m.span.overlaps(span)), Mention(span, date.value)], key=lambda m: m.span)
    return found


def _found_at(src: Source, at: int, end: int, kind: str, floor: int) -> tuple[Found | None, int]:
    """The value at a trigger, grown to the left and to a range, and where the scan goes on."""
    if kind == "digit":
        flags, end = before(src, at), digits_end(src, at)
        if not flags & (SIGN | BRACKET) and (found := plain(src, at, end)):
            return _plain_grown(src, found, flags, floor) if flags else found, end
        if not alone(src, at, end) and (end_of_code := guards.blocked(src, at)):
            return None, end_of_code
        found = digit_value(src, at, flags, end)
    else:
        found = _word(src, at, end, kind)
    if found and isinstance(found.value, Date) and src.lang == "en" and found.value.month and not found.value.year:
        found = with_year_in_words(src, found)
    if found and found.start < floor and kind == "digit":
        found = digit_value(src, at, 0, end)  # 10 $ 30 $: the first sign is the number's before it
    if found is None or found.start < floor:
        return None, guards.run_end(src.text, at) if kind == "digit" else at + 1
    return _grown(src, found, floor, flags if found.start == at and kind == "digit" else before(src, found.start))


def _plain_grown(src: Source, found: Found, flags: int, floor: int) -> Found | None:
    """A plain number or year with the words before it that `flags` tells of; None for one with a label."""
    if flags & WEEKDAY and src.lang == "fr" and (dated := weekday_and_day(src, found)) and dated.start >= floor:
        return dated
    if flags & LABEL and isinstance(found.value, Number) and guards.labelled(src, found.start):
        return None
    if flags & PERIOD:
        found = periods.qualified(src, found)
    return hedged(src, found, floor) if flags & (HEDGE | AGE) else found


def _grown(src: Source, found: Found, floor: int, flags: int) -> tuple[Found | None, int]:
    """The value with what stands before it and belongs to it, or the range that it begins, and where the scan goes on."""
    ranged = range_from(src, found, _second) if may_join(src, found) else None
    if ranged is None and not flags and not isinstance(found.value, DOUBTFUL):
        return found, found.end
    if ranged and ranged.start >= floor and _acceptable(src, Found(ranged.start, ranged.end, _last(ranged)), ranged.value):
        found, flags = ranged, flags if ranged.start == found.start else before(src, ranged.start)
    elif flags & WEEKDAY and src.lang == "fr" and (dated := weekday_and_day(src, found)) and dated.start >= floor:
        return dated, dated.end
    elif not _acceptable(src, found, found.value):
        return None, guards.run_end(src.text, found.end) if guards.trailing(src, found.end) else found.end
    end = found.end
    if flags & PERIOD:
        found = periods.qualified(src, found)
    return hedged(src, found, floor) if flags & (HEDGE | AGE) else found, end


AND = {"fr": (" et ", " ou "), "en": (" and ", " or ")}
DOUBTFUL = (Number, Date)  # what may be part of an identifier


def _last(found: Found) -> Value:
    return found.value.high if isinstance(found.value, Range) else found.value


def _second(src: Source, at: int) -> Found | None:
    """The second value of a range, which may begin with a digit or a word of the grammar."""
    found = _value_at(src, at)
    return found if found and not (isinstance(found.value, Number) and guards.trailing(src, found.end)) else None


def _value_at(src: Source, at: int) -> Found | None:
    """The value that begins at `at`, with sign and currency before it."""
    if src.low[at : at + 1].isdigit():
        return digit_value(src, at, before(src, at))
    word, _, kinds = trigger(src.lang)
    match = word.match(src.low, at) if at == 0 or not _in_word(src.low[at - 1]) else None
    return _word(src, at, match.end(), kinds.get(match[0]) or unlisted(match[0])) if match else None


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _word(src: Source, at: int, end: int, kind: str) -> Found | None:
    """The value that begins with a word of the grammar."""
    if kind == "words":
        if src.low.startswith("sept. ", at) and (dated := calendar.month_at(src, at)):
            return dated  # sept. 2026 is no seven
        found = number_words(src, at)
        if found and src.lang == "en" and before(src, at) & SIGN and (minus := minus_in_words(src, at, found.value)):
            return minus._replace(end=found.end)
        return found
    if kind == "code":
        return digit_value(src, end)  # EUR29,99
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
    if kind == "half" and not src.low.startswith((" past ", " an hour", " million", " billion", " a million", " a billion"), end):
        part = src.low[at:end].removeprefix("le ")
        return Found(at, end, Number(Amount(Decimal(1), over=PARTS.get(part, 2), words=True)))
    if kind == "roman":
        return periods.roman_century(src, at)
    return _one(src, at)


def _one(src: Source, at: int) -> Found | None:
    """A `un`, `one` or `a` that counts, because of the word after it."""
    if (part := PART_OF_MILLION[src.lang].match(src.low, at)) and not src.low.endswith(("and ", "and a "), 0, at):
        read = Read(part.end(), Amount(Decimal("0.25" if "quart" in part[0] else "0.5"), scale=SCALE[part["scale"]], words=True))
        return Found(at, *attach(src, read, at))
    if half := _halved(src, at):
        return half
    if src.lang == "fr":
        return round_number(src, at) or _counting_one(src, at, " à ")
    past = PAST_HOUR.match(src.low, at)
    if past:
        return past_the_hour(src, at, past.end(), 30 if past[0].startswith("half") else 15)
    article = re.compile(rf"an? ({PART})").match(src.low, at)
    if article:
        return Found(at, article.end(), Number(Amount(Decimal(1), over=PARTS[article[1]], words=True)))
    if before(src, at) & SIGN and (minus := minus_in_words(src, at, Number(ONE))):
        return minus._replace(end=at + 3)
    return _counting_one(src, at, " to ")


def _counting_one(src: Source, at: int, to: str) -> Found | None:
    """One of something (`un an`), a part (`un tiers de`), or the start of a range (`un à deux ans`); never a bare 1."""
    found = number_words(src, at, lone_one=True)
    if found and isinstance(found.value, Number) and found.value.amount == ONE and not src.low.startswith(to, found.end):
        return None
    return found


def _halved(src: Source, at: int) -> Found | None:
    """`un demi-litre`, `une demi-heure`, `half an hour`; `un demi` alone, before a mark."""
    unit = HALF_UNIT.match(src.low, at) if src.lang == "fr" else None
    if unit:
        part = Amount(Decimal(1), over=4 if unit["quarter"] else 2, words=True)
        return Found(at, unit.end(), of_unit(part, unit_words("fr")[unit["unit"]]))
    if hour := HALF_HOUR[src.lang].match(src.low, at):
        return Found(at, hour.end(), Duration(Amount(Decimal(1), over=2, words=True), "h", "hour", "hours"))
    if src.lang == "fr" and src.low.startswith("un demi", at) and not src.low.startswith(("un demi-", "un demi "), at):
        return Found(at, at + 7, Number(Amount(Decimal(1), over=2, words=True)))
    return None


PART_OF_MILLION = {
    "fr": re.compile(r"(?:un demi[- ]|quart de )(?P<scale>million|milliard)(?!\w)"),
    "en": re.compile(r"(?:(?:a )?half(?: a)?|(?:a )?quarter(?: of a)?) (?P<scale>million|billion)(?!\w)"),
}
# `un demi-litre`, `un quart de litre`
HALF_UNIT = re.compile(
    rf"(?:un{SPACE})?(?:demi[- ]|(?P<quarter>quart de ))(?P<unit>litre|kilo|kilogramme|kilomètre|mètre|hectare)(?!\w|-)"
)
HALF_HOUR = {"fr": re.compile(rf"une{SPACE}demi-heure(?!\w)"), "en": re.compile(r"half an hour(?!\w)")}
SCALE = {"million": 6, "milliard": 9, "billion": 9}
PAST_HOUR = re.compile(r"(?:half|(?:a )?quarter) past ")
ONE = Amount(Decimal(1), words=True)


POSTCODE = re.compile(rf"\d{{5}}(?:{SPACE}[A-ZÉÈÎÂ]|{SPACE}?$)")
MARKER = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)](?:\s|$)")


def _acceptable(src: Source, found: Found, whole: Value) -> bool:
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
    if surface.isdigit() and ((len(surface) >= 7 and not surface.endswith("000")) or POSTCODE.match(src.text, found.start)):
        return False
    return not (before(src, found.start) & LABEL and guards.labelled(src, found.start))
