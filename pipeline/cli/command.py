"""The main job's command line: `normalize SRC OUT` and its options."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from pipeline.errors import FLAGGED, DocumentError, UsageError

if TYPE_CHECKING:
    from pipeline.conduct import Result
    from pipeline.config import Config

_HELP = """Messy French and English text in, one canonical English corpus out.

SRC is a folder (or one file) of .txt and .md documents. OUT becomes a mirror of it: NAME.txt holds the English, NAME.json leads
every character of it back to the source, manifest.json says what was done with what, review.html shows both side by side.

[bold]Examples[/]

  normalize corpus/ out/                       [dim]the whole job[/]

  normalize corpus/ out/ --dates iso           [dim]2023-12-01, not 1 December 2023[/]

  normalize corpus/ out/ --glossary mine.tsv   [dim]your terms go first[/]

  normalize corpus/ --check                    [dim]write nothing, exit 1 on flags[/]

[bold]Beside the main job[/]

  normalize glossary --help                    [dim]check, extend, explain terms[/]

  normalize model --help                       [dim]list, install, describe models[/]

  normalize export out/ --to parquet           [dim]also jsonl, docbin, webanno, brat, tmx[/]

  normalize trace out/article.txt:12           [dim]where that line comes from[/]

  normalize review out/                        [dim]review.html again, from the records in out/[/]
"""
_EPILOG = "Exit codes: 0 done, 1 flagged (--check), 2 usage, 3 config, 4 glossary, 5 model, 6 output, 7 some documents failed."

app = typer.Typer(add_completion=False, rich_markup_mode="rich", context_settings={"help_option_names": ["-h", "--help"]})


def _option(text: str, metavar: str | None = None) -> Any:
    return typer.Option(help=text, metavar=metavar, show_default=False)


def _version(wanted: bool) -> None:
    if wanted:
        from pipeline.write.manifest import version

        print(f"normalize {version()}")
        raise typer.Exit


@app.command(help=_HELP, epilog=_EPILOG, no_args_is_help=True)
def normalize(
    context: typer.Context,
    src: Annotated[Path, typer.Argument(metavar="SRC", help="Folder or file to read.", show_default=False)],
    out: Annotated[
        Path | None, typer.Argument(metavar="OUT", help="Folder to write to; made if missing.", show_default=False)
    ] = None,
    dates: Annotated[Literal["long", "iso"] | None, _option("1 December 2023 (long, the default) or 2023-12-01 (iso).")] = None,
    glossary: Annotated[
        list[Path] | None, _option("A glossary besides the shipped one; repeatable, later files win.", "FILE")
    ] = None,
    no_shipped_glossary: Annotated[bool, typer.Option("--no-shipped-glossary", help="Leave the shipped glossary out.")] = False,
    model: Annotated[
        str | None, _option("A package folder or an installed package's code; default: the shipped one.", "MODEL")
    ] = None,
    config: Annotated[Path | None, _option("Settings, as in docs/config.md.", "FILE")] = None,
    workers: Annotated[int | None, _option("Local processes; default: 1.", "N")] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 when anything is flagged.")] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove what is left of documents that SRC no longer has, and old translations.")
    ] = False,
    log: Annotated[Path | None, _option("Append one line of JSON for each document, flag and failure; no text.", "FILE")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
    verbose: Annotated[int, typer.Option("--verbose", "-v", count=True, show_default=False, help="More; -v -v: tracebacks.")] = 0,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Run the main job."""
    from pipeline.cli.receipt import Receipt
    from pipeline.cli.summary import of_a_rerun
    from pipeline.config import load

    shipped = False if no_shipped_glossary else None
    settings = load(config, dates=dates, glossary=glossary or None, shipped_glossary=shipped, model=model, workers=workers)
    if out is None and not check:
        raise UsageError("OUT is missing", "say where to write: normalize SRC OUT; or use --check to write nothing")
    receipt = Receipt.begin(context.obj or (), src, settings, config)
    try:
        result = _run(src, None if check else out, settings, quiet, verbose, prune, log)
        if out is not None and not check:
            receipt.keep(out, result, [] if quiet else of_a_rerun(result, out, prune))
    except KeyboardInterrupt:  # here, for click would make exit code 1 of it
        from pipeline.cli.ending import interrupted

        interrupted()
    if any(report.error for report in result.reports):
        raise typer.Exit(DocumentError.exit_code)
    if check and any(report.flags for report in result.reports):
        raise typer.Exit(FLAGGED)


def _run(src: Path, out: Path | None, settings: Config, quiet: bool, verbose: int, prune: bool, log: Path | None) -> Result:
    from pipeline.cli.log import logged
    from pipeline.cli.progress import Progress
    from pipeline.cli.summary import show
    from pipeline.conduct import conduct

    with Progress(quiet, verbose) as progress, logged(log, progress) as watch:
        result = conduct(src, out, settings, watch, prune)
    for notice in result.notices:
        print(f"normalize: {notice}", file=sys.stderr)
    if not quiet:
        show(result, out, verbose, prune)
    return result
