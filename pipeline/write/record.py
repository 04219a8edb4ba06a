"""NAME.json: everything that is known about a document, with its spans on both sides. docs/output.md describes it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.edits import Alignment
from pipeline.errors import DocumentError
from pipeline.model import Block, Diagnostic, Document, Edit, Flag, Kind, Lang, Mention, Placed, Segment, Span, Term, Value
from pipeline.values import render, to_record
from pipeline.write.text import English, english
from pipeline.write.typed import from_json, to_json

SCHEMA = 1


def to_text(document: Document, dates: str = "long", written: English | None = None) -> str:
    """The record as JSON text: two spaces deep at the outside, a segment or a mention a line, keys in a fixed order."""
    return _layout(build(document, dates, written)) + "\n"


def build(document: Document, dates: str = "long", written: English | None = None) -> dict[str, Any]:
    """The record as JSON types. Spans are `[start, end]` in code points: `source` in the file as decoded, `span` in the
    block's repaired text, `output` in NAME.txt (None: not there).
    """
    written = written or english(document)
    blocks = zip(document.blocks, written.blocks, written.segments, strict=True)
    return {
        "schema": SCHEMA,
        "path": document.path,
        "sha256": document.sha256,
        "encoding": document.encoding,
        "english_sha256": hashlib.sha256(written.text.encode("utf-8")).hexdigest(),
        "diagnostics": [{"code": d.code, "detail": d.detail, "source": _span(d.span)} for d in document.diagnostics],
        "blocks": [_block(number, block, place, places, dates) for number, (block, place, places) in enumerate(blocks)],
        "source": document.source,
    }


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


@dataclass(frozen=True, slots=True)
class _Writer:
    """What every part of a block's record needs: the alignment and the mentions' numbers, made once a block."""

    text: str
    start: int
    alignment: Alignment
    numbers: dict[Mention, int]
    dates: str

    @classmethod
    def of(cls, block: Block, dates: str) -> _Writer:
        start = block.hull.start
        local = [replace(e, span=Span(e.span.start - start, e.span.end - start)) for e in block.edits]
        numbers = {mention: number for number, mention in enumerate(block.mentions)}
        return cls(block.text, start, Alignment.of(local), numbers, dates)

    def source(self, span: Span) -> list[int]:
        found = self.alignment.project(span)
        return [found.start + self.start, found.end + self.start]

    def mention(self, mention: Mention) -> dict[str, Any]:
        return {
            "kind": mention.kind,
            "text": mention.span.of(self.text),
            "span": _span(mention.span),
            "source": self.source(mention.span),
            **_value(mention.value, self.dates),
        }

    def segment(self, segment: Segment, at: Span | None) -> dict[str, Any]:
        return {
            "span": _span(segment.span),
            "source": self.source(segment.span),
            "output": _span(at),
            "origin": segment.origin,
            "text": segment.span.of(self.text),
            "english": segment.english,
            "flags": _flags(segment.flags),
            "placed": [self.placed(placed, at) for placed in segment.placed],
        }

    def placed(self, placed: Placed, at: Span | None) -> dict[str, Any]:
        mention, target = placed.mention, placed.target
        number = self.numbers.get(mention)
        return {
            "mention": number,  # its place in `mentions`; one that is not listed there is written out
            **({} if number is not None else {"unlisted": self.mention(mention)}),
            "source": self.source(mention.span),
            "target": _span(target),
            "output": _span(target.shift(at.start)) if target is not None and at is not None else None,
            "rung": placed.rung,
        }


def _block(number: int, block: Block, place: Span | None, places: tuple[Span | None, ...], dates: str) -> dict[str, Any]:
    writer = _Writer.of(block, dates)
    return {
        "id": number,
        "kind": str(block.kind),
        "lang": str(block.lang),
        "pieces": [_span(piece) for piece in block.pieces],
        "hull": _span(block.hull),
        "output": _span(place),
        "text": block.text,
        "flags": _flags(block.flags),
        "edits": [{"source": _span(e.span), "before": e.before, "after": e.after, "rule": e.rule} for e in block.edits],
        "mentions": [writer.mention(mention) for mention in block.mentions],
        "segments": [writer.segment(segment, at) for segment, at in zip(block.segments, places, strict=True)],
    }


def _flags(flags: tuple[Flag, ...]) -> list[dict[str, str]]:
    return [{"code": flag.code, "detail": flag.detail} for flag in flags]


def _value(value: Value | Term, dates: str) -> dict[str, Any]:
    if isinstance(value, Term):
        plain: dict[str, object] = {"kind": "term", "identity": f"term:{value.entry}", "french": value.french}
        return {"canonical": value.english, "value": plain, "typed": to_json(value)}
    return {"canonical": render(value, dates), "value": to_record(value), "typed": to_json(value)}


def _layout(record: dict[str, Any]) -> str:
    """JSON that a person can read and a diff can use, in a fraction of the lines of `indent=2`."""

    line = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode

    def listing(items: list[Any], pad: str) -> str:
        return "[" + ",".join(f"\n{pad}  {line(item)}" for item in items) + (f"\n{pad}]" if items else "]")

    def block(item: dict[str, Any]) -> str:
        inner = {"edits", "mentions", "segments"}
        head = line({k: v for k, v in item.items() if k not in inner})[:-1]
        return head + "".join(f',\n     "{key}": {listing(item[key], "     ")}' for key in sorted(inner)) + "}"

    fields = [f'"{k}": {line(v)}' for k, v in record.items() if k not in ("blocks", "source")]
    fields.append('"blocks": [' + ",".join(f"\n    {block(b)}" for b in record["blocks"]) + "\n  ]")
    fields.append(f'"source": {line(record["source"])}')
    return "{\n  " + ",\n  ".join(fields) + "\n}"


def load(path: Path) -> Document:
    """The document that a record was written from: `load` of `to_text(document)` equals the document.

    Raises DocumentError for a file that is no record, is damaged, or has another schema version.
    """
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise DocumentError(f"{path}: not a record ({error})", "run normalize on its source again") from error
    return parse(data, str(path))


def parse(data: Any, where: str = "record") -> Document:
    """The document of a record given as JSON types; `where` names it in errors."""
    if not isinstance(data, dict) or "schema" not in data:
        raise DocumentError(f"{where}: not a record of normalize", "give a NAME.json that normalize wrote")
    if data["schema"] != SCHEMA:
        message = f"{where}: a record of schema {data['schema']}; this version reads schema {SCHEMA}"
        raise DocumentError(message, "run normalize on its source again")
    try:
        diagnostics = tuple(Diagnostic(d["code"], d["detail"], _to_span(d["source"])) for d in data["diagnostics"])
        blocks = tuple(_to_block(b) for b in data["blocks"])
        return Document(data["path"], data["source"], data["encoding"], data["sha256"], blocks, diagnostics)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise DocumentError(f"{where}: a damaged record ({error!r})", "run normalize on its source again") from error


def _to_span(pair: Any) -> Span | None:
    return None if pair is None else Span(*pair)


def _to_block(data: dict[str, Any]) -> Block:
    mentions = tuple(_to_mention(m) for m in data["mentions"])
    return Block(
        kind=Kind(data["kind"]),
        pieces=tuple(Span(*piece) for piece in data["pieces"]),
        text=data["text"],
        edits=tuple(Edit(Span(*e["source"]), e["before"], e["after"], e["rule"]) for e in data["edits"]),
        lang=Lang(data["lang"]),
        mentions=mentions,
        segments=tuple(_to_segment(s, mentions) for s in data["segments"]),
        flags=_to_flags(data["flags"]),
    )


def _to_mention(data: dict[str, Any]) -> Mention:
    return Mention(Span(*data["span"]), from_json(data["typed"]))


def _to_flags(data: list[dict[str, str]]) -> tuple[Flag, ...]:
    return tuple(Flag(flag["code"], flag["detail"]) for flag in data)


def _to_segment(data: dict[str, Any], mentions: tuple[Mention, ...]) -> Segment:
    placed = tuple(
        Placed(_to_mention(p["unlisted"]) if p["mention"] is None else mentions[p["mention"]], _to_span(p["target"]), p["rung"])
        for p in data["placed"]
    )
    return Segment(Span(*data["span"]), data["english"], placed, _to_flags(data["flags"]), data["origin"])
