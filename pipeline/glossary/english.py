"""The English of a term: its plural, and the other spellings that count as the same word."""

from __future__ import annotations

import re
from functools import cache

from pipeline.glossary.entry import Entry
from pipeline.glossary.forms import exceptions

TAIL = re.compile(r"\s(?:of|for|in|with|to|from|under|on|at|by|per|without|as)\s")
AMERICAN = (
    (re.compile(r"(?<=[a-z])is(?=ation|ations|ed|ing|e\b|es\b)"), "iz"),
    (re.compile(r"aemi"), "emi"),
    (re.compile(r"haem"), "hem"),
    (re.compile(r"paed"), "ped"),
    (re.compile(r"\b(leuk)a(?=pheresis)"), r"\1a"),
    (re.compile(r"\blicence"), "license"),
    (re.compile(r"\bprogramme"), "program"),
    (re.compile(r"\bcentre"), "center"),
    (re.compile(r"tumour"), "tumor"),
    (re.compile(r"labelling"), "labeling"),
    (re.compile(r"\bcryo-"), "cryo"),
)


@cache
def plural(phrase: str) -> str:
    """The plural of an English noun phrase; the head inflects, not what follows `of`, `for` …

    >>> [plural(p) for p in ("cell bank", "transfer of undertaking", "analysis", "pharmacy", "ATMP", "batch", "MA")]
    ['cell banks', 'transfers of undertaking', 'analyses', 'pharmacies', 'ATMPs', 'batches', 'MAs']
    """
    cut = TAIL.search(phrase)
    head, rest = (phrase[: cut.start()], phrase[cut.start() :]) if cut else (phrase, "")
    before, _, last = head.rpartition(" ")
    return (before + " " if before else "") + _word(last) + rest


def _word(word: str) -> str:
    table = exceptions("en")
    for key in (word, word.lower()):
        if key in table:
            return table[key]
    before, hyphen, last = word.rpartition("-")
    if hyphen and last in table:
        return before + hyphen + table[last]
    if word.isupper():
        return word + "s"
    if re.search(r"(?:s|x|z|ch|sh)$", word):
        return word + "es"
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + "s"


def spellings(phrase: str) -> tuple[str, ...]:
    """The phrase, and in American spelling where that differs.

    >>> spellings("marketing authorisation")
    ('marketing authorisation', 'marketing authorization')
    """
    other = phrase
    for pattern, new in AMERICAN:
        other = pattern.sub(new, other)
    return (phrase,) if other == phrase else (phrase, other)


def inflects(entry: Entry) -> bool:
    """Whether the English of an entry has a plural of its own."""
    return entry.pos in ("n", "person", "acronym", "") and not entry.keep and not entry.match & {"mass"}


@cache
def allowed(entry: Entry) -> tuple[str, ...]:
    """Every rendering that counts as right: English, admitted ones and abbreviation, in both numbers and spellings."""
    bases = [entry.english, *entry.admitted] + ([entry.abbr_en] if entry.abbr_en else [])
    out: dict[str, None] = {}
    for base in bases:
        for form in (base, plural(base)) if inflects(entry) else (base,):
            out.update(dict.fromkeys(spellings(form)))
    return tuple(out)
