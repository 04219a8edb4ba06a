"""English text with French made by a model, as one more source of training pairs (Sennrich et al. 2016, "Improving NMT models with monolingual data").

    python3 backtranslate.py --model PACKAGE --text mono/NAME.txt [...] --to PARALLEL [--minutes 20]

PACKAGE is one of the other direction: `train.py --reverse`, then `export.py --reverse`. Each text has one English sentence a line; PARALLEL gets
`back-NAME.tsv.xz`, and a row for `sources.tsv` is printed. A pair is left out where the French repeats itself, has other numbers,
or is far longer or shorter than is usual. Sentences are taken in turns from all texts, so that the clock may stop it anywhere.
"""
import argparse
import collections
import itertools
import lzma
import os
import pathlib
import re
import sys
import time

import ctranslate2
import sentencepiece

import prepare

BATCH = 2_000  # sentences asked for at a time
NUMBER = re.compile(r"\d+")
WORST = -1.6  # mean log probability of a French token; less is a sentence that the model did not understand


def numbers(text):
    return collections.Counter(NUMBER.findall(re.sub(r"(?<=\d)[ .,\u202f](?=\d)", "", text)))


def loops(words):
    """Whether three words come back at once, or one word makes up a third of a long sentence."""
    if any(words[i:i + 3] == words[i + 3:i + 6] for i in range(len(words) - 5)):
        return True
    return len(words) > 8 and max(collections.Counter(words).values()) > len(words) / 3


def fit(english, french, score):
    return (score > WORST and prepare.usable(french, english) and numbers(english) == numbers(french)
            and not loops(french.lower().split()))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--model", type=pathlib.Path, required=True)
    ap.add_argument("--text", type=pathlib.Path, nargs="+", required=True)
    ap.add_argument("--to", type=pathlib.Path, required=True)
    ap.add_argument("--minutes", type=float, default=1e9)
    a = ap.parse_args()
    for path in (a.model / "model" / "model.bin", *a.text):
        if not path.exists():
            sys.exit(f"{path} is missing")
    a.to.mkdir(parents=True, exist_ok=True)
    sp = sentencepiece.SentencePieceProcessor(model_file=str(a.model / "sentencepiece.model"))
    translator = ctranslate2.Translator(str(a.model / "model"), inter_threads=os.cpu_count() or 1, intra_threads=1)
    has_list = (a.model / "model" / "vmap.txt").exists()
    queues = {path.stem: (line.strip() for line in path.open(encoding="utf-8")) for path in a.text}
    outs = {name: lzma.open(a.to / f"back-{name}.tsv.xz", "wt", encoding="utf-8", preset=3) for name in queues}
    kept, asked, started = collections.Counter(), collections.Counter(), time.time()
    while queues and time.time() - started < a.minutes * 60:
        for name, lines in list(queues.items()):
            batch = [line for line in itertools.islice(lines, BATCH) if line]
            if not batch:
                del queues[name]
                continue
            results = translator.translate_batch(
                [sp.encode(prepare.clean(line), out_type=str) + ["</s>"] for line in batch], beam_size=1, max_decoding_length=120,
                max_batch_size=4096, batch_type="tokens", return_scores=True, use_vmap=has_list)
            asked[name] += len(batch)
            for english, result in zip(batch, results):
                french = sp.decode(result.hypotheses[0])
                if fit(english, french, result.scores[0] / max(1, len(result.hypotheses[0]))):
                    outs[name].write(f"{french}\t{prepare.clean(english)}\n")
                    kept[name] += 1
        print(f"{sum(asked.values())} sentences, {sum(kept.values())} pairs, {(time.time() - started) / 60:.1f} minutes", flush=True)
    for name, out in outs.items():
        out.close()
        print(f"back-{name}\t1\t{kept[name]}\tLICENCE\tback-translated: ORIGIN")


if __name__ == "__main__":
    main()
