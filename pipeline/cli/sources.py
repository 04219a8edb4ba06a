"""What `normalize glossary …` reads: the tables named, the records of a run, the French of a folder, sentence pairs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.glossary import Glossary
    from pipeline.model import Document


def entries(tables: list[Path] | None, alone: bool) -> Glossary:
    """The shipped glossary, unless `alone`, and the tables named."""
    from pipeline.glossary import load

    return load(tuple(tables or ()), shipped=not alone)


def documents(out: Path) -> Iterator[Document]:
    """The records that a run has written, or one of them. Raises UsageError when there are none."""
    from pipeline.errors import UsageError
    from pipeline.write.record import load

    paths = [out] if out.is_file() else [p for p in sorted(out.rglob("*.json")) if p.name != "manifest.json"]
    if not paths:
        raise UsageError(f"{out}: no records (NAME.json) here", "give the OUT of a run: normalize SRC OUT")
    for path in paths:
        yield load(path)


def pairs(src: Path) -> list[tuple[str, str]]:
    """The sentence pairs of a .tmx file or of an OUT; none where SRC is neither."""
    from pipeline.model import Lang

    if src.suffix.lower() == ".tmx" and src.is_file():
        from pipeline.glossary.exchange import content
        from pipeline.glossary.tmx import from_tmx

        return from_tmx(content(src), str(src))
    if not (src / "manifest.json").is_file():
        return []
    blocks = (block for document in documents(src) for block in document.blocks if block.lang is Lang.FR)
    return [(segment.span.of(block.text), segment.english) for block in blocks for segment in block.segments]


def french(src: Path) -> Iterator[str]:
    """Paragraphs of the French documents under SRC, repaired as a run repairs them; a document that fails is left out."""
    from pipeline.config import Config
    from pipeline.corpus import read, walk
    from pipeline.detect import detect
    from pipeline.errors import DocumentError
    from pipeline.model import Lang
    from pipeline.repair import repair

    entries: Any = walk(src)
    for entry in getattr(entries, "entries", entries):
        try:
            document = detect(repair(read(entry, Config())))
        except DocumentError:
            continue
        yield from (b.text for b in document.blocks if b.lang is Lang.FR and not b.kind.omitted)
