"""The translation stage beside the same model run bare: words a second, values kept, terms kept, which rung did it.

    python benchmarks/translate.py SENTENCES.tsv [--limit 300] [--beam 4] [--show] [--alone 20] [--plain] [--references]

SENTENCES.tsv has French and English in two columns; apostrophes and quotes are straight before anything else, as repair
makes them. The bare run is CTranslate2 with its own batches (sorted by length, by
tokens, over all sentences, the same beam and threads) on the same French, without marks and without any check.
chrF (order 6, beta 2, as sacrebleu's) compares both with the English column. Seconds are processor time, so that other work
on the machine does not count. `--plain` drops all mentions: what the stage costs where
every segment passes at once. `--references` checks the human English instead: how many good translations would be flagged.
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

STRAIGHT = str.maketrans("‘’“”\u00a0\u202f", "''\"\"  ")


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


def chrf(outputs, references, order=6, beta=2):
    """Corpus chrF in percent: character n-grams without spaces, the F-scores of the orders averaged."""
    total = [[0, 0, 0] for _ in range(order)]
    for output, reference in zip(outputs, references, strict=True):
        out, ref = "".join(output.split()), "".join(reference.split())
        for n in range(1, order + 1):
            mine = Counter(out[i : i + n] for i in range(len(out) - n + 1))
            theirs = Counter(ref[i : i + n] for i in range(len(ref) - n + 1))
            for k, count in enumerate(((mine & theirs).total(), mine.total(), theirs.total())):
                total[n - 1][k] += count
    precision = sum(same / max(1, mine) for same, mine, _ in total) / order
    recall = sum(same / max(1, theirs) for same, _, theirs in total) / order
    return 100 * (1 + beta**2) * precision * recall / max(1e-9, beta**2 * precision + recall)


def references(doc, english):
    """How many human translations the guards complain of, by code; those whose mentions are written otherwise left out."""
    from pipeline.translate import guards
    from pipeline.translate.protect import find, protect, settle

    flags, flagged, checked = Counter(), 0, 0
    for block, wanted in zip(doc.blocks, english, strict=True):
        task = protect(block.text, Span(0, len(block.text)), block.mentions)
        text, targets = settle(task, wanted, find(task, wanted, task.written().text))
        if None in targets:
            continue
        found = {f.code for f in guards.check(task, text, targets)}
        flags.update(found)
        flagged += bool(found)
        checked += 1
    print(f"references flagged: {flagged} of {checked}, by code: {dict(flags)}")


def bare(engine, sentences, config):
    pieces = [engine._encode(s) for s in sentences]
    begin = time.process_time()
    results = engine._translator.translate_batch(
        pieces, beam_size=config.beam, max_batch_size=config.batch_tokens, batch_type="tokens", max_decoding_length=300
    )
    out = [engine._decode(r.hypotheses[0]) for r in results]
    return out, time.process_time() - begin


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("sentences", type=Path)
    parser.add_argument("--limit", type=int, default=300)
    parser.add_argument("--beam", type=int, default=Config().beam)
    parser.add_argument("--model", default="")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--alone", type=int, default=0, help="so many documents translated alone as well: must be equal")
    parser.add_argument("--plain", action="store_true", help="without mentions")
    parser.add_argument("--references", action="store_true", help="check the human English instead")
    args = parser.parse_args()
    config = Config(model=args.model, beam=args.beam)
    rows = [line.translate(STRAIGHT).split("\t")[:2] for line in args.sentences.read_text("utf-8").splitlines()[: args.limit]]
    french, wanted = [row[0] for row in rows], [row[1] for row in rows]
    words = sum(len(s.split()) for s in french)
    engine = open_model(config)
    engine.translate(french[:4])
    begin = time.process_time()
    doc = document(french) if args.plain else annotated(document(french))
    if args.references:
        return references(doc, wanted)
    print(f"annotate        {words / (time.process_time() - begin):10,.0f} words/s")
    plain, seconds = bare(engine, french, config)
    bare_rate = words / seconds
    print(f"bare model      {bare_rate:10,.0f} words/s")
    store = Recent()
    begin = time.process_time()
    doc = next(translator(engine, config, store)([doc]))
    rate = words / (time.process_time() - begin)
    print(f"stage           {rate:10,.0f} words/s   ratio {rate / bare_rate:.2f}")
    begin = time.process_time()
    doc = normalizer(config)(doc)
    print(f"normalize       {words / (time.process_time() - begin):10,.0f} words/s")
    english = [" ".join(s.english for s in b.segments) for b in doc.blocks]
    print(f"chrF            stage {chrf(english, wanted):.2f}   bare model {chrf(plain, wanted):.2f}")
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
            f"{name}: {len(mine)}, kept {kept} ({kept / max(1, len(mine)):.1%}), flagged {flagged}, "
            f"silent {len(mine) - kept - flagged}"
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
