"""Work shared by processes: all of it done, what a killed process held is told, nobody is left behind."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.errors import OutputError
from pipeline.processes import Lost, share

ROOT = Path(__file__).parent.parent


def squares(tasks):
    for task in tasks:
        yield task, task * task


def pairs(tasks):
    """Takes two before it gives one, as the translator gathers documents; task 7 kills its process."""
    held = []
    for task in tasks:
        if task == 7:
            time.sleep(0.3)
            os.kill(os.getpid(), signal.SIGKILL)
        held.append(task)
        if len(held) == 2:
            yield from ((n, n * n) for n in held)
            held.clear()
    yield from ((n, n * n) for n in held)


def suicide(tasks):
    os.kill(os.getpid(), signal.SIGKILL)
    yield from tasks


def disk_full(tasks):
    yield from ((task, task) for task in [next(tasks)])
    raise OutputError("full", "free some space")


def broken(tasks):
    next(tasks)
    yield 1 / 0


def slow(tasks):
    for task in tasks:
        yield task, os.getpid()
        time.sleep(60)


def told(message):
    return message[0]


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_every_task_is_done_once(workers):
    assert sorted(share(squares, range(20), workers, told)) == [(n, n * n) for n in range(20)]


def test_a_killed_process_gives_its_tasks_back_and_the_others_go_on():
    messages = list(share(pairs, range(20), 2, told))
    lost = [m for m in messages if isinstance(m, Lost)]
    done = sorted(m[0] for m in messages if not isinstance(m, Lost))
    assert [m.signal for m in lost] == [signal.SIGKILL]
    assert 7 in lost[0].tasks
    assert len(lost[0].tasks) <= 2
    assert sorted([*done, *lost[0].tasks]) == list(range(20))


def test_where_all_are_killed_every_task_is_told():
    lost = list(share(suicide, range(5), 2, told))
    assert all(isinstance(m, Lost) for m in lost)
    assert sorted(task for m in lost for task in m.tasks) == list(range(5))


def test_an_error_that_is_no_documents_fault_comes_out_with_its_remedy():
    with pytest.raises(OutputError, match="full") as caught:
        list(share(disk_full, range(5), 2, told))
    assert caught.value.remedy == "free some space"


def test_an_unforeseen_error_names_itself():
    with pytest.raises(Exception, match="ZeroDivisionError"):
        list(share(broken, range(5), 2, told))


def alive(process):
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, 0)
        stat = Path(f"/proc/{process}/stat")
        return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def test_closing_ends_the_processes():
    messages = share(slow, range(2), 2, told)
    workers = {next(messages)[1], next(messages)[1]}
    assert len(workers) == 2
    messages.close()
    assert not any(alive(worker) for worker in workers)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_the_processes_end_with_a_parent_that_is_killed(number):
    code = "from pipeline.processes import share; from tests.test_processes import slow, told\n"
    code += "if __name__ == '__main__':\n  for m in share(slow, range(2), 2, told): print(m[1], flush=True)"
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    workers = [int(parent.stdout.readline()) for _ in range(2)]
    parent.send_signal(number)
    parent.wait()
    parent.stdout.close()
    until = time.monotonic() + 10
    while any(map(alive, workers)) and time.monotonic() < until:
        time.sleep(0.02)
    assert not any(map(alive, workers))
