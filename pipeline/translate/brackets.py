"""Round brackets that the model lost beside a mention, put back where the French has them."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import Span
from pipeline.translate.protect import Protected

Targets = tuple[Span | None, ...]


def balanced(text: str) -> bool:
    """Whether every round bracket has a partner, as far as counting tells."""
    return text.count("(") == text.count(")")


def closed(task: Protected, english: str, targets: Sequence[Span | None]) -> tuple[str, Targets]:
    """`english` with the bracket that the French has right before or behind a mention, where one lacks its partner."""
    if balanced(english) or not balanced(task.plain):
        return english, tuple(targets)
    opens = english.count("(") < english.count(")")
    for k, part in enumerate(task.parts):
        if not isinstance(part, int) or (target := targets[part]) is None:
            continue
        beside = task.parts[k - 1 if opens else k + 1] if (k if opens else k + 1 < len(task.parts)) else ""
        if not isinstance(beside, str) or not (beside.endswith("(") if opens else beside.startswith(")")):
            continue
        at = target.start if opens else target.end
        before, behind = english[:at], english[at:]
        if opens and before.count("(") <= before.count(")") < english.count(")"):
            if not before.endswith("("):
                return _with(before, "(", behind, targets, at)
        elif not opens and before.count("(") > before.count(")"):
            return _with(before, ")", behind, targets, at)
    return english, tuple(targets)


def _with(before: str, sign: str, behind: str, targets: Sequence[Span | None], at: int) -> tuple[str, Targets]:
    later = (t if t is None or (t.end <= at and not (sign == "(" and t.start == at)) else t.shift(1) for t in targets)
    return f"{before}{sign}{behind}", tuple(later)
