"""Case tables: `tests/cases/<stage>/<rule>.tsv`, one case a row, that a linguist extends without any Python.

The first line names the columns. A row may be empty or begin with `#`. Cells hold `{NL}`, `{NBSP}` and their like for
what cannot be seen. The column `mark` is optional: `xfail: reason` marks a known failure (strict: when it passes, the
mark must go). The column `note` is for readers.
"""

import re
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases"
INVISIBLE = {
    "NL": "\n",
    "CR": "\r",
    "TAB": "\t",
    "FF": "\f",
    "LS": "\N{LINE SEPARATOR}",
    "NBSP": "\N{NO-BREAK SPACE}",
    "NNBSP": "\N{NARROW NO-BREAK SPACE}",
    "THIN": "\N{THIN SPACE}",
    "SHY": "\N{SOFT HYPHEN}",
    "ZWSP": "\N{ZERO WIDTH SPACE}",
    "BOM": "\N{ZERO WIDTH NO-BREAK SPACE}",
    "NBHY": "\N{NON-BREAKING HYPHEN}",
    "MINUS": "\N{MINUS SIGN}",
    "SPACE": " ",
}


def unescape(cell: str) -> str:
    """`{NL}` → a line feed, and so on; `{}` and unknown names stay as they are."""
    return re.sub(r"\{([A-Z]+)\}", lambda m: INVISIBLE.get(m[1], m[0]), cell)


def cases(name: str) -> list:
    """The rows of `tests/cases/<name>.tsv` as pytest parameters, each a dict from column to cell."""
    path = CASES / f"{name}.tsv"
    lines = path.read_text("utf-8").splitlines()
    columns = lines[0].split("\t")
    out = []
    for number, line in enumerate(lines[1:], 2):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        assert len(cells) <= len(columns), f"{path.name}:{number}: {len(cells)} cells for {len(columns)} columns"
        row = {c: unescape(v) for c, v in zip(columns, cells + [""] * (len(columns) - len(cells)), strict=True)}
        mark = row.get("mark", "")
        marks = [pytest.mark.xfail(strict=True, reason=mark.partition(":")[2].strip())] if mark.startswith("xfail") else []
        out.append(pytest.param(row, id=f"{path.stem}:{number}", marks=marks))
    return out
