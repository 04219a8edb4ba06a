"""The lists behind the names: first names, places with their English, and words that are never a name."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Place:
    """A place as French and English write it; `key` is the French folded."""

    french: str
    english: str
    key: str
    inner: bool = False  # also a common word: a place only inside a sentence, with its capital


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All lists. `places` by the first word, folded, the longest first; `contracted`: du Havre, des Ulis → Le Havre, Les Ulis."""

    places: dict[str, tuple[Place, ...]]
    contracted: dict[str, str]
    same: frozenset[str]
    first: frozenset[str]
    keep: frozenset[str]
    never: frozenset[str]
    doubtful: frozenset[str]  # first names that are also places or words: never a name alone


def folded(text: str) -> str:
    """Lower case, without accents, straight apostrophes; as long as `text` for Latin letters.

    >>> folded("États-Unis d’Amérique")
    "etats-unis d'amerique"
    """
    if text.isascii():
        return text.lower()
    out = [unicodedata.normalize("NFD", c)[0] if c not in "Œœ" else c for c in text]
    return "".join(out).lower().replace("’", "'")


def bare(text: str) -> str:
    """`text` without the accents on its capitals, as they are often typed, and with straight apostrophes.

    >>> bare("États-Unis, Écosse")
    'Etats-Unis, Ecosse'
    """
    if text.isascii():
        return text
    return "".join(unicodedata.normalize("NFD", c)[0] if c.isupper() else c for c in text).replace("’", "'")


@lru_cache(maxsize=20_000)
def places_of(word: str) -> tuple[Place, ...]:
    """The places whose French begins with `word`, however it is written; the longest first."""
    return load().places.get(folded(word), ())


def _rows(name: str) -> list[list[str]]:
    lines = (files("pipeline") / "data" / name).read_text("utf-8").splitlines()[1:]
    return [(line + "\t\t\t").split("\t")[:4] for line in lines if line and not line.startswith("#")]


@cache
def load() -> Gazetteer:
    """The shipped lists, read once a process."""
    places: dict[str, list[Place]] = {}
    contracted: dict[str, str] = {}
    same, never = set(), set()
    for french, english, kind, _ in _rows("places.tsv"):
        if kind == "same":
            same.add(french)
        elif kind == "ambiguous":
            never.add(french)
        elif kind == "contracted":
            contracted[french] = english
            never.add(french)
        else:
            head = folded(french).split(" ")[0]
            places.setdefault(head, []).append(Place(french, english, folded(french), kind == "inner"))
    words = _rows("names.tsv")
    first = {w for w, kind, *_ in words if kind == "first"}
    listed = {w for w, *_ in _rows("names_never.tsv")}
    never |= listed | {bare(w) for w in listed}
    return Gazetteer(
        {head: tuple(sorted(found, key=lambda p: -len(p.key))) for head, found in places.items()},
        contracted,
        frozenset(same),
        frozenset(first),
        frozenset(w for w, kind, *_ in words if kind == "keep"),
        frozenset(never - first),
        frozenset(never & first),
    )
