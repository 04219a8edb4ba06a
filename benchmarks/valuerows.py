"""One row of somebody else's test of values, and whether our recogniser answers it; shared by the benchmarks of values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from pipeline.annotate.values import DateOrder, infer, recognise
from pipeline.model import Lang, Mention, Value
from pipeline.values import identity
from pipeline.values.identity import edtf
from pipeline.values.types import Date, Duration, Inferred, Money, Number, Ordinal, Percent, Period, Quantity, Range, Relative, Time

TYPES = {"money": Money, "percent": Percent, "units": Quantity | Duration, "temperatures": Quantity, "ordinals": Ordinal | Period}
UNITS = {"a": "Y", "mo": "M", "wk": "W", "d": "D", "h": "H", "min": "M", "s": "S"}


@dataclass(frozen=True)
class Row:
    """A text with a stretch in it and what it amounts to: `needs`, each a set of writings of which one must be given.

    A number is written `n:` and a fraction, a date or time `t:` and its timex; `today` is the date of the text, `reason`
    why the row does not apply to this project, "" when it does.
    """

    lang: Lang
    kind: str
    text: str
    start: int
    end: int
    needs: tuple[frozenset[str], ...]
    today: str = ""
    reason: str = ""


def answer(row: Row) -> tuple[bool, bool]:
    """Whether one of our mentions touches the stretch, and whether those that do give all that is needed."""
    order = DateOrder.DAY_FIRST if row.lang is Lang.FR else DateOrder.MONTH_FIRST
    mentions: Iterable[Mention] = recognise(row.text, row.lang, order)
    if row.today:
        mentions = infer(mentions, Inferred(row.today, row.today))
    touching = [m for m in mentions if m.span.start < row.end and row.start < m.span.end]
    given = {written for m in touching for part in parts(m.value) if typed(row.kind, part) for written in writings(part)}
    return bool(touching), all(need & given for need in row.needs)


def parts(value: Value) -> tuple[Value, ...]:
    return (value.low, value.high) if isinstance(value, Range) else (value,)


def typed(kind: str, value: Value) -> bool:
    """Whether a value is of the type that its kind calls for: an amount of money is no bare number."""
    return kind not in TYPES or isinstance(value, TYPES[kind])


def writings(value: Value) -> set[str]:
    """All the ways in which rows may ask for a value."""
    out = {f"t:{timex(value)}"}
    if isinstance(value, Date | Relative) and value.inferred:
        out.add(f"t:{value.inferred.edtf}")
    if isinstance(value, Period):
        out |= {f"t:{moment}" for moment in (*span(value), edtf(value))}
    if isinstance(value, Ordinal):
        out.add(f"n:{value.number}")
    if isinstance(value, Number | Percent | Money | Quantity | Duration):
        out.add(f"n:{rounded(Fraction(value.amount.exact) / value.amount.over)}")
    if isinstance(value, Date) and value.year is not None and value.month is None:
        out.add(f"n:{value.year}")
    if isinstance(value, Number) and value.amount.exact == 100 and value.amount.bound:
        out.add("n:100")
    return out


def span(period: Period) -> tuple[str, ...]:
    """Where a quarter, half year, decade or century begins and ends, as TIMEX3 writes both; of the end of 2024, 2024."""
    year, part = period.year, period.part
    if part in ("early", "mid", "late", "during"):
        after: list[Date] = []  # a range to the end of 2008 ends where 2009 begins
        if part == "mid":  # TIMEX writes the day in the middle
            after = [Date(year, period.month, 16) if period.month else Date(year, 7, 2)]
        if part == "late" and period.month:
            after = [Date(year, period.month % 12 + 1, 1)]
        elif part == "late" and year:
            after = [Date(year + 1, 1, 1)]
        return (timex(Date(year, period.month)), *map(timex, after))
    if part in ("decade", "century") and year is not None:
        first, length = (year, 10) if part == "decade" else (100 * (year - 1), 100)
        return f"{first:04}-01-01", f"{first + length:04}-01-01"
    months = {"Q": 3, "H": 6}.get(part[0], 0)
    if not months or not part[1:].isdigit():
        return ()
    first = months * (int(part[1:]) - 1)
    ends = [(year, first + 1), (year if first + months < 12 or year is None else year + 1, (first + months) % 12 + 1)]
    return tuple(timex(Date(y, month, 1)) for y, month in ends)


def rounded(number: Fraction) -> str:
    """Nine significant figures: specs write a third as 0.333333333333333."""
    return f"{float(number):.9g}"


def timex(value: Value) -> str:
    """The value as TIMEX3 writes dates, times and lengths of time."""
    if isinstance(value, Date):
        year = f"{value.year:04}" if value.year is not None else "XXXX"
        month = f"-{value.month:02}" if value.month else ""
        return year + month + (f"-{value.day:02}" if value.day else "")
    if isinstance(value, Time):
        return f"T{value.hour:02}:{value.minute:02}" + (f":{value.second:02}" if value.second else "")
    if isinstance(value, Duration) and value.unit in UNITS:
        length = float(Fraction(value.amount.exact) / value.amount.over)
        return ("PT" if value.unit in ("h", "min", "s") else "P") + f"{length:.9g}{UNITS[value.unit]}"
    return identity(value)


def report(rows: Iterable[Row], verbose: bool) -> None:
    """Score the rows and print a table by language and kind, the rows left out by reason and, if asked, what is missed."""
    apart: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    table: dict[str, list[int]] = {}
    for row in rows:
        counts = table.setdefault(f"{row.lang} {row.kind}", [0, 0, 0, 0])
        counts[0] += 1
        found, exact = answer(row)
        whole += Counter(rows=1, found=int(found), exact=int(exact))
        if row.reason:
            apart[row.reason] += 1
            continue
        counts[1] += 1
        counts[2] += found
        counts[3] += exact
        if verbose and not exact:
            print(
                "   ", row.lang, row.kind, repr(row.text[row.start : row.end]), [sorted(n) for n in row.needs], "|", row.text[:60]
            )
    print(HEAD)
    for name, counts in table.items():
        print(line(name, counts))
    print(line("all", [sum(column) for column in zip(*table.values(), strict=True)]))
    print(line("nothing left out", (whole["rows"], whole["rows"], whole["found"], whole["exact"])))
    for why, count in apart.most_common():
        print(f"{count:5} left out: {why}")


def line(name: str, counts: Iterable[int]) -> str:
    """A line of a table: rows, those that apply, found and exact with their shares."""
    rows, apply, found, exact = counts
    return f"{name:26}{rows:6}{apply:7}{found:7}{exact:7}{found / max(1, apply):8.1%}{exact / max(1, apply):8.1%}"


HEAD = f"{'':26}{'rows':>6}{'apply':>7}{'found':>7}{'exact':>7}{'found':>8}{'exact':>8}"
