"""English held against the glossary: renderings that a row forbids, and terms that the texts write in several ways."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from pipeline.glossary.english import inflects, plural, spellings
from pipeline.glossary.entry import Entry, Glossary
from pipeline.glossary.folding import fold
from pipeline.model import Document, Lang, Term


@dataclass(frozen=True, slots=True)
class Offence:
    """A segment in which a term's row forbids what stands there."""

    path: str
    block: int
    french: str
    forbidden: str
    english: str


def offences(documents: Iterable[Document], glossary: Glossary) -> Iterator[Offence]:
    """Segments that hold a term and, in their English, a rendering that the term's row forbids (whole words, any number)."""
    wanted = {entry.id: entry for entry in glossary if entry.forbidden}
    if not wanted:
        return
    for document in documents:
        for number, block in enumerate(document.blocks):
            for segment in block.segments:
                entries = {p.mention.value.entry for p in segment.placed if isinstance(p.mention.value, Term)}
                text = f" {fold(segment.english)} "
                for entry in (wanted[e] for e in sorted(entries & wanted.keys())):
                    for word in entry.forbidden:
                        if any(f" {fold(form)} " in text for form in _ways(word, entry)):
                            yield Offence(document.path, number, entry.head, word, segment.english)


def varied(documents: Iterable[Document], glossary: Glossary) -> list[tuple[Entry, Counter[str]]]:
    """Entries that the English of the documents, written or translated, renders in two ways or more; the most varied first.

    Number, spelling and capitals do not count as ways, nor does an abbreviation, nor a rendering that several entries share.
    """
    owners: dict[str, set[tuple[str, str]]] = defaultdict(set)
    entries = {entry.id: entry for entry in glossary if not entry.keep and entry.pos != "label"}
    for entry in entries.values():
        for base in (entry.english, *entry.admitted):
            for form in _ways(base, entry):
                owners[f" {fold(form)} "].add((entry.id, base.lower()))
    patterns = list(owners)
    if not patterns:
        return []
    automaton = AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for text in _english(documents):
        for index, _, _ in automaton.find_matches_as_indexes(f" {fold(text)} "):
            owner = owners[patterns[index]]
            if len({entry for entry, _ in owner}) == 1:
                identity, base = min(owner)
                counts[identity][base] += 1
    out = [(entries[entry], ways) for entry, ways in counts.items() if sum(1 for w in ways if not w.isupper()) > 1]
    return sorted(out, key=lambda item: (-len(item[1]), -item[1].total(), item[0].head))


def _ways(base: str, entry: Entry) -> Iterator[str]:
    for form in (base, plural(base)) if inflects(entry) else (base,):
        yield from spellings(form)


def _english(documents: Iterable[Document]) -> Iterator[str]:
    for document in documents:
        for block in document.blocks:
            if not block.kind.omitted and block.lang in (Lang.FR, Lang.EN):
                yield from (segment.english for segment in block.segments)
