"""How much of the French a translation says: the share of its words that stand in the English in one of their translations.

A small model's likeliest translation is often the one that leaves something out. Among the alternatives of the beam, which
cost nothing, the one that says most of the French is better than the likeliest (docs/translate.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import regex

from pipeline import lexicon
from pipeline.translate.engine import Hypothesis
from pipeline.translate.translations import Translation, translation

WEIGHT = 1.0  # of the share, beside the mean log-probability of a token
OFTEN = 4  # pairs from which on the table is believed
COMMON = 20_000  # occurrences in the lexicon from which on a word has no English of its own (pour, dans)
SHORTEST = 4
_WORD = regex.compile(r"(?<!⟦)\p{L}+(?:-\p{L}+)*")


def ranked(hypotheses: Sequence[Hypothesis], source: str) -> list[Hypothesis]:
    """The hypotheses with the share of the source that they say (`said`), best first by `worth`."""
    wanted = words_wanted(source)
    if not wanted:
        return list(hypotheses)
    return sorted((replace(h, said=share(wanted, h.text)) for h in hypotheses), key=lambda h: -worth(h.score, h.said))


def worth(score: float, said: float) -> float:
    """What translations are compared by: the mean log-probability of a token, and the share of the French that is said."""
    return score + WEIGHT * said


def share(wanted: Sequence[tuple[frozenset[str], float]], english: str) -> float:
    """The part of the wanted words that the English says, 0 to 1; words with one sure translation count most."""
    if not wanted:
        return 1.0
    said = words_of(english)
    return sum(weight for forms, weight in wanted if not forms.isdisjoint(said)) / sum(weight for _, weight in wanted)


@lru_cache(maxsize=1024)
def words_wanted(source: str) -> tuple[tuple[frozenset[str], float], ...]:
    """For every word of the French with an English of its own: that English in all forms, and how much it counts."""
    out = []
    for word in _WORD.findall(source.lower()):
        if len(word) < SHORTEST or is_common(word):
            continue
        entry = translation(word)
        if entry is not None and entry.pairs >= OFTEN:
            out.append((forms(entry), min(1.0, 2 * entry.share)))
    return tuple(out)


def words_of(english: str) -> frozenset[str]:
    """Its words, in lower case."""
    return frozenset(_WORD.findall(english.lower()))


def forms(entry: Translation) -> frozenset[str]:
    """All words that stand for the French one, in lower case."""
    return frozenset((entry.english.lower(), *entry.others))


def is_common(french: str) -> bool:
    """Whether the French word (in lower case) is one of those that have no English of their own."""
    return lexicon.load("fr").counts.get(french, 0) > COMMON
