"""What a user sees while a run goes on: a bar on a terminal, plain lines elsewhere, nothing with `--quiet`."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from pipeline.write.report import Report

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID


class Progress:
    """A context that counts documents and words on the standard error; `verbose` 1 adds remarks, 2 tracebacks."""

    def __init__(self, quiet: bool, verbose: int) -> None:
        self._quiet, self._verbose = quiet, verbose
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._total = self._done = self._words = 0
        self._begin = time.perf_counter()

    def __enter__(self) -> Self:
        if not self._quiet and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

            columns = (
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("documents · {task.fields[speed]}"),
            )
            self._bar = Progress(*columns, TimeElapsedColumn(), TimeRemainingColumn(), console=Console(stderr=True), transient=True)
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar:
            self._bar.stop()

    def begin(self, documents: int) -> None:
        """The number of documents is known."""
        self._total, self._begin = documents, time.perf_counter()
        if self._bar:
            self._task = self._bar.add_task("normalize", total=documents, speed="opening the model")

    def finished(self, report: Report) -> None:
        """One more document is done, or failed."""
        self._done += 1
        self._words += 0 if report.kept else report.counts.get("words_out", 0)
        if report.error and self._verbose > 1 and report.trace:
            self._say(report.trace.rstrip())
        if self._bar and self._task is not None:
            speed = self._words / max(time.perf_counter() - self._begin, 1e-3)
            self._bar.update(self._task, completed=self._done, speed=f"{speed:,.0f} words/s")
        if report.error:
            self._say(f"{self._place()} {report.error}\n  → {report.remedy}")
        elif self._verbose or not (self._bar or self._quiet or report.kept):
            self._say(f"{self._place()} {_line(report)}")
            for code, detail in report.remarks if self._verbose else ():
                self._say(f"    {code}: {detail}")

    def _place(self) -> str:
        return f"[{self._done:>{len(str(self._total))}}/{self._total}]"

    def _say(self, text: str) -> None:
        if self._bar:
            self._bar.console.print(text, markup=False, highlight=False, soft_wrap=True)
        else:
            print(text, file=sys.stderr, flush=True)


def _line(report: Report) -> str:
    counts = report.counts
    flags = f", {counts['flags']} flags" if counts["flags"] else ""
    unchanged = " (unchanged)" if report.kept else ""
    name = report.path if not report.names or not report.names.clash else f"{report.path} (as {report.names.text})"
    return f"{name}: {counts['blocks']} blocks, {counts['segments']} segments, {counts['words_out']:,} words{flags}{unchanged}"
