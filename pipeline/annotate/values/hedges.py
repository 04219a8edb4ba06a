"""What limits an amount from the left: `environ`, `about`, `<`, `±`; and the ages of people."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from pipeline.annotate.values.source import Found, Source
from pipeline.annotate.values.tables import alternation, words_of
from pipeline.values.types import Bound, Duration, Money, Number, Percent, Quantity, Range

HEDGE = {
    "fr": re.compile(r"(?<!\w)(?:environ|approximativement|à peu près|quelque|env\.)[ \N{NO-BREAK SPACE}]$"),
    "en": re.compile(r"(?<!\w)(?P<word>about|approximately|roughly|around|some) $"),
}
MARKS = ("<", ">", "=", "≤", "≥", "±", "~", "≈", "/-", "/−")
ENDS = {
    "fr": (*MARKS, "environ", "approximativement", "près", "quelque", "env."),
    "en": (*MARKS, "about", "approximately", "roughly", "around", "some"),
}
SIGN_BEFORE = re.compile(
    r"(?<![^\s(\[|:;,/=«\"±+-])(?P<sign><=|>=|\+/-|\+/−|[≤≥±~≈<>])[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]?$"
)
BOUNDS = {
    "<": Bound.LESS, ">": Bound.MORE, "≤": Bound.AT_MOST, "<=": Bound.AT_MOST, "≥": Bound.AT_LEAST, ">=": Bound.AT_LEAST,
    "±": Bound.PLUS_MINUS, "+/-": Bound.PLUS_MINUS, "+/−": Bound.PLUS_MINUS, "~": Bound.ABOUT, "≈": Bound.ABOUT,
}  # fmt: skip


def hedged(src: Source, found: Found, floor: int) -> Found:
    """With the sign or word before it that limits it: `< 5 %`, `± 0,5`, `environ 1,5 %`, `about 100`; `aged 34`."""
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
    left = src.left(found.start)
    if not left.rstrip().endswith(ENDS[src.lang]):
        return found
    match = SIGN_BEFORE.search(left) or HEDGE[src.lang].search(left)
    if match is None:
        return found
    start = found.start - (len(left) - match.start())
    words = match.groupdict()
    sign = words.get("sign")
    if start < floor or (sign and sign in "<>" and left[: match.start()][-1:] in ("-", "=", "<", ">")):
        return found
    amount = replace(value.amount, bound=BOUNDS[sign] if sign else Bound.ABOUT, hedge=words.get("word") or "about")
    bounded = replace(value, amount=amount)
    return Found(start, found.end, replace(found.value, low=bounded) if isinstance(found.value, Range) else bounded)


def _aged(src: Source, found: Found, value: Duration) -> Found | None:
    """`Lucie, 34 ans, …`: the age of a person in apposition."""
    if src.lang != "fr" or value.unit != "a" or value.amount.words or not re.search(r"\w, $", src.left(found.start)):
        return None
    return Found(found.start, found.end, replace(value, age=True)) if src.text[found.end : found.end + 1] in (",", ")") else None


@cache
def _age_of() -> re.Pattern[str]:
    persons = alternation(words_of("person"))
    return re.compile(rf"(?<!\w)(?P<person>{persons}) de (?:l'âge de )?$")


def _of_age(src: Source, found: Found, value: Duration, floor: int) -> Found | None:
    """`un patient de 58 ans`, `âgée de 34 ans`, `des sujets de 18 à 65 ans`: `de` belongs to the age, `âgé` as well."""
    left = src.left(found.start, 32)
    match = _age_of().search(left)
    if match is None or value.amount.over != 1:
        return None
    at = found.start - len(left) + (match.start() if match["person"].startswith("âgé") else match.end("person") + 1)
    if at < floor:
        return None
    old = replace(value, age=True)
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
