"""`normalize review OUT`: the review page again, from what a run has written."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    add_completion=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command(no_args_is_help=True)
def review(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A folder that normalize has written.", show_default=False)],
) -> None:
    """Write OUT/review.html again: source and English side by side, in one page that needs no network.

    Every run writes it; this command is for an OUT from elsewhere, or after an interrupted run.
    """
    from pipeline.errors import UsageError
    from pipeline.write.atomic import locked
    from pipeline.write.review import write

    if not out.is_dir():
        raise UsageError(f"{out}: no such folder", "give the OUT of a run: normalize SRC OUT")
    with locked(out):
        print(write(out))
