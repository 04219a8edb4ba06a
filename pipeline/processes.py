"""One piece of work shared by several local processes. Nothing here knows what the work is."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar, cast

from pipeline.errors import NormalizeError

T = TypeVar("T")
START = "spawn"  # fork would copy threads that hold locks
_NEXT = "next"  # what a worker sends when it has room for a task; results come as (result,)


@dataclass(frozen=True, slots=True)
class Lost(Generic[T]):
    """Tasks that no process finished: the one that took them ended too early, by signal `signal` (0: in another way)."""

    tasks: tuple[T, ...]
    signal: int


@dataclass(slots=True)
class _Worker(Generic[T]):
    process: BaseProcess
    taken: list[T] = field(default_factory=list)
    ended: bool = False


def share(
    work: Callable[[Iterator[T]], Iterator[Any]], tasks: Iterable[T], workers: int, done: Callable[[Any], T | None]
) -> Iterator[Any]:
    """What `work` yields in `workers` processes, each of which takes a task when it has room for one.

    So a long task holds up one process. `work` and all that it yields must be picklable; `done` says which task a result
    ends, if any. Each process has a pipe of its own, so that one that is killed takes no lock with it: its tasks come back
    as `Lost`, the others go on. Raises the NormalizeError of any process. Processes end with this one, however it ends, or
    when the iterator is closed; Ctrl-C is heard here alone.
    """
    waiting = iter(tasks)
    staff: dict[Connection, _Worker[T]] = {}
    try:
        for _ in range(workers):
            staff.update([_start(work)])
        while staff:
            for connection in cast(list[Connection], wait(list(staff))):
                worker = staff[connection]
                try:
                    message = connection.recv()
                except (EOFError, OSError):
                    del staff[connection]
                    yield from _parting(worker)
                    continue
                if message == _NEXT:
                    _give(connection, worker, next(waiting, None))
                elif message is None:
                    worker.ended = True
                elif isinstance(message, NormalizeError):
                    raise message
                else:
                    (result,) = message
                    finished = done(result)
                    worker.taken = [task for task in worker.taken if task != finished]
                    yield result
        if left := tuple(waiting):
            yield Lost(left, 0)
    finally:
        _stop(staff)


def _start(work: Callable[[Iterator[T]], Iterator[Any]]) -> tuple[Connection, _Worker[T]]:
    context = multiprocessing.get_context(START)
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(work, theirs), daemon=True)  # type: ignore[attr-defined]
    with _interrupts_ignored(), theirs:  # the child inherits the former, and has its own copy of the latter
        process.start()
    return ours, _Worker(process)


def _give(connection: Connection, worker: _Worker[T], task: T | None) -> None:
    if task is not None:
        worker.taken.append(task)
    with contextlib.suppress(OSError):  # it is gone: its tasks are found when its pipe says so
        connection.send(task)


def _parting(worker: _Worker[T]) -> Iterator[Lost[T]]:
    worker.process.join()
    code = worker.process.exitcode or 0
    if worker.taken or not worker.ended:
        yield Lost(tuple(worker.taken), -code if code < 0 else 0)


def _stop(staff: dict[Connection, _Worker[T]]) -> None:
    for worker in staff.values():
        worker.process.terminate()
    for connection, worker in staff.items():
        worker.process.join(5)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()
        connection.close()


def _work(work: Callable[[Iterator[T]], Iterator[Any]], pipe: Connection) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    talking = threading.Lock()  # tasks are asked for in one thread and results sent in another

    def say(message: Any) -> None:
        with talking:
            pipe.send(message)

    def tasks() -> Iterator[T]:
        while True:
            say(_NEXT)
            if (task := pipe.recv()) is None:
                return
            yield task

    try:
        for result in work(tasks()):
            say((result,))
    except NormalizeError as error:
        say(error)
    except Exception as error:
        say(NormalizeError(f"a worker process failed ({type(error).__name__}: {error})", "please report this"))
    say(None)


def _end_with_parent() -> None:
    """A run that was killed gives OUT free: nothing of it may go on writing there."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


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
