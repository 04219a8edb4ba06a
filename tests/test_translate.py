"""The parts of translation, case by case, and the ladder on a fake engine that loses what it is told to lose."""

from decimal import Decimal
from threading import Event

import pytest

from pipeline.annotate import annotator
from pipeline.config import Config
from pipeline.errors import InstallError, ModelError
from pipeline.glossary import Matcher, load
from pipeline.model import Block, Document, Kind, Lang, Mention, Span, Term
from pipeline.normalize import normalizer
from pipeline.translate import guards, packages, translator
from pipeline.translate.argos import open_model
from pipeline.translate.candidate import Candidate
from pipeline.translate.capitals import accented, in_capitals, lowered, recase
from pipeline.translate.engine import Hypothesis
from pipeline.translate.ladder import PENALTY, climb, following
from pipeline.translate.openings import label, lead
from pipeline.translate.plainer import plainer, said_plainly
from pipeline.translate.protect import find, protect, settle
from pipeline.translate.sentences import cut, split
from pipeline.translate.stage import AHEAD
from pipeline.translate.surplus import repetition
from pipeline.values import render
from pipeline.values.types import Amount, Money, Number
from pipeline.values.verbatim import Name, Verbatim
from tests.casefile import cases
from tests.translation_fake import Fake

FIFTY = Money(Amount(Decimal(50), scale=6), "EUR")
CLINICAL = Term("essais cliniques", "clinical trials", ("clinical studies",), "demo:1", "term.plural")


def mention(text, surface, value, nth=0):
    at = -1
    for _ in range(nth + 1):
        at = text.index(surface, at + 1)
    return Mention(Span(at, at + len(surface)), value)


def block(text, *mentions, kind=Kind.PARAGRAPH, lang=Lang.FR):
    return Block(kind, (Span(0, len(text)),), text, lang=lang, mentions=tuple(mentions))


def run(engine, *blocks, config=None):
    config = config or Config()
    doc = Document("x.txt", "", blocks=blocks)
    return next(translator(engine, config)([doc])).blocks


def protected(text, *mentions):
    return protect(text, Span(0, len(text)), mentions)


def test_a_no_break_space_behind_an_initial_stops_nothing():
    text = "Selon A\u00a0. B\u00a0. Roux."  # sentencex panics at it
    assert "".join(span.of(text) for span in split(text)).split() == text.split()


@pytest.mark.parametrize("row", cases("translate/sentences"))
def test_sentences(row):
    spans = split(row["text"], Lang(row["lang"]))
    assert [s.of(row["text"]) for s in spans] == row["sentences"].split(" / ")


@pytest.mark.parametrize("row", cases("translate/repetition"))
def test_repetition(row):
    assert bool(repetition(row["text"], row["source"])) == (row["repeats"] == "yes")


@pytest.mark.parametrize("row", cases("translate/guards"))
def test_guards(row):
    found = {f.code for f in guards.check(protected(row["french"]), row["english"], ())}
    assert found == set(row["codes"].split())


@pytest.mark.parametrize("row", cases("translate/find"))
def test_find(row):
    task = protected("x", Mention(Span(0, 1), Verbatim(row["english"], "code")))
    (spot,) = find(task, row["output"], task.written().text)
    assert (spot.of(row["output"]) if spot else "") == row["found"]


@pytest.mark.parametrize("row", cases("translate/capitals"))
def test_capitals(row):
    task = protected(row["text"])
    small = (recase(task) if in_capitals(row["text"]) else lowered(task)).written().text
    assert (small if small != row["text"] else "") == row["recased"]


def test_a_sentence_is_never_cut_inside_a_mention():
    text = "Le lot A. B reste. Il part."
    held = Span(7, 11)
    assert [s.of(text) for s in split(text, Lang.FR, [held])] == ["Le lot A. B reste.", "Il part."]


def test_cut_keeps_every_word_and_every_mention():
    text = "un mot, " * 60
    parts = cut(text, Span(0, len(text)), [Span(8, 15)], 60)
    assert len(parts) > 5
    assert " ".join(s.of(text) for s in parts).split() == text.split()
    assert any(s.contains(Span(8, 15)) for s in parts)


