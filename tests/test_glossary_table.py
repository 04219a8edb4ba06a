"""Tables: what is refused, and that nothing is loaded by half; edits on disk; reports over documents."""

import pytest

from pipeline.errors import GlossaryError, OutputError
from pipeline.glossary import Entry, Glossary, Matcher, load
from pipeline.glossary.audit import offences, varied
from pipeline.glossary.check import check
from pipeline.glossary.edit import add, remove
from pipeline.glossary.entry import Finding
from pipeline.glossary.mine import mine, rows, with_english
from pipeline.glossary.report import diff, impact, stats
from pipeline.glossary.rows import dump, parse
from pipeline.glossary.table import read
from pipeline.model import Block, Document, Kind, Lang, Mention, Placed, Segment, Span
from tests.casefile import cases

HEADER = "french\tenglish\tabbr_fr\tabbr_en\tpos\tmatch\tkeep\tadmitted\tcontext"


@pytest.mark.parametrize("row", cases("glossary/refused"))
def test_refused_with_line_and_mend(row, tmp_path):
    path = tmp_path / "bad.tsv"
    header = row["header"].replace(",", "\t") or HEADER
    path.write_text(f"{header}\nlot témoin\tcontrol batch\n{row['row']}\n", "utf-8")
    with pytest.raises(GlossaryError) as caught:
        load([path], shipped=False)
    assert f"{path}:{row['line']}: {row['message']}" in str(caught.value)
    assert caught.value.remedy


@pytest.mark.parametrize("row", cases("glossary/check"))
def test_check(row, tmp_path):
    path = tmp_path / "table.tsv"
    body = "\n".join(line.replace(",", "\t") for line in row["rows"].split("\n"))
    path.write_text(f"{HEADER}\n{body}\n", "utf-8")
    assert " ".join(f"{f.line}:{f.code}" for f in check(path)) == row["finds"]


def test_missing_and_mistaken_files(tmp_path):
    with pytest.raises(GlossaryError, match="no such file"):
        load([tmp_path / "none.tsv"])
    latin = tmp_path / "latin.tsv"
    latin.write_bytes("french\tenglish\nécole\tschool\n".encode("cp1252"))
    with pytest.raises(GlossaryError, match="not UTF-8"):
        load([latin])


def test_a_later_file_wins(tmp_path):
    path = tmp_path / "mine.tsv"
    path.write_text("french\tenglish\nfaçonnier\tCDMO\n", "utf-8")
    text = "Le façonnier livre."
    assert [m.value.english for m in Matcher(load([path])).find(text)] == ["CDMO"]
    assert [m.value.english for m in Matcher(load()).find(text)] == ["contract manufacturer"]


def test_a_later_file_wins_for_a_variant_and_where_its_context_fits(tmp_path):
    path = tmp_path / "a.tsv"
    path.write_text("french\tenglish\tcontext\natelier à façon|façonnier\ttolling shop\tacier\n", "utf-8")
    matcher = Matcher(load([path]))
    found = [[m.value.english for m in matcher.find(t)] for t in ("Le façonnier roule l'acier.", "Le façonnier livre.")]
    assert found == [["tolling shop"], ["contract manufacturer"]]


def test_dump_and_read_lose_nothing(tmp_path):
    path = tmp_path / "all.tsv"
    entries = load().entries
    path.write_text(dump(entries), "utf-8")
    assert [e.cells() for e in read(path)] == [e.cells() for e in entries]


def test_add_and_remove(tmp_path):
    path = tmp_path / "mine.tsv"
    assert add(path, [Entry(("salle grise",), "grey room")]) == 1
    before = path.read_bytes()
    with pytest.raises(GlossaryError, match=":2: 'Salle grise' is there already"):
        add(path, [Entry(("salle jaune",), "yellow room"), Entry(("Salle grise",), "gray room")])
    assert path.read_bytes() == before
    assert [e.english for e in remove(path, "salle grise")] == ["grey room"]
    with pytest.raises(GlossaryError, match="no row"):
        remove(path, "salle grise")


def test_a_failing_write_leaves_the_old_table(tmp_path, monkeypatch):
    path = tmp_path / "mine.tsv"
    add(path, [Entry(("salle grise",), "grey room")])
    before = path.read_bytes()

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        add(path, [Entry(("salle jaune",), "yellow room")])
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["mine.tsv"]


def glossary(*pairs):
    return Glossary(tuple(Entry((fr,), en, file="t.tsv", line=n) for n, (fr, en) in enumerate(pairs, 2)))


def document(matcher, text, english):
    mentions = tuple(matcher.find(text))
    placed = tuple(Placed(m, _where(m, english), "plain" if _where(m, english) else "lost") for m in mentions)
    segment = Segment(Span(0, len(text)), english, placed)
    block = Block(Kind.PARAGRAPH, (Span(0, len(text)),), text, (), Lang.FR, mentions, (segment,))
    return Document("a.txt", text, blocks=(block,))


