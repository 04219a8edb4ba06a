"""Glossaries in spreadsheets: CSV as Excel, LibreOffice and others save it, and XLSX.

Our columns lose nothing. Of other people's sheets, `fr`/`français` and `en`/`anglais` are understood, and a column that a
table has no place for is left behind with a warning.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from pipeline.errors import GlossaryError
from pipeline.glossary.edit import replace
from pipeline.glossary.entry import COLUMNS, Entry
from pipeline.glossary.rows import entry_of

SEPARATORS = ",;\t"
KNOWN = {
    "fr": "french",
    "fr-fr": "french",
    "français": "french",
    "francais": "french",
    "en": "english",
    "en-gb": "english",
    "en-us": "english",
    "anglais": "english",
    "domaine": "domain",
    "remarque": "note",
    "notes": "note",
    "comment": "note",
}
Read = tuple[tuple[Entry, ...], tuple[str, ...]]


def to_csv(entries: Iterable[Entry]) -> str:
    """The entries as CSV (RFC 4180) with a header; a byte order mark at the beginning, or Excel takes it for cp1252."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for entry in entries:
        cells = entry.cells()
        writer.writerow([cells[c] for c in COLUMNS])
    return "\N{ZERO WIDTH NO-BREAK SPACE}" + out.getvalue()


def from_csv(path: Path) -> Read:
    """Entries and warnings; UTF-8, UTF-16 or cp1252, between commas, semicolons or tabs. Raises GlossaryError."""
    text, warnings = _decoded(path)
    first, _, rest = text.partition("\n")
    told = first.strip().lower()
    if told.startswith("sep=") and len(told) == 5:  # Excel's own first line
        separator, text = told[4], rest
    else:
        separator = max(SEPARATORS, key=first.count)
    entries, more = _from_rows(csv.reader(io.StringIO(text, newline=""), delimiter=separator), path)
    return entries, (*warnings, *more)


def _decoded(path: Path) -> tuple[str, tuple[str, ...]]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise GlossaryError(f"{path}: cannot be read ({error.strerror})", "give a file that you may read") from error
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    elif content[1:2] == b"\0":
        encodings = ("utf-16-le",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            warning = (f"{path.name}: not UTF-8; read as Windows text (cp1252)",) if encoding == "cp1252" else ()
            return content.decode(encoding), warning
        except UnicodeDecodeError:
            continue
    raise GlossaryError(f"{path}: neither UTF-8, UTF-16 nor Windows text", "save it as CSV UTF-8")


def _from_rows(rows: Iterable[Sequence[str]], path: Path) -> Read:
    entries: list[Entry] = []
    header: list[str] = []
    left: list[str] = []
    for number, row in enumerate(rows, 1):
        if number == 1:
            header, left = _header(row, path)
            continue
        cells = {c: v for c, v in zip(header, row, strict=False) if c in COLUMNS}
        if any(v.strip() for v in cells.values()):
            try:
                entries.append(entry_of({c: " ".join(v.split()) for c, v in cells.items()}))
            except GlossaryError as error:
                raise GlossaryError(f"{path}:{number}: {error}", error.remedy) from None
    warnings = tuple(f"{path.name}: column {c!r} left behind: a table has no such column" for c in left)
    return tuple(entries), warnings


def _header(row: Sequence[str], path: Path) -> tuple[list[str], list[str]]:
    header = [KNOWN.get(c.strip().lower(), c.strip()) for c in row]
    header = [c.lower() if c.lower() in COLUMNS else c for c in header]
    for wanted in ("french", "english"):
        if header.count(wanted) != 1:
            message = f"{path}:1: " + (f"no column {wanted}" if wanted not in header else f"two columns {wanted}")
            raise GlossaryError(message, "the first row must name the columns: " + " ".join(COLUMNS))
    return header, [c for c in header if c and c not in COLUMNS]


def _openpyxl() -> Any:
    try:
        import openpyxl  # type: ignore[import-untyped,import-not-found,unused-ignore]
    except ImportError:
        raise GlossaryError(
            "reading and writing .xlsx needs openpyxl", 'pip install "normalize-corpus[xlsx]", or use .csv'
        ) from None
    return openpyxl


def from_xlsx(path: Path) -> Read:
    """Entries and warnings of the first sheet. Raises GlossaryError."""
    rows, others = _sheet(path)
    entries, warnings = _from_rows(rows, path)
    return entries, (*warnings, *(f"{path.name}: sheet {title!r} left behind: only the first is read" for title in others))


def _sheet(path: Path) -> tuple[Iterator[list[str]], list[str]]:
    """The rows of the first sheet as text, and the names of the others."""
    openpyxl = _openpyxl()
    try:
        book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), read_only=True, data_only=True)
        rows = [["" if v is None else str(v) for v in row] for row in book.worksheets[0].iter_rows(values_only=True)]
        return iter(rows), [sheet.title for sheet in book.worksheets[1:]]
    except OSError as error:
        raise GlossaryError(f"{path}: cannot be read ({error.strerror})", "give a workbook that you may read") from error
    except (BadZipFile, KeyError, IndexError, ValueError, SyntaxError) as error:
        raise GlossaryError(f"{path}: not an .xlsx workbook ({error})", "save it as .xlsx again, or as .csv") from error


def save_xlsx(entries: Iterable[Entry], path: Path) -> None:
    """Write a workbook of one sheet, every cell as text: nothing that begins with `=` becomes a formula."""
    book = _openpyxl().Workbook()
    sheet = book.active
    sheet.title = "glossary"
    sheet.append(COLUMNS)
    for entry in entries:
        cells = entry.cells()
        sheet.append([cells[c] for c in COLUMNS])
        for cell in sheet[sheet.max_row]:
            if str(cell.value or "").startswith("="):
                cell.data_type = "s"
    sheet.freeze_panes = "A2"
    content = io.BytesIO()
    book.save(content)
    replace(path, content.getvalue())
