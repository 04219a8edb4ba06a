"""docs/errors.md against pipeline/errors.py; errors travel between processes."""

import pickle
import re
from pathlib import Path

import pytest

from pipeline import errors

PAGE = (Path(__file__).parent.parent / "docs" / "errors.md").read_text("utf-8")
ALL = [c for c in vars(errors).values() if isinstance(c, type) and issubclass(c, errors.NormalizeError)]


def documented():
    return {int(code): name for code, name in re.findall(r"^## (\d+): `?(\w+)`?", PAGE, re.M)}


def test_every_exit_code_is_documented_and_no_other():
    codes = {c.exit_code: c.__name__ for c in ALL} | {errors.FLAGGED: "flagged", errors.INTERRUPTED: "interrupted", 0: "done"}
    assert documented() == codes


def test_codes_are_unique():
    assert len({c.exit_code for c in ALL}) == len(ALL)


@pytest.mark.parametrize("cls", ALL)
def test_an_error_travels_between_processes(cls):
    again = pickle.loads(pickle.dumps(cls("what happened", "what to do")))
    assert (type(again), str(again), again.remedy) == (cls, "what happened", "what to do")
