"""The attempts at a segment, cheapest first. All segments that still fail go up a rung together, in one batch.

1. `slot`: every mention as a slot, where the engine knows slots; else `marked`, in English between marks; else `plain`.
2. `steady`: the same, with what was said already made less likely.
3. `split`: the parts between clause marks, each on its own, where something is lost, said twice, invented or left out.
4. `wide`: the whole with a wider beam, where the first was narrower, and its alternatives, steady; without penalty where a
   mention is lost.
5. where it is so still: `marked` and `bare` (in English without marks).
6. `prefix`: the translation up to where a lost mention belongs, then the mention (as a slot, and in English); the model goes on.

Where words are left out that have an English of their own, the sentence is tried once more with these held (`omitted.py`).
What is lost after that stays flagged. Candidates are compared by what is wrong with them (`Candidate.cost`) and, where
they are equally right, by the model's score a token and the share of the French that they say (`cover.py`).
docs/translate.md has the measurements behind the order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import regex

from pipeline import lexicon
from pipeline.model import Span
from pipeline.translate import cover, guards, omitted
from pipeline.translate.brackets import closed
from pipeline.translate.candidate import Candidate, Try, bare, judge, marked, slotted
from pipeline.translate.engine import Engine, Hypothesis
from pipeline.translate.mend import mend
from pipeline.translate.protect import Protected
from pipeline.translate.words import enriched, plain

WIDE_BEAM = 4
ALTERNATIVES = 4
PENALTY = 1.3  # on the logits of tokens that the output has already; small models like to say a thing twice
ROUNDS = 4  # of the prefix rung: one lost mention a round
CUTS = 3  # places tried for it
_CLAUSE = regex.compile(r"(?<=[;:—–])\s+|(?<=,)\s+|(?<=\))\s+(?=\p{Ll})")
_FIGURE = regex.compile(r"[€$£~<>≤≥−-]?\s?\d[\d.,:/]*+")
ENOUGH = 0.5  # the share of the French words below which clauses may say more than the whole
SERIOUS = 5  # the weight of faults from which on a sentence is worth cutting up and asking in other forms


def climb(tasks: Sequence[Protected], engine: Engine, beam: int = 2) -> list[Candidate]:
    """The best translation of each task that the ladder gives. The result for a task does not depend on the others."""
    richer = [enriched(task, engine) for task in tasks]
    done = _completed(richer, _climb(richer, engine, beam), engine, beam)
    return [plain(omitted.adjectives_first(candidate, task), task) for candidate, task in done]


def _climb(tasks: Sequence[Protected], engine: Engine, beam: int, divide: bool = True) -> list[Candidate]:
    best: dict[int, Candidate] = {}
    opening = [_opening(i, t, engine) for i, t in enumerate(tasks)]
    _attempt(tasks, opening, engine, best, beam, beam)  # the alternatives within the beam cost nothing
    _attempt(tasks, [opening[i] for i in best if best[i].flags], engine, best, beam, beam, penalty=PENALTY)
    if divide:
        _divide(tasks, [i for i, c in best.items() if c.cost[0] >= SERIOUS or c.said < ENOUGH], engine, best, beam)
    if beam < WIDE_BEAM:
        losing = [opening[i] for i in _losing(best)]  # a penalty loses more of them
        _attempt(tasks, losing, engine, best, WIDE_BEAM, ALTERNATIVES)
        _attempt(tasks, [opening[i] for i in best if best[i].flags], engine, best, WIDE_BEAM, ALTERNATIVES, penalty=PENALTY)
    tries = [t for i in _failing(best) for t in _otherwise(i, tasks[i], engine)]
    _attempt(tasks, tries, engine, best, beam, beam, attention=True)
    for _ in range(ROUNDS):
        tries = [t for i in _losing(best) for t in _prefixed(i, tasks[i], best[i], engine)]
        if not _attempt(tasks, tries, engine, best, beam, 1, attention=True):
            break
    return [best[i] for i in range(len(tasks))]


def _completed(
    tasks: Sequence[Protected], best: Sequence[Candidate], engine: Engine, beam: int
) -> list[tuple[Candidate, Protected]]:
    """Each candidate and the task it is one of; where a translation with what it left out held is better, that one."""
    done = list(zip(best, tasks, strict=True))
    places, held = list[int](), list[Protected]()
    for i, (candidate, task) in enumerate(done):
        if more := omitted.fuller(task, candidate.english, engine):
            places.append(i)
            held.append(more)
    again: dict[int, Candidate] = {}
    _attempt(held, [_opening(k, task, engine) for k, task in enumerate(held)], engine, again, beam, beam)
    for k, i in enumerate(places):
        wanted = cover.words_wanted(tasks[i].plain)  # what is held in the one and not in the other counts in both
        old, new = (replace(c, said=cover.share(wanted, c.english)).cost for c in (best[i], again[k]))
        if new < old:
            done[i] = again[k], held[k]
    return done


def _losing(best: dict[int, Candidate]) -> list[int]:
    return [i for i, c in best.items() if c.lost]


def _failing(best: dict[int, Candidate]) -> list[int]:
    return [i for i, c in best.items() if c.cost[0] >= SERIOUS]


def _opening(i: int, task: Protected, engine: Engine) -> Try:
    """The first try, in the form that the engine keeps best."""
    if not task.held:
        return Try(i, *bare(task), "plain")
    if engine.opening == "slot":
        return slotted(i, task, range(len(task.held)), engine)
    return marked(i, task, engine)


def _otherwise(i: int, task: Protected, engine: Engine) -> list[Try]:
    """The other ways to write the source."""
    out = [Try(i, *bare(task), "bare")] if engine.markers or engine.slots else []
    return [marked(i, task, engine), *out] if engine.markers and engine.slots else out


def _attempt(
    tasks: Sequence[Protected],
    tries: Sequence[Try],
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
    attention = attention or engine.opening == "slot"
    results = engine.translate(
        [t.source for t in tries], beam=beam, alternatives=alternatives, prefixes=prefixes, attention=attention, penalty=penalty
    )
    is_better = False
    for attempt, hypotheses in zip(tries, results, strict=True):
        if engine.opening == "slot":
            hypotheses = cover.ranked([mend(h, attempt.source) for h in hypotheses], attempt.source)
        for hypothesis in hypotheses or [Hypothesis("")]:
            candidate = judge(tasks[attempt.task], hypothesis, attempt, engine)
            if attempt.task not in best or candidate.cost < best[attempt.task].cost:
                best[attempt.task] = candidate
                is_better = True
            if not candidate.flags:  # those that follow have a lower score
                break
    return is_better


def _prefixed(i: int, task: Protected, candidate: Candidate, engine: Engine) -> list[Try]:
    """Tries with the first lost mention put where it may belong, and the translation so far before it.

    In slots where the engine knows them, so that what follows is held as well; in plain English besides.
    """
    lost = candidate.lost[0]
    english = task.held[lost].english
    source, spans = bare(task)
    whole = slotted(i, task, range(len(task.held)), engine)
    slots = dict(whole.slots)
    out = []
    for at in dict.fromkeys(_places(candidate, lost)):
        before = candidate.raw[:at].rstrip()
        spacing = "" if not before or before[-1] in "(\"'«[-/" else " "
        if lost in slots:
            prefix = _in_slots(candidate, slots, len(before)) + spacing + slots[lost]
            out.append(replace(whole, rung="prefix", prefix=prefix))
        word = english if before else english[:1].upper() + english[1:] if task.held[lost].group == "term" else english
        out.append(Try(i, source, spans, "prefix", f"{before}{spacing}{word}"))
        if word[-1].isdigit():  # models like to write on at a figure: 2020 → 20201; a comma stops them
            out.append(Try(i, source, spans, "prefix", f"{before}{spacing}{word},"))
    return out[: 3 * CUTS]


def _in_slots(candidate: Candidate, slots: Mapping[int, str], end: int) -> str:
    """The raw output up to `end` with its mentions as slots again."""
    parts, last = [], 0
    for span, mention in sorted((s, k) for k, s in enumerate(candidate.found) if s is not None and s.end <= end and k in slots):
        parts += [candidate.raw[last : span.start], slots[mention]]
        last = span.end
    return "".join([*parts, candidate.raw[last:end]])


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
    done = iter(_climb([part for _, part in flat], engine, beam, divide=False))
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
    english, placed = closed(task, english, targets)
    flags = guards.check(task, english, placed)
    lengths = [len(p.english) for p in parts]
    score = sum(p.score * n for p, n in zip(parts, lengths, strict=True)) / max(1, sum(lengths))
    said = sum(p.said * n for p, n in zip(parts, lengths, strict=True)) / max(1, sum(lengths))
    return Candidate(english, placed, flags, "split", tuple(rungs), score, english, placed, said=said)


def following(english: str, part: Candidate) -> Candidate:
    """The part as it goes on after `english`: without the capital of a sentence of its own."""
    text = part.english
    first, second = text[:1], text[1:2]
    is_own = english.rstrip()[-1:] in (".", "!", "?") or any(t is not None and t.start == 0 for t in part.targets)
    is_word = second.islower() or text.startswith("A ")
    if is_own or not first.isupper() or not is_word or lexicon.load("en").name_like(text.split()[0].strip(",;:.'\"")):
        return part
    return replace(part, english=first.lower() + text[1:])


def clauses(task: Protected) -> list[Protected]:
    """The task cut at its clause marks, not inside brackets, into parts of some length; mentions keep their order."""
    parts: list[list[str | int]] = [[]]
    length = depth = 0
    for part in task.parts:
        if isinstance(part, int):
            parts[-1].append(part)
            length += len(task.held[part].english)
            continue
        last = 0
        for mark in _CLAUSE.finditer(part):
            inside = depth + part.count("(", 0, mark.start()) - part.count(")", 0, mark.start())
            if length + mark.start() - last >= 24 and inside <= 0:
                parts[-1].append(part[last : mark.start()])
                parts.append([])
                last, length = mark.end(), 0
        parts[-1].append(part[last:])
        length += len(part) - last
        depth += part.count("(") - part.count(")")
    kept = [p for p in parts if any(x != "" for x in p)]
    return [_part(task, p, task.capital and i == 0) for i, p in enumerate(kept)]


def _part(task: Protected, parts: Sequence[str | int], capital: bool) -> Protected:
    numbers = [p for p in parts if isinstance(p, int)]
    local = {n: k for k, n in enumerate(numbers)}
    return Protected(
        tuple(local[p] if isinstance(p, int) else p for p in parts if p != ""), tuple(task.held[n] for n in numbers), capital
    )
