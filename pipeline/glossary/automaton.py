"""The forms of a glossary, compiled: at once where it is small, entry by entry as texts call for them where it is large.

Each entry waits under the stem of its rarest word; it is given its forms when a text first holds a word that begins so.
A table of 50,000 rows is thus ready in a fraction of a second, and a run pays for the entries that its texts can hold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from ahocorasick_rs import AhoCorasick

from pipeline.glossary.entry import Entry
from pipeline.glossary.folding import fold
from pipeline.glossary.forms import JOINABLE, feminines, forms, plural

EAGER = 3000  # so many entries are compiled at once: some 0.2 s


@dataclass(frozen=True, slots=True)
class Form:
    """One spelling of one entry, and how it relates to the citation form."""

    text: str
    how: str
    entry: Entry

    @property
    def exact(self) -> bool:
        """Whether capitals count."""
        return self.how == "abbreviation" or "exact" in self.entry.match or self.entry.pos in ("acronym", "name")


@dataclass(frozen=True, slots=True)
class _Layer:
    """Some of the forms by their pattern (folded, a space at both ends), and the automaton that finds them."""

    patterns: dict[str, list[Form]]
    automaton: AhoCorasick
    forms: tuple[list[Form], ...]

    @classmethod
    def of(cls, patterns: dict[str, list[Form]]) -> _Layer:
        return cls(patterns, AhoCorasick(list(patterns)), tuple(patterns.values()))


def _patterns(entries: Iterable[Entry]) -> dict[str, list[Form]]:
    by_fold: dict[str, list[Form]] = {}
    for entry in entries:
        for text, how in forms(entry).items():
            by_fold.setdefault(f" {fold(text)} ", []).append(Form(text, how, entry))
    return by_fold


@cache
def stem(word: str, gendered: bool) -> str:
    """What all forms of a word begin with, folded: up to where the plural (and the feminine) part from it.

    >>> stem("clinique", False), stem("médical", False), stem("directeur", True), stem("pré-remplie", False)
    ('clinique', 'medica', 'direct', 'pre')
    """
    prefix = JOINABLE.match(word)
    if prefix:
        return fold(prefix[0].rstrip("-"))
    word = word.partition("-")[0]
    many = plural(word)
    if gendered:
        shared = _shared([word, many, *(form for one in feminines(word) for form in (one, plural(one)))])
    else:
        shared = word if many.startswith(word) else _shared([word, many])
    return next(iter(fold(shared).split()), "")


def _shared(words: Sequence[str]) -> str:
    """The beginning that all words have."""
    first, last = min(words), max(words)
    return first[: next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))]


class Automaton:
    """Finds every form of every entry in a folded text. What it compiles later on is a memo: it changes no answer."""

    def __init__(self, entries: Iterable[Entry], eager: int = EAGER) -> None:
        all_entries = tuple(entries)
        self._layers: tuple[_Layer, ...] = ()
        self._waiting: dict[str, list[Entry]] = {}
        self._seen: set[str] = set()
        self._compiled: set[int] = set()  # by identity: an entry waits under several stems
        if len(all_entries) > eager:
            self._waiting = by_rarest_stem(all_entries)
        elif all_entries:
            self._layers = (_Layer.of(_patterns(all_entries)),)

    def matches(self, folded: str) -> Iterator[tuple[int, int, Sequence[Form]]]:
        """Start and end of each pattern in a folded text, spaces at both ends included, and the forms it stands for."""
        if self._waiting:
            self._compile(folded)
        for layer in self._layers:
            for index, start, end in layer.automaton.find_matches_as_indexes(folded, overlapping=True):
                yield start, end, layer.forms[index]

    def _compile(self, folded: str) -> None:
        new = set(folded.split()) - self._seen
        if not new:
            return
        self._seen |= new
        found: dict[int, Entry] = {}
        for word in new:
            for end in range(len(word) + 1):
                for entry in self._waiting.pop(word[:end], ()):
                    if id(entry) not in self._compiled:
                        found[id(entry)] = entry
        if found:
            self._compiled |= found.keys()
            self._layers = _merged(self._layers, _patterns(found.values()))


def _merged(layers: tuple[_Layer, ...], patterns: dict[str, list[Form]]) -> tuple[_Layer, ...]:
    """A new layer, merged with those that are not much larger: few layers, and no automaton is built often."""
    while layers and len(layers[-1].patterns) < 3 * len(patterns):
        joined = dict(layers[-1].patterns)
        for pattern, found in patterns.items():
            joined[pattern] = joined.get(pattern, []) + found
        patterns, layers = joined, layers[:-1]
    return (*layers, _Layer.of(patterns))


def by_rarest_stem(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    """Every entry under one stem for each of its phrases, an abbreviation under itself."""
    counts = Counter(" ".join(chain.from_iterable(entry.french for entry in entries)).replace("'", " ").split())
    waiting: dict[str, list[Entry]] = {}
    for entry in entries:
        gendered = entry.pos in ("person", "adj")
        for phrase in (*entry.french, entry.abbr_fr) if entry.abbr_fr else entry.french:
            words = phrase.replace("'", " ").split()
            rarest = min(words, key=counts.__getitem__) if len(words) > 1 else words[0]
            waiting.setdefault(stem(rarest, gendered), []).append(entry)
    return waiting
