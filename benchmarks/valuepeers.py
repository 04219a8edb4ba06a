"""Our recogniser beside text2num, dateparser and quantulum3 together, on the rows of Recognizers-Text and duckling.

    python benchmarks/valuepeers.py PEERS_PYTHON SPECS DUCKLING

PEERS_PYTHON is the interpreter of an environment that has the three (they are no dependency of ours; quantulum3 without its
classifier). A row is found when one of the three touches it, exact when one of them gives every value that it needs. They get
the language and the date of the row; no type is asked of them, since text2num has none.
"""

import json
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(0, str(Path(__file__).parent))

import duckling
import recognizers
from valuerows import Row, answer

READ = """
import json, sys, warnings, re
from datetime import datetime
warnings.simplefilter("ignore")
from text_to_num import alpha2digit
from dateparser.search import search_dates
from quantulum3 import parser
NUMBER = re.compile(r"-?\\\\d+(?:[.,]\\\\d+)?")

def read(row):
    text, lang, out = row["text"], row["lang"], []
    try:
        digits = alpha2digit(text, lang)
        out += [["n", m[0].replace(",", ".")] for m in NUMBER.finditer(digits)]
    except Exception:
        pass
    try:
        base = datetime.fromisoformat(row["today"]) if row["today"] else datetime(2016, 11, 7)
        for words, moment in search_dates(text, languages=[lang], settings={"RELATIVE_BASE": base}) or []:
            out.append(["d", words, moment.isoformat()])
    except Exception:
        pass
    try:
        for q in parser.parse(text, lang="fr_FR" if lang == "fr" else "en_US"):
            out.append(["q", str(q.value), q.surface, q.unit.name])
    except Exception:
        pass
    return out

print(json.dumps([read(row) for row in json.load(sys.stdin)]))
"""


def main() -> None:
    """The table: rows that apply, ours found and exact, the three together."""
    python, specs, corpus = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    for name, rows in (("Recognizers-Text", recognizers.rows(specs)), ("duckling, French", duckling.rows(corpus))):
        kept = [row for row in rows if not row.reason]
        asked = json.dumps([{"text": row.text, "lang": str(row.lang), "today": row.today} for row in kept])
        got = json.loads(
            subprocess.run([python, "-c", READ.replace("\\\\\\\\", "\\\\")], input=asked, text=True, stdout=-1, check=True).stdout
        )
        ours, theirs = [answer(row) for row in kept], [peers(row, found) for row, found in zip(kept, got, strict=True)]
        for who, pairs in (("this project", ours), ("the three together", theirs)):
            found, exact = (sum(column) for column in zip(*pairs, strict=True))
            print(f"{name:18} {len(kept):5} rows  {who:20} found {found / len(kept):6.1%}  exact {exact / len(kept):6.1%}")


def peers(row: Row, found: list[list[str]]) -> tuple[bool, bool]:
    """Whether one of the three touches the stretch, and whether they give all that it needs."""
    stretch = row.text[row.start : row.end].lower()
    given: set[str] = set()
    touched = False
    for kind, *rest in found:
        if kind == "n":
            given.add(f"n:{float(rest[0]):.9g}")
            touched |= rest[0] in stretch or not any(c.isdigit() for c in stretch)
        elif kind == "q":
            given.add(f"n:{float(rest[0]):.9g}")
            touched |= rest[1].lower() in stretch or stretch in rest[1].lower()
            given |= {f"t:P{t}{float(rest[0]):g}{u}" for t, u in LENGTHS.get(rest[2], ())}
        else:
            touched |= rest[0].lower() in stretch or stretch in rest[0].lower()
            day, clock = rest[1][:10], rest[1][11:16]
            given |= {
                f"t:{day}",
                f"t:{day[:7]}",
                f"t:{day[:4]}",
                f"t:XXXX{day[4:]}",
                f"t:XXXX{day[4:7]}",
                f"t:T{clock}",
                f"n:{day[:4]}",
            }
    return touched, all(need & given for need in row.needs)


LENGTHS = {
    "second": (("T", "S"),), "minute": (("T", "M"),), "hour": (("T", "H"),), "day": (("", "D"),), "week": (("", "W"),),
    "month": (("", "M"),), "year": (("", "Y"),),
}  # fmt: skip


if __name__ == "__main__":
    main()
