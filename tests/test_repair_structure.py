"""The structure of repaired documents: page counters, furniture, blocks, columns, duplicates. One case a row."""

import pytest

from pipeline.model import Document, Kind
from pipeline.repair import repair
from tests.casefile import cases


def blocks(raw):
    return repair(Document("a.txt", raw)).blocks


@pytest.mark.parametrize("row", cases("repair/pages"))
def test_pages(row):
    made = blocks(row["raw"])
    if row["clean"]:
        assert row["clean"] in [block.text for block in made if not block.kind.omitted]
    if row["kept"]:
        assert row["kept"] in [block.text for block in made if block.kind is Kind.FURNITURE]
    else:
        assert not [block.text for block in made if block.kind is Kind.FURNITURE]


@pytest.mark.parametrize("row", cases("repair/furniture"))
def test_furniture(row):
    made = blocks(row["raw"])
    found = [block.text for block in made if block.kind is Kind.FURNITURE]
    wanted = row["furniture"].replace(" | ", "\0").split("|") if row["furniture"] else []
    assert found == [text.replace("\0", " | ") for text in wanted]
    body = [block.text for block in made if block.kind is not Kind.FURNITURE]
    if row["body"]:
        assert [text for text in row["body"].split("|") if text not in body] == []


@pytest.mark.parametrize("row", cases("repair/blocks"))
def test_blocks(row):
    found = [f"{block.kind}:{block.text}" for block in blocks(row["raw"])]
    assert "|".join(found) == row["blocks"]


@pytest.mark.parametrize("row", cases("repair/markdown"))
def test_markdown(row):
    found = [f"{block.kind}:{block.text}" for block in repair(Document("a.md", row["raw"])).blocks]
    assert "|".join(found) == row["blocks"]


def test_marks_stay_where_the_suffix_is_not_md():
    assert [block.text for block in blocks("Le **lot** [A](#) part.")] == ["Le **lot** [A](#) part."]


@pytest.mark.parametrize("row", cases("repair/columns"))
def test_columns(row):
    assert "|".join(block.text for block in blocks(row["raw"])) == row["texts"]


@pytest.mark.parametrize("row", cases("repair/duplicates"))
def test_duplicates(row):
    assert sum(block.kind is Kind.DUPLICATE for block in blocks(row["raw"])) == int(row["copies"])


def test_a_very_long_line_is_one_block():
    source = "Le lot est libéré. " * 20_000
    assert [block.text for block in blocks(source)] == [source.strip()]


def test_nothing_visible_means_no_text():
    assert blocks(" \n\n ") == ()
    assert [block.text for block in blocks("\N{ZERO WIDTH NO-BREAK SPACE}")] == [""]
