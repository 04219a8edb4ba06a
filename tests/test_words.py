"""Rare nouns held for the model: which ones, and what remains of them in the translation."""

import pytest

from pipeline.model import Span
from pipeline.translate.ladder import climb
from pipeline.translate.protect import protect
from pipeline.translate.words import MOST, enriched, table
from tests.casefile import cases
from tests.translation_fake import Fake

SLOTS = tuple(f"⟦{sort}{i}⟧" for sort in "ts" for i in range(4))


def task_of(text):
    return protect(text, Span(0, len(text)), ())


@pytest.mark.parametrize("row", cases("translate/words"))
def test_which_words_are_held(row):
    held = enriched(task_of(row["text"]), Fake(slots=SLOTS)).held
    assert " ; ".join(f"{h.mention.value.french} → {h.english}" for h in held) == row["held"]


@pytest.mark.parametrize("engine", [Fake(slots=()), Fake(markers=None, slots=()), Fake(slots=("⟦0⟧", "⟦1⟧"))])
def test_an_engine_without_stand_ins_for_nouns_gets_the_french(engine):
    task = task_of("L'essaim de Besançon a pris sa place.")
    assert enriched(task, engine) is task


def test_no_more_are_held_than_there_are_stand_ins_and_the_rarest_first():
    nouns = [french for french in table() if french.isalpha()][:12]
    task = task_of("Il y a " + ", ".join(f"le {noun}" for noun in nouns) + ".")
    held = enriched(task, Fake(slots=SLOTS)).held
    assert len(held) == MOST
    rarest = sorted(table()[noun][1] for noun in nouns)[:MOST]
    assert sorted(table()[h.mention.value.french][1] for h in held) == rarest


def test_a_held_word_is_no_mention_of_the_translation_and_its_article_fits():
    source = "Un ⟦t0⟧ et une ⟦t1⟧."
    words = "Un essaim et une ergonome."
    engine = Fake(slots=SLOTS, answers={source: "An ⟦t0⟧ and a ⟦t1⟧."})
    (found,) = climb([task_of(words)], engine)
    assert engine.calls[0] == [source]
    assert (found.english, found.targets, found.flags) == ("A swarm and an ergonomist.", (), ())


def test_a_word_that_is_lost_is_not_flagged():
    engine = Fake(slots=SLOTS, loses={"gendre"})
    engine.answers = dict.fromkeys(("Le ⟦t0⟧ part.", "Le son-in-law part.", "Le ⟪son-in-law⟫ part."), "He left.")
    (found,) = climb([task_of("Le gendre part.")], engine)
    assert [f.code for f in found.flags] == []


def test_every_row_of_the_table_is_a_lower_case_pair():
    assert len(table()) > 900
    for french, (english, pairs) in table().items():
        assert french == french.lower() and english == english.lower() and french != english and pairs >= 2
