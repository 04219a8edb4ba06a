"""What a glossary holds: entries, each of them one row of a table, and what can be found wrong with a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

COLUMNS = ("french", "english", "abbr_fr", "abbr_en", "pos", "match", "keep", "admitted", "context", "domain", "note", "source")
PARTS = ("", "n", "np", "person", "adj", "v", "name", "phrase", "label", "acronym")
RULES = ("exact", "fixed", "mass", "whole", "bareplural", "noun", "expand")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a row: `code` is stable, `mend` says what to do. `line` counts from 1, the header is 1."""

    file: str
    line: int
    code: str
    message: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. `french` holds the citation form first, then its variants; empty cells are empty, never None."""

    french: tuple[str, ...]
    english: str
    abbr_fr: str = ""
    abbr_en: str = ""
    pos: str = "n"
    match: frozenset[str] = frozenset()
    keep: bool = False
    admitted: tuple[str, ...] = ()
    near: tuple[str, ...] = ()  # one of these word beginnings must stand nearby
    away: tuple[str, ...] = ()  # none of these may
    domain: str = ""
    note: str = ""
    source: str = ""
    file: str = ""
    line: int = 0
    forbidden: tuple[str, ...] = ()  # English that must not be written for it

    def __hash__(self) -> int:
        return hash((self.file, self.line, self.english))  # every occurrence of a term asks for it

    @property
    def id(self) -> str:
        """File name and line, as it stands in records: `pharma.fr-en.tsv:17`."""
        return f"{self.file}:{self.line}"

    @property
    def head(self) -> str:
        """The citation form of the French."""
        return self.french[0]

    def cells(self) -> dict[str, str]:
        """The row as it is written in a table, cell by column."""
        return {
            "french": "|".join(self.french),
            "english": "" if self.keep and self.english == self.head else self.english,
            "abbr_fr": self.abbr_fr,
            "abbr_en": self.abbr_en,
            "pos": self.pos,
            "match": " ".join(r for r in RULES if r in self.match),
            "keep": "x" if self.keep else "",
            "admitted": "|".join((*self.admitted, *("!" + w for w in self.forbidden))),
            "context": "|".join((*self.near, *("!" + w for w in self.away))),
            "domain": self.domain,
            "note": self.note,
            "source": self.source,
        }


@dataclass(frozen=True, slots=True)
class Glossary:
    """Entries in table order, later files last."""

    entries: tuple[Entry, ...] = ()

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def search(self, words: str) -> tuple[Entry, ...]:
        """The entries whose French, English or abbreviations hold `words`, whatever the case."""
        low = words.lower()
        return tuple(e for e in self.entries if any(low in cell.lower() for cell in (*e.french, e.english, e.abbr_fr, e.abbr_en)))
