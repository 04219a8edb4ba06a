"""The phrases of page furniture (`pipeline/data/furniture.tsv`), looked up by the first letters of a line.

A table of two thousand alternatives takes longer to try than to look up, and most of a second to compile, so every
alternative is filed under the two letters it begins with; a line meets only those of its own, the few of its first letter
alone, and the few that may begin with anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

_SCOPES = ("line", "teaser", "field", "widget", "number", "month", "links", "link", "tags", "near", "footer")
_ANY = ""
_SIGN = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|[()|]")


@cache
def _rows() -> tuple[tuple[str, str], ...]:
    lines = (files("pipeline") / "data" / "furniture.tsv").read_text("utf-8").splitlines()[1:]
    cells = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple((cell[0], cell[1]) for cell in cells)


@cache
def phrases(scope: str) -> re.Pattern[str]:
    """The phrases of one scope, as one pattern to match a whole line with."""
    return re.compile("|".join(f"(?:{pattern})" for name, pattern in _rows() if name == scope), re.IGNORECASE)


@lru_cache(maxsize=4096)
def scope(text: str) -> str:
    """Which scope of phrases the whole of `text` belongs to, or nothing.

    >>> scope("Partager sur Facebook"), scope("LinkedIn"), scope("Le site ouvre en mai.")
    ('line', 'near', '')
    """
    found = [match.lastgroup or "" for pattern in _patterns(text[:2]) if (match := pattern.fullmatch(text))]
    return min(found, key=_SCOPES.index) if found else ""


def says(name: str, text: str) -> bool:
    """Whether the whole of `text` is a phrase of the scope `name` (`menu`, `consent`, `button`, `vocabulary`)."""
    return bool(phrases(name).fullmatch(text))


@cache
def _index() -> dict[str, dict[str, list[str]]]:
    """First letters → scope → the alternatives that begin with them."""
    filed: dict[str, dict[str, list[str]]] = {}
    for name, pattern in _rows():
        if name in _SCOPES:
            for alternative in _expanded(pattern):
                for first in _first(alternative):
                    filed.setdefault(first, {}).setdefault(name, []).append(alternative)
    return filed


@lru_cache(maxsize=4096)
def _patterns(head: str) -> tuple[re.Pattern[str], ...]:
    """What a line that begins with `head` can be."""
    low = head.lower()
    return tuple(_pattern(key) for key in dict.fromkeys((low, low[:1], _ANY)) if key in _index())


@cache
def _pattern(first: str) -> re.Pattern[str]:
    scopes = ((name, dict.fromkeys(_index()[first].get(name, ()))) for name in _SCOPES)
    return re.compile("|".join(f"(?P<{name}>{'|'.join(found)})" for name, found in scopes if found), re.IGNORECASE)


def _expanded(pattern: str) -> Iterator[str]:
    """The alternatives of a pattern; a group that it begins with is taken apart: `(?:a|b) c` → `a c`, `b c`."""
    for alternative in _split(pattern):
        end = _closing(alternative) if alternative.startswith("(?:") else 0
        rest = alternative[end + 1 :]
        if not end or rest[:1] in ("*", "+", "{"):
            yield alternative
        elif rest[:1] == "?":
            yield from _expanded(f"(?:{alternative[3:end]}){rest[1:]}")
            yield from _expanded(rest[1:]) if rest[1:] else ()
        else:
            for inner in _split(alternative[3:end]):
                yield from _expanded(inner + rest) if inner.startswith("(?:") else (inner + rest,)


def _first(alternative: str) -> tuple[str, ...]:
    """What an alternative may begin with: two letters, or one where the second is open; `("",)` where anything may stand."""
    head, after = alternative[:1], alternative[1:2]
    if head == "\\" and after == "d" and alternative[2:3] not in ("*", "?", "{"):
        return tuple("0123456789")
    if head == "\\" and not after.isalnum():
        return (after,) if alternative[2:3] not in ("*", "?", "{") else (_ANY,)
    if head in "\\[(." or after in ("?", "*", "{"):
        return (_ANY,)
    second = after.lower() if (after.isalnum() or after == " ") and alternative[2:3] not in ("?", "*", "{") else ""
    return tuple({head.lower() + second, head.upper().lower() + second})


def _split(pattern: str) -> list[str]:
    """The alternatives that a pattern's outermost bars part."""
    bars = [i for i, char, depth in _signs(pattern) if char == "|" and not depth]
    return [pattern[start + 1 : end] for start, end in pairwise([-1, *bars, len(pattern)])]


def _closing(pattern: str) -> int:
    """Where the group that a pattern begins with closes; 0 if it does not."""
    return next((i for i, char, depth in _signs(pattern) if char == ")" and not depth), 0)


def _signs(pattern: str) -> Iterator[tuple[int, str, int]]:
    """(position, character, groups open after it) of the bars and round brackets that are neither escaped nor in a set."""
    depth = 0
    for match in _SIGN.finditer(pattern):
        char = match[0]
        if char in "()|":
            depth += (char == "(") - (char == ")")
            yield match.start(), char, depth
