"""The attempts at a segment, cheapest first. All segments that still fail go up a rung together, in one batch.

1. `slot`: every mention as a slot, where the engine knows slots; else `marked`, in English between marks; else `plain`.
2. `steady`: the same, with what was said already made less likely.
3. `split`: the parts between clause marks, each on its own, where something is lost, said twice or invented.
4. `wide`: the whole with a wider beam and its alternatives, steady.
5. where it is so still: `marked` and `bare` (in English without marks).
6. `prefix`: the translation up to where a lost mention belongs, then the mention; the model goes on from there.

What is lost after that stays flagged. Candidates are compared by what is wrong with them (`Candidate.cost`) and, where
they are equally right, by the model's score a token. docs/translate.md has the measurements behind the order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import regex

from pipeline.model import Flag, Span
from pipeline.translate import guards
from pipeline.translate.engine import Engine, Hypothesis
from pipeline.translate.protect import Protected, find, insert_slots, settle, without

WIDE_BEAM = 4
ALTERNATIVES = 4
PENALTY = 1.3  # on the logits of tokens that the output has already; small models like to say a thing twice
ROUNDS = 4  # of the prefix rung: one lost mention a round
CUTS = 3  # places tried for it
_CLAUSE = regex.compile(r"(?<=[;:—–])\s+|(?<=,)\s+|(?<=\))\s+(?=\p{Ll})")
_FIGURE = regex.compile(r"[€$£~<>≤≥−-]?\s?\d[\d.,:/]*+")


# a lost value outweighs all else; an invented or repeated figure outweighs a lost name or term
_WEIGHTS = {
    "value.missing": 100, "translate.empty": 100, "translate.echo": 50, "number.missing": 30, "number.invented": 20,
    "value.extra": 20, "translate.cut": 20, "translate.repetition": 12, "name.missing": 10, "term.missing": 10,
    "translate.unknown": 8, "translate.length": 6, "name.extra": 5, "term.extra": 5, "translate.french": 4,
}  # fmt: skip


SERIOUS = 5  # the weight of faults from which on a sentence is worth cutting up and asking in other forms


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

    @property
    def cost(self) -> tuple[float, float]:
        """What is compared, the less the better: the weight of the faults, then the model's score."""
        return (sum(_WEIGHTS.get(f.code, 1) for f in self.flags), -self.score)

    @property
    def lost(self) -> tuple[int, ...]:
        """The mentions that are missing, by number."""
        return tuple(i for i, t in enumerate(self.targets) if t is None)


@dataclass(frozen=True, slots=True)
class _Try:
    """One source for the model and the task it belongs to."""

    task: int
    source: str
    spans: tuple[Span, ...]
    rung: str
    prefix: str = ""
    slots: tuple[tuple[int, str], ...] = ()


def climb(tasks: Sequence[Protected], engine: Engine, beam: int = 2, divide: bool = True) -> list[Candidate]:
    """The best translation of each task that the ladder gives. The result for a task does not depend on the others."""
    best: dict[int, Candidate] = {}
    opening = [_opening(i, t, engine) for i, t in enumerate(tasks)]
    _attempt(tasks, opening, engine, best, beam, beam)  # the alternatives within the beam cost nothing
    _attempt(tasks, [opening[i] for i in best if best[i].flags], engine, best, beam, beam, penalty=PENALTY)
    if divide:
        _divide(tasks, _failing(best), engine, best, beam)
    wide = max(beam, WIDE_BEAM)
    _attempt(tasks, [opening[i] for i in best if best[i].flags], engine, best, wide, ALTERNATIVES, penalty=PENALTY)
    tries = [t for i in _failing(best) for t in _otherwise(i, tasks[i], engine)]
    _attempt(tasks, tries, engine, best, beam, beam, attention=True)
    for _ in range(ROUNDS):
        tries = [t for i in _losing(best) for t in _prefixed(i, tasks[i], best[i])]
        if not _attempt(tasks, tries, engine, best, beam, 1, attention=True):
            break
    return [best[i] for i in range(len(tasks))]


def _losing(best: dict[int, Candidate]) -> list[int]:
    return [i for i, c in best.items() if c.lost]


def _failing(best: dict[int, Candidate]) -> list[int]:
    return [i for i, c in best.items() if c.cost[0] >= SERIOUS]


