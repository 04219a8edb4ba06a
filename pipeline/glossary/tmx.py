"""Translated segments as TMX 1.4, and sentence pairs out of anyone's TMX."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence

from pipeline.errors import GlossaryError
from pipeline.glossary.tbx import LANG
from pipeline.model import Document, Lang

ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold


def to_tmx(documents: Iterable[Document], tool_version: str = "1") -> str:
    """The translated segments of documents as TMX 1.4, French beside English, each pair once."""
    root = ET.Element("tmx", version="1.4")
    header = {"creationtool": "normalize", "creationtoolversion": tool_version, "segtype": "sentence", "o-tmf": "normalize"}
    ET.SubElement(root, "header", header | {"adminlang": "en", "srclang": "fr", "datatype": "plaintext"})
    body = ET.SubElement(root, "body")
    seen: set[tuple[str, str]] = set()
    for document in documents:
        for block in document.blocks:
            for segment in block.segments if block.lang is Lang.FR else ():
                pair = (segment.span.of(block.text), segment.english)
                if segment.origin not in ("model", "memory") or pair in seen:
                    continue
                seen.add(pair)
                unit = ET.SubElement(body, "tu")
                for language, text in zip(("fr", "en"), pair, strict=True):
                    ET.SubElement(ET.SubElement(unit, "tuv", {LANG: language}), "seg").text = ILLEGAL.sub(" ", text)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def from_tmx(content: bytes, name: str) -> list[tuple[str, str]]:
    """The French and English of every unit that has both, inline marks left out. Raises GlossaryError when it is no TMX."""
    try:
        root = ET.fromstring(content)
    except (ET.ParseError, LookupError, ValueError) as error:
        raise GlossaryError(f"{name}: not XML ({error})", "give a TMX file") from error
    if root.tag != "tmx":
        raise GlossaryError(f"{name}: the document is <{root.tag}>, not <tmx>", "give a TMX file")
    pairs = []
    for unit in root.iter("tu"):
        said: dict[str, str] = {}
        for variant in unit.iter("tuv"):
            segment = variant.find("seg")
            if segment is not None:
                said.setdefault((variant.get(LANG) or variant.get("lang") or "").lower()[:2], _plain(segment))
        if said.get("fr") and said.get("en"):
            pairs.append((said["fr"], said["en"]))
    return pairs


def _plain(segment: ET.Element) -> str:
    """The text of a segment without the native codes that `bpt`, `ept`, `it`, `ph` and `ut` hold."""
    parts: Sequence[str] = [segment.text or ""]
    for child in segment:
        parts = [*parts, _plain(child) if child.tag == "hi" else "", child.tail or ""]
    return "".join(parts)
