"""Speech in quotation marks: the marks and who says it (`data/saying.tsv`) by rule, what is said sentence by sentence."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import regex

from pipeline.model import Lang, Mention, Span
from pipeline.translate.sentences import split

_SPEECH = regex.compile(r"(?P<open>«\s*)(?P<said>[^«»]*[^«»\s])(?P<close>\s*»)")
_OPENED = regex.compile(r'(?P<open>"\s*)(?P<said>[^"«»\s](?:[^"«»]*[^"«»\s])?)(?P<close>\s*")')
_SPEAKER = regex.compile(r"\p{Lu}|l'|(?:le|la|les|un|une|son|sa|ses|leur|notre)\s")
_PRONOUNS = {"il": "he", "elle": "she", "ils": "they", "elles": "they"}
_PLURAL = {"says": "say", "explains": "explain", "adds": "add"}
_LEAST = 4  # words that a quotation has at least; fewer are a word or a title within the sentence

Piece = tuple[Span, str | None]  # a stretch and its English, None where it is to be translated


@cache
def _saying() -> dict[str, str]:
    lines = (files("pipeline") / "data" / "saying.tsv").read_text("utf-8").splitlines()[1:]
    return {french: english for french, english, _ in (line.split("\t") for line in lines)}


def speech(text: str, span: Span, mentions: Sequence[Mention]) -> list[Piece]:
    """A segment that begins with a quotation as pieces: marks, what is said, who says it; [] where it is none of that.

    The quotation is all of the segment, or a verb of saying and its subject follow behind a comma.
    """
    found = _SPEECH.match(text, span.start, span.end) or _OPENED.match(text, span.start, span.end)
    if not found or found["said"].count(" ") + 1 < _LEAST:
        return []
    begin, end = found.span("said")
    keep = [m.span.shift(-begin) for m in mentions if begin <= m.span.start and m.span.end <= end]
    said = [s.shift(begin) for s in split(text[begin:end], Lang.FR, keep)]
    pieces: list[Piece] = [(Span(span.start, begin), '"'), *((s, None) for s in said)]
    if found.end() == span.end:
        return [*pieces, (Span(end, span.end), '"')]
    if not (tail := _said_by(text, found.end(), span.end, mentions)):
        return [*pieces, (Span(end, span.end), '".')] if text[found.end() : span.end] == "." else []
    rest, english = tail
    comma = "" if text[end - 1] in "?!…" else ","
    pieces.append((Span(end, rest), f'{comma}" {english}'))
    return [*pieces, (Span(rest, span.end), None)] if rest < span.end else pieces


@cache
def _tail() -> regex.Pattern[str]:
    verbs = "|".join(map(regex.escape, sorted(_saying(), key=len, reverse=True)))
    asked = "|".join(regex.escape(v[2:]) for v in sorted(_saying(), key=len, reverse=True) if v.startswith("a "))
    pronoun = "(?P<pronoun>ils?|elles?)"
    return regex.compile(
        rf"\s*,\s+(?:(?P<verb>{verbs})(?:-(?:t-)?{pronoun})?|(?:a-t-|ont-){pronoun} (?P<past>{asked})e?s?)"
        r"(?!\p{L})(?P<end>\s*[.,]?\s*)"
    )


def _said_by(text: str, start: int, end: int, mentions: Sequence[Mention]) -> tuple[int, str] | None:
    """Where the subject, or what follows a pronoun, begins, and the English of what stands before it."""
    found = _tail().match(text, start, end)
    if not found or any(m.span.start < found.end() and start < m.span.end for m in mentions):
        return None
    english = _saying()[found["verb"] or f"a {found['past']}"]
    mark = found["end"].strip()
    after = "." if mark == "." else f"{mark} "
    if pronoun := found["pronoun"]:
        verb = _PLURAL.get(english, english) if pronoun.endswith("s") else english
        return found.end(), f"{_PRONOUNS[pronoun]} {verb}{after}"
    return (found.end(), f"{english}{after}") if mark != "." and _SPEAKER.match(text, found.end(), end) else None
