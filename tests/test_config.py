"""normalize.toml, the command line over it, and docs/config.md against Config."""

import dataclasses
import re
import tomllib
from pathlib import Path

import pytest

from pipeline.config import Config, load
from pipeline.errors import ConfigError

PAGE = (Path(__file__).parent.parent / "docs" / "config.md").read_text("utf-8")


def test_every_key_is_documented_with_its_default():
    rows = dict(re.findall(r"^\| `(\w+)` \| `([^`]*)` \|", PAGE, re.M))
    expected = {f.name: getattr(Config(), f.name) for f in dataclasses.fields(Config)}
    read = {name: tomllib.loads(f"x = {default}")["x"] for name, default in rows.items()}
    assert read == {name: list(value) if isinstance(value, tuple) else value for name, value in expected.items()}


def test_the_example_in_the_page_is_valid(tmp_path):
    path = tmp_path / "normalize.toml"
    path.write_text(re.search(r"```toml\n(.*?)```", PAGE, re.S)[1], "utf-8")
    assert load(path).dates == "iso"


def test_the_command_line_wins_and_paths_are_relative_to_the_file(tmp_path):
    path = tmp_path / "normalize.toml"
    path.write_text('dates = "iso"\nglossary = ["mine.tsv"]\nbatch-tokens = 512\n', "utf-8")
    config = load(path, dates="long", workers=None)
    assert (config.dates, config.glossary, config.batch_tokens, config.workers) == ("long", (tmp_path / "mine.tsv",), 512, 1)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('datse = "iso"', "datse"),
        ('dates = "american"', "dates"),
        ("workers = 0", "too small"),
        ('workers = "two"', "type int"),
        ("workers = true", "type int"),
        ("glossary = 3", "glossary"),
        ("dates = ", "not valid TOML"),
    ],
)
def test_a_broken_config_names_the_key_and_the_mend(tmp_path, text, says):
    path = tmp_path / "normalize.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=says) as caught:
        load(path)
    assert caught.value.remedy
    assert "normalize.toml" in str(caught.value)


def test_a_missing_config_is_an_error(tmp_path):
    with pytest.raises(ConfigError, match="no such file"):
        load(tmp_path / "none.toml")
