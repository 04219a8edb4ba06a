"""The annotate stage: what wins where two overlap, which blocks are read, what the document as a whole tells."""

from dataclasses import replace

import pytest

from pipeline.annotate import annotator, merge
from pipeline.glossary import Entry, Matcher
from pipeline.model import Block, Document, Kind, Lang, Mention, Span, Term, Value
from pipeline.values.verbatim import Name, Verbatim


def entry(french, english, number=1, **more):
    return Entry(french=(french,), english=english, **{"file": "t.tsv", "line": number, **more})


def document(*texts, lang=Lang.FR, kind=Kind.PARAGRAPH):
    source = "\n\n".join(texts)
    blocks, at = [], 0
    for text in texts:
        blocks.append(Block(kind, (Span(at, at + len(text)),), text, lang=lang))
        at += len(text) + 2
    return Document("a.txt", source, blocks=tuple(blocks))


def kinds(block):
    return [(m.kind, m.span.of(block.text)) for m in block.mentions]


GLOSSARY = [
    entry("annexe 1 des BPF", "Annex 1 of the GMP guidelines", 1),
    entry("bonnes pratiques de fabrication", "good manufacturing practice", 2),
    entry("Les Ulis", "Les Ulis", 3, keep=True, pos="name"),
    entry("chaussée", "carriageway", 4),
    entry("thérapies", "therapies", 5),
]


@pytest.fixture(scope="module")
def step():
    return annotator(Matcher(GLOSSARY))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("conforme à l'annexe 1 des BPF", ("term", "annexe 1 des BPF")),
        ("conforme à l'annexe 1 du contrat", ("verbatim", "annexe 1")),
        ("un essai de phase 2 débute", ("verbatim", "phase 2")),
        ("une usine aux portes de Les Ulis", ("term", "Les Ulis")),
        ("au 8 chaussée des Tilleuls, 27100 Louviers", ("verbatim", "8 chaussée des Tilleuls, 27100 Louviers")),
        ("sous la référence ALX-2024-117", ("verbatim", "ALX-2024-117")),
        ("le site d'Orvenal Thérapies ferme", ("name", "Orvenal Thérapies")),
        ("des thérapies nouvelles", ("term", "thérapies")),
    ],
)
def test_what_wins(step, text, wanted):
    (block,) = step(document(text)).blocks
    assert kinds(block) == [wanted]


def test_values_come_from_both_languages_and_terms_from_french_only():
    step = annotator(Matcher(GLOSSARY))
    french, english = document("Les 412 lots de thérapies"), document("412 lots of thérapies", lang=Lang.EN)
    assert [k for k, _ in kinds(step(french).blocks[0])] == ["number", "term"]
    assert [k for k, _ in kinds(step(english).blocks[0])] == ["number"]


def test_furniture_and_other_languages_stay_bare(step):
    for doc in (
        document("Les Ulis, 01 99 00 12 34", kind=Kind.FURNITURE),
        document("Les Ulis, 01 99 00 12 34", kind=Kind.DUPLICATE),
        document("Les Ulis, 01 99 00 12 34", lang=Lang.OTHER),
        document("01 99 00 12 34", lang=Lang.UNKNOWN),
    ):
        assert step(doc).blocks[0].mentions == ()


def test_a_name_seen_in_one_block_is_known_in_the_next(step):
    first, second = step(document("Le groupe Luxorem paie.", "Luxorem paie encore.")).blocks
    assert kinds(first) == kinds(second) == [("name", "Luxorem")]


def test_an_acronym_that_the_document_binds(step):
    doc = document("les bonnes pratiques de fabrication (BPF) évoluent", "un site conforme aux BPF")
    first, second = annotator(Matcher([GLOSSARY[1]]))(doc).blocks
    assert kinds(first) == [("term", "bonnes pratiques de fabrication (BPF)")]
    assert kinds(second) == [("term", "BPF")]


def test_works_without_a_glossary_and_twice():
    step = annotator()
    once = step(document("Écrivez à a@b.example avant le 1er mai."))
    assert step(once) == once
    assert once.blocks[0].mentions[0].value == Verbatim("a@b.example", "email")


def test_nothing_but_the_mentions_changes(step):
    before = document("Le groupe Luxorem, 01 99 00 12 34")
    after = step(before)
    assert replace(after, blocks=before.blocks) == before
    assert replace(after.blocks[0], mentions=()) == before.blocks[0]


def test_equal_spans_term_then_verbatim_then_value_then_name():
    span = Span(0, 3)
    term = Mention(span, Term("abc", "abc", (), "t:1", "term"))
    code, value, name = Mention(span, Verbatim("abc", "code")), Mention(span, Value()), Mention(span, Name("abc"))
    assert merge([name, value, code, term]) == (term,)
    assert merge([name, value, code]) == (code,)
    assert merge([name, value]) == (value,)
    assert merge([Mention(Span(1, 1), Name(""))]) == ()


@pytest.mark.parametrize(
    ("text", "lang", "codes"),
    [
        ("Due 06/03/2024.", Lang.EN, ["value.ambiguous"]),
        ("Due 24/03/2024.", Lang.EN, []),
        ("Il y a 1.234 sites.", Lang.FR, ["value.ambiguous"]),
        ("Le 06/03/2024, 1 234 sites.", Lang.FR, []),
    ],
)
def test_a_value_that_can_be_read_in_two_ways_is_flagged_once(text, lang, codes):
    once = annotator()(document(text, lang=lang))
    assert [f.code for f in once.blocks[0].flags] == codes
    assert annotator()(once) == once
