"""What a user sees while a run goes on: a bar on a terminal, plain lines elsewhere, nothing with `--quiet`.

Documents come out of the translator in windows, so the bar moves in steps; between two, the time left counts down.
"""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from pipeline.write.report import Report

if TYPE_CHECKING:
    from pipeline.cli.bar import Bar

_NARROW = 50  # columns; below, shorter words


class Progress:
    """A context that counts documents and words on the standard error; `verbose` 1 adds remarks, 2 tracebacks."""

    def __init__(self, quiet: bool, verbose: int) -> None:
        self._quiet, self._verbose = quiet, verbose
        self._bar: Bar | None = None
        self._total = self._done = self._kept = self._words = 0
        self._opened = False
        self._begin = self._last = time.perf_counter()

    def __enter__(self) -> Self:
        if not self._quiet and sys.stderr.isatty():
            from pipeline.cli.bar import Bar

            self._bar = Bar(self._state)
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar:
            self._bar.stop()

    def begin(self, documents: int) -> None:
        """The number of documents is known."""
        self._total = documents
        self._begin = self._last = time.perf_counter()

    def opened(self) -> None:
        """The model is open."""
        self._opened = True

    def finished(self, report: Report) -> None:
        """One more document is done, stands as it was, or failed."""
        self._done += 1
        self._kept += report.kept
        self._words += 0 if report.kept else report.counts.get("words_out", 0)
        self._last = time.perf_counter()
        if report.error and self._verbose > 1 and report.trace:
            self._say(report.trace.rstrip())
        if report.error:
            self._say(f"{self._place()} {report.error}\n  → {report.remedy}")
        elif self._verbose or not (self._bar or self._quiet or report.kept):
            self._say(f"{self._place()} {_line(report)}")
            for code, detail in report.remarks if self._verbose else ():
                self._say(f"    {code}: {detail}")

    def _state(self, columns: int) -> tuple[int, int, str]:
        """How far the run is, for a line of so many columns."""
        done, total, kept = self._done, self._total, self._kept
        if not total:
            return 0, 0, "reading the folder"
        count = f"{done}/{total}" if columns < _NARROW else f"{done:,}/{total:,} documents"
        if done == kept:  # none that had to be done
            return done, total, f"{count} · {'translating' if self._opened else 'opening the model'}"
        spent = max(self._last - self._begin, 1e-3)
        speed, left = self._words / spent, spent / (done - kept) * (total - done)
        left = max(left - (time.perf_counter() - self._last), left / 4)  # a window may be late
        return done, total, f"{count} · {speed:,.0f} words/s · {_clock(left)} left"

    def _place(self) -> str:
        return f"[{self._done:>{len(str(self._total))}}/{self._total}]"

    def _say(self, text: str) -> None:
        if self._bar:
            self._bar.say(text)
        else:
            print(text, file=sys.stderr, flush=True)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _line(report: Report) -> str:
    counts = report.counts
    flags = f", {counts['flags']} flags" if counts["flags"] else ""
    unchanged = " (unchanged)" if report.kept else ""
    name = report.path if not report.names or not report.names.clash else f"{report.path} (as {report.names.text})"
    name = name.replace("\n", "\\n")
    return f"{name}: {counts['blocks']} blocks, {counts['segments']} segments, {counts['words_out']:,} words{flags}{unchanged}"
