"""`kill -9` at any point, then the same command again: OUT is what it would have been."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
POINTS = 50


@pytest.fixture(scope="module")
def killed(tmp_path_factory):
    command = [sys.executable, "-m", "tests.end_to_end.killing", str(tmp_path_factory.mktemp("kill")), str(POINTS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_a_killed_and_finished_run_gives_what_an_undisturbed_one_gives(killed):
    assert killed["killed"] >= 50
    assert killed["bad"] == []


def test_what_a_killed_run_had_finished_is_not_done_again(killed):
    # written and not yet noted when the kill came: at most one a run
    assert killed["finished"] - POINTS <= killed["kept"] <= killed["finished"]
    assert killed["kept"] >= POINTS / 2


TEXT = "La société ouvre la ligne {0} pour {0},5 M€.\n\nLe site compte {0} salariés depuis le 1er décembre 2025.\n"


def start(folder, out):
    code = "from pipeline.cli.main import main; main()"
    command = [sys.executable, "-c", code, str(folder / "in"), str(out), "--workers", "2"]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def contents(out):
    files = {p.name: p.read_bytes() for p in out.iterdir() if p.is_file()}
    manifest = json.loads(files.pop("manifest.json"))
    del manifest["timings"]
    return {**files, "manifest": manifest}


def test_several_processes_killed_amid_the_work_and_at_any_time(tmp_path):
    (tmp_path / "in").mkdir()
    for number in range(10, 22):
        (tmp_path / "in" / f"{number}.txt").write_text(TEXT.format(number), "utf-8")
    begin = time.monotonic()
    _, told = start(tmp_path, tmp_path / "undisturbed").communicate()
    whole = time.monotonic() - begin
    expected = contents(tmp_path / "undisturbed")
    assert len(expected) == 26, told
    dice, killed = random.Random(11), 0
    for number in range(6):
        out = tmp_path / f"out-{number}"
        run = start(tmp_path, out)
        if number % 2:  # amid the documents, however fast the machine is
            for line in run.stderr:
                if f"[{number * 2}/" in line or "[ " + str(number * 2) in line:
                    break
        else:
            time.sleep(dice.random() * whole)
        os.kill(run.pid, signal.SIGKILL)
        killed += run.wait() == -signal.SIGKILL
        run.stderr.close()  # its processes may hold the other end for an instant
        again = start(tmp_path, out)
        _, told = again.communicate()
        assert again.returncode == 0, told
        assert contents(out) == expected
    assert killed >= 3
