"""Canonical English: typography by rule, English blocks rendered, every value proven."""

from decimal import Decimal

import pytest

from pipeline.config import Config
from pipeline.edits import apply
from pipeline.model import Block, Document, Flag, Kind, Lang, Mention, Placed, Segment, Span, Term
from pipeline.normalize import normalizer
from pipeline.normalize.grammar import agree, capitals
from pipeline.normalize.pronouns import impersonal
from pipeline.normalize.prove import prove
from pipeline.normalize.spelling import british
from pipeline.normalize.typography import moved, polish
from pipeline.values import render
from pipeline.values.types import Amount, Bound, Date, Duration, Money, Number, Period, Time
from pipeline.values.verbatim import Name, Verbatim
from tests.casefile import cases


@pytest.mark.parametrize("row", cases("normalize/typography"))
def test_typography(row):
    edits = polish(row["english"], (), True)
    assert apply(row["english"], edits) == row["polished"]
    assert {e.rule for e in edits} - {"normalize.capital"} == set(row["rules"].split()) - {"normalize.capital"}
    assert polish(row["polished"], (), True) == []


VALUES = {
    "term": lambda s: Term(s, s, (), "demo:1", "term"),
    "name": Name,
    "place": lambda s: Verbatim(s, "place", s),
    "about": lambda s: Number(Amount(Decimal(100), bound=Bound.ABOUT)),
    "date": lambda s: Date(2025),
    "day": lambda s: Date(2025, 5, 15),
    "sign": lambda s: Period("Q3", 2024),
    "quarter": lambda s: Period("Q3", 2024, form="words"),
    "million": lambda s: Number(Amount(Decimal(800), scale=6)),
    "one": lambda s: Number(Amount(Decimal(1))),
    "time": lambda s: Time(14, 30),
    "money": lambda s: Money(Amount(Decimal(8)), "EUR"),
}


@pytest.mark.parametrize("row", cases("normalize/grammar"))
def test_grammar(row):
    surface = row["english"].partition("{")[2].partition("}")[0]
    text, at = row["english"].replace("{", "").replace("}", ""), row["english"].index("{")
    placed = [Placed(Mention(Span(0, 1), VALUES[row["kind"]](surface)), Span(at, at + len(surface)), "slot")]
    edits = agree(text, placed)
    moved_to = moved(placed[0].target, edits)
    done = capitals(apply(text, edits), [Placed(placed[0].mention, moved_to, "slot")], True)
    wanted = row["wanted"].partition("{")[2].partition("}")[0]
    assert (done, moved_to.of(done)) == (row["wanted"].replace("{", "").replace("}", ""), wanted)


@pytest.mark.parametrize("row", cases("normalize/spelling"))
def test_spelling(row):
    edits = list(british(row["english"], (), row["french"]))
    assert apply(row["english"], edits) == row["wanted"]
    assert not list(british(row["wanted"], (), row["french"]))


def test_what_was_held_keeps_its_spelling():
    assert not list(british("The tumor center.", [Span(4, 16)], ""))


@pytest.mark.parametrize("row", cases("normalize/pronouns"))
def test_pronouns(row):
    edits = impersonal(row["english"], row["french"], row["before"])
    assert apply(row["english"], edits) == row["wanted"]


MONTHS, HOURS = Duration(Amount(Decimal(18)), "mo", "month", "months"), Duration(Amount(Decimal(24)), "h", "hour", "hours")
QUARTER = Period("Q3", 2024, form="words")


@pytest.mark.parametrize(
    ("value", "french", "english", "wanted"),
    [
        (MONTHS, "à changer tous les @", "to change all the @", "to change every @"),
        (MONTHS, "à changer tous les @", "to change every @", "to change every @"),
        (MONTHS, "sur les @", "over all the @", "over all the @"),
        (HOURS, "répondre sous @", "reply under @", "reply within @"),
        (HOURS, "répondre sous @", "reply within @", "reply within @"),
        (HOURS, "un coût de @", "a cost under @", "a cost under @"),
        (QUARTER, "ouverte au @", "open to @", "open in the @"),
        (QUARTER, "ouverte au @", "open from April to @", "open from April to the @"),
        (QUARTER, "reporté jusqu'au @", "postponed to @", "postponed to the @"),
        (Period("Q3", 2024), "prend effet au @", "comes into effect on to the @", "comes into effect in @"),
        (Date(2024, 7, 4), "ouverte au @", "open to @", "open to @"),
        (Date(2024), "ouverte en @", "open to @", "open in @"),
        (Period("late", 2024, form="of"), "ouverte en @", "open at the @", "open at the @"),
    ],
)
def test_prepositions_by_the_french_before_a_value(value, french, english, wanted):
    shown = render(value)
    held = Mention(Span(french.index("@"), len(french)), value)
    placed = [Placed(held, Span(english.index("@"), len(english) - 1 + len(shown)), "slot")]
    text = english.replace("@", shown)
    assert apply(text, agree(text, placed, french)) == wanted.replace("@", shown)


def test_a_person_named_in_the_block_before_counts():
    def she(*texts):
        blocks = [
            Block(
                Kind.PARAGRAPH,
                (Span(0, len(t)),),
                t,
                lang=Lang.FR,
                segments=(Segment(Span(0, len(t)), "She grows.", (), (), "model"),),
            )
            for t in texts
        ]
        done = normalizer(Config())(Document("x", "", blocks=tuple(blocks))).blocks
        return [b.segments[0].english for b in done]

    assert she("Elle grandit.", "Elle mûrit.") == ["It grows.", "It grows."]
    assert she("La directrice dort.", "Elle mûrit.") == ["She grows.", "She grows."]


