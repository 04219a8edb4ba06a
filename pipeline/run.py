"""The ordered stages, and what becomes of a document that one of them cannot bear.

Everything is lazy: a document is read when the translator asks for more sentences and is gone when it is written.
"""

from __future__ import annotations

import time
import traceback
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline import corpus
from pipeline.config import Config
from pipeline.corpus import Entry
from pipeline.edits import replay
from pipeline.errors import DocumentError, NormalizeError
from pipeline.model import Block, Diagnostic, Document, Flag, Stage, Step
from pipeline.write.manifest import Made, hash_files

if TYPE_CHECKING:
    from pipeline.translate.memory import Memory


@dataclass(frozen=True, slots=True)
class Done:
    """A document that went through all stages; `seconds` by stage."""

    document: Document
    seconds: dict[str, float]


@dataclass(frozen=True, slots=True)
class Failed:
    """A document that did not: the stage that failed, the error, and its traceback for those who ask for it."""

    path: str
    stage: str
    error: DocumentError
    trace: str = ""


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages before and after translation, each with its name, and the translator between them."""

    before: tuple[tuple[str, Step], ...]
    translate: Stage
    after: tuple[tuple[str, Step], ...]
    made: Made


def open_stages(config: Config, memory: Memory | None = None) -> Stages:
    """The five stages for this configuration: glossary loaded, model opened. Here the heavy imports happen.

    `memory` is where translations are looked up and kept; None: what this process has seen, no more.
    Raises GlossaryError and ModelError.
    """
    from pipeline.annotate import annotator
    from pipeline.detect import detect
    from pipeline.glossary import Matcher, load
    from pipeline.normalize import normalizer
    from pipeline.repair import repair
    from pipeline.translate import open_model, translator

    matcher = Matcher(load(config.glossary, config.shipped_glossary))
    engine = open_model(config)
    return Stages(
        before=(("repair", repair), ("detect", detect), ("annotate", annotator(matcher))),
        translate=translator(engine, config, memory),
        after=(("normalize", normalizer(config)), ("prove", prove)),
        made=_made(config, engine),
    )


def _made(config: Config, engine: object) -> Made:
    from pipeline.glossary.table import shipped

    folder = getattr(engine, "folder", None)
    paths = (*((shipped(),) if config.shipped_glossary else ()), *config.glossary)
    tables = tuple((path.name, hash_files([path])) for path in paths)
    return Made(str(getattr(engine, "name", "")), hash_files([folder]) if folder else "", tables)


@dataclass(slots=True)
class _Log:
    """What happens beside the documents: failures that are still to be reported, seconds by document and stage."""

    failures: deque[Failed] = field(default_factory=deque)
    seconds: dict[str, dict[str, float]] = field(default_factory=dict)

    def spend(self, path: str, stage: str, seconds: float) -> None:
        self.seconds.setdefault(path, {})[stage] = seconds

    def fail(self, path: str, stage: str, error: Exception) -> None:
        if isinstance(error, NormalizeError) and not isinstance(error, DocumentError):
            raise error  # no fault of this document: the model, the disk, the glossary
        self.seconds.pop(path, None)
        trace = "".join(traceback.format_exception(error))
        if not isinstance(error, DocumentError):
            message = f"{path}: failed in {stage} ({type(error).__name__}: {str(error)[:200]})"
            error = DocumentError(message, "the other documents are not affected; please report this with `-v -v` and the file")
        self.failures.append(Failed(path, stage, error, trace))


def run(entries: Iterable[Entry], config: Config, stages: Stages) -> Iterator[Done | Failed]:
    """Each entry's document, through all stages, in order; a failing one is reported and never stops the others.

    Only errors that are no document's fault (model, glossary, configuration) and KeyboardInterrupt end the run.
    """
    log = _Log()
    documents = _read(entries, config, log)
    for name, step in stages.before:
        documents = _each(name, step, documents, log)
    documents = _all("translate", stages.translate, documents, log)
    for name, step in stages.after:
        documents = _each(name, step, documents, log)
    for document in documents:
        while log.failures:
            yield log.failures.popleft()
        yield Done(document, log.seconds.pop(document.path, {}))
    yield from log.failures


def _read(entries: Iterable[Entry], config: Config, log: _Log) -> Iterator[Document]:
    for entry in entries:
        begin = time.perf_counter()
        try:
            document = corpus.read(entry, config)
        except Exception as error:
            log.fail(entry.name, "read", error)
            continue
        log.spend(entry.name, "read", time.perf_counter() - begin)
        yield document


def _each(name: str, step: Step, documents: Iterator[Document], log: _Log) -> Iterator[Document]:
    for document in documents:
        begin = time.perf_counter()
        try:
            result = step(document)
        except Exception as error:
            log.fail(document.path, name, error)
            continue
        log.spend(document.path, name, time.perf_counter() - begin)
        yield result


def _all(name: str, stage: Stage, documents: Iterator[Document], log: _Log) -> Iterator[Document]:
    """The stage over all documents at once. Where it fails, the documents it held are tried one by one; then it goes on.

    The time that the stage took since it last gave a document is put down to the document that it gives.
    """
    held: deque[Document] = deque()
    upstream, ended = 0.0, False

    def feed() -> Iterator[Document]:
        nonlocal upstream, ended
        while True:
            begin = time.perf_counter()
            document = next(documents, None)
            upstream += time.perf_counter() - begin
            if document is None:
                ended = True
                return
            held.append(document)
            yield document

    source = feed()
    while True:
        try:
            results, begin, upstream = iter(stage(source)), time.perf_counter(), 0.0
            while (result := next(results, None)) is not None:
                held.popleft()
                log.spend(result.path, name, time.perf_counter() - begin - upstream)
                yield result
                begin, upstream = time.perf_counter(), 0.0
            return
        except Exception as error:
            if not held or (isinstance(error, NormalizeError) and not isinstance(error, DocumentError)):
                raise  # no document to blame
            yield from _alone(name, stage, held, log)
            if ended:
                return


def _alone(name: str, stage: Stage, held: deque[Document], log: _Log) -> Iterator[Document]:
    while held:
        document = held.popleft()
        try:
            yield from list(stage(iter([document])))
        except Exception as error:
            log.fail(document.path, name, error)


def prove(document: Document) -> Document:
    """The laws held against the finished document: a block whose text does not follow from the source is flagged
    `record.untraceable`; source text that no block owns gives the diagnostic `record.unowned`.
    """
    blocks = tuple(block if _traceable(document.source, block) else _untraceable(block) for block in document.blocks)
    pieces = sorted(piece for block in document.blocks for piece in block.pieces)
    diagnostics, last = list(document.diagnostics), 0
    for piece in (*pieces, None):
        begin, end = (len(document.source),) * 2 if piece is None else (piece.start, piece.end)
        gap = document.source[last:begin].strip().strip("\N{ZERO WIDTH NO-BREAK SPACE}").strip()
        remark = Diagnostic("record.unowned", f"{len(gap)} characters belong to no block: {gap[:40]!r}")
        if gap and remark not in diagnostics:
            diagnostics.append(remark)
        last = max(last, end)
    return replace(document, blocks=blocks, diagnostics=tuple(diagnostics))


def _traceable(source: str, block: Block) -> bool:
    try:
        return replay(source, block) == block.text
    except ValueError:
        return False


def _untraceable(block: Block) -> Block:
    flag = Flag("record.untraceable", "its edits do not lead from the source to its text")
    return block if flag in block.flags else replace(block, flags=(*block.flags, flag))
