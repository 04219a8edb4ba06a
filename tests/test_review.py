"""The review page without a browser: what is in it, that nothing can break out of it, that it leads nowhere."""

import base64
import hashlib
import json
import re
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli.main import main
from pipeline.errors import OutputError, UsageError
from pipeline.write import record, review
from pipeline.write.review import data_block, write
from pipeline.write.review_rows import document_rows
from pipeline.write.text import english
from tests.review_out import HOSTILE, french, hostile, long, make_out

ROOT = Path(__file__).parent.parent
DATA = ROOT / "pipeline" / "data"
BLOCK = re.compile(r'<script type="application/json" class="(doc|run)">(.*?)</script>', re.S)


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    return write(make_out(tmp_path_factory.mktemp("review"), [french(), hostile()])).read_text("utf-8")


def data(page):
    found = BLOCK.findall(page)
    return [json.loads(text) for kind, text in found if kind == "doc"], next(json.loads(t) for kind, t in found if kind == "run")


def rows(document):
    return document_rows(json.loads(record.to_text(document)), english(document).text, "x.txt")["blocks"]


def cut(text, at):
    return text[at[0] : at[1]]


def test_the_page_holds_every_document_and_what_was_left_out(page):
    documents, run = data(page)
    assert [d["path"] for d in documents] == ["fr.txt", "hostile.txt"]
    assert [[b[0] for b in d["blocks"]] for d in documents] == [["heading", "furniture", "paragraph"], ["item"]]
    assert documents[0]["remarks"] == [["corpus.demo", "a remark"]]
    assert run["skipped"] == [{"path": "scan.pdf", "reason": "not text"}]
    assert (run["model"], run["glossaries"], run["failed"], run["complete"]) == ("fake-1", ["pharma.fr-en.tsv"], [], True)


def test_a_row_has_both_languages_its_line_its_flags_and_its_marks():
    first, second = rows(french())[2][3]
    text, english_text, source, line, origin, flags, mentions, _ = first
    assert (text, english_text) == ("L'usine 𝒳 d'Orvane a coûté 5 M€ en tout.", "Orvane's plant 𝒳 cost €5 million in all.")
    assert (line, origin, flags) == (3, "model", [])
    assert french().source[slice(*source)] == "L’usine 𝒳 d’Orvane a coûté 5 M€  en\ntout."
    marks = [(kind, cut(text, at), cut(english_text, to), canonical, rung) for kind, at, to, canonical, rung, *_ in mentions]
    assert marks == [("name", "Orvane", "Orvane", "Orvane", "slot"), ("money", "5 M€", "€5 million", "€5 million", "marked")]
    kind, at, to, canonical, rung, _, rule, _ = second[6][0]
    assert (kind, cut(second[0], at), to, canonical, rung) == ("term", "AMM", None, "MA", "lost")
    assert rule == "term.acronym pharma.fr-en.tsv:3"
    assert second[5] == [["term.missing", "MA"]]


def test_furniture_is_one_row_without_english():
    kind, _, flags, found = rows(french())[1]
    assert (kind, flags, [row[:2] for row in found]) == ("furniture", [], [["1/2", None]])


def test_edits_stand_where_they_wrote_and_on_both_sides_of_a_sentence_that_was_english():
    ((text, english_text, *_, edits),) = rows(hostile())[0][3]
    assert [(rule, cut(text, at), cut(english_text, to)) for at, to, rule, *_ in edits] == [("repair.quotes", '"', '"')] * 2
    text, *_, edits = rows(french())[2][3][0]
    assert [(cut(text, at), to, rule) for at, to, rule, *_ in edits] == [
        ("'", None, "repair.quotes"),
        ("'", None, "repair.quotes"),
        ("", None, "repair.space-run"),
        (" ", None, "repair.unwrap"),
    ]
    assert [(before, after) for *_, before, after, _ in edits] == [("’", "'"), ("’", "'"), (" ", ""), ("\n", " ")]


def test_what_an_edit_took_away_is_shortened_when_long():
    from pipeline.write.review_rows import _short

    assert _short("x" * 500) == "x" * 160 + "… (500 characters)"


def test_text_cannot_break_out_of_the_data(page):
    assert page.count("<script") == 2 + 2  # two documents, the run, the script
    assert page.count("</script") == 4
    assert "onerror=" not in page.replace("\\u003cimg src=x onerror=", "")
    documents, _ = data(page)
    assert documents[1]["blocks"][0][3][0][0].startswith(HOSTILE)


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "S", "Z", "C")) | st.sampled_from("<>&/!-\\\"'\u2028")))
def test_any_text_comes_back_from_the_data(text):
    block = data_block("doc", text).decode("utf-8")
    body = block.removeprefix('<script type="application/json" class="doc">').removesuffix("</script>\n")
    assert not set(body) & set("<>&\u2028\u2029")
    assert json.loads(body) == text


