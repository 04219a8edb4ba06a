"""The step: values in canonical English in every segment, target spans kept up, and the proof."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from pipeline.config import Config, Dates
from pipeline.edits import apply
from pipeline.model import Block, Document, Edit, Flag, Kind, Lang, Mention, Placed, Segment, Span, Step, Term
from pipeline.normalize.grammar import agree, capitals, raised
from pipeline.normalize.pronouns import impersonal
from pipeline.normalize.prove import PROOF, prove
from pipeline.normalize.spelling import british
from pipeline.normalize.typography import moved, polish
from pipeline.values import render

SIGHT = 400  # characters before a block, and of it, in which a person may have been named


def normalizer(config: Config) -> Step:
    """A step that writes the canonical English.

    English blocks: the surface of each value is replaced by its rendering, nothing else changes. Translated segments: English
    typography outside the mentions. Every segment is proven: a value that cannot be shown is flagged. Done twice, it
    changes nothing.
    """

    def step(document: Document) -> Document:
        blocks, before = [], ""
        for block in document.blocks:
            blocks.append(_block(block, config.dates, before))
            if not block.kind.omitted:
                before = f"{before[-SIGHT:]}\n{block.text[-SIGHT:]}"
        return replace(document, blocks=tuple(blocks))

    return step


def _block(block: Block, dates: Dates, before: str) -> Block:
    if not block.segments:
        return block
    if block.lang is Lang.EN:
        return replace(block, segments=tuple(_rendered(block, s, dates) for s in block.segments))
    if block.lang is Lang.FR:
        return replace(block, segments=tuple(_proven(block, s, dates, before) for s in block.segments))
    return block


def _inside(mentions: Sequence[Mention], span: Span) -> list[Mention]:
    begin = bisect_left(mentions, span.start, key=lambda m: m.span.start)
    end = bisect_left(mentions, span.end, lo=begin, key=lambda m: m.span.start)
    return [m for m in mentions[begin:end] if span.contains(m.span)]


def _rendered(block: Block, segment: Segment, dates: Dates) -> Segment:
    """An English segment from the block's own text, values rendered; terms and names stay as they are."""
    parts: list[str] = []
    placed: list[Placed] = []
    last, at = segment.span.start, 0
    mentions = _inside(block.mentions, segment.span)
    for mention in mentions:
        gap = block.text[last : mention.span.start]
        surface = mention.span.of(block.text)
        written = (
            surface if isinstance(mention.value, Term) else _capitalised(render(mention.value, dates), surface, block, mention)
        )
        at += len(gap)
        parts += [gap, written]
        placed.append(Placed(mention, Span(at, at + len(written)), "rendered"))
        at += len(written)
        last = mention.span.end
    parts.append(block.text[last : segment.span.end])
    english = "".join(parts)
    flags = prove(mentions, placed, english, dates)
    return Segment(segment.span, english, tuple(placed), _flags(segment.flags, flags), segment.origin)


def _capitalised(written: str, surface: str, block: Block, mention: Mention) -> str:
    """The rendering with a capital where it starts a sentence with one in the source."""
    if not surface[:1].isupper() or not written[:1].islower():
        return written
    before = block.text[: mention.span.start].rstrip(" \"'([")
    return written[:1].upper() + written[1:] if not before or before[-1] in ".!?:" else written


def _proven(block: Block, segment: Segment, dates: Dates, before: str) -> Segment:
    """A translated segment in English typography, its placed mentions moved along, its values proven."""
    placed, english = segment.placed, segment.english
    if segment.origin != "untranslated":
        surface = segment.span.of(block.text).lstrip("\"'«(- ")
        capital = surface[:1].isupper() or (surface[:1].isdigit() and block.kind is not Kind.TABLE)
        keep = [p.target for p in placed if p.target is not None]
        english, placed = _edited(english, placed, polish(english, keep, capital))
        told = block.text[max(0, segment.span.start - 2 * SIGHT) : segment.span.start].strip() or before  # the nearest is meant
        edits = [e for e in impersonal(english, surface, told) if not any(p.target and p.target.overlaps(e.span) for p in placed)]
        english, placed = _edited(english, placed, edits)
        keep = [p.target for p in placed if p.target is not None]
        english, placed = _edited(english, placed, list(british(english, keep, block.text)))
        english, placed = _edited(english, placed, agree(english, placed, block.text))
        english = raised(capitals(english, placed, capital), placed, block.text)
    flags = prove(_inside(block.mentions, segment.span), placed, english, dates)
    return Segment(segment.span, english, placed, _flags(segment.flags, flags), segment.origin)


def _edited(english: str, placed: tuple[Placed, ...], edits: Sequence[Edit]) -> tuple[str, tuple[Placed, ...]]:
    if not edits:
        return english, placed
    return apply(english, edits), tuple(
        Placed(p.mention, moved(p.target, edits), p.rung) if p.target is not None else p for p in placed
    )


def _flags(before: Sequence[Flag], proof: Sequence[Flag]) -> tuple[Flag, ...]:
    """The flags of the stages before, and what the proof says now instead of what it or the translator said."""
    if not before:
        return tuple(proof)
    kept = tuple(f for f in before if f.code not in PROOF)
    return (*kept, *(f for f in proof if f.code in PROOF or f not in kept))
