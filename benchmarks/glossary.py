"""How often the glossary's terms stand in French sentences, and whether their references agree with the entries.

    python benchmarks/glossary.py PAIRS.tsv [--mismatches] [--load 50000]

PAIRS.tsv has French and English in two columns. A found term agrees when one of its allowed renderings stands in the
reference; a low rate shows a bad entry, or one that the field renders freely.
"""

import argparse
import re
import tempfile
import time
from collections import Counter
from pathlib import Path

from pipeline.glossary import Matcher, load
from pipeline.glossary.folding import fold
from pipeline.model import Lang, Term


def agrees(term: Term, english: str) -> bool:
    """Whether an allowed rendering stands in the reference as whole words, whatever the case."""
    text = f" {re.sub(' +', ' ', fold(english))} "
    return any(f" {re.sub(' +', ' ', fold(r)).strip()} " in text for r in (term.english, *term.admitted))


def agreement(pairs: list[tuple[str, str]], show: bool) -> None:
    """Print sentences with terms, occurrences, agreement, and the entries that disagree."""
    matcher = Matcher(load())
    found, missed = Counter(), Counter()
    holding = characters = 0
    examples: dict[str, list[tuple[str, str, str]]] = {}
    spent = 0.0
    for french, english in pairs:
        start = time.process_time()
        mentions = matcher.find(french, Lang.FR, matcher.bind([french]))
        spent += time.process_time() - start
        characters += len(french)
        holding += bool(mentions)
        for mention in mentions:
            term = mention.value
            found[term.entry] += 1
            if not agrees(term, english):
                missed[term.entry] += 1
                examples.setdefault(f"{term.entry} {term.french} → {term.english}", []).append(
                    (mention.span.of(french), french, english)
                )
    total, bad = sum(found.values()), sum(missed.values())
    print(f"sentences {len(pairs)}, with terms {holding}, occurrences {total}, entries used {len(found)}")
    print(
        f"agree with the reference {total - bad} = {(total - bad) / max(1, total):.1%}; "
        f"{characters / 1e6 / spent:.1f} M characters/s of processor time"
    )
    if show:
        for key, rows in sorted(examples.items(), key=lambda item: -len(item[1])):
            print(f"\n{len(rows)}/{found[key.split()[0]]} {key}")
            for surface, french, english in rows[:3]:
                print(f"   [{surface}] {french[:260]}\n      = {english[:260]}")


def loading(entries: int) -> None:
    """Print how long a large table takes to load and compile."""
    shipped = load().entries
    rows = ["french\tenglish\tabbr_fr\tabbr_en\tpos"]
    for number in range(entries):
        entry = shipped[number % len(shipped)]
        rows.append(f"{entry.head} {number:x}q\t{entry.english} {number:x}q\t\t\tn")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.tsv"
        path.write_text("\n".join(rows), "utf-8")
        start = time.process_time()
        glossary = load([path], shipped=False)
        middle = time.process_time()
        Matcher(glossary)
        print(f"{entries} entries: load {middle - start:.2f} s of processor time, compile {time.process_time() - middle:.2f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pairs", type=Path, nargs="?")
    parser.add_argument("--mismatches", action="store_true")
    parser.add_argument("--load", type=int, default=0)
    options = parser.parse_args()
    if options.pairs:
        lines = options.pairs.read_text("utf-8").splitlines()
        agreement([tuple(line.split("\t")[:2]) for line in lines if "\t" in line], options.mismatches)  # type: ignore[misc]
    if options.load:
        loading(options.load)


if __name__ == "__main__":
    main()
