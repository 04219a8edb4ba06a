"""A value as plain data for the record (`NAME.json`) and the exports."""

from __future__ import annotations

from pipeline.model import Value
from pipeline.values.identity import clock, edtf, identity, number
from pipeline.values.types import (
    Amount,
    Bound,
    Date,
    Duration,
    Inferred,
    Money,
    Number,
    Ordinal,
    Percent,
    Period,
    Quantity,
    Range,
    Relative,
    Time,
)
from pipeline.values.verbatim import Name, Verbatim


def to_record(value: Value) -> dict[str, object]:
    """The value as JSON-ready data: `kind`, `identity`, then what the kind has. Numbers are strings, so that none is rounded.

    >>> from decimal import Decimal
    >>> to_record(Money(Amount(Decimal("12.3"), scale=6), "EUR"))
    {'kind': 'money', 'identity': 'money:12300000:EUR', 'value': '12300000', 'written': '12.3e6', 'currency': 'EUR'}

    Fields that say nothing (no bound, not ambiguous) are left out.
    """
    return {"kind": value.kind, "identity": identity(value)} | _particulars(value)


def _particulars(value: Value) -> dict[str, object]:
    match value:
        case Number(amount):
            return _amount(amount)
        case Percent(amount, points):
            return _amount(amount) | {"unit": "[pp]" if points else "%"}
        case Quantity(amount, unit) | Duration(amount, unit):
            return _amount(amount) | {"unit": unit}
        case Money(amount, currency):
            return _amount(amount) | {"currency": currency}
        case Date():
            weekday: dict[str, object] = {"weekday": value.weekday} if value.weekday else {}
            return {"edtf": edtf(value)} | weekday | ({"ambiguous": True} if value.ambiguous else {}) | _inferred(value.inferred)
        case Relative():
            return _inferred(value.inferred)
        case Period():
            return {"edtf": edtf(value)}
        case Time():
            return {"time": clock(value)}
        case Ordinal(n):
            return {"value": n}
        case Range(low, high):
            return {"low": to_record(low), "high": to_record(high)}
        case Verbatim(text, scheme):
            return {"text": text, "scheme": scheme}
        case Name(text):
            return {"text": text}
    raise TypeError(f"no record for {type(value).__name__}")


def _inferred(inferred: Inferred | None) -> dict[str, object]:
    return {"inferred": {"edtf": inferred.edtf, "basis": inferred.basis}} if inferred else {}


def _amount(amount: Amount) -> dict[str, object]:
    written = str(amount.digits) + (f"/{amount.over}" if amount.over != 1 else "")
    scale = amount.scale + (amount.power or 0)
    bare = number(amount).removeprefix(amount.bound.value) if amount.bound else number(amount)
    out: dict[str, object] = {"value": bare, "written": written + (f"e{scale}" if scale else "")}
    if amount.bound is not Bound.EXACT:
        out["bound"] = amount.bound.value
    if amount.words:
        out["words"] = True
    if amount.ambiguous:
        out["ambiguous"] = True
    return out
