"""Counting in words: ordinals, fractions, round numbers (une centaine), and the words that are something else."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from pipeline.annotate.values.amounts import attach
from pipeline.annotate.values.periods import CENTURY, part_of_year
from pipeline.annotate.values.numerals import Read, words_at
from pipeline.annotate.values.source import Found, Source
from pipeline.annotate.values.tables import SPACE, ordinals
from pipeline.model import Value
from pipeline.values.types import Amount, Bound, Number, Ordinal, Period

ROUND = {
    "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40, "cinquantaine": 50,
    "soixantaine": 60, "centaine": 100, "millier": 1000, "demi-douzaine": 6,
}  # fmt: skip
PARTS = {
    "tiers": 3, "quart": 4, "quarts": 4, "cinquième": 5, "cinquièmes": 5, "sixième": 6, "sixièmes": 6, "dixième": 10,
    "dixièmes": 10, "huitième": 8, "huitièmes": 8, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5,
    "tenth": 10, "tenths": 10, "half": 2,
}  # fmt: skip
TWO_THIRDS_OF = re.compile(
    r"[ -](?!(?:of|the|their|its|his|her|full|and|or|in|are|is|were|was|had|have|more|less|as|by|to)(?!\w))[a-z]"
)
NOUN = re.compile(r" [a-z]{3,}")
DAY_OF_MONTH = re.compile(r"(?<!\w)(?:on|by|until|from|before|after|since) the $")
ROUND_AT = re.compile(rf"une? (?P<word>{'|'.join(ROUND)})(?!\w)(?:{SPACE}(?P<de>de(?={SPACE})|d['’](?=\w)))?")
PART_AFTER = re.compile(rf"[ -](?P<part>{'|'.join(sorted(PARTS, key=len, reverse=True))})(?!\w)")
OF = re.compile(rf"{SPACE}(?:de|des|du|d['’]|of)(?!\w)|{SPACE}(?:d['’])")
DIGIT_ORDINAL = {
    "fr": re.compile(r"(?P<n>\d{1,4})(?:ers?|ères?|res?|es?|èmes?|ième|ᵉʳ?|ᵉ|ndes?|nds?|de)(?![\w-])"),
    "en": re.compile(r"(?P<n>\d{1,4})(?:st|nd|rd|th)(?![\w])"),
}
DETERMINED = re.compile(
    rf"(?<!\w)(?:le|la|les|l['’]|du|de|des|au|aux|ce|cette|ces|son|sa|ses|leurs?|un|une|notre|nos|votre|en|et|tout|toute|toutes|d['’]|deux|trois|"
    rf"quatre|cinq|six|dix|\d)(?:{SPACE})?$"
)
FIXED = re.compile(
    r" (?:ministre|plan|ordre|rang|chef|main|nécessité|degré|secours|jet|venu|abord|empire|né|producteur|fabricant|employeur|"
    r"fournisseur|exportateur|souffle|jeunesse|acteur|élément|intéressé)s?(?!\w)"
)
NEUF_AFTER = re.compile(r" (?:mois|ans|jours|semaines|heures|minutes|autres|nouve|sur|fois|million|milliard|cent|mille)")
NEUF_BEFORE = re.compile(
    r"(?:^|[.:;,(]|(?<!\w)(?:les|ces|ses|leurs|des|de|à|en|dans|sur|pour|avec|et|ou|dont|compte|comptait|emploie|par|depuis|"
    r"sous|aux|nos|vos|que|chez|entre|environ|quelque))[ ]?$"
    r"|qu['’]$"
)
NOT_NEUF = re.compile(r"(?:remi\w+|refait\w*|quoi|rien|tout|flambant) (?:à |de )?$")


def round_number(src: Source, at: int) -> Found | None:
    """`une centaine de`, `une dizaine d'années`, `une centaine de millions d'euros`: about so many.

    `de` before the counted noun belongs to the span; an elided `d'` does not, since nothing would part the number
    from the noun. `quarantaine` counts only before such a noun (it is also quarantine); plurals (`des centaines de`) stay.
    """
    match = ROUND_AT.match(src.low, at)
    if match is None:
        return None
    word, end = match["word"], match.end()
    amount = Amount(Decimal(ROUND[word]), bound=Bound.ABOUT)
    noun = match.end() + 1 if match["de"] == "de" else match.end()
    if word == "quarantaine" and (not match["de"] or src.text[noun : noun + 1].isdigit()):
        return None
    if word == "quinzaine" and not match["de"]:
        return None
    if not match["de"]:
        return Found(at, end, Number(amount))
    end, value = attach(src, Read(noun - 1, amount), at) if match["de"] == "de" else _elided(src, noun, amount)
    if isinstance(value, Number) and not value.amount.scale:
        end = match.end() if match["de"] == "de" else match.end("word")
    return Found(at, end, value)


def _elided(src: Source, noun: int, amount: Amount) -> tuple[int, Value]:
    """What `une dizaine d'` counts: the grammar wants a space before a unit, so it reads on a copy that has one."""
    window = replace(src, text=" " + src.text[noun : noun + 40], low=" " + src.low[noun : noun + 40])
    end, value = attach(window, Read(0, amount), 0)
    return noun - 1 + end, value


def number_words(src: Source, at: int, lone_one: bool = False) -> Found | None:
    """A number in words with what it counts, a fraction in words; nothing for a word that is another one here.

    `neuf` is 9 only before a unit of time or after a word that calls for a number (else it means new); a capital in
    the middle of a sentence makes a name of it.
    """
    read = words_at(src, at)
    if read is None:
        return None
    word, end = src.low[at : read.end], read.end
    one = read.amount.exact == 1 and not read.amount.scale
    if word.startswith("cents") or (src.text[end : end + 1] != "-" and re.search(rf"\d{SPACE}$", src.left(at, 2))):
        return None  # 46 cents; 500 milles
    if src.text[at].isupper() and not src.opens(at) and not src.text[at:end].isupper():
        return None
    if src.text[end : end + 1] in ("-", "\N{NON-BREAKING HYPHEN}") and src.lang == "fr":
        return None
    if word == "neuf" and not _nine(src, at, end):
        return None
    if word == "deux" and src.low.startswith(" fois", end):
        return None  # twice
    if src.lang == "en" and src.low.startswith(" and a half", end) and not read.amount.scale:
        read = Read(end + 11, replace(read.amount, digits=read.amount.digits + Decimal("0.5")))
        end = read.end
    part = PART_AFTER.match(src.low, end)
    if part and not read.amount.scale and read.amount.exact <= 12 and _is_fraction(src, at, part, one):
        return Found(at, part.end(), Number(replace(read.amount, over=PARTS[part["part"]])))
    if part and src.lang == "en" and src.text[end] == "-":
        return None  # the fraction stands before a noun: a two-thirds majority
    stop, value = attach(src, read, at)
    if isinstance(value, Number) and one and value.amount.scale == 0 and not lone_one:
        return None
    return Found(at, stop, value)


def _nine(src: Source, at: int, end: int) -> bool:
    """Whether `neuf` is the number: before a time or multiplier, or after a word that calls for one and before a noun."""
    if NEUF_AFTER.match(src.low, end):
        return True
    after = src.low[end : end + 12]
    noun = bool(re.match(r" (?:[a-zàâéèêîôûç]{3,}|à [a-z])", after)) and not re.match(
        r" (?:des?|pour|avec|qui|que|est|sont|ont)\b", after
    )
    return noun and bool(NEUF_BEFORE.search(src.left(at))) and not NOT_NEUF.search(src.left(at))


def _is_fraction(src: Source, at: int, part: re.Match[str], one: bool) -> bool:
    """`un tiers de`, `deux tiers`, `two thirds`; not `un tiers de confiance`, `un quart d'heure`, `un cinquième site`."""
    after = src.low[part.end() : part.end() + 14]
    if re.match(r" (?:d['’]heure|de confiance|-monde|payant)", after):
        return False
    if src.lang == "en" and src.text[part.start()] == "-" and TWO_THIRDS_OF.match(after):
        return False  # a two-thirds majority
    if not one or src.lang == "en":
        return part["part"] not in ("second",) and (
            src.lang == "fr" or not one or bool(OF.match(after)) or src.low[at:].startswith("one")
        )
    if part["part"] in ("tiers", "quart"):
        return (
            bool(OF.match(after) or after[:4] == " en ")
            or bool(re.search(r"(?:pour|dont|près d['’]|plus d['’]|d['’]|environ) ?$", src.left(at)))
            or (part["part"] == "quart")
        )
    return bool(OF.match(after))


def ordinal_word(src: Source, start: int, end: int) -> Found | None:
    """`premier`, `septième`, `third`, and the quarters and halves of years that they begin."""
    number = ordinals(src.lang)[src.low[start:end]]
    period = part_of_year(src, end, number)
    if period:
        return Found(start, *period)
    if src.text[end : end + 1] in ("-", "\N{NON-BREAKING HYPHEN}") and src.lang == "fr":
        return None
    if src.text[start].isupper() and not src.opens(start) and not src.text[start:end].isupper():
        return None
    if start and src.text[start - 1] in "-\N{NON-BREAKING HYPHEN}" and src.lang == "fr":
        return None
    if src.lang == "en" and re.match(r"[ -](?:part(?:y|ies)|countr)", src.low[end : end + 8]):
        return None
    if number <= 2 and not _ordinal_here(src, start, end):
        return None
    century = CENTURY[src.lang].match(src.low, end)
    return Found(start, century.end(), Period("century", number)) if century else Found(start, end, Ordinal(number))


def _ordinal_here(src: Source, start: int, end: int) -> bool:
    word, left = src.low[start:end], src.left(start)
    if src.lang == "en":
        return word != "second" or not re.search(r"(?:per|a|each|every|\d|few|split)[ -]$", left) or src.low[end : end + 2] == " s"
    if FIXED.match(src.low, end) or (src.opens(start) and not src.left(start).strip() and word.startswith("second")):
        return False
    if word in ("premiers", "premières", "première", "premier"):
        return bool(DETERMINED.search(left)) or src.opens(start)
    if (
        word == "seconde"
        and left.endswith("une ")
        and not re.match(r" (?!de |par |pour |avant |après |plus )[a-zàâéèêîôû]{3,}", src.low[end : end + 8])
    ):
        return False  # une seconde d'intervalle
    return (
        bool(DETERMINED.search(left))
        and not re.search(r"(?:par|en|de|à la|\d) $", left)
        and bool(re.match(r"[ ,.;]", src.low[end : end + 1] or "."))
    )


def digit_ordinal(src: Source, at: int) -> Found | None:
    """`1er`, `2e`, `13ᵉ`, `3rd`, with the quarter, half year or century that it begins."""
    match = DIGIT_ORDINAL[src.lang].match(src.low, at)
    if match is None or match["n"][0] == "0":
        return None
    number = int(match["n"])
    period = part_of_year(src, match.end(), number)
    if period:
        return Found(at, *period)
    century = CENTURY[src.lang].match(src.low, match.end())
    if century:
        return Found(at, century.end(), Period("century", number))
    if src.lang == "en" and number < 13 and DAY_OF_MONTH.search(src.left(at)) and not NOUN.match(src.low, match.end()):
        return None  # on the 11th: a day, which nobody writes out
    return Found(at, match.end(), Ordinal(number))
