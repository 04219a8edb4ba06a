"""Make `pipeline/data/dictionary.tsv`: French nouns that are rare in the training text, and the one English word they stand with.

    python3 dictionary.py --parallel ../parallel --to ../pipeline/data

A model of this size does not know words that it has seen once or twice; a table does. Counted is in how many pairs a French
and an English word stand together (Dice's coefficient). A row is written where the French word is a noun (mostly after an
article or "de"), lower case, in `LEAST` to `MOST` pairs, and one English word goes with it far more often than the next.
"""
import argparse
import collections
import lzma
import pathlib
import re

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
TOKEN = re.compile(r"(?:[ldnscjmt]|qu|jusqu|lorsqu)'|[^\W\d_]+(?:-[^\W\d_]+)*|[^\w\s]", re.I)
ARTICLES = frozenset(
    "le la les l' un une des du au aux ce cet cette ces son sa ses leur leurs notre nos votre vos mon ma mes "
    "chaque quelques plusieurs deux trois aucun aucune".split()
)
PLURAL = re.compile(r"(?:s|ae|men|ren|mice|teeth|feet|people|[ai])$")
LINKS = frozenset({"de", "d'", "en", "à"})
WEIGHT = 0.8  # sources of less are manuals of software, where words have senses of their own
LINES = 60_000  # of each source, so that the laws do not drown the rest
LONGEST = 45  # different words of a sentence that is counted
LEAST, MOST = 2, 4  # pairs that a French word stands in; more (500 once) helped the models before 0.9 and hurts since
COMMON = 12_000  # an English word in more pairs goes with everything
DICE, SHARE, NEXT = 0.5, 0.5, 0.85  # how close the pair is, how often it is that word, how far behind the next may be at most


def never(path):
    return frozenset(word for line in path.read_text("utf-8").splitlines() if not line.startswith("#") for word in line.split())


# where the text counted has another sense than the documents
NEVER = never(pathlib.Path(__file__).with_name("dictionary-never.txt"))


def pairs(parallel, own):
    weights = {row[0]: float(row[1]) for row in map(str.split, (parallel / "sources.tsv").read_text("utf-8").splitlines()[1:])}
    for path in sorted(parallel.glob("*.tsv.xz")):
        if weights.get(path.name.removesuffix(".tsv.xz"), WEIGHT) < WEIGHT:
            continue
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for _, line in zip(range(LINES), lines):
                yield line
    for path in sorted(own.glob("*.tsv")):
        yield from path.read_text("utf-8").splitlines()


def cells(line):
    """French tokens, the French words of them, English words; None where the line is no pair or too long."""
    parts = line.rstrip("\n").replace("’", "'").split("\t")
    if len(parts) < 2:
        return None
    tokens = TOKEN.findall(parts[0])
    french = {t.lower() for t in tokens if t[-1] != "'" and t[0].isalpha()}
    english = {w.lower() for w in WORD.findall(parts[1].replace("'s", ""))}
    return (tokens, french, english) if french and english and len(french) <= LONGEST else None


def count(lines):
    """Pairs by French word and by English word, and the places of French words."""
    seen, french, english, place = set(), collections.Counter(), collections.Counter(), collections.Counter()
    for line in lines:
        if hash(line) in seen or not (found := cells(line)):
            continue
        seen.add(hash(line))
        tokens, left, right = found
        french.update(left)
        english.update(right)
        before = ""
        for at, token in enumerate(tokens):
            kind = "name" if token[0].isupper() and at else "noun" if before in ARTICLES else "link" if before in LINKS else "other"
            place[token.lower(), kind] += 1
            before = token.lower()
    return french, english, place


def is_noun(word, place):
    noun, link, other, name = (place[word, kind] for kind in ("noun", "link", "other", "name"))
    total = noun + link + other
    return total > name and noun >= 0.3 * total and noun + link >= 0.6 * total


def in_number(word, best):
    """Whether the English is a plural where the French looks like one: of "anticorps" nobody can tell."""
    return word[-1] not in "sxz" or PLURAL.search(best) is not None


def rows(lines, french, english, place):
    wanted = {w for w, n in french.items() if LEAST <= n <= MOST and len(w) > 3 and w not in NEVER and is_noun(w, place)}
    together, seen = collections.defaultdict(collections.Counter), set()
    for line in lines:
        if hash(line) in seen or not (found := cells(line)):
            continue
        seen.add(hash(line))
        _, left, right = found
        usable = [w for w in right if english[w] <= COMMON and len(w) > 2]
        for word in left & wanted:
            together[word].update(usable)
    for word, counts in sorted(together.items()):
        ranked = sorted(((2 * n / (french[word] + english[w]), n, w) for w, n in counts.items() if n >= LEAST), reverse=True)[:2]
        if not ranked:
            continue
        dice, n, best = ranked[0]
        clear = len(ranked) < 2 or ranked[1][0] <= NEXT * dice
        if dice >= DICE and n >= SHARE * french[word] and clear and best != word and in_number(word, best):
            yield word, best, french[word]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--parallel", type=pathlib.Path, required=True)
    ap.add_argument("--to", type=pathlib.Path, required=True)
    a = ap.parse_args()
    own = pathlib.Path(__file__).parent / "data"
    found = list(rows(pairs(a.parallel, own), *count(pairs(a.parallel, own))))
    text = "french\tenglish\tpairs\n" + "".join(f"{f}\t{e}\t{n}\n" for f, e, n in found)
    (a.to / "dictionary.tsv").write_text(text, "utf-8")
    print(len(found), "words")


if __name__ == "__main__":
    main()
