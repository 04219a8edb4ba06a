"""The corpus in other programs' formats, one file a format. Reads an OUT through `pipeline.api`, a document at a time."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Protocol, cast

from pipeline.api import Corpus
from pipeline.errors import UsageError

FORMATS = ("jsonl", "parquet", "docbin", "webanno", "brat", "tmx")
SCHEMA = 1  # of the rows that jsonl and parquet hold; data/export.schema.json describes them


class _Format(Protocol):
    def write(self, corpus: Corpus, folder: Path) -> list[Path]: ...


def export(corpus: Corpus, to: str, output: Path | None = None) -> list[Path]:
    """Write the corpus as `to` (one of FORMATS) into the folder `output`, by default `OUT/export/FORMAT`; returns the files.

    Each file is whole or as it was. The same OUT gives the same bytes (of Parquet: with the same pyarrow).
    Raises UsageError for an unknown format or a library that is not installed, DocumentError for a record that cannot
    be read, OutputError where the files cannot be written.
    """
    if to not in FORMATS:
        raise UsageError(f"no format {to!r}", f"the formats are: {', '.join(FORMATS)}")
    module = cast(_Format, importlib.import_module(f"pipeline.export.{to}"))
    folder = corpus.folder / "export" / to if output is None else output
    return module.write(corpus, folder)
