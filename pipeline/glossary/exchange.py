"""Glossaries to and from CSV, XLSX and TBX by the suffix of the file; segments to TMX.

CSV and XLSX have the columns of our tables and lose nothing. XLSX needs the extra `xlsx` (openpyxl).
"""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from pipeline.errors import GlossaryError
from pipeline.glossary.edit import replace
from pipeline.glossary.table import COLUMNS, Entry, decode, dump, entry_of, read
from pipeline.glossary.tbx import LANG, from_tbx, to_tbx
from pipeline.model import Document, Lang

SUFFIXES = (".tsv", ".csv", ".xlsx", ".tbx")


def save(entries: Sequence[Entry], path: Path) -> None:
    """Write entries in the format that the suffix names. Raises GlossaryError for another suffix, OutputError."""
    suffix = path.suffix.lower()
    if suffix == ".tsv":
        replace(path, dump(entries))
    elif suffix == ".csv":
        replace(path, to_csv(entries))
    elif suffix == ".tbx":
        replace(path, to_tbx(entries, path.stem))
    elif suffix == ".xlsx":
        _save_xlsx(entries, path)
    else:
        raise _unknown(path)


def open_any(path: Path) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """Entries in any of the formats, and warnings about what could not be read. Raises GlossaryError."""
    suffix = path.suffix.lower()
    if suffix == ".tsv":
        return read(path), ()
    if suffix == ".csv":
        return _from_rows(csv.reader(io.StringIO(decode(path), newline="")), path), ()
    if suffix == ".tbx":
        return from_tbx(decode(path), path.name)
    if suffix == ".xlsx":
        return _from_rows(_sheet(path), path), ()
    raise _unknown(path)


def _unknown(path: Path) -> GlossaryError:
    return GlossaryError(f"{path}: unknown format {path.suffix!r}", "use a file that ends in " + ", ".join(SUFFIXES))


def to_csv(entries: Iterable[Entry]) -> str:
    """The entries as CSV (RFC 4180), with a header."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for entry in entries:
        cells = entry.cells()
        writer.writerow([cells[c] for c in COLUMNS])
    return out.getvalue()


def _from_rows(rows: Iterable[Sequence[str]], path: Path) -> tuple[Entry, ...]:
    entries = []
    header: list[str] = []
    for number, row in enumerate(rows, 1):
        if number == 1:
            header = [c.strip() for c in row]
            strange = [c for c in header if c not in COLUMNS]
            if strange or "french" not in header or "english" not in header:
                message = f"{path}:1: " + (f"unknown column {strange[0]!r}" if strange else "no column french or english")
                raise GlossaryError(message, "the first row must name the columns: " + " ".join(COLUMNS))
        elif any(cell.strip() for cell in row):
            try:
                entries.append(entry_of(dict(zip(header, row, strict=False))))
            except GlossaryError as error:
                raise GlossaryError(f"{path}:{number}: {error}", error.remedy) from None
    return tuple(entries)


def _openpyxl() -> Any:
    try:
        import openpyxl  # type: ignore[import-untyped,import-not-found,unused-ignore]
    except ImportError:
        raise GlossaryError(
            "reading and writing .xlsx needs openpyxl", 'pip install "normalize-corpus[xlsx]", or use .csv'
        ) from None
    return openpyxl


def _sheet(path: Path) -> Iterator[list[str]]:
    """The rows of the first sheet as text."""
    openpyxl = _openpyxl()
    try:
        content = io.BytesIO(path.read_bytes())
        sheet = openpyxl.load_workbook(content, read_only=True, data_only=True).worksheets[0]
        for row in sheet.iter_rows(values_only=True):
            yield ["" if cell is None else str(cell) for cell in row]
    except OSError as error:
        raise GlossaryError(f"{path}: cannot be read ({error.strerror})", "give a workbook that you may read") from error
    except (BadZipFile, KeyError, IndexError, ValueError, SyntaxError) as error:
        raise GlossaryError(f"{path}: not an .xlsx workbook ({error})", "save it as .xlsx again, or as .csv") from error


def _save_xlsx(entries: Iterable[Entry], path: Path) -> None:
    book = _openpyxl().Workbook()
    sheet = book.active
    sheet.title = "glossary"
    sheet.append(COLUMNS)
    for entry in entries:
        cells = entry.cells()
        sheet.append([cells[c] for c in COLUMNS])
    sheet.freeze_panes = "A2"
    content = io.BytesIO()
    book.save(content)
    replace(path, content.getvalue())


def to_tmx(documents: Iterable[Document], tool_version: str = "1") -> str:
    """The translated segments of documents as TMX 1.4, French beside English, each pair once."""
    root = ET.Element("tmx", version="1.4")
    header = {"creationtool": "normalize", "creationtoolversion": tool_version, "segtype": "sentence", "o-tmf": "normalize"}
    ET.SubElement(root, "header", header | {"adminlang": "en", "srclang": "fr", "datatype": "plaintext"})
    body = ET.SubElement(root, "body")
    seen: set[tuple[str, str]] = set()
    for document in documents:
        for block in document.blocks:
            for segment in block.segments if block.lang is Lang.FR else ():
                pair = (segment.span.of(block.text), segment.english)
                if segment.origin not in ("model", "memory") or pair in seen:
                    continue
                seen.add(pair)
                unit = ET.SubElement(body, "tu")
                for language, text in zip(("fr", "en"), pair, strict=True):
                    ET.SubElement(ET.SubElement(unit, "tuv", {LANG: language}), "seg").text = text
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"
