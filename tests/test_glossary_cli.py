"""Every `normalize glossary …` command as a user meets it: what it prints, where, and its exit code."""

import json

import pytest

from pipeline.cli.main import main
from pipeline.glossary import Matcher, load
from pipeline.glossary.entry import COLUMNS
from pipeline.model import Block, Document, Kind, Lang, Placed, Segment, Span
from pipeline.write.record import to_text

HEADER = "french\tenglish\tabbr_fr\tabbr_en\tpos\tmatch\tkeep\tadmitted\tcontext\n"


@pytest.fixture
def run(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")

    def call(*args):
        with pytest.raises(SystemExit) as ended:
            main(["glossary", *map(str, args)])
        told = capsys.readouterr()
        return ended.value.code or 0, told.out, told.err

    return call


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "mine.tsv"
    path.write_text(HEADER + "salle grise\tgrey room\tSG\tGR\t\t\t\tgray room|!grey hall\t\nsas rond\tround lock\n", "utf-8")
    return path


@pytest.fixture
def out(tmp_path, table):
    """The record of a run with `table`: one term in its place, one lost, one forbidden rendering."""
    matcher = Matcher(load([table], shipped=False))

    def block(text, english, target):
        (mention,) = matcher.find(text)
        placed = Placed(mention, target, "plain" if target else "lost")
        segment = Segment(Span(0, len(text)), english, (placed,), origin="model")
        return text, mention, segment

    blocks, source = [], ""
    for text, english, target in (
        ("La salle grise.", "The grey room.", Span(4, 13)),
        ("Les salles grises.", "The grey halls.", None),
        ("Le sas rond.", "The round door.", None),
    ):
        text, mention, segment = block(text, english, target)
        piece = Span(len(source), len(source) + len(text))
        blocks.append(Block(Kind.PARAGRAPH, (piece,), text, (), Lang.FR, (mention,), (segment,)))
        source += text + "\n\n"
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "a.json").write_text(to_text(Document("a.txt", source, blocks=tuple(blocks))), "utf-8")
    return folder


def test_no_command_shows_help(run):
    code, out, err = run()
    assert "explain" in out + err and code in (0, 2)


def test_check(run, table, tmp_path):
    assert run("check", table) == (0, "nothing to mend\n", "")
    table.write_text(table.read_text("utf-8") + "sas rond\tring\n", "utf-8")
    code, out, _ = run("check", table)
    assert code == 1
    assert f"{table}:4: 'sas rond' is 'round lock' on line 3 [conflict]\n    → keep one" in out
    code, _, err = run("check", tmp_path / "none.tsv")
    assert code == 4 and "no such file" in err and "→ give the path" in err


def test_add_remove_list(run, tmp_path):
    path = tmp_path / "new.tsv"
    assert run("add", path, "salle rose", "rose room", "--abbr-fr", "SR", "--abbr-en", "RR", "--source", "usage")[0] == 0
    assert run("add", path, "Zorvex", "--keep")[0] == 0
    code, out, _ = run("list", "rose", "-g", path, "--no-shipped-glossary")
    assert (code, "SR → RR" in out, out.endswith("1 entries\n")) == (0, True, True)
    code, _, err = run("add", path, "salle rose", "pink room")
    assert (code, f"{path}:2: 'salle rose' is there already" in err, "→ remove that row first" in err) == (4, True, True)
    code, _, err = run("add", path, "salle bleue")
    assert (code, "no English for 'salle bleue'" in err, "→ write the English" in err) == (4, True, True)
    assert run("remove", path, "salle rose")[1] == f"{path}:2: removed 'salle rose' → 'rose room'\n"
    code, _, err = run("remove", path, "salle rose")
    assert (code, "no row for 'salle rose'" in err) == (4, True)


def test_explain(run, table):
    code, out, _ = run("explain", "Les salles grises, un sas carré", "-g", table, "--no-shipped-glossary")
    assert code == 0 and "salles grises\tgrey rooms\tterm.plural\tmine.tsv:2" in out
    assert "no entry matches" in run("explain", "rien", "-g", table, "--no-shipped-glossary")[1]


@pytest.mark.parametrize("command", [["list"], ["explain", "mot"], ["mine", "."], ["impact", "."], ["stats", "."]])
def test_a_broken_table_is_refused_with_line_and_mend(run, table, command):
    table.write_text(table.read_text("utf-8") + "salle noire\t\n", "utf-8")
    code, _, err = run(*command, "-g", table)
    assert (code, f"{table}:4: no English for 'salle noire'" in err, "→ write the English" in err) == (4, True, True)


