"""The same work done here or by several local processes. What comes out is the same whatever their number."""

from __future__ import annotations

import contextlib
import hashlib
import queue
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from pipeline import rebuild
from pipeline.config import Config
from pipeline.corpus import Entry, walk
from pipeline.errors import DocumentError, UsageError
from pipeline.processes import Lost, share
from pipeline.run import Failed, Stages, open_stages, run
from pipeline.write import atomic, record, review
from pipeline.write.atomic import locked
from pipeline.write.manifest import MANIFEST, Made, manifest
from pipeline.write.names import Names, assign
from pipeline.write.report import Report, report
from pipeline.write.state import FILE, FOLDER, State
from pipeline.write.text import english

if TYPE_CHECKING:
    from pipeline.translate.memory import Memory

T = TypeVar("T")
THREAD = "normalize-run"  # the thread that does the work


@dataclass(frozen=True, slots=True)
class Task:
    """One document to do, and the names of its files under OUT."""

    entry: Entry
    names: Names


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done with what; `out` None: write nothing (`--check`). `scope` of the translation memory in OUT."""

    config: Config
    out: Path | None
    tasks: tuple[Task, ...]
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a whole run. `skipped`: the files under SRC that are no documents, with the reason.

    `left`: files in OUT of documents that are no longer in SRC; `notices`: what a user should be told of the state of OUT.
    """

    reports: tuple[Report, ...]
    skipped: tuple[tuple[str, str], ...]
    made: Made
    seconds: float
    left: tuple[Path, ...] = ()
    notices: tuple[str, ...] = ()


class Watch(Protocol):
    """Someone who looks on: how many documents there are, then each as it is finished."""

    def begin(self, documents: int) -> None:
        """The job is known; the model is opened next."""

    def finished(self, report: Report) -> None:
        """One more document is done, or failed."""


def plan(src: Path, out: Path | None, config: Config) -> tuple[Job, tuple[tuple[str, str], ...]]:
    """The job that `normalize SRC OUT` asks for, and what is skipped.

    Raises UsageError where SRC holds no document, or where writing to OUT could touch SRC.
    """
    entries = walk(src)
    skipped = tuple((entry.name, entry.skip) for entry in entries if entry.skip)
    documents = [entry for entry in entries if not entry.skip]
    if not documents:
        why = f" ({skipped[0][0]}: {skipped[0][1]})" if skipped else ""
        raise UsageError(f"{src}: holds no document{why}", "give a folder of .txt and .md files, or one such file")
    if out is not None:
        _apart(src.resolve(), out.resolve())
    names = assign(entry.name for entry in documents)
    return Job(config, out, tuple(Task(entry, names[entry.name]) for entry in documents)), skipped


def _apart(src: Path, out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out}: is a file, and OUT must be a folder", "give another OUT; it is made if it does not exist")
    if out == src:
        raise UsageError("SRC and OUT are the same folder", "give another OUT, so that no source is overwritten")
    if src in out.parents:
        raise UsageError(f"OUT lies inside SRC ({out})", "give an OUT beside SRC: the next run would read this run's output")
    if out in src.parents:
        raise UsageError(
            f"SRC lies inside OUT ({src})", "give another OUT, for example an empty folder, so that no source is overwritten"
        )


def conduct(src: Path, out: Path | None, config: Config, watch: Watch, prune: bool = False) -> Result:
    """The whole of `normalize SRC OUT`: plan, lock OUT, do what changed, write manifest and review page, while `watch` looks on.

    What a former run left in OUT of documents that are gone from SRC is reported, and removed with `prune`.
    On KeyboardInterrupt a manifest of what is finished is written (`complete` false), and the interrupt goes on.
    """
    begin = time.perf_counter()
    job, skipped = plan(src, out, config)
    watch.begin(len(job.tasks))
    if out is None:
        result = _Tally(skipped, begin)
        with contextlib.closing(execute(job)) as messages:
            _gather(messages, result, watch)
        return result.result()
    with locked(out), contextlib.closing(State(out)) as state:
        return _changed(job, out, _Tally(skipped, begin), state, watch, prune)


@dataclass(slots=True)
class _Tally:
    """What has come of a run so far."""

    skipped: tuple[tuple[str, str], ...]
    begin: float
    reports: list[Report] = field(default_factory=list)
    made: Made = field(default_factory=lambda: Made("", "", ()))
    left: tuple[Path, ...] = ()
    notices: tuple[str, ...] = ()

    def result(self) -> Result:
        reports = tuple(sorted(self.reports, key=lambda r: r.path))
        return Result(reports, self.skipped, self.made, time.perf_counter() - self.begin, self.left, self.notices)


def _gather(messages: Iterable[Report | Made], tally: _Tally, watch: Watch, keep: Callable[[Report], None] | None = None) -> None:
    for message in messages:
        if isinstance(message, Made):
            tally.made = message
            continue
        if keep is not None:
            keep(message)
        tally.reports.append(message)
        watch.finished(message)


