"""`normalize trace OUT/NAME.txt:LINE[:COL]`: where a stretch of the English comes from, stage by stage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.api import Block, Document, Mention, Segment
    from pipeline.model import Span

app = typer.Typer(add_completion=False, rich_markup_mode="rich", context_settings={"help_option_names": ["-h", "--help"]})
_USE = "for example: normalize trace out/article.txt:12 or out/article.txt:12:40"
_SOURCE_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


@app.command(no_args_is_help=True)
def trace(
    where: Annotated[
        str, typer.Argument(metavar="OUT/NAME.txt:LINE[:COL]", help="Line and column count from 1.", show_default=False)
    ],
) -> None:
    """Print where a line, or with COL one place in it, comes from.

    The English sentence, the source text it was made from, the values and terms in it, the edits that repaired it,
    and the lines of the original file.
    """
    from pipeline.api import read

    path, line, column = parse(where)
    if not path.is_file():
        raise UsageError(f"{path}: no such file", f"give a NAME.txt that normalize wrote; {_USE}")
    document = read(path.with_suffix(".json"), path)
    for text in describe(document, line, column):
        print(text)


def parse(where: str) -> tuple[Path, int, int | None]:
    """`PATH:LINE[:COL]` taken apart. Raises UsageError where it is not that."""
    match = re.fullmatch(r"(?P<path>.+?):(?P<line>[1-9]\d{0,8})(?::(?P<column>[1-9]\d{0,8}))?", where, re.DOTALL)
    if match is None:
        raise UsageError(f"{where!r} names no line", _USE)
    return Path(match["path"]), int(match["line"]), int(match["column"]) if match["column"] else None


def describe(document: Document, line: int, column: int | None = None) -> Iterator[str]:
    """The lines of the answer. Raises UsageError for a line or column that is not there or holds nothing."""
    from pipeline.model import Span

    name = document.text_path.name
    lines = document.english.split("\n")[:-1]
    if line > len(lines):
        raise UsageError(f"{name} has {len(lines)} lines, not {line}", _USE)
    start = sum(len(text) + 1 for text in lines[: line - 1])
    if not lines[line - 1]:
        raise UsageError(f"{name}:{line} is the empty line between two blocks", "give a line with text beside it")
    if column is not None and column > len(lines[line - 1]):
        raise UsageError(f"{name}:{line} has {len(lines[line - 1])} characters, not {column}", _USE)
    wanted = Span(start + column - 1, start + column) if column else Span(start, start + len(lines[line - 1]))
    yield f"{name}:{line}" + (f":{column}" if column else "") + f"  from {document.path} ({document.encoding})"
    if column:
        found = document.trace(wanted)
        yield f"  this place comes from {_at(document, found.source)}: {found.text!r}"
    for block in document.blocks:
        if block.output and block.output.overlaps(wanted):
            yield from _block(document, block, wanted)


def _block(document: Document, block: Block, wanted: Span) -> Iterator[str]:
    yield ""
    yield f"Block {block.number}: {block.kind}, {block.lang}" + _flags(block.flags)
    segments = [s for s in block.segments if s.output and s.output.overlaps(wanted)]
    for segment in segments:
        yield from _segment(segment)
        yield from (_mention(document, mention) for mention in segment.mentions)
        yield from _source(document, block, segment.source)
    if not segments:
        yield f"  Text     {block.text}"
        yield from _source(document, block, block.hull)


def _segment(segment: Segment) -> Iterator[str]:
    yield f"  English  {segment.english}"
    yield f"  Made by  {segment.origin}{_flags(segment.flags)}"
    yield f"  Text     {segment.text}"


def _mention(document: Document, mention: Mention) -> str:
    became = f"{mention.english!r}" if mention.output else "not found"
    what = f"{mention.kind} {mention.text!r} -> {became} ({mention.rung})"
    return f"  Mention  {what}, {mention.identity}, {_at(document, mention.source)}"


def _source(document: Document, block: Block, span: Span) -> Iterator[str]:
    for edit in block.edits:
        if edit.span.start <= span.end and edit.span.end >= span.start:
            yield f"  Edit     {edit.rule}: {edit.before!r} -> {edit.after!r}, {_at(document, edit.span)}"
    for number, match in enumerate(_SOURCE_LINE.finditer(document.source), 1):
        if match.start() < max(span.end, span.start + 1) and match.end() > span.start:
            yield f"  Source   {number:>4} | {match[0].rstrip()}"
        if match.end() >= span.end:
            return


def _at(document: Document, span: Span) -> str:
    """`characters 12-18, line 3`: the line of the source file where the span begins."""
    line = sum(1 for _ in re.finditer(r"\r\n|\r|\n", document.source[: span.start])) + 1
    return f"characters {span.start}-{span.end}, line {line}"


def _flags(flags: tuple[object, ...]) -> str:
    texts = (f"{getattr(flag, 'code', '')} {getattr(flag, 'detail', '')}".strip() for flag in flags)
    return "".join(f"  [{text}]" for text in texts)
