"""The command `normalize`: argv → Config → run → messages and an exit code. Nothing heavy is imported before it is needed."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING

from pipeline.cli.ending import failed, interrupted
from pipeline.errors import NormalizeError

if TYPE_CHECKING:
    import typer

GROUPS = {name: f"pipeline.cli.{name}" for name in ("export", "glossary", "model", "review", "trace")}


def main(argv: list[str] | None = None) -> None:
    """The entry point: `normalize SRC OUT`, or a group of commands by its name. Always ends in SystemExit.

    A SRC that is called like a group is reached as `./glossary`.
    """
    args = sys.argv[1:] if argv is None else argv
    verbose = sum(arg.count("v") for arg in args if arg in ("-v", "-vv", "-vvv")) + args.count("--verbose")
    try:
        if args and args[0] in GROUPS:
            group = importlib.import_module(GROUPS[args[0]]).app
            _command(group, args[1:], f"normalize {args[0]}")
            return
        from pipeline.cli import again  # here and not above, so that Ctrl-C has its answer from the first moment

        if again.stands(args):
            sys.exit(0)
        from pipeline.cli.command import app

        _command(app, args, "normalize")
    except NormalizeError as error:
        if verbose > 1:
            import traceback

            traceback.print_exception(error)
        failed(error)
    except KeyboardInterrupt:
        interrupted()


def _command(app: typer.Typer, args: list[str], name: str) -> None:
    import typer

    try:
        typer.main.get_command(app).main(args, prog_name=name, obj=args)
    except SystemExit as end:
        if isinstance(getattr(end.__context__, "__cause__", None), KeyboardInterrupt):  # typer heard it before the command did
            interrupted(name == "normalize")
        raise
