"""Names in French text: how many of those found stand unchanged in an English reference, and how fast they are found.

python benchmarks/names.py FILE.tsv … (French <tab> English, a sentence a line) [--show]
A name or place that the reference writes otherwise (not counting accents and capitals) counts as wrong, so that the
precision is a lower bound: references say USA for États-Unis and Mursi for Morsi. Recall is
an estimate: of the words with a capital inside a French sentence that the reference repeats letter by letter (and that
are not written alike in both languages as common words), the share that a name covers.
"""

import argparse
import re
import time
from pathlib import Path

from pipeline.annotate import gazetteer
from pipeline.annotate.names import find_names
from pipeline.annotate.verbatim import recognise
from pipeline.lexicon import load
from pipeline.model import Lang

INSIDE = re.compile(r"(?<=[a-zà-ÿ,] )[A-ZÀ-Ý][\w-]{3,}")


def score(path: Path, show: bool) -> tuple[int, int, int, int]:
    right = total = covered = wanted = 0
    english, alike = load("en"), gazetteer.load().same
    for line in path.read_text("utf-8").splitlines():
        french, _, reference = line.partition("\t")
        plain = gazetteer.folded(reference)
        (found,) = find_names([(french, Lang.FR)])
        for mention in found:
            text = getattr(mention.value, "english", "") or mention.value.text
            same = gazetteer.folded(text) in plain
            total += 1
            right += same
            if not same and show:
                print(f"{path.stem}\t{mention.kind}\t{mention.value.text}\t{text}\t{reference[:150]}")
        for match in INSIDE.finditer(french):
            if match[0] in reference and match[0].lower() not in english and match[0] not in alike:
                wanted += 1
                inside = any(m.span.start <= match.start() and match.end() <= m.span.end for m in found)
                covered += inside
                if not inside and show:
                    print(f"MISSED\t{path.stem}\t{match[0]}\t{french[max(0, match.start() - 40) : match.end() + 20]}")
    return right, total, covered, wanted


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()
    for path in args.files:
        right, total, covered, wanted = score(path, args.show)
        precision, recall = right / max(1, total), covered / max(1, wanted)
        print(f"{path.stem}: precision {right}/{total} = {precision:.1%}, recall {covered}/{wanted} = {recall:.1%}")
    lines = [line.partition("\t")[0] for path in args.files for line in path.read_text("utf-8").splitlines()]
    size = sum(len(line.encode()) for line in lines) / 1e6
    begin = time.perf_counter()
    for line in lines:
        recognise(line, Lang.FR)
    middle = time.perf_counter()
    for at in range(0, len(lines), 30):
        find_names([(line, Lang.FR) for line in lines[at : at + 30]])
    end = time.perf_counter()
    speeds = (size / (middle - begin), size / (end - middle), size / (end - begin))
    print("MB/s: verbatim {:.1f}, names {:.1f}, both {:.1f}".format(*speeds))


if __name__ == "__main__":
    main()
