"""The translation memory that outlives a run: one SQLite table, shared by the worker processes of a run."""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from collections.abc import Hashable
from pathlib import Path

from pipeline.model import Flag, Span
from pipeline.translate.candidate import Candidate

TABLE = (
    "CREATE TABLE IF NOT EXISTS sentences"
    " (key BLOB PRIMARY KEY, scope TEXT NOT NULL, candidate TEXT NOT NULL, seal BLOB NOT NULL) WITHOUT ROWID"
)


class Lasting:
    """A `Memory` in a table of the SQLite file `path`, made where it is missing.

    `scope` stands for all that a translation depends on beside the segment: model, decoding settings, code. What is kept
    is what the stage needs of a candidate, not what the ladder tried on the way. A row whose seal does not fit is
    no row. A memory that cannot be read or written costs time and nothing else: it then answers None and keeps nothing.
    """

    def __init__(self, path: Path, scope: str) -> None:
        self._scope = scope
        # it is opened in one thread and used in another, never in two at a time
        self._store = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
        with contextlib.suppress(sqlite3.Error):
            self._store.execute("PRAGMA synchronous = NORMAL")
            self._store.execute(TABLE)

    def get(self, key: Hashable) -> Candidate | None:
        """The translation under `key`, if there is one and it is whole."""
        digest = self._digest(key)
        try:
            row = self._store.execute("SELECT candidate, seal FROM sentences WHERE key = ?", (digest,)).fetchone()
            return _unpack(row[0]) if row and row[1] == _seal(digest, row[0]) else None
        except (sqlite3.Error, ValueError, KeyError, TypeError):
            return None

    def put(self, key: Hashable, candidate: Candidate) -> None:
        """Remember; at once on its way to the disk, so that a killed run finds it again."""
        digest, text = self._digest(key), _pack(candidate)
        with contextlib.suppress(sqlite3.Error):
            self._store.execute(
                "INSERT OR REPLACE INTO sentences VALUES (?, ?, ?, ?)", (digest, self._scope, text, _seal(digest, text))
            )

    def close(self) -> None:
        """Give the file back."""
        self._store.close()

    def _digest(self, key: Hashable) -> bytes:
        return hashlib.blake2b(f"{self._scope}\0{key!r}".encode("utf-8", "surrogatepass"), digest_size=20).digest()


def trim(path: Path, scope: str) -> int:
    """Remove the translations of all other scopes, which a run with this model and code never asks for, and give the room back.

    How many they were; 0 where the memory cannot be written just now.
    """
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as store:
        store.execute("DROP TABLE IF EXISTS translations")  # what earlier versions kept
        store.execute(TABLE)
        gone = store.execute("DELETE FROM sentences WHERE scope <> ?", (scope,)).rowcount
        store.execute("VACUUM")
        return gone
    return 0


def _seal(key: bytes, text: str) -> bytes:
    return hashlib.blake2b(key + text.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def _pack(candidate: Candidate) -> str:
    targets = [t and [t.start, t.end] for t in candidate.targets]
    flags = [[f.code, f.detail] for f in candidate.flags]
    fields = [candidate.english, targets, flags, candidate.rung, list(candidate.rungs), candidate.score]
    return json.dumps(fields, ensure_ascii=True, separators=(",", ":"))


def _unpack(text: str) -> Candidate:
    english, targets, flags, rung, rungs, score = json.loads(text)
    spans = tuple(t and Span(*t) for t in targets)
    return Candidate(english, spans, tuple(Flag(*f) for f in flags), rung, tuple(rungs), score)
