"""The repair stage: a document's source as clean blocks, every character of it accounted for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.edits import Alignment, Revision, apply
from pipeline.model import Block, Document, Edit, Kind, Span
from pipeline.repair import blocks, duplicates
from pipeline.repair.blocks import Draft
from pipeline.repair.characters import characters
from pipeline.repair.encoding import mojibake
from pipeline.repair.hyphens import Joint, join
from pipeline.repair.inline import polish
from pipeline.repair.roles import read


def repair(document: Document) -> Document:
    r"""The document with its blocks: kind, pieces, text and edits. The source stays, and nothing of it is dropped.

    Only `source` is read, so repairing twice gives the same. Languages are left to `pipeline.detect`.

    >>> [block.text for block in repair(Document("a.txt", "La fabri-\ncation repart.\n\nPage 1 sur 2\n")).blocks]
    ['La fabrication repart.', 'Page 1 sur 2']
    """
    whole = Revision.start(document.source)
    whole = whole.revise(mojibake(whole.text))
    whole = whole.revise(characters(whole.text))
    lines, roles, marks = read(whole.text)
    drafts = blocks.assemble(lines, roles)
    blocks.headings(drafts)
    made = [_made(draft, whole.text) for draft in drafts]
    made = _owning(made, whole)
    out = [_block(each, whole, marks) for each in made]
    copies = duplicates.duplicates(out)
    done = tuple(replace(block, kind=Kind.DUPLICATE) if i in copies else block for i, block in enumerate(out))
    return replace(document, blocks=done or _invisible(document.source), diagnostics=document.diagnostics)


@dataclass(frozen=True, slots=True)
class _Made:
    """A block before it is composed: `hull` and `edits` in the mended text, `pieces` in the source once known."""

    kind: Kind
    pieces: tuple[Span, ...]
    edits: tuple[Edit, ...]
    hull: Span


def _made(draft: Draft, text: str) -> _Made:
    edits = list(_edits(draft, text))
    pieces: list[Span] = []
    for line in draft.lines:
        span = Span(line.start, line.end + line.tail)
        if pieces and not text[pieces[-1].end : span.start].strip():
            pieces[-1] = Span(pieces[-1].start, span.end)
        else:
            pieces.append(span)
    return _Made(draft.kind, tuple(pieces), tuple(edits), Span(pieces[0].start, pieces[-1].end))


def _edits(draft: Draft, text: str) -> Iterator[Edit]:
    first, last = draft.lines[0], draft.lines[-1]
    if first.head:
        yield _edit(text, first.start, first.start + first.head, "", "repair.bullet")
    for gap in draft.gaps[: min(draft.cells)] if draft.cells else draft.gaps:
        yield _edit(text, first.start + gap.start, first.start + gap.end, " | ", "repair.cell")
    if draft.cells:
        yield _wrapped(draft, text)
        return
    for before, line, joint in zip(draft.lines, draft.lines[1:], draft.joints, strict=False):
        if joint.rule == "repair.table-rule":
            yield _edit(text, before.end, line.end + line.tail, "", joint.rule)
            continue
        between = text[before.end + before.tail : line.start].strip()
        rule = "repair.interruption" if between and joint.rule in ("repair.unwrap", "repair.blank-line") else joint.rule
        rules = f"repair.page-counter+{rule}" if before.tail else rule
        yield _edit(text, before.end - joint.cut, line.start, joint.glue, rules)
    if last.tail and not (draft.joints and draft.joints[-1].rule == "repair.table-rule"):
        yield _edit(text, last.end, last.end + last.tail, "", "repair.page-counter")


def _wrapped(draft: Draft, text: str) -> Edit:
    """One edit from the end of a row's first wrapped cell to the end of the last line: the cells whole, one after the other."""
    row, edges = draft.lines[0], [0, *(at for gap in draft.gaps for at in (gap.start, gap.end)), len(draft.lines[0].text)]
    cells = [row.text[edges[k] : edges[k + 1]] for k in range(0, len(edges), 2)]
    rest = list(cells)
    for cell, line in zip(draft.cells, draft.lines[1:], strict=True):
        joint = join(rest[cell], line.text) or Joint(0, " ", "repair.wrapped-cell")
        rest[cell] = rest[cell][: len(rest[cell]) - joint.cut] + joint.glue + line.text
    first = min(draft.cells)
    start = row.start + edges[2 * first]
    return _edit(text, start, draft.lines[-1].end, " | ".join(rest[first:]), "repair.wrapped-cell")


