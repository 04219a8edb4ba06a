"""Whether a word is one of the two languages', and no name."""

from __future__ import annotations

from functools import cache

from pipeline import lexicon


@cache
def lexica() -> tuple[lexicon.Lexicon, lexicon.Lexicon]:
    """The French lexicon and the English one."""
    return lexicon.load("fr"), lexicon.load("en")


def common(word: str, least: int = 20) -> bool:
    """Whether either language has the word `least` times or more, and not mostly with a capital.

    >>> common("lots"), common("Dubois")
    (True, False)
    """
    return any(table.count(word) >= least and not table.name_like(word) for table in lexica())
