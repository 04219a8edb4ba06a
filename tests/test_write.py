"""What goes out: the English text, records that come back, names, atomic files, the lock."""

import errno
import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import DocumentError, OutputError
from pipeline.model import Block, Diagnostic, Document, Edit, Flag, Kind, Lang, Mention, Placed, Segment, Span, Term
from pipeline.values.types import Amount, Bound, Date, Money, Number, Ordinal, Range
from pipeline.values.verbatim import Name, Verbatim
from pipeline.write import atomic, record
from pipeline.write.atomic import locked
from pipeline.write.names import Names, assign
from pipeline.write.report import report
from pipeline.write.text import english

SOURCE = "\N{ZERO WIDTH NO-BREAK SPACE}Bilan\n\n1/2\n\nLe site a coûté 5 M€  en 2023. L'AMM suit.\n"


def document():
    """A heading, furniture, and a paragraph with an edit, a value, a term, two segments and a flag."""
    start = SOURCE.index("Le site")
    text = "Le site a coûté 5 M€ en 2023. L'AMM suit."
    gap = SOURCE.index("  en") + 1
    money = Mention(Span(16, 20), Money(Amount(Decimal(5), scale=6), "EUR"))
    term = Mention(Span(32, 35), Term("AMM", "MA", ("marketing authorisation",), "pharma.fr-en.tsv:3", "term.acronym"))
    unlisted = Mention(Span(24, 28), Date(2023))
    first = Segment(
        Span(0, 29),
        "The site cost €5 million in 2023.",
        (Placed(money, Span(14, 24), "marked"), Placed(unlisted, Span(28, 32), "plain")),
        origin="model",
    )
    second = Segment(Span(30, 41), "The follows.", (Placed(term, None, "lost"),), (Flag("term.missing", "MA"),), "model")
    paragraph = Block(
        Kind.PARAGRAPH,
        (Span(start, len(SOURCE) - 1),),
        text,
        (Edit(Span(gap, gap + 1), " ", "", "repair.spaces"),),
        Lang.FR,
        (money, term),
        (first, second),
    )
    heading = Block(Kind.HEADING, (Span(1, 6),), "Bilan", lang=Lang.FR, segments=(Segment(Span(0, 5), "Results", origin="model"),))
    furniture = Block(Kind.FURNITURE, (Span(8, 11),), "1/2", flags=(Flag("demo", "x"),))
    return Document(
        "sub/a.txt", SOURCE, "utf-8", "00", (heading, furniture, paragraph), (Diagnostic("corpus.demo", "y", Span(0, 1)),)
    )


def test_the_english_leaves_furniture_out_and_joins_segments_as_in_the_source():
    assert english(document()).text == "Results\n\nThe site cost €5 million in 2023. The follows.\n"


def test_every_span_of_the_record_points_at_its_characters():
    data, written = record.build(document()), english(document()).text
    paragraph = data["blocks"][2]
    cut = lambda text, pair: text[pair[0] : pair[1]]  # noqa: E731
    assert cut(written, paragraph["output"]) == "The site cost €5 million in 2023. The follows."
    assert [cut(SOURCE, m["source"]) for m in paragraph["mentions"]] == ["5 M€", "AMM"]
    assert [m["text"] for m in paragraph["mentions"]] == ["5 M€", "AMM"]
    first, second = paragraph["segments"]
    assert cut(written, first["output"]) == first["english"]
    assert cut(SOURCE, first["source"]) == "Le site a coûté 5 M€  en 2023."
    assert [cut(written, p["output"]) for p in first["placed"]] == ["€5 million", "2023"]
    assert (second["placed"][0]["mention"], second["placed"][0]["output"]) == (1, None)
    assert first["placed"][1]["unlisted"]["canonical"] == "2023"
    assert data["blocks"][1]["output"] is None


def test_a_record_comes_back_as_the_document(tmp_path):
    (tmp_path / "a.json").write_text(record.to_text(document()), "utf-8")
    assert record.load(tmp_path / "a.json") == document()


LOOKALIKE = 'a},{"kind":"term"},{"span":[0,1]},{"source":[0,1]} "\\\N{LINE SEPARATOR}\x00'


def test_a_record_has_an_edit_a_mention_or_a_segment_a_line_whatever_they_hold():
    name, whole = Name(LOOKALIKE), Span(0, len(LOOKALIKE))
    mentions = (Mention(whole, name), Mention(whole, Range(Number(Amount(Decimal(1))), Number(Amount(Decimal(2))), "to")))
    edits = tuple(Edit(Span(i, i + 1), LOOKALIKE[i], LOOKALIKE, LOOKALIKE) for i in range(3))
    segments = tuple(Segment(whole, LOOKALIKE, (Placed(mentions[0], whole, "plain"),) * 2, (Flag("a"),) * 2) for _ in range(2))
    block = Block(Kind.PARAGRAPH, (whole,), LOOKALIKE, edits, Lang.FR, mentions, segments)
    doc = Document(LOOKALIKE, LOOKALIKE, blocks=(block, block))
    text = record.to_text(doc)
    assert json.loads(text) == record.build(doc)
    items = [json.loads(line.strip().rstrip(",")) for line in text.split("\n") if line.startswith("       {")]
    built = record.build(doc)["blocks"]
    assert items == [item for b in built for key in ("edits", "mentions", "segments") for item in b[key]]


