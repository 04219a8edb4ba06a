"""French words that a translation leaves out, held in a second one.

A small model drops what it has no word for, and the sentence reads well without it. What most French words are in English is
counted (`translations.py`); where none of these words stands in the translation, the French one is held like a term
(`words.py`) and the sentence translated once more. The better of the two is taken (`ladder.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import regex

from pipeline import lexicon
from pipeline.translate import cover
from pipeline.translate.engine import Engine
from pipeline.translate.protect import Protected
from pipeline.translate.translations import translation
from pipeline.translate.words import MOST, WORD, has_words, holding, is_noun

SHARE = 0.4  # of a word's links that are its English, from which on that is what it means
SAYS_NOTHING = 10_000  # occurrences of the English in the lexicon from which on it goes with everything (they, used)
# an adjective stands behind a noun and not before an article; what does so may be a verb
_NOUN_BEFORE = regex.compile(r"(?<!\p{L})(?P<word>[\p{L}-]{4,}+)\s+$")
_VERBAL = regex.compile(r"(?:ent|ait|ant|ons|ez)$", regex.IGNORECASE)
_FINITE = regex.compile(r"(?:ent|ait|ons|ez)$")
_OBJECT_BEHIND = regex.compile(
    r"\s*(?:le|la|les|l'|une?|des?|du|d'|ce|cet|cette|ces|son|sa|ses|leurs?|que|qu'|à|aux?|pas|plus)\b", regex.IGNORECASE
)
_INFINITIVE = regex.compile(r"(?:er|ir|re)$")
_TO = regex.compile(r"(?:\b(?:pour|sans|de|à|et|ou)|\bd'|,)\s*$", regex.IGNORECASE)


def fuller(task: Protected, english: str, engine: Engine) -> Protected | None:
    """The task with what `english` leaves out held as well, the rarest first, as long as there are stand-ins.

    None where nothing is left out that anything could be done about.
    """
    room = MOST - sum(h.group == "term" for h in task.held)
    if room <= 0 or not has_words(engine):
        return None
    said = cover.words_of(english)
    end = len(task.parts) - 1
    texts = [(at, part) for at, part in enumerate(task.parts) if isinstance(part, str)]
    found = [(f[0], at, *f[1:]) for at, part in texts for f in _left_out(part, at == 0, at == end, said)]
    return holding(task, sorted(sorted(found)[:room], key=lambda f: f[1:])) if found else None


def _left_out(part: str, is_first: bool, is_last: bool, said: frozenset[str]) -> Iterator[tuple[int, int, int, str]]:
    """How often the table has it, start, end and English of every word that is not said."""
    for word in WORD.finditer(part):
        entry = translation(word[0]) if word[0].islower() else None
        if entry is None or entry.pairs < cover.OFTEN or entry.share < SHARE or cover.is_common(word[0]):
            continue
        if word[0] in _not_held() or not said.isdisjoint(cover.forms(entry)):
            continue
        before, behind = part[: word.start()], part[word.end() :]
        if is_noun(word[0], before, is_first):
            is_held = not (_INFINITIVE.search(word[0]) and _TO.search(before))
        else:
            is_told = lexicon.load("en").count(entry.english.lower()) < SAYS_NOTHING
            is_held = is_told and not _is_finite(word[0]) and _is_adjective(before, behind, is_last)
        if is_held:
            yield entry.pairs, word.start(), word.end(), entry.english


def _is_adjective(before: str, behind: str, is_last: bool) -> bool:
    """Whether the word stands where an adjective does: right behind a noun, and with no object (nor a value, a name)."""
    noun = _NOUN_BEFORE.search(before)
    if not noun or _VERBAL.search(noun["word"]) or cover.is_common(noun["word"].lower()):
        return False
    return not _OBJECT_BEHIND.match(behind) and (is_last or bool(behind.strip()))


def _is_finite(word: str) -> bool:
    """Whether it is a form of a verb (attendent), and no adjective: that has a feminine, or a plural (récent, récents)."""
    counts = lexicon.load("fr").counts
    return _FINITE.search(word) is not None and word + "e" not in counts and word + "s" not in counts


@cache
def _not_held() -> frozenset[str]:
    """Words of set phrases (en vue de), which mean something else alone, and words of grammar: `data/not_held.tsv`."""
    lines = (files("pipeline") / "data" / "not_held.tsv").read_text("utf-8").splitlines()[1:]
    return frozenset(line.split("\t")[0] for line in lines)
