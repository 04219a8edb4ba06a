"""Verbatim stretches and names, case by case; every row of the tables in `pipeline/data` by its own example."""

from importlib.resources import files

import pytest

from pipeline.annotate.gazetteer import load
from pipeline.annotate.names import find_names
from pipeline.annotate.verbatim import recognise
from pipeline.model import Lang, Mention
from pipeline.values.verbatim import Name, Verbatim
from tests.casefile import cases


def written(mention: Mention, scheme: bool) -> str:
    value = mention.value
    assert isinstance(value, Verbatim | Name)
    english = value.english if isinstance(value, Verbatim) else ""
    if scheme:
        assert isinstance(value, Verbatim)
        return f"{value.scheme}:{value.text}" + (f">{english}" if english else "")
    return value.text + (f"={english}" if english else "")


@pytest.mark.parametrize("row", cases("annotate/verbatim"))
def test_verbatim(row):
    found = recognise(row["text"], Lang(row["lang"]))
    assert " | ".join(written(m, True) for m in found) == row["found"]
    assert all(m.span.of(row["text"]) == m.value.text for m in found)


@pytest.mark.parametrize("row", cases("annotate/names"))
def test_names(row):
    blocks = row["text"].split("\n")
    found = find_names([(block, Lang.FR) for block in blocks])
    assert " | ".join(written(m, False) for mentions in found for m in mentions) == row["found"]
    for block, mentions in zip(blocks, found, strict=True):
        assert all(m.span.of(block) == m.value.text for m in mentions)


def table(name: str) -> list[list[str]]:
    lines = (files("pipeline") / "data" / name).read_text("utf-8").splitlines()[1:]
    return [line.split("\t") for line in lines]


@pytest.mark.parametrize("row", table("verbatim.tsv"), ids=lambda row: f"{row[0]}:{row[5]}")
def test_every_pattern_finds_its_example(row):
    scheme, langs, example = row[0], row[1], row[5]
    for lang in Lang.FR, Lang.EN:
        if langs in ("*", lang.value):
            text = example if scheme == "section" else f"Voir, {example} ici"
            assert scheme in {m.value.scheme for m in recognise(text, lang)}


def test_the_lists_hold_no_row_twice_and_are_long_enough():
    for name in "places.tsv", "names.tsv", "names_never.tsv":
        heads = [row[0] for row in table(name)]
        assert len(heads) == len(set(heads)), sorted({h for h in heads if heads.count(h) > 1})
    assert sum(row[2] in ("country", "region", "city", "continent") for row in table("places.tsv")) >= 250


def test_english_blocks_get_no_names():
    assert find_names([("The group Luxorem left Poland.", Lang.EN)]) == [[]]


def test_every_place_is_found_by_its_french_name():
    for french, english, kind, *_ in table("places.tsv"):
        if kind in ("country", "region", "city", "continent"):
            (found,) = find_names([(f"un site à {french}, dit-on", Lang.FR)])
            assert [m.value.text for m in found] == [french]
            assert found[0].value.english == ("" if english == french else english)


def test_first_names_and_never_words_do_not_overlap_in_use():
    gazetteer = load()
    assert not gazetteer.first & gazetteer.never
