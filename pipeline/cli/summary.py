"""The end of a run on the standard output: a table of counts, then what a person should look at and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.rows import Row, say, took
from pipeline.write.manifest import MANIFEST, stage_seconds, totals

if TYPE_CHECKING:
    from pipeline.conduct import Result

_LISTED = 20  # flags, skipped files: the rest is counted here and listed in the manifest


def show(result: Result, out: Path | None, verbose: int, pruned: bool = False) -> None:
    """Print the summary of a run; with `verbose`, the seconds by stage and every flag. `pruned`: what was left is removed."""
    for row in rows(result, out, verbose, pruned):
        say(row or took(result.seconds, _speed(result)))


def of_a_rerun(result: Result, out: Path, pruned: bool) -> list[Row | None]:
    """What `show` would print of the same run again, when it finds nothing to do."""
    reports = tuple(replace(report, kept=True) for report in result.reports)
    return list(rows(replace(result, reports=reports, left=() if pruned else result.left), out, 0, pruned))


def rows(result: Result, out: Path | None, verbose: int, pruned: bool) -> Iterator[Row | None]:
    """The summary, None where the time stands."""
    yield from _counts(result)
    yield None
    if verbose:
        yield "stages", ", ".join(f"{stage} {seconds:.2f} s" for stage, seconds in stage_seconds(result.reports).items())
    lists = {"flags": _flags(result, out), "failed": _failed(result), "skipped": _skipped(result), "renamed": _renamed(result)}
    lists["removed" if pruned else "in OUT, but no longer in SRC (--prune removes them)"] = (str(path) for path in result.left)
    for title, lines in lists.items():
        for line in _list(title, list(lines), None if verbose or title == "failed" else _LISTED, out):
            yield "", line


def _counts(result: Result) -> Iterator[Row]:
    total = totals(result.reports)
    failed = sum(bool(report.error) for report in result.reports)
    kept = sum(report.kept for report in result.reports)
    counted = ((kept, "unchanged"), (failed, "failed"), (len(result.skipped), "skipped"))
    yield "documents", f"{total['documents']:,}" + "".join(f", {number:,} {what}" for number, what in counted if number)
    yield "blocks", f"{total['blocks']:,}, of them left out: {total['furniture']:,} furniture, {total['duplicates']:,} duplicates"
    yield "segments", f"{total['segments']:,}, of them translated: {total['translated']:,}"
    yield "words", f"{total['words_in']:,} French in, {total['words_out']:,} English out"
    yield "values", f"{total['values']:,}"
    yield "terms", f"{total['terms']:,}"
    yield "flags", ", ".join(f"{n:,} {code}" for code, n in total["flags_by_code"].items()) or "none"
    yield "model", result.made.model


def _speed(result: Result) -> str:
    words = sum(report.counts.get("words_out", 0) for report in result.reports if not report.kept)
    return f", {words / max(result.seconds, 1e-3):,.0f} words/s" if words else ""


def _flags(result: Result, out: Path | None) -> Iterator[str]:
    for report in result.reports:
        name = report.names.text if report.names else report.path
        for flag in report.flags:
            # with --check there is no OUT to look in; the source path and the words say where
            place = f"{out / name}:{flag.line}" if out and flag.line else report.path
            yield f"{flag.code}  {place}  {flag.detail or repr(flag.excerpt)}"


def _failed(result: Result) -> Iterator[str]:
    return (f"{report.error} → {report.remedy}" for report in result.reports if report.error)


def _skipped(result: Result) -> Iterator[str]:
    return (f"{path}: {reason}" for path, reason in result.skipped)


def _renamed(result: Result) -> Iterator[str]:
    for report in result.reports:
        if report.names and report.names.clash:
            yield f"{report.path} is written to {report.names.text}, for another document has its plain name"


def _list(title: str, lines: list[str], limit: int | None, out: Path | None) -> Iterator[str]:
    if not lines:
        return
    yield f"\n{title}:"
    yield from ("  " + line.replace("\n", "\\n") for line in islice(lines, limit))
    if limit is not None and len(lines) > limit:
        rest = f"{out / MANIFEST} lists all" if out else "-v lists all"
        yield f"  … and {len(lines) - limit:,} more; {rest}"
