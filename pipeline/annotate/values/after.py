"""What stands just after a number and could make more of it: one look at three letters says which patterns can match.

Nothing here decides: a flag says that the grammar must look, no flag that it would look in vain.
"""

from __future__ import annotations

from functools import cache, lru_cache

from pipeline.annotate.values.tables import (
    LONG_SCALE,
    MULTIPLIERS,
    SPACES,
    counted,
    currency_signs,
    currency_words,
    months,
    symbols,
    unit_words,
)

MONEY, PERCENTAGE, SCALE, UNIT, HALF, MONTH, CLOCK, JOIN, POWER = 1, 2, 4, 8, 16, 32, 64, 128, 256
AMOUNT = MONEY | PERCENTAGE | SCALE | UNIT | HALF
DASHES = "-–—\N{NON-BREAKING HYPHEN}"
TIMES = frozenset("×x*·")  # before the ten of a power
ALONE = frozenset(",.;:)!?|]…")  # right after a number: nothing follows that belongs to it


@cache
def _followers(lang: str) -> tuple[dict[str, int], dict[str, int]]:
    """The beginnings of what may follow after a space (letters, at most three), and glued to the number (one character)."""
    signs, multipliers = currency_signs(), [*MULTIPLIERS, *LONG_SCALE]
    kinds = {
        MONEY: [*signs, *(m + sign for m in MULTIPLIERS for sign in signs), *currency_words(lang), *multipliers, "d'", "de"],
        PERCENTAGE: ["%", "pour", "percent", "per", "points", "point", "pts", "pt", "basis"],
        SCALE: [m for m in multipliers if len(m) > 3 or m == "bn"],
        UNIT: [*symbols(), *unit_words(lang), *counted(), "/"],
        HALF: ["et", "and"],
        MONTH: [*months(lang), "of", "de", "du", "d'"],
        CLOCK: [
            "h",
            "heure",
            "am",
            "pm",
            "a.m",
            "p.m",
            "o'clock",
            "oclock",
            "past",
            "q",
            "t",
            "s",
            "in",
            "at",
            "du",
            "après-midi",
            "apres-midi",
        ],
        JOIN: ["à", "a", "au", "jusqu'à", "et", "to", "and", "through", "until", "till", *DASHES],
        POWER: TIMES,
    }
    spaced: dict[str, int] = {}
    glued = dict.fromkeys("-", UNIT | SCALE | PERCENTAGE)
    for kind, words in kinds.items():
        for word in words:
            low = word.lower()
            head = _head(low[:3])
            spaced[head] = spaced.get(head, 0) | kind
            glued[low[0]] = glued.get(low[0], 0) | kind
    return spaced, glued


def _head(three: str) -> str:
    """The letters that a piece of text begins with, or its first character."""
    return three if three.isalpha() else three[:2] if three[:2].isalpha() else three[:1]


@lru_cache(maxsize=8192)  # few words stand after numbers
def follows(four: str, lang: str) -> int:
    """Flags for what the four lower-case characters after a number may begin; 0 where nothing can belong to it."""
    mark = four[:1]
    if mark in ALONE or not mark:
        return 0
    spaced, glued = _followers(lang)
    if mark in SPACES:
        three = four[1:]
        return spaced.get(three if len(three) == 3 and three.isalpha() else _head(three), 0)
    return glued.get(mark, 0)
