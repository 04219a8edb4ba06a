"""How well and how fast `detect` tells French from English: `python benchmarks/language.py EVAL_FOLDER`.

EVAL_FOLDER holds `*.tsv` (French, tab, English) and, if any, `docs/NN.gold.json`. Every text is a block of its own,
with no neighbours to lean on; the gold documents are taken block by block, in their order.
"""

import json
import sys
import time
from pathlib import Path

from pipeline.detect import detect
from pipeline.model import Block, Document, Kind, Lang, Span

CUTS = {"whole": None, "5 words": 5, "3 words": 3, "2 words": 2, "1 word": 1}


def block(text: str, kind: str = "paragraph") -> Block:
    return Block(Kind(kind), (Span(0, len(text)),), text)


def alone(texts: list[str]) -> list[Lang]:
    return [detect(Document("x", t, blocks=(block(t),))).blocks[0].lang for t in texts]


def cut(text: str, words: int | None) -> str:
    return text if words is None else " ".join(text.split()[:words])


def pairs(folder: Path) -> None:
    print(f"{'set':<16}{'side':<6}" + "".join(f"{name:>10}" for name in CUTS) + "   wrong (not merely unknown), 3 words")
    for path in sorted(folder.glob("*.tsv")):
        rows = [line.split("\t")[:2] for line in path.read_text("utf-8").splitlines() if "\t" in line]
        for side, lang in enumerate((Lang.FR, Lang.EN)):
            shares, wrong = [], 0.0
            for name, words in CUTS.items():
                got = alone([cut(row[side], words) for row in rows])
                shares.append(sum(g is lang for g in got) / len(got))
                if name == "3 words":
                    wrong = sum(g not in (lang, Lang.UNKNOWN) for g in got) / len(got)
            print(f"{path.stem:<16}{lang:<6}" + "".join(f"{s:>10.4f}" for s in shares) + f"   {wrong:.4f}")


def gold(folder: Path) -> None:
    for path in sorted((folder / "docs").glob("*.gold.json")):
        wanted = json.loads(path.read_text("utf-8"))["blocks"]
        blocks = tuple(block(b["text"], b["kind"]) for b in wanted)
        got = detect(Document(path.name, "", blocks=blocks)).blocks
        misses = [(w["text"][:60], w["lang"], g.lang.value) for w, g in zip(wanted, got, strict=True) if w["lang"] != g.lang]
        print(f"{path.name}: {len(wanted) - len(misses)} of {len(wanted)} blocks", *misses, sep="\n    ")


def speed(folder: Path) -> None:
    rows = [row.split("\t") for path in sorted(folder.glob("*.tsv")) for row in path.read_text("utf-8").splitlines()]
    blocks = tuple(block(cell) for row in rows for cell in row[:2])
    document = Document("all", "", blocks=blocks)
    detect(document)
    begin = time.process_time()
    detect(document)
    seconds = time.process_time() - begin
    size = sum(len(b.text.encode()) for b in blocks)
    print(f"{size / 1e6:.2f} MB in {seconds:.2f} s of CPU: {size / 1e6 / seconds:.1f} MB/s")


if __name__ == "__main__":
    where = Path(sys.argv[1])
    pairs(where)
    gold(where)
    speed(where)
