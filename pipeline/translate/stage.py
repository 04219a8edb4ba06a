"""The stage: documents in, documents out in the same order, French blocks translated in batches over several documents."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial

from pipeline.config import Config
from pipeline.model import Block, Document, Flag, Kind, Lang, Placed, Segment, Span, Stage
from pipeline.translate.background import begin
from pipeline.translate.candidate import Candidate
from pipeline.translate.capitals import recase, restore
from pipeline.translate.engine import Engine
from pipeline.translate.ladder import climb, following
from pipeline.translate.marks import ended
from pipeline.translate.memory import Memory, Recent
from pipeline.translate.plan import Part, Sentence, copied, is_french, plan
from pipeline.translate.sentences import split

AHEAD = 2  # windows under way beside the one that is gathered: the last sentences of one leave room for those of the next
FIRST = 8  # the first window is so much smaller


def translator(engine: Engine, config: Config, memory: Memory | None = None) -> Stage:
    """A stage that fills `segments` of every block that is not omitted.

    French blocks are translated; English ones get segments whose English is the source; blocks of another or of no known
    language are copied, with the flag `detect.unsupported` where they have letters. Lazy: it gathers up to
    `config.window_words` source words, has them translated beside what goes on here (the stages before, for the documents
    that come next, and those after), and passes the documents on in their order: memory does not grow with the corpus.
    """
    store = memory if memory is not None else Recent()

    def stage(documents: Iterable[Document]) -> Iterator[Document]:
        flying: deque[_Window] = deque()
        for gathered in _gathered(documents, config.window_words):
            flying.append(_start(gathered, flying, engine, config, store))
            if len(flying) > AHEAD:
                yield from _land(flying.popleft(), flying, store)
        while flying:
            yield from _land(flying.popleft(), flying, store)

    return stage


def _gathered(documents: Iterable[Document], most: int) -> Iterator[list[Document]]:
    """The documents in windows, the first ones small so that the model has work early; what comes out is the same."""
    window: list[Document] = []
    words, limit = 0, max(1, most // FIRST)
    for document in documents:
        window.append(document)
        words += sum(b.text.count(" ") + 1 for b in document.blocks if is_french(b))
        if words >= limit:
            yield window
            window, words, limit = [], 0, min(most, 2 * limit)
    if window:
        yield window


@dataclass(frozen=True, slots=True)
class _Window:
    """Documents whose translation is under way. `keys`: of every part in order; `known`: translations by key, as they come."""

    documents: Sequence[Document]
    plans: Sequence[Sequence[Sequence[Sentence]]]
    keys: Sequence[Hashable]
    known: dict[Hashable, Candidate]
    new: Sequence[Hashable]
    running: Future[list[Candidate]]


def _start(documents: Sequence[Document], flying: Iterable[_Window], engine: Engine, config: Config, memory: Memory) -> _Window:
    """Plan the documents and begin the translation of what is neither known nor under way; equal parts once."""
    plans = [[plan(b, engine, config.dates) if is_french(b) else () for b in d.blocks] for d in documents]
    parts = [p for blocks in plans for sentences in blocks for s in sentences for p in s.parts if p.copy is None]
    tasks = [recase(p.task) if p.capitals else p.task for p in parts]
    keys: list[Hashable] = [(engine.name, config.beam, task.key) for task in tasks]
    under_way = {key for window in flying for key in window.new}
    asked = (key for key in dict.fromkeys(keys) if key not in under_way)
    known = {key: found for key in asked if (found := memory.get(key)) is not None}
    new = {key: task for key, task in zip(keys, tasks, strict=True) if key not in known and key not in under_way}
    running = begin(partial(climb, list(new.values()), engine, config.beam))
    return _Window(documents, plans, keys, known, list(new), running)


def _land(window: _Window, behind: Iterable[_Window], memory: Memory) -> Iterator[Document]:
    """Wait for the window's translations, remember them, tell the windows behind, and fill the documents."""
    made = dict(zip(window.new, window.running.result(), strict=True))
    for key, candidate in made.items():
        memory.put(key, candidate)
    for later in behind:
        later.known.update(made)
    window.known.update(made)
    done = iter([window.known[key] for key in window.keys])
    for document, blocks in zip(window.documents, window.plans, strict=True):
        filled = [_fill(b, sentences, done) for b, sentences in zip(document.blocks, blocks, strict=True)]
        yield replace(document, blocks=tuple(filled))


def _fill(block: Block, sentences: Sequence[Sentence], done: Iterator[Candidate]) -> Block:
    if block.kind.omitted:
        return replace(block, segments=())
    if is_french(block):
        return replace(block, segments=tuple(_segment(block, s, done) for s in sentences))
    if block.lang is Lang.EN:
        spans = split(block.text, Lang.EN, [m.span for m in block.mentions])
        return replace(block, segments=tuple(Segment(s, s.of(block.text)) for s in spans))
    foreign = block.kind is not Kind.CODE and any(c.isalpha() for c in block.text)
    flags = (Flag("detect.unsupported", block.lang.value),) if foreign else ()
    stripped = block.text.strip()
    start = block.text.find(stripped)
    return replace(block, segments=(Segment(Span(start, start + len(stripped)), stripped, (), flags, "copy"),) if stripped else ())


def _segment(block: Block, sentence: Sentence, done: Iterator[Candidate]) -> Segment:
    """The sentence's parts put together, with what stands between them copied."""
    english, last = "", sentence.span.start
    placed: list[Placed] = []
    flags: list[Flag] = []
    for part in sentence.parts:
        candidate = copied(part) if part.copy is not None else ended(part.span.of(block.text), next(done))
        english += block.text[last : part.span.start]
        if part.capitals:
            candidate = restore(candidate, part.task)
        if part.follows:
            candidate = following(english, candidate)
        elif _begins_small(part):
            candidate = following("", candidate)
        lead = len(english)
        for held, target, rung in zip(part.task.held, candidate.targets, candidate.rungs, strict=True):
            placed.append(Placed(held.mention, target and target.shift(lead), rung))
        flags += candidate.flags
        english += candidate.english
        last = part.span.end
    english += block.text[last : sentence.span.end]
    is_copy = all(p.copy is not None for p in sentence.parts)
    if not english.strip():  # the model gave nothing: the French stays, and the flag with it
        lost = tuple(replace(p, target=None, rung="lost") for p in placed)
        return Segment(sentence.span, sentence.span.of(block.text), lost, tuple(flags), "untranslated")
    return Segment(sentence.span, english, tuple(placed), tuple(dict.fromkeys(flags)), "copy" if is_copy else "model")


def _begins_small(part: Part) -> bool:
    """Whether the French begins with a word in lower case, as items and cells do; then the English does so too."""
    first = part.task.parts[0] if part.task.parts else ""
    return isinstance(first, str) and first.lstrip('"«( ')[:1].islower()
