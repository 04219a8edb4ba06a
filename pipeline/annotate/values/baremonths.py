"""Months without day or year: whether a word is the name of a month here, or another word."""

from __future__ import annotations

import re

from pipeline.annotate.values.source import Source
from pipeline.annotate.values.tables import SPACE, months

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
# month names that are no other English words
MONTH_ONLY = frozenset(("january", "february", "april", "june", "july", "september", "october", "november", "december"))
TO_MONTH = re.compile(
    r" (?:to|and|through) (?:january|february|march|april|may|june|july|august|september|october|november|december)(?!\w)"
)
PAIR = re.compile(r"(?<!\w)(?:from|between) [a-z]+ (?:and|to) $")
AFTER_IN = re.compile(r"(?<!\w)(?:in|since|until|till|by|early|late|mid|last|next|from|end of|month of)[ -](?:the )?$")
BEFORE_MONTH = re.compile(
    rf"(?<!\w)(?:in|of|by|since|until|till|from|to|last|next|this|early|late|mid|during|before|after|and|between|end|for|through)[{SPACE[1:-1]}-](?:the{SPACE})?$"
)


SHORT_MONTHS = frozenset(("feb", "apr", "aug", "sep", "sept", "oct", "nov", "dec"))  # Jan and Mar are names as well


CLOSES = re.compile(r"[.,;)?!](?!\d)|$")


def bare_month(src: Source, at: int, end: int) -> bool:
    """Whether the name in `at:end` stands for a month: no verb, no adjective, no name of a person."""
    word, written = src.low[at:end], src.text[at:end]
    if src.lang == "en" and word in SHORT_MONTHS and written.istitle():
        return bool(BEFORE_MONTH.search(src.left(at)))  # after Feb, from Sep to Nov
    if (
        word not in months(src.lang, short=False)
        or src.text[end : end + 1] == "-"
        or (at and src.text[at - 1] in "'’-" and src.lang == "en" and not src.low.endswith("mid-", 0, at))
    ):
        return False
    if src.lang == "fr":
        return (written.islower() and src.text[at - 1 : at] not in ("-",)) or src.low[max(0, at - 3) : at] == "mi-"
    if written.islower():
        left = src.left(at)
        if (TO_MONTH.match(src.low, end) and left.endswith(("between ", "from "))) or PAIR.search(left):
            return True
        return (word in MONTH_ONLY and bool(AFTER_IN.search(left))) or (left.endswith(" in ") and bool(CLOSES.match(src.low, end)))
    if word in ("march", "may", "august", "april", "june"):
        if written[0].isupper() and TO_MONTH.match(src.low, end):
            return True
        return written[0].isupper() and bool(BEFORE_MONTH.search(src.left(at)))
    return written[0].isupper() and not written.isupper()
