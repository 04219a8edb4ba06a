"""Score a package on the development sets (French<TAB>English) and on what it must obey; a table out.

    python3 evaluate.py --model ../pipeline/models/translate-fr_en-VERSION --eval ../eval [--limit N] [--beams 1,2,4] [--show N]

Per set and beam: BLEU, chrF, source words a second. Then, over all sets: stand-ins carried over once each, as the pipeline
asks (with the pipeline's annotation: `pip install ..`), marked stretches copied letter by letter;
numbers kept on unmarked text; invented names copied; capital titles and three-word headings not echoed; repetition loops.
"""
import argparse
import json
import pathlib
import random
import re
import sys
import time

import ctranslate2
import sacrebleu
import sentencepiece

import augment
from prepare import clean

LOOP = re.compile(r"(?<!\w)(\w+(?:\W+\w+){0,4}?)(?:\W+\1){3,}(?!\w)", re.I)
FRENCH = set("le la les des du de un une et est dans pour par sur avec que qui au aux ce cette sont".split())


class Model:
    def __init__(self, path, threads):
        if not (path / "metadata.json").exists():
            sys.exit(f"{path}: no Argos package there (no metadata.json); give the folder that export.py wrote")
        self.sp = sentencepiece.SentencePieceProcessor(model_file=str(path / "sentencepiece.model"))
        self.shortlist = (path / "model" / "vmap.txt").exists()
        self.translator = ctranslate2.Translator(str(path / "model"), device="cpu", compute_type="int8", intra_threads=threads)

    def __call__(self, sentences, beam=2):
        tokens = [self.sp.encode(s, out_type=str) for s in sentences]
        results = self.translator.translate_batch(tokens, beam_size=beam, max_batch_size=2048, batch_type="tokens", max_decoding_length=400, use_vmap=self.shortlist)
        return [self.sp.decode(r.hypotheses[0]) for r in results]


def read(path, limit):
    pairs = [tuple(map(clean, line.split("\t")[:2])) for line in path.read_text("utf-8").splitlines() if line.count("\t")]
    return pairs[:limit] if limit else pairs


def stands(surface, text):
    return bool(re.search(r"(?<!\w)%s(?!\w)" % re.escape(surface), text))


def copied(model, pairs, terms, beam):
    """Marked stretches that stand letter by letter in the output, of how many."""
    marked, expected = [], []
    for fr, en in pairs:
        spans = augment.disjoint([*augment.known_values(fr, en), *terms.find(fr, en), *augment.shared_names(fr, en)])
        if spans:
            marked.append(augment.mark(fr, en, spans)[0])
            expected.append([s[2] for s in spans])
    outputs = model(marked, beam)
    hits = [stands(s, text) for text, surfaces in zip(outputs, expected) for s in surfaces]
    return sum(hits), len(hits)


def carried(model, pairs, slots, beam):
    """Stand-ins of the mentions that the pipeline finds, each exactly once in the output, of how many."""
    import mentions

    find = mentions.finder()
    sources = [augment.fill(parts, en, random.Random(1), keep=1)[0] for fr, en in pairs if (parts := find(fr, en))]
    asked = [[s for s in slots if s in source] for source in sources]
    return sum(out.count(s) == 1 for out, wanted in zip(model(sources, beam), asked) for s in wanted), sum(map(len, asked))


def numbers_kept(pairs, outputs):
    """Numbers of two digits or more that stand in source and reference, kept in the output, of how many."""
    wanted = [(s, out) for (fr, en), out in zip(pairs, outputs) for _, _, s in augment.known_values(fr, en) if re.search(r"\d\d", s)]
    return sum(all(d in re.findall(r"\d+", out) for d in re.findall(r"\d+", s)) for s, out in wanted), len(wanted)


