"""`normalize export`: every format read back, by its own library where that is at hand."""

import json
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from datetime import date
from decimal import Decimal
from urllib.parse import urljoin

import pytest

import pipeline.export.files
from pipeline import load
from pipeline.cli.main import main
from pipeline.errors import OutputError, UsageError
from pipeline.export import FORMATS, brat, export, rows, webanno
from pipeline.export.jsonl import schema
from pipeline.model import Span
from pipeline.values.types import Date, Period, Range
from tests import small_out


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    return small_out.make(tmp_path_factory.mktemp("export"))


def lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def by_identity(items):
    return {item["identity"]: item for item in items}


def test_the_command_names_its_files(out, tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["export", str(out), "--to", "tmx", "--output", str(tmp_path)])
    assert not ended.value.code and capsys.readouterr().out.split() == [str(tmp_path / "corpus.tmx")]


def test_jsonl_rows_follow_the_published_schema(out, tmp_path):
    jsonschema = pytest.importorskip("jsonschema")
    segments, mentions, published = export(load(out), "jsonl", tmp_path)
    validator = jsonschema.Draft202012Validator(json.loads(published.read_text("utf-8")))
    items = [*lines(segments), *lines(mentions)]
    assert len(items) > 10 and [e.message for item in items for e in validator.iter_errors(item)] == []
    assert list(validator.iter_errors(items[0] | {"extra": 1}))


def test_the_schema_lists_the_columns():
    published = json.loads(schema())["$defs"]
    assert list(published["segment"]["properties"]) == ["schema", *rows.SEGMENT]
    assert list(published["mention"]["properties"]) == ["schema", *rows.MENTION]


def test_jsonl_has_both_languages_and_both_sides(out, tmp_path):
    segments, mentions, _ = export(load(out), "jsonl", tmp_path)
    french = load(out)["fr.txt"]
    rows_ = [row for row in lines(segments) if row["document"] == "fr.txt"]
    row = next(row for row in rows_ if row["source_text"].startswith("Le site ouvre"))
    assert french.english[row["output_start"] : row["output_end"]] == row["english"]
    assert french.source[row["source_start"] : row["source_end"]] == row["source_text"]
    money = by_identity(lines(mentions))["money:12500000:EUR"]
    assert (money["amount"], money["currency"], money["text"], money["english"]) == ("12500000", "EUR", "12,5 M€", "€12.5 million")


def test_parquet_is_typed(out, tmp_path):
    pq = pytest.importorskip("pyarrow.parquet")
    segments, mentions = export(load(out), "parquet", tmp_path)
    table = pq.read_table(mentions)
    assert table.schema.metadata[b"normalize.schema"] == b"1" and str(table.schema.field("amount").type) == "decimal128(38, 12)"
    found = by_identity(table.to_pylist())
    assert found["money:12500000:EUR"]["amount"] == Decimal(12_500_000)
    assert (found["period:2024-Q3"]["date_start"], found["period:2024-Q3"]["date_end"]) == (date(2024, 7, 1), date(2024, 9, 30))
    between = next(row for row in found.values() if row["kind"] == "range")
    assert (between["amount"], between["amount_high"], between["currency"]) == (Decimal(8_000_000), Decimal(11_000_000), "EUR")
    assert pq.read_table(segments).num_rows == sum(len(d.segments) for d in load(out))


@pytest.mark.parametrize(
    ("value", "start", "end"),
    [
        (Date(2024, 2), date(2024, 2, 1), date(2024, 2, 29)),
        (Date(2024), date(2024, 1, 1), date(2024, 12, 31)),
        (Date(None, 10, 7), None, None),
        (Date(2023, 2, 30), None, None),
        (Period("H2", 2025), date(2025, 7, 1), date(2025, 12, 31)),
        (Period("late", 2025, 6), date(2025, 6, 1), date(2025, 6, 30)),
        (Period("spring", 2025), None, None),
        (Period("Q2"), None, None),
        (Period("decade", 2010), date(2010, 1, 1), date(2019, 12, 31)),
        (Period("century", 21), date(2001, 1, 1), date(2100, 12, 31)),
        (Range(Date(2023), Date(2025, 3)), date(2023, 1, 1), date(2025, 3, 31)),
        ("no date", None, None),
    ],
)
def test_first_and_last_day(value, start, end):
    assert rows.bounds(value) == (start, end)


def test_parquet_leaves_out_what_a_decimal_cannot_hold():
    fit = pytest.importorskip("pipeline.export.parquet")._fit
    assert fit(Decimal("1E+25")) == Decimal("1E+25") and fit(Decimal("1.5")) == Decimal("1.5")
    assert fit(Decimal("1E+26")) is None and fit(Decimal("1E-13")) is None and fit(None) is None


def test_web_annotations_select_what_they_quote(out, tmp_path):
    paths = export(load(out), "webanno", tmp_path)
    assert [p.relative_to(tmp_path).as_posix() for p in paths] == ["fr.jsonld", "sub/en.jsonld"]
    for path, document in zip(paths, load(out), strict=True):
        page = json.loads(path.read_text("utf-8"))
        assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
        assert len({item["id"] for item in page["items"]}) == len(page["items"]) > 4
        for item in page["items"]:
            holds(item["target"], document.english)
            holds(item["body"][-1], document.source)


def test_web_annotations_name_the_text_from_where_they_lie(out, tmp_path):
    for folder in (None, tmp_path / "a b" / "deep"):
        for path, document in zip(export(load(out), "webanno", folder), load(out), strict=True):
            iris = {urljoin(path.as_uri(), i["target"]["source"]) for i in json.loads(path.read_text("utf-8"))["items"]}
            assert iris == {document.text_path.as_uri()}


