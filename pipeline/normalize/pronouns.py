"""It for a company: French il and elle are he and she in English only of a person.

A model that translates sentence by sentence does not know whether the last one spoke of a woman or of a company. The French
before it does: where neither that nor the sentence names a person, she and he become it.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import regex

from pipeline.model import Edit, Span

RULE = "normalize.pronoun"
_PRONOUN = regex.compile(r"\b(?:[Ss]he|[Hh]e|[Hh]er|[Hh]is|[Hh]im|[Hh]ers|[Hh]erself|[Hh]imself)\b(?!/)")
_FRENCH = regex.compile(r"\b(?:il|elle|son|sa|ses|lui|le|la|l)\b", regex.IGNORECASE)
_CAPITAL = regex.compile(r"\b\p{Lu}\p{Ll}+")
# what persons do, and companies in part: to say, to think, to feel
_SAYS = regex.compile(
    r"-(?:il|elle)\b|\b(?:il|elle)\s(?:n'|ne\s|m'|nous\s|vous\s|lui\s|leur\s|en\s|y\s|s'(?:est|était)\s|se\s|s'|a(?:vait)?\s)*+"
    r"(?:dit|dis|déclar|affirm|indiqu|précis|soulign|ajout|expliqu|rappel|racont|not|estim|cit|confi|espèr|espér|pens|croi|croy|cru\b"
    r"|veu|voul|souhait|inqui|sour|ri[tr]|parl|répond|complèt|jug|regrett|sembl|salu|remerci|plaid|pleur|mang|dor[mt]|meurt|mour|naî"
    r"|né\b|née\b|aim|ador|connaî|sait|souvien|tien[td] à|habit|vi[ts]\b|étudi|enseign)",
    regex.IGNORECASE,
)
_BEFORE_NOUN = regex.compile(r"\s(?!(?:to|in|on|at|by|from|with|for|of|and|or|as|that|when|if|the|an?)\b)[\p{L}\d]")
_NEUTER = {"she": "it", "he": "it", "him": "it", "his": "its", "hers": "its", "herself": "itself", "himself": "itself"}


def impersonal(english: str, french: str, before: str) -> list[Edit]:
    """Edits that write it for she and he in a sentence, where neither its French nor the French before it names a person.

    Left alone: a sentence whose French has no il, elle, son or the like; one in which he or she says or thinks something,
    for the text before may be too short to tell.
    """
    if not _PRONOUN.search(english) or not _FRENCH.search(french) or _SAYS.search(french):
        return []
    if names_person(french) or names_person(before):
        return []
    return [Edit(Span(*m.span()), m[0], _neuter(m[0], english[m.end() :]), RULE) for m in _PRONOUN.finditer(english)]


def names_person(french: str) -> bool:
    """Whether the French speaks of a person: a title, a role, a first name.

    >>> names_person("La directrice du site arrive."), names_person("Le site ouvre à Lyon.")
    (True, False)
    """
    return any(_is_one(found[0]) for found in _persons().finditer(french)) or any(
        word in _first_names() for word in _CAPITAL.findall(french)
    )


def _is_one(word: str) -> bool:
    """Whether it is in the singular: he and she stand for one."""
    return not word.endswith(("s", "MM.")) or word.lower() in ("fils",)


@cache
def _persons() -> regex.Pattern[str]:
    lines = (files("pipeline") / "data" / "persons.tsv").read_text("utf-8").splitlines()[1:]
    words = "|".join(line.split("\t")[0] for line in lines)
    return regex.compile(rf"(?<!\w)(?:{words})(?!\w)|\w(?:rice|euse|ienne|iste|logue)s?(?!\w)", regex.IGNORECASE)


@cache
def _first_names() -> frozenset[str]:
    rows = (line.split("\t") for line in (files("pipeline") / "data" / "names.tsv").read_text("utf-8").splitlines()[1:])
    return frozenset(row[0] for row in rows if row[1] == "first")


def _neuter(word: str, after: str) -> str:
    low = word.lower()
    neuter = _NEUTER.get(low) or ("its" if _BEFORE_NOUN.match(after) else "it")
    return neuter.capitalize() if word[0].isupper() else neuter
