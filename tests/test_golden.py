"""Whole documents of `corpus/` against what a reader expects: blocks (kind, language, text) and values.

`golden/NAME.blocks.tsv` lists the blocks in order, `heading|paragraph` where either will do; a row's `mark` may say
`xfail: reason`, and is strict.
`golden/NAME.values.tsv` lists distinct surfaces with their canonical English.
"""

import difflib
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from pipeline.annotate import annotator
from pipeline.detect import detect
from pipeline.model import Block, Document, Kind, Term
from pipeline.repair import repair
from pipeline.values import render

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"
ENCODINGS = {"fr-offre-emploi-qualification": "cp1252"}


@cache
def repaired(name: str) -> Document:
    path = next((ROOT / "corpus").glob(f"{name}.*"))
    source = path.read_bytes().decode(ENCODINGS.get(name, "utf-8"))
    return detect(repair(Document(path.name, source)))


def rows(suffix: str) -> list:
    """The rows of every golden table with that suffix as pytest parameters: document, row number, cells."""
    out = []
    for path in sorted(GOLDEN.glob(f"*.{suffix}.tsv")):
        name = path.name.removesuffix(f".{suffix}.tsv")
        lines = path.read_text("utf-8").splitlines()
        columns = lines[0].split("\t")
        for number, line in enumerate(lines[1:], 2):
            cells = dict(zip(columns, [*line.split("\t"), "", ""], strict=False))
            mark = cells.get("mark", "")
            assert set(cells) <= {"kind", "lang", "text", "surface", "canonical", "accept", "mark"}, f"{path.name}:{number}"
            marks = [pytest.mark.xfail(strict=True, reason=mark.partition(":")[2].strip())] if mark.startswith("xfail") else []
            out.append(pytest.param(name, number - 2, cells, id=f"{name}:{number}", marks=marks))
    return out


def shape(text: str) -> str:
    """A text to compare: a table's bars, a footnote's mark and an item's number are optional."""
    return re.sub(r"^[1-9¹²³*][.)]?\s|\s\|(?=\s)", "", re.sub(r"\s+", " ", text)).strip()


@cache
def matched(name: str) -> dict[int, Block]:
    """Golden row → the block that answers it: the longest common order of texts, so that one error stays one error."""
    lines = (GOLDEN / f"{name}.blocks.tsv").read_text("utf-8").splitlines()[1:]
    wanted = [shape(line.split("\t")[2]) for line in lines]
    blocks = [b for b in repaired(name).blocks if b.kind is not Kind.DUPLICATE or shape(b.text) in wanted]
    out = {}
    matcher = difflib.SequenceMatcher(None, wanted, [shape(b.text) for b in blocks], autojunk=False)
    for a, b, size in matcher.get_matching_blocks():
        out.update({a + i: blocks[b + i] for i in range(size)})
    return out


@pytest.mark.parametrize(("name", "at", "row"), rows("blocks"))
def test_block(name, at, row):
    block = matched(name).get(at)
    assert block is not None, f"no block in place reads {row['text']!r}"
    assert block.kind.value in row["kind"].split("|"), row["text"]
    assert block.lang.value in row["lang"].split("|"), row["text"]


KNOWN: dict[str, str] = {}  # document → why it fails today


def documents() -> list:
    names = sorted(p.name.removesuffix(".blocks.tsv") for p in GOLDEN.glob("*.blocks.tsv"))
    return [pytest.param(n, marks=[pytest.mark.xfail(strict=True, reason=KNOWN[n])] if n in KNOWN else []) for n in names]


@pytest.mark.parametrize("name", documents())
def test_nothing_is_added(name):
    """Every word of the body stands as often in the blocks as in the golden text."""
    lines = (GOLDEN / f"{name}.blocks.tsv").read_text("utf-8").splitlines()[1:]
    wanted = Counter(w for line in lines for w in re.findall(r"\w+", line.split("\t")[2]))
    found = Counter(w for b in repaired(name).blocks for w in re.findall(r"\w+", b.text))
    assert found - wanted == Counter()


def test_every_document_is_described():
    described = (ROOT / "corpus" / "README.md").read_text("utf-8")
    missing = [p.name for p in sorted((ROOT / "corpus").iterdir()) if p.name not in described and p.name != "README.md"]
    assert not missing


@cache
def annotated(name: str) -> tuple[Block, ...]:
    return tuple(b for b in annotator(None)(repaired(name)).blocks if not b.kind.omitted)


def in_english(block: Block, start: int, end: int) -> str:
    """The stretch, and whatever mention it touches, with each mention in canonical English; "" where none is touched."""
    touched = [m for m in block.mentions if m.span.start < end and start < m.span.end]
    out, last = "", min([start, *(m.span.start for m in touched)])
    for mention in touched:
        english = mention.value.english if isinstance(mention.value, Term) else render(mention.value)
        out += block.text[last : mention.span.start] + english
        last = mention.span.end
    return out + block.text[last:end] if touched else ""


def folded(text: str) -> str:
    return text.casefold().replace("\N{MINUS SIGN}", "-").replace("\N{EN DASH}", "-")


@pytest.mark.parametrize(("name", "at", "row"), rows("values"))
def test_value(name, at, row):
    pattern = re.compile(rf"(?<![\w,.]){re.escape(row['surface'])}(?!\w)")
    found = [in_english(b, *m.span()) for b in annotated(name) for m in pattern.finditer(b.text)]
    assert found, f"{row['surface']!r} does not stand in the body"
    wanted = [folded(w) for w in (row["canonical"], *row["accept"].split("|")) if w]
    wrong = [english for english in found if not any(w in folded(english) for w in wanted)]
    assert not wrong, f"{row['surface']!r} became {wrong}"
