"""Glossary tables: load them, hold them against the schema, and say exactly what is wrong and where.

A table is a TSV file whose first line names columns; only `french` and `english` are required. `glossaries/README.md`
explains every column to a translator. A file with one wrong row is refused whole: half a glossary is never loaded.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from pipeline.errors import GlossaryError

COLUMNS = ("french", "english", "abbr_fr", "abbr_en", "pos", "match", "keep", "admitted", "context", "domain", "note", "source")
PARTS = ("", "n", "np", "person", "adj", "v", "name", "phrase", "label", "acronym")
RULES = ("exact", "fixed", "mass", "whole", "bareplural", "noun", "expand")
DAMAGED = re.compile("[\x00-\x08\x0a-\x1f\N{REPLACEMENT CHARACTER}]")
EMPTY = dict.fromkeys(COLUMNS, "")
LETTER = re.compile(r"[^\W_]")
SHIPPED = "pharma.fr-en.tsv"


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


def shipped() -> Path:
    """Where the table that comes with the package lies: in the wheel `pipeline/data/glossaries`, in a checkout `glossaries`.

    Raises GlossaryError when it is in neither place.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "data" / "glossaries", package.parent / "glossaries"):
        if (folder / SHIPPED).is_file():
            return folder / SHIPPED
    raise GlossaryError(f"the shipped glossary {SHIPPED} is missing from the installation", "install normalize-corpus again")


def load(paths: Sequence[Path] = (), shipped: bool = True) -> Glossary:
    """The shipped glossary (unless `shipped` is false), then the tables at `paths`.

    A later file wins: its row replaces every earlier entry with the same French citation form. Raises GlossaryError
    for the first row that is wrong, naming file, line and mend.
    """
    with uncollected():
        tables = [_shipped_table()] if shipped else []
        tables += [read(Path(p)) for p in paths]
        kept: list[tuple[Entry, ...]] = []
        later: set[str] = set()
        for table in reversed(tables):
            kept.append(tuple(e for e in table if e.head.lower() not in later) if later else table)
            later.update(e.head.lower() for e in table)
        return Glossary(tuple(chain.from_iterable(reversed(kept))))


@contextmanager
def uncollected() -> Iterator[None]:
    """Without garbage collection: it would look through a large table again and again while the table is being built."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _shipped_table() -> tuple[Entry, ...]:
    return read(shipped())


def read(path: Path) -> tuple[Entry, ...]:
    """The entries of one table, all of them or none. Raises GlossaryError."""
    entries, findings = parse(path.name, decode(path))
    if findings:
        first = findings[0]
        more = f" (and {len(findings) - 1} more: normalize glossary check {path})" if len(findings) > 1 else ""
        raise GlossaryError(f"{path}:{first.line}: {first.message}{more}", first.mend)
    return entries


def decode(path: Path) -> str:
    """The text of a table. Raises GlossaryError when the file is missing, unreadable or not UTF-8."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise GlossaryError(f"{path}: no such file", "give the path of a glossary table (.tsv)") from None
    except UnicodeDecodeError as error:
        raise GlossaryError(f"{path}: not UTF-8 (byte {error.start})", "save the table as UTF-8 text") from None
    except OSError as error:
        raise GlossaryError(f"{path}: cannot be read ({error.strerror})", "give a table that you may read") from error


def parse(name: str, text: str) -> tuple[tuple[Entry, ...], tuple[Finding, ...]]:
    r"""Every row that can be read, and everything that makes a row unusable.

    >>> entries, findings = parse("t.tsv", "french\tenglish\nlot clinique\tclinical batch\n")
    >>> entries[0].english, entries[0].id, findings
    ('clinical batch', 't.tsv:2', ())
    """
    lines = text.replace("\r\n", "\n").split("\n")
    columns = [c.strip() for c in lines[0].split("\t")]
    bad = _header(name, columns)
    if bad:
        return (), (bad,)
    entries, findings = [], []
    damaged = DAMAGED.search(text.replace("\n", "")) is not None  # asked once of the whole: few tables are
    for number, line in enumerate(lines[1:], 2):
        if not line.strip() or line.startswith("#"):
            continue
        got = _row(name, number, line, columns, damaged)
        if isinstance(got, Entry):
            entries.append(got)
        else:
            findings.append(got)
    return tuple(entries), tuple(findings)


