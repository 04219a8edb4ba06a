"""NAME.json: everything that is known about a document, with its spans on both sides. docs/output.md describes it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.edits import Alignment
from pipeline.errors import DocumentError
from pipeline.model import Block, Diagnostic, Document, Edit, Flag, Kind, Lang, Mention, Placed, Segment, Span, Term, Value
from pipeline.values import render, to_record
from pipeline.write.fastjson import dumps, loads
from pipeline.write.text import English, english
from pipeline.write.typed import from_json, to_json

SCHEMA = 1
_INNER = {"edits": "source", "mentions": "kind", "segments": "span"}  # the lists in a block, and the first key of their items
_BARE = "".join(f',\n     "{name}": []' for name in _INNER) + "}"
_STRAIGHT = Alignment.of(())
_Items = list[dict[str, Any]]
_Parts = tuple[dict[str, Any], _Items, _Items, _Items]  # a block, and what is in it
UPGRADE = "python -m pip install --upgrade normalize-corpus"


def to_text(document: Document, dates: str = "long", written: English | None = None) -> str:
    """The record as JSON text: two spaces deep at the outside, a segment or a mention a line, keys in a fixed order."""
    written = written or english(document)
    fields = [f'"{key}": {dumps(value)}' for key, value in _head(document, written).items()]
    blocks = [f"\n    {_layout(*parts)}" for parts in _blocks(document, written, dates)]  # one at a time is in memory
    return "{\n  " + ",\n  ".join([*fields, f'"blocks": [{",".join(blocks)}\n  ]', f'"source": {dumps(document.source)}']) + "\n}\n"


def build(document: Document, dates: str = "long", written: English | None = None) -> dict[str, Any]:
    """The record as JSON types. Spans are `[start, end]` in code points: `source` in the file as decoded, `span` in the
    block's repaired text, `output` in NAME.txt (None: not there).
    """
    written = written or english(document)
    blocks = [{**head, **dict(zip(_INNER, items, strict=True))} for head, *items in _blocks(document, written, dates)]
    return {**_head(document, written), "blocks": blocks, "source": document.source}


def _head(document: Document, written: English) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "path": document.path,
        "sha256": document.sha256,
        "encoding": document.encoding,
        "english_sha256": hashlib.sha256(written.text.encode("utf-8")).hexdigest(),
        "diagnostics": [{"code": d.code, "detail": d.detail, "source": _span(d.span)} for d in document.diagnostics],
    }


def _blocks(document: Document, written: English, dates: str) -> Iterator[_Parts]:
    for number, (block, place, places) in enumerate(zip(document.blocks, written.blocks, written.segments, strict=True)):
        yield _block(number, block, place, places, dates)


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


@dataclass(frozen=True, slots=True)
class _Writer:
    """What every part of a block's record needs, made once a block: the alignment, and each mention's number and source."""

    block: Block
    alignment: Alignment
    numbers: dict[int, int]  # by identity: a mention and all that it holds would take long to hash
    sources: tuple[list[int], ...]
    dates: str

    @classmethod
    def of(cls, block: Block, dates: str) -> _Writer:
        alignment = Alignment.of(block.edits) if block.edits else _STRAIGHT
        if not block.mentions:
            return cls(block, alignment, {}, (), dates)
        start = block.pieces[0].start
        sources = tuple([_projected(alignment, start, mention.span) for mention in block.mentions])
        return cls(block, alignment, {id(mention): number for number, mention in enumerate(block.mentions)}, sources, dates)

    def source(self, span: Span) -> list[int]:
        return _projected(self.alignment, self.block.pieces[0].start, span)

    def number(self, mention: Mention) -> int | None:
        """The mention's place in the block's list; None where it is not listed."""
        found = self.numbers.get(id(mention))
        if found is not None:
            return found
        return next((number for number, other in enumerate(self.block.mentions) if other == mention), None)

    def mention(self, mention: Mention, source: list[int]) -> dict[str, Any]:
        span, value = mention.span, mention.value
        canonical, plain, typed = _term(value) if isinstance(value, Term) else _value(value, self.dates)
        return {
            "kind": value.kind,
            "text": self.block.text[span.start : span.end],
            "span": [span.start, span.end],
            "source": source,
            "canonical": canonical,
            "value": plain,
            "typed": typed,
        }

    def segment(self, segment: Segment, at: Span | None) -> dict[str, Any]:
        span = segment.span
        return {
            "span": [span.start, span.end],
            "source": self.source(span),
            "output": _span(at),
            "origin": segment.origin,
            "text": self.block.text[span.start : span.end],
            "english": segment.english,
            "flags": _flags(segment.flags),
            "placed": [self.placed(placed, at.start if at else None) for placed in segment.placed],
        }

    def placed(self, placed: Placed, at: int | None) -> dict[str, Any]:
        mention, target = placed.mention, placed.target
        number = self.number(mention)
        source = self.source(mention.span) if number is None else self.sources[number]
        return {
            "mention": number,  # its place in `mentions`; one that is not listed there is written out
            **({} if number is not None else {"unlisted": self.mention(mention, source)}),
            "source": source,
            "target": _span(target),
            "output": [target.start + at, target.end + at] if target is not None and at is not None else None,
            "rung": placed.rung,
        }


def _projected(alignment: Alignment, start: int, span: Span) -> list[int]:
    """Where a stretch of a block's text, whose source begins at `start`, stands in the source."""
    if not alignment.edits:
        return [span.start + start, span.end + start]
    found = alignment.project(Span(span.start + start, span.end + start))  # edits are in source positions
    return [found.start, found.end]


