"""The command with everything real in it: shipped model, shipped glossary, no network."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.edits import replay
from pipeline.write import record

ROOT = Path(__file__).parent.parent.parent
FRENCH = """Orvane Bioprocédés agrandit son usine

Orvane Bioprocédés a investi 12,5 M€ dans son site de 7 600 m² de Louviers, consacré aux médica-
ments de thérapie innovante (MTI). Les premiers lots sont attendus le 1er décembre 2025.

1/2

SUR LE MÊME SUJET

Contact presse : presse@orvane.example
"""
ENGLISH = """Orvane Bioprocess extends its plant

The plant in Louviers cost €12.5 million. It opened on December 1, 2025 and covers 7,600 m².
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    folder = tmp_path_factory.mktemp("src") / "in"
    folder.mkdir()
    (folder / "fr.txt").write_bytes(FRENCH.encode("cp1252"))
    (folder / "en.md").write_text(ENGLISH, "utf-8")
    (folder / "empty.txt").write_text("")
    return folder


@pytest.fixture(scope="module")
def out(source, tmp_path_factory):
    """The main job, run once in this process with every way to the network shut."""
    target = tmp_path_factory.mktemp("out") / "out"

    def refuse(*args, **kwargs):
        raise AssertionError("the main job reached for the network")

    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        assert call(source, target, "--quiet") == 0
    return target


def call(*args):
    with pytest.raises(SystemExit) as ended:
        main([str(arg) for arg in args])
    return ended.value.code or 0


def contents(folder):
    """Every file's text; of the manifest, all but the timings."""
    paths = [p for p in sorted(folder.rglob("*")) if p.is_file() and ".normalize" not in p.parts]
    texts = {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in paths}
    manifest = json.loads(texts["manifest.json"])
    del manifest["timings"]
    return texts | {"manifest.json": manifest}


def test_out_mirrors_the_source(out):
    assert sorted(p.name for p in out.iterdir() if p.is_file()) == sorted(
        ["en.json", "en.txt", "empty.json", "empty.txt", "fr.json", "fr.txt", "manifest.json", "review.html"]
    )
    assert (out / "empty.txt").read_text() == ""


def test_the_french_document_is_english_without_furniture(out):
    text = (out / "fr.txt").read_text("utf-8")
    assert "1/2" not in text
    assert "MÊME SUJET" not in text
    flags = json.loads((out / "manifest.json").read_text())["documents"][-1]["flags"]
    for value in ("€12.5 million", "7,600 m²", "1 December 2025", "Louviers", "presse@orvane.example"):
        assert value in text or any(value in flag["detail"] for flag in flags), value
    assert "médica" not in text


def test_the_english_document_keeps_its_words_and_gets_canonical_values(out):
    text = (out / "en.txt").read_text("utf-8")
    assert text == ENGLISH.replace("December 1, 2025", "1 December 2025")


@pytest.mark.parametrize("name", ["fr", "en"])
def test_every_span_of_the_record_leads_back(out, name):
    document, data = record.load(out / f"{name}.json"), json.loads((out / f"{name}.json").read_text("utf-8"))
    written = (out / f"{name}.txt").read_text("utf-8")
    assert document.source == (FRENCH if name == "fr" else ENGLISH)
    assert all(replay(document.source, block) == block.text for block in document.blocks)
    for block in data["blocks"]:
        for segment in block["segments"]:
            assert written[slice(*segment["output"])] == segment["english"]
            for placed in segment["placed"]:
                if placed["target"]:
                    assert written[slice(*placed["output"])] == segment["english"][slice(*placed["target"])]
    assert json.loads(record.to_text(document)) == data


def test_a_rerun_gives_the_same_bytes(source, out, tmp_path):
    before = contents(out)
    assert call(source, out, "--quiet") == 0
    assert contents(out) == before


