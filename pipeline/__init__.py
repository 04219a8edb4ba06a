"""Messy French and English text in, one canonical English corpus out. For programs: `from pipeline import load` (docs/api.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.api import load as load

__all__ = ["load"]


def __getattr__(name: str) -> Any:
    # on demand, so that importing a part of the package does not read the rest
    if name == "load":
        from pipeline.api import load

        return load
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
