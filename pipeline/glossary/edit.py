"""Change a table on disk: add or remove rows, all else left byte for byte. The file is replaced whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from pipeline.errors import GlossaryError, OutputError
from pipeline.glossary.entry import COLUMNS, Entry
from pipeline.glossary.rows import parse
from pipeline.glossary.table import decode, read


def add(path: Path, entries: Iterable[Entry]) -> int:
    """Append rows to a table (made with its header if it is not there); returns how many.

    Raises GlossaryError when the table is broken, or when a row would stand twice; the file is then as before.
    """
    new = list(entries)
    text = decode(path) if path.exists() else "\t".join(COLUMNS) + "\n"
    old = read(path) if path.exists() else ()
    known = {(e.head.lower(), e.near, e.away): e for e in old}
    for entry in new:
        twice = known.get((entry.head.lower(), entry.near, entry.away))
        if twice:
            raise GlossaryError(
                f"{path}:{twice.line}: {entry.head!r} is there already, as {twice.english!r}",
                "remove that row first, or give the new one context words",
            )
    columns = text.split("\n", 1)[0].rstrip("\r").split("\t")
    rows = []
    for entry in new:
        cells = entry.cells()
        lost = [c for c in COLUMNS if cells[c] and c not in columns and not (c == "pos" and cells[c] == "n")]
        if lost:
            raise GlossaryError(f"{path}:1: the table has no column {lost[0]!r}", "add it to the first line")
        rows.append("\t".join(cells[c] for c in columns))
    whole = text + ("" if text.endswith("\n") else "\n") + "".join(row + "\n" for row in rows)
    _, findings = parse(path.name, whole)
    if findings:
        raise GlossaryError(str(findings[0]), findings[0].mend)
    replace(path, whole)
    return len(rows)


def remove(path: Path, french: str) -> tuple[Entry, ...]:
    """Remove every row whose citation form is `french`; returns them. Raises GlossaryError when there is none."""
    gone = tuple(e for e in read(path) if e.head.lower() == french.lower())
    if not gone:
        raise GlossaryError(f"{path}: no row for {french!r}", "normalize glossary list shows the rows")
    lines = decode(path).split("\n")
    drop = {e.line for e in gone}
    replace(path, "\n".join(line for number, line in enumerate(lines, 1) if number not in drop))
    return gone


def replace(path: Path, content: str | bytes) -> None:
    """Write a file atomically, text as UTF-8. Raises OutputError and leaves the old file when that fails."""
    name = ""
    try:
        with tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            name = file.name
            file.write(content.encode("utf-8") if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            Path(name).chmod(path.stat().st_mode)
        Path(name).replace(path)
    except OSError as error:
        if name:
            Path(name).unlink(missing_ok=True)
        raise OutputError(f"{path}: cannot be written ({error.strerror})", "choose a place that you may write to") from error
