"""OUT/.normalize/memory.sqlite: what runs on this OUT have made, so that the next run need not make it again.

Nothing in it is needed to read OUT, and the folder may be deleted at any time: the next run then does everything again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from collections.abc import Container
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import OutputError
from pipeline.write.atomic import output_error
from pipeline.write.names import Names
from pipeline.write.report import Flagged, Report

FOLDER = ".normalize"
FILE = "memory.sqlite"
SCHEMA = 1
_TABLES = (
    "CREATE TABLE IF NOT EXISTS documents"
    " (path TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, glossary TEXT NOT NULL, report TEXT NOT NULL, seal TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
)


@dataclass(frozen=True, slots=True)
class Past:
    """A document as a former run left it: what it was made from, with which glossary, and its report."""

    fingerprint: str
    glossary: str
    report: Report


class State:
    """The file, opened; others keep tables of their own in it. `notices` say what was wrong with it, if anything."""

    def __init__(self, out: Path) -> None:
        self.path = out / FOLDER / FILE
        self.notices: list[str] = []
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._store = _open(self.path)
            except sqlite3.DatabaseError as error:
                if getattr(error, "sqlite_errorname", "") in ("SQLITE_BUSY", "SQLITE_LOCKED"):
                    remedy = "close the program that has it open, or give another OUT"
                    raise OutputError(f"{self.path}: in use by another program", remedy) from error
                aside = set_aside(self.path)
                self.notices.append(f"{self.path}: damaged ({error}); set aside as {aside.name}, and everything is done again")
                self._store = _open(self.path)
        except OSError as error:
            raise output_error(error, out) from error
        except sqlite3.Error as error:
            raise OutputError(f"{self.path}: cannot be written ({error})", "check the disk and the permissions of OUT") from error

    def documents(self, but: Container[str] = ()) -> dict[str, Past]:
        """Every document that is remembered and whose row is whole, `but` those with these paths."""
        found = {}
        with contextlib.suppress(sqlite3.Error):
            for path, fingerprint, glossary, report, seal in self._store.execute("SELECT * FROM documents"):
                if path not in but and seal == _seal(path, fingerprint, glossary, report):
                    found[path] = Past(fingerprint, glossary, _to_report(json.loads(report)))
        return found

    def keep(self, path: str, past: Past) -> None:
        """Remember a document. A full disk is no fault here: the document is then done again next time."""
        report = json.dumps({**asdict(past.report), "seconds": {}, "kept": False}, ensure_ascii=True)
        row = (path, past.fingerprint, past.glossary, report, _seal(path, past.fingerprint, past.glossary, report))
        with contextlib.suppress(sqlite3.Error):
            self._store.execute("INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?)", row)

    def forget(self, path: str) -> None:
        """Remember a document no more."""
        with contextlib.suppress(sqlite3.Error):
            self._store.execute("DELETE FROM documents WHERE path = ?", (path,))

    def fact(self, name: str) -> str:
        """What was kept under `name`, or an empty string."""
        with contextlib.suppress(sqlite3.Error):
            row = self._store.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
            return str(row[0]) if row else ""
        return ""

    def keep_fact(self, name: str, value: str) -> None:
        """Keep `value` under `name`."""
        with contextlib.suppress(sqlite3.Error):
            self._store.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def close(self) -> None:
        """Give the file back; the last one to do so leaves no second file beside it."""
        self._store.close()


def _open(path: Path) -> sqlite3.Connection:
    store = sqlite3.connect(path, timeout=30, isolation_level=None)
    try:
        found = store.execute("PRAGMA user_version").fetchone()[0]
        if found not in (0, SCHEMA):
            raise sqlite3.DatabaseError(f"schema {found}, and this version has {SCHEMA}")
        if (verdict := store.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
            raise sqlite3.DatabaseError(verdict)
        store.execute("PRAGMA journal_mode = WAL")
        store.execute("PRAGMA synchronous = NORMAL")
        for statement in _TABLES:
            store.execute(statement)
        store.execute(f"PRAGMA user_version = {SCHEMA}")
    except sqlite3.Error:
        store.close()
        raise
    return store


def set_aside(path: Path) -> Path:
    """Rename a damaged file (and what SQLite keeps beside it) to `NAME.broken-N`, N the first number that is free."""
    number = 1
    while (aside := path.with_name(f"{path.name}.broken-{number}")).exists():
        number += 1
    path.replace(aside)
    for tail in ("-wal", "-shm"):
        with contextlib.suppress(OSError):
            path.with_name(path.name + tail).unlink()
    return aside


def _seal(*fields: str) -> str:
    return hashlib.sha256("\0".join(fields).encode("utf-8", "surrogatepass")).hexdigest()


def _to_report(data: dict[str, Any]) -> Report:
    names = Names(**data["names"]) if data["names"] else None
    flags = tuple(Flagged(**flag) for flag in data["flags"])
    remarks = tuple((code, detail) for code, detail in data["remarks"])
    return Report(**{**data, "names": names, "flags": flags, "remarks": remarks, "written": tuple(data["written"])})