def test_cut_of_a_word_without_end():
    text = "x" * 1000
    assert "".join(s.of(text) for s in cut(text, Span(0, 1000), (), 100)) == text


def test_written_marks_mentions_and_settle_writes_them_canonically():
    text = "L'usine a livré 50 millions d'euros."
    task = protected(text, mention(text, "50 millions d'euros", FIFTY))
    assert task.written(("⟪", "⟫")).text == "L'usine a livré ⟪€50 million⟫."
    english, spans = settle(task, "It has €50\N{NO-BREAK SPACE}million.", find(task, "It has €50\N{NO-BREAK SPACE}million.", ""))
    assert english == "It has €50 million." and spans[0].of(english) == "€50 million"


def test_equal_values_take_a_spot_each():
    text = "3 lots et 3 sites"
    three = Number(Amount(Decimal(3)))
    task = protected(text, mention(text, "3", three), mention(text, "3", three, 1))
    first, second = find(task, "3 batches and 3 sites", task.written().text)
    assert (first, second) == (Span(0, 1), Span(14, 15))
    assert find(task, "3 batches and sites", task.written().text)[1] is None


@pytest.mark.parametrize(
    ("engine", "rung"),
    [
        (Fake(), "slot"),
        (Fake(slots=()), "marked"),
        (Fake(markers=None, slots=()), "plain"),
        (Fake(loses=["⟦0⟧"]), "marked"),
        (Fake(loses=["⟦0⟧", "€50 million"]), "plain"),  # in English without marks
    ],
)
def test_rungs(engine, rung):
    text = "L'usine a livré 50 millions d'euros."
    (done,) = run(engine, block(text, mention(text, "50 millions d'euros", FIFTY)))
    (segment,) = done.segments
    assert segment.placed[0].rung == rung and not segment.flags
    assert segment.placed[0].target.of(segment.english) == "€50 million"


def test_the_prefix_rung_brings_back_what_all_others_lose():
    text = "L'usine a livré 50 millions d'euros."
    answers = {f"L'usine a livré {m}.": "The plant has delivered." for m in ("⟪€50 million⟫", "€50 million", "⟦0⟧")}
    engine = Fake(answers=answers)
    (done,) = run(engine, block(text, mention(text, "50 millions d'euros", FIFTY)))
    (segment,) = done.segments
    assert "⟦0⟧" in engine.prefixes and any("€50 million" in p for p in engine.prefixes)
    assert segment.placed[0].rung == "prefix" and segment.placed[0].target.of(segment.english) == "€50 million"


def test_a_value_that_nothing_brings_back_is_flagged_with_its_rendering():
    class Deaf(Fake):
        def _one(self, sentence, prefix):
            return "The plant."

    text = "L'usine a livré 50 millions d'euros."
    (done,) = run(Deaf(), block(text, mention(text, "50 millions d'euros", FIFTY)))
    (segment,) = done.segments
    assert ("value.missing", "€50 million") in [(f.code, f.detail) for f in segment.flags]
    assert segment.placed[0].target is None and segment.placed[0].rung == "lost"


def test_a_wrong_number_is_never_silent():
    class Wrong(Fake):
        def _one(self, sentence, prefix):
            return "The plant delivered 5 million."

    text = "L'usine a livré 50 millions d'euros."
    (done,) = run(Wrong(), block(text, mention(text, "50 millions d'euros", FIFTY)))
    assert {"value.missing", "number.invented"} <= {f.code for f in done.segments[0].flags}


@pytest.mark.parametrize("row", cases("translate/surplus"))
def test_surplus(row):
    text, held = row["french"], []
    for item in filter(None, row["mentions"].split(" / ")):
        surface, _, target = item.partition(" = ")
        value = Term(surface, target, (), "demo:1", "term") if row["kind"] == "term" else Name(target)
        value = Verbatim(surface, "code", target) if row["kind"] == "value" else value
        held.append(mention(text, surface, value))
    task = protected(text, *sorted(held, key=lambda m: m.span.start))
    english, targets = settle(task, row["english"], find(task, row["english"], task.written().text))
    assert " ".join(f.code for f in guards.check(task, english, targets)) == row["codes"]


