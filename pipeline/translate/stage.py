"""The stage: documents in, documents out in the same order, French blocks translated in batches over several documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.config import Config
from pipeline.model import Block, Document, Flag, Lang, Placed, Segment, Span, Stage
from pipeline.translate.candidate import Candidate
from pipeline.translate.capitals import recase, restore
from pipeline.translate.engine import Engine
from pipeline.translate.ladder import climb, following
from pipeline.translate.memory import Memory, Recent
from pipeline.translate.plan import Part, Sentence, copied, is_french, plan
from pipeline.translate.sentences import split


def translator(engine: Engine, config: Config, memory: Memory | None = None) -> Stage:
    """A stage that fills `segments` of every block that is not omitted.

    French blocks are translated; English ones get segments whose English is the source; blocks of another or of no known
    language are copied, with the flag `detect.unsupported` where they have letters. Lazy: it gathers `config.window_words`
    source words, translates them in one go and passes the documents on, so that memory does not grow with the corpus.
    """
    store = memory if memory is not None else Recent()

    def stage(documents: Iterable[Document]) -> Iterator[Document]:
        window: list[Document] = []
        words = 0
        for document in documents:
            window.append(document)
            words += sum(b.text.count(" ") + 1 for b in document.blocks if is_french(b))
            if words >= config.window_words:
                yield from _translate(window, engine, config, store)
                window, words = [], 0
        yield from _translate(window, engine, config, store)

    return stage


def _translate(documents: Sequence[Document], engine: Engine, config: Config, memory: Memory) -> list[Document]:
    plans = [[plan(b, engine.length, config.dates) if is_french(b) else () for b in d.blocks] for d in documents]
    parts = [p for blocks in plans for sentences in blocks for s in sentences for p in s.parts if p.copy is None]
    done = iter(_parts(parts, engine, config, memory))
    out = []
    for document, blocks in zip(documents, plans, strict=True):
        filled = [_fill(b, sentences, done) for b, sentences in zip(document.blocks, blocks, strict=True)]
        out.append(replace(document, blocks=tuple(filled)))
    return out


def _parts(parts: Sequence[Part], engine: Engine, config: Config, memory: Memory) -> list[Candidate]:
    """The translation of each part; equal parts are translated once."""
    tasks = [recase(p.task) if p.capitals else p.task for p in parts]
    keys = [(engine.name, config.beam, task.key) for task in tasks]
    have = {key: found for key in dict.fromkeys(keys) if (found := memory.get(key)) is not None}
    new = {key: task for key, task in zip(keys, tasks, strict=True) if key not in have}
    for key, candidate in zip(new, climb(list(new.values()), engine, config.beam), strict=True):
        have[key] = candidate
        memory.put(key, candidate)
    return [have[key] for key in keys]


def _fill(block: Block, sentences: Sequence[Sentence], done: Iterator[Candidate]) -> Block:
    if block.kind.omitted:
        return replace(block, segments=())
    if is_french(block):
        return replace(block, segments=tuple(_segment(block, s, done) for s in sentences))
    if block.lang is Lang.EN:
        spans = split(block.text, Lang.EN, [m.span for m in block.mentions])
        return replace(block, segments=tuple(Segment(s, s.of(block.text)) for s in spans))
    flags = (Flag("detect.unsupported", block.lang.value),) if any(c.isalpha() for c in block.text) else ()
    stripped = block.text.strip()
    start = block.text.find(stripped)
    return replace(block, segments=(Segment(Span(start, start + len(stripped)), stripped, (), flags, "copy"),) if stripped else ())


def _segment(block: Block, sentence: Sentence, done: Iterator[Candidate]) -> Segment:
    """The sentence's parts put together, with what stands between them copied."""
    english, last = "", sentence.span.start
    placed: list[Placed] = []
    flags: list[Flag] = []
    for part in sentence.parts:
        candidate = copied(part) if part.copy is not None else next(done)
        english += block.text[last : part.span.start]
        if part.capitals:
            candidate = restore(candidate, part.task)
        if part.follows:
            candidate = following(english, candidate)
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
