"""Build pack/ from ../parallel: what travels to the machine that trains.

    python3 prepare.py --parallel ../parallel --eval ../eval --pack pack [--plain]

pack/ holds spm.model, train.tsv.xz (source name, French, English, what the pipeline holds in them), weights.tsv and
terms.tsv. Pairs whose French or English stands in an evaluation set are left out. --plain writes train.tsv, for training
where the pack is made. The package itself must be installed (`pip install .`): its annotation finds the mentions.
"""
import argparse
import lzma
import pathlib
import random
import re
import sys
import unicodedata

import sentencepiece

import augment
import mentions

SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00ad": None})


def clean(text):
    return SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(QUOTES)).strip()


def fold(text):
    """What two copies of one sentence share: letters and digits, lower case."""
    return re.sub(r"[\W_]+", "", text.lower())


def usable(fr, en):
    if not fr or not en or len(fr) > 500 or len(en) > 500:
        return False
    if fr == en and len(fr.split()) > 3:
        return False
    ratio = len(fr) / len(en)
    if len(fr) > 25 and not 0.55 < ratio < 2.1 or not 0.25 < ratio < 4:
        return False
    if sum(c.isalpha() for c in fr) < 0.4 * len(fr):
        return False
    digits = lambda s: sorted(re.findall(r"\d+", re.sub(r"(?<=\d)[ .,](?=\d{3})", "", s)))
    a, b = digits(fr), digits(en)
    return len(set(a) ^ set(b)) <= max(1, len(set(a)) // 2)


def held_out(folder):
    """The folded sentences of the development sets, both sides: none of them may be trained on."""
    return {fold(x) for path in folder.glob("*.tsv") for line in path.read_text("utf-8").splitlines() for x in line.split("\t")[:2] if len(x) > 25}


def leaks(fr, en, held):
    """Whether a pair stands in an evaluation set, on either side."""
    return fold(fr) in held or fold(en) in held


OWN = pathlib.Path(__file__).parent / "data"  # pairs written for this project, in the repository; read by people, so not filtered
OWN_WEIGHT = "3"


def sources(parallel):
    """(name, weight, path) of every source there is; what `sources.tsv` names and is absent is said and left out."""
    found = []
    for number, row in enumerate((parallel / "sources.tsv").read_text("utf-8").splitlines()[1:], 2):
        cells = row.split("\t")
        if len(cells) < 2 or not re.fullmatch(r"\d+(\.\d+)?", cells[1]):
            sys.exit(f"{parallel / 'sources.tsv'}:{number}: wanted name, tab, weight: {row!r}")
        path = parallel / f"{cells[0]}.tsv.xz"
        if path.exists():
            found.append((cells[0], cells[1], path))
        else:
            print("absent:", path)
    return found + [(path.stem, OWN_WEIGHT, path) for path in sorted(OWN.glob("*.tsv"))]


def extend(source, target):
    """A copy of a SentencePiece model with the symbols that it lacks, at the end of the vocabulary."""
    from sentencepiece import sentencepiece_model_pb2 as protocol

    model = protocol.ModelProto.FromString(source.read_bytes())
    known = {piece.piece for piece in model.pieces}
    for symbol in augment.SYMBOLS:
        if symbol not in known:
            model.pieces.add(piece=symbol, score=0.0, type=protocol.ModelProto.SentencePiece.USER_DEFINED)
    model.trainer_spec.vocab_size = len(model.pieces)
    target.write_bytes(model.SerializeToString())


def open_lines(path):
    return lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--parallel", type=pathlib.Path, required=True)
    ap.add_argument("--eval", type=pathlib.Path, required=True)
    ap.add_argument("--pack", type=pathlib.Path, required=True)
    ap.add_argument("--vocabulary", type=int, default=16_000)
    ap.add_argument("--plain", action="store_true")
    ap.add_argument("--least", type=float, default=0, help="leave out sources of a smaller weight, for a smaller pack")
    ap.add_argument("--spm", type=pathlib.Path, default=None, help="reuse this sentencepiece.model, to go on from a package made with it")
    a = ap.parse_args()
    a.pack.mkdir(parents=True, exist_ok=True)
    if not (a.parallel / "sources.tsv").exists():
        sys.exit(f"{a.parallel}: no sources.tsv there; give the folder of the parallel text")
    held = held_out(a.eval)
    if not held:
        sys.exit(f"{a.eval}: no *.tsv there; without the development sets nothing can be kept out of training")

    try:
        held_in = mentions.finder()
    except ImportError as error:
        sys.exit(f"{error}: install the package itself first, `pip install .` in the repository's root")
    seen, weights, sample, total = set(), {}, [], 0
    rng = random.Random(1)
    for old in a.pack.glob("train.tsv*"):
        old.unlink()
    packed = a.pack / ("train.tsv" if a.plain else "train.tsv.xz")
    with (packed.open("wt", encoding="utf-8") if a.plain else lzma.open(packed, "wt", encoding="utf-8", preset=7)) as out:
        for name, weight, path in sources(a.parallel):
            if float(weight) < a.least:
                continue
            kept = malformed = 0
            with open_lines(path) as lines:
                for line in lines:
                    parts = line.rstrip("\n").split("\t")
                    if len(parts) != 2:
                        malformed += 1
                        continue
                    fr, en = map(clean, parts)
                    key = hash((fold(fr), fold(en)))
                    if key in seen or not (path.parent == OWN or usable(fr, en)) or leaks(fr, en, held):
                        continue
                    seen.add(key)
                    out.write(f"{name}\t{fr}\t{en}\t{mentions.dump(held_in(fr, en))}\n")
                    kept += 1
                    if rng.random() < min(1.0, float(weight)):
                        sample.append((fr, en))
            weights[name] = weight
            total += kept
            print(f"{name}: {kept} pairs, weight {weight}" + (f"; {malformed} malformed lines left out" if malformed else ""), flush=True)
    (a.pack / "weights.tsv").write_text("".join(f"{n}\t{w}\n" for n, w in weights.items()), "utf-8")
    terms = [l.split("\t")[:2] for l in lzma.open(a.parallel / "terms.tsv.xz", "rt", encoding="utf-8").read().splitlines()]
    (a.pack / "terms.tsv").write_text("".join(f"{clean(f)}\t{clean(e)}\n" for f, e in terms), "utf-8")

    if a.spm:
        extend(a.spm, a.pack / "spm.model")
        print(total, "pairs;", packed.stat().st_size / 2**20, "MiB; vocabulary of", a.spm)
        return
    rng.shuffle(sample)
    text = a.pack / "spm.txt"
    text.write_text("".join(f"{fr}\n{en}\n" for fr, en in sample[:400_000]), "utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(text), model_prefix=str(a.pack / "spm"), vocab_size=a.vocabulary, model_type="unigram",
        character_coverage=0.9998, byte_fallback=True, split_digits=True, normalization_rule_name="identity",
        pad_id=0, bos_id=1, eos_id=2, unk_id=3, user_defined_symbols=augment.SYMBOLS, minloglevel=1)
    text.unlink()
    print(total, "pairs;", packed.stat().st_size / 2**20, "MiB")


if __name__ == "__main__":
    main()
