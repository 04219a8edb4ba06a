"""The annotate stage: values, verbatim stretches, names and terms of every block, merged so that none overlaps another.

Who wins where two overlap:

1. an address, an URL or an e-mail: what stands inside belongs to it;
2. the longer span (`annexe 1 des BPF` as a term over `annexe 1`, `KCS-2024-117` over `2024`, `Alvexa Thérapies` over
   `thérapies`);
3. at equal length a term, then what is verbatim, then a value, then a name or place: a glossary is the user's own word;
4. the earlier one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from pipeline.annotate import verbatim
from pipeline.annotate.names import find_names
from pipeline.annotate.values import date_order, infer, recognise, stated_date
from pipeline.glossary import Matcher
from pipeline.model import Block, Document, Flag, Lang, Mention, Step, Term, Value
from pipeline.values import render
from pipeline.values.types import Date, Range
from pipeline.values.verbatim import Name, Verbatim

AMBIGUOUS = "value.ambiguous"
READ = (Lang.FR, Lang.EN)


def annotator(matcher: Matcher | None = None) -> Step:
    """A step that gives every French and English block its mentions; `matcher` is the glossary, None for none.

    A value that can be read in two ways, and that nothing in the document settles, puts a flag `value.ambiguous` on its
    block, with the surface and the reading that was taken.

    Left alone: omitted blocks (furniture, duplicates), other languages, every text. Names and terms are looked for in
    French blocks only; what they rest on (a name seen elsewhere, an acronym that the document defines) is the document.
    """

    def annotate(document: Document) -> Document:
        read = [b for b in document.blocks if not b.kind.omitted and b.lang in READ]
        texts = [(b.text, b.lang) for b in read]
        order = date_order(texts)
        bindings = matcher.bind([t for t, lang in texts if lang is Lang.FR]) if matcher else None
        found: dict[int, tuple[tuple[Mention, ...], tuple[Flag, ...]]] = {}
        for block, names in zip(read, find_names(texts), strict=True):
            text, lang = block.text, block.lang
            terms = matcher.find(text, lang, bindings) if matcher and bindings is not None and lang is Lang.FR else []
            merged = merge([*recognise(text, lang, order), *verbatim.recognise(text, lang), *names, *terms])
            found[id(block)] = merged, _flags(block, merged)
        if stated := stated_date((b.text, found[id(b)][0]) for b in read):
            found |= {id(b): (infer(found[id(b)][0], stated), found[id(b)][1]) for b in read}
        return replace(document, blocks=tuple(_with(b, *(found.get(id(b)) or ((), _flags(b, ())))) for b in document.blocks))

    return annotate


def _with(block: Block, mentions: tuple[Mention, ...], flags: tuple[Flag, ...]) -> Block:
    if block.mentions == mentions and block.flags == flags:
        return block
    # dataclasses.replace takes three times as long
    return Block(block.kind, block.pieces, block.text, block.edits, block.lang, mentions, block.segments, flags)


def _flags(block: Block, mentions: tuple[Mention, ...]) -> tuple[Flag, ...]:
    """The block's flags, with a `value.ambiguous` for every value that the document leaves open (1.234; 03/04/2023)."""
    kept = tuple(f for f in block.flags if f.code != AMBIGUOUS) if block.flags else ()
    found = [
        Flag(AMBIGUOUS, f"{m.span.of(block.text)}: {render(m.value)}")
        for m in mentions
        if not isinstance(m.value, Term) and _ambiguous(m.value)
    ]
    return (*kept, *found) if found else kept


def _ambiguous(value: Value) -> bool:
    if isinstance(value, Verbatim | Name):
        return False
    if isinstance(value, Range):
        return _ambiguous(value.low) or _ambiguous(value.high)
    if isinstance(value, Date):
        return value.ambiguous
    return bool(getattr(getattr(value, "amount", None), "ambiguous", False))


def merge(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions that stay, in order and without overlap, by the precedence above; empty spans go.

    >>> from pipeline.model import Span
    >>> short, long = Mention(Span(0, 3), Name("Val")), Mention(Span(0, 12), Name("Val-de-Reuil"))
    >>> merge([short, long]) == (long,)
    True
    """
    found = [m for m in mentions if m.span.start < m.span.end]
    if len(found) > 1:
        found.sort(key=_start)
    if all(a.span.end <= b.span.start for a, b in pairwise(found)):
        return tuple(found)
    kept: list[Mention] = []
    taken: set[int] = set()
    for mention in sorted(found, key=_precedence):
        covered = range(mention.span.start, mention.span.end)
        if taken.isdisjoint(covered):
            taken.update(covered)
            kept.append(mention)
    return tuple(sorted(kept, key=_start))


def _start(mention: Mention) -> int:
    return mention.span.start


def _precedence(mention: Mention) -> tuple[bool, int, int, int]:
    value = mention.value
    whole = isinstance(value, Verbatim) and value.scheme in verbatim.FIRST
    return not whole, -len(mention.span), _rank(mention), mention.span.start


def _rank(mention: Mention) -> int:
    value = mention.value
    if isinstance(value, Term):
        return 0
    if isinstance(value, Name) or (isinstance(value, Verbatim) and value.scheme == "place"):
        return 3
    return 1 if isinstance(value, Verbatim) else 2
