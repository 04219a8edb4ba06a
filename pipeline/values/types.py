"""The typed values: what a number, an amount or a date in a text means, whatever its language.

All are frozen; all amounts are exact `Decimal`s that keep the decimal places as written ("1,50" keeps two). What only
concerns the writing (words or digits, the hedge, the form of a range) is a field of its own and never part of
`identity`. Dates are parts, not `datetime`s: "décembre 2023" has no day and gets none.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from pipeline.model import Value


class Bound(StrEnum):
    """How an amount limits what it stands for; the value is the sign that `identity` writes."""

    EXACT = ""
    ABOUT = "~"
    LESS = "<"
    MORE = ">"
    AT_MOST = "<="
    AT_LEAST = ">="
    PLUS_MINUS = "+-"


@dataclass(frozen=True, slots=True)
class Amount:
    """How much: `digits` × 10^`scale`. Not a value by itself; every measured value has one.

    `scale` is the multiplier as written: 0, 3 (thousand), 6 (million), 9 (billion), 12 (trillion). `power` is the
    exponent of a scientific notation (2 × 10⁶ has digits 2, power 6), `over` the denominator of a fraction (2/3).
    `signed` is True where a plus sign was written, `words` where the source has words, `hedge` the English words for the bound
    ("" for its sign, of ABOUT "about").
    `ambiguous` says that the notation can be read in two ways ("1.234") and that this reading is the likelier one.
    """

    digits: Decimal
    scale: int = 0
    power: int | None = None
    over: int = 1
    signed: bool = False
    words: bool = False
    bound: Bound = Bound.EXACT
    hedge: str = ""
    ambiguous: bool = False

    @property
    def exact(self) -> Decimal:
        """The number itself, multiplied out; a fraction's numerator (see `over`).

        >>> Amount(Decimal("1.4"), scale=9).exact
        Decimal('1400000000')
        """
        if (
            not self.scale
            and self.power is None
            and (plain := self.digits.to_integral_value()) == self.digits
            and plain.adjusted() < 27
        ):
            return plain
        whole = self.digits.scaleb(self.scale + (self.power or 0)).normalize()
        return whole.quantize(Decimal(1)) if whole.as_tuple().exponent > 0 and whole.adjusted() < 27 else whole  # type: ignore[operator]

    def with_digits(self, digits: Decimal, scale: int = 0) -> Amount:
        """The same amount with other digits, `scale` added to its own; what `dataclasses.replace` does, five times as fast."""
        scale += self.scale
        return Amount(digits, scale, self.power, self.over, self.signed, self.words, self.bound, self.hedge, self.ambiguous)

    def limited(self, bound: Bound, hedge: str = "") -> Amount:
        """The same amount with a bound and how English calls it."""
        return Amount(self.digits, self.scale, self.power, self.over, self.signed, self.words, bound, hedge, self.ambiguous)


@dataclass(frozen=True, slots=True)
class Number(Value):
    """A cardinal, a decimal, a fraction: `412`, `85 millions`, `deux`, `un tiers`, `une centaine`."""

    kind: ClassVar[str] = "number"
    amount: Amount


@dataclass(frozen=True, slots=True)
class Percent(Value):
    """`1,5 %`; with `points`, a difference of percentages: "" for none, else how English calls it, e.g. `points`."""

    kind: ClassVar[str] = "percent"
    amount: Amount
    points: str = ""


@dataclass(frozen=True, slots=True)
class Quantity(Value):
    """An amount of a unit. `unit` is the UCUM code (`m2`, `Cel`); `one` and `many` the English, symbol or word.

    `attributive` is True where it stands before the noun that it describes (a 200-litre tank).
    """

    kind: ClassVar[str] = "quantity"
    amount: Amount
    unit: str
    one: str
    many: str
    attributive: bool = False


@dataclass(frozen=True, slots=True)
class Duration(Value):
    """A length of time, in the unit as written: `18 mois`, `quatre ans`, `24 h`. `unit` is UCUM (`mo`, `a`, `h`).

    `age` is True for the age of a person ("Lucie, 34 ans,", "un patient de 58 ans"), which English writes `aged 34`;
    `attributive` as with a quantity (a five-year plan). Hours and minutes are an amount of `min` with `one` "hour".
    """

    kind: ClassVar[str] = "duration"
    amount: Amount
    unit: str
    one: str
    many: str
    age: bool = False
    attributive: bool = False


@dataclass(frozen=True, slots=True)
class Money(Value):
    """An amount of a currency (ISO 4217)."""

    kind: ClassVar[str] = "money"
    amount: Amount
    currency: str


@dataclass(frozen=True, slots=True)
class Inferred:
    """What a relative or partial date comes to: `edtf`, by the document's own date as it is written there, `basis`."""

    edtf: str
    basis: str


@dataclass(frozen=True, slots=True)
class Date(Value):
    """A year, a month, a day, or what part of them the text states; `weekday` is 1 (Monday) to 7, 0 where not stated.

    `ambiguous`: day and month could be exchanged, and nothing in the document decides. `inferred`: the whole date,
    where the document's own date tells the year.
    """

    kind: ClassVar[str] = "date"
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int = 0
    ambiguous: bool = False
    inferred: Inferred | None = None


@dataclass(frozen=True, slots=True)
class Relative(Value):
    """A date told from when the text was written: `hier`, `l'an dernier`, `février dernier`, `next Monday`.

    `unit` is `day`, `week`, `month`, `year`, or with `which` the month (1 to 12), weekday (1 to 7) or season (21 to 24)
    of that name, `offset` how many of them before (negative) or after; `english` the words. `inferred` is the date, where
    the document states its own.
    """

    kind: ClassVar[str] = "date"
    english: str
    unit: str
    offset: int
    which: int = 0
    inferred: Inferred | None = None


@dataclass(frozen=True, slots=True)
class Period(Value):
    """A stretch of the calendar that is not a plain year, month or day.

    `part`: `Q1`–`Q4`, `H1`, `H2`; `W01`–`W53`; `spring` … `winter`; `early`, `mid`, `late`, `during` (of `year` or `month`);
    `fiscal` (a financial year, `to_year` when it spans two); `decade` (`year` 2010); `century` (`year` 21).
    `form` is how it was written where English has more than one way: `words` (third quarter of), `of` (end of),
    `the` (the end of), else "".
    """

    kind: ClassVar[str] = "period"
    part: str
    year: int | None = None
    month: int | None = None
    to_year: int | None = None
    form: str = ""


@dataclass(frozen=True, slots=True)
class Time(Value):
    """A time of day, 24 hours; `words` for midi, noon, minuit, midnight; `second` is None where none is written."""

    kind: ClassVar[str] = "time"
    hour: int
    minute: int = 0
    words: bool = False
    second: int | None = None


@dataclass(frozen=True, slots=True)
class Ordinal(Value):
    """`1er`, `septième`, `3rd`."""

    kind: ClassVar[str] = "ordinal"
    number: int


@dataclass(frozen=True, slots=True)
class Range(Value):
    """From one value to another of the same kind. `form`: `to`, `from` (from … to), `between` (… and), `dash`."""

    kind: ClassVar[str] = "range"
    low: Value
    high: Value
    form: str = "to"