def test_a_slot_twice_in_a_row_counts_once():
    text = "L'usine a livré 50 millions d'euros."
    engine = Fake(answers={"L'usine a livré ⟦0⟧.": "The plant has ⟦0⟧ ⟦0⟧."})
    (done,) = run(engine, block(text, mention(text, "50 millions d'euros", FIFTY)))
    assert done.segments[0].english == "The plant has €50 million." and len(engine.calls) == 1


def test_a_mention_said_twice_is_worse_than_another_rung():
    text = "L'usine a livré 50 millions d'euros."
    twice = {"L'usine a livré ⟦0⟧.": "The plant of ⟦0⟧ has ⟦0⟧."}
    (done,) = run(Fake(answers=twice), block(text, mention(text, "50 millions d'euros", FIFTY)))
    assert done.segments[0].placed[0].rung == "marked" and not done.segments[0].flags
    twice |= {f"L'usine a livré {m}.": "The plant of €50 million has €50 million." for m in ("⟪€50 million⟫", "€50 million")}
    (done,) = run(Fake(answers=twice), block(text, mention(text, "50 millions d'euros", FIFTY)))
    assert [f.code for f in done.segments[0].flags] == ["value.extra"]


def test_what_is_said_twice_is_asked_again_with_a_penalty():
    class Looping(Fake):
        def translate(self, sentences, **how):
            found = super().translate(sentences, **how)
            loop = "the lots of the lots of the lots of the lots"
            return found if how.get("penalty", 1.0) > 1 else [[Hypothesis(loop, -0.1)] for _ in found]

    engine = Looping()
    (done,) = run(engine, block("L'usine a livré des lots en une nouvelle ligne."))
    assert engine.penalties == [1.0, PENALTY] and not done.segments[0].flags


def test_what_stays_wrong_is_translated_clause_by_clause():
    text = "L'usine a livré des lots de cellules, le site poursuit des essais avec son partenaire."
    loop = "the plant of the plant of the plant of the plant"
    (done,) = run(Fake(answers={text: loop}), block(text))
    assert done.segments[0].english.startswith("The plant has delivered") and not done.segments[0].flags


def test_markers_never_survive():
    class Loud(Fake):
        def _one(self, sentence, prefix):
            return sentence

    text = "Essai en 2 lots"
    (done,) = run(Loud(), block(text, mention(text, "2", Number(Amount(Decimal(2))))))
    assert not set("⟪⟫⟦⟧") & set(done.segments[0].english)


def test_an_admitted_form_of_a_term_counts():
    text = "Il poursuit des essais cliniques."
    engine = Fake(slots=(), answers={"Il poursuit des ⟪clinical trials⟫.": "It continues clinical studies."})
    (done,) = run(engine, block(text, mention(text, "essais cliniques", CLINICAL)))
    assert not done.segments[0].flags and len(engine.calls) == 1


def test_capitals_come_back_but_for_values():
    text = "USINE DE CELLULES : 50 MILLIONS D'EUROS"
    (done,) = run(Fake(), block(text, mention(text, "50 MILLIONS D'EUROS", FIFTY), kind=Kind.HEADING))
    assert done.segments[0].english == "PLANT OF CELLS : €50 million"


def test_a_term_alone_in_capitals_comes_back_in_capitals():
    text = "ESSAIS CLINIQUES"
    (done,) = run(Fake(), block(text, mention(text, text, CLINICAL), kind=Kind.HEADING))
    (segment,) = done.segments
    assert (segment.english, segment.origin) == ("CLINICAL TRIALS", "copy")


def test_what_has_no_words_is_copied_not_sent():
    text = "06 01 99 00 12 - presse@galvara.example"
    engine = Fake()
    (done,) = run(
        engine,
        block(
            text,
            mention(text, "06 01 99 00 12", Verbatim("06 01 99 00 12", "phone")),
            mention(text, "presse@galvara.example", Verbatim("presse@galvara.example", "email")),
            kind=Kind.CONTACT,
        ),
    )
    assert done.segments[0].english == text and done.segments[0].origin == "copy" and engine.calls == []


