"""The case tables of language detection: blocks by themselves, and pages whose blocks lean on each other."""

from itertools import groupby

import pytest

from pipeline.detect import detect
from pipeline.model import Block, Document, Flag, Kind, Lang, Span
from tests.casefile import cases


def block(text: str, kind: str = "paragraph", flags: tuple[Flag, ...] = ()) -> Block:
    return Block(Kind(kind), (Span(0, len(text)),), text, flags=flags)


@pytest.mark.parametrize("row", cases("detect/blocks"))
def test_block_alone(row):
    found = detect(Document("x.txt", row["text"], blocks=(block(row["text"], row["kind"]),))).blocks[0]
    assert found.lang == row["lang"]


PAGES = [(name, list(rows)) for name, rows in groupby((p.values[0] for p in cases("detect/pages")), key=lambda row: row["page"])]


@pytest.mark.parametrize(("name", "rows"), PAGES, ids=[name for name, _ in PAGES])
def test_page(name, rows):
    blocks = tuple(block(row["block"], "contact" if "@" in row["block"] or "+44" in row["block"] else "paragraph") for row in rows)
    found = detect(Document(name, "", blocks=blocks)).blocks
    assert [(b.text, b.lang.value) for b in found] == [(row["block"], row["lang"]) for row in rows]


def test_unsupported_language_is_flagged_and_keeps_other_flags():
    text = "Die Behörde hat den Antrag auf Zulassung für das neue Arzneimittel genehmigt."
    once = detect(Document("x", text, blocks=(block(text, flags=(Flag("repair.doubt"),)),)))
    assert once.blocks[0].lang is Lang.OTHER
    assert once.blocks[0].flags == (Flag("repair.doubt"), Flag("detect.unsupported", "de"))
    assert detect(once) == once


def test_no_blocks():
    assert detect(Document("x", "")) == Document("x", "")
