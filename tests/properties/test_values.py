"""Laws of values: what is rendered is recognised as the same value; recognition is exclusive, ordered, total, linear."""

import random
from datetime import date
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.annotate.values import DateOrder, date_order, recognise
from pipeline.model import Lang
from pipeline.values import identity, render, to_record
from pipeline.values.types import Amount, Date, Duration, Money, Number, Ordinal, Percent, Period, Quantity, Range, Time
from tests.growth import growth

DECIMALS = st.builds(lambda n, places: Decimal(n).scaleb(-places), st.integers(0, 999_999), st.integers(0, 3))
YEARS = st.integers(1900, 2099)
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
SIGNED = st.builds(lambda d, negative: -d if negative and d else d, DECIMALS, st.booleans())
AMOUNTS = st.builds(Amount, SIGNED) | st.builds(Amount, DECIMALS.filter(lambda d: 0 < d < 1000), st.sampled_from([6, 9]))
WORDS = st.builds(lambda n: Amount(Decimal(n), words=True), st.integers(2, 12))
UNITS = st.sampled_from(
    [("m2", "m²", "m²"), ("kg", "kg", "kg"), ("L", "litre", "litres"), ("Cel", "°C", "°C"), ("mL", "mL", "mL"), ("um", "µm", "µm")]
)
SPANS = st.sampled_from(
    [("a", "year", "years"), ("mo", "month", "months"), ("d", "day", "days"), ("h", "hour", "hours"), ("min", "minute", "minutes")]
)
DATES = st.one_of(
    DAYS.map(lambda d: Date(d.year, d.month, d.day)),
    DAYS.map(lambda d: Date(None, d.month, d.day)).filter(lambda d: d.day != 29 or d.month != 2),
    st.builds(Date, YEARS, st.integers(1, 12)),
    st.builds(Date, YEARS),
)
PERIODS = st.one_of(
    st.builds(
        lambda p, y, w: Period(p, y, form=w),
        st.sampled_from(["Q1", "Q2", "Q3", "Q4", "H1", "H2"]),
        YEARS,
        st.sampled_from(["", "words"]),
    ),
    st.builds(Period, st.sampled_from(["spring", "summer", "autumn", "winter", "during", "mid", "fiscal"]), YEARS),
    st.builds(
        lambda p, y, m, f: Period(p, y, m, form=f),
        st.sampled_from(["early", "late"]),
        YEARS,
        st.none() | st.integers(1, 12),
        st.sampled_from(["", "of", "the"]),
    ),
    st.builds(lambda y: Period("decade", y // 10 * 10), YEARS),
    st.builds(lambda n: Period("century", n), st.integers(13, 21)),
)
VALUES = st.one_of(
    st.builds(Percent, AMOUNTS.filter(lambda a: not a.scale)),
    st.builds(Money, AMOUNTS, st.sampled_from(["EUR", "USD", "GBP", "CHF", "SEK", "JPY"])),
    st.builds(lambda a, u: Quantity(a, *u), st.builds(Amount, SIGNED), UNITS),
    st.builds(lambda a, u: Duration(a, *u), WORDS | st.builds(Amount, DECIMALS), SPANS),
    st.builds(Number, WORDS),
    DATES,
    PERIODS,
    st.builds(Time, st.integers(0, 23), st.integers(0, 59)),
    st.builds(Ordinal, st.integers(1, 199)),
)
TOKENS = """
0 1 7 12 24 91 100 000 2023 2024 , . - – − / : % € £ $ m² mai mars March May le de à et entre du au 1er premier second
un une deux cent mille million d'euros k€ Md€ h trimestre semestre fin about ± < CAR- B1 n° ( )
"""
TEXTS = st.lists(
    st.sampled_from([*TOKENS.split(), "\n", " ", " ", " ", "\N{NO-BREAK SPACE}", "İ", "ǆ", "'"]),
    max_size=40,
).map("".join)


@given(VALUES)
@example(Money(Amount(Decimal("-4.49"), scale=6), "EUR"))
def test_what_is_rendered_is_recognised_as_the_same_value(value):
    text = f"It was {render(value)}, they said."
    found = recognise(text, Lang.EN, DateOrder.DAY_FIRST)
    assert [identity(m.value) for m in found] == [identity(value)], (text, found)


@given(DAYS.map(lambda d: Date(d.year, d.month, d.day)))
def test_iso_dates_too(value):
    found = recognise(f"on {render(value, dates='iso')}.", Lang.EN, DateOrder.UNKNOWN)
    assert [identity(m.value) for m in found] == [identity(value)]


@given(
    st.integers(1, 500), st.integers(1, 500), st.sampled_from(["to", "from", "between"]), st.sampled_from(["%", "€", "°C", "years"])
)
def test_ranges_survive_rendering(low, more, form, what):
    ends = [Amount(Decimal(low)), Amount(Decimal(low + more))]
    make = {
        "%": Percent,
        "€": lambda a: Money(a, "EUR"),
        "°C": lambda a: Quantity(a, "Cel", "°C", "°C"),
        "years": lambda a: Duration(a, "a", "year", "years"),
    }[what]
    value = Range(make(ends[0]), make(ends[1]), form)
    found = recognise(f"It went {render(value)}.", Lang.EN, DateOrder.DAY_FIRST)
    assert [identity(m.value) for m in found] == [identity(value)]


@given(TEXTS, st.sampled_from([Lang.FR, Lang.EN]), st.sampled_from(list(DateOrder)))
def test_mentions_are_ordered_and_exclusive_and_can_be_written(text, lang, order):
    last = 0
    for mention in recognise(text, lang, order):
        assert last <= mention.span.start < mention.span.end <= len(text)
        assert mention.span.of(text).strip() == mention.span.of(text)
        assert render(mention.value) and identity(mention.value) and to_record(mention.value)["kind"] == mention.kind
        last = mention.span.end


@given(TEXTS)
def test_other_languages_are_left_alone(text):
    assert recognise(text, Lang.OTHER) == recognise(text, Lang.UNKNOWN) == []


@given(st.lists(st.tuples(TEXTS, st.sampled_from(list(Lang)))))
@settings(max_examples=30)
def test_the_order_of_dates_is_settled_or_unknown(texts):
    assert date_order(texts) in set(DateOrder)


def test_linear_on_any_input():
    noise = [
        "dernier hier ",
        "en mars dernier ",
        "deux virgule trois et un quart ",
        "15 euros 50 ",
        "vingt-deuxième ",
        "2 1/4 ",
        "1",
        "1 ",
        "12 345 ",
        "1.",
        "1,",
        "-1",
        "mars ",
        "deux ",
        "cent ",
        "deux à ",
        "1 à ",
        "1-",
        "de 1 à ",
        "99 99 99 ",
        "fin ",
        "un million ",
        "²",
        "1/",
    ]
    for lang in (Lang.FR, Lang.EN):
        for unit in noise:
            assert growth(lambda text, lang=lang: recognise(text, lang, DateOrder.DAY_FIRST), unit, 1_500) < 40, (lang, unit)


def test_linear_on_noise_of_digits_spaces_and_months():
    """The same at a megabyte was run by hand: 1 MB in eight times the time of 125 kB."""
    rng = random.Random(7)
    words = {
        Lang.FR: ["janvier", "mars", "de", "à", "et", "deux", "cent", "mille", "euros", "%", "ans", "h", "fin", "entre", "°C"],
        Lang.EN: ["March", "May", "of", "to", "and", "two", "hundred", "from", "between", "%", "years", "$", "about", "pm"],
    }
    for lang, known in words.items():
        pieces = [
            rng.choice([str(rng.randint(0, 10 ** rng.randint(1, 12))), rng.choice(known), " ", ".", "-", "/"]) for _ in range(1_100)
        ]
        noise = " ".join(pieces)
        assert growth(lambda text, lang=lang: recognise(text, lang, DateOrder.DAY_FIRST), noise, len(noise)) < 40, lang