def test_stats(run, table, out):
    code, told, _ = run("stats", out, "-g", table, "--no-shipped-glossary")
    assert code == 0
    assert "3 occurrences of 2 entries, 2 without an allowed rendering; 0 rows unused" in told
    assert "forbidden: 'grey hall' for 'salle grise' in a.txt, block 1" in told


def test_impact(run, table, out):
    code, told, _ = run("impact", out, "-g", table, "--no-shipped-glossary")
    assert (code, told) == (0, "0 segments would change\n")
    table.write_text(table.read_text("utf-8").replace("grey room", "grade D area"), "utf-8")
    code, told, _ = run("impact", out, "-g", table, "--no-shipped-glossary")
    assert code == 1 and "salle grise: grey room → grade D area" in told and "2 segments would change" in told


@pytest.mark.parametrize("command", ["stats", "impact"])
def test_a_folder_that_no_run_has_written(run, tmp_path, command):
    code, _, err = run(command, tmp_path)
    assert (code, "no records" in err, "→ give the OUT of a run" in err) == (2, True, True)


def test_mine(run, tmp_path):
    text = "Le plan de vigilance locale (PVL) existe. Une enceinte climatique ventilée est posée ici."
    (tmp_path / "a.txt").write_text("\n\n".join([text, "Une enceinte climatique ventilée sert encore."] * 3), "utf-8")
    code, out, _ = run("mine", tmp_path / "a.txt", "--least", 2)
    assert code == 0 and "plan de vigilance locale" in out and "PVL" in out
    rows = tmp_path / "rows.tsv"
    assert run("mine", tmp_path / "a.txt", "-o", rows)[0] == 0
    assert rows.read_text("utf-8").splitlines()[0].split("\t") == list(COLUMNS)


def test_diff(run, table, tmp_path):
    other = tmp_path / "other.tsv"
    other.write_text(table.read_text("utf-8").replace("round lock", "ring"), "utf-8")
    assert run("diff", table, table) == (0, "0 rows differ\n", "")
    code, out, _ = run("diff", table, other)
    assert (code, out) == (1, "changed sas rond\n    english: round lock → ring\n1 rows differ\n")


@pytest.mark.parametrize("suffix", ["csv", "tbx", "xlsx", "tsv"])
def test_export_and_import_lose_nothing(run, table, tmp_path, suffix):
    if suffix == "xlsx":
        pytest.importorskip("openpyxl")
    file, back = tmp_path / f"x.{suffix}", tmp_path / "back.tsv"
    assert run("export", table, file) == (0, f"{file}: 2 entries\n", "")
    assert run("import", file, back) == (0, f"{back}: 2 entries added\n", "")
    assert run("diff", table, back)[0] == 0
    code, _, err = run("import", file, back)
    assert code == 4 and "is there already" in err


def test_export_and_import_of_what_cannot_be(run, table, tmp_path):
    code, _, err = run("export", table, tmp_path / "x.doc")
    assert (code, "unknown format '.doc'" in err) == (4, True)
    bad = tmp_path / "bad.xlsx"
    bad.write_text("no workbook")
    code, _, err = run("import", bad, tmp_path / "back.tsv")
    assert code == 4 and "→" in err
    assert not (tmp_path / "back.tsv").exists()


def test_tmx(run, out, tmp_path):
    assert run("tmx", out, tmp_path / "m.tmx")[0] == 0
    assert "<seg>La salle grise.</seg>" in (tmp_path / "m.tmx").read_text("utf-8")
    code, _, err = run("tmx", out, tmp_path / "none" / "m.tmx")
    assert (code, "cannot be written" in err) == (6, True)


def test_a_damaged_record_is_named(run, out, tmp_path):
    record = out / "a.json"
    data = json.loads(record.read_text("utf-8"))
    del data["blocks"]
    record.write_text(json.dumps(data), "utf-8")
    code, _, err = run("stats", out)
    assert code not in (0, 70) and "a.json" in err


def test_mine_reads_pairs_from_a_tmx_and_joins_singular_and_plural(run, tmp_path):
    french = ("La presse rotative tourne.", "Les presses rotatives tournent.", "Une presse rotative neuve", "Les presses rotatives")
    units = "".join(
        f'<tu><tuv xml:lang="fr"><seg>{f}</seg></tuv><tuv xml:lang="en"><seg>A rotary press.</seg></tuv></tu>' for f in french
    )
    path = tmp_path / "memory.tmx"
    path.write_text(f'<tmx version="1.4"><header/><body>{units}</body></tmx>', "utf-8")
    code, out, _ = run("mine", path, "--least", "2")
    rows = [line.split("\t") for line in out.splitlines()[1:]]
    assert code == 0
    assert [(row[0], row[4]) for row in rows if "rotative" in row[0]] == [("presses rotatives", "4")]
