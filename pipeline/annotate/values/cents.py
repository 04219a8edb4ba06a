"""Hundredths of money: what stands after `15 dollars` and belongs to it."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from pipeline.annotate.values.numerals import words_at
from pipeline.annotate.values.source import Source
from pipeline.annotate.values.tables import SPACE
from pipeline.values.types import Amount

CENTS = re.compile(rf"(?:{SPACE}(?:et|and))?{SPACE}(?:(?P<digits>\d\d?)|(?=[a-z])(?P<words>))")
CENT = re.compile(rf"{SPACE}(?:cents?|centimes?|pence)(?!\w)")
ENDS_AMOUNT = re.compile(rf"[.;)]?(?:$|{SPACE}?\n)|[,;.)] ?(?!\d)")


def with_cents(src: Source, end: int, amount: Amount) -> tuple[int, Amount]:
    """`15 dollars et 15 cents`, `15 euros 50`: the hundredths after the currency, in words or digits."""
    match = CENTS.match(src.low, end)
    if match is None or src.low[end - 1] in "%":
        return end, amount
    read = None if match["digits"] else words_at(src, match.end())
    part, stop = (
        (int(match["digits"]), match.end()) if match["digits"] else (int(read.amount.exact), read.end) if read else (0, end)
    )
    named = CENT.match(src.low, stop)
    bare = bool(match["digits"]) and len(match["digits"]) == 2 and match[0][1].isdigit() and ENDS_AMOUNT.match(src.low, stop)
    if not 0 < part < 100 or not (named or (bare and src.low[end - 1].isalpha())):
        return end, amount
    return (named.end() if named else stop), replace(amount, digits=amount.digits + Decimal(part).scaleb(-2), words=False)