def test_the_page_leads_nowhere_and_runs_nothing_but_its_own_script(page):
    shell = BLOCK.sub("", page)
    assert not re.search(r"https?:|//[a-z]|@import|url\(|\bsrc\s*=|\bimport\b|fetch\(|XMLHttp|innerHTML|eval\(", shell)
    assert re.findall(r'href="([^"]*)"', shell) == ["#sentences"]
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', shell).group(1)
    assert policy.startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        (text,) = re.findall(f"<{tag}>(.*?)</{tag}>", shell, re.S)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "{{" not in shell
    assert not re.search(r"\son[a-z]+=|\sstyle=", re.sub(r"<script>.*?</script>", "", shell, flags=re.S))


def test_the_same_out_gives_the_same_bytes_and_leaves_no_other_file(tmp_path):
    out = make_out(tmp_path / "out", [french(), hostile()])
    before = {p.name for p in out.iterdir()}
    once = write(out).read_bytes()
    assert write(out).read_bytes() == once
    assert {p.name for p in out.iterdir()} - before == {"review.html"}


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (lambda path: path.write_text("{"), "damaged (JSONDecodeError)"),
        (lambda path: path.unlink(), "cannot be read"),
        (lambda path: path.write_text("[]"), "damaged"),
        (lambda path: path.write_text('{"schema": 1, "path": "x"}'), "damaged (KeyError)"),
        (lambda path: path.write_text(path.read_text("utf-8").replace('"schema": 1', '"schema": 99'), "utf-8"), "schema 99"),
    ],
)
def test_a_damaged_record_is_named_and_the_others_are_shown(tmp_path, harm, says):
    out = make_out(tmp_path / "out", [french(), hostile()])
    harm(out / "hostile.json")
    documents, run = data(write(out).read_text("utf-8"))
    assert [d["path"] for d in documents] == ["fr.txt"]
    assert run["failed"][0]["path"] == "hostile.txt"
    assert says in run["failed"][0]["error"]


@pytest.mark.parametrize("text", [None, "{", "[]", '{"documents": 3}'])
def test_without_a_manifest_there_is_no_page(tmp_path, text):
    if text is not None:
        (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(UsageError) as caught:
        write(tmp_path)
    assert caught.value.remedy
    assert not (tmp_path / "review.html").exists()


def test_a_full_disk_leaves_the_former_page(tmp_path, monkeypatch):
    out = make_out(tmp_path / "out", [french()])
    before = write(out).read_bytes()
    make_out(out, [hostile()])

    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(review.os, "fsync", full)
    with pytest.raises(OutputError):
        write(out)
    assert (out / "review.html").read_bytes() == before
    assert not [p for p in out.iterdir() if p.name.startswith(".normalize")]


def test_memory_is_flat_as_documents_grow_in_number(tmp_path):
    def peak(count):
        out = make_out(tmp_path / str(count), [long(100, f"{n:03}.txt") for n in range(count)])
        tracemalloc.start()
        write(out)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    write(make_out(tmp_path / "warm", [french()]))
    assert peak(12) < 1.5 * peak(2)


def test_the_command_writes_the_page_again(tmp_path, capsys):
    out = make_out(tmp_path / "out", [french()])
    with pytest.raises(SystemExit) as ended:
        main(["review", str(out)])
    assert not ended.value.code
    assert capsys.readouterr().out.strip() == str(out / "review.html")
    assert (out / "review.html").exists()


def test_the_command_says_what_is_missing(tmp_path, capsys):
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(SystemExit) as ended:
            main(["review", str(folder)])
        assert ended.value.code == UsageError.exit_code
        assert "→ give the OUT of a run" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


def test_every_flag_has_plain_words():
    words = dict(review._table())
    codes = {
        code
        for path in (ROOT / "pipeline").rglob("*.py")
        for code in re.findall(r'(?<!\w)Flag\(\s*"([a-z-]+\.[a-z-]+)"', path.read_text("utf-8"))
    }
    assert len(codes) > 8
    assert codes <= set(words)


def contrast(one, two):
    def luminance(colour):
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colours_have_the_contrast_of_wcag_aa(scheme):
    style = (DATA / "review.css").read_text("utf-8")
    pairs = re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", style)
    colour = {name: both[scheme] for name, *both in pairs}
    grounds = ["paper", "panel", "flag-bg", "value-bg", "term-bg", "name-bg", "found"]
    text = [("ink", ground) for ground in grounds] + [(c, g) for c in ("soft", "flag") for g in ("paper", "panel", "flag-bg")]
    lines = [(c, g) for c in ("value", "term", "name", "edit", "flag", "focus") for g in ("paper", "flag-bg")]
    assert {
        pair: round(contrast(colour[pair[0]], colour[pair[1]]), 2) for pair in text if contrast(*map(colour.get, pair)) < 4.5
    } == {}
    assert {
        pair: round(contrast(colour[pair[0]], colour[pair[1]]), 2) for pair in lines if contrast(*map(colour.get, pair)) < 3
    } == {}
