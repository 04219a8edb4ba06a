"""The command `normalize`: argv → Config → run → messages and an exit code. Nothing heavy is imported before it is needed."""

from __future__ import annotations

import importlib
import os
import sys
import threading
from typing import TYPE_CHECKING, NoReturn

from pipeline.cli import again
from pipeline.errors import INTERRUPTED, NormalizeError

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
        elif again.stands(args):
            sys.exit(0)
        else:
            from pipeline.cli.command import app

            _command(app, args, "normalize")
    except NormalizeError as error:
        if verbose > 1:
            import traceback

            traceback.print_exception(error)
        tell(error)
        _end(error.exit_code)
    except KeyboardInterrupt:
        interrupted()


def _command(app: typer.Typer, args: list[str], name: str) -> None:
    import typer

    typer.main.get_command(app).main(args, prog_name=name, obj=args)


def tell(error: NormalizeError) -> None:
    """One message: what happened, and what to do."""
    print(f"normalize: {error}", file=sys.stderr)
    if error.remedy:
        print(f"  → {error.remedy}", file=sys.stderr)


def interrupted() -> None:
    """Say that Ctrl-C was heard, and end with its code."""
    print(
        "normalize: interrupted; what was finished stays in OUT\n  → run the same command again for the rest",
        file=sys.stderr,
        flush=True,
    )
    _end(INTERRUPTED)


def _end(code: int) -> NoReturn:
    execute = sys.modules.get("pipeline.execute")
    if execute and any(thread.name == execute.THREAD for thread in threading.enumerate()):
        # the work is inside the model and cannot be called off; all files are closed and the lock is given back
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)
