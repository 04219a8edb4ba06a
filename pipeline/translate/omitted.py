"""French words that a translation leaves out, held in a second one.

A small model drops what it has no word for, and the sentence reads well without it. What most French words are in English is
counted (`translations.py`); where none of these words stands in the translation, the French one is held like a term
(`words.py`) and the sentence translated once more. The better of the two is taken (`ladder.py`); an adjective that was held
goes before its noun.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files

import regex

from pipeline import lexicon
from pipeline.model import Span
from pipeline.translate import cover
from pipeline.translate.candidate import Candidate
from pipeline.translate.engine import Engine
from pipeline.translate.protect import Protected
from pipeline.translate.translations import translation
from pipeline.translate.words import ADJECTIVE, MOST, RULE, WORD, Found, has_words, held_here, holding, is_noun

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
    found = [f for at, part in texts for f in _left_out(part, at, at == end, said)]
    return holding(task, found, room) if found else None


def _left_out(part: str, at: int, is_last: bool, said: frozenset[str]) -> Iterator[Found]:
    """Every word that is not said and can be held."""
    for word in WORD.finditer(part):
        entry = translation(word[0]) if word[0].islower() else None
        if entry is None or entry.pairs < cover.OFTEN or entry.share < SHARE or cover.is_common(word[0]):
            continue
        if word[0] in _not_held() or not said.isdisjoint(cover.forms(entry)):
            continue
        rule = _role(word[0], part[: word.start()], part[word.end() :], at == 0, is_last)
        if rule == RULE or (rule and lexicon.load("en").count(entry.english.lower()) < SAYS_NOTHING):
            yield Found(entry.pairs, at, word.start(), word.end(), entry.english, rule)


def _role(word: str, before: str, behind: str, is_first: bool, is_last: bool) -> str:
    """The rule by which the word can be held: as a noun, as an adjective; "" where it may be anything else."""
    if is_noun(word, before, is_first):
        return "" if _INFINITIVE.search(word) and _TO.search(before) else RULE
    return ADJECTIVE if not _is_finite(word) and _is_adjective(before, behind, is_last) else ""


def _is_adjective(before: str, behind: str, is_last: bool) -> bool:
    """Whether the word stands where an adjective does: right behind a noun, and with no object (nor a value, a name)."""
    noun = _NOUN_BEFORE.search(before)
    if not noun or _VERBAL.search(noun["word"]) or cover.is_common(noun["word"].lower()):
        return False
    return not _OBJECT_BEHIND.match(behind) and (is_last or bool(behind.strip()))


def adjectives_first(candidate: Candidate, task: Protected) -> Candidate:
    """The candidate with every adjective that was held before its noun: small models leave it behind it, as in French."""
    for k, held in enumerate(task.held):
        target = candidate.targets[k]
        if target and held_here(held) == ADJECTIVE and (length := _noun_length(candidate.english[: target.start], _nouns(task, k))):
            candidate = _swapped(candidate, target.start - 1 - length, target)
    return candidate


def _nouns(task: Protected, k: int) -> frozenset[str]:
    """What the noun before the held adjective `k` may be in English, in lower case."""
    at = task.parts.index(k)
    before = task.parts[at - 1] if at else ""
    if isinstance(before, str) and not before.strip() and at > 1:
        before = task.parts[at - 2]
    if isinstance(before, int):
        return frozenset((task.held[before].english.lower(),))
    noun = _NOUN_BEFORE.search(before)
    if not noun or not is_noun(noun["word"], before[: noun.start()], at == 1):
        return frozenset()
    entry = translation(noun["word"].lower())
    return cover.forms(entry) if entry else frozenset()


def _noun_length(before: str, nouns: frozenset[str]) -> int:
    """How long the noun is that the text ends with, before a space; 0 where it ends with none of them."""
    text = before.lower()
    return max((len(n) for n in nouns if text.endswith(n + " ") and not text[-len(n) - 2 : -len(n) - 1].isalnum()), default=0)


def _swapped(candidate: Candidate, start: int, adjective: Span) -> Candidate:
    """The noun that begins at `start` and the adjective behind it the other way round; a capital stays in its place."""
    english = candidate.english
    noun, word = english[start : adjective.start - 1], adjective.of(english)
    if start == 0 and noun[:1].isupper() and noun[1:].islower():
        noun, word = noun[0].lower() + noun[1:], word[0].upper() + word[1:]
    moved, back = len(word) + 1, start - adjective.start
    targets = [
        t and (t.shift(back) if t == adjective else t.shift(moved) if start <= t.start < adjective.start else t)
        for t in candidate.targets
    ]
    return replace(candidate, english=f"{english[:start]}{word} {noun}{english[adjective.end :]}", targets=tuple(targets))


def _is_finite(word: str) -> bool:
    """Whether it is a form of a verb (attendent), and no adjective: that has a feminine, or a plural (récent, récents)."""
    counts = lexicon.load("fr").counts
    return _FINITE.search(word) is not None and word + "e" not in counts and word + "s" not in counts


@cache
def _not_held() -> frozenset[str]:
    """Words of set phrases (en vue de), which mean something else alone, and words of grammar: `data/not_held.tsv`."""
    lines = (files("pipeline") / "data" / "not_held.tsv").read_text("utf-8").splitlines()[1:]
    return frozenset(line.split("\t")[0] for line in lines)
