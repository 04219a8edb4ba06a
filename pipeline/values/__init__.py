"""Typed values and how each is written in canonical English. Nothing here recognises anything."""

from pipeline.values.identity import identity
from pipeline.values.record import to_record
from pipeline.values.render import render

__all__ = ["identity", "render", "to_record"]
