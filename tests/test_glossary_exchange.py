"""Round trips of every exchange format, and what is said of files that cannot be read."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from pipeline.errors import GlossaryError
from pipeline.glossary import Entry, load
from pipeline.glossary.exchange import open_any, save
from pipeline.glossary.tbx import NAMESPACE, to_tbx
from pipeline.glossary.tbx_reading import from_tbx
from pipeline.glossary.tmx import from_tmx, to_tmx
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
        ("a.csv", "mot,word\n", "no column french"),
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


DCA = """<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><text><body><conceptEntry id="c1">
  <descrip type="subjectField">hygiene</descrip><descripGrp><descrip type="definition">A clean <hi>room</hi>.</descrip>
  <admin type="source">Handbook 7</admin></descripGrp><xref type="xGraphic" target="https://example.org/a.png">a</xref>
  <langSec xml:lang="en-GB"><termSec><term>drab room</term><termNote type="administrativeStatus">supersededTerm-admn-sts</termNote>
    </termSec><termSec><term>gray room</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termSec>
    <termSec><term>grey <hi>room</hi></term><termNoteGrp><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>
    </termNoteGrp><descrip type="context">In the grey room.</descrip></termSec></langSec>
  <langSec xml:lang="fr"><termSec><term>salle
      grise</term></termSec><termSec><term>SG</term><termNote type="termType">acronym</termNote></termSec></langSec>
  <langSec xml:lang="de"><termSec><term>Grauraum</term></termSec></langSec></conceptEntry></body></text></tbx>"""
DCT = """<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min"
  xmlns:basic="http://www.tbxinfo.net/ns/basic"><text><body><conceptEntry id="c1"><min:subjectField>hygiene</min:subjectField>
  <descripGrp><basic:definition>A clean room.</basic:definition><basic:source>Handbook 7</basic:source></descripGrp>
  <basic:xGraphic target="https://example.org/a.png">a</basic:xGraphic>
  <langSec xml:lang="en"><termSec><term>drab room</term><min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus>
    </termSec><termSec><term>gray room</term><min:administrativeStatus>admittedTerm-admn-sts</min:administrativeStatus></termSec>
    <termSec><term>grey room</term><min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus>
    <basic:context>In the grey room.</basic:context></termSec></langSec>
  <langSec xml:lang="fr"><termSec><term>salle grise</term></termSec><termSec><term>SG</term><basic:termType>acronym</basic:termType>
    </termSec></langSec><langSec xml:lang="de"><termSec><term>Grauraum</term></termSec></langSec>
  </conceptEntry></body></text></tbx>"""
MARTIF = """<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd"><martif type="TBX-Basic" xml:lang="en"><text><body>
  <termEntry id="c1"><descrip type="subjectField">hygiene</descrip><descrip type="definition">A clean room.</descrip>
  <admin type="source">Handbook 7</admin><xref type="xGraphic" target="a.png">a</xref>
  <langSet xml:lang="en"><ntig><termGrp><term>drab room</term>
    <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote>
    </termGrp></ntig><tig><term>gray room</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></tig>
    <ntig><termGrp><term>grey room</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termGrp>
    <descrip type="context">In the grey room.</descrip></ntig></langSet>
  <langSet xml:lang="fr"><tig><term>salle grise</term></tig><tig><term>SG</term><termNote type="termType">acronym</termNote></tig>
  </langSet><langSet xml:lang="de"><tig><term>Grauraum</term></tig></langSet></termEntry></body></text></martif>"""


@pytest.mark.parametrize("text", [DCA, DCT, MARTIF], ids=["dca", "dct", "martif"])
def test_every_style_of_tbx_is_read_alike(text):
    (entry,), warnings = from_tbx(text, "x.tbx")
    cells = {c: v for c, v in entry.cells().items() if v}
    assert cells == {
        "french": "salle grise",
        "english": "grey room",
        "abbr_fr": "SG",
        "pos": "n",
        "admitted": "gray room|!drab room",
        "domain": "hygiene",
        "note": "A clean room.",
        "source": "Handbook 7",
    }
    assert [w.partition(" left behind")[0] for w in warnings] == [
        "x.tbx: a section in 'de'",
        "x.tbx: context",
        "x.tbx: xGraphic",
    ]


def test_tbx_min_of_2013_is_read():
    text = """<TBX dialect="TBX-Min"><header><id>t</id></header><body><entry id="C1"><subjectField>pets</subjectField>
      <langGroup xml:lang="fr"><termGroup><term>chenil</term><partOfSpeech>noun</partOfSpeech></termGroup></langGroup>
      <langGroup xml:lang="en"><termGroup><term>dog house</term><termStatus>notRecommended</termStatus></termGroup>
        <termGroup><term>kennel</term><termStatus>preferred</termStatus></termGroup></langGroup></entry></body></TBX>"""
    (entry,), warnings = from_tbx(text, "x.tbx")
    assert (entry.head, entry.english, entry.forbidden, entry.domain, warnings) == ("chenil", "kennel", ("dog house",), "pets", ())


def test_tbx_in_the_encoding_that_it_declares(tmp_path):
    path = tmp_path / "a.tbx"
    path.write_bytes(('<?xml version="1.0" encoding="UTF-16"?>' + MARTIF.replace("SG", "SÉ")).encode("utf-16"))
    assert open_any(path)[0][0].abbr_fr == "SÉ"


def test_a_section_only_in_another_language_is_told_not_taken():
    entries, warnings = from_tbx(DCA.replace('xml:lang="fr"', 'xml:lang="es"'), "x.tbx")
    assert entries == ()
    assert warnings[0] == "x.tbx: concept c1 left out: the French is empty"


@pytest.mark.parametrize(
    ("content", "warnings"),
    [
        ("\ufefffrench,english\r\nsalle d'été,summer room\r\n".encode(), ()),
        ("french;english\nsalle d'été;summer room\n".encode(), ()),
        ("sep=;\r\nfrench;english\r\nsalle d'été;summer room\r\n".encode(), ()),
        ("Français\tAnglais\r\nsalle d'été\tsummer room\r\n".encode("utf-16"), ()),
        ("french\tenglish\nsalle d'été\tsummer room\n".encode("utf-16-le"), ()),
        (
            "fr;en;Statut\nsalle d'été;summer room;ok\n".encode(),
            ("a.csv: column 'Statut' left behind: a table has no such column",),
        ),
        ("french;english\nsalle d'été;summer room\n".encode("cp1252"), ("a.csv: not UTF-8; read as Windows text (cp1252)",)),
        ('french,english\n"salle\nd\'été","summer room"\n,\n'.encode(), ()),
    ],
)
def test_csv_as_spreadsheets_save_it(tmp_path, content, warnings):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    entries, told = open_any(path)
    assert [(e.head, e.english) for e in entries] == [("salle d'été", "summer room")]
    assert told == warnings


def test_written_csv_says_that_it_is_utf8(tmp_path):
    save([Entry(("salle d'été",), "summer room")], tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbffrench,")


def test_a_cell_that_begins_with_an_equals_sign_is_no_formula(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    path = tmp_path / "a.xlsx"
    save([Entry(("salle grise",), "grey room", note="=1+1")], path)
    book = openpyxl.load_workbook(path)
    book.create_sheet("old")
    book.save(path)
    (entry,), warnings = open_any(path)
    assert (entry.note, warnings) == ("=1+1", ("a.xlsx: sheet 'old' left behind: only the first is read",))


def test_tmx_is_read_back_without_the_codes_of_other_tools():
    text = """<tmx version="1.4"><header/><body><tu><tuv xml:lang="FR-fr">
      <seg>La <bpt i="1">&lt;b&gt;</bpt>salle<ept i="1"/> <hi>grise</hi>.
      </seg></tuv><tuv xml:lang="en"><seg>The grey room.</seg></tuv></tu>
      <tu><tuv xml:lang="fr"><seg>Seul</seg></tuv></tu></body></tmx>"""
    (pair,) = from_tmx(text.encode(), "a.tmx")
    assert (pair[0].strip(), pair[1]) == ("La salle grise.", "The grey room.")
    with pytest.raises(GlossaryError, match="not <tmx>"):
        from_tmx(b"<tbx/>", "a.tmx")


def test_tmx_holds_nothing_that_xml_cannot():
    text = "Un lot\x0c gris."
    segment = Segment(Span(0, len(text)), "A grey\x0b batch.", origin="model")
    blocks = (Block(Kind.ITEM, (Span(0, 9),), text, lang=Lang.FR, segments=(segment,)),)
    assert from_tmx(to_tmx([Document("a", "", blocks=blocks)]).encode(), "a.tmx") == [("Un lot  gris.", "A grey  batch.")]
