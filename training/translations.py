"""Make `pipeline/data/translations.tsv.xz` and `pipeline/data/words.en.txt.xz`: which English word stands with a French one.

    python3 translations.py --parallel ../parallel --eval ../eval --to ../pipeline/data

Words are linked one to one within each pair, the closest first (Dice's coefficient of how often they stand in one pair), and
the links counted by the weight of the source: Melamed, "Models of translational equivalence among words" (2000), its method A.
A row has the French word in lower case, its commonest English word, the share of the links that are this word, how many they
are, and the other words with `OTHERS` of the links or more. The second file lists the English words of the rows and, after an
empty line, all others of the text.
"""
import argparse
import collections
import lzma
import pathlib
import re

import prepare

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
WEIGHT = 0.8  # sources of less are manuals of software, where words have senses of their own
GAMES = frozenset({"wesnoth"})
OWN = 4.0  # weight of the project's own pairs
LINES = 40_000  # of each source, so that the laws do not drown the rest
LONGEST = 45  # different words of a sentence
FRENCH, ENGLISH = 0.02, 0.03  # shares of the pairs from which on a word goes with everything
CLOSE = 0.03  # Dice's coefficient of a link
LEAST, ALONE = 2, 0.5  # weight of the links of a row; a lighter one needs this share
OTHERS = 0.04
LOWER = 0.2  # share in lower case from which on a capital is one of titles


def pairs(parallel, own, held):
    """Every pair once, and none of the development sets: its weight, French and English."""
    rows = [line.split("\t") for line in (parallel / "sources.tsv").read_text("utf-8").splitlines()[1:]]
    weights = {row[0]: float(row[1]) for row in rows}
    seen = set()

    def fresh(lines, weight):
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if len(cells) >= 2 and hash(line) not in seen and not prepare.leaks(*cells[:2], held):
                seen.add(hash(line))
                yield weight, cells[0], cells[1]

    for path in sorted(own.glob("*.tsv")):
        yield from fresh(path.read_text("utf-8").splitlines(), OWN)
    for path in sorted(parallel.glob("*.tsv.xz")):
        name = path.name.removesuffix(".tsv.xz")
        if weights.get(name, WEIGHT) < WEIGHT or name in GAMES:
            continue
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            yield from fresh((line for _, line in zip(range(LINES), lines)), min(3.0, weights.get(name, 1.0)))


def words(text):
    return {w for w in WORD.findall(text.replace("’", "'").replace("'s", "").lower()) if len(w) > 2}


class Numbers(dict):
    """Words by number, in the order in which they came, and in how many pairs each stands."""

    def __init__(self):
        self.counts = []

    def take(self, found):
        out = []
        for word in found:
            number = self.setdefault(word, len(self))
            if number == len(self.counts):
                self.counts.append(0)
            self.counts[number] += 1
            out.append(number)
        return out

    def rare(self, share, total):
        return [count <= share * total for count in self.counts]


def read(found):
    """The sentences as numbers, with their weights, both vocabularies, and how each English word is written."""
    french, english, sentences, written = Numbers(), Numbers(), [], collections.defaultdict(collections.Counter)
    for weight, left, right in found:
        a, b = words(left), words(right)
        if not a or not b or len(a) > LONGEST:
            continue
        for place, word in enumerate(WORD.findall(right.replace("’", "'").replace("'s", ""))):
            if place or word.islower():  # a capital at the start says nothing
                written[word.lower()][word] += 1
        sentences.append((weight, french.take(a), english.take(b)))
    return sentences, french, english, written


def links(sentences, french, english):
    """Weight of the links by (French << 20 | English), and of all links and gaps of each French word."""
    is_rare, is_rare_english = french.rare(FRENCH, len(sentences)), english.rare(ENGLISH, len(sentences))
    together = collections.Counter()
    for _, left, right in sentences:
        right = [b for b in right if is_rare_english[b]]
        for a in left:
            if is_rare[a]:
                for b in right:
                    together[a << 20 | b] += 1
    together = {key: n for key, n in together.items() if n > 1 or french.counts[key >> 20] <= 2}
    linked, total = collections.Counter(), collections.Counter()
    for weight, left, right in sentences:
        right = [b for b in right if is_rare_english[b]]
        near = []
        for a in left:
            if is_rare[a]:
                total[a] += weight
                for b in right:
                    if n := together.get(a << 20 | b):
                        dice = 2 * n / (french.counts[a] + english.counts[b])
                        if dice > CLOSE:
                            near.append((dice, a, b))
        taken, given = set(), set()
        for _, a, b in sorted(near, reverse=True):
            if a not in taken and b not in given:
                taken.add(a)
                given.add(b)
                linked[a << 20 | b] += weight
    return linked, total


def form(word, written):
    """The word as it is written inside a sentence: in lower case unless it hardly ever is ("Mexico")."""
    return word if not written or written[word] >= LOWER * sum(written.values()) else written.most_common(1)[0][0]


def table(linked, total, french, english, written):
    """Rows by French word: English, share in per cent, weight of the links, other words."""
    names, others = list(french), list(english)
    ranked = collections.defaultdict(list)
    for key, weight in linked.items():
        ranked[key >> 20].append((weight, key & 0xFFFFF))
    for number, found in sorted(ranked.items(), key=lambda item: names[item[0]]):
        found.sort(reverse=True)
        shares = [(weight / total[number], weight, others[b]) for weight, b in found]
        share, weight, best = shares[0]
        if weight < LEAST and share < ALONE:
            continue
        also = [w for s, _, w in shares[1:6] if s >= OTHERS]
        yield names[number], form(best, written[best]), round(100 * share), round(weight), " ".join(also)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--parallel", type=pathlib.Path, required=True)
    ap.add_argument("--eval", type=pathlib.Path, required=True)
    ap.add_argument("--to", type=pathlib.Path, required=True)
    a = ap.parse_args()
    sentences, french, english, written = read(pairs(a.parallel, pathlib.Path(__file__).parent / "data", prepare.held_out(a.eval)))
    rows = list(table(*links(sentences, french, english), french, english, written))
    text = "french\tenglish\tshare\tpairs\tothers\n" + "".join("\t".join(map(str, row)) + "\n" for row in rows)
    linked = {w for row in rows for w in (row[1].lower(), *row[4].split())}
    heard = "\n".join(sorted(linked)) + "\n\n" + "\n".join(sorted(set(english) - linked)) + "\n"
    for name, content in (("translations.tsv.xz", text), ("words.en.txt.xz", heard)):
        (a.to / name).write_bytes(lzma.compress(content.encode(), preset=9))
    print(len(sentences), "pairs;", len(rows), "French words;", len(english), "English words")


if __name__ == "__main__":
    main()
