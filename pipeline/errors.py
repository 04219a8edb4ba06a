"""Everything that can go wrong by name: each error carries an exit code, what happened and what to do about it.

After OCRmyPDF's `exceptions.py`. Nothing here prints; `pipeline.cli` turns an error into a message and an exit code.
`docs/errors.md` lists the codes, and a test holds that page against this file.
"""

from __future__ import annotations

from typing import ClassVar


class NormalizeError(Exception):
    """Base of all: `str(error)` says what happened, `remedy` what the user can do."""

    exit_code: ClassVar[int] = 70

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.remedy = remedy


class UsageError(NormalizeError):
    """The command line asks for something impossible: a missing SRC, OUT inside SRC."""

    exit_code = 2


class ConfigError(NormalizeError):
    """`normalize.toml` cannot be read, or holds an unknown key or a value out of range."""

    exit_code = 3


class GlossaryError(NormalizeError):
    """A glossary cannot be loaded; the message names file, line and mend. Half a glossary is never loaded."""

    exit_code = 4


class ModelError(NormalizeError):
    """The translation package is missing, damaged or for another pair of languages."""

    exit_code = 5


class OutputError(NormalizeError):
    """OUT cannot be written: read-only, full disk, in use by another run."""

    exit_code = 6


class DocumentError(NormalizeError):
    """One input document cannot be processed; the run goes on without it and ends with this code."""

    exit_code = 7


class InstallError(NormalizeError):
    """A model package that the user asked for could not be fetched or installed."""

    exit_code = 8


FLAGGED = 1  # `--check` found something a person should look at
INTERRUPTED = 130  # Ctrl-C
