"""The text of a glossary table to entries and back, and exactly what is wrong with a row and where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.errors import GlossaryError
from pipeline.glossary.entry import COLUMNS, PARTS, RULES, Entry, Finding

DAMAGED = re.compile("[\x00-\x08\x0a-\x1f\N{REPLACEMENT CHARACTER}]")
EMPTY = dict.fromkeys(COLUMNS, "")
LETTER = re.compile(r"[^\W_]")


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
