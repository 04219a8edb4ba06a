"""What `normalize SRC OUT` is to do: the documents under SRC, and the names of their files under OUT."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.config import Config
from pipeline.corpus import Entry, walk
from pipeline.errors import UsageError
from pipeline.write.names import Names, assign


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
