"""Every code that the program can put on a sentence, a block or a file has a row in docs/flags.md and words on the review page."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FAMILIES = ("value", "number", "name", "term", "translate", "detect", "record", "corpus")
# rules under the same families that are no flags: how a term was found; file names
NO_FLAGS = {
    "term.abbreviation",
    "term.expanded",
    "term.unit",
    "corpus.spacy",
    "corpus.tmx",
    "corpus.py",
    "record.py",
    "record.schema",
}


def in_the_code():
    found = set()
    for path in (ROOT / "pipeline").rglob("*.py"):
        found |= set(re.findall(rf'"((?:{"|".join(FAMILIES)})\.[a-z][a-z0-9-]*)"', path.read_text("utf-8")))
    return found - NO_FLAGS


def documented():
    return set(re.findall(r"^\| `([a-z.0-9-]+)` \|", (ROOT / "docs" / "flags.md").read_text("utf-8"), re.MULTILINE))


def test_the_page_lists_what_the_code_has_and_no_more():
    assert documented() == in_the_code()
    assert len(documented()) > 20


@pytest.mark.parametrize("code", sorted(documented()))
def test_the_review_page_has_words_for_it(code):
    rows = [line.split("\t") for line in (ROOT / "pipeline" / "data" / "review.tsv").read_text("utf-8").splitlines()]
    assert code in {row[0] for row in rows}


@pytest.mark.parametrize("page", ["README.md", "docs/output.md"])
def test_the_page_is_linked(page):
    assert "flags.md" in (ROOT / page).read_text("utf-8")
