"""Rare French nouns with one sure English word, held in the model's stead like terms (`data/dictionary.tsv`).

A small model forgets the words that it has seen a few dozen times, and writes a word of its own making in their place. What
comes of a held word is no mention: it is in no record, and where it is lost no flag says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import regex

from pipeline.model import Mention, Span, Term
from pipeline.translate.candidate import Candidate
from pipeline.translate.engine import Engine
from pipeline.translate.protect import Held, Protected

MOST = 5  # terms and words together: the packages have five stand-ins for nouns in the singular and four in the plural
RULE, ADJECTIVE = "word", "adjective"  # the rule of what is held here, as `Term.rule`
WORD = regex.compile(r"(?<![\p{L}\p{N}-])\p{L}{4,}(?:-\p{L}+)*(?![\p{L}\p{N}-]|'\p{L})")
# a noun stands at the start, after one of these words, or after a comma or a bracket; elsewhere the word may be a verb
_BEFORE = regex.compile(
    r"(?:^|[\s'(])(?:le|la|les|l'|une?|des?|d'|du|aux?|ces?|cet|cette|ses?|son|sa|leurs?|notre|nos|votre|vos|chaque|en|par|avec|sans|"
    r"sur|dans|et|ou|pour|contre|,|:|\()\s*$|^\P{L}*$",
    regex.IGNORECASE,
)
_ARTICLE = regex.compile(r"\b(?P<article>[Aa]n?) $")
_VOWEL = regex.compile(
    r"(?!uni(?!n|m|d)|eu|ur[aio]|us[aeu]|util|one(?![a-z])|once|ubiq)[aeiou]|h(?:our|onest|onou?r|eir)", regex.IGNORECASE
)


@cache
def table() -> dict[str, tuple[str, int]]:
    """French word → its English, and in how many pairs of the training text it stands."""
    lines = (files("pipeline") / "data" / "dictionary.tsv").read_text("utf-8").splitlines()[1:]
    return {french: (english, int(pairs)) for french, english, pairs in (line.split("\t") for line in lines)}


def enriched(task: Protected, engine: Engine) -> Protected:
    """The task with its rare nouns held as well, the rarest first, as long as there are stand-ins; else the task itself.

    Only for engines with stand-ins for nouns (`sorts.py`): other forms lose more words than they save.
    Left alone: words with a capital inside the sentence, words that do not stand where a noun does.
    """
    room = MOST - sum(h.group == "term" for h in task.held)
    if room <= 0 or not has_words(engine):
        return task
    found = [f for at, part in enumerate(task.parts) if isinstance(part, str) for f in _found(part, at)]
    return holding(task, found, room) if found else task


class Found(NamedTuple):
    """A word to hold: how often the training text has it, its part of the task, where it stands there, its English."""

    pairs: int
    part: int
    start: int
    end: int
    english: str
    rule: str = RULE


def has_words(engine: Engine) -> bool:
    """Whether the engine has stand-ins for nouns, and is asked with stand-ins first."""
    return engine.opening == "slot" and any(slot[1:2] == "t" for slot in engine.slots)


def _found(part: str, at: int) -> Iterator[Found]:
    """Every noun of the table."""
    words = table()
    for word in WORD.finditer(part):
        entry = words.get(word[0].lower())
        if entry and is_noun(word[0], part[: word.start()], at == 0):
            yield Found(entry[1], at, word.start(), word.end(), entry[0])


def holding(task: Protected, found: Sequence[Found], room: int) -> Protected:
    """The task with these words held as well, the rarest `room` of them."""
    chosen = sorted(sorted(found)[:room], key=lambda f: (f.part, f.start))
    parts: list[str | int] = []
    held: list[Held] = []
    for at, part in enumerate(task.parts):
        if isinstance(part, int):
            parts.append(len(held))
            held.append(task.held[part])
            continue
        last = 0
        for word in (f for f in chosen if f.part == at):
            parts += [part[last : word.start], len(held)]
            held.append(_hold(part[word.start : word.end], word.english, word.rule))
            last = word.end
        parts.append(part[last:])
    return Protected(tuple(p for p in parts if p != ""), tuple(held), task.capital)


def is_noun(word: str, before: str, is_first: bool) -> bool:
    """Whether the word stands where a noun does: `before` is what the part has before it."""
    is_start = is_first and not any(c.isalpha() for c in before)
    if not word[1:].islower() or (word[0].isupper() and not is_start):
        return False
    return is_start or (bool(before.strip()) and _BEFORE.search(before) is not None)


def _hold(french: str, english: str, rule: str) -> Held:
    return Held(Mention(Span(0, len(french)), Term(french, english, (), "dictionary", rule)), english)


def held_here(held: Held) -> str:
    """The rule by which this module holds it; "" for a mention of the record."""
    value = held.mention.value
    return value.rule if isinstance(value, Term) and value.rule in (RULE, ADJECTIVE) else ""


def plain(candidate: Candidate, task: Protected) -> Candidate:
    """The candidate of an enriched task as one of the task that it was made from: the words are words of the English.

    The article before a word fits its sound.
    """
    own = [not held_here(h) for h in task.held]
    if all(own):
        return candidate
    lost = {h.english for h, is_own in zip(task.held, own, strict=True) if not is_own}
    candidate = _articled(candidate, [t for t, is_own in zip(candidate.targets, own, strict=True) if t and not is_own])
    return replace(
        candidate,
        targets=tuple(t for t, is_own in zip(candidate.targets, own, strict=True) if is_own),
        rungs=tuple(r for r, is_own in zip(candidate.rungs, own, strict=True) if is_own),
        flags=tuple(f for f in candidate.flags if not (f.code.startswith("term.") and f.detail in lost)),
        found=(), spans=(), starts=(), focus=(),
    )  # fmt: skip


def fits_article(before: str, after: str) -> str:
    """The text before a word, its last "a" or "an" fitted to the sound of what comes after.

    >>> fits_article("It is a ", "hour")
    'It is an '
    """
    found = _ARTICLE.search(before, max(0, len(before) - 4))
    if not found:
        return before
    article: str = found["article"]
    return before[: found.start()] + article[0] + ("n " if _VOWEL.match(after) else " ")


def _articled(candidate: Candidate, words: Sequence[Span]) -> Candidate:
    """The candidate with "a" or "an" before each of the words by its sound; the other targets move along."""
    english, targets = candidate.english, list(candidate.targets)
    for word in sorted(words, reverse=True):
        before = fits_article(english[: word.start], english[word.start :])
        if moved := len(before) - word.start:
            english = before + english[word.start :]
            targets = [t.shift(moved) if t and t.start >= word.start else t for t in targets]
    return replace(candidate, english=english, targets=tuple(targets))
