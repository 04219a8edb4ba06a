"""The shipped glossary found in text: `tests/cases/glossary/match.tsv` lists what is found and what must not be."""

import pytest

from pipeline.glossary import Matcher, load
from pipeline.glossary.check import check
from pipeline.glossary.english import plural
from pipeline.glossary.table import shipped
from pipeline.model import Lang
from tests.casefile import cases


@pytest.fixture(scope="module")
def matcher():
    return Matcher(load())


@pytest.mark.parametrize("row", cases("glossary/match"))
def test_finds(row, matcher):
    text = row["text"]
    found = matcher.find(text, Lang.FR, matcher.bind([text]))
    shown = " ; ".join(f"{m.span.of(text)} → {m.value.english}" for m in found)
    assert shown == row["finds"]


@pytest.mark.parametrize("row", cases("glossary/plural"))
def test_english_plural(row):
    assert plural(row["singular"]) == row["plural"]


def test_nothing_in_other_languages(matcher):
    for lang in (Lang.EN, Lang.OTHER, Lang.UNKNOWN):
        assert matcher.find("Les médicaments de thérapie innovante (MTI)", lang) == []


def test_binding_holds_for_the_whole_document(matcher):
    texts = ["Le registre des contrôles bancaires.", "Un dossier de lot (DL) est ouvert.", "Le DL est relu."]
    bindings = matcher.bind(texts)
    (mention,) = matcher.find(texts[2], Lang.FR, bindings)
    assert (mention.span.of(texts[2]), mention.value.english, mention.value.rule) == ("DL", "batch record", "term.bound")
    assert matcher.find(texts[2], Lang.FR) == []


def test_a_document_can_redefine_an_acronym_of_ours(matcher):
    bindings = matcher.bind(["Le bilan pédagogique et financier (BPF) est dû en mai."])
    assert matcher.find("Le BPF est prêt.", Lang.FR, bindings) == []
    assert matcher.find("Le BPF est prêt.", Lang.FR) != []


def test_explain_says_why_not(matcher):
    reasons = [c.refused for c in matcher.explain("La BPF, banque de quartier") if c.refused]
    assert reasons == ["'banque' is near"]


def test_shipped_table_has_nothing_to_mend():
    assert [str(f) for f in check(shipped())] == []


def test_shipped_table_is_large_and_has_authorities():
    glossary = load()
    assert len(glossary) >= 300
    assert [e.id for e in glossary if not e.source] == []


def expanding(tmp_path):
    path = tmp_path / "t.tsv"
    path.write_text("french\tenglish\tabbr_fr\tabbr_en\tmatch\npoche grise stérile\tsterile grey bag\tPGS\tSGB\texpand\n", "utf-8")
    return Matcher(load([path], shipped=False))


@pytest.mark.parametrize(
    ("texts", "english"),
    [
        (["Les PGS sont là.", "Une PGS suffit."], ["sterile grey bags (SGBs)", "SGB"]),
        (["La PGS et la PGS."], ["sterile grey bag (SGB)", "SGB"]),
        (["Une poche grise stérile (PGS).", "La PGS."], ["sterile grey bag (SGB)", "SGB"]),
        (["Une poche grise stérile.", "La PGS."], ["sterile grey bag", "SGB"]),
    ],
)
def test_the_first_mention_is_expanded_where_the_row_asks(texts, english, tmp_path):
    matcher = expanding(tmp_path)
    bindings = matcher.bind(texts)
    assert [m.value.english for t in texts for m in matcher.find(t, Lang.FR, bindings)] == english
