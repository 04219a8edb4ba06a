"""Write pipeline/data/phrases.tsv: short headings, cells and labels of this project's own pairs, where a reader translated them.

    python3 training/phrases.py

The pipeline takes a heading or cell that stands there from the table and does not ask the model. Left out: phrases with
figures or names, sentences, single words (they mean different things in different places), phrases translated in two ways.
"""
import collections
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from pipeline import lexicon  # noqa: E402

TABLE = HERE.parent / "pipeline" / "data" / "phrases.tsv"
WORD = re.compile(r"[^\W\d_]+")


def phrase(french):
    """The French as it is looked up, lower case; "" for what is no phrase."""
    french = french.replace("’", "'").strip(" :")
    words = WORD.findall(french)
    if not 2 <= len(french.split()) <= 5 or re.search(r"[\d|@€%«»\"()/]", french) or french[-1] in ".!…,;-–":
        return ""
    if any(word[0].isupper() for word in words[1:]):  # a name, or all in capitals
        return ""
    return french.lower()


def small(english):
    """The English without the capital of its first word, unless that is a name or an acronym."""
    first = WORD.search(english)
    is_name = not first or first[0] == "I" or (len(first[0]) > 1 and not first[0][1:].islower()) or lexicon.load("en").name_like(first[0])
    return english if is_name or first.start() else english[:1].lower() + english[1:]


def main():
    found = collections.defaultdict(set)
    for path in sorted((HERE / "data").glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            french, english = line.split("\t")
            if key := phrase(french):
                english = english.strip(" :")
                found[key].add(small(english))
    rows = [(key, english) for key, (english, *more) in sorted(found.items()) if not more and english[-1] not in ".!…"]
    TABLE.write_text("french\tenglish\n" + "".join(f"{key}\t{english}\n" for key, english in rows), "utf-8")
    print(len(rows), "phrases")


if __name__ == "__main__":
    main()
