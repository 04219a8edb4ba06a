"""The three consumers in `examples/`, on a small OUT."""

import importlib.util
from pathlib import Path

import pytest

from pipeline import load
from pipeline.export import export
from tests import small_out

EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    return small_out.make(tmp_path_factory.mktemp("examples"))


def example(name):
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_duckdb_finds_amounts_above_ten_million(out, tmp_path):
    pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    export(load(out), "parquet", tmp_path)
    found = example("duckdb_amounts").amounts(tmp_path)
    assert [(int(row[1]), row[0]) for row in found] == [(12_500_000, "fr.txt"), (11_000_000, "fr.txt")]
    assert "12,5 M€" in found[0][3] and "€12.5 million" in found[0][4]


def test_fts5_answers_with_the_source(out, tmp_path):
    search = example("fts5_search")
    index = tmp_path / "index.sqlite"
    assert search.build(out, index) == sum(s.output is not None for d in load(out) for s in d.segments)
    hits = search.search(index, "plants in Louviers")
    assert {hit.document for hit in hits} == {"fr.txt", "sub/en.md"}
    for hit in hits:
        assert load(out)[hit.document].source[hit.source_start : hit.source_end] == hit.raw
    assert search.search(index, 'no"thing') == [] and search.search(index, "") == []


def test_spacy_entities_survive_the_round_trip(out):
    pytest.importorskip("spacy")
    export(load(out), "docbin")
    found = list(example("spacy_entities").entities(out))
    assert ("fr.txt", "MONEY", "€12.5 million", "12,5 M€") in found
    assert ("sub/en.md", "DATE", "1 December 2025", "December 1, 2025") in found
