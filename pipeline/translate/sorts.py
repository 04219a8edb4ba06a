"""What sort of thing a stand-in stands for, as far as the grammar around it depends on it.

A model that knows the sort writes "on ⟦d0⟧" of a day, "in ⟦p0⟧" of a quarter, "the ⟦o0⟧ line" of an ordinal and "⟦a0⟧ lines" of
an acronym behind its noun. The letter stands in the slot's name; a package whose slots have no letters gets them in order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.model import Term, Value
from pipeline.values.types import Date, Duration, Money, Number, Ordinal, Percent, Period, Quantity, Range, Relative, Time
from pipeline.values.verbatim import Name, Verbatim

SORTS = {
    "n": "number, before what is counted", "c": "percentage", "q": "quantity, length of time", "m": "money", "d": "day",
    "p": "month, quarter, year or other period", "e": "relative date, age", "h": "time of day", "o": "ordinal",
    "t": "term in the singular", "s": "term in the plural", "a": "term that is an acronym", "w": "name", "l": "place", "v": "code",
}  # fmt: skip
_PLAIN = {Number: "n", Percent: "c", Quantity: "q", Money: "m", Relative: "e", Period: "p", Time: "h", Ordinal: "o", Name: "w"}


def sort(value: Value | Term) -> str:
    """The letter (`SORTS`) of a mention's value.

    >>> from pipeline.values.types import Ordinal
    >>> sort(Ordinal(3))
    'o'
    """
    if isinstance(value, Term):
        if not any(c.islower() for c in value.english.removesuffix("s")):
            return "a"
        long = [word for word in value.english.split() if len(word) > 3]
        if value.french[0].isupper() and value.english[0].isupper() and all(w[0].isupper() for w in long):
            return "w"
        head = value.english.split(" of ")[0].split(" for ")[0]
        return "s" if head.endswith("s") and not head.endswith(("ss", "sis", "us")) else "t"
    if isinstance(value, Verbatim):
        return "l" if value.scheme == "place" else "v"
    if isinstance(value, Date):
        return "d" if value.day is not None or value.weekday else "p"
    if isinstance(value, Duration):
        return "e" if value.age else "q"
    if isinstance(value, Range):
        return sort(value.low)
    return _PLAIN.get(type(value), "v")


def assign(sorts: Iterable[tuple[int, str]], slots: Sequence[str]) -> dict[int, str]:
    """A slot for each (mention, sort) as far as there are any: `⟦d0⟧` for the first day; slots without a letter go to any.

    >>> assign([(0, "d"), (1, "m"), (2, "d")], ["⟦d0⟧", "⟦m0⟧"])
    {0: '⟦d0⟧', 1: '⟦m0⟧'}
    """
    free: dict[str, list[str]] = {}
    for slot in reversed(slots):
        letter = slot[1:2]
        free.setdefault(letter if letter.isalpha() else "", []).append(slot)
    out = {}
    for mention, letter in sorts:
        if fitting := free.get(letter) or free.get(""):
            out[mention] = fitting.pop()
    return out
