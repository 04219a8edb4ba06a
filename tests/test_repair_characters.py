"""The case tables of characters, encodings, hyphens and inline rules."""

import re

import pytest

from pipeline.edits import Revision, apply
from pipeline.model import Edit, Kind
from pipeline.repair.characters import characters
from pipeline.repair.encoding import mojibake
from pipeline.repair.hyphens import join
from pipeline.repair.inline import polish
from pipeline.repair.phrases import scope
from tests.casefile import cases
from tests.growth import growth


def plain(cell: str) -> str:
    return re.sub(r"\{U\+([0-9A-F]{4})\}", lambda m: chr(int(m[1], 16)), cell)


def rules(edits: list[Edit] | tuple[Edit, ...]) -> str:
    return " ".join(sorted({e.rule for e in edits}))


def check(row: dict[str, str], raw: str, edits: list[Edit] | tuple[Edit, ...]) -> None:
    assert apply(raw, edits) == (plain(row["clean"]) or raw)
    if row["rule"]:
        assert row["rule"] in rules(edits)
    else:
        assert not edits


@pytest.mark.parametrize("row", cases("repair/encoding"))
def test_encoding(row):
    raw = plain(row["raw"])
    check(row, raw, mojibake(raw))


@pytest.mark.parametrize("row", cases("repair/characters"))
def test_characters(row):
    raw = plain(row["raw"])
    check(row, raw, characters(raw))


@pytest.mark.parametrize("row", cases("repair/hyphens"))
def test_hyphens(row):
    joint = join(row["left"], row["right"])
    if not row["rule"]:
        assert joint is None
        return
    assert joint is not None
    left = row["left"]
    assert left[: len(left) - joint.cut] + joint.glue + row["right"] == row["joined"]
    assert joint.rule == row["rule"]


@pytest.mark.parametrize("row", cases("repair/inline"))
def test_inline(row):
    draft = polish(Revision.start(row["raw"]), Kind(row["kind"]), frozenset())
    check(row, row["raw"], draft.edits)
    assert draft.text == (row["clean"] or row["raw"])


@pytest.mark.parametrize("row", cases("repair/footnotes"))
def test_footnotes(row):
    draft = polish(Revision.start(row["raw"]), Kind.PARAGRAPH, frozenset(row["marks"].split()))
    assert draft.text == (row["clean"] or row["raw"])
    assert {e.rule for e in draft.edits} == ({"repair.footnote-mark"} if row["clean"] else set())


def test_edits_of_one_word_stay_in_it():
    edits = mojibake("Une usine à Évry, dont les capacitÃ©s et lâ€™effectif doublent")
    assert [(e.before, e.after) for e in edits] == [("Ã©", "é"), ("â€™", "’")]


@pytest.mark.parametrize("unit", ["Ã©", "Ã ", "a ", "A B C D E ", "&", "é", "( ", "xyz.Le"])
def test_linear_on_hostile_lines(unit):
    def work(text):
        mojibake(text)
        characters(text)
        polish(Revision.start(text), Kind.PARAGRAPH, frozenset({"1", "*"}))

    work(unit + "Ã©")
    assert growth(work, unit, 10_000) < 40


@pytest.mark.parametrize("unit", ["  ab", " - a b", "-ab", "·a "])
def test_menus_are_matched_in_linear_time(unit):
    assert growth(lambda parts: scope.__wrapped__(f"About us{parts}*"), unit, 24) < 40
