"""Where a value may begin: a digit that no letter precedes, or a word of the grammar with what must follow it."""

from __future__ import annotations

import re
from functools import cache

from pipeline.annotate.values.counting import ROUND
from pipeline.annotate.values.fractions import PART, PARTS, VULGAR
from pipeline.annotate.values.tables import SPACE, alternation, currency_signs, months, numerals, ordinals

WHOLE = r"(?!\w)"
MEASURES = (
    "year|month|week|day|hour|minute|decade|century|million|billion|trillion|thousand|hundred|metre|litre|square|mile|kilomet|kilogram|"
    "hectare|gram"
)
COUNTED = {
    *ROUND,
    *PARTS,
    "an",
    "mois",
    "semaine",
    "heure",
    "heures",
    "minute",
    "million",
    "milliard",
    "billion",
    "mètre",
    "litre",
    "kilomètre",
    "hectare",
    "gramme",
    "kilogramme",
}
HALVED = "litre|kilo(?:gramme|mètre)?|mètre|hectare"
MILLIONS = r"[mb]illion(?!\w)"
LATER = frozenset(("thousand", "hundred"))  # numerals that begin no number; a lone one needs more, see `_ones`


@cache
def trigger(lang: str) -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """What may begin a value in a lower-case text, the same behind what is no part of a word, and the kind of each word.

    Group 1 of either pattern is the word or digit. The second begins with a class of characters, so a search leaps from
    one gap between words to the next; only where a text begins must the first be asked.

    The words stand in one trie, so that every other word is passed over at its first letters. Kinds: `digit`, `words`,
    `ordinal`, `month`, `one`, `half`, `clock`, `code`, `vulgar`; what is no word of the table is left to `unlisted`.
    """
    after: dict[str, str] = {}
    kinds: dict[str, str] = {}
    for kind, words in _words(lang):
        for word, tail in words.items():
            kinds.setdefault(word, kind)
            after[word] = f"(?:{after[word]}|{tail})" if word in after else tail
    roman = r"|[ivx]{1,6}(?:e|ème|er|ᵉ)(?= siècle)" if lang == "fr" else ""
    halves = r"(?:week|semaine)(?= \d\d? (?:of |de )(?:19|20)\d\d)|"
    halves += r"trimestre(?=.?[1-4](?!\w))|[tqsh][1-4](?=[ /-](?:of |de |fy ?)?(?:19|20)\d\d)"
    word = rf"(\d|{alternation(after, after)}|[{''.join(VULGAR)}](?!\w)|{halves}{roman})"
    return (
        re.compile(word),
        re.compile(rf"[^\w]{word}"),
        kinds | dict.fromkeys(VULGAR, "vulgar") | dict.fromkeys("0123456789", "digit"),
    )


def unlisted(word: str) -> str:
    """The kind of a match of `trigger` that is no word of its table: a digit of another script, a period, a century."""
    return "digit" if word.isdigit() else "halves" if word in ("trimestre", "week", "semaine") or word[1].isdigit() else "roman"


def _words(lang: str) -> list[tuple[str, dict[str, str]]]:
    """The kinds in the order of their claims, each with its words and what must follow them."""
    codes = [code.lower() for code in currency_signs() if re.fullmatch("[A-Z]{3}", code)]
    counting = [
        w for w, (_, role) in numerals(lang).items() if role != "scale" and w not in LATER and w not in ("un", "une", "one")
    ]
    long = months(lang, short=False)
    name = alternation(months(lang))
    # a short name needs a digit, another month, or in English (since Feb, from Sep to Nov) an end
    end = r"|[.,;)]|$| (?:to|and|through|until|till)(?!\w)" if lang == "en" else ""
    brief = rf"(?=(?:\.?,? |[/-])\d|[-–]{name}(?!\w){end})"
    half = {"la moitié": WHOLE} | dict.fromkeys(("le tiers", "le quart"), r"(?= (?:des?|du) | d['’](?!heure))")
    if lang == "en":
        more = "|".join(f"(?<={word} half)" for word in ("than", "about", "nearly", "almost", "over", "roughly"))
        half = {"half": rf"(?:(?= (?:of|the|its|their)(?!\w))|(?:{more})(?= (?!an? |past )[a-z]))"}
    return [
        ("code", dict.fromkeys(codes, r"(?=\d)")),
        ("ordinal", dict.fromkeys(ordinals(lang), WHOLE)),
        ("words", dict.fromkeys(counting, WHOLE) | ({"hundred": rf"(?= (?:thousand|{MILLIONS}))"} if lang == "en" else {})),
        ("month", dict.fromkeys(long, WHOLE) | {m: brief for m in months(lang) if m not in long}),
        ("half", half),
        ("clock", dict.fromkeys(("midi", "minuit") if lang == "fr" else ("noon", "midnight"), WHOLE)),
        ("one", _ones(lang)),
    ]


def _ones(lang: str) -> dict[str, str]:
    """A lone one counts where it stands before a measure, a part or another number; a half and a quarter before `past`."""
    counted = "|".join(sorted(COUNTED, key=len, reverse=True))
    if lang == "fr":
        one = rf"(?:{counted})(?!\w)|à (?:deux|trois|quatre)(?!\w)"
        return {
            "quart": r"(?= de (?:mill(?:ion|iard)|litre)(?!\w))",
            "demi": r"(?=[- ]litre(?!\w))",
            "un": rf"(?= (?:{one}|pour cent|et demie?(?!\w)|et un (?:demi|quart)(?!\w)|demi[- ](?:mill(?:ion|iard)|{HALVED})(?!\w)"
            r"|demi(?:[.,;)]|$)))",
            "une": rf"(?={SPACE}(?:{one}|demi-heure(?!\w)))",
        }
    part = rf"(?= (?:{PART})(?: of(?!\w)|[.,;)]|$))"
    return {
        "one": rf"(?:(?:(?<=minus one)|(?<=negative one))(?!\w)"
        rf"|(?=(?: - |[ -])(?:{counted}|{MEASURES})(?!\w)| to (?:two|three)|(?: per|-per)? ?cent"
        rf"| o['’]clock| (?:[a-z-]+ )?[ap]\.? ?m(?!\w)| and (?:an? (?:{PART})|half)| in the morning))",
        "a": part,
        "an": part,
        "half": rf"(?= past | an hour(?!\w)| (?:a )?{MILLIONS})",
        "quarter": rf"(?= past | (?:of a )?{MILLIONS})",
        "a quarter": rf"(?= past | (?:of a )?{MILLIONS})",
        "a half": rf"(?= {MILLIONS})",
    }
