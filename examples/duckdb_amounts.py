"""Every amount above €10 million, with its sentence in both languages: DuckDB over the Parquet export.

normalize export out/ --to parquet
python examples/duckdb_amounts.py out/export/parquet
"""

import sys
from decimal import Decimal
from pathlib import Path

import duckdb

QUERY = """
SELECT m.document, coalesce(m.amount_high, m.amount) AS amount, m.canonical, s.source_text, s.english
FROM read_parquet($mentions) AS m JOIN read_parquet($segments) AS s USING (document, segment)
WHERE m.kind IN ('money', 'range') AND m.currency = 'EUR'
  AND coalesce(m.amount_high, m.amount) > $above AND s.output_start IS NOT NULL
ORDER BY amount DESC, m.document, m.mention
"""


def amounts(folder: Path, above: int = 10_000_000) -> list[tuple[str, Decimal, str, str, str]]:
    tables = {name: str(folder / f"{name}.parquet") for name in ("mentions", "segments")}
    with duckdb.connect() as connection:
        return connection.execute(QUERY, {**tables, "above": above}).fetchall()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    for document, amount, canonical, source, english in amounts(Path(sys.argv[1])):
        print(f"{amount:>20,.0f}  {canonical}  ({document})\n    {source}\n    {english}")