def test_files_of_the_same_bytes_have_annotations_of_their_own(out):
    document = load(out)["fr.txt"]
    copy = replace(document, path="copy of it.txt")
    ids = [item["id"] for d in (document, copy) for item in webanno._page(d, "x.txt")["items"]]
    assert len(ids) > 8 and len(set(ids)) == len(ids) and not any(" " in id_ for id_ in ids)


def holds(resource, text):
    position, quote = resource["selector"]
    assert (position["type"], quote["type"]) == ("TextPositionSelector", "TextQuoteSelector")
    assert text[position["start"] : position["end"]] == quote["exact"]
    assert quote["prefix"] + quote["exact"] + quote["suffix"] in text


def test_brat_offsets_are_those_of_its_text(out, tmp_path):
    export(load(out), "brat", tmp_path)
    text, marks = (tmp_path / "fr.txt").read_text("utf-8"), (tmp_path / "fr.ann").read_text("utf-8").splitlines()
    kinds = (tmp_path / "annotation.conf").read_text("utf-8")
    bound = [mark.split("\t") for mark in marks if mark.startswith("T")]
    assert len(bound) > 4
    for _, place, surface in bound:
        kind, start, end = place.split()
        assert text[int(start) : int(end)] == surface and f"\n{kind}\n" in kinds
    assert any("money:12500000:EUR | source" in mark and mark.endswith("12,5 M€") for mark in marks)


BREAKS = "\t\n\v\f\r\x1c\x1d\x1e\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"


@pytest.mark.parametrize("sign", BREAKS)
def test_brat_has_no_line_break_inside_an_annotation(out, sign):
    document = load(out)["fr.txt"]
    text = f"{sign}😀 the 𝛼{sign}{sign}plant{sign}"
    mention = next(m for m in document.mentions if m.output)
    mention = replace(mention, output=Span(0, len(text)), value={**mention.value, "identity": f"name:a{sign}b"})
    marks = brat._lines(replace(document, english=text), 1, mention).splitlines()
    assert marks[0] == "T1\tName 1 8;10 15\t😀 the 𝛼 plant".replace("Name", mention.kind.capitalize())
    assert marks[1].startswith("#1\tAnnotatorNotes T1\tname:a b | source ") and len(marks) == 2
    assert brat._fragments(text, Span(0, 1)) == []


def test_tmx_is_1_4b(out, tmp_path):
    (path,) = export(load(out), "tmx", tmp_path)
    root = ElementTree.parse(path).getroot()
    assert (root.tag, root.attrib, [child.tag for child in root]) == ("tmx", {"version": "1.4"}, ["header", "body"])
    required = {"creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"}
    assert required <= root[0].attrib.keys()
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    for unit in root[1]:
        tags = [child.tag for child in unit]
        assert tags == sorted(tags) and tags[-2:] == ["tuv", "tuv"] and [v.get(lang) for v in unit[-2:]] == ["fr", "en"]
        assert all([child.tag for child in variant] == ["seg"] for variant in unit[-2:])
    texts = ["".join(seg.itertext()) for seg in root.iter("seg")]
    french = [s for s in load(out)["fr.txt"].segments if s.origin == "model"]
    assert texts == [t for s in french for t in (s.text, s.english)] and any("& <plus>" in t for t in texts)


def test_tmx_has_no_character_that_xml_forbids():
    text = pytest.importorskip("pipeline.export.tmx")._text("a\x02b\ufffe<\N{BEL}")
    assert text == "a\ufffdb\ufffd&lt;\ufffd"


def test_docbin(out, tmp_path):
    spacy = pytest.importorskip("spacy")
    (path,) = export(load(out), "docbin", tmp_path)
    docs = list(spacy.tokens.DocBin().from_disk(path).get_docs(spacy.blank("en").vocab))
    assert [doc.text for doc in docs] == [document.english for document in load(out)]
    ((money,),) = ([e for e in doc.ents if e.kb_id_ == "money:12500000:EUR"] for doc in docs[:1])
    assert (money.text, money.label_) == ("€12.5 million", "MONEY")
    mentions = json.loads(docs[0].user_data["normalize"])["mentions"]
    assert len(mentions) == len(docs[0].spans["mentions"])


@pytest.mark.parametrize("to", ["jsonl", "webanno", "brat", "tmx", "parquet"])
def test_an_export_repeated_gives_the_same_bytes(out, tmp_path, to):
    if to == "parquet":
        pytest.importorskip("pyarrow")
    first = [p.read_bytes() for p in export(load(out), to, tmp_path / "a")]
    assert first == [p.read_bytes() for p in export(load(out), to, tmp_path / "b")]


def test_by_default_it_lies_in_out_and_the_corpus_stays_what_it_was(out):
    before = len(load(out))
    paths = [path for to in ("jsonl", "brat") for path in export(load(out), to)]
    assert all(path.is_relative_to(out / "export") for path in paths) and len(load(out)) == before


def test_an_unknown_format_is_refused(out):
    with pytest.raises(UsageError, match="no format 'csv'") as refused:
        export(load(out), "csv")
    assert all(name in refused.value.remedy for name in FORMATS)


def test_a_library_that_is_missing_is_named(out, tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(UsageError, match="pyarrow") as refused:
        export(load(out), "parquet", tmp_path)
    assert "normalize-corpus[export]" in refused.value.remedy


def test_a_full_disk_leaves_the_former_file(tmp_path):
    path = tmp_path / "a"
    path.write_text("former")
    with pytest.raises(OutputError, match="cannot be written"), pipeline.export.files.whole(path) as temporary:
        temporary.write_text("half")
        raise OSError(28, "No space left on device")
    assert path.read_text() == "former" and [p.name for p in tmp_path.iterdir()] == ["a"]
