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
    if value is None or type(value) in (str, int, bool, float):
        return value
    if isinstance(value, Enum):
        return {"type": type(value).__name__, "enum": value.value}
    if isinstance(value, Decimal):
        return {"type": "Decimal", "text": str(value)}
    if isinstance(value, datetime.date | datetime.time):
        return {"type": type(value).__name__, "text": value.isoformat()}
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        out = {"type": type(value).__name__}
        for name, default in _fields(type(value)):
            if (item := getattr(value, name)) != default:
                out[name] = to_json(item)
        return out
    raise TypeError(f"no JSON form for a {type(value).__name__}")


@cache
def _fields(cls: type) -> tuple[tuple[str, Any], ...]:
    return tuple((f.name, f.default) for f in dataclasses.fields(cls))


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
