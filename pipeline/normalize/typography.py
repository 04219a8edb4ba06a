"""English typography for translated text: quotes, spaces before signs, doubled words, the capital of a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

import regex

from pipeline.edits import Revision
from pipeline.model import Edit, Span

_RULES = (
    ("normalize.space", regex.compile(r"[^\S ]++|(?<=\s)\s++"), None),
    ("normalize.quotes", regex.compile(r"«\s*+|\s*+»|<<\s*+|\s*+>>"), '"'),
    ("normalize.quotes", regex.compile(r"[“”„]"), '"'),
    ("normalize.quotes", regex.compile(r"[‘’]"), "'"),
    (
        "normalize.space-before",  # not in a ratio, 3 : 1
        regex.compile(
            r"(?<=[\p{L}\p{N})\]\"'%]|\bTel\.|\bNo\.)(?!(?<=(?<!\d)\d{1,3})\s:\s\d{1,3}(?!\d))\s++(?=[;:!?](?:[\s\"')]|$))"
        ),
        "",
    ),
    ("normalize.space-before", regex.compile(r"(?<=\S)\s++(?!\.\.)(?=[,.)\]](?:[\s\"');,.]|$))"), ""),
    ("normalize.space-before", regex.compile(r"(?<=\d)\s++(?=%)"), ""),
    ("normalize.space-after", regex.compile(r"(?<=[(\[])\s++"), ""),
    ("normalize.dash", regex.compile(r"(?<=\s)-{2,3}(?=\s)"), "\N{EN DASH}"),
    ("normalize.space-after", regex.compile(r"(?<=\s)\N{EN DASH}(?=\p{L})"), "\N{EN DASH} "),
    (
        "normalize.apostrophe",
        regex.compile(r"(?<=\p{L}{3})(?<!\b(?:prud|aujourd|quelqu|lorsqu|puisqu|presqu))'(?=\p{Ll}{4,})"),
        "'s ",
    ),  # France'attractiveness
    ("normalize.doubled-word", regex.compile(r"\b(\p{L}{1,12})\s+(?=\1\b)"), ""),
)
# what a rule cannot do without: asked first, because that is quick
_SIGNS = {
    _RULES[1][1]: ("«", "»", "<<", ">>"),
    _RULES[2][1]: ("“", "”", "„"),
    _RULES[3][1]: ("‘", "’"),
    _RULES[4][1]: (";", ":", "!", "?"),
    _RULES[6][1]: ("%",),
    _RULES[7][1]: ("(", "["),
    _RULES[8][1]: ("--",),
    _RULES[9][1]: ("\N{EN DASH}",),
    _RULES[10][1]: ("'",),
}
# one quick look: without any of these only a doubled word (the last rule) can be amiss
_TRIGGER = regex.compile(
    r"[«»“”„‘’\t\n\r\f\v\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]|\s[\s;:!?,.)\]%-]"
    r"|[(\[]\s|<<|>>|\s$|--|\s\N{EN DASH}\p{L}|\p{L}{3}'\p{Ll}{4}"
)
_QUOTE = regex.compile(r'"')
_LOOSE_QUOTE = regex.compile(r'(?:^|[\s(])" | "(?=[\s.,;:!?)]|$)')
_ROUNDS = 8  # one edit may make room for another; three rounds is the most that text has needed
_MAY_DOUBLE = frozenset({"that", "had", "bora", "new", "so", "very", "no", "bye"})
_START = regex.compile(r"^[\s\"'(\[–—-]*+(?!(?:https?:|www\.|\S+@\S|\S+\.\p{Ll}{2,}/))(\p{Ll})(?=\p{Ll}|\s)")


def polish(text: str, keep: Sequence[Span], capital: bool) -> list[Edit]:
    """The edits that make `text` follow English typography; none of them touches a span of `keep`.

    A doubled word goes only where it is no mention and never rightly doubled ("had had"). `capital` asks for a capital at
    the start, as the source has one; a start inside a span of `keep` is left alone. What the edits give needs no more edits.

    >>> [(e.before, e.after) for e in polish("« the the site » :", (), True)]
    [('« ', '"'), ('the ', ''), ('t', 'T'), (' »', '"'), (' ', '')]
    """
    draft, held = Revision.start(text), list(keep)
    for _ in range(_ROUNDS):
        edits = _round(draft.text, held, capital)
        if not edits:
            break
        draft = draft.revise(edits)
        held = [moved(span, edits) for span in held]
    return list(draft.edits)


def moved(span: Span, edits: Sequence[Edit]) -> Span:
    """Where a stretch that no edit touches stands after the edits."""
    return span.shift(sum(len(e.after) - len(e.before) for e in edits if e.span.end <= span.start))


def _round(text: str, keep: Sequence[Span], capital: bool) -> list[Edit]:
    wanted = sorted(
        chain(_by_rule(text), _inside_quotes(text), _capital(text) if capital else ()), key=lambda e: (e.span.start, -len(e.span))
    )
    out: list[Edit] = []
    last = 0
    for edit in wanted:
        if edit.span.start >= last and not any(k.overlaps(edit.span) for k in keep):
            out.append(edit)
            last = edit.span.end
    return out


def _by_rule(text: str) -> Iterator[Edit]:
    for rule, pattern, after in _RULES if _TRIGGER.search(text) else _RULES[-1:]:
        if (signs := _SIGNS.get(pattern)) and not any(sign in text for sign in signs):
            continue
        for match in pattern.finditer(text):
            if rule == "normalize.doubled-word" and match[1].lower() in _MAY_DOUBLE:
                continue
            written = after if after is not None else _space(text, match.start())
            if match[0] != written:
                yield Edit(Span(match.start(), match.end()), match[0], written, rule)


def _inside_quotes(text: str) -> Iterator[Edit]:
    """The spaces just inside straight quotation marks, where they stand in pairs: `" trains"` → `"trains"`."""
    if not _LOOSE_QUOTE.search(text):
        return
    marks = [match.start() for match in _QUOTE.finditer(text)]
    pairs = list(zip(marks[::2], marks[1::2], strict=False))
    sound = all(_stands_apart(text, a - 1) and _stands_apart(text, b + 1) and b - a > 3 for a, b in pairs)
    if len(marks) % 2 or not sound:
        return
    for a, b in pairs:
        if text[a + 1] == " ":
            yield Edit(Span(a + 1, a + 2), " ", "", "normalize.quotes")
        if text[b - 1] == " ":
            yield Edit(Span(b - 1, b), " ", "", "normalize.quotes")


def _stands_apart(text: str, at: int) -> bool:
    return not 0 <= at < len(text) or not text[at].isalnum()


def _space(text: str, at: int) -> str:
    """One plain space, or none where a space stands before it already."""
    return "" if at and text[at - 1].isspace() else " "


def _capital(text: str) -> Iterator[Edit]:
    if match := _START.search(text):
        yield Edit(Span(match.start(1), match.end(1)), match[1], match[1].upper(), "normalize.capital")
