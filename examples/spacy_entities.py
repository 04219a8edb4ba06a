"""Values and terms as spaCy entities, a rule beside them, and every entity led back to the source.

normalize export out/ --to docbin
python examples/spacy_entities.py out/
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from pipeline import load


class Entity(NamedTuple):
    document: str
    label: str
    english: str
    raw: str  # as it stands in the source file


def pipeline() -> Language:
    """Rules beside what normalize found: companies by their legal form. Entities that are there already stay."""
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler", config={"overwrite_ents": False})
    ruler.add_patterns(
        [{"label": "COMPANY", "pattern": [{"IS_TITLE": True, "OP": "+"}, {"LOWER": {"IN": ["sas", "sa", "ltd", "plc"]}}]}]
    )
    return nlp


def entities(out: Path, docbin: Path | None = None) -> Iterator[Entity]:
    """Every entity of the corpus after the pipeline has run, with the raw text that it comes from."""
    nlp = pipeline()
    corpus = load(out)
    for doc, document in zip(docs(docbin or out / "export" / "docbin" / "corpus.spacy", nlp), corpus, strict=True):
        for entity in nlp(doc).ents:
            yield Entity(document.path, entity.label_, entity.text, document.trace((entity.start_char, entity.end_char)).text)


def docs(path: Path, nlp: Language) -> Iterator[Doc]:
    return DocBin().from_disk(path).get_docs(nlp.vocab)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    for entity in entities(Path(sys.argv[1])):
        print(f"{entity.document}\t{entity.label}\t{entity.english}\t{entity.raw!r}")
