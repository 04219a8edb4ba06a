"""Files that are whole or not there, and one run at a time on one OUT."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from pipeline.errors import DocumentError, OutputError

try:
    import fcntl
except ImportError:  # Windows; two runs on one OUT are then not told apart
    fcntl: ModuleType | None = None  # type: ignore[no-redef]

LOCK = ".normalize.lock"
TEMPORARY = ".normalize-"  # how the name of a file that is not finished begins
_OF_ONE_NAME = (errno.ENOTDIR, errno.EEXIST, errno.EISDIR, errno.ENAMETOOLONG)


def write(files: dict[Path, str]) -> None:
    """Write these texts as UTF-8, each atomically: all are on the disk under other names before the first is renamed.

    So a full disk, a crash or Ctrl-C leaves the files as they were, or whole and new. Missing folders are made.
    Raises OutputError, or DocumentError where only this name is in the way; what was begun is removed.
    """
    begun: dict[Path, Path] = {}
    try:
        for path, text in files.items():
            if not path.parent.is_dir():
                path.parent.mkdir(parents=True, exist_ok=True)
            temporary = path.with_name(f"{TEMPORARY}{os.getpid()}-{len(begun)}")
            begun[temporary] = path
            with temporary.open("wb") as file:
                file.write(text.encode("utf-8"))
                file.flush()
                os.fsync(file.fileno())
        for temporary, path in list(begun.items()):
            temporary.replace(path)
            del begun[temporary]
    except OSError as error:
        raise output_error(error, next(iter(files)).parent) from error
    finally:
        for temporary in begun:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def output_error(error: OSError, folder: Path) -> OutputError | DocumentError:
    """The error that tells a user why `folder` cannot be written to, and the mend.

    A DocumentError where only this one file's name is in the way, so that the other documents can go on.
    """
    remedies = {
        errno.ENOSPC: "free some space and run again; the former output is whole",
        errno.EDQUOT: "your quota is used up: free some space and run again; the former output is whole",
        errno.EROFS: "it lies on a read-only file system: give another OUT",
        errno.EACCES: "give an OUT that you may write to",
        errno.EPERM: "give an OUT that you may write to",
        errno.ENOTDIR: "a file stands where a folder is needed: give another OUT",
        errno.EEXIST: "a file stands where a folder is needed: give another OUT",
        errno.EISDIR: "a folder stands where a file is to be written: remove it or give another OUT",
        errno.ENAMETOOLONG: "the path is too long for this file system: shorten the file's name or give a shorter OUT",
    }
    where = Path(error.filename2 or error.filename or folder)
    where = folder if where.name.startswith(TEMPORARY) else where
    remedy = remedies.get(error.errno or 0, "check the disk and the permissions of OUT")
    kind = DocumentError if error.errno in _OF_ONE_NAME else OutputError
    return kind(f"{where}: cannot be written ({error.strerror or error})", remedy)


@contextlib.contextmanager
def locked(out: Path) -> Iterator[None]:
    """Hold OUT (made if missing) for this process; a second run on it raises OutputError that names the first.

    The lock is the operating system's, on the file `.normalize.lock`: it ends with the process, however that ends,
    so the file that a killed run leaves behind stops nobody. What a killed run left unfinished is removed.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        handle = _acquire(out / LOCK)
    except OSError as error:
        described = output_error(error, out)
        raise OutputError(str(described), described.remedy) from error
    try:
        _sweep(out)
        yield
    except BaseException:
        _sweep(out)  # a worker process that was stopped may have left what it had begun
        raise
    finally:
        with contextlib.suppress(OSError):
            (out / LOCK).unlink()
        os.close(handle)


def _acquire(path: Path) -> int:
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            if fcntl is not None:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.ftruncate(handle, 0)
            os.write(handle, f"{os.getpid()}\n".encode())
            # the holder before us may have removed the file between our open and our lock
            if path.exists() and os.fstat(handle).st_ino == path.stat().st_ino:
                return handle
        except BlockingIOError:
            holder = os.read(handle, 20).decode("ascii", "replace").strip() or "unknown"
            os.close(handle)
            message = f"{path.parent}: in use by another run (process {holder})"
            raise OutputError(message, "wait for it to end, stop it, or give another OUT") from None
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _sweep(out: Path) -> None:
    for folder, _, names in os.walk(out):
        for name in names:
            if name.startswith(TEMPORARY):
                with contextlib.suppress(OSError):
                    (Path(folder) / name).unlink()
