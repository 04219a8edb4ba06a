"""What a translation leaves out, held in a second one: which words, and which of the two is taken."""

import pytest

from pipeline.model import Span
from pipeline.translate.ladder import climb
from pipeline.translate.omitted import fuller
from pipeline.translate.protect import protect
from pipeline.translate.words import MOST
from tests.casefile import cases
from tests.translation_fake import Fake

SLOTS = tuple(f"⟦{sort}{i}⟧" for sort in "ts" for i in range(4))


def task_of(text):
    return protect(text, Span(0, len(text)), ())


@pytest.mark.parametrize("row", cases("translate/omitted"))
def test_which_words_are_held_the_second_time(row):
    more = fuller(task_of(row["text"]), row["english"], Fake(slots=SLOTS))
    held = more.held if more else ()
    assert " ; ".join(f"{h.mention.value.french} → {h.english}" for h in held) == row["held"]


@pytest.mark.parametrize("engine", [Fake(slots=()), Fake(markers=None, slots=()), Fake(slots=("⟦0⟧", "⟦1⟧"))])
def test_an_engine_without_stand_ins_for_nouns_is_asked_once(engine):
    assert fuller(task_of("La production reprend."), "It resumes.", engine) is None


def test_no_more_are_held_than_there_are_stand_ins():
    text = "La production, la victoire, la nuit, la boutique, la ligue, la monnaie et la photo reprennent."
    assert len(fuller(task_of(text), "They resume.", Fake(slots=SLOTS)).held) == MOST


def test_the_translation_that_says_what_was_left_out_is_taken():
    engine = Fake(slots=SLOTS, answers={"La production reprend.": "It resumes.", "La ⟦s0⟧ reprend.": "The ⟦s0⟧ resumes."})
    engine.answers["La ⟦t0⟧ reprend."] = "The ⟦t0⟧ resumes."
    (found,) = climb([task_of("La production reprend.")], engine)
    assert (found.english, found.targets, found.flags) == ("The production resumes.", (), ())


def test_the_first_stays_where_the_second_loses_what_it_holds():
    engine = Fake(slots=SLOTS, answers={"La production reprend.": "It resumes."})
    engine.answers |= dict.fromkeys(("La ⟦s0⟧ reprend.", "La ⟦t0⟧ reprend."), "It restarts.")
    (found,) = climb([task_of("La production reprend.")], engine)
    assert found.english == "It resumes."


@pytest.mark.parametrize(
    ("answer", "english"),
    [
        ("The performance ⟦t0⟧ rises.", "The environmental performance rises."),
        ("A performance ⟦t0⟧.", "An environmental performance."),
        ("Performance ⟦t0⟧.", "Environmental performance."),
        ("An ⟦t0⟧ performance.", "An environmental performance."),
        ("The rise ⟦t0⟧ of performance.", "The rise environmental of performance."),  # not behind its noun: nobody knows
    ],
)
def test_a_held_adjective_goes_before_its_noun(answer, english):
    text = "La performance environnementale progresse."
    engine = Fake(slots=SLOTS, answers={text: "The performance rises.", "La performance ⟦t0⟧ progresse.": answer})
    (found,) = climb([task_of(text)], engine)
    assert (found.english, found.flags) == (english, ())


def test_an_adjective_behind_a_verb_stays_there():
    text = "Leur utilisation reste possible."
    engine = Fake(slots=SLOTS, answers={text: "Use remains.", "Leur utilisation reste ⟦t0⟧.": "Their use remains ⟦t0⟧."})
    (found,) = climb([task_of(text)], engine)
    assert found.english == "Their use remains possible."
