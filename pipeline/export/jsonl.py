"""JSON lines: `segments.jsonl` and `mentions.jsonl`, with the JSON Schema of their rows beside them."""

from __future__ import annotations

import contextlib
import json
from datetime import date
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Any

from pipeline.api import Corpus
from pipeline.export import SCHEMA, rows
from pipeline.export.files import whole


def write(corpus: Corpus, folder: Path) -> list[Path]:
    """A line a row, with the `schema` first. Amounts are strings, so that no reader rounds them; dates are ISO 8601."""
    paths = [folder / name for name in ("segments.jsonl", "mentions.jsonl", "export.schema.json")]
    with contextlib.ExitStack() as stack:
        temporary = [stack.enter_context(whole(path)) for path in paths]
        temporary[2].write_text(schema(), "utf-8")
        files = [stack.enter_context(path.open("w", encoding="utf-8", newline="\n")) for path in temporary[:2]]
        for document in corpus:
            for file, table in zip(files, (rows.segments(document), rows.mentions(document)), strict=True):
                file.writelines(_line(row) for row in table)
    return paths


def schema() -> str:
    """The JSON Schema of a row, as text."""
    return (resources.files("pipeline.data") / "export.schema.json").read_text("utf-8")


def _line(row: dict[str, Any]) -> str:
    return json.dumps({"schema": SCHEMA, **row}, ensure_ascii=False, default=_plain) + "\n"


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    assert isinstance(value, date)
    return value.isoformat()
