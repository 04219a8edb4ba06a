"""Quotations cut by rule, and the last sign of a sentence."""

import pytest

from pipeline.model import Span
from pipeline.translate.candidate import Candidate
from pipeline.translate.marks import ended
from pipeline.translate.quotations import speech
from tests.casefile import cases


@pytest.mark.parametrize("row", cases("translate/speech"))
def test_speech_in_pieces(row):
    text = row["text"]
    pieces = speech(text, Span(0, len(text)), ())
    assert " / ".join(span.of(text) if english is None else english for span, english in pieces) == row["pieces"]
    assert "".join(span.of(text) for span, _ in pieces).replace(" ", "") == (text.replace(" ", "") if pieces else "")


@pytest.mark.parametrize("row", cases("translate/marks"))
def test_the_last_sign_is_that_of_the_french(row):
    assert ended(row["french"], Candidate(row["english"], (), (), "plain", ())).english == row["ended"]


def test_a_stop_that_a_mention_ends_with_stays():
    held = Candidate("Opened by Valmor and Sons.", (Span(10, 26),), (), "slot", ("slot",))
    assert ended("Ouvert par Valmor et Fils", held) is held