def test_contact_labels_are_translated_around_mentions():
    text = "Contact presse : Ana Lirel, tél. 06 01 99 00 12"
    phone = mention(text, "06 01 99 00 12", Verbatim("06 01 99 00 12", "phone"))
    (done,) = run(Fake(), block(text, mention(text, "Ana Lirel", Name("Ana Lirel")), phone, kind=Kind.CONTACT))
    (segment,) = done.segments
    assert segment.english == "Press contact : Ana Lirel, Tel. 06 01 99 00 12"
    assert [p.target.of(segment.english) for p in segment.placed] == ["Ana Lirel", "06 01 99 00 12"]


def test_the_speakers_of_an_interview_are_q_and_a():
    for french, english in (
        ("Q : Le site ouvre.", "Q : The site opens."),
        ("R : À une pile de lots.", "A : In an pile of batches."),
    ):
        assert run(Fake(), block(french))[0].segments[0].english == english
    assert run(Fake(), block("R : 40 lots."))[0].segments[0].english == "R : 40 batches."  # negative: a size, a gas constant


def test_a_byline():
    text = "Par Inès Taranne, le site"
    (done,) = run(Fake(), block(text, mention(text, "Inès Taranne", Name("Inès Taranne"))))
    assert done.segments[0].english == "By Inès Taranne, the site"
    text = "Par Luxorem, le site poursuit des essais de cellules avec son partenaire."  # negative: prose
    engine = Fake()
    run(engine, block(text, mention(text, "Luxorem", Name("Luxorem"))))
    assert engine.calls[0][0].startswith("Par ")


def test_a_label_of_the_table_is_split_off():
    text = "Durée : 50 millions d'euros pour le site."
    engine = Fake()
    (done,) = run(engine, block(text, mention(text, "50 millions d'euros", FIFTY)))
    assert done.segments[0].english == "Duration : €50 million for the site." and engine.calls == [["⟦0⟧ pour le site."]]
    (done,) = run(Fake(), block("COMMUNIQUÉ DE PRESSE : USINE", kind=Kind.HEADING))
    assert done.segments[0].english == "PRESS RELEASE : PLANT"
    (done,) = run(Fake(), block("Les lots de ce site : le site."))
    assert done.segments[0].english == "The batches of ce site : the site."


def test_a_term_alone_in_a_cell_keeps_its_capital():
    for text, wanted in (
        ("Lots | Essais cliniques", "Batches | Clinical trials"),
        ("Lots | essais cliniques", "Batches | clinical trials"),
    ):
        (done,) = run(Fake(), block(text, mention(text, text[7:], CLINICAL), kind=Kind.TABLE))
        assert done.segments[0].english == wanted and not done.segments[0].flags


def test_table_cells_are_translated_one_by_one():
    text = "Lots | Cellules | 12"
    (done,) = run(Fake(), block(text, mention(text, "12", Number(Amount(Decimal(12)))), kind=Kind.TABLE))
    assert done.segments[0].english == "Batches | Cells | 12"


@pytest.mark.parametrize("row", cases("translate/bilingual"))
def test_bilingual(row):
    (done,) = run(Fake(), block(row["text"], kind=Kind(row["kind"])))
    assert (done.segments[0].english, done.segments[0].origin) == (row["english"], row["origin"])


@pytest.mark.parametrize("row", cases("translate/places"))
def test_places(row):
    task = protected(row["french"], mention(row["french"], row["place"], Verbatim(row["place"], "place", row["english"])))
    assert task.written().text == row["written"]


@pytest.mark.parametrize("row", cases("translate/numbering"))
def test_numbering(row):
    text = row["text"]
    (done,) = run(Fake(), block(text, kind=Kind(row["kind"])))
    assert " ".join(s.english for s in done.segments) == row["english"]


@pytest.mark.parametrize("row", cases("translate/plainer"))
def test_plainer(row):
    assert said_plainly(row["french"]) == row["plainer"]


@pytest.mark.parametrize("row", cases("translate/labels"))
def test_labels(row):
    assert label(row["plain"], row["capital"] == "yes") == row["english"]


@pytest.mark.parametrize("row", cases("translate/accents"))
def test_accents(row):
    task = accented(protected(row["text"]))
    assert task.parts == (row["accented"] or row["text"],)


def test_a_capital_gets_its_accent_before_a_mention_too():
    text = "A 30 km, le site ouvre."
    whole = Span(0, len(text))
    (found,) = annotator(Matcher(load((), True)))(Document("a.txt", text, blocks=(block(text),))).blocks
    task = accented(protect(found.text, whole, found.mentions, "long"))
    assert task.parts[:2] == ("À ", 0)


