"""Find the documents of a corpus and decode their bytes. Nothing is repaired here: `source` is what the file holds."""

from __future__ import annotations

import codecs
import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.config import Config
from pipeline.errors import DocumentError, UsageError
from pipeline.model import Diagnostic, Document

SUFFIXES = (".txt", ".md")

_BINARY_STARTS = {
    b"%PDF-": ("a PDF", "extract its text first, for example with `pdftotext -layout`"),
    b"PK\x03\x04": ("a zip archive or an Office document", "save it as plain text"),
    b"\x1f\x8b": ("a gzip archive", "unpack it first"),
    b"{\\rtf": ("RTF", "save it as plain text"),
}
_WIDE = (  # the UTF-32 mark begins with the UTF-16 one, so it is looked for first
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\v\f\r\x1b\x1c\x1d\x1e\x1f") + b"\x7f"
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One file under SRC: where it is, its `name` relative to SRC with forward slashes, and why it is not read, if so.

    `skip`: it is no document; `fault`: it is one, and cannot be done.
    """

    path: Path
    name: str
    size: int = 0
    skip: str = ""
    fault: str = ""


def walk(src: Path) -> list[Entry]:
    """Every file at or under `src`, in order of name; those that are no documents carry the reason in `skip`.

    Hidden files and folders are passed over without a word. A link to a folder that was already walked is skipped.
    Raises UsageError where `src` does not exist or is neither a file nor a folder.
    """
    if src.is_file():
        return [_entry(src, src.name, named=True)]
    if src.is_dir():
        return sorted(_inside(src, PurePosixPath(), set()), key=lambda e: e.name)
    if src.exists():
        raise UsageError(f"{src}: neither a file nor a folder", "give a folder of .txt and .md files, or one such file")
    raise UsageError(f"{src}: no such file or folder", "check the path; SRC comes first, then OUT")


def _inside(folder: Path, name: PurePosixPath, seen: set[tuple[int, int]]) -> Iterator[Entry]:
    try:
        stat = folder.stat()
        children = sorted(folder.iterdir())
    except OSError as error:
        yield Entry(folder, _shown(str(name)), skip=f"folder cannot be read ({error.strerror})")
        return
    if (stat.st_dev, stat.st_ino) in seen:
        yield Entry(folder, _shown(str(name)), skip="a link to a folder that is walked already")
        return
    seen.add((stat.st_dev, stat.st_ino))
    for child in children:
        if child.name.startswith("."):
            continue
        if child.is_dir():
            yield from _inside(child, name / child.name, seen)
        else:
            yield _entry(child, str(name / child.name))


def _entry(path: Path, name: str, named: bool = False) -> Entry:
    raw, name, suffix = name, _shown(name), path.suffix.lower()
    # a file that the user names is read whatever its suffix: `normalize notes out/`
    if suffix not in SUFFIXES and not (named and not suffix):
        return Entry(path, name, skip=f"not a text file ({suffix or 'no suffix'}); .txt and .md are read")
    try:
        size = path.stat().st_size
        if not path.is_file():
            return Entry(path, name, skip="not a regular file")
    except OSError:
        size = 0  # a broken link, say: reading it gives the error
    return Entry(path, name, size, fault="" if name == raw else "its name is not valid UTF-8")


def _shown(name: str) -> str:
    """The name with bytes that are no UTF-8 as escapes: what is written about it must be text."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def read(entry: Entry, config: Config) -> Document:
    """The document, decoded and nothing else: no newline is translated, a byte order mark stays the first character.

    UTF-8, or UTF-16 and UTF-32 with a byte order mark; failing these cp1252, failing this latin-1, both with a
    diagnostic. `source.encode(encoding)` is the bytes of the file. An empty file gives a document with the diagnostic
    `corpus.empty`. Raises DocumentError for a file that is binary, too large or unreadable.
    """
    if entry.fault:
        raise DocumentError(f"{entry.name}: {entry.fault}", "rename it")
    data = _bytes(entry, config)
    encoding, diagnostics = _encoding(data, entry.name)
    source = data.decode(encoding)
    if not source.strip("\N{ZERO WIDTH NO-BREAK SPACE} \t\r\n\f\v"):
        diagnostics = (*diagnostics, Diagnostic("corpus.empty", "the file holds no text"))
    return Document(entry.name, source, encoding, hashlib.sha256(data).hexdigest(), diagnostics=diagnostics)


def _bytes(entry: Entry, config: Config) -> bytes:
    try:
        with entry.path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > config.max_document:
                raise _too_long(entry, "file", size, config.max_document, "max_document")
            data = file.read()
    except OSError as error:
        remedy = "check its permissions, or move it out of SRC"
        raise DocumentError(f"{entry.name}: cannot be read ({error.strerror or error})", remedy) from error
    longest = _longest_line(data)
    if longest > config.max_line:
        raise _too_long(entry, "line", longest, config.max_line, "max_line")
    return data


def _too_long(entry: Entry, what: str, size: int, limit: int, key: str) -> DocumentError:
    message = f"{entry.name}: a {what} of {size / 1e6:,.1f} MB, more than the {limit / 1e6:,.1f} MB allowed"
    return DocumentError(message, f"split it, or raise {key} in normalize.toml if it is meant to be text")


def _longest_line(data: bytes) -> int:
    longest = start = 0
    while (end := data.find(b"\n", start)) >= 0:
        longest, start = max(longest, end - start), end + 1
    longest = max(longest, len(data) - start)
    # old Macintosh files end their lines with a carriage return alone
    return longest if longest < 100_000 else max(map(len, re.split(rb"[\r\n]", data)))


def _encoding(data: bytes, name: str) -> tuple[str, tuple[Diagnostic, ...]]:
    for mark, encoding in _WIDE:
        if data.startswith(mark) and _decodes(data, encoding):
            return encoding, ()
    _refuse_binary(data, name)
    if _decodes(data, "utf-8"):
        return "utf-8", ()
    if len(_MULTIBYTE.findall(data)) > 3:
        detail = "mostly UTF-8, with bytes that are not; read byte by byte and mended as mojibake"
        diagnostic = Diagnostic("corpus.mixed-encoding", detail)
    else:
        diagnostic = Diagnostic("corpus.not-utf-8", "not UTF-8; read as Windows-1252")
    if _decodes(data, "cp1252"):
        return "cp1252", (diagnostic,)
    return "latin-1", (diagnostic, Diagnostic("corpus.doubtful-encoding", "bytes that Windows-1252 does not have; read as Latin-1"))


def _refuse_binary(data: bytes, name: str) -> None:
    for start, (what, remedy) in _BINARY_STARTS.items():
        if data.startswith(start):
            raise DocumentError(f"{name}: not text but {what}", remedy)
    if b"\0" in data:
        raise DocumentError(f"{name}: binary (it holds NUL bytes)", "move it out of SRC; if it is UTF-16 text, save it as UTF-8")
    if len(data) - len(data.translate(None, _CONTROLS)) > len(data) / 10:
        raise DocumentError(f"{name}: binary (more than a tenth of it is control characters)", "move it out of SRC")


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        # a lone surrogate or an odd byte at the end must come back as it was
        return data.decode(encoding).encode(encoding) == data
    except UnicodeError:
        return False
