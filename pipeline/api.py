"""What a run has written, for programs: a corpus of documents, blocks, segments and mentions, with spans on both sides.

    from pipeline import load

    for document in load("out/"):
        for mention in document.mentions:
            print(mention.kind, mention.text, "->", mention.canonical, mention.source)

Everything is read-only. All spans are half-open ranges of Unicode code points. `docs/api.md` has more.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import DocumentError, UsageError
from pipeline.model import Diagnostic, Edit, Flag, Kind, Lang, Span
from pipeline.view import Block, Document, Mention, Segment, Trace
from pipeline.write.manifest import MANIFEST
from pipeline.write.record import parse, remedy
from pipeline.write.typed import from_json

__all__ = ["Block", "Corpus", "Document", "Mention", "Segment", "Trace", "load", "read"]


@dataclass(frozen=True)
class Corpus:
    """An OUT. Documents are read when they are asked for, one at a time: `for document in corpus`, `corpus["a.txt"]`."""

    folder: Path
    names: Mapping[str, tuple[str, str]]  # path under SRC -> NAME.txt, NAME.json under OUT

    def __iter__(self) -> Iterator[Document]:
        return (self[path] for path in self.names)

    def __len__(self) -> int:
        return len(self.names)

    def __getitem__(self, path: str) -> Document:
        text, record = self.names[path]
        return read(self.folder / record, self.folder / text)


def load(out: str | Path) -> Corpus:
    """The corpus that `normalize SRC OUT` wrote to `out`, by its manifest. Documents are read lazily.

    Raises UsageError where `out` is no OUT; reading a document raises DocumentError where its record is damaged, of
    another schema, or does not belong to its text.
    """
    folder = Path(out)
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        names = {entry["path"]: (entry["text"], entry["record"]) for entry in manifest["documents"]}
    except FileNotFoundError:
        raise UsageError(f"{folder}: holds no {MANIFEST}", "give the OUT of a run: normalize SRC OUT") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{folder / MANIFEST}: cannot be read ({error!r})", "run normalize on SRC again") from error
    if manifest.get("schema") != 1:
        raise UsageError(f"{folder / MANIFEST}: of schema {manifest.get('schema')}", remedy(manifest.get("schema"), 1, "SRC"))
    return Corpus(folder, names)


def read(record: Path, text: Path | None = None) -> Document:
    """One document by its NAME.json; NAME.txt lies beside it unless `text` says otherwise.

    Raises DocumentError as `load` says.
    """
    text = text or record.with_suffix(".txt")
    try:
        data = json.loads(record.read_text("utf-8"))
        english = text.read_bytes().decode("utf-8")
    except (OSError, ValueError) as error:
        raise DocumentError(f"{record}: cannot be read with its text ({error})", "run normalize on its source again") from error
    parse(data, str(record))  # says what is damaged, or of another schema
    if hashlib.sha256(english.encode("utf-8")).hexdigest() != data["english_sha256"]:
        message = f"{text}: not the text that {record.name} belongs to; its spans would lead astray"
        raise DocumentError(message, "someone has changed it: run normalize on its source again")
    return _document(data, english, record, text)


def _document(data: dict[str, Any], english: str, record: Path, text: Path) -> Document:
    blocks: list[Block] = []
    segments = 0
    for item in data["blocks"]:
        blocks.append(_block(item, segments, english))
        segments += len(item["segments"])
    remarks = tuple(Diagnostic(d["code"], d["detail"], _span(d["source"])) for d in data["diagnostics"])
    return Document(data["path"], data["sha256"], data["encoding"], data["source"], english, tuple(blocks), remarks, text, record)


def _span(pair: list[int] | None) -> Span | None:
    return None if pair is None else Span(*pair)


def _block(data: dict[str, Any], first: int, english: str) -> Block:
    """The block with its segments, whose numbers begin with `first`."""
    listed: list[Mention | None] = [None] * len(data["mentions"])
    number, lang = data["id"], Lang(data["lang"])
    segments, further = [], []
    for at, item in enumerate(data["segments"], first):
        own = []
        for placed in item["placed"]:
            index = placed["mention"]
            raw = placed["unlisted"] if index is None else data["mentions"][index]
            mention = _mention(raw, placed, number, at, english)
            own.append(mention)
            if index is None:
                further.append(mention)
            elif (former := listed[index]) is None or former.output is None:
                listed[index] = mention
        segments.append(_segment(item, at, number, lang, tuple(own)))
    mentions = [m or _mention(raw, None, number, None, english) for m, raw in zip(listed, data["mentions"], strict=True)]
    return Block(
        number=number,
        kind=Kind(data["kind"]),
        lang=lang,
        text=data["text"],
        pieces=tuple(Span(*piece) for piece in data["pieces"]),
        output=_span(data["output"]),
        edits=tuple(Edit(Span(*e["source"]), e["before"], e["after"], e["rule"]) for e in data["edits"]),
        flags=tuple(Flag(f["code"], f["detail"]) for f in data["flags"]),
        segments=tuple(segments),
        mentions=tuple(sorted((*mentions, *further), key=lambda m: m.span)),
    )


def _segment(data: dict[str, Any], number: int, block: int, lang: Lang, mentions: tuple[Mention, ...]) -> Segment:
    flags = tuple(Flag(f["code"], f["detail"]) for f in data["flags"])
    spans = Span(*data["span"]), Span(*data["source"]), _span(data["output"])
    return Segment(number, block, lang, data["text"], data["english"], *spans, data["origin"], flags, mentions)


def _mention(data: dict[str, Any], placed: dict[str, Any] | None, block: int, segment: int | None, english: str) -> Mention:
    output = _span(placed["output"]) if placed else None
    return Mention(
        kind=data["kind"],
        text=data["text"],
        span=Span(*data["span"]),
        source=Span(*data["source"]),
        canonical=data["canonical"],
        english=output.of(english) if output else "",
        output=output,
        rung=placed["rung"] if placed else "",
        block=block,
        segment=segment,
        value=data["value"],
        typed=from_json(data["typed"]),
    )
