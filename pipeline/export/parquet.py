"""Parquet: the rows of `rows` as two files with typed columns. Needs pyarrow."""

from __future__ import annotations

import contextlib
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.api import Corpus
from pipeline.export import SCHEMA, rows
from pipeline.export.files import missing, whole

DIGITS, PLACES = 38, 12  # of a decimal column: 26 digits before the point and 12 after it
_BATCH = 20_000  # rows held before they are written


def write(corpus: Corpus, folder: Path) -> list[Path]:
    """`segments.parquet` and `mentions.parquet`. An amount that a decimal of 38 digits cannot hold is null; `identity` has it.

    The schema version is in the file's metadata, under `normalize.schema`.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise missing("parquet", "pyarrow") from None
    tables = {"segments": (rows.SEGMENT, rows.segments), "mentions": (rows.MENTION, rows.mentions)}
    paths = []
    for name, (columns, table) in tables.items():
        layout = _layout(pa, columns)
        decimals = [column for column, kind in columns.items() if kind.startswith("decimal")]
        paths.append(folder / f"{name}.parquet")
        with whole(paths[-1]) as temporary, contextlib.closing(pq.ParquetWriter(temporary, layout, compression="zstd")) as writer:
            batch: list[dict[str, Any]] = []
            for document in corpus:
                batch += ({**row, **{c: _fit(row[c]) for c in decimals}} for row in table(document))
                if len(batch) >= _BATCH:
                    writer.write_table(pa.Table.from_pylist(batch, layout))
                    batch = []
            writer.write_table(pa.Table.from_pylist(batch, layout))
    return paths


def _layout(pa: Any, columns: dict[str, str]) -> Any:
    types = {
        "string": pa.string(),
        "strings": pa.list_(pa.string()),
        "integer": pa.int64(),
        "boolean": pa.bool_(),
        "decimal": pa.decimal128(DIGITS, PLACES),
        "date": pa.date32(),
    }
    fields = [pa.field(name, types[kind.rstrip("?")], nullable=kind.endswith("?")) for name, kind in columns.items()]
    return pa.schema(fields, {"normalize.schema": str(SCHEMA)})


def _fit(amount: Decimal | None) -> Decimal | None:
    if amount is None:
        return None
    places = -int(amount.normalize().as_tuple().exponent)
    return amount if places <= PLACES and amount.adjusted() < DIGITS - PLACES else None
