"""Walking SRC and decoding bytes."""

import os
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.config import Config
from pipeline.corpus import Entry, read, walk
from pipeline.errors import DocumentError, UsageError

TEXT = "Un procédé à 37 °C, « validé » — 1,5 M€\r\nligne deux\n"
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


def entry(tmp_path, data, name="a.txt"):
    path = tmp_path / name
    path.write_bytes(data)
    return Entry(path, name, len(data))


@pytest.mark.parametrize(
    ("text", "stored", "encoding", "codes"),
    [
        (TEXT, "utf-8", "utf-8", []),
        (BOM + TEXT, "utf-8", "utf-8", []),
        (BOM + TEXT, "utf-16-le", "utf-16-le", []),
        (BOM + TEXT, "utf-16-be", "utf-16-be", []),
        (BOM + TEXT, "utf-32-le", "utf-32-le", []),
        (TEXT, "cp1252", "cp1252", ["corpus.not-utf-8"]),
        ("d\xe9j\xe0 vu \x81", "latin-1", "latin-1", ["corpus.not-utf-8", "corpus.doubtful-encoding"]),
        ("plain ascii\n", "ascii", "utf-8", []),
        ("", "utf-8", "utf-8", ["corpus.empty"]),
        (BOM + " \n", "utf-8", "utf-8", ["corpus.empty"]),
    ],
)
def test_bytes_are_decoded_and_come_back(tmp_path, text, stored, encoding, codes):
    data = text.encode(stored)
    document = read(entry(tmp_path, data), Config())
    assert (document.source, document.encoding) == (text, encoding)
    assert document.source.encode(document.encoding) == data
    assert [d.code for d in document.diagnostics] == codes


def test_utf8_with_a_stray_byte_is_called_mixed(tmp_path):
    document = read(entry(tmp_path, TEXT.encode() + b"\xe9\n"), Config())
    assert document.diagnostics[0].code == "corpus.mixed-encoding"
    assert document.source.encode(document.encoding) == TEXT.encode() + b"\xe9\n"


@given(st.binary(max_size=300))
def test_any_bytes_come_back_or_are_refused(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_bytes(data)
    try:
        document = read(Entry(path, "any.txt"), Config())
    except DocumentError as error:
        assert error.remedy
    else:
        assert document.source.encode(document.encoding) == data


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"abc\0def", "NUL"),
        (b"%PDF-1.7\nstuff", "PDF"),
        (b"PK\x03\x04rest", "zip"),
        (bytes(range(1, 32)) * 20, "control"),
        (b"x" * 2001, "a line of"),
        (b"line\n" * 2000, "a file of"),
    ],
)
def test_what_is_no_text_is_refused_with_a_remedy(tmp_path, data, says):
    with pytest.raises(DocumentError, match=says) as caught:
        read(entry(tmp_path, data), Config(max_line=2000, max_document=9000))
    assert caught.value.remedy
    assert "a.txt" in str(caught.value)


def test_a_file_that_vanished_is_refused(tmp_path):
    with pytest.raises(DocumentError, match="cannot be read"):
        read(Entry(tmp_path / "gone.txt", "gone.txt"), Config())


def test_walk_is_sorted_and_says_what_it_skips(tmp_path):
    for name in ("b.txt", "a.md", "sub/c.TXT", "scan.pdf", ".hidden.txt", ".git/x.txt", "README"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    entries = walk(tmp_path)
    assert [e.name for e in entries] == ["README", "a.md", "b.txt", "scan.pdf", "sub/c.TXT"]
    assert [e.name for e in entries if e.skip] == ["README", "scan.pdf"]


def test_a_loop_of_links_ends(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text("x")
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    assert [(e.name, bool(e.skip)) for e in walk(tmp_path)] == [("sub/a.txt", False), ("sub/up", True)]


def test_a_fifo_is_skipped_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    assert walk(tmp_path)[0].skip == "not a regular file"


def test_a_single_file_is_read_even_without_a_suffix(tmp_path):
    (tmp_path / "notes").write_text("x")
    assert [(e.name, e.skip) for e in walk(tmp_path / "notes")] == [("notes", "")]


def test_a_missing_source_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError, match="no such"):
        walk(tmp_path / "nothing")


@pytest.mark.skipif(sys.platform == "darwin", reason="the file system refuses such names")
def test_a_name_that_is_no_text_is_a_fault_of_that_document_alone(tmp_path):
    (tmp_path / os.fsdecode(b"bad\xff.txt")).write_text("La ligne.", "utf-8")
    (tmp_path / "good\n\u00e9.txt").write_text("La ligne.", "utf-8")
    bad, good = walk(tmp_path)
    assert bad.name == r"bad\udcff.txt"
    with pytest.raises(DocumentError, match="not valid UTF-8"):
        read(bad, Config())
    assert read(good, Config()).source == "La ligne."
