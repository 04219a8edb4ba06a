"""What is wrong with a glossary table, row by row: the schema, then duplicates, conflicts and cells that mislead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pipeline.glossary.entry import Entry, Finding
from pipeline.glossary.forms import forms
from pipeline.glossary.rows import parse
from pipeline.glossary.table import decode

ODD = re.compile("[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{ZERO WIDTH SPACE}\N{SOFT HYPHEN}]|  ")
ARTICLE = re.compile(r"(?i)(?:the|a|an) ")
FRENCH_ARTICLE = re.compile(r"(?i)(?:le|la|les|un|une) |l'")


def check(path: Path) -> tuple[Finding, ...]:
    """Every finding in a table, in line order. Raises GlossaryError only where the file cannot be read at all."""
    text = decode(path)
    entries, wrong = parse(path.name, text)
    found = [*wrong, *_typing(path.name, text), *_cells(entries), *conflicts(entries)]
    return tuple(sorted(found, key=lambda f: (f.line, f.code)))


def _typing(name: str, text: str) -> Iterator[Finding]:
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if line.startswith("#"):
            continue
        for cell in line.split("\t"):
            if cell != cell.strip():
                yield Finding(name, number, "cell.space", f"a space before or after {cell.strip()!r}", "remove it")
            odd = ODD.search(cell.strip())
            if odd:
                message = f"{cell.strip()!r} holds " + ("two spaces" if odd[0] == "  " else f"the character U+{ord(odd[0]):04X}")
                yield Finding(name, number, "cell.space", message, "type a plain space")


def _cells(entries: Iterable[Entry]) -> Iterator[Finding]:
    def finding(entry: Entry, code: str, message: str, mend: str) -> Finding:
        return Finding(entry.file, entry.line, code, message, mend)

    for entry in entries:
        article = ARTICLE.match(entry.english)
        if article and entry.pos not in ("phrase", "label", "name"):
            yield finding(entry, "english.article", f"the English begins with {article[0].strip()!r}", "write the bare noun")
        if FRENCH_ARTICLE.match(entry.head) and entry.pos not in ("phrase", "label", "name"):
            yield finding(
                entry,
                "french.article",
                f"the French {entry.head!r} begins with an article",
                "write it without, or set pos to phrase",
            )
        if entry.english.endswith((".", ",", ";", ":")) and not entry.keep:
            yield finding(entry, "english.stop", f"the English {entry.english!r} ends with a stop", "remove it")
        if entry.english in entry.admitted:
            yield finding(entry, "admitted.same", f"{entry.english!r} is preferred and admitted", "remove it from admitted")
        bad = next((w for w in entry.forbidden if w in (entry.english, entry.abbr_en, *entry.admitted)), None)
        if bad:
            yield finding(entry, "admitted.forbidden", f"{bad!r} is forbidden and written or admitted", "remove it from one place")
        if "expand" in entry.match and not (entry.abbr_fr and entry.abbr_en):
            yield finding(entry, "match.expand", "expand needs an abbreviation", "fill in abbr_fr and abbr_en, or remove expand")
        if entry.keep and entry.english != entry.head:
            yield finding(
                entry, "keep.english", f"{entry.head!r} is never translated, yet has English", "remove the English or the x"
            )
        if entry.abbr_fr and not entry.abbr_en:
            yield finding(
                entry, "abbreviation.english", f"no English for {entry.abbr_fr!r}", "write it in abbr_en (it may be the same)"
            )


def conflicts(entries: Sequence[Entry]) -> Iterator[Finding]:
    """Two ungated entries that answer to the same words: a duplicate, a conflict, a shadow, an abbreviation bound twice."""
    owner: dict[tuple[str, bool], tuple[Entry, str]] = {}
    for entry in entries:
        if entry.near or entry.away:
            continue  # the neighbourhood decides
        told: set[int] = set()
        for form, how in forms(entry).items():
            exact = how == "abbreviation" or entry.pos in ("name", "acronym") or "exact" in entry.match
            key = (form if exact else form.lower(), entry.pos == "label")
            other, their_how = owner.setdefault(key, (entry, how))
            if other is not entry and other.line not in told:
                told.add(other.line)
                yield _conflict(entry, form, how, other, their_how)


def _conflict(entry: Entry, form: str, how: str, other: Entry, their_how: str) -> Finding:
    def finding(code: str, message: str, mend: str) -> Finding:
        return Finding(entry.file, entry.line, code, message, mend)

    where = f"line {other.line}"
    if how == their_how == "abbreviation":
        return finding("abbreviation.twice", f"{form!r} is bound on {where} too", "give both rows context words, or remove one")
    if entry.head == other.head and entry.english == other.english:
        return finding("duplicate", f"{entry.head!r} stands on {where} too", "remove one of the rows")
    if entry.head == other.head:
        return finding("conflict", f"{entry.head!r} is {other.english!r} on {where}", "keep one, or give both rows context words")
    return finding("shadow", f"{form!r} also belongs to {other.head!r} on {where}", "remove the form from one of the rows")
