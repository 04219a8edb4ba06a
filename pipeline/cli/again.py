"""The same command again with nothing changed: seen from a receipt, before anything large is imported.

A run that ended well leaves OUT/.normalize/receipt.json (`pipeline.cli.receipt`): the arguments, the state of all that the result
rests on, and the summary of a rerun. Where one thing differs, or cannot be read, the command goes its ordinary way, which finds
out what is to be done. docs/rebuild.md lists what is looked at.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.cli.rows import say, took
from pipeline.errors import NormalizeError
from pipeline.write.atomic import locked

RECEIPT = Path(".normalize", "receipt.json")
MEMORY = Path(".normalize", "memory.sqlite")
SCHEMA = 1


def stands(args: Sequence[str]) -> bool:
    """Whether a run with these arguments has nothing to do; then its summary has been printed. Never raises."""
    begin = time.perf_counter()
    try:
        for arg in args:
            if not arg.startswith("-") and (Path(arg) / RECEIPT).is_file():
                return _stands(Path(arg), list(args), begin)
    except (OSError, ValueError, LookupError, TypeError, NormalizeError):
        pass  # whatever is wrong, the ordinary way says it
    return False


def _stands(out: Path, args: list[str], begin: float) -> bool:
    receipt = json.loads((out / RECEIPT).read_text("utf-8"))
    seal = receipt.pop("seal")
    if seal != digest(receipt) or (receipt["schema"], receipt["args"], receipt["cwd"]) != (SCHEMA, args, str(Path.cwd())):
        return False
    if receipt["basis"] != basis(receipt["files"], receipt["folders"]):
        return False
    with locked(out):
        if receipt["listing"] != listing(receipt["src"]) or receipt["memory"] != stat(out / MEMORY):
            return False
        if any(content(path) != known for path, known in receipt["documents"].items()):
            return False
    for row in receipt["rows"]:
        say(tuple(row) if row else took(time.perf_counter() - begin))
    return True


def basis(files: Sequence[str], folders: Sequence[str]) -> str:
    """One hash over Python, the libraries, the program, glossaries, settings and model."""
    libraries = [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]
    parts: list[Any] = [sys.version, sys.path, os.environ.get("ARGOS_PACKAGES_DIR", ""), [stat(Path(p)) for p in libraries]]
    parts += [[path, content(path)] for path in files]
    parts += [[folder, sorted(_inside(folder))] for folder in folders]
    return digest(parts)


def _inside(folder: str) -> Iterator[list[Any]]:
    for where, names, files in os.walk(folder):
        names[:] = [name for name in names if name != "__pycache__"]
        yield from ([where, name, *stat(Path(where, name))] for name in files)


def listing(src: str) -> str:
    """A hash over the names under SRC; links to folders are followed as far as they lead to new ones."""
    names: list[list[str]] = []
    seen: set[Path] = set()
    for where, folders, files in os.walk(src, followlinks=True):
        inside = {name: Path(where, name).resolve() for name in sorted(folders) if not name.startswith(".")}
        names += [[where, name] for name in (*inside, *sorted(files)) if not name.startswith(".")]
        folders[:] = [name for name, real in inside.items() if real not in seen]
        seen |= set(inside.values())
    return digest(names)


def stat(path: Path) -> list[int]:
    """Size and time of a file, the time of a folder."""
    found = path.stat()
    return [found.st_size, found.st_mtime_ns] if path.is_file() else [found.st_mtime_ns]


def content(path: str) -> str:
    """The SHA-256 of a file."""
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest(item: Any) -> str:
    """One SHA-256 over JSON types."""
    return hashlib.sha256(json.dumps(item).encode()).hexdigest()
