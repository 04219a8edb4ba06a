"""What of a former run stands, so that only what changed is done again. docs/rebuild.md tells a user the rules.

A document stands when its bytes, the code, the libraries, the settings, the model and its names in OUT are the same, its two
files are as they were written, and the glossary finds the same terms in it. The last is asked of the glossary itself, and only
where a table changed: the record's blocks are annotated again and compared.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.config import Config
from pipeline.corpus import Entry
from pipeline.errors import DocumentError
from pipeline.write.manifest import MANIFEST, Made, hash_files, library_versions
from pipeline.write.names import Names
from pipeline.write.report import Report
from pipeline.write.state import Past, State, set_aside

if TYPE_CHECKING:
    from pipeline.model import Step

_ROOMS = ("repair", "detect", "annotate", "translate", "normalize", "glossary", "values", "data")
_FILES = ("config.py", "corpus.py", "edits.py", "lexicon.py", "model.py", "run.py")
_WRITERS = ("names.py", "record.py", "report.py", "text.py", "typed.py")
_DECIDING = ("dates", "beam", "batch_tokens", "max_line", "max_document")  # glossary and model count by their content


@dataclass(frozen=True, slots=True)
class Basis:
    """What all documents of a run rest on: `made` by which model and glossary; `scope` of its translations."""

    made: Made
    glossary: str
    common: str
    scope: str

    def fingerprint(self, sha256: str) -> str:
        """Equal for equal bytes done in the same way."""
        return _digest(self.common, sha256)


@dataclass(frozen=True, slots=True)
class Sorted:
    """The reports of documents that stand, and the numbers of those to do."""

    kept: tuple[Report, ...]
    todo: tuple[int, ...]


def basis(config: Config, state: State) -> Basis:
    """What this run rests on. The model's hash is remembered as long as its files' sizes and times stay.

    Raises ModelError and GlossaryError where they are missing.
    """
    from pipeline.translate.package_folder import metadata
    from pipeline.translate.packages import locate

    folder = locate(config.model)
    facts = metadata(folder)
    name = f"{facts.get('from_code')}_{facts.get('to_code')}-{facts.get('package_version')}"
    made = Made(name, _model_hash(folder, state), tables(config))
    code = code_version()
    settings = {k: v for k, v in asdict(config).items() if k in _DECIDING}
    common = _digest(code, made.model, made.model_sha256, json.dumps(settings, sort_keys=True))
    scope = _digest(code, made.model, made.model_sha256, str(config.batch_tokens))
    return Basis(made, _digest(json.dumps(made.glossaries)), common, scope)


def tables(config: Config) -> tuple[tuple[str, str], ...]:
    """Name and hash of every glossary of the run, the shipped one first. Raises GlossaryError where one is missing."""
    from pipeline.glossary.table import decode, shipped

    paths = (*((shipped(),) if config.shipped_glossary else ()), *config.glossary)
    try:
        return tuple((path.name, hash_files([path])) for path in paths)
    except OSError:
        for path in paths:
            decode(path)  # says which one, and the mend
        raise


def _model_hash(folder: Path, state: State) -> str:
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    seen = [(p.relative_to(folder).as_posix(), s.st_size, s.st_mtime_ns) for p in files for s in (p.stat(),)]
    signature = _digest(str(folder.resolve()), json.dumps(seen))
    known, _, digest = state.fact("model").partition(" ")
    if known != signature or not digest:
        digest = hash_files([folder])
        state.keep_fact("model", f"{signature} {digest}")
    return digest


@cache
def code_version() -> str:
    """A hash of the code, tables and libraries that what comes out depends on; the same wherever they are installed."""
    root = Path(str(resources.files("pipeline")))
    paths = [root / name for name in _FILES] + [root / "write" / name for name in _WRITERS]
    for room in _ROOMS:
        paths += sorted(p for p in (root / room).rglob("*") if p.suffix in (".py", ".tsv") and not p.name.startswith("review"))
    names = [p.relative_to(root).as_posix() for p in paths]
    versions = {"python": platform.python_version(), **library_versions()}
    return _digest(json.dumps(names), hash_files(paths), json.dumps(versions, sort_keys=True))


def sort(tasks: Sequence[tuple[Entry, Names]], out: Path, config: Config, state: State, now: Basis) -> Sorted:
    """Which documents stand; for those whose terms a changed glossary leaves as they were, that is remembered."""
    past = state.documents()
    same_terms = _glossary_check(config)
    kept: list[Report] = []
    todo: list[int] = []
    for number, (entry, names) in enumerate(tasks):
        found = past.get(entry.name)
        if found is None or found.report.names != names or not _stands(found, entry, out, now):
            todo.append(number)
        elif found.glossary == now.glossary:
            kept.append(replace(found.report, kept=True))
        elif same_terms(out / names.record):
            state.keep(entry.name, replace(found, glossary=now.glossary))
            kept.append(replace(found.report, kept=True))
        else:
            todo.append(number)
    return Sorted(tuple(kept), tuple(todo))


def _stands(found: Past, entry: Entry, out: Path, now: Basis) -> bool:
    names = found.report.names
    if names is None or found.fingerprint != now.fingerprint(_file_hash(entry.path)):
        return False
    return found.report.written == (_file_hash(out / names.text), _file_hash(out / names.record))


def _file_hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _glossary_check(config: Config) -> Callable[[Path], bool]:
    """Whether the terms of a record are what the glossary finds today, ids of the entries and all."""
    steps: list[Step] = []

    def same(path: Path) -> bool:
        if not steps:
            from pipeline.annotate import annotator
            from pipeline.glossary import Matcher, load

            steps.append(annotator(Matcher(load(config.glossary, config.shipped_glossary))))
        from pipeline.write import record

        try:
            document = record.load(path)
            return steps[0](document).blocks == document.blocks
        except DocumentError:
            return False

    return same


def keep(report: Report, state: State, now: Basis) -> None:
    """Remember a document that was just written."""
    if not report.error and report.written:
        state.keep(report.path, Past(now.fingerprint(report.sha256), now.glossary, report))


def leftovers(names: Mapping[str, Names], out: Path, state: State) -> dict[str, tuple[Path, ...]]:
    """By document that is no longer in SRC: its files in OUT that no present document has and nobody altered since.

    `names` of the present documents, by path.
    """
    taken = {file for each in names.values() for file in (each.text, each.record)}
    found = {}
    for path, past in state.documents(but=names).items():
        own = past.report.names
        pairs = zip((own.text, own.record), past.report.written, strict=False) if own else ()
        files = tuple(out / file for file, digest in pairs if file not in taken and _file_hash(out / file) == digest)
        if files:
            found[path] = files
    return found


def prune(left: dict[str, tuple[Path, ...]], out: Path, state: State) -> None:
    """Remove the files that `leftovers` found, and the folders that are empty without them."""
    for path, files in left.items():
        for file in files:
            with contextlib.suppress(OSError):
                file.unlink()
            for folder in file.parents:
                if folder == out or any(folder.iterdir()):
                    break
                folder.rmdir()
        state.forget(path)


def check_manifest(out: Path) -> str:
    """Set a damaged manifest aside; what to tell the user, or an empty string."""
    path = out / MANIFEST
    try:
        if not path.exists() or isinstance(json.loads(path.read_text("utf-8")), dict):
            return ""
        reason = "not a manifest"
    except (OSError, ValueError) as error:
        reason = str(error)
    return f"{path}: damaged ({reason}); set aside as {set_aside(path).name} and written anew"


def same_manifest(out: Path, text: str) -> bool:
    """Whether the manifest in OUT differs from `text` in its timings alone."""
    try:
        former, new = json.loads((out / MANIFEST).read_text("utf-8")), json.loads(text)
    except (OSError, ValueError):
        return False
    return isinstance(former, dict) and {**former, "timings": 0} == {**new, "timings": 0}


def review_basis(out: Path) -> str:
    """What review.html was made from and is: the manifest, the code of the page, the page. Empty where there is none."""
    root = Path(str(resources.files("pipeline")))
    pages = sorted([*(root / "data").glob("review*"), *(root / "write").glob("review*.py")])
    parts = (_file_hash(out / MANIFEST), hash_files(pages), _file_hash(out / "review.html"))
    return _digest(*parts) if parts[2] else ""


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
