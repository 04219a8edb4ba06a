"""What a run says of one document: files, counts, flags with the place where a person finds them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pipeline.model import Document, Flag, Kind, Lang, Term
from pipeline.write.names import Names
from pipeline.write.text import English

_FURNITURE, _DUPLICATE, _FRENCH = Kind.FURNITURE, Kind.DUPLICATE, Lang.FR  # found faster by a name of their own
COUNTS = (
    "blocks",
    "furniture",
    "duplicates",
    "segments",
    "translated",
    "words_in",
    "words_out",
    "values",
    "terms",
    "edits",
    "flags",
)


@dataclass(frozen=True, slots=True)
class Flagged:
    """A flag, and where it stands: line of NAME.txt (0: not in it), the first words there, the block's number."""

    code: str
    detail: str
    line: int
    excerpt: str
    block: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """One document's part of the manifest. `error` and `stage` are set where it failed; then there are no counts.

    `written` are the SHA-256 of NAME.txt and NAME.json; `kept` says that they stand as a former run made them.
    """

    path: str
    names: Names | None = None
    sha256: str = ""
    encoding: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    flags: tuple[Flagged, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    error: str = ""
    remedy: str = ""
    stage: str = ""
    trace: str = ""
    written: tuple[str, ...] = ()
    kept: bool = False

    def to_record(self) -> dict[str, Any]:
        """As it stands in manifest.json, without the timings."""
        if self.error:
            return {"path": self.path, "stage": self.stage, "error": self.error, "remedy": self.remedy}
        names = {"text": self.names.text, "record": self.names.record} if self.names else {}
        flags = [{"code": f.code, "line": f.line, "detail": f.detail, "excerpt": f.excerpt} for f in self.flags]
        remarks = [{"code": code, "detail": detail} for code, detail in self.remarks]
        head = {"path": self.path, **names, "sha256": self.sha256, "encoding": self.encoding}
        return {**head, "counts": self.counts, "flags": flags, "remarks": remarks}


def report(document: Document, written: English, names: Names, seconds: dict[str, float]) -> Report:
    """The report of a finished document."""
    flags = tuple(_flags(document, written))
    remarks = tuple((d.code, d.detail) for d in document.diagnostics)
    counts = _counts(document, written, len(flags))
    return Report(document.path, names, document.sha256, document.encoding, counts, flags, remarks, seconds)


def _counts(document: Document, written: English, flags: int) -> dict[str, int]:
    blocks = document.blocks
    kept = [block for block in blocks if not block.kind.omitted]
    values = [mention.value for block in kept for mention in block.mentions]
    terms = sum([isinstance(value, Term) for value in values])
    segments = [segment for block in kept for segment in block.segments]
    return {
        "blocks": len(blocks),
        "furniture": sum([block.kind is _FURNITURE for block in blocks]),
        "duplicates": sum([block.kind is _DUPLICATE for block in blocks]),
        "segments": len(segments),
        "translated": sum([segment.origin in ("model", "memory") for segment in segments]),
        "words_in": sum([len(b.text.split()) for b in kept if b.lang is _FRENCH]),  # French: what the translator had to do
        "words_out": len(written.text.split()),
        "values": len(values) - terms,
        "terms": terms,
        "edits": sum([len(block.edits) for block in blocks]),
        "flags": flags,
    }


def _flags(document: Document, written: English) -> list[Flagged]:
    out: list[Flagged] = []
    line, last = 1, 0  # counted onward: a count from the top for each flag would be quadratic
    for number, (block, at, places) in enumerate(zip(document.blocks, written.blocks, written.segments, strict=True)):
        if at is not None:
            line += written.text.count("\n", last, at.start)
            last = at.start
        if not block.flags and not block.segments:
            continue
        out += [_flagged(flag, line if at else 0, block.text, number) for flag in block.flags]
        for segment, place in zip(block.segments, places, strict=True):
            inside = written.text.count("\n", at.start, place.start) if at and place and segment.flags else 0
            out += [_flagged(flag, line + inside if place else 0, segment.english, number) for flag in segment.flags]
    return out


def _flagged(flag: Flag, line: int, text: str, block: int) -> Flagged:
    return Flagged(flag.code, flag.detail, line, text if len(text) <= 60 else text[:59] + "…", block)
