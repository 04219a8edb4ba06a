"""`normalize trace`: what it says of a line and of a place in it; what it refuses."""

import pytest

from pipeline.cli.main import main
from pipeline.cli.trace import parse
from pipeline.errors import UsageError
from tests import small_out


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    return small_out.make(tmp_path_factory.mktemp("trace"))


def call(where, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["trace", str(where)])
    captured = capsys.readouterr()
    return ended.value.code or 0, captured.out, captured.err


def test_a_line_stage_by_stage(out, capsys):
    code, text, _ = call(f"{out / 'fr.txt'}:3", capsys)
    assert code == 0
    assert "fr.txt:3  from fr.txt (cp1252)" in text and "paragraph, fr" in text
    assert "Mention  money '12,5 M€' -> '€12.5 million'" in text and "money:12500000:EUR" in text
    assert r"Edit     repair.dehyphenate" in text and "line 3" in text
    assert "3 | Orvane Bioprocédés a investi 12,5 M€" in text and "4 | ments de thérapie" in text
    assert "6 |" not in text  # the page counter is no part of it


def test_a_place_in_a_line(out, capsys):
    line = (out / "sub" / "en.txt").read_text("utf-8").split("\n")[2]
    _, text, _ = call(f"{out / 'sub' / 'en.txt'}:3:{line.index('1 December') + 1}", capsys)
    assert "this place comes from" in text and "'December 1, 2025'" in text
    assert "money:4200000" not in text  # that is in the sentence before


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ("{out}/fr.txt", "names no line"),
        ("{out}/fr.txt:0", "names no line"),
        ("{out}/none.txt:1", "no such file"),
        ("{out}/fr.txt:99", "has 5 lines, not 99"),
        ("{out}/fr.txt:2", "empty line between two blocks"),
        ("{out}/fr.txt:1:999", "characters, not 999"),
    ],
)
def test_refusals(out, capsys, where, message):
    code, _, error = call(where.format(out=out), capsys)
    assert code == 2 and message in error and "→" in error


def test_a_path_may_hold_colons():
    assert parse("C:/out/a:b.txt:3:4")[1:] == (3, 4) and str(parse("x:1.txt:7")[0]) == "x:1.txt"
    with pytest.raises(UsageError):
        parse(":3")
