"""Score the repair stage against a gold folder: `python benchmarks/score_repair.py DOCS [-v]`.

DOCS holds `NN.txt` with `NN.gold.json` (blocks with kind and text, repairs with raw and clean). Prints, over all
documents: blocks right in kind, body blocks whose text is right, furniture leaked into the body, repairs right.
Goals: kinds 95 %, furniture leaked 2 % at most, repairs 95 %.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path

from pipeline.model import Document, Kind
from pipeline.repair import repair

PLAIN = re.compile(r"[\s|]+")
MARK = re.compile(r"^(?:\d{1,2}|\*)[.)]?\s+")


def bare(text):
    return PLAIN.sub("", MARK.sub("", text.strip())).replace("’", "'")


def spaced(text):
    return " ".join(text.replace("’", "'").split())


def score(path, totals, verbose):
    raw = path.with_name(path.name.replace(".gold.json", ".txt"))
    gold = json.loads(path.read_text("utf-8"))
    document = repair(Document(raw.name, raw.read_bytes().decode("utf-8")))
    got = Counter((block.kind.value, bare(block.text)) for block in document.blocks)
    texts = Counter(bare(block.text) for block in document.blocks)
    body = "\n".join(spaced(block.text) for block in document.blocks if not block.kind.omitted)
    aside = {spaced(block.text) for block in document.blocks if block.kind is Kind.FURNITURE}
    misses = []

    def count(name, ok, what):
        totals[name][0] += bool(ok)
        totals[name][1] += 1
        if not ok:
            misses.append(f"{name}: {what}")

    for block in gold["blocks"]:
        key = (block["kind"], bare(block["text"]))
        right = got[key] > 0
        got[key] -= right
        count("kind", right, f"{block['kind']} | {block['text'][:90]}" + ("" if texts[key[1]] else "   (no such text)"))
        if block["kind"] == "furniture":
            count("furniture", right, block["text"][:90])
    for one in gold["repairs"]:
        clean = spaced(one["clean"])
        lines = [spaced(line) for line in one["raw"].split("\n") if line.strip()]
        if one["kind"] == "duplicate":
            count("repairs", body.count(clean) == 1, one)
        elif clean:
            count("repairs", clean in body, one)
        else:
            count("repairs", all(line in aside for line in lines), one)
    if verbose:
        print(path.name, *misses, sep="\n   ")
        print(*(f"   extra: {kind} | {text[:100]}" for (kind, text), n in got.items() if n and kind != "duplicate"), sep="\n")


def main():
    folder, verbose = Path(sys.argv[1]), "-v" in sys.argv
    totals = {"kind": [0, 0], "furniture": [0, 0], "repairs": [0, 0]}
    for path in sorted(folder.glob("*.gold.json")):
        score(path, totals, verbose)
    print("  ".join(f"{name} {a}/{b} = {a / max(b, 1):.3f}" for name, (a, b) in totals.items()))
    return 0 if all(a >= 0.95 * b for a, b in totals.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
