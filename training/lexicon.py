"""Make `pipeline/data/lexicon.{fr,en}.tsv`: words of the training text with their counts in lower case and with a capital.

    python3 lexicon.py --parallel ../parallel --to ../pipeline/data

A word is kept with five occurrences or more in two sources or more; a capital counts only inside a sentence.
"""
import argparse
import collections
import lzma
import pathlib
import re

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
LINES = 60_000  # of each source, so that the laws do not drown the rest


def count(parallel, column):
    low, capital, sources = collections.Counter(), collections.Counter(), collections.defaultdict(set)
    for path in sorted(parallel.glob("*.tsv.xz")):
        if path.name.startswith("terms"):
            continue
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for _, line in zip(range(LINES), lines):
                cells = line.rstrip("\n").split("\t")
                if len(cells) != 2:
                    continue
                for i, m in enumerate(WORD.finditer(cells[column].replace("’", "'"))):
                    word = m[0]
                    if word.islower():
                        low[word] += 1
                        sources[word].add(path.name)
                    elif i and word[0].isupper() and not word.isupper():
                        capital[word.lower()] += 1
    return [(w, n, capital[w]) for w, n in low.most_common() if n >= 5 and len(sources[w]) >= 2]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--parallel", type=pathlib.Path, required=True)
    ap.add_argument("--to", type=pathlib.Path, required=True)
    a = ap.parse_args()
    for column, language in enumerate(("fr", "en")):
        rows = count(a.parallel, column)
        text = "word\tcount\tcapitalised\n" + "".join(f"{w}\t{n}\t{c}\n" for w, n, c in rows)
        (a.to / f"lexicon.{language}.tsv").write_text(text, "utf-8")
        print(language, len(rows), "words")


if __name__ == "__main__":
    main()
