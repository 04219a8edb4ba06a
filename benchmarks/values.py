"""Recognition of values, measured: recall and canonical form on gold documents, speed on a megabyte of text.

    python benchmarks/values.py GOLD_FOLDER [-v] [PAIRS.tsv …]

GOLD_FOLDER holds `NN.gold.json` files with `blocks` (text, kind, lang) and `values` (surface, type, canonical, accept).
A gold value counts as found when the blocks, with every value in canonical English, hold its canonical or an accepted
form. Values of type identifier and phone are not this recogniser's and are left out. PAIRS.tsv (French <tab> English, a
sentence a line) are running text for the speed; the gold documents are dense with values.
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
    running([Path(name) for name in sys.argv[2:] if name != "-v"])


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


def running(files: list[Path]) -> None:
    """Speed on whole files of sentences, and on all of them; the least of three times each."""
    whole = {Lang.FR: [0, 0.0], Lang.EN: [0, 0.0]}
    for path in files:
        rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
        for column, lang in ((-2, Lang.FR), (-1, Lang.EN)):
            texts = [row[column] for row in rows if len(row) > 1]
            size, times, found = sum(len(text.encode()) for text in texts), [], 0
            for _ in range(3):
                begun = time.process_time()
                found = sum(len(recognise(text, lang, DateOrder.DAY_FIRST)) for text in texts)
                times.append(time.process_time() - begun)
            whole[lang][0] += size
            whole[lang][1] += min(times)
            dense, rate = size / max(found, 1), size / 1e6 / min(times)
            print(f"{path.stem}, {lang}: {size / 1e6:.2f} MB, a value every {dense:.0f} bytes, {rate:.2f} MB/s")
    for lang, (size, spent) in whole.items() if files else ():
        print(f"running text, {lang}: {size / 1e6:.2f} MB, {size / 1e6 / spent:.2f} MB/s of CPU (goal > 2)")


main()
