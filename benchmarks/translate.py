"""The translation stage beside the same model run bare: words a second, values kept, terms kept, which rung did it.

    python benchmarks/translate.py SENTENCES.tsv [--limit 300] [--show]

SENTENCES.tsv has French and English in two columns. The bare run is CTranslate2 with its own batches (sorted by length, by
tokens, over all sentences, the same beam and threads) on the same French, without marks and without any check.
"""

import argparse
import time
from collections import Counter
from pathlib import Path

from pipeline.config import Config
from pipeline.model import Block, Document, Kind, Lang, Span
from pipeline.normalize import normalizer
from pipeline.translate import open_model, translator
from pipeline.translate.memory import Recent


def document(sentences, path="bench"):
    blocks, at = [], 0
    for text in sentences:
        blocks.append(Block(Kind.PARAGRAPH, (Span(at, at + len(text)),), text, lang=Lang.FR))
        at += len(text) + 2
    return Document(path, "\n\n".join(sentences), blocks=tuple(blocks))


def annotated(doc):
    from pipeline.annotate import annotator
    from pipeline.glossary import Matcher, load

    return annotator(Matcher(load((), True)))(doc)


def bare(engine, sentences, config):
    pieces = [engine._encode(s) for s in sentences]
    begin = time.perf_counter()
    results = engine._translator.translate_batch(
        pieces, beam_size=config.beam, max_batch_size=config.batch_tokens, batch_type="tokens", max_decoding_length=300
    )
    out = [engine._decode(r.hypotheses[0]) for r in results]
    return out, time.perf_counter() - begin


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("sentences", type=Path)
    parser.add_argument("--limit", type=int, default=300)
    parser.add_argument("--model", default="")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--alone", type=int, default=0, help="so many documents translated alone as well: must be equal")
    args = parser.parse_args()
    config = Config(model=args.model)
    french = [line.split("\t")[0] for line in args.sentences.read_text("utf-8").splitlines()[: args.limit]]
    words = sum(len(s.split()) for s in french)
    engine = open_model(config)
    engine.translate(french[:4])
    begin = time.perf_counter()
    doc = annotated(document(french))
    print(f"annotate        {words / (time.perf_counter() - begin):10,.0f} words/s")
    _, seconds = bare(engine, french, config)
    bare_rate = words / seconds
    print(f"bare model      {bare_rate:10,.0f} words/s")
    store = Recent()
    begin = time.perf_counter()
    doc = next(translator(engine, config, store)([doc]))
    rate = words / (time.perf_counter() - begin)
    print(f"stage           {rate:10,.0f} words/s   ratio {rate / bare_rate:.2f}")
    begin = time.perf_counter()
    doc = normalizer(config)(doc)
    print(f"normalize       {words / (time.perf_counter() - begin):10,.0f} words/s")
    report(doc, store, args.show)
    if args.alone:
        same(engine, config, doc, args.alone)


def report(doc, store, show):
    segments = [s for b in doc.blocks for s in b.segments]
    rungs = Counter(c.rung for c in store._kept.values())
    print("segments by the rung that gave them:", dict(rungs.most_common()))
    placed = [(p, s) for s in segments for p in s.placed]
    for name, kinds in (("values", None), ("names", {"name"}), ("terms", {"term"})):
        mine = [(p, s) for p, s in placed if (p.mention.kind in kinds if kinds else p.mention.kind not in ("name", "term"))]
        kept = sum(p.target is not None for p, _ in mine)
        flagged = sum(p.target is None and any(f.code.endswith(".missing") for f in s.flags) for p, s in mine)
        print(
            f"{name}: {len(mine)}, kept {kept} ({kept / max(1, len(mine)):.1%}), flagged {flagged}, silent {len(mine) - kept - flagged}"
        )
        print("    by rung:", dict(Counter(p.rung for p, _ in mine).most_common()))
    print("flags:", dict(Counter(f.code for s in segments for f in s.flags).most_common()))
    print("segments without any flag:", sum(not s.flags for s in segments), "of", len(segments))
    if show:
        for block in doc.blocks:
            for s in block.segments:
                print("\nFR", s.span.of(block.text), "\nEN", s.english, "\n  ", [f"{f.code} {f.detail}" for f in s.flags])


def same(engine, config, doc, count):
    from dataclasses import replace

    differ = 0
    for block in doc.blocks[:count]:
        alone = next(translator(engine, config)([replace(doc, blocks=(block,))]))
        alone = normalizer(config)(alone)
        differ += [s.english for s in alone.blocks[0].segments] != [s.english for s in block.segments]
    print(f"translated alone, different from among others: {differ} of {min(count, len(doc.blocks))}")


if __name__ == "__main__":
    main()
