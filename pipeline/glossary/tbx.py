"""TBX-Basic (ISO 30042:2019, DCA style) in and out.

What TBX-Basic has no category for (match rules, context words, the finer parts of speech) travels in notes that begin with
`normalize.`, so that a round trip through this module loses nothing; other tools show them as plain notes.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator

from pipeline.errors import GlossaryError
from pipeline.glossary.table import Entry, entry_of

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PARTS = {"adj": "adjective", "v": "verb", "name": "properNoun", "phrase": "other", "label": "other"}  # all others: noun
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


def from_tbx(text: str, name: str) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """The entries of a TBX document (2019, or the older martif), and a warning for each concept that could not be read.

    Only French and English are read. Raises GlossaryError when it is no TBX at all.
    """
    try:
        root = ET.fromstring(text.encode("utf-8"))
    except ET.ParseError as error:
        raise GlossaryError(f"{name}:{error.position[0]}: not XML ({error})", "give a TBX file") from error
    concepts = [e for e in root.iter() if _local(e) in ("conceptEntry", "termEntry")]
    if not concepts:
        raise GlossaryError(f"{name}: holds no concept entries", "give a TBX file (ISO 30042)")
    entries, warnings = [], []
    for number, concept in enumerate(concepts, 1):
        label = concept.get("id") or str(number)
        try:
            entries.append(entry_of(_cells(concept)))
        except GlossaryError as error:
            warnings.append(f"{name}: concept {label} left out: {error}")
    return tuple(entries), tuple(warnings)


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _cells(concept: ET.Element) -> dict[str, str]:
    cells = {"french": "", "english": "", "pos": "n"}
    for child in concept:
        text = (child.text or "").strip()
        if _local(child) == "descrip" and child.get("type") == "subjectField":
            cells["domain"] = text
        elif _local(child) == "admin" and child.get("type") == "source":
            cells["source"] = text
        elif _local(child) == "note":
            column, colon, value = text.partition(": ")
            known = colon and column.startswith("normalize.") and column[10:] in NOTED
            cells[column[10:] if known else "note"] = value if known else text
        elif _local(child) in ("langSec", "langSet"):
            language = (child.get(LANG) or "").lower()[:2]
            if language in ("fr", "en"):
                cells |= _section(child, language)
    if cells.get("keep"):
        cells["english"] = ""
    return cells


def _section(section: ET.Element, language: str) -> dict[str, str]:
    full, others, bad, short = [], [], [], ""
    for form, notes in _terms(section):
        status = notes.get("administrativeStatus", "")
        if "deprecated" in status or "superseded" in status:
            bad.append(form)
        elif notes.get("termType") in ("acronym", "abbreviation", "shortForm", "initialism") and not short:
            short = form
        elif notes.get("termType") == "variant" or status == ADMITTED:
            others.append(form)
        else:
            full.append(form)
    forms = [*full, *others] or [short]
    if language == "fr":
        return {"french": "|".join(forms), "abbr_fr": short if full or others else ""}
    return {
        "english": forms[0],
        "admitted": "|".join([*forms[1:], *("!" + w for w in bad)]),
        "abbr_en": short if full or others else "",
    }


def _terms(section: ET.Element) -> Iterator[tuple[str, dict[str, str]]]:
    for group in section.iter():
        if _local(group) in ("termSec", "tig", "ntig"):
            form = next((e.text or "" for e in group.iter() if _local(e) == "term"), "").strip()
            notes = {e.get("type", ""): (e.text or "").strip() for e in group.iter() if _local(e) == "termNote"}
            if form:
                yield form, notes
