"""Values: the case tables, how they are written, what the record says, how a document's dates are read."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.annotate.values import DateOrder, date_order, infer, recognise, stated_date
from pipeline.annotate.values.tables import months, rows
from pipeline.model import Lang, Value
from pipeline.values import identity, render, to_record
from pipeline.values.types import Amount, Bound, Date, Duration, Money, Number, Percent, Period, Quantity, Range, Time
from pipeline.values.verbatim import Name, Verbatim
from tests.casefile import CASES, cases

TABLES = [f"annotate/{path.stem}" for path in sorted(Path(CASES / "annotate").glob("*.??.tsv"))]
ROWS = [row for table in TABLES for row in cases(table)]
EURO = Money(Amount(Decimal("350000")), "EUR")


@pytest.mark.parametrize("row", ROWS)
def test_case(row):
    text = row["text"]
    found = recognise(text, Lang(row["lang"]), DateOrder.DAY_FIRST)
    assert " ; ".join(m.span.of(text) for m in found) == row["surface"]
    assert " ; ".join(m.kind for m in found) == row["kind"]
    assert " ; ".join(render(m.value) for m in found) == row["canonical"]
    assert " ; ".join(identity(m.value) for m in found) == row["identity"]


def test_the_tables_hold_what_they_promise():
    assert len(ROWS) >= 400
    assert sum(not p.values[0]["surface"] for p in ROWS) >= len(ROWS) / 4


@pytest.mark.parametrize(
    ("value", "english"),
    [
        (EURO, "€350,000"),
        (Money(Amount(Decimal("12.30")), "EUR"), "€12.30"),
        (Money(Amount(Decimal("-4.49"), scale=6), "EUR"), "−€4.49 million"),
        (Money(Amount(Decimal(20), scale=6), "CHF"), "CHF 20 million"),
        (Number(Amount(Decimal(12), words=True)), "twelve"),
        (Number(Amount(Decimal(13), words=True)), "13"),
        (Number(Amount(Decimal(100), bound=Bound.ABOUT)), "about 100"),
        (Number(Amount(Decimal(1), over=3, words=True)), "one third"),
        (Percent(Amount(Decimal("99"), bound=Bound.AT_LEAST)), "≥ 99%"),
        (Percent(Amount(Decimal("-1.2")), "points"), "−1.2 points"),
        (Quantity(Amount(Decimal(10000)), "m2", "m²", "m²"), "10,000 m²"),
        (Quantity(Amount(Decimal("2"), power=6), "{cells}/kg", "cells/kg", "cells/kg"), "2 × 10⁶ cells/kg"),
        (Duration(Amount(Decimal(1), words=True), "a", "year", "years"), "one year"),
        (Duration(Amount(Decimal("1.5")), "a", "year", "years"), "1.5 years"),
        (Date(2023, 12, 1, weekday=5), "Friday 1 December 2023"),
        (Date(None, 2), "February"),
        (Period("Q3", 2024), "Q3 2024"),
        (Period("Q3", 2024, form="words"), "third quarter of 2024"),
        (Period("late", 2024, form="the"), "the end of 2024"),
        (Period("fiscal", 2022, to_year=2023), "financial year 2022–2023"),
        (Time(5, 15), "5:15"),
        (Range(EURO, replace(EURO, amount=Amount(Decimal(400000))), "between"), "between €350,000 and €400,000"),
        (Range(Date(2024, 10, 7), Date(2024, 10, 11), "from"), "from 7 to 11 October 2024"),
        (Range(Date(2023, 12, 28), Date(2024, 1, 3)), "28 December 2023 to 3 January 2024"),
        (Verbatim("article L. 5124-1", "law", "Article L. 5124-1"), "Article L. 5124-1"),
        (Verbatim("CAR-T", "code"), "CAR-T"),
        (Name("Les Ulis"), "Les Ulis"),
    ],
)
def test_house_style(value, english):
    assert render(value) == english


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        (Date(2023, 12, 1), "2023-12-01"),
        (Date(2023, 12), "2023-12"),
        (Date(2023), "2023"),
        (Date(None, 12, 1), "1 December"),
        (Range(Date(2024, 10, 7), Date(2024, 10, 11), "from"), "from 2024-10-07 to 2024-10-11"),
        (Period("Q3", 2024), "Q3 2024"),
    ],
)
def test_iso_dates_only_where_the_year_is_known(value, iso):
    assert render(value, dates="iso") == iso


def test_identity_ignores_the_writing_and_nothing_else():
    assert identity(Money(Amount(Decimal("0.35"), scale=6), "EUR")) == identity(EURO) == "money:350000:EUR"
    assert identity(Number(Amount(Decimal("1.50")))) == identity(Number(Amount(Decimal("1.5"))))
    assert identity(Number(Amount(Decimal(3), words=True))) == identity(Number(Amount(Decimal(3))))
    assert identity(Money(EURO.amount, "USD")) != identity(EURO)
    assert identity(Number(Amount(Decimal(5), bound=Bound.LESS))) != identity(Number(Amount(Decimal(5))))
    assert identity(Number(Amount(Decimal("0.350")))) != identity(Number(Amount(Decimal(350))))


def test_record_is_plain_data_with_codes():
    assert to_record(Date(2023, 12))["edtf"] == "2023-12"
    assert to_record(Date(None, 10, 7))["edtf"] == "--10-07"
    assert to_record(Period("Q3", 2023))["edtf"] == "2023-Q3"
    assert to_record(Quantity(Amount(Decimal("1.50")), "m2", "m²", "m²"))["unit"] == "m2"
    assert to_record(Number(Amount(Decimal("1.50"))))["written"] == "1.50"
    assert to_record(Number(Amount(Decimal(100), bound=Bound.ABOUT)))["bound"] == "~"
    low = to_record(Range(EURO, EURO))["low"]
    assert isinstance(low, dict) and low["currency"] == "EUR"


def test_an_unknown_type_of_value_is_refused():
    for what in (render, identity, to_record):
        with pytest.raises(TypeError):
            what(Value())


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        ([("Due 06/03/2024 and 24/11/2025.", Lang.EN)], DateOrder.DAY_FIRST),
        ([("Due 06/03/2024 and 11/24/2025.", Lang.EN)], DateOrder.MONTH_FIRST),
        ([("Due 24/11/2024 and 11/24/2025.", Lang.EN)], DateOrder.UNKNOWN),
        ([("Due 06/03/2024, cost £5m.", Lang.EN)], DateOrder.DAY_FIRST),
        ([("Due 06/03/2024, signed March 3, 2024.", Lang.EN)], DateOrder.MONTH_FIRST),
        ([("Due 06/03/2024, signed 3 March 2024.", Lang.EN)], DateOrder.DAY_FIRST),
        ([("Due 06/03/2024.", Lang.EN)], DateOrder.UNKNOWN),
        ([("Le site.", Lang.FR), ("Due 06/03/2024.", Lang.EN)], DateOrder.DAY_FIRST),
        ([], DateOrder.UNKNOWN),
    ],
)
def test_date_order(texts, order):
    assert date_order(texts) is order


@pytest.mark.parametrize(
    ("order", "day", "ambiguous"),
    [(DateOrder.DAY_FIRST, 6, False), (DateOrder.MONTH_FIRST, 3, False), (DateOrder.UNKNOWN, 6, True)],
)
def test_an_undecided_date_says_so(order, day, ambiguous):
    (mention,) = recognise("Due 06/03/2024.", Lang.EN, order)
    assert isinstance(mention.value, Date)
    assert (mention.value.day, mention.value.ambiguous) == (day, ambiguous)


@pytest.mark.parametrize(
    ("blocks", "basis"),
    [
        (["Orvelle ouvre une usine", "Lyon, le 4 décembre 2023 – Orvelle ouvre ce jour une usine."], "4 décembre 2023"),
        (["12 mars 2024", "Publié le 14 mars 2024 à 9 h"], "14 mars 2024"),
        (["L'usine a ouvert le 4 décembre 2023 à Lyon."], None),
        (["Lyon, décembre 2023 – Orvelle ouvre une usine."], None),
        ([], None),
    ],
)
def test_the_date_that_a_document_states_as_its_own(blocks, basis):
    stated = stated_date((text, recognise(text, Lang.FR)) for text in blocks)
    assert (stated.basis if stated else None) == basis


@pytest.mark.parametrize(
    ("text", "lang", "edtf"),
    [
        ("Annoncé hier.", "fr", "2023-12-03"),
        ("Au mois de février dernier.", "fr", "2023-02"),
        ("En décembre dernier.", "fr", "2022-12"),
        ("Le mois prochain.", "fr", "2024-01"),
        ("L'an dernier.", "fr", "2022"),
        ("La semaine dernière.", "fr", "2023-W48"),
        ("L'été dernier.", "fr", "2023-22"),
        ("Lundi dernier.", "fr", "2023-11-27"),
        ("Vendredi prochain.", "fr", "2023-12-08"),
        ("Ce vendredi 1er décembre.", "fr", "2023-12-01"),
        ("Le vendredi 2 décembre.", "fr", "2022-12-02"),
        ("Le 1er décembre.", "fr", ""),
        ("Le mercredi 30 février.", "fr", ""),
        ("Le 3 mars 2022.", "fr", ""),
        ("It opened last February.", "en", "2023-02"),
        ("It opens next Monday.", "en", "2023-12-11"),
        ("Due next year.", "en", "2024"),
    ],
)
def test_relative_dates_come_to_what_the_document_date_says(text, lang, edtf):
    (stated,) = [stated_date([("Publié le 4 décembre 2023", recognise("Publié le 4 décembre 2023", Lang.FR))])]
    assert stated
    told = [to_record(m.value).get("inferred") for m in infer(recognise(text, Lang(lang)), stated)]
    assert [t for t in told if t] == ([{"edtf": edtf, "basis": "4 décembre 2023"}] if edtf else [])


def test_french_is_day_first_whatever_the_order():
    (mention,) = recognise("le 06/03/2024", Lang.FR, DateOrder.MONTH_FIRST)
    assert identity(mention.value) == "date:2024-03-06"


def test_a_doubtful_group_mark_is_marked():
    (mention,) = recognise("Il y a 1.234 sites.", Lang.FR, DateOrder.DAY_FIRST)
    assert isinstance(mention.value, Number)
    assert mention.value.amount.ambiguous


def test_month_names_are_those_of_cldr():
    from babel import Locale

    for lang in ("fr", "en"):
        names = Locale(lang).months["format"]["wide"]
        assert {name.lower(): number for number, name in names.items()}.items() <= months(lang, short=False).items()


def test_every_row_of_the_tables_is_used_once():
    signs = [sign for row in rows("units") for sign in row["symbols"].split("|") if sign]
    assert len(signs) == len(set(signs))
