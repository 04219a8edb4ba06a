"""Documents as rows of two tables, segments and mentions, with typed columns. jsonl and parquet write the same rows."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from pipeline.api import Document, Mention
from pipeline.model import Span, Term
from pipeline.values.types import Date, Period, Range

# name -> type: string, integer, boolean, decimal, date; "?" where it may be null
SEGMENT: dict[str, str] = {
    "document": "string",
    "segment": "integer",
    "block": "integer",
    "kind": "string",
    "lang": "string",
    "origin": "string",
    "source_text": "string",
    "english": "string",
    "source_start": "integer",
    "source_end": "integer",
    "output_start": "integer?",
    "output_end": "integer?",
    "flags": "strings",
}
MENTION: dict[str, str] = {
    "document": "string",
    "mention": "integer",
    "block": "integer",
    "segment": "integer?",
    "kind": "string",
    "text": "string",
    "canonical": "string",
    "english": "string?",
    "identity": "string",
    "amount": "decimal?",
    "amount_high": "decimal?",
    "bound": "string?",
    "currency": "string?",
    "unit": "string?",
    "date": "string?",
    "date_start": "date?",
    "date_end": "date?",
    "time": "string?",
    "scheme": "string?",
    "entry": "string?",
    "ambiguous": "boolean",
    "rung": "string?",
    "source_start": "integer",
    "source_end": "integer",
    "output_start": "integer?",
    "output_end": "integer?",
}


def segments(document: Document) -> Iterator[dict[str, Any]]:
    """A row a segment, furniture and duplicates too (their `output_start` is None). Decimals and dates are Python's."""
    for segment in document.segments:
        yield {
            "document": document.path,
            "segment": segment.number,
            "block": segment.block,
            "kind": str(document.blocks[segment.block].kind),
            "lang": str(segment.lang),
            "origin": segment.origin,
            "source_text": segment.text,
            "english": segment.english,
            **_ends("source", segment.source),
            **_ends("output", segment.output),
            "flags": [flag.code for flag in segment.flags],
        }


def mentions(document: Document) -> Iterator[dict[str, Any]]:
    """A row a mention, numbered within the document."""
    for number, mention in enumerate(document.mentions):
        yield {
            "document": document.path,
            "mention": number,
            "block": mention.block,
            "segment": mention.segment,
            "kind": mention.kind,
            "text": mention.text,
            "canonical": mention.canonical,
            "english": mention.english or None,
            "identity": mention.identity,
            **_typed(mention),
            "rung": mention.rung or None,
            **_ends("source", mention.source),
            **_ends("output", mention.output),
        }


def _ends(name: str, span: Span | None) -> dict[str, int | None]:
    return {f"{name}_start": span.start if span else None, f"{name}_end": span.end if span else None}


def _typed(mention: Mention) -> dict[str, Any]:
    """The columns that a value fills. A range has its ends in `amount` and `amount_high`, its common parts once."""
    value = mention.value
    low, high = (value["low"], value["high"]) if "low" in value else (value, {})
    start, end = bounds(mention.typed)
    return {
        "amount": _decimal(low),
        "amount_high": _decimal(high),
        "bound": low.get("bound"),
        "currency": low.get("currency") or high.get("currency"),
        "unit": low.get("unit") or high.get("unit"),
        "date": "/".join(str(part["edtf"]) for part in (low, high) if "edtf" in part) or None,
        "date_start": start,
        "date_end": end,
        "time": low.get("time"),
        "scheme": value.get("scheme"),
        "entry": mention.typed.entry if isinstance(mention.typed, Term) else None,
        "ambiguous": any(bool(part.get("ambiguous")) for part in (low, high)),
    }


def _decimal(value: Mapping[str, Any]) -> Decimal | None:
    """The number of an amount or an ordinal; None for a fraction, which has no exact decimal (`identity` has it)."""
    try:
        return Decimal(str(value["value"])) if "value" in value else None
    except InvalidOperation:
        return None


def bounds(value: object) -> tuple[date | None, date | None]:
    """The first and the last day that a date, a period or a range of them can mean; None where that is not certain.

    `early`, `mid` and `late` give the whole year or month. Seasons and financial years differ from place to place and
    give nothing, as does a date without a year.

    >>> bounds(Period("Q1", 2024))
    (datetime.date(2024, 1, 1), datetime.date(2024, 3, 31))
    """
    match value:
        case Range(low, high):
            return bounds(low)[0], bounds(high)[1]
        case Period("decade", int(year)):
            return _years(year // 10 * 10, year // 10 * 10 + 9)
        case Period("century", int(number)):
            return _years(number * 100 - 99, number * 100)
        case Period(part, int(year)) if part[0] in "QH" and part[1:].isdigit():
            months = 3 if part[0] == "Q" else 6
            last = int(part[1:]) * months
            return _days(year, last - months + 1, last)
        case Period("early" | "mid" | "late" | "during", int(year), month):
            return _days(year, month or 1, month or 12)
        case Date(int(year), month, day) if month and day:
            return _day(year, month, day), _day(year, month, day)
        case Date(int(year), month, None):
            return _days(year, month or 1, month or 12)
    return None, None


def _years(first: int, last: int) -> tuple[date | None, date | None]:
    return _day(first, 1, 1), _day(last, 12, 31)


def _days(year: int, first: int, last: int) -> tuple[date | None, date | None]:
    end = monthrange(year, last)[1] if 1 <= year <= 9999 and 1 <= last <= 12 else 0
    return _day(year, first, 1), _day(year, last, end)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
