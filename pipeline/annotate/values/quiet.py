"""The common case, at once: what stands beside a number mostly says nothing about it, and a look at two words tells so.

Nothing here reads a value in another way than the grammar would: where a neighbour could matter, the grammar is asked.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.annotate.values.amounts import may_measure
from pipeline.annotate.values.numerals import whole
from pipeline.annotate.values.source import Found, Source
from pipeline.annotate.values.tables import currency_signs, months, rows
from pipeline.values.types import Number

RUN = re.compile(r"\d{1,25}")
# words that end what makes more of a number after them: an age, a season, a weekday, a year, a sign
TELLING = (
    "de du le la au the of to moins minus negative aged mi mid fin début courant milieu printemps été automne hiver exercice "
    "années année late early during spring summer autumn fall winter year fy end beginning lundi mardi mercredi jeudi vendredi "
    "samedi dimanche monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun"
)
JOINING = ("au", "ju", "et", "to", "an", "or", "ou", "am", "pm")


@cache
def _loud() -> frozenset[str]:
    """The words after which a number may be more than its digits, or none: labels, hedges, codes, parts of dates."""
    labels = [row["word"] for row in rows("numbering")]
    hedges = [row["phrase"].split()[-1] for row in rows("hedges")]
    codes = [sign.lower() for sign in currency_signs()]
    return frozenset((*TELLING.split(), *labels, *hedges, *codes))


def quiet(src: Source, at: int) -> bool:
    """Whether nothing before `at` can change the number that begins there: the text begins, or a common word ends."""
    if not at:
        return True
    if src.text[at - 1] != " ":
        return False
    word = src.low[at - 24 if at > 24 else 0 : at - 1]
    word = word[word.rfind(" ") + 1 :]
    return word.isalpha() and word not in _loud()


@cache
def _stirring(lang: str) -> frozenset[str]:
    """The first two letters of what may join a second value or make a date, after a space."""
    return frozenset((*JOINING, *(month[:2] for month in months(lang)), "of"))


def plain(src: Source, at: int) -> Found | None:
    """The whole number that begins at `at`, where it is quiet before it, if a common word or mark follows; else None."""
    end = RUN.match(src.text, at).end()  # type: ignore[union-attr]  # a digit stands there
    width = end - at
    after = src.low[end : end + 4]
    mark = after[:1]
    if width > 4 or (src.text[at] == "0" and width > 1):
        return None
    if mark == " ":
        if after[1:3] in _stirring(src.lang) or may_measure(after[1:], src.lang):
            return None
    elif mark and (mark not in ",;.)" or not at or after[1:2].isdigit() or after[1:2].isalpha()):
        return None
    return Found(at, end, Number(whole(src.text[at:end])))
