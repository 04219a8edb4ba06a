"""A search index over the English sentences that answers with the source: SQLite FTS5, nothing to install.

python examples/fts5_search.py out/ index.sqlite "cell therapy"
"""

import sqlite3
import sys
from pathlib import Path
from typing import NamedTuple

from pipeline import load


class Hit(NamedTuple):
    document: str
    english: str
    source_start: int
    source_end: int
    raw: str  # as it stands in the source file, line breaks and all


def build(out: Path, index: Path) -> int:
    """Index every sentence that stands in the English text; returns how many there are."""
    index.unlink(missing_ok=True)
    with sqlite3.connect(index) as db:
        db.execute(
            "CREATE VIRTUAL TABLE sentences USING fts5(english, terms, document UNINDEXED, source_start UNINDEXED,"
            " source_end UNINDEXED, raw UNINDEXED, tokenize = 'porter unicode61 remove_diacritics 2')"
        )
        for document in load(out):
            for segment in document.segments:
                if segment.output:
                    # the French term too, so that a question in French finds the English sentence
                    terms = " ; ".join(m.text for m in segment.mentions if m.kind in ("term", "name"))
                    raw = segment.source.of(document.source)
                    row = (segment.english, terms, document.path, segment.source.start, segment.source.end, raw)
                    db.execute("INSERT INTO sentences VALUES (?, ?, ?, ?, ?, ?)", row)
        (count,) = db.execute("SELECT count(*) FROM sentences").fetchone()
    db.close()
    return int(count)


def search(index: Path, question: str, limit: int = 10) -> list[Hit]:
    """The best sentences for the words of the question, any of them."""
    words = " OR ".join('"' + word.replace('"', '""') + '"' for word in question.split())
    db = sqlite3.connect(index)
    try:
        query = (
            "SELECT document, english, source_start, source_end, raw FROM sentences WHERE sentences MATCH ? ORDER BY rank LIMIT ?"
        )
        return [Hit(*row) for row in db.execute(query, (words, limit))] if words else []
    finally:
        db.close()


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    print(build(Path(sys.argv[1]), Path(sys.argv[2])), "sentences")
    for hit in search(Path(sys.argv[2]), sys.argv[3]):
        print(f"{hit.document} [{hit.source_start}:{hit.source_end}]\n    {hit.english}\n    {hit.raw!r}")