def test_two_workers_give_the_same_bytes(source, out, tmp_path):
    done = subprocess.run(
        command(source, tmp_path / "out", "--workers", "2"), cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert contents(tmp_path / "out") == contents(out)


def test_check_writes_nothing(source, tmp_path):
    before = sorted(tmp_path.rglob("*"))
    assert call(source, tmp_path / "out", "--check", "--quiet") in (0, 1)
    assert sorted(tmp_path.rglob("*")) == before


def command(*args):
    return [sys.executable, "-c", "from pipeline.cli.main import main; main()", *map(str, args)]


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_ends_with_130_and_leaves_nothing_half_written_and_nobody_behind(tmp_path, workers):
    (tmp_path / "in").mkdir()
    for number in range(400):
        (tmp_path / "in" / f"{number:03}.txt").write_text(FRENCH.replace("12,5", f"{number},5"), "utf-8")
    process = subprocess.Popen(
        command(tmp_path / "in", tmp_path / "out", "--workers", workers),
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # a shell that runs the tests in the background has SIGINT ignored, and the child would inherit that
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    deadline = time.monotonic() + 60
    while not (tmp_path / "out" / ".normalize.lock").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.5 * workers**2)
    os.killpg(process.pid, signal.SIGINT)  # a terminal sends it to the whole group
    _, err = process.communicate(timeout=120)
    with pytest.raises(ProcessLookupError):
        while time.monotonic() < deadline + 60:  # Python's own tracker of resources ends an instant after its parent
            os.killpg(process.pid, 0)
            time.sleep(0.05)
    assert process.returncode == 130, err
    assert "interrupted" in err
    assert "Traceback" not in err
    left = {p.name for p in (tmp_path / "out").iterdir()}
    assert not any(name.startswith((".normalize-", ".normalize.")) for name in left)
    assert not json.loads((tmp_path / "out" / "manifest.json").read_text())["complete"]
    assert {n.removesuffix(".txt") for n in left if n.endswith(".txt")} == {
        n.removesuffix(".json") for n in left - {"manifest.json"} if n.endswith(".json")
    }


@pytest.mark.parametrize(
    ("name", "data", "code", "says"),
    [
        ("nul.txt", b"a\0b", 7, "NUL bytes"),
        ("scan.txt", b"%PDF-1.7 x", 7, "a PDF"),
        ("wide.txt", "été".encode("utf-16"), 0, ""),
        ("latin.txt", "L'usine a été agrandie en 2023.".encode("cp1252"), 0, "read as Windows-1252"),
        ("empty.txt", b"", 0, "holds no text"),
        ("line.txt", b"un mot " * 7_500_000, 7, "a line of 52.5 MB"),
        ("gone.txt", None, 7, "cannot be read"),
    ],
)
def test_one_odd_document_never_stops_the_others(tmp_path, capsys, name, data, code, says):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.txt").write_text(ENGLISH, "utf-8")
    if data is None:
        (tmp_path / "in" / name).symlink_to(tmp_path / "nowhere")
    else:
        (tmp_path / "in" / name).write_bytes(data)
    assert call(tmp_path / "in", tmp_path / "out", "-v") == code
    assert says in capsys.readouterr().err
    assert (tmp_path / "out" / "good.txt").read_text("utf-8").startswith("Orvane")
    assert (tmp_path / "out" / name).exists() == (code == 0)


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (["--model", "nothing"], 5, "nothing"),
        (["--model", "."], 5, "→"),
        (["--glossary", "broken.tsv"], 4, "broken.tsv"),
        (["--glossary", "missing.tsv"], 4, "missing.tsv"),
    ],
)
def test_what_the_run_needs_is_named_when_it_is_broken(source, tmp_path, monkeypatch, capsys, args, code, says):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken.tsv").write_text("français;anglais\nlot;batch\n", "utf-8")
    assert call(source, "out", *args) == code
    told = capsys.readouterr().err
    assert says in told
    assert "→" in told
    assert "Traceback" not in told


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere; tests/test_write.py simulates it")
def test_a_read_only_out(source, tmp_path, capsys):
    tmp_path.chmod(0o500)
    assert call(source, tmp_path / "out") == 6
    assert "may write" in capsys.readouterr().err
