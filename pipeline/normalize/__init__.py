"""Every value in canonical English, and proof that none is lost."""

from pipeline.normalize.stage import normalizer

__all__ = ["normalizer"]
