"""Typed values and how each is written in canonical English. Nothing here recognises anything."""
