"""The repair stage: a document's source as clean blocks, every character of it accounted for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.edits import Alignment, Revision, apply, moved
from pipeline.model import Block, Document, Edit, Kind, Span
from pipeline.repair import blocks, duplicates
from pipeline.repair.bars import bars
from pipeline.repair.characters import characters
from pipeline.repair.drafts import Draft
from pipeline.repair.encoding import mojibake
from pipeline.repair.headings import headings
from pipeline.repair.hyphens import Joint, inner, join
from pipeline.repair.inline import polish
from pipeline.repair.justified import justified
from pipeline.repair.markdown import NOTHING, markdown
from pipeline.repair.numbered import line_numbers
from pipeline.repair.roles import read
from pipeline.repair.wiki import editor_links


def repair(document: Document) -> Document:
    r"""The document with its blocks: kind, pieces, text and edits. The source stays, and nothing of it is dropped.

    Only `source` is read, so repairing twice gives the same. Languages are left to `pipeline.detect`.

    >>> [block.text for block in repair(Document("a.txt", "La fabri-\ncation repart.\n\nPage 1 sur 2\n")).blocks]
    ['La fabrication repart.', 'Page 1 sur 2']
    """
    whole = Revision.start(document.source)
    whole = whole.revise(mojibake(whole.text))
    whole = whole.revise(inner(whole.text))
    whole = whole.revise(characters(whole.text))
    whole = whole.revise(line_numbers(whole.text))
    whole = whole.revise(editor_links(whole.text))
    whole = whole.revise(justified(whole.text))
    given = NOTHING
    if document.path.lower().endswith(".md"):
        edits, given = markdown(whole.text)
        whole = whole.revise(edits)
    else:
        whole = whole.revise(bars(whole.text))
    lines, roles, marks = read(whole.text, given)
    drafts = blocks.assemble(lines, roles)
    headings(drafts)
    made = [_made(draft, whole.text) for draft in drafts]
    made = _owning(made, whole)
    starts = [e.span.start for e in whole.edits]
    out = [_block(each, whole, starts, marks) for each in made]
    copies = duplicates.duplicates(out)
    for i in copies:
        out[i] = replace(out[i], kind=Kind.DUPLICATE)
    return replace(document, blocks=tuple(out) or _invisible(document.source), diagnostics=document.diagnostics)


@dataclass(frozen=True, slots=True)
class _Made:
    """A block before it is composed: `hull` in the mended text, `edits` from its start on, `pieces` in the source once known."""

    kind: Kind
    pieces: tuple[Span, ...]
    edits: tuple[Edit, ...]
    hull: Span


def _made(draft: Draft, text: str) -> _Made:
    first, last = draft.lines[0], draft.lines[-1]
    if first is not last and any(a.end > b.start for a, b in pairwise(draft.lines)):
        return _turned(draft, text)
    hull = Span(first.start, last.end + last.tail)
    if first is last:
        edits = tuple(_edits(draft, text)) if first.head or first.tail or draft.gaps else ()
        return _Made(draft.kind, (hull,), edits, hull)
    pieces: list[Span] = []
    start, end = hull.start, first.end + first.tail
    for line in draft.lines[1:]:
        between = text[end : line.start]
        if between and not between.isspace():
            pieces.append(Span(start, end))
            start = line.start
        end = line.end + line.tail
    pieces.append(Span(start, end))
    return _Made(draft.kind, tuple(pieces), tuple(sorted(_edits(draft, text), key=lambda edit: edit.span)), hull)


def _turned(draft: Draft, text: str) -> _Made:
    """A paragraph from a left column's foot to a right one's head, which stands above it: one edit over the place of both."""
    pieces = sorted(Span(line.start, line.end + line.tail) for line in draft.lines)
    hull = Span(pieces[0].start, max(piece.end for piece in pieces))
    words = draft.lines[0].words
    for joint, line in zip(draft.joints, draft.lines[1:], strict=True):
        words = words[: len(words) - joint.cut] + joint.glue + line.words
    return _Made(draft.kind, tuple(pieces), (_edit(text, hull.start, hull.end, words, "repair.column-turn", hull.start),), hull)


def _edits(draft: Draft, text: str) -> Iterator[Edit]:
    first, last = draft.lines[0], draft.lines[-1]
    at = first.start
    if first.head:
        yield _edit(text, at, at + first.head, "", "repair.bullet", at)
    for gap in draft.gaps[: _first(draft)] if draft.cells else draft.gaps:
        yield _edit(text, at + gap.start, at + gap.end, " | ", "repair.cell", at)
    if draft.cells:
        yield _wrapped(draft, text)
        return
    for before, line, joint in zip(draft.lines, draft.lines[1:], draft.joints, strict=False):
        if joint.rule == "repair.table-rule":
            yield _edit(text, before.end, line.end + line.tail, "", joint.rule, at)
            continue
        between = text[before.end + before.tail : line.start].strip()
        rule = "repair.interruption" if between and joint.rule in ("repair.unwrap", "repair.blank-line") else joint.rule
        rules = f"repair.page-counter+{rule}" if before.tail else rule
        yield _edit(text, before.end - joint.cut, line.start, joint.glue, rules, at)
    if last.tail and not (draft.joints and draft.joints[-1].rule == "repair.table-rule"):
        yield _edit(text, last.end, last.end + last.tail, "", "repair.page-counter", at)


def _wrapped(draft: Draft, text: str) -> Edit:
    """One edit from the end of a row's first wrapped cell to the end of the last line: the cells whole, one after the other."""
    row, edges = draft.lines[0], [0, *(at for gap in draft.gaps for at in (gap.start, gap.end)), len(draft.lines[0].text)]
    cells = [row.text[edges[k] : edges[k + 1]] for k in range(0, len(edges), 2)]
    rest = list(cells)
    for parts, line in zip(draft.cells, draft.lines[1:], strict=True):
        for cell, span in parts:
            more = span.of(line.text)
            joint = join(rest[cell], more) or Joint(0, " ", "repair.wrapped-cell")
            rest[cell] = rest[cell][: len(rest[cell]) - joint.cut] + joint.glue + more
    first = _first(draft)
    start = row.start + edges[2 * first]
    return _edit(text, start, draft.lines[-1].end, " | ".join(rest[first:]), "repair.wrapped-cell", row.start)


