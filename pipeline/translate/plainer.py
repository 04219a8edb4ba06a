"""French turns that a small model takes word by word (`d'ores et déjà`), said more plainly before it sees them.

The table is `data/plainer.tsv`; what the record calls the segment's French is not touched.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.resources import files

import regex

from pipeline.translate.protect import Protected

# `Or` before a subject contradicts; `Ce dernier` before a verb is `he`
_BUT = regex.compile(
    r"(?<=^|[.!?] )Or(?:, |(?= (?:ils?|elles?|on|nous|vous|les?|la|ce|cet|cette|ces|un|une|en|selon|son|sa|ses)\b|(?= [lc]')))"
)
_LATTER = regex.compile(
    r"(?<=^|[.!?] )(?P<who>Ce dernier|Cette dernière|Ces derniers|Ces dernières)"
    r"(?= (?:a|est|sera|était|ont|sont|seront|étaient|avait|peut|peuvent|doit|doivent|permet|devrait|pourra|va|vont|ne|se)\b)"
)
# "n'a livré à ce jour que trois lots": the model loses the restriction across the adverb
_ONLY = regex.compile(
    r"\b[Nn](?:e |')(?P<verb>\p{L}{1,12}(?! (?:pas|plus|jamais|rien|guère) )(?: \p{Ll}{2,14}[éitus]e?s?)?"
    r"(?: (?:pour l'instant|pour le moment|à ce jour|jusqu'à présent|jusqu'ici|actuellement|aujourd'hui))) qu(?:e(?= )|')"
)
_EITHER = regex.compile(r"\bsoit\b")
_THAT_IS = regex.compile(r", soit $")  # before an amount
_PRONOUN = {"Ce dernier": "Il", "Cette dernière": "Elle", "Ces derniers": "Ils", "Ces dernières": "Elles"}


@cache
def _table() -> tuple[regex.Pattern[str], tuple[str, ...]]:
    rows = (files("pipeline") / "data" / "plainer.tsv").read_text("utf-8").splitlines()[1:]
    cells = [row.split("\t") for row in rows if row and not row.startswith("#")]
    turns = "|".join(f"(?:{cell[0]})()" for cell in cells)
    return regex.compile(rf"(?<![\w'-])(?:{turns})(?<=\W|(?=\W|$))", regex.IGNORECASE), tuple(cell[1] for cell in cells)


def plainer(task: Protected) -> Protected:
    """The task with such turns replaced, in the French between its mentions only."""
    parts = tuple(part if isinstance(part, int) else said_plainly(part) for part in task.parts)
    if sum(len(_EITHER.findall(part)) for part in parts if isinstance(part, str)) == 1:  # ", soit 20 de plus", not soit …, soit …
        parts = tuple(part if isinstance(part, int) else _THAT_IS.sub(", c'est-à-dire ", part) for part in parts)
    return task if parts == task.parts else replace(task, parts=parts)


def said_plainly(text: str) -> str:
    """A stretch of French without such turns.

    >>> said_plainly("Il est d'ores et déjà ouvert."), said_plainly("D'ores et déjà, il ouvre. Or, il est loin.")
    ('Il est déjà ouvert.', 'Déjà, il ouvre. Mais il est loin.')
    """
    pattern, plainly = _table()
    text = pattern.sub(lambda m: _cased(m[0], plainly[m.lastindex - 1]), text)
    text = _BUT.sub(lambda m: "Mais " if m[0].endswith(" ") else "Mais", text)
    text = _ONLY.sub(lambda m: f"{m['verb']} seulement{'' if m[0].endswith('e') else ' '}", text)
    plain: str = _LATTER.sub(lambda m: _PRONOUN[m["who"]], text)
    return plain


def _cased(found: str, said: str) -> str:
    return said[:1].upper() + said[1:] if found[:1].isupper() else said
