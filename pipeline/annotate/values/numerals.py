"""Numbers as such: digits with group marks, scientific notation, number words."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.annotate.values.source import Source
from pipeline.annotate.values.tables import SPACE, alternation, numerals
from pipeline.values.types import Amount

BEFORE = ("", "hundred", "thousand", "scale")  # what may stand before a unit or a ten
LONGEST = 20  # digits; a longer run is an identifier or noise
SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


class Read(NamedTuple):
    """An amount and where it ends."""

    end: int
    amount: Amount


FR_DIGITS = re.compile(
    rf"""
    \d{{1,3}} (?: (?:{SPACE}\d{{3}}){{1,6}} | (?:['’]\d{{3}}){{1,6}} | (?:\.\d{{3}}){{2,6}} ) (?!\d) (?: ,\d{{1,20}} )?  # 10 000,5
    | \d{{1,3}} (?: \.\d{{3}} ){{1,6}} ,\d{{1,20}}  # 125.000,50
    | \d{{1,3}} (?: ,\d{{3}} ){{2,6}} (?!\d) (?: \.\d{{1,20}} )?  # 1,234,567 in a table
    | \d{{1,24}} (?: [,.]\d{{1,20}} )?  # 12,5  0.001
    """,
    re.VERBOSE,
)
EN_DIGITS = re.compile(
    rf"""
    \d{{1,3}} (?: (?:,\d{{3}}){{1,6}} | (?:{SPACE}\d{{3}}){{1,6}} | (?:['’]\d{{3}}){{1,6}} ) (?!\d) (?: \.\d{{1,20}} )?
    | \d{{1,3}} (?: \.\d{{3}} ){{1,6}} ,\d{{1,2}} (?!\d)  # 1.111,50 can be read one way only
    | \d{{1,24}} (?: \.\d{{1,20}} | ,\d{{1,2}}(?![\d,]) )?  # 12.5  12,5
    """,
    re.VERBOSE,
)
GROUP_MARKS = re.compile(rf"{SPACE}|['’]")
POWER = re.compile(
    rf"(?:{SPACE}?[×x*·]{SPACE}?10|\.10|(?<=\b10))(?:\^\(?(?P<caret>[+−-]?\d{{1,2}})\)?(?![\d.,])|(?P<raised>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,4}}))"
    rf"|{SPACE}?[×x*·]{SPACE}?10[eE](?P<times>\+?\d{{1,2}})(?!\w)"  # 1 x 10E6 is a million, whatever 10E6 is alone
    r"|(?<=\d)[eE](?P<letter>[+-]?\d{1,2})(?!\w)"
)


def digits_at(src: Source, at: int) -> Read | None:
    """The number in digits that begins at `at`, with its decimals or its power of ten; None for an identifier.

    French reads the comma as decimal mark and space, point or apostrophe as group mark, English the comma as group
    mark. One point and three digits in French (`1.234`) is read as thousands and marked ambiguous.
    """
    match = (FR_DIGITS if src.lang == "fr" else EN_DIGITS).match(src.text, at)
    if match is None or len(match[0]) > LONGEST + 6:
        return None
    amount = _digits(match[0], src.lang)
    if amount is None:
        return None
    end = match.end()
    if src.text[end : end + 1] not in POWERS and src.text[end + 1 : end + 2] not in POWERS:
        return Read(end, amount)
    power = POWER.match(src.text, match.end())
    if power is None:
        return Read(match.end(), amount)
    exponent = int(
        (power["caret"] or power["raised"] or power["times"] or power["letter"]).translate(SUPERSCRIPTS).replace("−", "-")
    )
    bare = power[0][0] in "^⁻⁰¹²³⁴⁵⁶⁷⁸⁹"
    return Read(power.end(), replace(amount, digits=Decimal(1) if bare else amount.digits, power=exponent))


@lru_cache(maxsize=4096)
def whole(digits: str) -> Amount:
    """The amount of plain digits."""
    return Amount(Decimal(digits))


POWERS = frozenset("×x*·^eE.⁻⁰¹²³⁴⁵⁶⁷⁸⁹")  # one of these begins a power of ten


@lru_cache(maxsize=4096)
def _digits(written: str, lang: str) -> Amount | None:
    if written.isdigit() and (written[0] != "0" or len(written) == 1):
        return Amount(Decimal(written))
    plain = GROUP_MARKS.sub("", written)
    if lang == "fr":
        if "." in plain and "," in plain and plain.index(".") < plain.index(",") == plain.rindex(","):
            plain = plain.replace(".", "")  # 125.000,50
        if plain.count(".") == 1 and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", plain):
            return Amount(Decimal(plain.replace(".", "")), ambiguous=True)
        if plain.count(".") > 1:
            plain = plain.replace(".", "")
        if plain.count(",") > 1:
            plain = plain.replace(",", "")
        if re.fullmatch(r"[1-9]\d{0,2},\d{3}", plain):  # French has decimals here; 46,000 is English style all the same
            return Amount(Decimal(plain.replace(",", "" if plain.endswith(",000") else ".")), ambiguous=True)
        plain = plain.replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d{1,2}", plain):
        plain = plain.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d+,\d{1,2}", plain):
        plain = plain.replace(",", ".")
    else:
        plain = plain.replace(",", "")
    if len(plain) > 1 and plain[0] == "0" and plain[1] != ".":
        return None
    return Amount(Decimal(plain))


@cache
def _sequence(lang: str) -> re.Pattern[str]:
    word = alternation(numerals(lang))
    join = r"(?:-(?:et-)?| et (?=une?\b|onze\b)| )" if lang == "fr" else r"(?: - |-| and | )"
    return re.compile(rf"{word}(?!\w)(?:{join}{word}(?!\w)){{0,14}}")


def words_at(src: Source, at: int) -> Read | None:
    """The number in words that begins at `at`: `trois cent cinquante`, `vingt et un`, `two million`.

    A lone `un`, `une`, `one` reads as 1 here; whether it counts anything is for the caller to say.
    """
    match = _sequence(src.lang).match(src.low, at)
    if match is None:
        return None
    table, total, thousands, group, last, end = numerals(src.lang), 0, 0, 0, "", at
    if match[0] in table and (single := _single(*table[match[0]])):
        return _with_decimals(src, Read(match.end(), single))
    round_one: tuple[int, int] | None = None  # `deux millions`: 2 and 6, as long as nothing follows
    for token in re.finditer(r"[^\W_]+", match[0]):
        if token[0] in ("et", "and"):
            continue
        value, role = table[token[0]]
        if not _follows(last, role, group, value, src.lang):
            break
        last, end = role, at + token.end()
        if role == "scale":
            round_one = None if total or thousands else (max(1, group), len(str(value)) - 1)
            total, thousands, group = total + max(1, thousands + group) * value, 0, 0
            continue
        round_one = None
        if role == "thousand":
            thousands, group = thousands + max(1, group) * 1000, 0
        elif role == "hundred":
            group = max(1, group) * 100
        else:
            group += 76 if role == "tens" and group % 100 == 4 else value  # quatre-vingts: the four is there already
    if not last:
        return None
    if round_one:
        unsure = src.lang == "fr" and round_one[1] >= 12  # the long scale, unless it copies the English word
        return Read(end, Amount(Decimal(round_one[0]), scale=round_one[1], words=True, ambiguous=unsure))
    return _with_decimals(src, Read(end, Amount(Decimal(total + thousands + group), words=True)))


@cache
def _single(value: int, role: str) -> Amount | None:
    """The amount of one number word; None for a multiplier, which may be a scale."""
    return Amount(Decimal(value), words=True) if role in ("unit", "tens", "hundred", "thousand") else None


DECIMALS = re.compile(r" (?:virgule|point) (?=\w)")


def _with_decimals(src: Source, whole: Read) -> Read:
    """`deux virgule zéro cinq`, `two point five`: the words after the mark, one figure or number after the other."""
    mark = DECIMALS.match(src.low, whole.end) if src.low.startswith((" virgule", " point"), whole.end) else None
    if mark is None or (mark[0] == " point ") != (src.lang == "en"):
        return whole
    figures, end, at = "", whole.end, mark.end()
    while len(figures) < 8 and (read := _plain_words(src, at)):
        figures, end, at = figures + str(read.amount.digits), read.end, read.end + 1
        if src.low[end : end + 1] != " ":
            break
    return Read(end, Amount(Decimal(f"{whole.amount.digits}.{figures}"))) if figures else whole


def _plain_words(src: Source, at: int) -> Read | None:
    """A number in words below a hundred, after a decimal mark."""
    read = words_at(src, at)
    return read if read and not read.amount.scale and read.amount.digits < 100 and read.amount.words else None


def _follows(last: str, role: str, group: int, value: int, lang: str) -> bool:
    """Whether a word of this role may stand after what was read: `trente deux`, not `deux trente`."""
    if role == "unit":
        teens = lang == "fr" and group % 100 in (60, 80) and value >= 10
        compound = lang == "fr" and group % 100 in (10, 70, 90) and 7 <= value <= 9  # dix-sept, quatre-vingt-dix-sept
        return last in BEFORE or (last == "tens" and (0 < value < 10 or teens)) or (last == "unit" and compound)
    if role == "tens":
        return last in BEFORE or (lang == "fr" and value == 20 and group % 100 == 4)
    if role == "hundred":
        return last in ("", "thousand", "scale") or (last == "unit" and 1 < group < 10) or (lang == "en" and group == 1)
    if role == "thousand":
        return last in ("", "unit", "tens", "hundred")
    return last != "scale"
