"""Which English word stands with a French one in the training text (`data/translations.tsv.xz`), and which words English has."""

from __future__ import annotations

import lzma
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Translation:
    """A French word's English: `share` of its links that are this word (0 to 1), the weight of those links, other words."""

    english: str
    share: float
    pairs: int
    others: tuple[str, ...]

    def admits(self, word: str) -> bool:
        """Whether the English word (in lower case) is one of those that stand with the French one."""
        return word == self.english.lower() or word in self.others


@lru_cache(maxsize=65536)
def translation(french: str) -> Translation | None:
    """What is known of a French word in lower case.

    >>> (found := translation("lyophilisation")) and found.english
    'freeze-drying'
    """
    row = _rows().get(french)
    if row is None:
        return None
    english, share, pairs, others = row.split("\t")
    return Translation(english, int(share) / 100, int(pairs), tuple(others.split()))


def linked_words() -> frozenset[str]:
    """The English words of the table, in lower case; words that go with everything are none of them."""
    return _english()[0]


def is_english(word: str) -> bool:
    """Whether the English side of the training text has the word (in lower case), or all parts of it between hyphens."""
    linked, others = _english()
    return word in linked or word in others or ("-" in word and all(p in linked or p in others for p in word.split("-")))


@cache
def _english() -> tuple[frozenset[str], frozenset[str]]:
    linked, others = _read("words.en.txt.xz").split("\n\n")
    return frozenset(linked.split()), frozenset(others.split())


@cache
def _rows() -> dict[str, str]:
    """The rest of the row by French word: of ninety thousand a document asks for a thousand."""
    return dict(line.split("\t", 1) for line in _read("translations.tsv.xz").splitlines()[1:])


def _read(name: str) -> str:
    return lzma.decompress((files("pipeline") / "data" / name).read_bytes()).decode("utf-8")
