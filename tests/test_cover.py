"""Which alternative says most of the French."""

import pytest

from pipeline.translate.cover import WEIGHT, ranked
from pipeline.translate.engine import Hypothesis


def said(french, english):
    (found,) = ranked([Hypothesis(english, -1.0)], french)
    assert found.score in (-1.0, pytest.approx(-1.0 + WEIGHT * found.said))
    return found.said


@pytest.mark.parametrize(
    ("french", "english", "share"),
    [
        ("Les toxicités sévères guérissent.", "Severe toxicities heal.", "all"),
        ("La blanchisserie ferme.", "It closes.", "some"),
        ("La blanchisserie ferme.", "It leaves ⟦t0⟧.", "none"),
        ("La blanchisserie.", "The sky.", "none"),
        ("L'an 3 : ⟦d0⟧ !", "Whatever.", "all"),  # no word that counts: nothing to say
    ],
)
def test_the_share_of_the_french_that_is_said(french, english, share):
    found = said(french, english)
    assert (found == 1.0, found == 0.0) == {"all": (True, False), "some": (False, False), "none": (False, True)}[share]


def test_the_alternative_that_leaves_nothing_out_comes_first():
    likeliest, whole = Hypothesis("The site closes.", -0.40), Hypothesis("The laundry site closes.", -0.50)
    assert [h.text for h in ranked([likeliest, whole], "Le site de la blanchisserie ferme.")] == [whole.text, likeliest.text]


def test_equals_keep_their_order():
    first, second = Hypothesis("The laundry closes.", -0.4), Hypothesis("The laundry is closing.", -0.4)
    assert [h.text for h in ranked([first, second], "La blanchisserie.")] == [first.text, second.text]
