"""A way of asking the model for a segment (`Try`), and what comes of it, judged (`Candidate`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import regex

from pipeline.model import Flag, Span
from pipeline.translate import cover, guards
from pipeline.translate.brackets import closed
from pipeline.translate.engine import Engine, Hypothesis
from pipeline.translate.protect import Protected, find, insert_slots, settle, without
from pipeline.translate.sorts import assign, sort

_STUCK = regex.compile(r"⟧(?!s\b)\p{L}+|\p{L}+⟦")  # a plural may be
# a lost value outweighs all else, then a lost name or term, then an invented or repeated figure
WEIGHTS = {
    "value.missing": 100, "translate.empty": 100, "translate.echo": 50, "number.missing": 30, "number.invented": 20,
    "value.extra": 20, "translate.cut": 20, "translate.repetition": 12, "translate.negation": 10,
    "name.missing": 24, "term.missing": 24,
    "translate.unknown": 8, "translate.length": 6, "name.extra": 5, "term.extra": 5, "translate.french": 4,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """A translation: its English, where the mentions stand in it, what is wrong with it and how it was come by."""

    english: str
    targets: tuple[Span | None, ...]
    flags: tuple[Flag, ...]
    rung: str
    rungs: tuple[str, ...]  # of every mention
    score: float = 0.0
    raw: str = ""
    found: tuple[Span | None, ...] = ()  # in `raw`
    starts: tuple[int, ...] = ()
    focus: tuple[int, ...] = ()
    spans: tuple[Span, ...] = ()  # of the mentions in the source that the model got
    said: float = 1.0  # the share of the source that it says

    @property
    def cost(self) -> tuple[float, float]:
        """What is compared, the less the better: the weight of the faults, then what it is worth (`cover.py`)."""
        return (sum(WEIGHTS.get(f.code, 1) for f in self.flags), -cover.worth(self.score, self.said))

    @property
    def lost(self) -> tuple[int, ...]:
        """The mentions that are missing, by number."""
        return tuple(i for i, t in enumerate(self.targets) if t is None)


@dataclass(frozen=True, slots=True)
class Try:
    """One source for the model and the task it belongs to."""

    task: int
    source: str
    spans: tuple[Span, ...]
    rung: str
    prefix: str = ""
    slots: tuple[tuple[int, str], ...] = ()


def marked(i: int, task: Protected, engine: Engine) -> Try:
    """The mentions in English between marks; bare where the engine knows none."""
    written = task.written(engine.markers)
    return Try(i, written.text, written.spans, "marked" if engine.markers else "plain")


def bare(task: Protected) -> tuple[str, tuple[Span, ...]]:
    """The source with the mentions in English and nothing around them, and where they stand."""
    written = task.written()
    return written.text, written.spans


def slotted(i: int, task: Protected, mentions: Iterable[int], engine: Engine) -> Try:
    """The source with stand-ins for the `mentions`, as far as they last; the others between marks."""
    slots = assign(((m, sort(task.held[m].mention.value)) for m in mentions), engine.slots)
    written = task.written(engine.markers, slots)
    return Try(i, written.text, written.spans, "slot", slots=tuple(slots.items()))


def judge(task: Protected, hypothesis: Hypothesis, attempt: Try, engine: Engine) -> Candidate:
    """A hypothesis as a candidate: mentions found, written canonically, everything checked."""
    slots = dict(attempt.slots)
    text = insert_slots(hypothesis.text, task, slots)
    astray = any(slot in text for slot in engine.slots)
    raw = without(text, (*(engine.markers or ()), *engine.slots))
    is_changed = raw != hypothesis.text
    found = find(task, raw, task.bare.text)
    english, targets = closed(task, *settle(task, raw, found))
    flags = guards.check(task, english, targets, hypothesis.finished)
    if astray:  # a slot that stands for nothing: something was said there
        flags = (*flags, Flag("translate.unknown", "a stand-in for nothing"))
    if slots and (stuck := _STUCK.search(hypothesis.text)) and not _STUCK.search(attempt.source):
        flags = (*flags, Flag("translate.unknown", f"a word stuck to a stand-in: {stuck[0]}"))
    rungs = tuple("lost" if t is None else _rung(attempt, i) for i, t in enumerate(targets))
    return Candidate(
        english, targets, flags, attempt.rung, rungs, hypothesis.score, raw, found,
        () if is_changed else hypothesis.starts, () if is_changed else hypothesis.focus, attempt.spans,
        hypothesis.said,
    )  # fmt: skip


def _rung(attempt: Try, mention: int) -> str:
    if attempt.rung == "slot":
        return "slot" if mention in dict(attempt.slots) else "marked"
    return "plain" if attempt.rung == "bare" else attempt.rung
