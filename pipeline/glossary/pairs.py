"""English for French phrases, read off sentence pairs: what stands where the phrase stands, and rarely elsewhere.

No alignment is made: English word groups are ranked by how well their sentences coincide with those of the phrase (Dice).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.glossary.english import plural
from pipeline.glossary.folding import words

WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
EDGES = words(
    "the a an of and or to in on at by for from with as is are was were be been has have had it its this that these those their "
    "his her our your not no will would can may which who than into over under after before between such also more most per"
)
LONGEST = 4  # words of an English group


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The English that coincides best with a phrase, the share of its sentences that hold it, and the runners-up."""

    english: str
    share: float
    others: tuple[str, ...]

    @property
    def varies(self) -> bool:
        """Whether the phrase is rendered in several ways: its best English is missing from a quarter of its sentences."""
        return self.share < 0.75


def suggest(phrases: Iterable[str], pairs: Sequence[tuple[str, str]], least: int = 3) -> dict[str, Suggestion]:
    """A suggestion for every phrase (lower case) that stands in `least` sentence pairs and whose English is told by them.

    >>> pairs = [("une salle grise", "a grey room"), ("la salle grise vide", "the empty grey room"), ("salle grise", "grey room")]
    >>> suggest(["salle grise"], [*pairs, ("un sas", "an airlock")])["salle grise"].english
    'grey room'
    """
    groups = [_groups(english) for _, english in pairs]
    overall = Counter(group for held in groups for group in held)
    french = [f" {' '.join(WORD.findall(text.lower()))} " for text, _ in pairs]
    out = {}
    for phrase in phrases:
        key = f" {' '.join(WORD.findall(phrase.lower()))} "
        where = [number for number, text in enumerate(french) if key in text]
        if len(where) < least:
            continue
        here = Counter(group for number in where for group in groups[number])
        ranked = sorted(here, key=lambda g: (-2 * here[g] / (len(where) + overall[g]), -len(g), g))
        if ranked and 2 * here[ranked[0]] / (len(where) + overall[ranked[0]]) >= 0.5:
            out[phrase] = Suggestion(ranked[0], here[ranked[0]] / len(where), tuple(ranked[1:4]))
    return out


def _groups(text: str) -> frozenset[str]:
    """Runs of one to four words that neither begin nor end with a function word; the singular where a plural stands too."""
    tokens = WORD.findall(text.lower())
    found = {
        " ".join(tokens[at : at + size])
        for size in range(1, LONGEST + 1)
        for at in range(len(tokens) - size + 1)
        if tokens[at] not in EDGES and tokens[at + size - 1] not in EDGES
    }
    return frozenset(found - {plural(group) for group in found})
