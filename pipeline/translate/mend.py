"""Words of the model's own making, put right by the French word that it was looking at.

A small model writes words that there are none of ("toxicitys", "Herrcomes"), spells names anew ("Grosdierdier" for Grosdidier) and
now and then says a word of another subject. What it looked at while it wrote (attention) tells which French word was meant,
and what that word is in English is counted (`translations.py`). A word is replaced

- where English has no such word and the source has none: by the translation of the French word, or by the word itself where
  it is a name;
- where it is an acronym that the source has not, and an acronym was looked at: by that one, or its translation;
- where no French word of the sentence is ever translated so, and the French word that was looked at has one translation that
  it has mostly, which the sentence lacks.

Left alone: short and common words, what the source says itself (names, values, terms), words where attention is divided.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import regex

from pipeline import lexicon
from pipeline.translate.engine import Hypothesis
from pipeline.translate.translations import is_english, linked_words, translation
from pipeline.translate.words import fits_article

LOOKED = 0.15  # mean share of the attention on the French word for a word that does not exist
SHARE = 0.3  # share of its translation
SURELY, MOSTLY, OFTEN = 0.3, 0.5, 4  # the same, and how many pairs, for a word that does exist
COMMON = 10_000  # occurrences in the lexicon from which on a word goes with everything
NAMED = 3  # pairs from which on a word with a capital is no name
_WORD = regex.compile(r"(?<![⟦\p{L}\p{N}])\p{L}+(?:-\p{L}+)*(?![\p{L}\p{N}⟧])")
_START = regex.compile(r"(?:^|[.!?:…]\s)[\s\"'«»(\[–—-]*+$")


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str
    low: str

    @property
    def is_acronym(self) -> bool:
        return len(self.text) > 1 and self.text.isupper()


@dataclass(frozen=True, slots=True)
class _Source:
    """The words of a source, what it says (its words and their parts), and every English word that translates one of them."""

    words: tuple[_Word, ...]
    said: frozenset[str]
    admitted: frozenset[str]


def mend(hypothesis: Hypothesis, source: str) -> Hypothesis:
    """The hypothesis with such words replaced; itself where there are none, or where nobody knows what was looked at."""
    french = _read(source)
    english = _words(hypothesis.text)
    doubtful = [w for w in english if w.low not in french.said and (len(w.text) > 3 or w.is_acronym) and _is_doubtful(w, french)]
    if not doubtful:
        return hypothesis
    hypothesis = hypothesis.followed()
    if not hypothesis.starts or len(hypothesis.weights) != len(hypothesis.starts):
        return hypothesis
    changes = []
    present = {w.low for w in english}
    for word in doubtful:
        new = _instead(word, hypothesis, source, french.words, present)
        if new:
            changes.append((word, _cased(new, word, hypothesis.text)))
            present.add(new.lower())
    return _replaced(hypothesis, changes) if changes else hypothesis


def _words(text: str) -> list[_Word]:
    return [_Word(m.start(), m.end(), m[0], m[0].lower()) for m in _WORD.finditer(text)]


@lru_cache(maxsize=256)
def _read(source: str) -> _Source:
    words = _words(source)
    said = {w.low for w in words} | {part for w in words if "-" in w.low for part in w.low.split("-")}
    entries = [entry for w in words if (entry := translation(w.low))]
    return _Source(tuple(words), frozenset(said), frozenset(f for e in entries for f in (e.english.lower(), *e.others)))


def _is_doubtful(word: _Word, french: _Source) -> bool:
    """Whether English has no such word, or no French word of the sentence has it among its translations.

    What is no translation of any word (the, with, which) goes with everything.
    """
    if not is_english(word.low):
        return True
    if not word.is_acronym and (word.low not in linked_words() or lexicon.load("en").count(word.low) >= COMMON):
        return False
    return word.low not in french.admitted


def _instead(word: _Word, hypothesis: Hypothesis, source: str, french: Sequence[_Word], present: set[str]) -> str:
    """What is to stand for the word; "" where it is to stay."""
    if word.is_acronym and (written := _acronym(word, hypothesis, french, present)):
        return written
    exists = is_english(word.low)
    if len(word.text) < 4:
        return ""
    for looked, share in _looked_at(word, hypothesis, french):
        if share < (SURELY if exists else LOOKED):
            return ""
        entry = translation(looked.low)
        is_name = looked.text[0].isupper() and not _START.search(source[: looked.start])
        if is_name and (entry is None or entry.pairs < NAMED):
            return "" if exists or looked.low in present else looked.text
        if entry is None or entry.share < (MOSTLY if exists else SHARE) or (exists and entry.pairs < OFTEN):
            return ""
        if any(form in present for form in (entry.english.lower(), *entry.others)):
            if exists:
                return ""
            continue  # that word is translated already: the next one was meant
        if exists and _akin(word.low, entry.english.lower()):
            return ""
        return entry.english
    return ""


def _acronym(word: _Word, hypothesis: Hypothesis, french: Sequence[_Word], present: set[str]) -> str:
    """What the acronym that was looked at is in English, or that one as it stands (FER for FEDER is nothing)."""
    for looked, share in _looked_at(word, hypothesis, french):
        if looked.is_acronym and share >= LOOKED:
            entry = translation(looked.low)
            new = entry.english if entry and entry.share >= MOSTLY and entry.english.isupper() else looked.text
            return "" if new.lower() in present else new
    return ""


def _akin(one: str, other: str) -> bool:
    """Whether one is a form of the other, or a part of it: "risk" for "low-risk" is no better."""
    return one[:4] in other or other[:4] in one


def _looked_at(word: _Word, hypothesis: Hypothesis, french: Sequence[_Word]) -> Iterator[tuple[_Word, float]]:
    """The French words that the pieces of the word looked at, with the mean share of the attention, most first."""
    if len(french) == 1:
        yield french[0], 1.0
        return
    pieces = [i for i, at in enumerate(hypothesis.starts) if word.start <= at < word.end and i]
    shares: dict[_Word, float] = {}
    for i in pieces:
        at = hypothesis.focus[i]
        found = next((w for w in french if w.start <= at < w.end), None)
        if found and len(found.text) > 2:
            shares[found] = shares.get(found, 0.0) + hypothesis.weights[i] / len(pieces)
    yield from sorted(shares.items(), key=lambda item: -item[1])


def _cased(new: str, word: _Word, text: str) -> str:
    if word.text[0].isupper() and new[0].islower() and _START.search(text[: word.start]):
        return new[0].upper() + new[1:]
    return new


def _replaced(hypothesis: Hypothesis, changes: Sequence[tuple[_Word, str]]) -> Hypothesis:
    """The text with the changes, the starts of the pieces moved along; an article before a changed word fits its sound."""
    text, starts = hypothesis.text, list(hypothesis.starts)
    for word, new in reversed(changes):
        before = fits_article(text[: word.start], new)
        moved = len(before) - word.start + len(new) - len(word.text)
        text = before + new + text[word.end :]
        starts = [min(at, len(before)) if word.start <= at < word.end else at + moved if at >= word.end else at for at in starts]
    return replace(hypothesis, text=text, starts=tuple(starts))
