"""The last sign of a sentence: what the French ends with, the English is to end with too."""

from __future__ import annotations

from dataclasses import replace

import regex

from pipeline.translate.candidate import Candidate

_BARE = regex.compile(r"[\p{L}\p{N}%)\]]$")
_STOPPED = regex.compile(r"(?:\p{Ll}{3}|\d|\))\.$")
_SHORTENED = regex.compile(r"(?:\b(?:etc|Inc|Ltd|Co|Corp|al|Jr|St|No|approx)\.?|\.\p{L}\.?)$")  # "n.s.", "etc."
_LAST = regex.compile(r"\s*[.;:?!]?$")


def ended(french: str, candidate: Candidate) -> Candidate:
    """The candidate with the last sign of the French: one that was lost is put back, a full stop that was added goes.

    The last bracket is closed where the French closes it at the very end. Left alone: abbreviations at the end.
    """
    french, english = french.rstrip(), candidate.english.rstrip()
    if not french or not english or _SHORTENED.search(french) or _SHORTENED.search(english):
        return candidate
    if french[-1] in ".;:?!" and _BARE.search(english):
        english += french[-1]
    elif _BARE.search(french) and _STOPPED.search(english) and all(t is None or t.end < len(english) for t in candidate.targets):
        english = english[:-1]
    if regex.search(r"\)\s*[.;:?!]?$", french) and french.count("(") == french.count(")"):
        last = _LAST.search(english)
        if last and english.count("(") == english.count(")") + 1 and english[: last.start()][-1:] != "(":
            english = f"{english[: last.start()]}){last[0]}"
    return candidate if english == candidate.english.rstrip() else replace(candidate, english=english)