def _first(draft: Draft) -> int:
    """The number of the first cell that goes on below its row."""
    return min(cell for parts in draft.cells for cell, _ in parts)


def _edit(text: str, start: int, end: int, after: str, rule: str, at: int = 0) -> Edit:
    return Edit(Span(start - at, end - at), text[start:end], after, rule)


def _owning(made: Sequence[_Made], whole: Revision) -> list[_Made]:
    """The blocks with their pieces in the source: disjoint, and grown over invisible characters that nobody else owns."""
    source, alignment = whole.base, Alignment.of(whole.edits)
    project = alignment.project if whole.edits else lambda piece: piece
    places = [(project(piece), k) for k, each in enumerate(made) for piece in each.pieces]
    places.sort(key=lambda place: (place[0].start, place[0].end))
    owned: list[list[Span]] = [[] for _ in made]
    at = 0
    for index, (span, k) in enumerate(places):
        start, end = max(span.start, at), max(span.end, at)
        loose = source[at:start]
        if loose and not loose.isspace():
            if index and (tail := loose.splitlines()[0].rstrip()):  # what was taken out behind a line's words is its own
                before, last = places[index - 1][1], owned[places[index - 1][1]][-1]
                owned[before][-1] = Span(last.start, at + len(tail))
                at, loose = at + len(tail), loose[len(tail) :]
            loose = loose if loose.strip() else ""
        if loose:
            start = at + len(loose) - len(loose.lstrip())
        if index + 1 == len(places) and source[end:].strip():
            end = len(source.rstrip())
        owned[k].append(span if span.start == start and span.end == end else Span(start, end))
        at = end
    return [_Made(e.kind, tuple(p if len(p) == 1 else sorted(p)), e.edits, e.hull) for e, p in zip(made, owned, strict=True)]


def _block(made: _Made, whole: Revision, starts: Sequence[int], marks: frozenset[str]) -> Block:
    """The block in source positions: what was done to the whole text, to its lines and inside it, as one list of edits.

    `starts` are where the edits of the whole text start.
    """
    hull = Span(made.pieces[0].start, made.pieces[-1].end)
    base, wanted = hull.of(whole.base), made.hull.of(whole.text)
    known = tuple(_within(whole.edits, starts, hull))
    draft = Revision(base, known, apply(base, known, hull.start) if known else base, hull.start)
    lead = _lead(draft.text, wanted)
    edits = [moved(e, lead) for e in made.edits]
    trailing = lead + len(wanted)
    if lead:
        edits = [_edit(draft.text, 0, lead, "", "repair.edge"), *edits]
    if trailing < len(draft.text):
        edits.append(_edit(draft.text, trailing, len(draft.text), "", "repair.edge"))
    draft = draft.revise(edits) if edits else draft
    draft = draft if made.kind is Kind.CODE else polish(draft, made.kind, marks)
    return Block(made.kind, made.pieces, draft.text, draft.edits)


def _lead(text: str, wanted: str) -> int:
    """Where the block's lines begin in the text that its pieces make: behind what they grew over."""
    return 0 if text == wanted else max(0, text.find(wanted))


def _within(edits: Sequence[Edit], starts: Sequence[int], hull: Span) -> Sequence[Edit]:
    low, high = bisect_left(starts, hull.start), bisect_right(starts, hull.end)
    return [e for e in edits[low:high] if e.span.end <= hull.end] if low < high else ()


def _invisible(source: str) -> tuple[Block, ...]:
    """One empty block that owns a source of which nothing is left (a lone BOM); none where there is only white space."""
    bare = source.strip()
    if not bare:
        return ()
    start = source.index(bare[0])
    span = Span(start, start + len(bare))
    return (Block(Kind.FURNITURE, (span,), "", (Edit(span, bare, "", "repair.invisible"),)),)
