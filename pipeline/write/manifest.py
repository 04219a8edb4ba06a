"""manifest.json: what a run was made with and what came of each document."""

from __future__ import annotations

import hashlib
import importlib.metadata
import io
import json
import platform
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.config import Config
from pipeline.write.report import COUNTS, Report

SCHEMA = 1
MANIFEST = "manifest.json"
_PACKAGES = (
    "ahocorasick-rs",
    "argos-translate-lt",
    "babel",
    "ctranslate2",
    "ftfy",
    "langdetect",
    "regex",
    "sentencepiece",
    "sentencex",
)
_HOW = ("workers",)  # settings that change how the work is done, and never what comes out


@dataclass(frozen=True, slots=True)
class Made:
    """What a run was made with: the model's name and hash, the glossary files and theirs."""

    model: str
    model_sha256: str
    glossaries: tuple[tuple[str, str], ...]


def version() -> str:
    """The installed version of this package; `unknown` in a checkout that is not installed."""
    try:
        return importlib.metadata.version("normalize-corpus")
    except importlib.metadata.PackageNotFoundError:
        return "unknown"


def manifest(
    config: Config,
    made: Made,
    reports: Sequence[Report],
    skipped: Iterable[tuple[str, str]],
    seconds: float,
    complete: bool = True,
) -> str:
    """The manifest as JSON text. But for `timings`, its last key, it is the same for the same input and settings."""
    done = sorted((r for r in reports if not r.error), key=lambda r: r.path)
    failed = sorted((r for r in reports if r.error), key=lambda r: r.path)
    settings = settings_of(config)
    record: dict[str, Any] = {
        "schema": SCHEMA,
        "complete": complete,
        "versions": {"normalize-corpus": version(), "python": platform.python_version(), **library_versions()},
        "model": {"name": made.model, "sha256": made.model_sha256},
        "glossaries": [{"name": name, "sha256": digest} for name, digest in made.glossaries],
        "config": {"sha256": _sha256(json.dumps(settings, sort_keys=True).encode()), **settings},
        "totals": totals(reports),
        "documents": [r.to_record() for r in done],
        "skipped": [{"path": path, "reason": reason} for path, reason in skipped],
        "failed": [r.to_record() for r in failed],
        "timings": {
            "seconds": round(seconds, 3),
            "workers": config.workers,
            "stages": stage_seconds(done),
            "documents": {r.path: {stage: round(s, 4) for stage, s in r.seconds.items()} for r in done},
        },
    }
    text = io.StringIO()  # as it grows: `dumps` would first list every word of it
    json.dump(record, text, ensure_ascii=False, indent=2)
    text.write("\n")
    return text.getvalue()


def settings_of(config: Config) -> dict[str, Any]:
    """The settings that what comes out depends on, as JSON types."""
    return {k: [str(p) for p in v] if isinstance(v, tuple) else v for k, v in asdict(config).items() if k not in _HOW}


def totals(reports: Iterable[Report]) -> dict[str, Any]:
    """Counts over all documents, and flags by code."""
    counts: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    documents = 0
    for r in reports:
        counts.update(r.counts)
        codes.update(flag.code for flag in r.flags)
        documents += not r.error
    by_code = dict(sorted(codes.items(), key=lambda item: (-item[1], item[0])))
    return {"documents": documents, **{name: counts[name] for name in COUNTS}, "flags_by_code": by_code}


def stage_seconds(reports: Iterable[Report]) -> dict[str, float]:
    """Seconds by stage over all documents, in the order of the stages."""
    out: dict[str, float] = {}
    for r in reports:
        for stage, seconds in r.seconds.items():
            out[stage] = out.get(stage, 0.0) + seconds
    return {stage: round(seconds, 3) for stage, seconds in out.items()}


def hash_files(paths: Iterable[Path]) -> str:
    """One SHA-256 over files and folders, by their names and bytes; the same wherever they lie."""
    digest = hashlib.sha256()
    for path in paths:
        inside = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in inside:
            name = file.relative_to(path).as_posix() if path.is_dir() else file.name
            with file.open("rb") as stream:
                digest.update(f"{name}\0".encode() + hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@cache
def library_versions() -> dict[str, str]:
    """The versions of the libraries that what comes out depends on."""
    out = {}
    for package in _PACKAGES:
        try:
            out[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            out[package] = "missing"
    return out
