"""What the README shows is what happens: its broken passage, run through the main job."""

import re
from pathlib import Path

import pytest

from pipeline.cli.main import main

README = (Path(__file__).parent.parent.parent / "README.md").read_text("utf-8")


def test_the_example_comes_out_as_shown(tmp_path):
    before, after = re.findall(r"```text\n(.*?)```", README, re.S)
    (tmp_path / "a.txt").write_text(before, "utf-8")
    with pytest.raises(SystemExit) as ended:
        main([str(tmp_path / "a.txt"), str(tmp_path / "out"), "--quiet"])
    assert not ended.value.code
    text = (tmp_path / "out" / "a.txt").read_text("utf-8")
    # the sentence around them is the model's, and changes with it
    values = ("€12.5 million", "7,600 m²", "1 December 2023", "third quarter of 2024")
    for held in (*values, "advanced therapy medicinal products (ATMPs)"):
        assert held in after.replace("\n", " ")
        assert held in text
    assert "MÊME SUJET" not in text
    assert "2/5" not in text
    assert len(text.strip().split("\n\n")) == 1
