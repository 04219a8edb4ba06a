"""What limits an amount from the left: `environ`, `about`, `<`, `±`; and the ages of people."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from pipeline.annotate.values.source import Found, Source
from pipeline.annotate.values.tables import SPACE, alternation, rows, words_of
from pipeline.model import Value
from pipeline.values.types import Bound, Duration, Money, Number, Percent, Quantity, Range

MARKS = ("<", ">", "=", "≤", "≥", "±", "~", "≈", "/-", "/−")
SIGN_BEFORE = re.compile(
    r"(?<![^\s(\[|:;,/=«\"±+-])(?P<sign><=|>=|\+/-|\+/−|[≤≥±~≈<>])[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]?$"
)
AGES = {"moins de": (Bound.LESS, "under"), "plus de": (Bound.MORE, "over"), "au moins": (Bound.AT_LEAST, "at least")}
BOUNDS = {
    "<": Bound.LESS, ">": Bound.MORE, "≤": Bound.AT_MOST, "<=": Bound.AT_MOST, "≥": Bound.AT_LEAST, ">=": Bound.AT_LEAST,
    "±": Bound.PLUS_MINUS, "+/-": Bound.PLUS_MINUS, "+/−": Bound.PLUS_MINUS, "~": Bound.ABOUT, "≈": Bound.ABOUT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hedge:
    """A phrase before an amount (`plus de`), what it makes of it, and how English says it.

    `least` is the smallest plain number that it limits ("près de 2 usines" is a place); `fraction` says that it goes
    before fractions only ("plus des deux tiers").
    """

    bound: Bound
    english: str
    least: int
    fraction: bool


@cache
def _phrases(lang: str) -> tuple[dict[str, Hedge], re.Pattern[str], tuple[str, ...]]:
    """`data/hedges.tsv`: the phrases of a language, a pattern for one before an amount, and what such a text ends with."""
    table = {
        row["phrase"]: Hedge(
            Bound(row["bound"]), row["english"], int(row["least"]) if row["least"].isdigit() else 0, row["least"] == "fraction"
        )
        for row in rows("hedges")
        if row["lang"] == lang
    }
    close = alternation(p for p in table if p.endswith("'"))
    apart = alternation(p for p in table if not p.endswith("'"))
    either = rf"{apart}(?={SPACE})|{close}" if close else apart
    return table, re.compile(rf"(?<![\w'-])(?:d')?(?P<phrase>{either}){SPACE}?$"), (*MARKS, *table)


def hedged(src: Source, found: Found, floor: int) -> Found:
    """With the sign or phrase before it that limits it: `< 5 %`, `± 0,5`, `plus de 1,5 %`, `about 100`; `aged 34`."""
    value = found.value.low if isinstance(found.value, Range) else found.value
    if isinstance(found.value, Range) and found.value.form in ("from", "between"):
        return found
    if isinstance(value, Duration) and value.unit == "a" and src.lang == "fr":
        if not isinstance(found.value, Range) and (aged := _aged(src, found, value)):
            return aged
        if aged := _of_age(src, found, value, floor):
            return aged
    if src.lang == "en" and isinstance(found.value, Number) and (aged := _aged_number(src, found, found.value)):
        return aged
    if not isinstance(value, Number | Percent | Money | Quantity | Duration) or value.amount.bound is not Bound.EXACT:
        return found
    table, pattern, ends = _phrases(src.lang)
    left = src.left(found.start)
    if not left.rstrip().endswith(ends):
        return found
    if match := SIGN_BEFORE.search(left):
        start, sign = found.start - len(left) + match.start(), match["sign"]
        if start < floor or (sign in "<>" and left[: match.start()][-1:] in ("-", "=", "<", ">")):
            return found
        return Found(start, found.end, _bounded(found.value, BOUNDS[sign], ""))
    if not (match := pattern.search(left)):
        return found
    start, hedge = found.start - len(left) + match.start("phrase"), table[match["phrase"]]
    return (
        Found(start, found.end, _bounded(found.value, hedge.bound, hedge.english))
        if start >= floor and _limits(hedge, value, found)
        else found
    )


def _limits(hedge: Hedge, value: Number | Percent | Money | Quantity | Duration, found: Found) -> bool:
    """Whether the phrase says something of the amount: of a range only "about" does, of fractions only "plus des"."""
    if isinstance(found.value, Range) and hedge.bound is not Bound.ABOUT:
        return False
    if hedge.fraction:
        return value.amount.over > 1
    return not isinstance(value, Number) or value.amount.over > 1 or abs(value.amount.exact) >= hedge.least


def _bounded(value: Value, bound: Bound, hedge: str) -> Value:
    low = value.low if isinstance(value, Range) else value
    amount = low.amount.limited(bound, hedge)  # type: ignore[attr-defined]
    limited = Number(amount) if isinstance(low, Number) else replace(low, amount=amount)  # type: ignore[call-arg]
    return replace(value, low=limited) if isinstance(value, Range) else limited


def _aged(src: Source, found: Found, value: Duration) -> Found | None:
    """`Lucie, 34 ans, …`: the age of a person in apposition."""
    if src.lang != "fr" or value.unit != "a" or value.amount.words or not re.search(r"\w, $", src.left(found.start)):
        return None
    return Found(found.start, found.end, replace(value, age=True)) if src.text[found.end : found.end + 1] in (",", ")") else None


@cache
def _age_of() -> re.Pattern[str]:
    persons = alternation(words_of("person"))
    return re.compile(rf"(?<!\w)(?P<person>{persons}) de (?:l'âge de |(?P<bound>au moins|moins de|plus de) )?$")


def _of_age(src: Source, found: Found, value: Duration, floor: int) -> Found | None:
    """`un patient de 58 ans`, `âgée de 34 ans`, `des sujets de 18 à 65 ans`: `de` belongs to the age, `âgé` as well."""
    left = src.left(found.start, 40)
    match = _age_of().search(left)
    if match is None or value.amount.over != 1:
        return None
    at = found.start - len(left) + (match.start() if match["person"].startswith("âgé") else match.end("person") + 1)
    if at < floor:
        return None
    old = replace(value, age=True)
    if match["bound"] and not isinstance(found.value, Range):
        bound, english = AGES[match["bound"]]
        return Found(at, found.end, _bounded(old, bound, english))
    return Found(at, found.end, replace(found.value, low=old) if isinstance(found.value, Range) else old)


def _aged_number(src: Source, found: Found, value: Number) -> Found | None:
    """English `aged 34` before a mark or the end."""
    if (
        not src.left(found.start).endswith("aged ")
        or not re.match(r"[,.;)]|$", src.text[found.end : found.end + 1])
        or value.amount.over != 1
    ):
        return None
    return Found(found.start - 5, found.end, Duration(value.amount, "a", "year", "years", age=True))
