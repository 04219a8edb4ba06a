"""What a run leaves for `pipeline.cli.again`: the state of all that its result rests on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.again import MEMORY, RECEIPT, SCHEMA, basis, content, digest, listing, stat
from pipeline.cli.rows import Row
from pipeline.errors import NormalizeError

if TYPE_CHECKING:
    from pipeline.conduct import Result
    from pipeline.config import Config

_WHOLE = ("manifest.json", "review.html")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a run rests on, taken down before it begins, so that what changes under it is noticed by the next.

    `basis` is empty where the next run shall go its ordinary way.
    """

    args: list[str]
    src: str
    files: list[str]
    folders: list[str]
    basis: str = ""
    listing: str = ""

    @classmethod
    def begin(cls, args: Sequence[str], src: Path, config: Config, settings: Path | None) -> Receipt:
        """The state of program, libraries, model, glossaries and settings, and the names under SRC. Never raises."""
        from pipeline.glossary.table import shipped

        # an installed package's code may lead to another folder tomorrow; a log and remarks want their run
        usual = not any(arg.startswith(("--log", "--verb", "-v", "-qv")) for arg in args)
        try:
            files = [*([shipped()] if config.shipped_glossary else ()), *config.glossary, *([settings] if settings else ())]
            folders = [
                Path(__file__).resolve().parents[1],
                *([Path(config.model)] if config.model else ()),
            ]  # the shipped one is inside
            empty = cls(list(args), str(src), [str(path) for path in files], [str(path) for path in folders])
            if not usual or not all(folder.is_dir() for folder in folders):
                return empty
            return replace(empty, basis=basis(empty.files, empty.folders), listing=listing(empty.src))
        except (OSError, NormalizeError):  # the run itself will say so
            return cls(list(args), str(src), [], [])

    def keep(self, out: Path, result: Result, rows: Iterable[Row | None]) -> None:
        """Write the receipt where the run left nothing to do and nothing to say, else remove the former one.

        `rows`: the summary of a rerun, None where the time stands.
        """
        try:
            if not self.basis or result.notices or any(report.error for report in result.reports):
                (out / RECEIPT).unlink(missing_ok=True)
                return
            receipt = {**asdict(self), "schema": SCHEMA, "cwd": str(Path.cwd()), "rows": list(rows)}
            receipt |= {"documents": self._documents(out, result), "memory": stat(out / MEMORY)}
            temporary = (out / RECEIPT).with_suffix(".new")
            temporary.write_text(json.dumps({**receipt, "seal": digest(receipt)}), "utf-8")
            temporary.replace(out / RECEIPT)
        except OSError:
            pass  # a rerun then takes longer

    def _documents(self, out: Path, result: Result) -> dict[str, str]:
        """The hash of every file that a rerun must find as it is."""
        found = {str(path): content(str(path)) for path in (*(out / name for name in _WHOLE), *result.left) if path.is_file()}
        folder = Path(self.src) if Path(self.src).is_dir() else Path(self.src).parent
        for report in result.reports:
            assert report.names
            found[str(folder / report.path)] = report.sha256
            found |= zip((str(out / report.names.text), str(out / report.names.record)), report.written, strict=True)
        return found