def test_a_number_of_any_length_is_written():
    block = Block(Kind.PARAGRAPH, (Span(0, 1),), "x", mentions=(Mention(Span(0, 1), Ordinal(10**30)),))
    doc = Document("a.txt", "x", blocks=(block,))
    assert record.parse(json.loads(record.to_text(doc))) == doc


VALUES = [
    Number(Amount(Decimal("1.50"), bound=Bound.ABOUT, hedge="nearly")),
    Money(Amount(Decimal("12.3"), scale=6, signed=True), "EUR"),
    Range(Date(2023, 12, ambiguous=True), Date(2024), "between"),
    Verbatim("L. 5124-1", "law", "Article L. 5124-1"),
    Name("Les Ulis"),
    Term("MTI", "ATMPs", ("ATMP",), "pharma.fr-en.tsv:1", "term.plural"),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda v: v.kind)
def test_a_typed_value_comes_back(value):
    block = Block(Kind.PARAGRAPH, (Span(0, 9),), "something", mentions=(Mention(Span(0, 9), value),))
    again = record.parse(json.loads(record.to_text(Document("a.txt", "something", blocks=(block,)))))
    assert again.blocks[0].mentions[0].value == value
    assert type(again.blocks[0].mentions[0].value) is type(value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("not json", "not a record"),
        ("[]", "not a record"),
        ('{"schema": 99}', "schema 99"),
        ('{"schema": 1, "blocks": []}', "damaged"),
    ],
)
def test_what_is_no_record_is_refused(tmp_path, text, says):
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(DocumentError, match=says):
        record.load(tmp_path / "a.json")


@given(st.lists(st.tuples(st.text(max_size=8), st.text(" \n", max_size=2)), max_size=6))
def test_segments_lie_in_the_text_where_the_record_says(parts):
    text, spans = "", []
    for words, gap in parts:
        spans.append(Span(len(text), len(text) + len(words)))
        text += words + gap
    segments = tuple(Segment(span, span.of(text).upper()) for span in spans)
    block = Block(Kind.PARAGRAPH, (Span(0, len(text)),), text, segments=segments)
    written = english(Document("a.txt", text, blocks=(block,)))
    for segment, place in zip(segments, written.segments[0], strict=True):
        assert place is None or place.of(written.text) == segment.english


def test_flags_carry_the_line_where_a_person_finds_them():
    written = english(document())
    found = report(document(), written, Names("a.txt", "a.json"), {})
    assert [(f.code, f.line) for f in found.flags] == [("demo", 0), ("term.missing", 3)]
    assert written.text.split("\n")[3 - 1].endswith("The follows.")
    assert (found.counts["values"], found.counts["terms"], found.counts["furniture"], found.counts["flags"]) == (1, 1, 1, 2)


@pytest.mark.parametrize(
    ("documents", "texts"),
    [
        (["a.txt", "b.md"], {"a.txt": "a.txt", "b.md": "b.txt"}),
        (["a.md", "a.txt"], {"a.txt": "a.txt", "a.md": "a.md.txt"}),
        (["A.txt", "a.txt"], {"A.txt": "A.txt", "a.txt": "a.txt.txt"}),
        (["manifest.txt"], {"manifest.txt": "manifest.txt.txt"}),
        (["sub/manifest.txt"], {"sub/manifest.txt": "sub/manifest.txt"}),
        (["a.md", "a.txt", "a.md.txt"], {"a.txt": "a.txt", "a.md.txt": "a.md.txt", "a.md": "a.md_.txt"}),
        (["v1.2.txt"], {"v1.2.txt": "v1.2.txt"}),
    ],
)
def test_no_two_documents_share_a_file(documents, texts):
    assert {name: files.text for name, files in assign(documents).items()} == texts
    assert assign(documents) == assign(reversed(documents))


def test_files_are_replaced_whole_or_not_at_all(tmp_path, monkeypatch):
    old = {tmp_path / "a.txt": "old text", tmp_path / "a.json": "old record"}
    atomic.write(old)

    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left") as caught:
        atomic.write(dict.fromkeys(old, "new"))
    assert "free some space" in caught.value.remedy
    assert {path: path.read_text() for path in tmp_path.iterdir()} == old


def test_a_folder_in_the_way_is_this_documents_fault_alone(tmp_path):
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(DocumentError, match=r"a\.txt"):
        atomic.write({tmp_path / "a.txt": "x"})
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize(("number", "says"), [(errno.EROFS, "read-only"), (errno.EACCES, "may write"), (errno.EDQUOT, "quota")])
def test_an_out_that_cannot_be_written_says_what_to_do(tmp_path, monkeypatch, number, says):
    def refuse(*_, **__):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(OutputError) as caught, locked(tmp_path / "out"):
        pass
    assert says in caught.value.remedy


def test_a_second_run_is_refused_and_names_the_first(tmp_path):
    with locked(tmp_path), pytest.raises(OutputError, match=f"process {os.getpid()}"), locked(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_killed_run_stops_nobody_and_its_leavings_go(tmp_path):
    code = "import os,sys,pathlib; from pipeline.write.atomic import locked\nwith locked(pathlib.Path(sys.argv[1])): os._exit(9)"
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=Path(__file__).parent.parent, check=False)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / f"{atomic.TEMPORARY}99-0").write_text("half")
    assert (tmp_path / atomic.LOCK).exists()
    with locked(tmp_path):
        assert not list((tmp_path / "sub").iterdir())
