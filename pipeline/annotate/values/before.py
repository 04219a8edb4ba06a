"""What stands just before a value and could change it: one look at the word there says which questions are worth asking.

Nothing here decides: a flag says that the grammar must look, no flag that it would look in vain.
"""

from __future__ import annotations

from functools import cache, lru_cache

from pipeline.annotate.values.calendar import WEEKDAYS
from pipeline.annotate.values.source import Source
from pipeline.annotate.values.tables import currency_signs, rows

SIGN, LABEL, HEDGE, AGE, WEEKDAY, PERIOD, BRACKET = 1, 2, 4, 8, 16, 32, 64
ALL = 127
# words that end what a table does not know: signs, ages, weekdays with an article, parts of a year
ENDS = {
    "moins": SIGN | AGE, "minus": SIGN, "negative": SIGN, "au": LABEL, "de": AGE | PERIOD, "aged": AGE, "le": WEEKDAY,
    "the": WEEKDAY | PERIOD,
}  # fmt: skip
PERIODS = (
    "du mi mid fin début courant milieu printemps été automne hiver exercice années année mois late early during spring summer "
    "autumn fall winter year fy of end beginning middle"
)
EMPTY = frozenset("|;)»–—•")  # what may end before a value without a bearing on it
GLUE = "'’(«\"/-"  # what may stand between two words without a space


@cache
def _words() -> dict[str, int]:
    """The last word of whatever bears on a value after it, in either language."""
    words = [*ENDS.items(), *((word, PERIOD) for word in PERIODS.split())]
    words += [(row["word"], LABEL) for row in rows("numbering")]
    words += [(row["phrase"], HEDGE) for row in rows("hedges")]
    words += [(sign.lower(), SIGN) for sign in currency_signs()]
    words += [(word, WEEKDAY) for word in WEEKDAYS]
    table: dict[str, int] = {}
    for word, flags in words:
        last = _last(word)
        table[last] = table.get(last, 0) | flags
    return table


def _last(word: str) -> str:
    """What stands behind the last space or glue."""
    for mark in " " + GLUE:
        word = word.rpartition(mark)[2]
    return word


def before(src: Source, at: int) -> int:
    """Flags for what may stand before `at` and bear on the value that begins there; 0 where nothing does."""
    if not at:
        return 0
    mark = src.low[at - 1]
    if mark != " ":
        return BRACKET if mark == "(" else ALL
    word = src.low[at - 25 if at > 25 else 0 : at - 1]
    return _flags(word[word.rfind(" ") + 1 :])


@lru_cache(maxsize=8192)
def _flags(word: str) -> int:
    """What the lower-case `word` before a value may mean for it; it has no space."""
    if word.isalpha():
        return _words().get(word, 0)
    last = word[-1:]
    if last.isalpha():
        word = _last(word)
        return _words().get(word, 0) if word.isalpha() else ALL
    if last == ",":
        return AGE | WEEKDAY
    return 0 if last in EMPTY or (last in "0123456789" and last) else ALL
