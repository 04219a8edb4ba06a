"""`from pipeline import load`: iteration, spans on both sides, trace, refusals; the record against its JSON Schema."""

import json
import subprocess
import sys
from importlib import resources

import pytest

from pipeline import load
from pipeline.api import read
from pipeline.errors import DocumentError, UsageError
from pipeline.model import Kind, Span
from pipeline.write.record import load as load_record
from tests import small_out


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    return small_out.make(tmp_path_factory.mktemp("api"))


@pytest.fixture
def record(out, tmp_path):
    """A copy of a record and its text, to be spoilt."""
    for name in ("fr.txt", "fr.json"):
        (tmp_path / name).write_bytes((out / name).read_bytes())
    return tmp_path / "fr.json"


def test_documents_by_iteration_and_by_path(out):
    corpus = load(str(out))
    assert [d.path for d in corpus] == ["fr.txt", "sub/en.md"] and len(corpus) == 2
    assert corpus["sub/en.md"].text_path == out / "sub" / "en.txt"
    assert corpus["fr.txt"].encoding == "cp1252" and "\r\n" in corpus["fr.txt"].source


def test_every_span_holds_what_it_says(out):
    seen = set()
    for document in load(out):
        for number, segment in enumerate(document.segments):
            assert segment.number == number
            assert segment.span.of(document.blocks[segment.block].text) == segment.text
            assert segment.output is None or segment.output.of(document.english) == segment.english
        for mention in document.mentions:
            assert mention.span.of(document.blocks[mention.block].text) == mention.text
            assert mention.output is None or mention.output.of(document.english) == mention.english
            seen.add((mention.identity, mention.source.of(document.source)))
    assert ("money:12500000:EUR", "12,5 M€") in seen and ("date:2025-12-01", "1er décembre 2025") in seen
    assert ("money:4200000:GBP", "£4,200,000") in seen and ("date:2025-12-01", "December 1, 2025") in seen


def test_typed_values(out):
    (money,) = [m for m in load(out)["sub/en.md"].mentions if m.kind == "money"]
    assert (money.typed.currency, int(money.typed.amount.exact), money.value["value"]) == ("GBP", 4_200_000, "4200000")


def test_furniture_is_there_and_not_in_the_english(out):
    furniture = [b for b in load(out)["fr.txt"].blocks if b.kind is Kind.FURNITURE]
    assert [(b.text, b.output) for b in furniture] == [("Page 1 sur 2", None)]


def test_a_mention_is_traced_to_its_own_source(out):
    for document in load(out):
        placed = [m for m in document.mentions if m.output]
        assert len(placed) >= 3
        for mention in placed:
            assert document.trace(mention.output) == (mention.source, mention.source.of(document.source))


@pytest.mark.parametrize(
    ("english", "raw"),
    [
        ("extends", "extends"),
        ("1 December 2025", "December 1, 2025"),
        ('covers "7,600', "covers “7,600 m²"),
        ("plant in L", "plant in L"),
    ],
)
def test_unchanged_english_is_traced_to_the_characters(out, english, raw):
    document = load(out)["sub/en.md"]
    start = document.english.index(english)
    assert document.trace((start, start + len(english))).text == raw


def test_translated_words_are_traced_to_their_sentence(out):
    document = load(out)["fr.txt"]
    segment = next(s for s in document.segments if s.text.startswith("Le site ouvre"))
    start = segment.output.start
    assert document.trace(Span(start, start + 3)) == (segment.source, segment.source.of(document.source))


def test_a_trace_over_blocks_spans_them(out):
    document = load(out)["sub/en.md"]
    assert document.trace((0, len(document.english))).text == small_out.ENGLISH.strip()


@pytest.mark.parametrize("span", [(3, 3), (0, 10**6)])
def test_no_stretch_no_trace(out, span):
    with pytest.raises(ValueError):
        load(out)["fr.txt"].trace(span)


def test_the_space_between_blocks_has_no_source(out):
    document = load(out)["fr.txt"]
    at = document.english.index("\n\n")
    with pytest.raises(ValueError, match="white space"):
        document.trace((at, at + 2))


def test_records_follow_the_published_schema(out):
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((resources.files("pipeline.data") / "record.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for name in ("fr.json", "sub/en.json"):
        data = json.loads((out / name).read_text("utf-8"))
        assert [e.json_path for e in validator.iter_errors(data)] == []
        data["blocks"][0]["kind"] = "novel"
        assert [e.json_path for e in validator.iter_errors(data)] == ["$.blocks[0].kind"]


@pytest.mark.parametrize(("schema", "command"), [(0, "normalize SRC OUT"), (99, "pip install --upgrade")])
def test_another_schema_is_refused_with_the_command_that_upgrades(record, schema, command):
    data = json.loads(record.read_text("utf-8"))
    record.write_text(json.dumps(data | {"schema": schema}), "utf-8")
    with pytest.raises(DocumentError, match=f"schema {schema}") as refused:
        read(record)
    assert command in refused.value.remedy


@pytest.mark.parametrize(
    ("schema", "command"), [(0, "normalize SRC OUT"), (99, "pip install --upgrade"), (None, "normalize SRC OUT")]
)
def test_the_stages_refuse_another_schema_with_the_same_command(record, schema, command):
    data = json.loads(record.read_text("utf-8"))
    record.write_text(json.dumps(data | {"schema": schema}), "utf-8")
    with pytest.raises(DocumentError, match="schema") as caught:
        load_record(record)
    assert command in caught.value.remedy


def test_a_text_that_was_changed_is_noticed(record):
    text = record.with_suffix(".txt")
    text.write_text(text.read_text("utf-8") + "More.\n", "utf-8")
    with pytest.raises(DocumentError, match="lead astray"):
        read(record)


@pytest.mark.parametrize("content", ["", "[]", "{", '{"schema": 1}'])
def test_a_damaged_record_is_named(record, content):
    record.write_text(content)
    with pytest.raises(DocumentError, match=r"fr\.json"):
        read(record)


def test_no_out_no_corpus(tmp_path):
    with pytest.raises(UsageError, match=r"manifest\.json"):
        load(tmp_path)
    (tmp_path / "manifest.json").write_text("{}")
    with pytest.raises(UsageError, match="cannot be read"):
        load(tmp_path)


def test_importing_the_package_imports_nothing_of_it():
    code = "import sys, pipeline; print([m for m in sys.modules if m.startswith('pipeline.')])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
