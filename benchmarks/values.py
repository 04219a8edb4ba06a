"""Recognition of values, measured: recall and canonical form on gold documents, speed on a megabyte of text.

    python benchmarks/values.py GOLD_FOLDER [-v]

GOLD_FOLDER holds `NN.gold.json` files with `blocks` (text, kind, lang) and `values` (surface, type, canonical, accept).
A gold value counts as found when the blocks, with every value in canonical English, hold its canonical or an accepted
form. Values of type identifier and phone are not this recogniser's and are left out.
"""

import json
import re
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from pipeline.annotate.values import DateOrder, date_order, recognise
from pipeline.model import Lang
from pipeline.values import render

NOT_OURS = {"identifier", "phone", "postcode", "email", "url"}


def main() -> None:
    folder, verbose = Path(sys.argv[1]), "-v" in sys.argv
    found = exact = total = 0
    texts = []
    for path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(path.read_text("utf-8"))
        blocks = [(b["text"], Lang(b["lang"])) for b in gold["blocks"] if b["kind"] != "furniture" and b["lang"] in ("fr", "en")]
        texts += blocks
        order = date_order(blocks)
        lists = [(text, recognise(text, lang, order)) for text, lang in blocks]
        for value in gold["values"]:
            if value["type"] in NOT_OURS:
                continue
            total += 1
            hit, right, seen = score(value, lists)
            found += hit
            exact += right
            if verbose and not (hit and right):
                print(path.name[:2], value["type"], repr(value["surface"]), "->", repr(value["canonical"]), "| got", seen)
    print(f"gold values {total}: found {found} = {found / total:.3f}, canonical {exact} = {exact / total:.3f}")
    speed(texts)


def score(value: dict, lists: list) -> tuple[bool, bool, list]:
    """Whether a mention lies in the surface (or covers it) and whether it renders as the canonical form or a part of it."""
    forms = [value["canonical"], *value.get("accept", [])]
    seen = []
    for text, mentions in lists:
        for hit in re.finditer(r"(?<![\d])" + re.escape(value["surface"].replace("’", "'")) + r"(?![\d])", text.replace("’", "'")):
            for m in mentions:
                if m.span.start < hit.end() and m.span.end > hit.start():
                    seen.append((m.span.of(text), render(m.value)))
    right = any(r.lower() in f.lower() or f.lower() in r.lower() for _, r in seen for f in forms)
    return bool(seen), right, seen


def speed(texts: list) -> None:
    """A megabyte of the texts, each with another number at its end; every slice counts with the least of three times,
    since other work on the machine only ever adds to one."""
    for lang in (Lang.FR, Lang.EN):
        own = [t for t, kind in texts if kind is lang]
        if not own:
            continue
        size = sum(len(t.encode()) for t in own)
        batch = [t + f" {i}" for i in range(1_000_000 // size + 1) for t in own]
        size, spent, count = sum(len(t.encode()) for t in batch), 0.0, 0
        for start in range(0, len(batch), 20):
            times = []
            for _ in range(3):
                begun = time.process_time()
                found = sum(len(recognise(t, lang, DateOrder.DAY_FIRST)) for t in batch[start : start + 20])
                times.append(time.process_time() - begun)
            spent, count = spent + min(times), count + found
        print(f"{lang}: {size / 1e6:.2f} MB, {count} values in {spent:.2f} s of CPU = {size / 1e6 / spent:.2f} MB/s")


main()
