"""The glossary held against documents that a run has written: what was used, how it came out, what an edit would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pipeline.glossary.entry import Entry, Glossary
from pipeline.glossary.match import Matcher
from pipeline.model import Document, Lang, Mention, Term


@dataclass(slots=True)
class Use:
    """How one entry fared: occurrences, by rung, and the English that was found for each, in lower case."""

    french: str
    count: int = 0
    rungs: Counter[str] = field(default_factory=Counter)
    renderings: Counter[str] = field(default_factory=Counter)

    @property
    def lost(self) -> int:
        """Occurrences without an allowed rendering."""
        return self.rungs["lost"]


def stats(documents: Iterable[Document]) -> dict[str, Use]:
    """The use of every entry that occurs, by entry id, over documents as they were written."""
    uses: dict[str, Use] = {}
    for document in documents:
        for block in document.blocks:
            for segment in block.segments:
                for placed in segment.placed:
                    term = placed.mention.value
                    if not isinstance(term, Term):
                        continue
                    use = uses.setdefault(term.entry, Use(term.french))
                    use.count += 1
                    use.rungs[placed.rung] += 1
                    if placed.target is not None:
                        use.renderings[placed.target.of(segment.english).lower()] += 1
    return uses


@dataclass(frozen=True, slots=True)
class Change:
    """One row that differs between two glossaries: `kind` is added, removed or changed."""

    kind: str
    old: Entry | None
    new: Entry | None

    @property
    def french(self) -> str:
        """The citation form."""
        return (self.new or self.old).head  # type: ignore[union-attr]

    def fields(self) -> Iterator[tuple[str, str, str]]:
        """The cells that differ: column, before, after."""
        if self.old and self.new:
            before, after = self.old.cells(), self.new.cells()
            yield from ((c, before[c], after[c]) for c in before if before[c] != after[c])


def diff(old: Glossary, new: Glossary) -> list[Change]:
    """What changed between two glossaries, by French citation form and context; the order of rows does not matter."""

    def index(glossary: Glossary) -> dict[tuple[str, tuple[str, ...], str], Entry]:
        return {(e.head, e.near, "label" if e.pos == "label" else ""): e for e in glossary}

    before, after = index(old), index(new)
    out = [Change("removed", before[k], None) for k in before if k not in after]
    out += [Change("added", None, after[k]) for k in after if k not in before]
    out += [Change("changed", before[k], after[k]) for k in before if k in after and before[k].cells() != after[k].cells()]
    return sorted(out, key=lambda c: (c.french.lower(), c.kind))


@dataclass(frozen=True, slots=True)
class Affected:
    """A segment whose terms would come out otherwise: the French, and `surface: before → after` for each."""

    path: str
    block: int
    french: str
    english: str
    changes: tuple[str, ...]


def impact(documents: Iterable[Document], matcher: Matcher) -> Iterator[Affected]:
    """The segments of written documents that another glossary would change: those the next run translates anew."""
    for document in documents:
        texts = [b.text for b in document.blocks if b.lang is Lang.FR and not b.kind.omitted]
        bindings = matcher.bind(texts)
        for number, block in enumerate(document.blocks):
            if block.lang is not Lang.FR or block.kind.omitted:
                continue
            before = _terms(block.mentions)
            after = _terms(_free(matcher.find(block.text, block.lang, bindings), block.mentions))
            if before == after:
                continue
            for segment in block.segments:
                inside = {s for s in before.keys() | after.keys() if segment.span.start <= s[0] < segment.span.end}
                told = tuple(
                    f"{block.text[a:b]}: {before.get((a, b), '–')} → {after.get((a, b), '–')}"
                    for a, b in sorted(inside)
                    if before.get((a, b)) != after.get((a, b))
                )
                if told:
                    yield Affected(document.path, number, segment.span.of(block.text), segment.english, told)


def _terms(mentions: Iterable[Mention]) -> dict[tuple[int, int], str]:
    return {(m.span.start, m.span.end): m.value.english for m in mentions if isinstance(m.value, Term)}


def _free(found: Iterable[Mention], standing: Iterable[Mention]) -> list[Mention]:
    """Terms that no value or name of the block takes precedence over."""
    others = [m.span for m in standing if not isinstance(m.value, Term)]
    return [m for m in found if not any(m.span.overlaps(o) for o in others)]