def _where(mention: Mention, english: str) -> Span | None:
    at = english.find(mention.value.english)
    return Span(at, at + len(mention.value.english)) if at >= 0 else None


def test_stats_counts_rungs_and_renderings():
    matcher = Matcher(glossary(("salle grise", "grey room"), ("sas", "airlock")))
    uses = stats([document(matcher, "La salle grise et le sas.", "The grey room and the lock.")])
    assert {k: (u.count, u.lost, dict(u.renderings)) for k, u in uses.items()} == {
        "t.tsv:2": (1, 0, {"grey room": 1}),
        "t.tsv:3": (1, 1, {}),
    }


def test_impact_names_segments_that_would_change():
    old, new = glossary(("salle grise", "grey room")), glossary(("salle grise", "grade D area"))
    written = document(Matcher(old), "La salle grise.", "The grey room.")
    assert list(impact([written], Matcher(old))) == []
    (hit,) = impact([written], Matcher(new))
    assert hit.changes == ("salle grise: grey room → grade D area",)


def test_diff():
    changes = diff(glossary(("a b", "x"), ("c d", "y")), glossary(("c d", "z"), ("e f", "w")))
    assert [(c.kind, c.french, list(c.fields())) for c in changes] == [
        ("removed", "a b", []),
        ("changed", "c d", [("english", "y", "z")]),
        ("added", "e f", []),
    ]


def test_mine_proposes_acronyms_and_recurrent_phrases():
    texts = ["Le plan de vigilance locale (PVL) existe.", *["Une enceinte climatique ventilée est posée."] * 3]
    proposals = mine(texts, Matcher(glossary(("sas", "airlock"))))
    assert [(p.french, p.abbr, p.why, p.count) for p in proposals] == [
        ("plan de vigilance locale", "PVL", "acronym", 1),
        ("enceinte climatique ventilée", "", "recurrent", 3),
    ]
    entries, findings = parse("p.tsv", rows(proposals))
    assert (entries, findings) == ((), ())


def test_mine_leaves_out_what_has_an_entry():
    texts = ["Une enceinte climatique est posée."] * 4
    assert mine(texts, Matcher(glossary(("enceinte climatique", "climatic chamber")))) == []


def test_a_finding_reads_as_file_and_line():
    assert str(Finding("t.tsv", 3, "x", "is wrong", "mend it")) == "t.tsv:3: is wrong"


def test_forbidden_renderings_are_told_and_never_admitted():
    entry = Entry(("salle grise",), "grey room", admitted=("gray room",), forbidden=("grey hall",), file="t.tsv", line=2)
    matcher = Matcher([entry])
    (mention,) = matcher.find("La salle grise.")
    assert "grey hall" not in mention.value.admitted
    bad, good = (document(matcher, "Les salles grises.", f"The {noun}.") for noun in ("grey halls", "grey rooms"))
    assert [(o.forbidden, o.english) for o in offences([bad, good], Glossary((entry,)))] == [("grey hall", "The grey halls.")]
    (again,), _ = parse("t.tsv", dump([entry]))
    assert (again.admitted, again.forbidden) == (("gray room",), ("grey hall",))


def test_english_written_in_several_ways():
    entry = Entry(("salle grise",), "grey room", admitted=("tepid zone",), file="t.tsv", line=2)
    shared = Entry(("sas",), "airlock", admitted=("tepid lock",), file="t.tsv", line=3)
    texts = ("Grey rooms, a tepid zone and one airlock.", "The airlocks of the grey room.")
    blocks = [Block(Kind.PARAGRAPH, (Span(0, 9),), t, lang=Lang.EN, segments=(Segment(Span(0, 9), t),)) for t in texts]
    ((found, ways),) = varied([Document("a", "", blocks=tuple(blocks))], Glossary((entry, shared)))
    assert (found, dict(ways)) == (entry, {"grey room": 2, "tepid zone": 1})


def test_mine_leaves_out_what_no_article_leads():
    texts = [f"Le colloque {n} aura lieu demain. Une enceinte ventilée y sera." for n in range(4)]
    assert [p.french for p in mine(texts, Matcher(()))] == ["enceinte ventilée"]


def test_mine_reads_english_off_sentence_pairs():
    steady = [("Une enceinte grise.", "A grey chamber."), ("L'enceinte grise sert.", "The grey chamber serves.")]
    loose = [
        ("Le chariot rond.", "The round cart."),
        ("Un chariot rond roule.", "A circular trolley rolls."),
        ("Le chariot rond.", "A cart."),
    ]
    pairs = [*steady * 2, *loose, ("Rien.", "Nothing.")]
    proposals = with_english(mine([f for f, _ in pairs], Matcher(())), pairs)
    assert {p.french: (p.why, p.english) for p in proposals}["enceinte grise"] == ("recurrent", "grey chamber")
    assert proposals[0].french == "chariot rond" and proposals[0].why == "varies"
