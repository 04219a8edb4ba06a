"""Day first or month first: `03/04/2023` is settled by the document's own dates, or by nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from pipeline.model import Lang

NUMERIC = re.compile(r"(?<![\w./-])(\d{1,2})([/.-])(\d{1,2})\2(?:19|20)\d\d(?![\w/-])")
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
DAY_BEFORE = re.compile(rf"(?<!\w)\d{{1,2}}(?:st|nd|rd|th)? {MONTH}\b")
DAY_AFTER = re.compile(rf"\b{MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?(?:,|\b)(?! ?\d{{3}})")
EUROPEAN = re.compile(r"[£€]|\b(?:GBP|EUR|UK|United Kingdom|MHRA|EMA|EU|European|Europe|London|Ireland|Scotland|Wales|England)\b")


class DateOrder(StrEnum):
    """How a document writes its numeric dates."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"
    UNKNOWN = "unknown"


def date_order(texts: Iterable[tuple[str, Lang]]) -> DateOrder:
    """The order of day and month in a document's English blocks, by its own evidence; French is always day-first.

    >>> date_order([("Updated 06/03/2024.", Lang.EN), ("Due on 24/11/2025.", Lang.EN)])
    <DateOrder.DAY_FIRST: 'day-first'>
    >>> date_order([("Updated 06/03/2024.", Lang.EN)])
    <DateOrder.UNKNOWN: 'unknown'>

    First the numeric dates that can be read in one way only (none, or contradicting ones, decide nothing); then dates
    with a month's name; then French blocks, pounds, euros and European places, which speak for day-first.
    """
    blocks = list(texts)
    english = [text for text, lang in blocks if lang is not Lang.FR]
    day = month = 0
    for text in english:
        for match in NUMERIC.finditer(text):
            first, second = int(match[1]), int(match[3])
            day += first > 12 >= second
            month += second > 12 >= first
    if day or month:
        return DateOrder.UNKNOWN if day and month else DateOrder.DAY_FIRST if day else DateOrder.MONTH_FIRST
    european = len(english) < len(blocks) or any(EUROPEAN.search(text) for text in english)
    before = sum(1 for text in english for _ in DAY_BEFORE.finditer(text))
    after = sum(1 for text in english for _ in DAY_AFTER.finditer(text))
    if european or before > after:
        return DateOrder.DAY_FIRST
    return DateOrder.MONTH_FIRST if after else DateOrder.UNKNOWN
