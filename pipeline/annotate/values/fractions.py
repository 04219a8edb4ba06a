"""Parts of one: `deux tiers`, `one eighth`, `2/3`, `½`, and the mixed numbers they end (`cinq et un quart`, `2 1/4`)."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from pipeline.annotate.values import guards
from pipeline.annotate.values.amounts import attach
from pipeline.annotate.values.numerals import Read
from pipeline.annotate.values.source import Found, Source
from pipeline.annotate.values.tables import SPACE
from pipeline.values.types import Amount, Number

PARTS = {
    "tiers": 3, "quart": 4, "quarts": 4, "cinquième": 5, "cinquièmes": 5, "sixième": 6, "sixièmes": 6, "septième": 7,
    "septièmes": 7, "huitième": 8, "huitièmes": 8, "neuvième": 9, "neuvièmes": 9, "dixième": 10, "dixièmes": 10,
    "centième": 100, "centièmes": 100, "millième": 1000, "millièmes": 1000,
    "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4, "fifth": 5, "fifths": 5, "sixth": 6,
    "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8, "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10,
    "hundredth": 100, "hundredths": 100, "thousandth": 1000, "thousandths": 1000, "half": 2,
}  # fmt: skip
PARTS |= {word.replace("è", "e"): part for word, part in PARTS.items()}
PART = "|".join(sorted(PARTS, key=len, reverse=True))
PART_AFTER = re.compile(rf"[ -](?P<part>{PART})(?!\w)")
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
SLASHED = re.compile(r"(?P<over>[1-9]\d?)/(?P<under>[2-9]|1\d|20)(?![\w/.,-])")
MIXED = re.compile(rf"(?P<whole>[1-9]\d{{0,2}}){SPACE}(?P<over>[1-9]\d?)/(?P<under>[2-9]|1[026])(?![\w/.,-])")
VULGAR = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅙": (1, 6), "⅛": (1, 8), "⅜": (3, 8),
          "⅝": (5, 8), "⅞": (7, 8)}  # fmt: skip


MAY_MIX = re.compile(rf"\d{{1,3}}(?:{SPACE}\d\d?/|{SPACE}?[{''.join(VULGAR)}])")
MIXED_SIGN = re.compile(rf"(\d{{1,3}}){SPACE}?([{''.join(VULGAR)}])(?!\w)")


def mixed_words(src: Source, read: Read) -> Read:
    """`cinq et un quart`, `one and a half`: the number with its fraction; halves become decimals (`1.5`)."""
    match = AND_PART[src.lang].match(src.low, read.end)
    amount = read.amount
    if match is None or amount.digits != amount.digits.to_integral_value() or amount.over != 1:
        return read
    if match["half"]:
        few = 2 if src.lang == "fr" else 100
        return Read(match.end(), amount.with_digits(amount.digits + Decimal("0.5"))) if amount.digits < few else read
    over, under = SMALL[match["n"]], PARTS.get(match["part"], 2)
    if over >= under or (under != 2 and (over > 1) != match["part"].endswith("s") and match["part"] != "tiers"):
        return read
    if under == 2 or amount.scale:
        part = Decimal(over) / under
        return Read(match.end(), replace(amount, digits=amount.digits + part)) if under in (2, 4, 5, 8, 10) else read
    return Read(match.end(), replace(amount, digits=amount.digits * under + over, over=under))


def fraction_words(src: Source, at: int, read: Read) -> Found | None:
    """`un tiers de`, `deux tiers`, `two thirds`, where `read` is what is counted; None where no part follows."""
    part = PART_AFTER.match(src.low, read.end)
    one = read.amount.exact == 1
    if part is None or read.amount.scale or not _is_fraction(src, at, part, one):
        return None
    if read.amount.exact > 12 and not part["part"].endswith("s"):
        return None
    return Found(at, part.end(), Number(replace(read.amount, over=PARTS[part["part"]])))


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
    if match is None or int(match["over"]) >= int(match["under"]) or guards.labelled(src, at):
        return None
    start, sign = guards.sign(src, at)
    over = Decimal(match["over"])
    end, value = attach(src, Read(match.end(), Amount(-over if sign == "-" else over, over=int(match["under"]))), start)
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
