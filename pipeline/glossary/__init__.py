"""The glossary: tables of checked terms, found in French text and turned into the English that each occurrence calls for.

`Matcher(load(paths))` is built once; `matcher.bind(texts)` once a document; `matcher.find(text, lang, bindings)` once a block.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.glossary.entry import Entry, Glossary
    from pipeline.glossary.match import Matcher
    from pipeline.glossary.rendering import Bindings
    from pipeline.glossary.table import load

__all__ = ["Bindings", "Entry", "Glossary", "Matcher", "load"]


def __getattr__(name: str) -> Any:
    # each name is imported when it is first asked for: a run with nothing to do reads a table's path and matches nothing
    where = {"Matcher": "match", "Bindings": "rendering", "Entry": "entry", "Glossary": "entry", "load": "table"}
    if name not in where:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{where[name]}"), name)
