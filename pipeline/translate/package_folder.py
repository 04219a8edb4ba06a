"""One Argos package: the folder, its facts, and how it is opened. All use of argostranslate goes through `library`.

`argostranslate.settings` makes folders in the home directory when it is imported; here it is imported with a temporary
directory in their place, so that a run leaves nothing behind.
"""

from __future__ import annotations

import importlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.errors import ModelError


def metadata(folder: Path) -> dict[str, Any]:
    """`metadata.json` of a package folder. Raises ModelError where there is none or it is not JSON."""
    import json

    try:
        found = json.loads((folder / "metadata.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"{folder}: not an Argos package ({error})", "give a folder that holds metadata.json and model/"
        ) from error
    if not isinstance(found, dict):
        raise ModelError(f"{folder}: metadata.json is not an object", "install the package again")
    return found


def open_package(folder: Path) -> Any:
    """The `argostranslate.package.Package` in `folder`, checked: French to English, with a model and a tokenizer."""
    facts = metadata(folder)
    pair = (facts.get("from_code"), facts.get("to_code"))
    if pair != ("fr", "en"):
        raise ModelError(f"{folder}: translates {pair[0]} to {pair[1]}", "this program needs a package from fr to en")
    if not (folder / "model" / "model.bin").is_file():
        raise ModelError(f"{folder}: model/model.bin is missing", "install the package again")
    try:
        package = library().Package(folder)
        package.tokenizer.encode("essai")
    except Exception as error:  # each package format fails in its own way
        raise ModelError(f"{folder}: the tokenizer cannot be opened ({error})", "install the package again") from error
    return package


def library() -> Any:
    """`argostranslate.package`, imported so that it makes no folder in the user's home."""
    with tempfile.TemporaryDirectory() as folder, _environment(folder):
        return importlib.import_module("argostranslate.package")


@contextmanager
def _environment(folder: str) -> Iterator[None]:
    names = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "ARGOS_PACKAGES_DIR", "ARGOS_TRANSLATE_PACKAGE_DIR")
    kept = {name: os.environ.get(name) for name in names}
    try:
        for name in names[:4]:
            os.environ[name] = folder
        os.environ.pop(names[4], None)
        yield
    finally:
        for name, value in kept.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
