"""The second stage: a language for every block."""

from pipeline.detect.policy import detect

__all__ = ["detect"]
