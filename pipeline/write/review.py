"""review.html: one self-contained page on which a person reads source and English side by side. docs/review.md describes it.

Made from what a run has written (manifest.json and the records), one record in memory at a time.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, BinaryIO

from pipeline.errors import DocumentError, UsageError
from pipeline.write.atomic import TEMPORARY, output_error
from pipeline.write.fastjson import dumps, loads
from pipeline.write.manifest import MANIFEST
from pipeline.write.record import SCHEMA
from pipeline.write.review_rows import document_rows

REVIEW = "review.html"
_DATA = "{{data}}"


def write(out: Path) -> Path:
    """Write OUT/review.html from the manifest and the records in OUT; returns its path. The same OUT gives the same bytes.

    Whole or not there: it is written under another name and then renamed. A record that cannot be read is named on the
    page, and the others are shown. Raises UsageError where OUT holds no manifest, OutputError where it cannot be written.
    """
    manifest = _manifest(out)
    path, temporary = out / REVIEW, out / f"{TEMPORARY}{os.getpid()}-review"
    try:
        with temporary.open("wb") as file:
            _write_page(file, out, manifest)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise output_error(error, out) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    return path


def _manifest(out: Path) -> dict[str, Any]:
    try:
        data = json.loads((out / MANIFEST).read_text("utf-8"))
        if isinstance(data, dict) and isinstance(data["documents"], list):
            return data
        raise ValueError("not a manifest")
    except FileNotFoundError:
        raise UsageError(f"{out}: holds no {MANIFEST}", "give the OUT of a run: normalize SRC OUT") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{out / MANIFEST}: cannot be read ({error})", "run normalize again; it writes a new one") from error


def _write_page(file: BinaryIO, out: Path, manifest: dict[str, Any]) -> None:
    before, after = _template()
    file.write(before.encode("utf-8"))
    failed = [{"path": str(f.get("path")), "error": str(f.get("error"))} for f in manifest.get("failed", [])]
    for entry in manifest["documents"]:
        try:
            rows = _rows(out, entry)
        except DocumentError as error:
            failed.append({"path": str(entry.get("path")), "error": f"{error}; {error.remedy}"})
            continue
        file.write(data_block("doc", rows))
    file.write(data_block("run", _run(manifest, failed)))
    file.write(after.encode("utf-8"))


def _rows(out: Path, entry: dict[str, Any]) -> dict[str, Any]:
    again = "run normalize on its source again"
    try:
        record = loads((out / entry["record"]).read_bytes())
        if record["schema"] != SCHEMA:
            raise DocumentError(f"its record has schema {record['schema']}; this version reads schema {SCHEMA}", again)
        return document_rows(record, (out / entry["text"]).read_bytes().decode("utf-8"), entry["text"])
    except OSError as error:
        raise DocumentError(f"its record or text cannot be read ({error.strerror})", again) from error
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise DocumentError(f"its record or text is damaged ({type(error).__name__})", again) from error


def _run(manifest: dict[str, Any], failed: list[dict[str, str]]) -> dict[str, Any]:
    """What the head of the page says. No timings: the same input gives the same page."""
    return {
        "complete": bool(manifest.get("complete", True)),
        "version": manifest.get("versions", {}).get("normalize-corpus", ""),
        "model": manifest.get("model", {}).get("name", ""),
        "glossaries": [g["name"] for g in manifest.get("glossaries", [])],
        "totals": manifest.get("totals", {}),
        "failed": failed,
        "skipped": manifest.get("skipped", []),
    }


def data_block(name: str, data: Any) -> bytes:
    r"""JSON in a script element of class `name` that no text can break out of: `<`, `>` and `&` are written as escapes.

    >>> data_block("doc", "</script>")
    b'<script type="application/json" class="doc">"\\u003c/script\\u003e"</script>\n'
    """
    text = dumps(data)
    for sign in "<>&\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    body = text.encode("utf-8", "backslashreplace")  # half a surrogate pair becomes its JSON escape
    return b'<script type="application/json" class="' + name.encode() + b'">' + body + b"</script>\n"


@cache
def _template() -> tuple[str, str]:
    """The page before and after the data, with style and script in it.

    Its content security policy names both by their hash, so nothing else is ever run, shown or fetched, whatever a
    document holds.
    """
    folder = resources.files("pipeline") / "data"
    page, style = ((folder / f"review.{suffix}").read_text("utf-8") for suffix in ("html", "css"))
    script = "\n".join((folder / f"review.{part}js").read_text("utf-8") for part in ("", "marks.", "view.", "keys."))
    script = script.replace("{{words}}", json.dumps(_words(), ensure_ascii=False, separators=(",", ":")))
    policy = f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    before, after = page.split(_DATA)
    filled = before.replace("{{policy}}", policy).replace("{{style}}", style)
    return filled, after.replace("{{script}}", script)


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii") + "'"


def _words() -> dict[str, str]:
    """What codes of flags, rungs and origins mean, in plain words, from data/review.tsv."""
    return dict(_table())


def _table() -> Iterator[tuple[str, str]]:
    text = (resources.files("pipeline") / "data" / "review.tsv").read_text("utf-8")
    for line in text.splitlines()[1:]:
        if line and not line.startswith("#"):
            code, words = line.split("\t")
            yield code, words
