"""brat standoff: `NAME.txt` and `NAME.ann` for every document, and `annotation.conf`."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.api import Corpus, Document, Mention
from pipeline.export.files import whole
from pipeline.model import Span

# what a reader of lines or of columns may cut at: brat itself reads lines as Python's str.splitlines does
_WHOLE = re.compile("[^\t\n\v\f\r\x1c-\x1e\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]+")
KINDS = (
    "number",
    "percent",
    "quantity",
    "money",
    "date",
    "period",
    "time",
    "duration",
    "ordinal",
    "range",
    "verbatim",
    "name",
    "term",
)


def write(corpus: Corpus, folder: Path) -> list[Path]:
    """Every mention that stands in NAME.txt is a text-bound annotation; its note has the identity and the source span."""
    paths = [folder / "annotation.conf"]
    _write(folder / "annotation.conf", _configuration())
    for document in corpus:
        text = folder / document.text_path.relative_to(corpus.folder)
        for path, content in ((text, document.english), (text.with_suffix(".ann"), _annotations(document))):
            _write(path, content)
            paths.append(path)
    return paths


def _write(path: Path, text: str) -> None:
    with whole(path) as temporary:
        temporary.write_text(text, "utf-8", newline="")


def _configuration() -> str:
    types = "\n".join(kind.capitalize() for kind in KINDS)
    overlap = "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"
    return f"[entities]\n{types}\n\n[relations]\n{overlap}\n\n[events]\n\n[attributes]\n"


def _annotations(document: Document) -> str:
    found = [m for m in document.mentions if m.output and _fragments(document.english, m.output)]
    return "".join(_lines(document, number, mention) for number, mention in enumerate(found, 1))


def _lines(document: Document, number: int, mention: Mention) -> str:
    assert mention.output is not None
    parts = _fragments(document.english, mention.output)
    place = ";".join(f"{part.start} {part.end}" for part in parts)
    surface = " ".join(part.of(document.english) for part in parts)
    source = " ".join(mention.source.of(document.source).split())
    note = f"{' '.join(mention.identity.split())} | source {mention.source.start}-{mention.source.end} {source}"
    return f"T{number}\t{mention.kind.capitalize()} {place}\t{surface}\n#{number}\tAnnotatorNotes T{number}\t{note}\n"


def _fragments(text: str, span: Span) -> list[Span]:
    """The span cut at line breaks and tabs, which brat does not allow inside an annotation."""
    return [Span(m.start(), m.end()) for m in _WHOLE.finditer(text, span.start, span.end)]