@pytest.mark.parametrize(
    ("text", "between"),
    [
        ("Il compte 200 salariés, soit 20 de plus.", " salariés, c'est-à-dire "),
        ("Elle contient soit 20 L, soit 30 L.", ", soit "),
    ],
)
def test_soit_before_an_amount_is_that_is_unless_there_are_two(text, between):
    (found,) = annotator(Matcher(load((), True)))(Document("a.txt", text, blocks=(block(text),))).blocks
    assert between in plainer(protect(found.text, Span(0, len(text)), found.mentions, "long")).parts


@pytest.mark.parametrize("row", cases("translate/datelines"))
def test_datelines(row):
    whole = Span(0, len(row["text"]))
    annotate = annotator(Matcher(load((), True)))
    (found,) = annotate(Document("a.txt", row["text"], blocks=(block(row["text"]),))).blocks
    opening = lead(found, whole, protect(found.text, whole, found.mentions), "long")
    assert (opening[1].written().text if opening else "") == row["english"]


def test_a_heading_s_number_that_is_held_as_a_value_stays_in_front():
    text = "2.2 Les essais"
    (done,) = run(Fake(), block(text, mention(text, "2.2", Number(Amount(Decimal("2.2")))), kind=Kind.HEADING))
    assert done.segments[0].english == "2.2 The trials" and done.segments[0].placed[0].target == Span(0, 3)


def test_other_languages_pass_with_a_flag_and_omitted_blocks_without_segments():
    german = block("Wir bauen ein neues Werk.", lang=Lang.OTHER)
    letterless = block("— 4 —", lang=Lang.UNKNOWN)
    cookie = block("Tout accepter", kind=Kind.FURNITURE)
    english = block("It opens. It grows.", lang=Lang.EN)
    first, second, third, fourth = run(Fake(), german, letterless, cookie, english)
    assert first.segments[0].english == german.text and first.segments[0].flags[0].code == "detect.unsupported"
    assert second.segments[0].flags == () and third.segments == ()
    assert [(s.english, s.origin) for s in fourth.segments] == [("It opens.", "source"), ("It grows.", "source")]


def test_a_repeated_sentence_is_sent_once_and_documents_stay_in_order():
    engine = Fake()
    docs = [Document(f"{i}.txt", "", blocks=(block("L'usine produit des lots."),)) for i in range(5)]
    out = list(translator(engine, Config(window_words=6))(docs))
    assert [d.path for d in out] == [d.path for d in docs]
    assert sum(len(c) for c in engine.calls) == 1


def test_the_stage_is_lazy():
    def documents():
        for i in range(AHEAD + 1):  # as many windows as are under way at most
            yield Document(f"{i}.txt", "", blocks=(block("L'usine produit des lots."),))
        raise AssertionError("read too far")

    assert next(translator(Fake(), Config(window_words=1))(documents())).path == "0.txt"


def test_the_next_documents_are_read_while_the_model_works():
    read = Event()

    class Waiting(Fake):
        def translate(self, sentences, **options):
            assert read.wait(20)  # seconds; it would wait for ever if the stage waited for it
            return super().translate(sentences, **options)

    def documents():
        yield Document("0.txt", "", blocks=(block("L'usine produit des lots."),))
        read.set()
        yield Document("1.txt", "", blocks=(block("L'usine produit des cellules."),))

    out = list(translator(Waiting(), Config(window_words=1))(documents()))
    assert [d.blocks[0].segments[0].english for d in out] == ["The plant produces some batches.", "The plant produces some cells."]


def test_an_error_of_the_model_comes_out_of_the_stage():
    class Broken(Fake):
        def translate(self, sentences, **options):
            raise ModelError("gone", "open it again")

    with pytest.raises(ModelError, match="gone"):
        list(translator(Broken(), Config())([Document("0.txt", "", blocks=(block("L'usine produit des lots."),))]))


def test_a_long_sentence_is_cut_and_nothing_is_lost():
    text = "L'usine produit " + ", ".join(["des lots et des cellules"] * 40) + "."
    engine = Fake()
    (done,) = run(engine, block(text))
    assert max(len(s.split()) for s in engine.calls[0]) <= 80
    assert done.segments[0].english.count("cells") == 40


