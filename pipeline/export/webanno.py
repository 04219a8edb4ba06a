"""W3C Web Annotation: an annotation page a document, `NAME.jsonld`, over NAME.txt with links to the source."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pipeline.api import Corpus, Document, Mention, Segment
from pipeline.export.files import whole
from pipeline.model import Span

CONTEXT = 32  # characters of prefix and suffix in a quote


def write(corpus: Corpus, folder: Path) -> list[Path]:
    """Every sentence and mention that stands in NAME.txt as an annotation, with position and quote selectors on both sides.

    Positions are code points of the text as `NAME.json` has it: for a source file, as decoded, line breaks untouched.
    The English is named by an IRI relative to the annotations' own file, as JSON-LD resolves it; the source file is
    `source:NAME.txt`, relative to SRC, for you to resolve.
    """
    paths = []
    for document in corpus:
        text = document.text_path.relative_to(corpus.folder)
        path = folder / text.with_suffix(".jsonld")
        with whole(path) as temporary:
            page = json.dumps(_page(document, _relative(document.text_path, path.parent)), ensure_ascii=False, indent=1)
            temporary.write_text(page + "\n", "utf-8", newline="\n")
        paths.append(path)
    return paths


def _relative(path: Path, folder: Path) -> str:
    return quote(Path(os.path.relpath(path, folder)).as_posix())


def _page(document: Document, text: str) -> dict[str, Any]:
    items = [_segment(document, text, s) for s in document.segments if s.output and len(s.output)]
    mentions = [m for m in document.mentions if m.output and len(m.output)]
    items += [_mention(document, text, number, m) for number, m in enumerate(mentions)]
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": _name(document),
        "type": "AnnotationPage",
        "items": items,
    }


def _name(document: Document) -> str:
    """The hash alone will not do: two files may hold the same bytes."""
    return f"urn:sha256:{document.sha256}:{quote(document.path)}"


def _segment(document: Document, text: str, segment: Segment) -> dict[str, Any]:
    assert segment.output is not None
    return {
        "id": f"{_name(document)}#segment-{segment.number}",
        "type": "Annotation",
        "motivation": "linking",
        "body": [_source(document, segment.source)],
        "target": _place(text, document.english, segment.output),
    }


def _mention(document: Document, text: str, number: int, mention: Mention) -> dict[str, Any]:
    assert mention.output is not None
    return {
        "id": f"{_name(document)}#mention-{number}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": mention.kind},
            {"type": "TextualBody", "purpose": "identifying", "value": mention.identity},
            _source(document, mention.source),
        ],
        "target": _place(text, document.english, mention.output),
    }


def _source(document: Document, span: Span) -> dict[str, Any]:
    place = _place("source:" + quote(document.path), document.source, span)
    return {"type": "SpecificResource", "purpose": "linking", **place}


def _place(iri: str, text: str, span: Span) -> dict[str, Any]:
    quoted = {
        "type": "TextQuoteSelector",
        "exact": span.of(text),
        "prefix": text[max(0, span.start - CONTEXT) : span.start],
        "suffix": text[span.end : span.end + CONTEXT],
    }
    return {"source": iri, "selector": [{"type": "TextPositionSelector", "start": span.start, "end": span.end}, quoted]}
