"""The receipt: a rerun is called unchanged only where everything that the result rests on is as it was."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import pipeline.cli.again
import pipeline.translate
from pipeline.cli.again import RECEIPT, stands
from pipeline.cli.main import main
from pipeline.write.atomic import locked
from tests.translation_fake import Fake

TEXT = "L'usine de Louviers ouvre le 1er décembre 2025.\n\nElle a coûté 12,5 M€.\n"
GLOSSARY = "french\tenglish\nessai clinique\tclinical trial\n"


def call(*args):
    with pytest.raises(SystemExit) as end:
        main([str(arg) for arg in args])
    return end.value.code or 0


@pytest.fixture
def done(tmp_path, monkeypatch):
    """A finished run in `tmp_path`, of `in` to `out`; its arguments."""
    monkeypatch.setattr(pipeline.translate, "open_model", lambda config: Fake())
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "in" / "sub" / "b é\n.md").write_text(TEXT, "utf-8")
    (tmp_path / "in" / "image.png").write_bytes(b"\x89PNG")
    args = ["in", "out"]
    assert call(*args) == 0
    return args


def test_an_unchanged_rerun_stands_and_prints_the_same_summary(done, capsys):
    assert stands(done)
    fast = capsys.readouterr().out
    (Path("out") / RECEIPT).unlink()
    assert not stands(done)
    assert call(*done) == 0
    slow = capsys.readouterr().out
    differs = ("time", "model")  # the model was a fake, and nothing opens one now
    assert [line for line in fast.splitlines() if not line.startswith(differs)] == [
        line for line in slow.splitlines() if not line.startswith(differs)
    ]
    assert "2, 2 unchanged" in fast
    assert "image.png" in fast


def test_a_standing_rerun_writes_nothing(done):
    def state():
        return {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in Path("out").rglob("*") if p.is_file()}

    before = state()
    assert call(*done) == 0
    assert state() == before


def test_a_standing_rerun_imports_neither_the_stages_nor_typer(done, tmp_path):
    code = "import sys\nfrom pipeline.cli.main import main\ntry: main()\nexcept SystemExit as end: code = end.code\n"
    code += "print(code or 0, [m for m in ('typer', 'rich', 'pipeline.run', 'pipeline.values', 'ctranslate2') if m in sys.modules])"
    root = Path(__file__).parent.parent
    again = [sys.executable, "-c", code, "in", "out", "--quiet"]
    for _ in range(2):  # the first one sees another interpreter's arguments and library folders
        run = subprocess.run(again, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(root)})
    assert run.stdout.strip() == "0 []"


def source(text="x"):
    Path("in/a.txt").write_text(TEXT + text, "utf-8")


CHANGES = {
    "a source has other bytes": source,
    "a source is gone": lambda: Path("in/a.txt").unlink(),
    "a source came": lambda: Path("in/c.txt").write_text(TEXT, "utf-8"),
    "a folder came": lambda: Path("in/more").mkdir(),
    "a skipped file came": lambda: Path("in/other.pdf").write_bytes(b"%PDF-"),
    "a text of OUT was altered": lambda: Path("out/a.txt").write_text("x", "utf-8"),
    "a text of OUT is gone": lambda: Path("out/a.txt").unlink(),
    "a record is gone": lambda: Path("out/a.json").unlink(),
    "the manifest was altered": lambda: Path("out/manifest.json").write_text("{}", "utf-8"),
    "the review page is gone": lambda: Path("out/review.html").unlink(),
    "the memory is gone": lambda: Path("out/.normalize/memory.sqlite").unlink(),
    "the memory is damaged": lambda: Path("out/.normalize/memory.sqlite").write_bytes(b"damaged"),
    "all is forgotten": lambda: shutil.rmtree("out/.normalize"),
    "the receipt is empty": lambda: (Path("out") / RECEIPT).write_bytes(b""),
    "the receipt is no JSON": lambda: (Path("out") / RECEIPT).write_bytes(bytes(range(256))),
    "the receipt is other JSON": lambda: (Path("out") / RECEIPT).write_text("[]", "utf-8"),
    "the receipt is a folder": lambda: ((Path("out") / RECEIPT).unlink(), (Path("out") / RECEIPT).mkdir()),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen(done, change):
    assert stands(done)
    CHANGES[change]()
    assert not stands(done)


def test_a_receipt_that_was_edited_fails_its_seal(done):
    path = Path("out") / RECEIPT
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"documents": {}}), "utf-8")
    source()
    assert not stands(done)


def test_the_same_bytes_written_again_and_hidden_files_are_no_change(done):
    source("")
    Path("in/.hidden.txt").write_text(TEXT, "utf-8")
    assert stands(done)


@pytest.mark.parametrize("args", [["in", "out", "--dates", "iso"], ["./in", "out"], ["in", "out", "-q"], ["in"], ["out"], []])
def test_other_arguments_go_the_ordinary_way(done, args):
    assert not stands(args)


def test_another_working_folder_goes_the_ordinary_way(done, tmp_path, monkeypatch):
    shutil.copytree(tmp_path / "in", tmp_path / "x" / "in")
    shutil.copytree(tmp_path / "out", tmp_path / "x" / "out")
    monkeypatch.chdir(tmp_path / "x")
    assert not stands(done)


def test_other_code_is_seen(done, monkeypatch, tmp_path):
    real = pipeline.cli.again.basis
    (tmp_path / "code").mkdir()
    monkeypatch.setattr(pipeline.cli.again, "basis", lambda files, folders: real(files, [*folders, str(tmp_path / "code")]))
    assert not stands(done)


def test_a_glossary_and_the_settings_count(done, tmp_path):
    Path("mine.tsv").write_text(GLOSSARY, "utf-8")
    Path("normalize.toml").write_text('dates = "iso"\n', "utf-8")
    args = ["in", "out", "--glossary", "mine.tsv", "--config", "normalize.toml"]
    assert call(*args) == 0
    assert stands(args)
    Path("mine.tsv").write_text(GLOSSARY + "lot\tbatch\n", "utf-8")
    assert not stands(args)
    Path("mine.tsv").write_text(GLOSSARY, "utf-8")
    assert stands(args)
    Path("normalize.toml").write_text('dates = "long"\n', "utf-8")
    assert not stands(args)


def test_another_run_at_work_is_left_to_the_ordinary_way_which_refuses(done):
    with locked(Path("out")):
        assert not stands(done)
    assert stands(done)


def test_no_receipt_where_a_document_failed(done):
    Path("in/bad.txt").write_bytes(b"%PDF-1.7")
    assert call(*done) == 7
    assert not (Path("out") / RECEIPT).exists()
    assert call(*done) == 7


@pytest.mark.parametrize("option", [["-v"], ["--log", "run.jsonl"]])
def test_a_log_and_remarks_want_their_run(done, option):
    for _ in range(2):
        assert call(*done, *option) == 0
        assert not stands([*done, *option])


def test_the_state_is_taken_down_before_the_work(tmp_path, monkeypatch):
    """A table that changes while the run is at work was not the one that the run read."""
    Path(tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "mine.tsv").write_text(GLOSSARY, "utf-8")
    monkeypatch.chdir(tmp_path)

    def opened(config):
        Path("mine.tsv").write_text(GLOSSARY + "lot\tbatch\n", "utf-8")
        return Fake()

    monkeypatch.setattr(pipeline.translate, "open_model", opened)
    assert call("in", "out", "--glossary", "mine.tsv") == 0
    assert not stands(["in", "out", "--glossary", "mine.tsv"])
