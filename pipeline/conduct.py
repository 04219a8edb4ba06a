"""The whole of `normalize SRC OUT`: what changed is done, then what concerns all documents is written.

What only a run with something to do needs is imported when it is needed: an idle run is over before that.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from pipeline import rebuild
from pipeline.config import Config
from pipeline.job import Job, plan
from pipeline.write import atomic
from pipeline.write.atomic import locked
from pipeline.write.manifest import MANIFEST, Made, manifest
from pipeline.write.report import Report
from pipeline.write.state import FILE, FOLDER, State


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
        """The job is known; the model is opened next, where anything is to be done."""

    def opened(self) -> None:
        """The model is open, and the work begins."""

    def finished(self, report: Report) -> None:
        """One more document is done, or failed."""


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
        _do(job, result, watch)
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
            watch.opened()
            continue
        if keep is not None:
            keep(message)
        tally.reports.append(message)
        watch.finished(message)


def _do(job: Job, tally: _Tally, watch: Watch, keep: Callable[[Report], None] | None = None) -> None:
    from pipeline.execute import execute

    with contextlib.closing(execute(job)) as messages:  # its processes end before OUT is given back
        _gather(messages, tally, watch, keep)


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
            _do(todo, tally, watch, lambda report: rebuild.keep(report, state, now))
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
        from pipeline.write import review

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
