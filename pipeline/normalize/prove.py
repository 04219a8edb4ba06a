"""Proof that no value is lost or changed between a segment's source and its English (law 4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import regex

from pipeline.config import Dates
from pipeline.model import Flag, Mention, Placed, Span, Term
from pipeline.values import identity, render

_DIGIT = regex.compile(r"\d")
PROOF = frozenset({"value.missing", "value.changed"})  # what only the proof can say; `value.extra` the translator says too


def prove(mentions: Sequence[Mention], placed: Sequence[Placed], english: str, dates: Dates) -> tuple[Flag, ...]:
    """What of the values among `mentions` cannot be shown to stand in `english`; nothing where all do.

    The multiset of identities before must be that after, where a placed value counts only if the English at its target is
    its canonical rendering (a capital at its start allowed) and is not part of a longer figure.

    Codes: `value.missing` (not placed), `value.changed` (placed, but it reads otherwise), `value.extra` (placed twice).
    """
    if len(placed) == len(mentions) and all(
        p.mention is m and p.target is not None and _shows(p, p.target, english, dates)
        for p, m in zip(placed, mentions, strict=True)
    ):
        return ()
    wanted = Counter(identity(m.value) for m in mentions if not isinstance(m.value, Term))
    flags, shown = [], Counter[str]()
    for item in placed:
        value = item.mention.value
        if isinstance(value, Term):
            continue
        if item.target is None:
            continue
        shown[identity(value)] += 1
        if not _shows(item, item.target, english, dates):
            flags.append(Flag("value.changed", f"{render(value, dates)}: {item.target.of(english)}"))
    renderings = {identity(m.value): render(m.value, dates) for m in mentions if not isinstance(m.value, Term)}
    flags += [Flag("value.missing", renderings[name]) for name in (wanted - shown).elements() if not name.startswith("name:")]
    flags += [Flag("value.extra", name) for name in (shown - wanted).elements()]
    return tuple(flags)


def _shows(item: Placed, target: Span, english: str, dates: Dates) -> bool:
    """Whether the English at `target` is the mention's; terms are the translator's to judge."""
    value = item.mention.value
    if isinstance(value, Term):
        return True
    return reads(target.of(english), render(value, dates)) and not _part_of_figure(english, target.start, target.end)


def reads(surface: str, wanted: str) -> bool:
    """Whether `surface` is `wanted`, but for a capital at the start.

    >>> reads("About 100", "about 100"), reads("100", "about 100")
    (True, False)
    """
    return surface == wanted or (surface[1:] == wanted[1:] and surface[:1] == wanted[:1].upper())


def _part_of_figure(text: str, start: int, end: int) -> bool:
    """Whether digits go on before or after the stretch."""
    if text[start : start + 1].isdigit() and _DIGIT.search(text[max(0, start - 1) : start]):
        return True
    return text[end - 1 : end].isdigit() and bool(_DIGIT.match(text[end : end + 1]))
