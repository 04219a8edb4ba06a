"""Parts of one: `deux tiers`, `one eighth`, `2/3`, `½`, and the mixed numbers they end (`cinq et un quart`, `2 1/4`)."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from pipeline.annotate.values import guards
from pipeline.annotate.values.amounts import attach
from pipeline.annotate.values.numerals import Read, words_at
from pipeline.annotate.values.source import Found, Source
from pipeline.annotate.values.tables import SPACE, numerals, ordinals
from pipeline.values.types import Amount, Number

PARTS = {
    "tiers": 3, "quart": 4, "quarts": 4, "cinquième": 5, "cinquièmes": 5, "sixième": 6, "sixièmes": 6, "septième": 7,
    "septièmes": 7, "huitième": 8, "huitièmes": 8, "neuvième": 9, "neuvièmes": 9, "dixième": 10, "dixièmes": 10,
    "centième": 100, "centièmes": 100, "millième": 1000, "millièmes": 1000,
    "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4, "fifth": 5, "fifths": 5, "sixth": 6,
    "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8, "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10,
    "hundredth": 100, "hundredths": 100, "twentieth": 20, "twentieths": 20, "thirtieth": 30, "thirtieths": 30,
    "fiftieth": 50, "fiftieths": 50, "thousandth": 1000, "thousandths": 1000, "half": 2,
}  # fmt: skip
PARTS |= {word.replace("è", "e"): part for word, part in PARTS.items()}
PART = "|".join(sorted(PARTS, key=len, reverse=True))
PART_AFTER = re.compile(rf"(?: - |[ -])(?P<part>{PART})(?!\w)")
# so much of a million: deux tiers de million, three quarters of a billion
OF_MILLION = {
    "fr": re.compile(r" (?:de |d['’]un )(?P<scale>million|milliard)(?!\w)"),
    "en": re.compile(r" (?:of a )?(?P<scale>million|billion)(?!\w)"),
}
SCALE = {"million": 6, "milliard": 9, "billion": 9}
AND_PART = {
    "fr": re.compile(rf" et (?:(?P<n>une?|deux|trois|quatre|cinq|sept) (?P<part>{PART}|demie?)|(?P<half>demie?))(?!\w|-)"),
    "en": re.compile(
        rf" and (?P<n>an?|one|two|three|four|five|seven)[ -](?P<part>{PART})(?!\w|-| of(?!\w))"
        r"|(?P<half> and half(?= (?:a )?(?:[mb]illion|hour|year|day|month|week|minute)))"
    ),
}
SMALL = {"un": 1, "une": 1, "a": 1, "an": 1, "one": 1, "deux": 2, "two": 2, "trois": 3, "three": 3, "quatre": 4, "four": 4,
         "cinq": 5, "five": 5, "sept": 7, "seven": 7}  # fmt: skip
OF = re.compile(rf"{SPACE}(?:de|des|du|d['’]|of)(?!\w)|{SPACE}(?:d['’])")
BEFORE_NOUN = re.compile(
    r"[ -](?!(?:of|the|their|its|his|her|full|and|or|in|are|is|were|was|had|have|more|less|as|by|to|than|over|at|from)(?!\w))[a-z]"
)
SLASHED = re.compile(
    rf"(?P<over>[1-9]\d?)/(?:(?P<under>[2-9]|1\d|20)(?!{SPACE}\d{{3}})|(?P<round>1(?:0{{2,6}}|0{{0,2}}(?:[,.]|{SPACE})000)))(?![\w/.,-])"
)  # 2/3; 1/10 000
MIXED = re.compile(rf"(?P<whole>[1-9]\d{{0,2}}){SPACE}(?P<over>[1-9]\d?)/(?P<under>[2-9]|1[026])(?![\w/.,-])")
VULGAR = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅙": (1, 6), "⅛": (1, 8), "⅜": (3, 8),
          "⅝": (5, 8), "⅞": (7, 8)}  # fmt: skip


MAY_MIX = re.compile(rf"\d{{1,3}}(?:{SPACE}\d\d?/|{SPACE}?[{''.join(VULGAR)}])")
MIXED_SIGN = re.compile(rf"(\d{{1,3}}){SPACE}?([{''.join(VULGAR)}])(?!\w)")


def mixed_words(src: Source, read: Read) -> Read:
    """`cinq et un quart`, `one and a half`: the number with its fraction; halves become decimals (`1.5`)."""
    read = joined_by_et(src, read) if src.lang == "fr" else read
    match = AND_PART[src.lang].match(src.low, read.end)
    amount = read.amount
    if match is None and src.low.startswith(" and ", read.end) and amount.exact < 20:
        return _and_parts(src, read)
    if match is None or amount.digits != amount.digits.to_integral_value() or amount.over != 1:
        return read
    if match["half"]:
        few = 2 if src.lang == "fr" else 100
        return Read(match.end(), amount.with_digits(amount.digits + Decimal("0.5"))) if amount.digits < few else read
    over, under = SMALL[match["n"]], PARTS.get(match["part"], 2)
    return _with_part(read, match, over, under)


def joined_by_et(src: Source, read: Read) -> Read:
    """`vingt et trois et trois cinquièmes`: a number that goes on after `et`, which it does only before a part."""
    more = words_at(src, read.end + 4) if src.low.startswith(" et ", read.end) else None
    if more is None or more.amount.scale or not (AND_PART["fr"].match(src.low, more.end) or PART_AFTER.match(src.low, more.end)):
        return read
    room = 100 if read.amount.exact % 100 == 0 else 10
    fits = 1 < more.amount.exact < room and read.amount.exact % room == 0 and read.amount.exact >= 20
    small = more.amount.exact < 10 and PART_AFTER.match(src.low, more.end)  # vingt et trois cinquièmes: 20 3/5
    return Read(more.end, read.amount.with_digits(read.amount.digits + more.amount.digits)) if fits and not small else read


def _and_parts(src: Source, read: Read) -> Read:
    """`two and fifty-four hundredths`: more parts than one word says."""
    over = words_at(src, read.end + 5)
    part = PART_AFTER.match(src.low, over.end) if over and not over.amount.scale else None
    if over is None or part is None or not part["part"].endswith("s"):
        return read
    return _with_part(Read(read.end, read.amount), part, int(over.amount.exact), PARTS[part["part"]])


def _with_part(read: Read, match: re.Match[str], over: int, under: int) -> Read:
    """The whole number `read` and `over` parts of `under` after it; as it was where the part is none."""
    amount = read.amount
    if over >= under or (under != 2 and (over > 1) != match["part"].endswith("s") and match["part"] != "tiers"):
        return read
    if under == 2 or amount.scale:
        part = Decimal(over) / under
        return Read(match.end(), replace(amount, digits=amount.digits + part)) if under in (2, 4, 5, 8, 10) else read
    return Read(match.end(), replace(amount, digits=amount.digits * under + over, over=under))


FIRSTS = re.compile(
    r" (?P<tens>twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"[ -](?P<one>first|third|fourth|fifth|sixth|seventh|eighth|ninth)s(?!\w)"
)


def fraction_words(src: Source, at: int, read: Read) -> Found | None:
    """`un tiers de`, `deux tiers`, `two thirds`, where `read` is what is counted; None where no part follows."""
    part = PART_AFTER.match(src.low, read.end)
    if part is None and src.lang == "en" and (firsts := FIRSTS.match(src.low, read.end)):  # three twenty-firsts
        under = numerals("en")[firsts["tens"]][0] + ordinals("en")[firsts["one"]]
        return Found(at, firsts.end(), Number(replace(read.amount, over=under)))
    one = read.amount.exact == 1
    if part is None or read.amount.scale or not _is_fraction(src, at, part, one):
        return None
    if read.amount.exact > 12 and not part["part"].endswith("s"):
        return None
    under, amount = PARTS[part["part"]], read.amount
    joined = LAST_AND.search(src.low, at, read.end) if src.lang == "en" else None
    after = int(amount.exact) % (100 if joined and joined["hundred"] else 10)
    if joined and 0 < after < under:  # one hundred and three quarters: 100 3/4
        return Found(at, part.end(), Number(replace(amount, digits=(amount.exact - after) * under + after, over=under)))
    if (million := OF_MILLION[src.lang].match(src.low, part.end())) and amount.exact < under:
        return _of_million(src, at, million, amount, under)
    return Found(at, part.end(), Number(replace(amount, over=under)))


LAST_AND = re.compile(r"(?:(?P<hundred>hundred)|ty) and [a-z-]+$")


def _of_million(src: Source, at: int, million: re.Match[str], amount: Amount, under: int) -> Found:
    """`deux tiers de million`; where decimals say it all (`three quarters of a billion dollars`), as decimals."""
    scale = SCALE[million["scale"]]
    if under not in (2, 4, 5, 8, 10):
        return Found(at, million.end(), Number(replace(amount, over=under, scale=scale)))
    read = Read(million.end(), replace(amount, digits=amount.digits / under, scale=scale, words=False))
    return Found(at, *attach(src, read, at))


def _is_fraction(src: Source, at: int, part: re.Match[str], one: bool) -> bool:
    """`un tiers de`, `deux tiers`, `two thirds`; not `un tiers de confiance`, `un quart d'heure`, `un cinquième site`."""
    after = src.low[part.end() : part.end() + 14]
    if re.match(r" (?:d['’]heure|de confiance|-monde|payant)|[ -](?:part(?:y|ies)|countr)", after):
        return False
    if src.lang == "en":
        if src.text[part.start()] == "-" and BEFORE_NOUN.match(after):
            return False  # a two-thirds majority
        return one != part["part"].endswith("s")
    if not one:
        return part["part"].endswith("s") or (part["part"].endswith("ieme") and (bool(OF.match(after)) or not after[:1].isspace()))
    if part["part"] in ("tiers", "quart"):
        return (
            bool(OF.match(after) or after[:4] == " en ")
            or bool(re.search(r"(?:pour|dont|près d['’]|plus d['’]|d['’]|environ) ?$", src.left(at)))
            or (part["part"] == "quart")
        )
    return bool(OF.match(after)) or after[:1] in ("", ".", ",", ";", ")")


def slashed(src: Source, at: int) -> Found | None:
    """`2/3` where it can only be a part: smaller than one, of at most twentieths, and without a label (phase 1/2)."""
    match = SLASHED.match(src.text, at)
    if match is None or guards.labelled(src, at):
        return None
    under = int(match["under"] or "".join(filter(str.isdigit, match["round"])))
    if int(match["over"]) >= under:
        return None
    start, sign = guards.sign(src, at)
    over = Decimal(match["over"])
    end, value = attach(src, Read(match.end(), Amount(-over if sign == "-" else over, over=under)), start)
    return Found(start, end, value)


def mixed(src: Source, at: int) -> Read | None:
    """`2 1/4`, `1½`, `1 ½`: a whole number with a part after it, as one amount."""
    match = MIXED.match(src.text, at)
    if match and int(match["over"]) < int(match["under"]) and not guards.labelled(src, at):
        under = int(match["under"])
        return Read(match.end(), Amount(Decimal(int(match["whole"]) * under + int(match["over"])), over=under))
    match = MIXED_SIGN.match(src.text, at)
    if match is None:
        return None
    over, under = VULGAR[match[2]]
    return Read(match.end(), Amount(Decimal(int(match[1]) * under + over), over=under))


def vulgar(src: Source, at: int) -> Read:
    """`½` alone."""
    return Read(at + 1, Amount(Decimal(VULGAR[src.text[at]][0]), over=VULGAR[src.text[at]][1]))