def _edit(text: str, start: int, end: int, after: str, rule: str) -> Edit:
    return Edit(Span(start, end), text[start:end], after, rule)


def _owning(made: Sequence[_Made], whole: Revision) -> list[_Made]:
    """The blocks with their pieces in the source: disjoint, and grown over invisible characters that nobody else owns."""
    source, alignment = whole.base, Alignment.of(whole.edits)
    places = [(alignment.project(piece), k, n) for k, each in enumerate(made) for n, piece in enumerate(each.pieces)]
    places.sort(key=lambda place: place[0])
    owned: list[list[Span]] = [[] for _ in made]
    at = 0
    for index, (span, k, _) in enumerate(places):
        start, end = max(span.start, at), max(span.end, at)
        loose = source[at:start]
        if loose.strip():
            start = at + len(loose) - len(loose.lstrip())
        if index + 1 == len(places) and source[end:].strip():
            end = len(source.rstrip())
        owned[k].append(Span(start, end))
        at = end
    return [replace(each, pieces=tuple(sorted(spans))) for each, spans in zip(made, owned, strict=True)]


def _block(made: _Made, whole: Revision, marks: frozenset[str]) -> Block:
    """The block in source positions: what was done to the whole text, to its lines and inside it, as one list of edits."""
    hull = Span(made.pieces[0].start, made.pieces[-1].end)
    base = hull.of(whole.base)
    known = _within(whole.edits, hull)
    local = tuple(_moved(e, -hull.start) for e in known)
    draft = Revision(base, local, apply(base, local))
    lead = _lead(draft.text, made.hull.of(whole.text))
    shift = lead - made.hull.start
    edits = [_moved(e, shift) for e in made.edits]
    trailing = lead + len(made.hull)
    if lead:
        edits = [_edit(draft.text, 0, lead, "", "repair.edge"), *edits]
    if trailing < len(draft.text):
        edits.append(_edit(draft.text, trailing, len(draft.text), "", "repair.edge"))
    draft = polish(draft.revise(edits), made.kind, marks)
    placed = tuple(_moved(e, hull.start) for e in draft.edits)
    return Block(made.kind, made.pieces, draft.text, placed)


def _moved(edit: Edit, by: int) -> Edit:
    return Edit(Span(edit.span.start + by, edit.span.end + by), edit.before, edit.after, edit.rule)


def _lead(text: str, wanted: str) -> int:
    """Where the block's lines begin in the text that its pieces make: behind what they grew over."""
    return 0 if text == wanted else max(0, text.find(wanted))


def _within(edits: Sequence[Edit], hull: Span) -> Sequence[Edit]:
    low = bisect_left(edits, hull.start, key=lambda e: e.span.start)
    high = bisect_right(edits, hull.end, key=lambda e: e.span.start)
    return [e for e in edits[low:high] if e.span.end <= hull.end]


def _invisible(source: str) -> tuple[Block, ...]:
    """One empty block that owns a source of which nothing is left (a lone BOM); none where there is only white space."""
    bare = source.strip()
    if not bare:
        return ()
    start = source.index(bare[0])
    span = Span(start, start + len(bare))
    return (Block(Kind.FURNITURE, (span,), "", (Edit(span, bare, "", "repair.invisible"),)),)
