"""`--log FILE`: JSON lines for machines that watch a run. Files, stages, blocks, codes and counts; never a document's text."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from pipeline.cli.progress import Progress
from pipeline.errors import UsageError
from pipeline.write.report import Report

_STAGES = ("repair", "detect", "annotate", "translate", "normalize")  # a code that begins otherwise is found at the proof


class Log:
    """A watcher that writes what it sees to `file` and passes it on."""

    def __init__(self, file: IO[str], watch: Progress) -> None:
        self._file, self._watch = file, watch

    def begin(self, documents: int) -> None:
        """The number of documents is known."""
        self._write(event="begin", documents=documents)
        self._watch.begin(documents)

    def opened(self) -> None:
        """The model is open."""
        self._watch.opened()

    def finished(self, report: Report) -> None:
        """One more document is done, stands as it was, or failed."""
        for flag in report.flags:
            self._write(event="flag", file=report.path, stage=_stage(flag.code), block=flag.block, code=flag.code, line=flag.line)
        for code, _ in report.remarks:
            self._write(event="remark", file=report.path, stage=_stage(code), code=code)
        if report.error:
            self._write(event="failed", file=report.path, stage=report.stage, code="document.failed")
        else:
            seconds = {stage: round(spent, 4) for stage, spent in report.seconds.items()}
            event = "unchanged" if report.kept else "done"
            self._write(event=event, file=report.path, counts=report.counts, seconds=seconds)
        self._watch.finished(report)

    def _write(self, **fields: Any) -> None:
        self._file.write(json.dumps({"time": round(time.time(), 3), **fields}, ensure_ascii=False) + "\n")
        self._file.flush()


def _stage(code: str) -> str:
    first = code.partition(".")[0]
    return first if first in _STAGES else {"corpus": "read"}.get(first, "prove")


@contextlib.contextmanager
def logged(path: Path | None, watch: Progress) -> Iterator[Progress | Log]:
    """The watcher, with a log where `path` is given; lines are added to a file that is there. Raises UsageError."""
    if path is None:
        yield watch
        return
    try:
        file = path.open("a", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror or error})", "give another file to --log") from error
    with file:
        yield Log(file, watch)
