"""The command as a user meets it: messages, exit codes, what goes to which stream. Stages are stand-ins of `test_run`."""

import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import pipeline.cli.ending
import pipeline.execute
from pipeline.cli.main import main
from pipeline.errors import GlossaryError, ModelError
from pipeline.translate.background import begin
from tests.test_run import stages

ROOT = Path(__file__).parent.parent


@pytest.fixture
def run(monkeypatch, capsys):
    monkeypatch.setattr(pipeline.execute, "open_stages", lambda config, memory=None: stages())

    def call(*args):
        with pytest.raises(SystemExit) as ended:
            main([str(arg) for arg in args])
        told = capsys.readouterr()
        return ended.value.code or 0, told.out, told.err

    return call


@pytest.fixture
def source(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("un écho", "utf-8")
    (tmp_path / "in" / "b.txt").write_text("deux", "utf-8")
    return tmp_path / "in"


def test_the_main_job_needs_no_subcommand(run, source, tmp_path):
    code, out, err = run(source, tmp_path / "out")
    assert code == 0
    assert (tmp_path / "out" / "b.txt").read_text() == "DEUX\n"
    assert "[1/2] a.txt: 1 blocks, 1 segments, 2 words, 1 flags" in err
    assert re.search(r"documents +2 *\n", out)
    assert re.search(rf"translate\.echo +{tmp_path}/out/a\.txt:1", out)


def test_quiet_says_nothing(run, source, tmp_path):
    assert run(source, tmp_path / "out", "--quiet") == (0, "", "")


def test_check_writes_nothing_and_fails_on_flags(run, source, tmp_path):
    code, out, _ = run(source, "--check")
    assert code == 1
    assert "translate.echo  a.txt" in out
    assert not (tmp_path / "out").exists()
    (source / "a.txt").write_text("un")
    assert run(source, tmp_path / "out", "--check")[0] == 0
    assert not (tmp_path / "out").exists()


def test_a_bad_document_is_named_with_its_mend_and_the_others_are_done(run, source, tmp_path):
    (source / "scan.txt").write_bytes(b"%PDF-1.4 \0")
    code, out, err = run(source, tmp_path / "out")
    assert code == 7
    assert "scan.txt: not text but a PDF" in err
    assert "→ extract its text first" in err
    assert "2, 1 failed" in out
    assert (tmp_path / "out" / "a.txt").exists()


def test_a_traceback_only_with_two_v(run, source, tmp_path):
    (source / "c.txt").write_text("broken")
    assert "Traceback" not in run(source, tmp_path / "out", "-v")[2]
    code, _, err = run(source, tmp_path / "out", "-v", "-v")
    assert (code, "Traceback" in err) == (7, True)


def test_files_that_clash_are_both_kept_and_said(run, source, tmp_path):
    (source / "a.md").write_text("un autre")
    _, out, _ = run(source, tmp_path / "out")
    assert (tmp_path / "out" / "a.md.txt").read_text() == "UN AUTRE\n"
    assert "a.md is written to a.md.txt" in out


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (["none", "out"], 2, "no such file or folder"),
        (["in"], 2, "OUT is missing"),
        (["in", "in/out"], 2, "inside SRC"),
        (["in", "out", "--config", "none.toml"], 3, "no such file"),
        (["in", "out", "--config", "bad.toml"], 3, "did you mean 'dates'"),
        (["in", "out", "--workers", "0"], 3, "too small"),
        (["in", "out", "--dates", "american"], 2, "american"),
        (["in", "out", "--datse", "iso"], 2, "--datse"),
        (["in", "in/a.txt/out"], 2, "OUT lies inside SRC"),
        (["in/a.txt", "in/b.txt/out"], 6, "b.txt"),
    ],
)
def test_bad_input_gets_one_message_and_its_code(run, source, tmp_path, monkeypatch, args, code, says):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.toml").write_text('datse = "iso"')
    got, out, err = run(*args)
    assert (got, out) == (code, "")
    assert says in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("error", "code"), [(ModelError("no model", "install one"), 5), (GlossaryError("g.tsv:3: bad", "mend it"), 4)]
)
def test_what_cannot_be_opened_ends_the_run(run, source, tmp_path, monkeypatch, error, code):
    def fail(config, memory=None):
        raise error

    monkeypatch.setattr(pipeline.execute, "open_stages", fail)
    assert run(source, tmp_path / "out") == (code, "", f"normalize: {error}\n  → {error.remedy}\n")


def test_ctrl_c_ends_with_its_code_and_no_traceback(run, source, tmp_path, monkeypatch):
    def interrupt(config, memory=None):
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline.execute, "open_stages", interrupt)
    code, _, err = run(source, tmp_path / "out")
    assert code == 130
    assert "interrupted" in err
    assert "Traceback" not in err


def interrupting(*args):
    raise KeyboardInterrupt


def test_ctrl_c_while_the_arguments_are_read_has_the_same_answer(run, source, tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.write.manifest.version", interrupting)
    code, out, err = run(source, tmp_path / "out", "--version")
    assert (code, out) == (130, "")
    assert err.count("interrupted") == 1
    assert "run the same command again" in err


def test_ctrl_c_in_another_command_says_nothing_of_a_run(run, tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.api.load", interrupting)
    code, out, err = run("export", tmp_path, "--to", "jsonl")
    assert (code, out, err.strip()) == (130, "", "normalize: interrupted")


def test_a_run_that_ends_while_the_model_works_ends_the_process_at_once(monkeypatch, capsys):
    ended, release = [], threading.Event()
    monkeypatch.setattr(pipeline.cli.ending.os, "_exit", ended.append)
    future = begin(release.wait)
    with pytest.raises(SystemExit):  # which is not reached where `os._exit` is what it is
        pipeline.cli.ending.interrupted()
    assert ended == [130]
    release.set()
    future.result(10)


def test_a_source_called_like_a_group(run, source, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    source.rename(tmp_path / "model")
    assert run("./model", "out")[0] == 0
    code, out, _ = run("model", "--help")
    assert code == 0
    assert "install" in out


def test_the_models_are_listed_and_described(run):
    code, out, _ = run("model", "list")
    assert code == 0
    assert "translate-fr_en" in out
    code, out, _ = run("model", "info")
    assert code == 0
    assert "shipped with this program" in out
    assert run("model", "info", "nothing")[0] == 5
    assert run("model", "install", "nothing.argosmodel")[0] == 8


def test_help_shows_examples_and_costs_little():
    code = "import resource, sys; from pipeline.cli.main import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
    code += "heavy = [m for m in ('regex', 'ctranslate2', 'babel') if m in sys.modules]\n"
    code += "print(resource.getrusage(resource.RUSAGE_SELF).ru_utime, *heavy)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "normalize corpus/ out/ --dates iso" in done.stdout
    (*seconds,) = done.stdout.splitlines()[-1].split()
    assert len(seconds) == 1, "something heavy is imported for --help"
    assert float(seconds[0]) < 1.0  # 0.3 on a quiet machine; the goal is 0.4 and this leaves room for a busy one


def test_the_version(run):
    assert run("--version")[1].startswith("normalize ")
