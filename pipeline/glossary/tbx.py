"""TBX-Basic (ISO 30042:2019, DCA style), written; `tbx_reading.py` reads it.

What TBX-Basic has no category for (match rules, context words, the finer parts of speech) travels in notes that begin with
`normalize.`, so that a round trip loses nothing; other tools show them as plain notes.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable

from pipeline.glossary.entry import Entry

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PARTS = {"adj": "adjective", "v": "verb", "phrase": "other", "label": "other"}  # all others: noun; TBX-Basic has no proper nouns
NOTED = ("pos", "match", "keep", "context", "note")
PREFERRED, ADMITTED, DEPRECATED = "preferredTerm-admn-sts", "admittedTerm-admn-sts", "deprecatedTerm-admn-sts"


def to_tbx(entries: Iterable[Entry], title: str = "normalize glossary") -> str:
    """The entries as a TBX-Basic document."""
    ET.register_namespace("", NAMESPACE)
    root = ET.Element(f"{{{NAMESPACE}}}tbx", {"type": "TBX-Basic", "style": "dca", LANG: "fr"})
    source = _sub(_sub(_sub(root, "tbxHeader"), "fileDesc"), "sourceDesc")
    _sub(source, "p", title)
    body = _sub(_sub(root, "text"), "body")
    for number, entry in enumerate(entries, 1):
        _concept(body, number, entry)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _sub(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)
    if text:
        child.text = text
    return child


def _concept(body: ET.Element, number: int, entry: Entry) -> None:
    concept = _sub(body, "conceptEntry", id=f"c{number}")
    cells = entry.cells()
    if entry.domain:
        _sub(concept, "descrip", entry.domain, type="subjectField")
    if entry.source:
        _sub(concept, "admin", entry.source, type="source")
    for column in NOTED:
        if cells[column] and (column, cells[column]) != ("pos", "n"):
            _sub(concept, "note", f"normalize.{column}: {cells[column]}")
    french = _sub(concept, "langSec")
    french.set(LANG, "fr")
    for place, form in enumerate(entry.french):
        _term(french, form, entry.pos, "variant" if place else "fullForm", ADMITTED if place else PREFERRED)
    if entry.abbr_fr:
        _term(french, entry.abbr_fr, entry.pos, "acronym", PREFERRED)
    english = _sub(concept, "langSec")
    english.set(LANG, "en")
    _term(english, entry.english, entry.pos, "fullForm", PREFERRED)
    for form in entry.admitted:
        _term(english, form, entry.pos, "variant", ADMITTED)
    for form in entry.forbidden:
        _term(english, form, entry.pos, "variant", DEPRECATED)
    if entry.abbr_en:
        _term(english, entry.abbr_en, entry.pos, "acronym", PREFERRED)


def _term(section: ET.Element, form: str, pos: str, kind: str, status: str) -> None:
    term = _sub(section, "termSec")
    _sub(term, "term", form)
    _sub(term, "termNote", PARTS.get(pos, "noun"), type="partOfSpeech")
    _sub(term, "termNote", kind, type="termType")
    _sub(term, "termNote", status, type="administrativeStatus")
