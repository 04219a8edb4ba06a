"""`kill -9` at any point, then the same command again: OUT is what it would have been."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
POINTS = 60


@pytest.fixture(scope="module")
def killed(tmp_path_factory):
    command = [sys.executable, "-m", "tests.end_to_end.killing", str(tmp_path_factory.mktemp("kill")), str(POINTS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_a_killed_and_finished_run_gives_what_an_undisturbed_one_gives(killed):
    assert killed["points"] >= 50
    assert killed["bad"] == []


def test_the_kills_hit_running_runs_and_what_was_finished_is_not_done_again(killed):
    assert POINTS - killed["ended"] >= 50, "too many runs ended before they were killed"
    # written and not yet noted when the kill came: one or two a run
    assert killed["finished"] - 3 * POINTS <= killed["kept"] <= killed["finished"]
    assert killed["kept"] >= POINTS / 2
