"""Whether terms are obeyed through the whole pipeline, and what that costs: with the glossary and without it.

    python benchmarks/glossary_run.py PAIRS.tsv [--limit 150] [--write FOLDER]

PAIRS.tsv has French and English in two columns; only sentences that hold a term count. Told are the share of occurrences
whose English holds an allowed rendering (whole words; each place in the English counts once), those flagged among the rest,
and chrF against the references where sacrebleu is installed. FOLDER gets with.txt, without.txt and reference.txt.
"""

import argparse
import re
from pathlib import Path

from pipeline.annotate import annotator
from pipeline.config import Config
from pipeline.glossary import Matcher, load
from pipeline.glossary.folding import fold
from pipeline.model import Block, Document, Kind, Lang, Span, Term
from pipeline.normalize import normalizer
from pipeline.translate import open_model, translator


def document(sentences):
    blocks, at = [], 0
    for text in sentences:
        blocks.append(Block(Kind.PARAGRAPH, (Span(at, at + len(text)),), text, lang=Lang.FR))
        at += len(text) + 2
    return Document("bench", "\n\n".join(sentences), blocks=tuple(blocks))


def through(sentences, matcher, engine, config):
    """One document a sentence: no term of one is bound by another."""
    documents = [annotator(matcher)(document([s])) for s in sentences]
    return [normalizer(config)(d) for d in translator(engine, config)(iter(documents))]


def english(doc):
    return " ".join(s.english for b in doc.blocks for s in b.segments)


def satisfied(terms, text):
    """How many terms hold, longest rendering first, no place in the text counted twice."""
    left = f" {re.sub(' +', ' ', fold(text)).strip()} "
    good = 0
    for term in sorted(terms, key=lambda t: -len(t.english)):
        for way in (term.english, *term.admitted):
            pattern = f" {re.sub(' +', ' ', fold(way)).strip()} "
            if pattern in left:
                left = left.replace(pattern, " \0 ", 1)
                good += 1
                break
    return good


def report(name, docs, terms, flagged=True):
    total = sum(map(len, terms))
    good = [satisfied(t, english(d)) for t, d in zip(terms, docs, strict=True)]
    silent = sum(
        1
        for d, t, g in zip(docs, terms, good, strict=True)
        if g < len(t) and not any(f.code.startswith(("term", "translate")) for b in d.blocks for s in b.segments for f in s.flags)
    )
    told = f", sentences short of a term without a flag {silent}" if flagged else ""
    print(f"{name}: {sum(good)} of {total} occurrences allowed = {sum(good) / max(1, total):.1%}{told}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--limit", type=int, default=150)
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    pairs = [line.split("\t")[:2] for line in options.pairs.read_text("utf-8").splitlines() if "\t" in line]
    matcher, config = Matcher(load()), Config()
    held = []
    for french, reference in pairs:
        terms = [m.value for b in annotator(matcher)(document([french])).blocks for m in b.mentions if isinstance(m.value, Term)]
        if terms and len(held) < options.limit:
            held.append((french, reference, terms))
    sentences, references, terms = (list(column) for column in zip(*held, strict=True))
    engine = open_model(config)
    out = {}
    for name, glossary in (("with", matcher), ("without", None)):
        docs = through(sentences, glossary, engine, config)
        report(name, docs, terms, flagged=glossary is not None)
        out[name] = [english(d) for d in docs]
    out["reference"] = references
    if options.write:
        options.write.mkdir(parents=True, exist_ok=True)
        for name, lines in out.items():
            (options.write / f"{name}.txt").write_text("\n".join(lines) + "\n", "utf-8")
    try:
        from sacrebleu import corpus_chrf
    except ImportError:
        print("sacrebleu is not installed: chrF not told")
        return
    for name in ("with", "without"):
        print(f"chrF {name}: {corpus_chrf(out[name], [references]).score:.1f}")


if __name__ == "__main__":
    main()