def _header(name: str, columns: Sequence[str]) -> Finding | None:
    for wanted in ("french", "english"):
        if wanted not in columns:
            mend = "the first line must name the columns, separated by tabs: " + " ".join(COLUMNS)
            return Finding(name, 1, "schema.header", f"no column {wanted!r}", mend)
    for column in columns:
        if column not in COLUMNS:
            return Finding(name, 1, "schema.header", f"unknown column {column!r}", "use only: " + " ".join(COLUMNS))
    if len(set(columns)) < len(columns):
        return Finding(name, 1, "schema.header", "a column is named twice", "name each column once")
    return None


def _row(name: str, number: int, line: str, columns: Sequence[str], damaged: bool = True) -> Entry | Finding:
    values = line.split("\t")
    cell = EMPTY.copy()
    cell.update(zip(columns, map(str.strip, values), strict=False))
    if len(values) > len(columns):
        return Finding(
            name, number, "schema.cells", f"{len(values)} cells for {len(columns)} columns", "remove the tabs that are too many"
        )
    control = DAMAGED.search(line) if damaged else None
    if control:
        return Finding(
            name,
            number,
            "schema.character",
            f"holds the character U+{ord(control[0]):04X}",
            "type the row again; it was damaged by a copy",
        )
    french = _list(cell["french"])
    if not french:
        return Finding(name, number, "schema.french", "the French is empty", "write the French term in the first column")
    if not french[0][0].isalpha() and not LETTER.search(cell["french"]):
        return Finding(
            name,
            number,
            "schema.french",
            f"the French {cell['french']!r} has no letter",
            "write the French term in the first column",
        )
    if cell["keep"] not in ("", "x"):
        return Finding(
            name, number, "schema.keep", f"keep is {cell['keep']!r}", "write x (never translate) or leave the cell empty"
        )
    if not cell["english"] and not cell["keep"]:
        return Finding(
            name, number, "schema.english", f"no English for {french[0]!r}", "write the English, or x in the column keep"
        )
    if cell["pos"] not in PARTS:
        return Finding(name, number, "schema.pos", f"pos is {cell['pos']!r}", "use one of: " + " ".join(p for p in PARTS if p))
    rules = frozenset(cell["match"].split()) if cell["match"] else frozenset()
    if rules and rules - set(RULES):
        return Finding(name, number, "schema.match", f"unknown match rule {min(rules - set(RULES))!r}", "use: " + " ".join(RULES))
    return _entry(cell, french, rules, name, number)


def _entry(cell: dict[str, str], french: tuple[str, ...], rules: frozenset[str], name: str, number: int) -> Entry:
    context = _list(cell["context"])
    others = _list(cell["admitted"])
    return Entry(
        french,
        cell["english"] or french[0],
        cell["abbr_fr"],
        cell["abbr_en"],
        cell["pos"] or ("name" if cell["keep"] else "n"),
        rules,
        bool(cell["keep"]),
        tuple(w for w in others if not w.startswith("!")),
        tuple(w for w in context if not w.startswith("!")) if context else (),
        tuple(w[1:] for w in context if w.startswith("!")) if context else (),
        cell["domain"],
        cell["note"],
        cell["source"],
        name,
        number,
        tuple(w[1:] for w in others if w.startswith("!")),
    )


def entry_of(cells: dict[str, str]) -> Entry:
    """An entry from its cells, as someone typed them. Raises GlossaryError that says what is wrong with them."""
    columns = [c for c in COLUMNS if c in cells]
    got = _row("the new row", 1, "\t".join(cells[c].replace("\t", " ") for c in columns), columns)
    if isinstance(got, Finding):
        raise GlossaryError(got.message, got.mend)
    return got


def _list(cell: str) -> tuple[str, ...]:
    if not cell:
        return ()
    if "|" not in cell:
        return (cell,)
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def dump(entries: Iterable[Entry]) -> str:
    """The entries as a table with every column, in the order given."""
    rows = ["\t".join(COLUMNS)]
    for entry in entries:
        cells = entry.cells()
        rows.append("\t".join(cells[c] for c in COLUMNS))
    return "\n".join(rows) + "\n"


def renumber(entries: Iterable[Entry], name: str) -> tuple[Entry, ...]:
    """The entries as they will be numbered once `dump` has been written to a file called `name`."""
    return tuple(replace(entry, file=name, line=number) for number, entry in enumerate(entries, 2))