def _opening(i: int, task: Protected, engine: Engine) -> _Try:
    """The first try, in the form that the engine keeps best."""
    if not task.held:
        return _Try(i, *_bare(task), "plain")
    if engine.opening == "slot":
        return _slotted(i, task, range(len(task.held)), engine)
    return _marked(i, task, engine)


def _otherwise(i: int, task: Protected, engine: Engine) -> list[_Try]:
    """The other ways to write the source."""
    out = [_Try(i, *_bare(task), "bare")] if engine.markers or engine.slots else []
    return [_marked(i, task, engine), *out] if engine.markers and engine.slots else out


def _marked(i: int, task: Protected, engine: Engine) -> _Try:
    written = task.written(engine.markers)
    return _Try(i, written.text, written.spans, "marked" if engine.markers else "plain")


def _bare(task: Protected) -> tuple[str, tuple[Span, ...]]:
    written = task.written()
    return written.text, written.spans


def _slotted(i: int, task: Protected, mentions: Iterable[int], engine: Engine) -> _Try:
    slots = dict(zip(mentions, engine.slots, strict=False))
    written = task.written(engine.markers, slots)
    return _Try(i, written.text, written.spans, "slot", slots=tuple(slots.items()))


def _attempt(
    tasks: Sequence[Protected],
    tries: Sequence[_Try],
    engine: Engine,
    best: dict[int, Candidate],
    beam: int,
    alternatives: int,
    attention: bool = False,
    penalty: float = 1.0,
) -> bool:
    """Run the tries; `best` gets what is better than what it has. Whether anything got better."""
    if not tries:
        return False
    prefixes = [t.prefix for t in tries] if any(t.prefix for t in tries) else None
    results = engine.translate(
        [t.source for t in tries], beam=beam, alternatives=alternatives, prefixes=prefixes, attention=attention, penalty=penalty
    )
    is_better = False
    for attempt, hypotheses in zip(tries, results, strict=True):
        for hypothesis in hypotheses or [Hypothesis("")]:
            candidate = judge(tasks[attempt.task], hypothesis, attempt, engine)
            if attempt.task not in best or candidate.cost < best[attempt.task].cost:
                best[attempt.task] = candidate
                is_better = True
            if not candidate.flags:  # those that follow have a lower score
                break
    return is_better


def judge(task: Protected, hypothesis: Hypothesis, attempt: _Try, engine: Engine) -> Candidate:
    """A hypothesis as a candidate: mentions found, written canonically, everything checked."""
    slots = dict(attempt.slots)
    text = insert_slots(hypothesis.text, task, slots)
    astray = any(slot in text for slot in engine.slots)
    raw = without(text, (*(engine.markers or ()), *engine.slots))
    is_changed = raw != hypothesis.text
    found = find(task, raw, task.written().text)
    english, targets = settle(task, raw, found)
    flags = guards.check(task, english, targets, hypothesis.finished)
    if astray:  # a slot that stands for nothing: something was said there
        flags = (*flags, Flag("translate.unknown", "a stand-in for nothing"))
    rungs = tuple("lost" if t is None else _rung(attempt, i) for i, t in enumerate(targets))
    return Candidate(
        english, targets, flags, attempt.rung, rungs, hypothesis.score, raw, found,
        () if is_changed else hypothesis.starts, () if is_changed else hypothesis.focus, attempt.spans,
    )  # fmt: skip


def _rung(attempt: _Try, mention: int) -> str:
    if attempt.rung == "slot":
        return "slot" if mention in dict(attempt.slots) else "marked"
    return "plain" if attempt.rung == "bare" else attempt.rung


def _prefixed(i: int, task: Protected, candidate: Candidate) -> list[_Try]:
    """Tries with the first lost mention put where it may belong, and the translation so far before it."""
    lost = candidate.lost[0]
    english = task.held[lost].english
    source, spans = _bare(task)
    out = []
    for at in dict.fromkeys(_places(candidate, lost)):
        before = candidate.raw[:at].rstrip()
        spacing = "" if not before or before[-1] in "(\"'«[-/" else " "
        word = english if before else english[:1].upper() + english[1:] if task.held[lost].group == "term" else english
        out.append(_Try(i, source, spans, "prefix", f"{before}{spacing}{word}"))
        if word[-1].isdigit():  # models like to write on at a figure: 2020 → 20201; a comma stops them
            out.append(_Try(i, source, spans, "prefix", f"{before}{spacing}{word},"))
    return out[: 2 * CUTS]


