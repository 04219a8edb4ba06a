"""TBX read: version 3 (ISO 30042:2019) in both styles, the martif of version 2, and TBX-Min of 2013.

In the DCA style a category is the attribute `type` of a general element, in the DCT style an element of its own; both are
read alike. What a table has no column for is left behind, and told.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator

from pipeline.errors import GlossaryError
from pipeline.glossary.entry import Entry
from pipeline.glossary.rows import entry_of
from pipeline.glossary.tbx import LANG, NOTED

CONCEPTS = ("conceptEntry", "termEntry", "entry")
SECTIONS = ("langSec", "langSet", "langGroup")
TERMS = ("termSec", "tig", "ntig", "termGroup")
FRAMES = ("descripGrp", "adminGrp", "transacGrp", "termNoteGrp", "termGrp", "noteGrp", "auxInfo")
PARTS = {"adjective": "adj", "verb": "v", "propernoun": "name", "adverb": "phrase"}  # others: n
SHORT = ("acronym", "abbreviation", "shortForm", "initialism", "abbreviatedForm")
BAD = ("deprecated", "superseded", "notRecommended", "obsolete")
STATUS = ("administrativeStatus", "usageStatus", "termStatus", "status")
READ = ("subjectField", "source", "definition", "note", "partOfSpeech", "termType", *STATUS)
UNTOLD = ("transactionType", "responsibility", "date", "normativeAuthorization")  # who wrote the entry, and when
LANGUAGES = ("fr", "en")


def from_tbx(content: str | bytes, name: str) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """The entries of a TBX document, and warnings: concepts that could not be read, and what was left behind.

    Only French and English are read. A preferred term goes first; English that is deprecated is forbidden, French that is
    deprecated is still found in texts. Raises GlossaryError when it is no TBX at all.
    """
    try:
        root = ET.fromstring(content.encode("utf-8") if isinstance(content, str) else content)
    except (ET.ParseError, LookupError, ValueError) as error:
        line = error.position[0] if isinstance(error, ET.ParseError) else 1
        raise GlossaryError(f"{name}:{line}: not XML ({error})", "give a TBX file") from error
    concepts = [e for e in root.iter() if _local(e) in CONCEPTS]
    if not concepts:
        raise GlossaryError(f"{name}: holds no concept entries", "give a TBX file (ISO 30042)")
    entries, warnings = [], []
    left: Counter[str] = Counter()
    for number, concept in enumerate(concepts, 1):
        try:
            entries.append(entry_of(_cells(concept, left)))
        except GlossaryError as error:
            warnings.append(f"{name}: concept {concept.get('id') or number} left out: {error}")
    warnings += [f"{name}: {what} left behind, {n} in all: a table has no column for it" for what, n in sorted(left.items())]
    return tuple(entries), tuple(warnings)


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _categories(parent: ET.Element) -> Iterator[tuple[str, str]]:
    """Name and content of every data category at this level, frames looked into, sections of the next level not."""
    for child in parent:
        name = _local(child)
        if name in FRAMES:
            yield from _categories(child)
        elif name and name not in (*SECTIONS, *TERMS, "term"):
            yield child.get("type") or name, _text(child)


def _cells(concept: ET.Element, left: Counter[str]) -> dict[str, str]:
    cells = {"french": "", "english": ""}
    notes: list[str] = []
    _describe(concept, cells, notes, left)
    for section in concept:
        if _local(section) not in SECTIONS:
            continue
        language = (section.get(LANG) or section.get("lang") or "").lower()[:2]
        if language in LANGUAGES and not cells["french" if language == "fr" else "english"]:
            _describe(section, cells, notes, left)
            cells |= _section(section, language, cells, notes, left)
        else:
            left[f"a section in {section.get(LANG) or section.get('lang') or 'no language'!r}"] += 1
    cells.setdefault("note", "; ".join(dict.fromkeys(notes)))
    if cells.get("keep"):
        cells["english"] = ""
    return cells


def _describe(parent: ET.Element, cells: dict[str, str], notes: list[str], left: Counter[str]) -> None:
    """What stands beside the terms: the field, the authority, our own notes, definitions and other notes."""
    for category, text in _categories(parent):
        column, colon, value = text.partition(": ")
        if category == "note" and colon and column.startswith("normalize.") and column[10:] in NOTED:
            cells[column[10:]] = value
        elif category == "subjectField" and text:
            cells.setdefault("domain", text)
        elif category == "source" and text:
            cells.setdefault("source", text)
        elif category in ("note", "definition") and text:
            notes.append(text)
        elif category not in READ and category not in UNTOLD:
            left[category] += 1


def _section(section: ET.Element, language: str, cells: dict[str, str], notes: list[str], left: Counter[str]) -> dict[str, str]:
    best: list[str] = []
    full: list[str] = []
    others: list[str] = []
    bad: list[str] = []
    short = ""
    for form, told in _terms(section, cells, notes, left):
        status, kind = next((told[s] for s in STATUS if s in told), ""), told.get("termType")
        if status.startswith(BAD):
            bad.append(form)
        elif kind in SHORT and not short:
            short = form
        elif kind in ("variant", *SHORT) or status.startswith("admitted"):
            others.append(form)
        else:
            (best if status.startswith("preferred") else full).append(form)
        part = PARTS.get(told.get("partOfSpeech", "").lower())
        if part and language == "fr":
            cells.setdefault("pos", part)
    forms = [*best, *full, *others]
    short, forms = (short, forms) if forms else ("", [short])
    if language == "fr":
        return {"french": "|".join(forms + bad), "abbr_fr": short}
    return {"english": forms[0], "admitted": "|".join([*forms[1:], *("!" + w for w in bad)]), "abbr_en": short}


def _terms(
    section: ET.Element, cells: dict[str, str], notes: list[str], left: Counter[str]
) -> Iterator[tuple[str, dict[str, str]]]:
    for group in section.iter():
        if _local(group) not in TERMS:
            continue
        form = next((_text(e) for e in group.iter() if _local(e) == "term"), "").replace("|", "/")
        told = dict(_categories(group))
        _describe(group, cells, notes, left)
        if form:
            yield form, told
