"""Files of any size that are whole or as they were."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import OutputError, UsageError
from pipeline.write.atomic import TEMPORARY, output_error


@contextlib.contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A name to write to; the file takes its place at `path` when the block ends well, and is removed when it does not.

    Raises OutputError where the disk refuses.
    """
    temporary = path.with_name(f"{TEMPORARY}{os.getpid()}-{path.name}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        temporary.replace(path)
    except OSError as error:
        described = output_error(error, path.parent)
        raise OutputError(str(described), described.remedy) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def missing(format_: str, package: str) -> UsageError:
    """What to say where an optional library is not installed."""
    return UsageError(f"{format_} needs {package}, which is not installed", "python -m pip install 'normalize-corpus[export]'")
