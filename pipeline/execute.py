"""The same work done here or by several local processes. What comes out is the same whatever their number."""

from __future__ import annotations

import contextlib
import hashlib
import queue
import threading
from collections.abc import Generator, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from pipeline.config import Config
from pipeline.corpus import Entry
from pipeline.errors import DocumentError
from pipeline.job import Job, Task
from pipeline.processes import Lost, share
from pipeline.run import Failed, Stages, open_stages, run
from pipeline.translate.memory_sqlite import Lasting
from pipeline.write import atomic, record
from pipeline.write.manifest import Made
from pipeline.write.names import Names
from pipeline.write.report import Report, report
from pipeline.write.state import FILE, FOLDER
from pipeline.write.text import english

if TYPE_CHECKING:
    from pipeline.translate.memory import Memory

T = TypeVar("T")
THREAD = "normalize-run"  # the thread that does the work


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
