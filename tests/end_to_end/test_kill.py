"""`kill -9` at any point, then the same command again: OUT is what it would have been."""

import json
import subprocess
import sys
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
