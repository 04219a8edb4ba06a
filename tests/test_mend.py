"""Words of the model's own making: which are replaced, by what, and that the pieces still begin where they are said to."""

import lzma
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.translate.engine import Hypothesis
from pipeline.translate.ladder import climb
from pipeline.translate.mend import mend
from pipeline.translate.translations import is_english, linked_words, translation
from tests.casefile import cases
from tests.test_words import SLOTS, task_of
from tests.translation_fake import Fake

ROOT = Path(__file__).parent.parent


def hypothesis(french, english, looked):
    """One piece a word, with what each word looked at; the first piece is empty, as its attention is never known."""
    starts, focus, weights = [0], [0], [0.0]
    at = dict[str, list[tuple[str, float]]]()
    for one in filter(None, looked.split(", ")):
        word, _, rest = one.partition(" > ")
        place, _, share = rest.partition(" : ")
        at.setdefault(word, []).append((place, float(share)))
    begin = 0
    for word in english.split(" "):
        for place, share in at.get(word.strip(".,"), ()):
            starts.append(begin)
            focus.append(french.index(place))
            weights.append(share * len(at[word.strip(".,")]))
        begin += len(word) + 1
    return Hypothesis(english, -0.5, True, tuple(starts), tuple(focus), tuple(weights))


@pytest.mark.parametrize("row", cases("translate/mend"))
def test_what_becomes_of_a_word(row):
    before = hypothesis(row["french"], row["english"], row["looked"])
    after = mend(before, row["french"])
    if row["wanted"] == "=":
        assert after is before
    else:
        assert after.text == row["wanted"]
        assert (after.focus, after.weights, after.score) == (before.focus, before.weights, before.score)


def test_the_pieces_begin_where_their_words_do():
    french = "La valise et la grève de mardi."
    before = hypothesis(french, "The valis and a grivel of Tuesday.", "valis > valise : 0.9, Tuesday > mardi : 0.9")
    after = mend(before, french)
    assert after.text == "The suitcase and a grivel of Tuesday."
    assert [after.text[at:].split(" ")[0] for at in after.starts[1:]] == ["suitcase", "Tuesday."]


def test_an_engine_without_attention_is_left_alone():
    task = task_of("Deux horlogers.")
    engine = Fake(slots=SLOTS, answers={"Deux ⟦t0⟧.": "Two toxicitys.", "Deux horlogers.": "Two toxicitys."})
    (found,) = climb([task], engine)
    assert "toxicitys" in found.english or found.flags


def test_the_tables_are_those_of_the_training_text():
    assert translation("blanchisserie").english == "laundry" and translation("mexique").english == "Mexico"
    assert translation("zigouillonné") is None
    assert is_english("freeze-drying") and is_english("laundry") and not is_english("toxicitys")
    assert "laundry" in linked_words() and "the" not in linked_words()


def test_the_tables_can_be_made_again(tmp_path):
    pairs = ["Le chat dort.\tThe cat sleeps.", "Un chat noir.\tA black cat."]
    pairs += ["Le chien dort.\tThe dog sleeps.", "Un chien noir.\tA black dog."]
    (tmp_path / "parallel").mkdir()
    (tmp_path / "parallel" / "sources.tsv").write_text("name\tweight\nnews\t2\n", "utf-8")
    with lzma.open(tmp_path / "parallel" / "news.tsv.xz", "wt", encoding="utf-8") as out:
        out.write("\n".join(pairs + [f"mot{a}{b} seul\tword{a}{b} alone" for a in "abcdefghij" for b in "klmnopqrst"]) + "\n")
    script = (ROOT / "training" / "translations.py").read_text("utf-8")
    (tmp_path / "translations.py").write_text(script, "utf-8")  # beside no data of its own
    held = "Le renard attend la nuit.\tThe fox waits for the night.\n"
    (tmp_path / "eval").mkdir()
    (tmp_path / "eval" / "one-dev.tsv").write_text(held, "utf-8")
    with lzma.open(tmp_path / "parallel" / "news.tsv.xz", "at", encoding="utf-8") as out:
        out.write(held)
    run = [sys.executable, "translations.py", "--parallel", "parallel", "--eval", "eval", "--to", "."]
    subprocess.run(run, check=True, capture_output=True, cwd=tmp_path, env=dict(os.environ, PYTHONPATH=str(ROOT / "training")))
    rows = lzma.decompress((tmp_path / "translations.tsv.xz").read_bytes()).decode().splitlines()[1:]
    assert {tuple(r.split("\t")[:2]) for r in rows} >= {("chat", "cat"), ("chien", "dog"), ("noir", "black")}
    assert not {"renard", "attend", "nuit"} & {r.split("\t")[0] for r in rows}
