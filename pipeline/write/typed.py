"""Typed values as JSON and back: what the record keeps of a mention, so that a program gets the same value again.

A value is a frozen dataclass. Its JSON is an object with `type` (the class) and those fields that differ from their
defaults; `Decimal` and other values inside are tagged in the same way. `from_json` finds the class by name among those
that `pipeline.values` defines, and nowhere else.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from pipeline.model import Span, Term, Value


def to_json(value: Any) -> Any:
    """The value as JSON types.

    >>> to_json(Term("AMM", "MA", ("licence",), "pharma:3", "term"))["admitted"]
    ['licence']
    """
    return _form(value.__class__)(value)


@cache
def _form(cls: type[Any]) -> Callable[[Any], Any]:
    """What makes JSON of a value of this very class. Raises TypeError where there is no such form."""
    if cls in (str, int, bool, float, type(None)):
        return lambda value: value
    if issubclass(cls, Enum):
        return lambda value: {"type": cls.__name__, "enum": value.value}
    if issubclass(cls, Decimal):
        return lambda value: {"type": "Decimal", "text": str(value)}
    if issubclass(cls, datetime.date | datetime.time):
        return lambda value: {"type": cls.__name__, "text": value.isoformat()}
    if issubclass(cls, tuple | list):
        return lambda value: [to_json(item) for item in value]
    if dataclasses.is_dataclass(cls):
        return _fields(cls)
    raise TypeError(f"no JSON form for a {cls.__name__}")


def _fields(cls: type) -> Callable[[Any], dict[str, Any]]:
    """The form of a dataclass: its name, and the fields that differ from their defaults."""
    fields = tuple((f.name, f.default) for f in dataclasses.fields(cls))

    def write(value: Any) -> dict[str, Any]:
        out = {"type": cls.__name__}
        for name, default in fields:
            item = getattr(value, name)
            if item is not default and item != default:
                out[name] = item if item.__class__ is str else _form(item.__class__)(item)
        return out

    return write


def from_json(data: Any) -> Any:
    """The value again: `from_json(to_json(value)) == value` (a list becomes a tuple). Raises KeyError for an unknown type."""
    if isinstance(data, list):
        return tuple(from_json(item) for item in data)
    if not isinstance(data, dict):
        return data
    name, fields = data["type"], {k: v for k, v in data.items() if k != "type"}
    plain: dict[str, Callable[[str], Any]] = {
        "Decimal": Decimal,
        "date": datetime.date.fromisoformat,
        "time": datetime.time.fromisoformat,
    }
    if name in plain:
        return plain[name](fields["text"])
    cls = _classes()[name]
    if "enum" in fields:
        return cls(fields["enum"])
    return cls(**{k: from_json(v) for k, v in fields.items()})


@cache
def _classes() -> dict[str, Any]:
    import importlib
    import pkgutil

    import pipeline.values

    found: dict[str, Any] = {"Term": Term, "Span": Span}
    for info in pkgutil.walk_packages(pipeline.values.__path__, "pipeline.values."):
        module = importlib.import_module(info.name)
        for name, item in vars(module).items():
            if isinstance(item, type) and (issubclass(item, Value | Enum) or dataclasses.is_dataclass(item)):
                found[name] = item
    return found
