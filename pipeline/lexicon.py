"""Which words a language has, how often they stand in running text, and how often with a capital.

The tables (`data/lexicon.fr.tsv`, `data/lexicon.en.tsv`) are counts over the training text, words of five occurrences
or more in two sources or more; `training/lexicon.py` makes them. They settle questions that no rule settles: is
`fabri-cation` one word, does `Essonne` also exist in lower case, is a three-word heading French.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word counts of one language; words are lower case, hyphens inside allowed."""

    counts: dict[str, int]
    capitalised: dict[str, int]  # how often inside a sentence with a first capital, where ever

    def __contains__(self, word: str) -> bool:
        return word.lower() in self.counts

    def count(self, word: str) -> int:
        """Occurrences in lower case; 0 for a word that is not in the table.

        >>> load("fr").count("fabrication") > 100
        True
        """
        return self.counts.get(word.lower(), 0)

    def name_like(self, word: str) -> bool:
        """Whether the word is written with a capital more often than not (or is not known at all).

        >>> load("fr").name_like("Seqens"), load("fr").name_like("Aujourd")
        (True, False)
        """
        low = word.lower()
        return self.counts.get(low, 0) <= self.capitalised.get(low, 0)


@cache
def load(language: str) -> Lexicon:
    """The shipped lexicon of `fr` or `en`, read once a process."""
    counts, capitals = {}, {}
    table = files("pipeline") / "data" / f"lexicon.{language}.tsv"
    for line in table.read_text("utf-8").splitlines()[1:]:
        word, count, capitalised = line.split("\t")
        counts[word] = int(count)
        if capitalised != "0":
            capitals[word] = int(capitalised)
    return Lexicon(counts, capitals)


@cache
def accents() -> dict[str, str]:
    """French words without their accents and ligatures → the commonest word that is written so: `societe` → `société`.

    Only words that have any; lower case.
    """
    known = load("fr")
    best: dict[str, str] = {}
    for word in known.counts:
        if not word.isascii() and (plain := bare(word)) != word:
            other = best.get(plain)
            if other is None or known.counts[word] > known.counts[other]:
                best[plain] = word
    return best


def bare(word: str) -> str:
    """The word without accents and ligatures.

    >>> bare("cœur"), bare("allogéniques")
    ('coeur', 'allogeniques')
    """
    parts = unicodedata.normalize("NFD", word.replace("œ", "oe").replace("æ", "ae"))
    return "".join(c for c in parts if not unicodedata.combining(c))