def test_a_value_at_the_start_gets_a_capital_and_is_still_proven():
    about = Mention(Span(0, 5), Number(Amount(Decimal(40), bound=Bound.ABOUT)))
    for text, wanted in (("Environ 40 postes", "About 40 posts"), ("environ 40 postes", "about 40 posts")):
        segment = Segment(Span(0, len(text)), "about 40 posts", (Placed(about, Span(0, 8), "slot"),), (), "model")
        block = Block(Kind.ITEM, (Span(0, len(text)),), text, lang=Lang.FR, mentions=(about,), segments=(segment,))
        assert (normalized(block).segments[0].english, normalized(block).segments[0].flags) == (wanted, ())


def test_a_value_behind_a_dash_has_the_capital_of_its_source():
    about = Number(Amount(Decimal(40), bound=Bound.ABOUT))
    for text, wanted in (
        ("Lyon – Environ 40 postes", "Lyon – About 40 posts"),
        ("Lyon – environ 40 postes", "Lyon – about 40 posts"),
    ):
        mention = Mention(Span(7, 17), about)
        segment = Segment(Span(0, len(text)), "Lyon – about 40 posts", (Placed(mention, Span(7, 15), "slot"),), (), "model")
        block = Block(Kind.ITEM, (Span(0, len(text)),), text, lang=Lang.FR, mentions=(mention,), segments=(segment,))
        assert (normalized(block).segments[0].english, normalized(block).segments[0].flags) == (wanted, ())


def normalized(block, dates="long"):
    (done,) = normalizer(Config(dates=dates))(Document("x", "", blocks=(block,))).blocks
    return done


def english(text, *mentions):
    return Block(
        Kind.PARAGRAPH, (Span(0, len(text)),), text, lang=Lang.EN, mentions=mentions, segments=(Segment(Span(0, len(text)), text),)
    )


def test_english_values_are_rendered_and_nothing_else_changes():
    text = "Some 100 jobs :  on July 24, 2024, $50m,  see ISO 9001 ."
    values = (
        ("Some 100", Number(Amount(Decimal(100), bound=Bound.ABOUT))),
        ("July 24, 2024", Date(2024, 7, 24)),
        ("$50m", Money(Amount(Decimal(50), scale=6), "USD")),
        ("ISO 9001", Verbatim("ISO 9001", "standard")),
    )
    held = [Mention(Span(text.index(s), text.index(s) + len(s)), v) for s, v in values]
    done = normalized(english(text, *held))
    (segment,) = done.segments
    assert segment.english == "About 100 jobs :  on 24 July 2024, $50 million,  see ISO 9001 ."
    assert [p.target.of(segment.english) for p in segment.placed] == ["About 100", "24 July 2024", "$50 million", "ISO 9001"]
    assert {p.rung for p in segment.placed} == {"rendered"} and not segment.flags
    assert normalized(done) == done
    assert normalized(english(text, *held), "iso").segments[0].english.count("2024-07-24") == 1


def test_terms_of_english_blocks_stay():
    text = "ATMPs grow."
    done = normalized(english(text, Mention(Span(0, 5), Term("MTI", "ATMPs", (), "demo:1", "term"))))
    assert done.segments[0].english == text


def french(translated, *placed, flags=()):
    text = "x" * 40
    segment = Segment(Span(0, 40), translated, placed, flags, "model")
    mentions = tuple(p.mention for p in placed)
    return Block(Kind.PARAGRAPH, (Span(0, 40),), text, lang=Lang.FR, mentions=mentions, segments=(segment,))


TWELVE = Mention(Span(3, 5), Number(Amount(Decimal(12))))


def test_target_spans_follow_the_edits_and_mentions_are_not_touched():
    done = normalized(french("the the « site » : 12 lots", Placed(TWELVE, Span(19, 21), "marked")))
    (segment,) = done.segments
    assert segment.english == 'the "site": 12 lots'
    assert segment.placed[0].target.of(segment.english) == "12" and not segment.flags


def test_a_value_that_reads_otherwise_is_flagged_once():
    done = normalized(french("It is 13 lots", Placed(TWELVE, Span(6, 8), "marked")))
    assert done.segments[0].flags == (Flag("value.changed", "12: 13"),)
    assert normalized(done) == done


def test_a_part_of_a_longer_figure_is_no_proof():
    assert prove([TWELVE], [Placed(TWELVE, Span(0, 2), "marked")], "123 lots", "long")[0].code == "value.changed"
    assert prove([TWELVE], [Placed(TWELVE, Span(0, 2), "marked")], "12 lots", "long") == ()


def test_a_value_that_is_missing_is_flagged_once():
    lost = Placed(TWELVE, None, "lost")
    done = normalized(french("It is lots", lost, flags=(Flag("value.missing", "12"), Flag("translate.length", ""))))
    assert done.segments[0].flags == (Flag("translate.length", ""), Flag("value.missing", "12"))


def test_a_mention_that_was_not_even_placed_is_missing():
    assert prove([TWELVE], [], "nothing", "long") == (Flag("value.missing", "12"),)


def test_other_languages_are_left_alone():
    block = Block(Kind.PARAGRAPH, (Span(0, 4),), "« a »", lang=Lang.OTHER, segments=(Segment(Span(0, 4), "« a »"),))
    assert normalized(block) == block