def _places(candidate: Candidate, lost: int) -> Iterable[int]:
    """Where in the raw output the lost mention may belong, likeliest first: before a stray figure, by attention, by order."""
    raw, found = candidate.raw, candidate.found
    taken = [s for s in found if s is not None]
    raw_places = [m.start() for m in _FIGURE.finditer(raw)]
    wanted = candidate.spans[lost] if lost < len(candidate.spans) else Span(0, 0)
    raw_places += [s for s, f in zip(candidate.starts, candidate.focus, strict=True) if wanted.start <= f < wanted.end][:2]
    after = max((s.end for s in found[:lost] if s is not None), default=0)
    raw_places.append(after and next((i for i in range(after, len(raw)) if raw[i].isspace()), len(raw)) + 1)
    raw_places += [min((s.start for s in found[lost + 1 :] if s is not None), default=len(raw.rstrip(" .;:!?")))]
    total = max(1, candidate.spans[-1].end) if candidate.spans else 1
    raw_places.append(min(len(raw), wanted.start * len(raw) // total))
    for at in raw_places:
        at = min(at, len(raw))
        while 0 < at < len(raw) and not raw[at - 1].isspace():
            at -= 1
        if not any(s.start < at < s.end for s in taken):
            yield at


def _divide(tasks: Sequence[Protected], failing: Sequence[int], engine: Engine, best: dict[int, Candidate], beam: int) -> None:
    """Translate the clauses of each failing task on their own and take the whole where it is better."""
    pieces = {i: clauses(tasks[i]) for i in failing}
    flat = [(i, part) for i, parts in pieces.items() if len(parts) > 1 for part in parts]
    if not flat:
        return
    done = iter(climb([part for _, part in flat], engine, beam, divide=False))
    for i, parts in pieces.items():
        if len(parts) > 1:
            whole = join([next(done) for _ in parts], tasks[i])
            if whole.cost < best[i].cost:
                best[i] = whole


def join(parts: Sequence[Candidate], task: Protected) -> Candidate:
    """The candidates of consecutive parts of `task` as one, checked as a whole."""
    english, targets, rungs = "", list[Span | None](), list[str]()
    for part in parts:
        if english:
            part = following(english, part)
            english += " "
        targets += [t and t.shift(len(english)) for t in part.targets]
        rungs += part.rungs
        english += part.english
    flags = guards.check(task, english, targets)
    worst = min((p.score for p in parts), default=0.0)
    return Candidate(english, tuple(targets), flags, "split", tuple(rungs), worst, english, tuple(targets))


def following(english: str, part: Candidate) -> Candidate:
    """The part as it goes on after `english`: without the capital of a sentence of its own."""
    text = part.english
    first, second = text[:1], text[1:2]
    is_own = english.rstrip()[-1:] in (".", "!", "?") or any(t is not None and t.start == 0 for t in part.targets)
    if is_own or not first.isupper() or not second.islower() or text.startswith("I "):
        return part
    return replace(part, english=first.lower() + text[1:])


def clauses(task: Protected) -> list[Protected]:
    """The task cut at its clause marks into parts of some length; the parts' mentions are the task's, in order."""
    parts: list[list[str | int]] = [[]]
    length = 0
    for part in task.parts:
        if isinstance(part, int):
            parts[-1].append(part)
            length += len(task.held[part].english)
            continue
        last = 0
        for mark in _CLAUSE.finditer(part):
            if length + mark.start() - last >= 24:
                parts[-1].append(part[last : mark.start()])
                parts.append([])
                last, length = mark.end(), 0
        parts[-1].append(part[last:])
        length += len(part) - last
    kept = [p for p in parts if any(x != "" for x in p)]
    return [_part(task, p, task.capital and i == 0) for i, p in enumerate(kept)]


def _part(task: Protected, parts: Sequence[str | int], capital: bool) -> Protected:
    numbers = [p for p in parts if isinstance(p, int)]
    local = {n: k for k, n in enumerate(numbers)}
    return Protected(
        tuple(local[p] if isinstance(p, int) else p for p in parts if p != ""), tuple(task.held[n] for n in numbers), capital
    )
