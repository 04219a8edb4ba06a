"""What the line on a terminal says, by the clock and the width."""

import pytest

import pipeline.cli.progress
from pipeline.cli.progress import Progress
from pipeline.write.report import Report


@pytest.fixture
def clock(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(pipeline.cli.progress.time, "perf_counter", lambda: now[0])
    return now


def finish(progress, number, words=500, kept=False):
    for place in range(number):
        progress.finished(Report(f"{place}.txt", counts={"words_out": words}, kept=kept))


def test_before_anything_is_done(clock):
    progress = Progress(True, 0)
    assert progress._state(80) == (0, 0, "reading the folder")
    progress.begin(1200)
    assert progress._state(80) == (0, 1200, "0/1,200 documents · opening the model")
    progress.opened()
    assert progress._state(80) == (0, 1200, "0/1,200 documents · translating")


def test_documents_words_a_second_and_the_time_left(clock):
    progress = Progress(True, 0)
    progress.begin(60)
    progress.opened()
    clock[0] += 10
    finish(progress, 10)
    assert progress._state(80) == (10, 60, "10/60 documents · 500 words/s · 0:50 left")
    assert progress._state(40) == (10, 60, "10/60 · 500 words/s · 0:50 left")


@pytest.mark.parametrize(("later", "left"), [(20, "0:30"), (36, "0:14"), (40, "0:12"), (4000, "0:12")])
def test_the_time_left_counts_down_and_never_to_nothing(clock, later, left):
    progress = Progress(True, 0)
    progress.begin(60)
    clock[0] += 10
    finish(progress, 10)
    clock[0] += later
    assert f" {left} left" in progress._state(80)[2]
    assert "500 words/s" in progress._state(80)[2]


def test_documents_that_stand_count_neither_for_the_speed_nor_for_the_time(clock):
    progress = Progress(True, 0)
    progress.begin(100)
    finish(progress, 80, kept=True)
    assert progress._state(80)[2] == "80/100 documents · opening the model"
    clock[0] += 600
    finish(progress, 1, words=60)
    assert progress._state(80)[2] == "81/100 documents · 0 words/s · 3:10:00 left"


def test_the_line_is_narrower_than_the_terminal(clock):
    from rich.console import Console

    from pipeline.cli.bar import Bar

    progress = Progress(True, 0)
    progress.begin(60)
    progress.opened()
    clock[0] += 10
    finish(progress, 10)
    drawn = {}
    for columns in (20, 30, 44, 60, 200):
        console = Console(width=columns, force_terminal=True, color_system=None)
        with console.capture() as capture:
            console.print(Bar(progress._state))
        (drawn[columns],) = capture.get().splitlines()
        assert len(drawn[columns].rstrip()) <= columns
    assert "━" in drawn[44]
    assert "━" not in drawn[30]
    assert drawn[200].index("10/60") == 41


def test_a_document_is_one_line_whatever_its_name(capsys):
    progress = Progress(False, 0)
    progress.begin(1)
    progress.finished(Report("a\nb.txt", counts={"blocks": 1, "segments": 1, "words_out": 2, "flags": 0}))
    assert capsys.readouterr().err == "[1/1] a\\nb.txt: 1 blocks, 1 segments, 2 words\n"
