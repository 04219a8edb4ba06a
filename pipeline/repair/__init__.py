"""Repair: the source as clean blocks; page furniture marked, nothing deleted. See `docs/rules.md` for the rules."""

from pipeline.repair.stage import repair

__all__ = ["repair"]
