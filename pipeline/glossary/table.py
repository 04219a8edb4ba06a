"""Glossary tables on the disk: where the shipped one lies, and how one or several are loaded.

A table is a TSV file whose first line names columns; only `french` and `english` are required. `glossaries/README.md`
explains every column to a translator. A file with one wrong row is refused whole: half a glossary is never loaded.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from pipeline.errors import GlossaryError
from pipeline.glossary.entry import Entry, Glossary
from pipeline.glossary.rows import parse

SHIPPED = "pharma.fr-en.tsv"


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