def names_copied(model, pairs, beam, limit=400):
    """Invented names put in place of shared ones, unmarked, copied letter by letter, of how many."""
    rng, texts, names = random.Random(2), [], []
    for fr, en in pairs:
        spans = list(augment.shared_names(fr, en))
        if spans and len(texts) < limit:
            start, end, _ = spans[0]
            name = augment.invented_name(rng)
            texts.append(fr[:start] + name + fr[end:])
            names.append(name)
    return sum(stands(n, out) for n, out in zip(names, model(texts, beam))), len(names)


def not_echoed(model, titles, beam):
    """Titles whose output differs from the source and holds no French function word, of how many."""
    outputs = model(titles, beam)
    good = [o.lower() != t.lower() and not FRENCH & set(re.findall(r"[a-zà-ÿ]+", o.lower())) - {"on", "par"} for t, o in zip(titles, outputs)]
    return sum(good), len(good)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--model", type=pathlib.Path, required=True)
    ap.add_argument("--eval", type=pathlib.Path, required=True)
    ap.add_argument("--limit", type=int, default=0)
    ap.add_argument("--beams", default="1,2,4")
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--show", type=int, default=0)
    a = ap.parse_args()
    sets = {p.stem: read(p, a.limit) for p in sorted(a.eval.glob("*.tsv"))}
    if not sets:
        sys.exit(f"{a.eval}: no *.tsv there; give the folder of the development sets")
    model = Model(a.model, a.threads)
    terms = augment.Terms([tuple(l.split("\t")[:2]) for p in a.eval.glob("terms*.txt") for l in p.read_text("utf-8").splitlines()])
    beams, best = [int(b) for b in a.beams.split(",")], {}
    print("| set | sentences |" + "".join(f" beam {b}: BLEU | chrF | words/s |" for b in beams))
    print("|---|---|" + "---|---|---|" * len(beams))
    for name, pairs in sets.items():
        cells = []
        for beam in beams:
            started = time.time()
            outputs = model([fr for fr, _ in pairs], beam)
            took = time.time() - started
            want = [[en for _, en in pairs]]
            cells.append(f" {sacrebleu.corpus_bleu(outputs, want).score:.1f} | {sacrebleu.corpus_chrf(outputs, want).score:.1f} | {sum(len(fr.split()) for fr, _ in pairs) / took:.0f} |")
            if beam == 2 or len(beams) == 1:
                best[name] = outputs
        print(f"| {name} | {len(pairs)} |" + "".join(cells), flush=True)
        for (fr, en), out in list(zip(pairs, best.get(name, [])))[: a.show]:
            print("   ", fr, "\n  =>", out, "\n  ==", en)
    beam = 2 if 2 in beams else beams[0]
    every = [p for pairs in sets.values() for p in pairs]
    outputs = [o for name in sets for o in best.get(name) or model([fr for fr, _ in sets[name]], beam)]
    short = [fr for fr, _ in every if 2 <= len(fr.split()) <= 4 and fr[-1:].isalpha()][:200] + [" ".join(fr.split()[:3]) for fr, _ in every[:200]]
    print(f"\n| obeys (beam {beam}) | right | of | share |\n|---|---|---|---|")
    slots = json.loads((a.model / "metadata.json").read_text("utf-8")).get("slots", [])
    typed = {"stand-ins carried over": carried(model, every, slots, beam)} if augment.SLOTS[0] in slots else {}
    for label, (right, total) in {
        **typed,
        "marked stretches copied": copied(model, every, terms, beam),
        "numbers kept, unmarked": numbers_kept(every, outputs),
        "invented names copied, unmarked": names_copied(model, every, beam),
        "ALL-CAPS titles translated": not_echoed(model, [" ".join(fr.split()[:6]).upper() for fr, _ in every[:300]], beam),
        "short headings translated": not_echoed(model, short, beam),
        "free of repetition loops": (sum(not LOOP.search(o) for o in outputs), len(outputs)),
    }.items():
        print(f"| {label} | {right} | {total} | {right / max(total, 1):.1%} |", flush=True)


if __name__ == "__main__":
    main()
