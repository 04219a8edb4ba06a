"""Round trips of every exchange format, and what is said of files that cannot be read."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from pipeline.errors import GlossaryError
from pipeline.glossary import Entry, load
from pipeline.glossary.exchange import open_any, save, to_tmx
from pipeline.glossary.tbx import NAMESPACE, from_tbx, to_tbx
from pipeline.model import Block, Document, Kind, Lang, Segment, Span

SCHEMAS = Path(__file__).parent / "schemas"


@pytest.mark.parametrize("suffix", [".tsv", ".csv", ".tbx", ".xlsx"])
def test_round_trip_loses_nothing(tmp_path, suffix):
    if suffix == ".xlsx":
        pytest.importorskip("openpyxl")
    path = tmp_path / f"all{suffix}"
    entries = load().entries
    save(entries, path)
    again, warnings = open_any(path)
    assert warnings == ()
    assert [e.cells() for e in again] == [e.cells() for e in entries]


def test_tbx_is_2019_basic_with_preferred_and_admitted_terms():
    root = ET.fromstring(to_tbx(load().search("façonnier")[:1]))
    assert (root.tag, root.get("type"), root.get("style")) == (f"{{{NAMESPACE}}}tbx", "TBX-Basic", "dca")
    status = [n.text for n in root.iter(f"{{{NAMESPACE}}}termNote") if n.get("type") == "administrativeStatus"]
    assert {"preferredTerm-admn-sts", "admittedTerm-admn-sts"} == set(status)


def test_a_foreign_tbx_is_read_and_what_is_not_is_said():
    text = """<martif type="TBX"><text><body>
    <termEntry id="a"><langSet xml:lang="fr-FR"><tig><term>salle grise</term></tig></langSet>
      <langSet xml:lang="en-GB"><tig><term>grey room</term></tig><tig><term>grade D area</term></tig></langSet></termEntry>
    <termEntry id="b"><langSet xml:lang="fr"><tig><term>salle jaune</term></tig></langSet></termEntry>
    </body></text></martif>"""
    entries, warnings = from_tbx(text, "x.tbx")
    assert [(e.french, e.english, e.admitted) for e in entries] == [(("salle grise",), "grey room", ("grade D area",))]
    assert warnings == ("x.tbx: concept b left out: no English for 'salle jaune'",)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.tbx", "<tbx", "a.tbx:1: not XML"),
        ("a.tbx", "<tbx/>", "no concept entries"),
        ("a.csv", "french,english\nlot noir,\n", "a.csv:2: no English"),
        ("a.csv", "fr,en\n", "unknown column 'fr'"),
        ("a.doc", "", "unknown format '.doc'"),
    ],
)
def test_unreadable(tmp_path, name, text, message):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    with pytest.raises(GlossaryError) as caught:
        open_any(path)
    assert message in str(caught.value)
    assert caught.value.remedy


def test_tmx_holds_each_translated_pair_once():
    def block(text, lang, origin):
        segment = Segment(Span(0, len(text)), "The <lot>.", origin=origin)
        return Block(Kind.PARAGRAPH, (Span(0, len(text)),), text, lang=lang, segments=(segment,))

    blocks = (block("Le lot.", Lang.FR, "model"), block("Le lot.", Lang.FR, "model"), block("01 99", Lang.FR, "copy"))
    root = ET.fromstring(to_tmx([Document("a", "", blocks=(*blocks, block("The lot.", Lang.EN, "source")))]))
    assert [s.text for s in root.iter("seg")] == ["Le lot.", "The <lot>."]


def test_tbx_has_the_structure_and_the_pick_lists_of_tbx_basic():
    etree = pytest.importorskip("lxml.etree")
    schema = etree.RelaxNG(etree.parse(SCHEMAS / "glossary-tbx-basic.rng"))
    entries = [*load().entries, Entry(("salle grise",), "grey room", forbidden=("grey hall",), note="a <note>")]
    schema.assertValid(etree.fromstring(to_tbx(entries).encode()))
    assert not schema.validate(etree.fromstring(to_tbx(entries).replace("fullForm", "full").encode()))


def test_tmx_has_the_structure_of_tmx_14():
    etree = pytest.importorskip("lxml.etree")
    dtd = etree.DTD(str(SCHEMAS / "glossary-tmx14.dtd"))
    text = "Le <lot> & lui."
    segment = Segment(Span(0, len(text)), "The <lot> & it.", origin="model")
    written = to_tmx([Document("a", "", blocks=(Block(Kind.ITEM, (Span(0, 9),), text, lang=Lang.FR, segments=(segment,)),))])
    assert dtd.validate(etree.fromstring(written.encode())), dtd.error_log
    assert not dtd.validate(etree.fromstring(written.replace("<seg>", "<s>").replace("</seg>", "</s>").encode()))
