"""How the command ends when it cannot go on: one message on the standard error, and the exit code of docs/errors.md."""

from __future__ import annotations

import os
import sys
import threading
from typing import NoReturn

from pipeline.errors import INTERRUPTED, NormalizeError

OURS = "normalize-"  # how the names of the threads begin in which a run works: `execute`, `translate.background`


def failed(error: NormalizeError) -> NoReturn:
    """Say what happened and what to do, and end with the error's code."""
    tell(error)
    _end(error.exit_code)


def tell(error: NormalizeError) -> None:
    """One message: what happened, and what to do."""
    print(f"normalize: {error}", file=sys.stderr)
    if error.remedy:
        print(f"  → {error.remedy}", file=sys.stderr)


def interrupted(run: bool = True) -> NoReturn:
    """Say that Ctrl-C was heard, and end with its code; `run`: it was the main job."""
    what = "; what was finished stays in OUT\n  → run the same command again for the rest" if run else ""
    print(f"normalize: interrupted{what}", file=sys.stderr, flush=True)
    _end(INTERRUPTED)


def _end(code: int) -> NoReturn:
    if any(thread.name.startswith(OURS) for thread in threading.enumerate()):
        # the work is inside the model and cannot be called off: the interpreter would end under it, and crash now and then;
        # all files are closed and the lock is given back
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)