def _block(number: int, block: Block, place: Span | None, places: tuple[Span | None, ...], dates: str) -> _Parts:
    writer, pieces = _Writer.of(block, dates), block.pieces
    head = {
        "id": number,
        "kind": str(block.kind),
        "lang": str(block.lang),
        "pieces": [[piece.start, piece.end] for piece in pieces],
        "hull": [pieces[0].start, pieces[-1].end],
        "output": _span(place),
        "text": block.text,
        "flags": _flags(block.flags),
    }
    edits = [{"source": _span(e.span), "before": e.before, "after": e.after, "rule": e.rule} for e in block.edits]
    mentions = [writer.mention(m, source) for m, source in zip(block.mentions, writer.sources, strict=True)]
    return head, edits, mentions, [writer.segment(segment, at) for segment, at in zip(block.segments, places, strict=True)]


def _flags(flags: tuple[Flag, ...]) -> list[dict[str, str]]:
    return [{"code": flag.code, "detail": flag.detail} for flag in flags]


def _value(value: Value, dates: str) -> tuple[str, Any, Any]:
    """A value's canonical English, what it says, and itself."""
    return render(value, dates), to_record(value), to_json(value)


@lru_cache(maxsize=4096)  # a document says the same terms again and again
def _term(value: Term) -> tuple[str, Any, Any]:
    plain = {"kind": "term", "identity": f"term:{value.entry}", "french": value.french}
    return value.english, plain, to_json(value)


def _layout(head: dict[str, Any], *inner: _Items) -> str:
    """A block as JSON that a person can read and a diff can use, in a fraction of the lines of `indent=2`."""
    if not any(inner):
        return dumps(head)[:-1] + _BARE
    parts = []
    for (name, first), items in zip(_INNER.items(), inner, strict=True):
        if items:
            # no string holds a bare quote and no list inside an item has items that begin so: it stands between items only
            lines = dumps(items)[1:-1].replace(f'}},{{"{first}":', f'}},\n       {{"{first}":')
            parts.append(f',\n     "{name}": [\n       {lines}\n     ]')
        else:
            parts.append(f',\n     "{name}": []')
    return dumps(head)[:-1] + "".join(parts) + "}"


def load(path: Path) -> Document:
    """The document that a record was written from: `load` of `to_text(document)` equals the document.

    Raises DocumentError for a file that is no record, is damaged, or has another schema version.
    """
    try:
        data = loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise DocumentError(f"{path}: not a record ({error})", "run normalize on its source again") from error
    return parse(data, str(path))


def parse(data: Any, where: str = "record") -> Document:
    """The document of a record given as JSON types; `where` names it in errors."""
    if not isinstance(data, dict) or "schema" not in data:
        raise DocumentError(f"{where}: not a record of normalize", "give a NAME.json that normalize wrote")
    if data["schema"] != SCHEMA:
        message = f"{where}: a record of schema {data['schema']}; this version reads schema {SCHEMA}"
        raise DocumentError(message, remedy(data["schema"], SCHEMA, str(data.get("path", "the source"))))
    try:
        diagnostics = tuple(Diagnostic(d["code"], d["detail"], _to_span(d["source"])) for d in data["diagnostics"])
        blocks = tuple(_to_block(b) for b in data["blocks"])
        return Document(data["path"], data["source"], data["encoding"], data["sha256"], blocks, diagnostics)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise DocumentError(f"{where}: a damaged record ({error!r})", "run normalize on its source again") from error


def remedy(schema: object, ours: int, path: str) -> str:
    """The command that brings a file of another schema to this one, or this program to the file's."""
    newer = isinstance(schema, int) and schema > ours
    return f"it is newer than this program: {UPGRADE}" if newer else f"upgrade it: normalize SRC OUT (SRC: the folder of {path})"


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
