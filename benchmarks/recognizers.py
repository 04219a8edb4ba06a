"""Other people's tests: the French and English specs of microsoft/Recognizers-Text against this recogniser.

    python benchmarks/recognizers.py SPECS [-v]

SPECS is the folder `Specs` of a checkout of github.com/microsoft/Recognizers-Text; none of it is kept here. A row of a
spec is one expected result. It is found when one of our mentions overlaps it, exact when the value is the same. Rows
that ask for something this project leaves alone on purpose are counted apart, under the reason.
"""

import json
import re
import sys
from collections import Counter
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from pipeline.annotate.values import DateOrder, recognise
from pipeline.model import Lang, Mention, Value
from pipeline.values import identity
from pipeline.values.types import Date, Duration, Money, Number, Ordinal, Percent, Quantity, Range, Time

MODELS = {
    "Number/{}/NumberModel": "numbers", "Number/{}/OrdinalModel": "ordinals", "Number/{}/PercentModel": "percent",
    "NumberWithUnit/{}/CurrencyModel": "money", "NumberWithUnit/{}/DimensionModel": "units",
    "NumberWithUnit/{}/TemperatureModel": "temperatures", "NumberWithUnit/{}/AgeModel": "ages",
    "DateTime/{}/DateTimeModel": "dates and times",
}  # fmt: skip
TIMEX = re.compile(r"(?:\d{4}|XXXX)(?:-\d\d(?:-\d\d)?)?|T\d\d(?::\d\d)?|P\d+[YMWD]|PT\d+[HMS]")
UNITS = {"a": "Y", "mo": "M", "wk": "W", "d": "D", "h": "H", "min": "M", "s": "S"}
REASONS = {
    "relative or vague (next week, tonight, last, XXXX): nothing is resolved against a date": re.compile(
        r"(?i)\b(?:next|last|this|previous|current|today|tomorrow|yesterday|prochaine?|derni\w+|cette?|ce|hier|demain|"
        r"aujourd|avant-hier|après-demain|antepenultimate|penultimate|avant|suivant\w*)\b"
    ),
    "a lone one, un, a: an article or a pronoun": re.compile(r"(?i)^(?:one|une?|a|an)$"),
    "imperial and local units, which no table has": re.compile(
        r"(?i)\b(?:inch\w*|mi(?:les?)?|lbs?|pounds?|f(?:ee|oo)t|ft|yards?|gallons?|acres?|ounces?|pints?|pouces?|onces?|tonneaux|livres)\b"
    ),
    "lakh, crore, dozens, powers, decimals in words, k and m without a currency": re.compile(
        r"(?i)lakh|crore|douzaine|dozen|n[ao]ught|point|virgule|\^|\d ?(?:k|m|b|mm|t)$|hundred|^-?,|^\.\d|[½⅔⅙]|négati|minus|moins"
    ),
    "fractions in words beyond tenths, dozens, mixed numbers": re.compile(
        r"(?i)(?:\bsur\b|\bover\b|ièmes?|iemes?|\bdemie?s?\b|\d \d+/\d|dozen|douzaine|ths?\b|\bhal(?:f|ves)\b|quarter|third|score)"
    ),
}


def number(value: Value) -> Fraction | None:
    """What the value amounts to, as a fraction; None for what is no amount."""
    if isinstance(value, Ordinal):
        return Fraction(value.number)
    if isinstance(value, Number | Percent | Money | Quantity | Duration):
        return Fraction(value.amount.exact) / value.amount.over
    if isinstance(value, Date) and value.year is not None and value.month is None:
        return Fraction(value.year)
    return None


def timex(value: Value) -> str:
    """The value as the specs write dates, times and lengths of time."""
    if isinstance(value, Date):
        year = f"{value.year:04}" if value.year is not None else "XXXX"
        month = f"-{value.month:02}" if value.month else ""
        return year + month + (f"-{value.day:02}" if value.day else "")
    if isinstance(value, Time):
        return f"T{value.hour:02}:{value.minute:02}"
    if isinstance(value, Duration) and value.unit in UNITS and value.one != "hour or":
        return ("PT" if value.unit in ("h", "min", "s") else "P") + f"{value.amount.exact:f}{UNITS[value.unit]}"
    return identity(value)


