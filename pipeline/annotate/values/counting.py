"""Counting in words: ordinals, fractions, round numbers (une centaine), and the words that are something else."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache

from pipeline.annotate.values.amounts import attach
from pipeline.annotate.values.fractions import PART_AFTER, PARTS, fraction_words, joined_by_et, mixed_words
from pipeline.annotate.values.numerals import Read, words_at
from pipeline.annotate.values.periods import CENTURY, part_of_year
from pipeline.annotate.values.source import Found, Source
from pipeline.annotate.values.spoken import day_in_words, time_in_words
from pipeline.annotate.values.tables import SPACE, SPACES, alternation, months, ordinals
from pipeline.annotate.values.years import with_year_in_words, year_alone_in_words
from pipeline.model import Value
from pipeline.values.types import Amount, Bound, Date, Number, Ordinal, Period

ROUND = {
    "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40, "cinquantaine": 50,
    "soixantaine": 60, "centaine": 100, "millier": 1000, "demi-douzaine": 6,
}  # fmt: skip
NOUN = re.compile(r" [a-z]{3,}")
DAY_OF_MONTH = re.compile(r"(?<!\w)(?:on|by|until|from|before|after|since) the $")
ROUND_AT = re.compile(rf"une? (?P<word>{'|'.join(ROUND)})(?!\w)(?:{SPACE}(?P<de>de(?={SPACE})|d['’](?=\w)))?")
DIGIT_ORDINAL = {
    "fr": re.compile(r"(?P<n>\d{1,7})(?:ers?|[èe]res?|res?|es?|[èe]mes?|i[èe]mes?|ᵉʳ?|ᵉ|ndes?|nds?|de)(?![\w-])"),
    "en": re.compile(r"(?P<n>\d{1,7})(?:st|nd|rd|th)(?![\w])"),
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
    if word.startswith("cents") or (
        src.text[end : end + 1] != "-" and at > 1 and src.low[at - 1] in SPACES and src.low[at - 2].isdecimal()
    ):
        return None  # 46 cents; 500 milles
    if src.text[at].isupper() and not src.opens(at) and not src.text[at:end].isupper():
        return None
    if read.amount.exact > 16 and (year := year_alone_in_words(src, at)):
        return year
    mixes = src.low[end : end + 1] == "-" or src.low[end + 1 : end + 4] in _spoken(src.lang) or src.low.startswith(" - ", end)
    if mixes and (compound := _compound_ordinal(src, at, read)):
        return compound
    if src.text[end : end + 1] in ("-", "\N{NON-BREAKING HYPHEN}") and src.lang == "fr":
        part = PART_AFTER.match(src.low, end)
        return fraction_words(src, at, read) if part and part["part"].endswith("mes") and not one else None  # no quatre-quarts
    if word == "neuf" and not _nine(src, at, end):
        return None
    if word == "deux" and src.low.startswith(" fois", end):
        return None  # twice
    if word == "naught" and src.left(at).endswith(("for ", "to ", "all ")):
        return None
    if word.startswith("hundred") and not src.opens(at):
        return None  # several hundred thousand
    if mixes:
        spoken = (
            time_in_words(src, at, read)
            or (_day(src, at, end, int(read.amount.exact)) if read.amount.exact <= 31 else None)
            or fraction_words(src, at, joined_by_et(src, read) if src.lang == "fr" else read)
        )
        if spoken:
            return spoken
        if PART_AFTER.match(src.low, end) and src.lang == "en" and src.text[end] == "-":
            return None  # the fraction stands before a noun: a two-thirds majority
        read = mixed_words(src, read)
        one = one and read.amount.exact == 1 and read.amount.over == 1
    stop, value = attach(src, read, at)
    if isinstance(value, Number) and one and value.amount.scale == 0 and not lone_one:
        return None
    return Found(at, stop, value)


def _day(src: Source, at: int, end: int, day: int) -> Found | None:
    """`le dix juillet`; in English only with a year after it (`fifteen August nineteen ninety`)."""
    dated = day_in_words(src, at, end, day, of=src.lang == "fr")
    if dated and src.lang == "en":
        dated = with_year_in_words(src, dated)
        return dated if isinstance(dated.value, Date) and dated.value.year else None
    return dated


@cache
def _spoken(lang: str) -> frozenset[str]:
    """The first three letters of what may go on with a number in words: an hour, a month, a part, an ordinal."""
    words = (
        "heure",
        "o'clock",
        "o clock",
        "o’clock",
        "oclock",
        "past",
        "minutes",
        "et ",
        "and",
        "un ",
        "day",
        "of ",
        "de ",
        "d'",
        "du ",
        "in ",
        "at ",
        "a m",
        "am ",
        "a.m",
        "p m",
        "pm ",
        "p.m",
        "pm",
        "am",
        "pm.",
        "am.",
        "pm,",
        "am,",
        *("thirty", "forty", "fifty", "fifteen", "ten", "twenty") * (lang == "en"),
    )
    return frozenset(w[:3] for w in (*words, *months(lang, short=False), *PARTS, *ordinals(lang), "unième"))


@cache
def _last_ordinal(lang: str) -> re.Pattern[str]:
    """The end of a compound ordinal: `-deuxième` of `vingt-deuxième`, ` and sixth` of `one hundred and sixth`."""
    words = [w for w in ordinals(lang) if not w.endswith("s")]
    join = "(?:-(?:et-)?| et (?=unième)| )" if lang == "fr" else "(?:-| and | )"
    return re.compile(rf"{join}(?P<word>{alternation([*words, 'unième'])})(?!\w)")


def _compound_ordinal(src: Source, at: int, read: Read) -> Found | None:
    """`vingt-deuxième`, `cent vingt et unième`, `thirty-fifth`: a number in words whose last word is an ordinal."""
    match = _last_ordinal(src.lang).match(src.low, read.end)
    if match is None or read.amount.scale:
        return None
    last, before = ordinals(src.lang).get(match["word"], 1), int(read.amount.exact)
    teens = src.lang == "fr" and before % 100 in (60, 80) and 10 <= last < 20
    if match["word"] in ("centième", "centieme", "hundredth") and 2 <= before <= 9:
        return Found(at, match.end(), Ordinal(before * 100))
    if src.lang == "fr" and before % 100 == 4 and match["word"].startswith("vingti") and match[0][0] == "-":
        return Found(at, match.end(), Ordinal(before + 76))  # cent quatre-vingtième
    round_before = before % 100 == 0 and last < 100
    unit = (
        before % 10 == 0
        and last < 10
        and (match[0][0] == "-" or match["word"] == "unième" or before > 100 or src.low.startswith(" day of ", match.end()))
    )
    if not (teens or round_before or unit):
        return None
    if src.low.startswith((" day of ", " jour d"), match.end()) and (dated := day_in_words(src, at, match.end(), before + last)):
        return dated
    if before < 20 or match["word"] in ("premier", "première", "premiere", "second", "seconde"):
        return None
    return Found(at, match.end(), Ordinal(before + last))


def _nine(src: Source, at: int, end: int) -> bool:
    """Whether `neuf` is the number: before a time or multiplier, or after a word that calls for one and before a noun."""
    if NEUF_AFTER.match(src.low, end):
        return True
    after = src.low[end : end + 12]
    noun = bool(re.match(r" (?:[a-zàâéèêîôûç]{3,}|à [a-z])", after)) and not re.match(
        r" (?:des?|pour|avec|qui|que|est|sont|ont)\b", after
    )
    return noun and bool(NEUF_BEFORE.search(src.left(at))) and not NOT_NEUF.search(src.left(at))


def ordinal_word(src: Source, start: int, end: int) -> Found | None:
    """`premier`, `septième`, `third`, and the quarters and halves of years that they begin."""
    number = ordinals(src.lang)[src.low[start:end]]
    period = part_of_year(src, end, number)
    if period:
        return Found(start, *period)
    if (src.low[start:end] == "premier" or src.lang == "en" or src.low.startswith(" jour d", end)) and (
        dated := day_in_words(src, start, end, number)
    ):
        return dated
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
    if word.startswith("deuxi"):
        return True
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


def _estimated(src: Source, match: re.Match[str]) -> bool:
    """Whether it is a year of forecasts, as in the head of a table: `2024e`, and no article before it."""
    year = match[0][-1] == "e" and match[0][:-1] == match["n"] and 1990 <= int(match["n"]) < 2060
    return year and not re.search(r"(?<!\w)(?:le|la|du|au|son|sa|notre) $", src.left(match.start()))


def digit_ordinal(src: Source, at: int) -> Found | None:
    """`1er`, `2e`, `13ᵉ`, `3rd`, with the quarter, half year or century that it begins."""
    match = DIGIT_ORDINAL[src.lang].match(src.low, at)
    if match is None or match["n"][0] == "0" or _estimated(src, match):
        return None
    number = int(match["n"])
    period = part_of_year(src, match.end(), number)
    if period:
        return Found(at, *period)
    century = CENTURY[src.lang].match(src.low, match.end())
    if century:
        return Found(at, century.end(), Period("century", number))
    if src.low.startswith((" day of ", " jour d"), match.end()) and (dated := day_in_words(src, at, match.end(), number)):
        return dated
    if src.lang == "en" and number < 13 and DAY_OF_MONTH.search(src.left(at)) and not NOUN.match(src.low, match.end()):
        return None  # on the 11th: a day, which nobody writes out
    return Found(at, match.end(), Ordinal(number))
