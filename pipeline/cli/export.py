"""`normalize export OUT --to FORMAT`: what a run has written, in another program's format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

app = typer.Typer(add_completion=False, rich_markup_mode="rich", context_settings={"help_option_names": ["-h", "--help"]})

Format = Literal["jsonl", "parquet", "docbin", "webanno", "brat", "tmx"]


@app.command(no_args_is_help=True)
def export(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A folder that normalize has written.", show_default=False)],
    to: Annotated[Format, typer.Option(help="The format; docs/export.md describes each.", show_default=False)],
    output: Annotated[
        Path | None, typer.Option(metavar="PATH", help="Folder to write to; default: OUT/export/FORMAT.", show_default=False)
    ] = None,
) -> None:
    """Write the corpus in OUT for other programs; prints the files, one a line.

    jsonl and parquet are tables of segments and of mentions; docbin is spaCy's, webanno the W3C's annotations,
    brat that annotator's files, tmx a translation memory.
    """
    from pipeline.api import load
    from pipeline.export import export as run

    for path in run(load(out), to, output):
        print(path)