def test_climb_of_nothing():
    assert climb([], Fake()) == []


@pytest.fixture(scope="module")
def shipped():
    return open_model(Config())


def test_the_shipped_model_translates_and_a_sentence_does_not_depend_on_its_neighbours(shipped):
    french = [f"L'usine de Lyon produit {n} lots par an depuis 20{n}, selon le rapport." for n in range(10, 30)]
    together = shipped.translate(french)
    assert all(h[0].text and h[0].finished for h in together)
    assert shipped.translate(french[3:4])[0][0].text == together[3][0].text
    assert shipped.translate([""]) == [[]]


def test_the_shipped_model_keeps_marked_values(shipped):
    text = "Le site de Lyon a reçu 50 millions d'euros."
    mentions = [mention(text, "Lyon", Name("Lyon")), mention(text, "50 millions d'euros", FIFTY)]
    (done,) = run(shipped, block(text, *mentions))
    lost = [p for p in done.segments[0].placed if p.target is None]
    assert not lost or {f.code for f in done.segments[0].flags} & {"value.missing", "name.missing"}


def test_a_prefix_is_gone_on_from(shipped):
    ((hypothesis,),) = shipped.translate(["Le site produit des lots."], prefixes=["The factory"], attention=True)
    hypothesis = hypothesis.followed()
    assert hypothesis.text.startswith("The factory") and len(hypothesis.starts) == len(hypothesis.focus) > 2


def test_too_long_a_sentence_is_refused_not_truncated(shipped):
    with pytest.raises(ModelError, match="subword tokens"):
        shipped.translate(["lot " * 3000])


def test_models_are_found_and_described():
    (first, *_) = packages.installed()
    assert first.shipped and first.usable and first.markers and packages.info().version
    with pytest.raises(ModelError, match="neither a folder"):
        packages.info("de_en")


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "not an Argos package"),
        ({"metadata.json": "{"}, "not an Argos package"),
        ({"metadata.json": '{"from_code": "de", "to_code": "en"}'}, "translates de to en"),
        ({"metadata.json": '{"from_code": "fr", "to_code": "en"}'}, "model.bin is missing"),
        ({"metadata.json": '{"from_code": "fr", "to_code": "en"}', "model/model.bin": "x"}, "cannot be opened"),
    ],
)
def test_damaged_packages(tmp_path, files, message):
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    with pytest.raises(ModelError, match=message) as caught:
        open_model(Config(model=str(tmp_path)))
    assert caught.value.remedy


def test_install_from_a_file(tmp_path, monkeypatch):
    import shutil

    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "packages"))
    folder = packages.info().folder
    shutil.make_archive(str(tmp_path / "p"), "zip", folder.parent, folder.name)
    done = packages.install(str(tmp_path / "p.zip"))
    assert done.folder.parent == tmp_path / "packages" and done.code == "translate-fr_en"
    assert [p.shipped for p in packages.installed() if p.folder in (folder, done.folder)] == [True, False]
    assert packages.locate(str(done.folder)) == done.folder
    (tmp_path / "bad.argosmodel").write_text("no archive")
    for ref in (tmp_path / "bad.argosmodel", tmp_path / "none.argosmodel"):
        with pytest.raises(InstallError):
            packages.install(str(ref))


def test_a_normalized_document_normalized_again_is_the_same():
    text = "« L'usine » a livré 50 millions d'euros ."
    (done,) = run(Fake(), block(text, mention(text, "50 millions d'euros", FIFTY)))
    step = normalizer(Config())
    once = step(Document("x", "", blocks=(done,)))
    assert step(once) == once
    assert render(FIFTY) in once.blocks[0].segments[0].english


@pytest.mark.parametrize(
    ("before", "part", "joined"),
    [
        ("It opens in France,", "A step forward", "a step forward"),
        ("It opens in France,", "The site grows", "the site grows"),
        ("It opens in France,", "ATMPs grow", "ATMPs grow"),
        ("It opens in France.", "A step forward", "A step forward"),
    ],
)
def test_the_rest_of_a_sentence_begins_small(before, part, joined):
    assert following(before, Candidate(part, (), (), "plain", ())).english == joined