def _changed(job: Job, out: Path, tally: _Tally, state: State, watch: Watch, prune: bool) -> Result:
    """Do the documents that do not stand as a former run left them, and write what concerns them all."""
    manifest_notice = rebuild.check_manifest(out)
    tally.notices = (*state.notices, *filter(None, (manifest_notice,)))
    now = rebuild.basis(job.config, state)
    found = rebuild.sort([(task.entry, task.names) for task in job.tasks], out, job.config, state, now)
    tally.made = now.made
    todo = replace(job, tasks=tuple(job.tasks[i] for i in found.todo), scope=now.scope)
    try:
        _gather(found.kept, tally, watch)
        if todo.tasks:
            with contextlib.closing(execute(todo)) as messages:  # its processes end before OUT is given back
                _gather(messages, tally, watch, lambda report: rebuild.keep(report, state, now))
    except KeyboardInterrupt:
        _write_manifest(job, out, tally.result(), complete=False)
        raise
    left = rebuild.leftovers({task.entry.name: task.names for task in job.tasks}, out, state)
    tally.left = tuple(file for files in left.values() for file in files)
    if prune:
        rebuild.prune(left, out, state)
        _trim(out, now.scope)
    _write_manifest(job, out, tally.result(), complete=True)
    if not (made_from := rebuild.review_basis(out)) or state.fact("review") != made_from:
        review.write(out)
        state.keep_fact("review", rebuild.review_basis(out))
    return tally.result()


def _trim(out: Path, scope: str) -> None:
    from pipeline.translate.memory_sqlite import trim

    trim(out / FOLDER / FILE, scope)


def _write_manifest(job: Job, out: Path, result: Result, complete: bool) -> None:
    text = manifest(job.config, result.made, result.reports, result.skipped, result.seconds, complete)
    idle = all(report.kept for report in result.reports)  # then the timings of the run that did the work stay
    if not (idle and rebuild.same_manifest(out, text)):
        atomic.write({out / MANIFEST: text})


def execute(job: Job) -> Generator[Report | Made]:
    """Do the job: first `Made`, what it is made with, then a report for every task, as each is finished.

    Up to `config.workers` processes, never more than there are tasks; one is this process itself. Every process opens
    its own model and takes its share of the cores. Raises what no document is to blame for: ModelError, GlossaryError,
    OutputError. On KeyboardInterrupt the processes are stopped; what was finished stays.
    """
    workers = min(job.config.workers, len(job.tasks))
    if workers > 1:
        yield from _processes(replace(job, config=replace(job.config, workers=workers)), workers)
    else:
        yield from _here(replace(job, config=replace(job.config, workers=1)), job.tasks)


def _here(job: Job, tasks: Iterable[Task]) -> Iterator[Report | Made]:
    config, out = job.config, job.out
    from pipeline.translate.memory_sqlite import Lasting  # here: a run with nothing to do is over before this takes to import

    memory = Lasting(out / FOLDER / FILE, job.scope) if out and job.scope else None
    (stages,) = _interruptible(_opened(config, memory))
    yield stages.made
    names: dict[str, Names] = {}

    def entries() -> Iterator[Entry]:
        for task in tasks:
            names[task.entry.name] = task.names
            yield task.entry

    for result in _interruptible(run(entries(), config, stages)):
        if isinstance(result, Failed):
            names.pop(result.path)
            yield _failed(result)
            continue
        document, files = result.document, names.pop(result.document.path)
        written = english(document)
        finished = report(document, written, files, result.seconds)
        if out is not None:
            try:
                text = record.to_text(document, config.dates, written)
                atomic.write({out / files.text: written.text, out / files.record: text})
                finished = replace(finished, written=(_sha256(written.text), _sha256(text)))
            except DocumentError as error:
                finished = Report(document.path, error=str(error), remedy=error.remedy, stage="write")
        yield finished
    if memory is not None:
        memory.close()


def _opened(config: Config, memory: Memory | None) -> Iterator[Stages]:
    yield open_stages(config, memory)  # as an iterator, for Ctrl-C amid a library's import can come out as any error


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _interruptible(results: Iterator[T]) -> Iterator[T]:
    """The same results, worked out in a thread: Python hears Ctrl-C in the main thread only, and not within a library's call.

    The thread never writes, so nothing can come after an interrupt; it ends with the process.
    """
    ready: queue.Queue[T | BaseException | None] = queue.Queue(maxsize=1)  # one ahead, so that memory stays flat
    left = threading.Event()

    def work() -> None:
        try:
            for result in results:
                ready.put(result)
                if left.is_set():
                    return
            ready.put(None)
        except BaseException as error:  # raised again below, in the main thread
            ready.put(error)

    thread = threading.Thread(target=work, name=THREAD, daemon=True)
    thread.start()
    try:
        while (message := ready.get()) is not None:
            if isinstance(message, BaseException):
                raise message
            yield message
    finally:
        left.set()
        with contextlib.suppress(queue.Empty):
            ready.get_nowait()  # it may be waiting for room
        thread.join(0.3)


def _failed(result: Failed) -> Report:
    error = result.error
    return Report(result.path, error=str(error), remedy=error.remedy, stage=result.stage, trace=result.trace)


def _processes(job: Job, workers: int) -> Iterator[Report | Made]:
    tasks = {task.entry.name: task for task in job.tasks}
    made = False
    work = partial(_here, replace(job, tasks=()))
    for message in share(work, job.tasks, workers, lambda m: tasks.get(m.path) if isinstance(m, Report) else None):
        if isinstance(message, Lost):
            yield from (_lost(task.entry.name, message.signal) for task in message.tasks)
        elif not (isinstance(message, Made) and made):  # each process says what it is made with
            made |= isinstance(message, Made)
            yield message


def _lost(path: str, number: int) -> Report:
    how = f"was killed (signal {number})" if number else "ended before it was done"
    remedy = "if memory was short, give fewer --workers; run again with --workers 1 to see whether it is this document"
    return Report(path, error=f"{path}: its worker process {how}", remedy=remedy, stage="execute")