def agrees(mention: Mention, resolution: dict, text: str) -> bool:
    """Whether the mention has the value that the row asks for."""
    values = resolution.get("values")
    for value in (mention.value.low, mention.value.high) if isinstance(mention.value, Range) else (mention.value,):
        if values:
            wanted = {re.sub(r"^(T\d\d)$", r"\1:00", v.get("timex", "")) for v in values}
            if timex(value) in wanted:
                return True
            continue
        written = str(resolution.get("value", resolution.get("offset", ""))).rstrip("%").replace(",", ".")
        try:
            wanted_number = Fraction(Decimal(written))
        except (InvalidOperation, ValueError):
            continue
        ours = number(value)
        if ours is not None and abs(ours - wanted_number) <= abs(wanted_number) / 10**9:
            return True
    return False


def reason(kind: str, result: dict) -> str:
    """Why a row does not apply to this project; "" when it does."""
    text, resolution = result["Text"], result.get("Resolution") or {}
    if kind == "dates and times":
        values = resolution.get("values", [{}])
        if any(v.get("type") == "set" or v.get("value") == "not resolved" for v in values):
            return "dates: sets (every day), days that do not exist"
        if any(re.match(r"\d{4}", v.get("timex", "")) for v in values) and not re.search(
            r"\d{4}|/\d\d$|\.\d\d$|-\d\d$|'\d\d", text
        ):
            return "relative or vague (next week, tonight, last, XXXX): nothing is resolved against a date"
        if not all(TIMEX.fullmatch(v.get("timex", "")) for v in values):
            return "dates: a timex that is relative, a set, or a combination (date and time are two values here)"
        if any(v.get("Mod") or v.get("mod") for v in values):
            return "dates: with before, after, since, which belong to the sentence here"
    elif str(resolution.get("value", "")) in ("", "None", "null"):
        return "no value to compare"
    for why, pattern in REASONS.items():
        if pattern.search(text):
            return why
    return ""


def main() -> None:
    """Score every model in both languages and print the table, the reasons and, with -v, what is missed."""
    folder, verbose = Path(sys.argv[1]), "-v" in sys.argv
    apart: Counter[str] = Counter()
    print(f"{'':24}{'rows':>6}{'apply':>7}{'found':>7}{'exact':>7}{'recall':>8}{'value':>8}")
    sums = [0, 0, 0, 0]
    for language, lang in (("French", Lang.FR), ("English", Lang.EN)):
        for model, kind in MODELS.items():
            counts = [0, 0, 0, 0]
            for case in json.loads((folder / f"{model.format(language)}.json").read_text("utf-8-sig")):
                text = case["Input"]
                mentions = recognise(text, lang, DateOrder.DAY_FIRST if lang is Lang.FR else DateOrder.MONTH_FIRST)
                for result in case.get("Results", []):
                    counts[0] += 1
                    why = reason(kind, result)
                    if why:
                        apart[why] += 1
                        continue
                    start = result.get("Start", -1)
                    if text[max(0, start) :][: len(result["Text"])].lower() != result["Text"].lower():
                        start = text.lower().find(result["Text"].lower())
                    touching = [m for m in mentions if m.span.start < start + len(result["Text"]) and start < m.span.end]
                    exact = any(agrees(m, result.get("Resolution") or {}, text) for m in touching)
                    counts[1] += 1
                    counts[2] += bool(touching)
                    counts[3] += exact
                    if verbose and not exact:
                        print(
                            "   ",
                            kind,
                            repr(result["Text"]),
                            result.get("Resolution"),
                            "| got",
                            [timex(m.value) for m in touching],
                            "|",
                            text[:70],
                        )
            print(f"{language + ' ' + kind:24}" + line(counts))
            sums = [a + b for a, b in zip(sums, counts, strict=True)]
    print(f"{'all':24}" + line(sums))
    for why, count in apart.most_common():
        print(f"{count:5} left out: {why}")


def line(counts: list[int]) -> str:
    """Counts and the two shares of the rows that apply."""
    rows, apply, found, exact = counts
    return f"{rows:6}{apply:7}{found:7}{exact:7}{found / max(1, apply):8.1%}{exact / max(1, apply):8.1%}"


if __name__ == "__main__":
    main()
