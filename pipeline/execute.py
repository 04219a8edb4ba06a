"""The same work done here or by several local processes. What comes out is the same whatever their number."""

from __future__ import annotations

import contextlib
import multiprocessing
import queue
import signal
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from multiprocessing.process import BaseProcess
from multiprocessing.queues import Queue
from pathlib import Path
from typing import Any, Protocol

from pipeline.config import Config
from pipeline.corpus import Entry, walk
from pipeline.errors import DocumentError, NormalizeError, UsageError
from pipeline.run import Done, Failed, open_stages, run
from pipeline.write import atomic, record, review
from pipeline.write.atomic import locked
from pipeline.write.manifest import MANIFEST, Made, manifest
from pipeline.write.names import Names, assign
from pipeline.write.report import Report, report
from pipeline.write.text import english

THREAD = "normalize-run"  # the thread that does the work


@dataclass(frozen=True, slots=True)
class Task:
    """One document to do, and the names of its files under OUT."""

    entry: Entry
    names: Names


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done with what; `out` None: write nothing (`--check`)."""

    config: Config
    out: Path | None
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a whole run. `skipped`: the files under SRC that are no documents, with the reason."""

    reports: tuple[Report, ...]
    skipped: tuple[tuple[str, str], ...]
    made: Made
    seconds: float


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


def conduct(src: Path, out: Path | None, config: Config, watch: Watch) -> Result:
    """The whole of `normalize SRC OUT`: plan, lock OUT, do every document, write manifest and review page, while `watch` looks on.

    On KeyboardInterrupt a manifest of what is finished is written (`complete` false), and the interrupt goes on.
    """
    job, skipped = plan(src, out, config)
    watch.begin(len(job.tasks))
    begin = time.perf_counter()
    reports: list[Report] = []
    made = Made("", "", ())

    def result() -> Result:
        return Result(tuple(sorted(reports, key=lambda r: r.path)), skipped, made, time.perf_counter() - begin)

    with locked(out) if out is not None else contextlib.nullcontext():
        try:
            for message in execute(job):
                if isinstance(message, Made):
                    made = message
                else:
                    reports.append(message)
                    watch.finished(message)
        except KeyboardInterrupt:
            _write_manifest(job, result(), complete=False)
            raise
        _write_manifest(job, result(), complete=True)
        if out is not None:
            review.write(out)
        return result()


def _write_manifest(job: Job, result: Result, complete: bool) -> None:
    if job.out is not None:
        text = manifest(job.config, result.made, result.reports, result.skipped, result.seconds, complete)
        atomic.write({job.out / MANIFEST: text})


def execute(job: Job) -> Iterator[Report | Made]:
    """Do the job: first `Made`, what it is made with, then a report for every task, as each is finished.

    Up to `config.workers` processes, never more than there are tasks; one is this process itself. Every process opens
    its own model and takes its share of the cores. Raises what no document is to blame for: ModelError, GlossaryError,
    OutputError. On KeyboardInterrupt the processes are stopped; what was finished stays.
    """
    workers = min(job.config.workers, len(job.tasks))
    if workers > 1:
        yield from _processes(replace(job, config=replace(job.config, workers=workers)), workers)
    else:
        yield from _here(replace(job.config, workers=1), job.out, job.tasks)


def _here(config: Config, out: Path | None, tasks: Iterable[Task]) -> Iterator[Report | Made]:
    stages = open_stages(config)
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
                atomic.write({out / files.text: written.text, out / files.record: record.to_text(document, config.dates, written)})
            except DocumentError as error:
                finished = Report(document.path, error=str(error), remedy=error.remedy, stage="write")
        yield finished


def _interruptible(results: Iterator[Done | Failed]) -> Iterator[Done | Failed]:
    """The same results, worked out in a thread: Python hears Ctrl-C in the main thread only, and not within a library's call.

    The thread never writes, so nothing can come after an interrupt; it ends with the process.
    """
    ready: queue.Queue[Done | Failed | BaseException | None] = queue.Queue(maxsize=1)  # one ahead, so that memory stays flat
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
    """Each process takes the next task when it has room for one, so that a long document holds up only one of them."""
    context = multiprocessing.get_context("spawn")  # fork would copy threads that hold locks
    todo: Queue[Task | None] = context.Queue()
    done: Queue[Any] = context.Queue()
    for task in (*job.tasks, *(None,) * workers):
        todo.put(task)
    processes = [context.Process(target=_work, args=(job.config, job.out, todo, done), daemon=True) for _ in range(workers)]
    try:
        with _interrupts_ignored():  # the children inherit this: Ctrl-C is the parent's to handle
            for process in processes:
                process.start()
        yield from _collect(job, processes, done)
    finally:
        todo.cancel_join_thread()
        for process in processes:
            if process.is_alive():
                process.terminate()
        for process in processes:
            if process.pid is not None:
                process.join()


def _collect(job: Job, processes: Sequence[BaseProcess], done: Queue[Any]) -> Iterator[Report | Made]:
    missing = {task.entry.name for task in job.tasks}
    running, made = len(processes), False
    while running:
        try:
            message = done.get(timeout=0.5)
        except queue.Empty:
            if all(not process.is_alive() for process in processes) and done.empty():
                break  # one was killed before it could say that it had ended
            continue
        if message is None:
            running -= 1
        elif isinstance(message, NormalizeError):
            raise message
        elif isinstance(message, Report):
            missing.discard(message.path)
            yield message
        elif not made:
            made = True
            yield message
    for path in sorted(missing):
        remedy = "run again with --workers 1; if memory is short, fewer workers need less"
        yield Report(path, error=f"{path}: its worker process was killed", remedy=remedy, stage="execute")


def _work(config: Config, out: Path | None, todo: Queue[Task | None], done: Queue[Any]) -> None:
    try:
        for message in _here(config, out, iter(todo.get, None)):
            done.put(message)
    except NormalizeError as error:
        done.put(error)
    except Exception as error:
        done.put(NormalizeError(f"a worker process failed ({type(error).__name__}: {error})", "please report this"))
    done.put(None)


@contextlib.contextmanager
def _interrupts_ignored() -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may, and only it is interrupted
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
