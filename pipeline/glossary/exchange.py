"""Glossaries to and from the formats of other programs, by the suffix of the file.

CSV and XLSX (`sheets.py`) have the columns of our tables; TBX (`tbx.py`, `tbx_reading.py`) carries in notes what it has no
category for. XLSX needs the extra `xlsx` (openpyxl).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import GlossaryError
from pipeline.glossary.edit import replace
from pipeline.glossary.entry import Entry
from pipeline.glossary.rows import dump
from pipeline.glossary.sheets import from_csv, from_xlsx, save_xlsx, to_csv
from pipeline.glossary.table import read
from pipeline.glossary.tbx import to_tbx
from pipeline.glossary.tbx_reading import from_tbx

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
        save_xlsx(entries, path)
    else:
        raise _unknown(path)


def open_any(path: Path) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """Entries in any of the formats, and warnings about what could not be read. Raises GlossaryError."""
    suffix = path.suffix.lower()
    if suffix == ".tsv":
        return read(path), ()
    if suffix in (".csv", ".txt"):  # `.txt` is what Excel calls its Unicode text: UTF-16 with tabs
        return from_csv(path)
    if suffix == ".tbx":
        return from_tbx(content(path), path.name)
    if suffix == ".xlsx":
        return from_xlsx(path)
    raise _unknown(path)


def content(path: Path) -> bytes:
    """The bytes of a file, whose XML says itself how they are encoded. Raises GlossaryError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise GlossaryError(f"{path}: cannot be read ({error.strerror})", "give a file that you may read") from error


def _unknown(path: Path) -> GlossaryError:
    return GlossaryError(f"{path}: unknown format {path.suffix!r}", "use a file that ends in " + ", ".join(SUFFIXES))
