"""spaCy: `corpus.spacy`, a DocBin of the English documents with values and terms as entities. Needs spaCy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.api import Corpus, Document, Mention
from pipeline.export import SCHEMA
from pipeline.export.files import missing, whole


def write(corpus: Corpus, folder: Path) -> list[Path]:
    """One Doc a document, tokens by spaCy's blank English, `doc.text` exactly NAME.txt.

    `doc.ents` holds the mentions, the longest where they overlap, labelled by kind in capitals, `kb_id_` the identity;
    `doc.spans["mentions"]` all of them, `doc.spans["segments"]` the sentences. Entities grow to whole tokens; the exact
    places are in `doc.user_data["normalize"]`, JSON text that the round trip to the source goes by (docs/export.md).
    """
    try:
        import spacy
        from spacy.tokens import DocBin
    except ImportError:
        raise missing("docbin", "spaCy") from None
    tokenizer = spacy.blank("en").tokenizer
    store = DocBin(attrs=["ENT_IOB", "ENT_TYPE", "ENT_KB_ID"], store_user_data=True)
    for document in corpus:
        store.add(_doc(document, tokenizer))
    path = folder / "corpus.spacy"
    with whole(path) as temporary:
        temporary.write_bytes(store.to_bytes())
    return [path]


def _doc(document: Document, tokenizer: Any) -> Any:
    from spacy.util import filter_spans

    doc = tokenizer(document.english)
    mentions = [m for m in document.mentions if m.output is not None and len(m.output)]
    spans = [_span(doc, m.output, m.kind.upper(), m.identity) for m in mentions]
    doc.spans["mentions"] = spans
    doc.spans["segments"] = [_span(doc, s.output, str(s.lang), s.origin) for s in document.segments if s.output and len(s.output)]
    doc.ents = filter_spans(spans)
    plain = {"schema": SCHEMA, "path": document.path, "sha256": document.sha256, "mentions": [_plain(m) for m in mentions]}
    doc.user_data["normalize"] = json.dumps(plain, ensure_ascii=False)
    return doc


def _span(doc: Any, at: Any, label: str, identity: str) -> Any:
    return doc.char_span(at.start, at.end, label=label, kb_id=identity, alignment_mode="expand")


def _plain(mention: Mention) -> dict[str, Any]:
    """What the n-th span of `doc.spans["mentions"]` is, exactly."""
    assert mention.output is not None
    return {
        "kind": mention.kind,
        "output": [mention.output.start, mention.output.end],
        "source": [mention.source.start, mention.source.end],
        "text": mention.text,
        "canonical": mention.canonical,
        "value": dict(mention.value),
    }
