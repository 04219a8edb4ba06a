"""Sentences of a block, by sentencex, with its known errors mended; and where a sentence too long for the model is cut.

The only importer of sentencex, which is imported on first use.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

import regex

from pipeline.model import Lang, Span

# sentencex panics at an initial before a space of two bytes or more: its indices are bytes there
_PLAIN = dict.fromkeys(
    map(ord, "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"), " "
)
# a boundary is wrong where the text goes on in lower case, with a closing sign, or with a comma
_GOES_ON = regex.compile(r"\s*+(?:[,;:)\]%|]|\p{Ll}|»\s*+[,;:\p{Ll}])")
_WORD_BEFORE = regex.compile(r"(?:(?<=\s)|(?<=^)|(?<=[(\['«\"]))([\p{L}]{1,6})\.\s*+$")
_INITIAL = regex.compile(r"(?:^|[\s.(\-])\p{Lu}\.\s*+$")
# "de classe B. L'unité", not an initial: a noun that has a letter, and a word that begins a sentence
_LETTERED = regex.compile(
    r"\b(?:class(?:e|es)?|grades?|zones?|b[âa]timents?|buildings?|annexe?s?|types?|niveaux?|levels?|groupes?|groups?|halls?|salles?|rooms?|"
    r"sections?|parties?|parts?|lots?|vitamines?|vitamins?|hépatites?|hepatitis|phases?|séries?|catégories?|options?|plans?)\s\p{Lu}\.\s*+$"
)
_OPENS = regex.compile(
    r"\s*+(?:[LDC]['’]\p{L}|(?:Les?|La|Une?|Des|Du|Ils?|Elles?|Ce|Cet|Cette|Ces|Son|Sa|Ses|Leurs?|En|Au|Aux|À|Dans|Pour|Par|Sur|Avec|Selon|Deux|Trois|"
    r"Nous|On|The|An?|It|Its|This|These|They|In|On|At|For|With|Two|Three|We)\s)"
)
_LETTER_END = regex.compile(r"(?<=\p{Ll}\s\p{Lu}\.)\s++(?=\p{Lu})")
_NUMBERED = regex.compile(r"(?:^|\s)[nN]\s*[°º]\s*+$|^\s*+\d{1,2}\.\s*+$")
_ELLIPSIS = regex.compile(r"(?:…|(?<!\.)\.{3})\s++(?=\p{Lu})")
# an item inside a line: " · si vous êtes"; "points : 1) le lot", "suivent. b) La forme"
BULLETS = "·•▪■●◦‣"
_BULLET = regex.compile(rf"(?<=\s)[{BULLETS}](?=\s\S)")
_MARKER = regex.compile(r"(?<=[.!?]\s)\(?(?:\d{1,2}|[a-h]|[ivx]{1,4})\)(?=\s\p{Lu})|(?<=[:;]\s)\(?\d{1,2}\)(?=\s\p{L})")
# sentencex takes a line with two of these for a list, and all to the next for one sentence: "(1 sur 100)", "(classe b)"
_LISTED = regex.compile(r"(?<!\w)(?:\d{1,4}|\p{L}|[ivxIVX]{2,5})(?=\))")
_NEEDS_FIGURE = frozenset({"no", "nos", "p", "pp", "al", "max", "min", "hab", "ed", "éd"})  # else they may end a sentence

# where a long sentence may be cut, best first: sentence ends inside quotes, ; and :, commas before a conjunction, any comma
_ARTICLE = regex.compile(r"Art(?:icle|\.) (?:1er|\d{1,3}(?:-\d{1,2})?)\.")  # of a decree; its text follows a dash
_BRACKETS = regex.compile(r"\([^()]*\)")
_CUTS = (
    regex.compile(r"(?<=[.!?…][\s»\")]{0,2})\s+(?=[\p{Lu}«\"])|(?<=;)\s+|(?<=\s[-–—])\s+"),
    regex.compile(r"(?<=:)\s+|(?<=,)\s+(?=(?:et|mais|ou|car|or|donc|dont|qui|que|où|and|but|or|which|while|tandis|ainsi|puis)\b)"),
    regex.compile(r"(?<=,)\s+|\s+(?=(?:et|mais|and|but)\s)|\s+(?=\()"),
    regex.compile(r"\s+"),
)


def split(text: str, lang: Lang = Lang.FR, keep: Sequence[Span] = ()) -> list[Span]:
    """The sentences of `text`, in order: together they cover all but white space. No cut falls inside a span of `keep`.

    >>> text = "Vu l'art. L. 5124-1, M. Roux décide. Il signe."
    >>> [s.of(text) for s in split(text)]
    ["Vu l'art. L. 5124-1, M. Roux décide.", 'Il signe.']
    """
    cuts = [0]
    for end in (*_boundaries(text, lang), len(text)):
        if end == len(text) or _is_end(text, cuts[-1], end, lang, keep):
            cuts.append(end)
    spans = (trim(text, Span(a, b)) for a, b in pairwise(dict.fromkeys(cuts)))
    return [s for s in spans if len(s)]


def cut(text: str, span: Span, keep: Sequence[Span], fits: int) -> list[Span]:
    """`span` in parts of at most `fits` code points or so, at the best marks there are; never inside a span of `keep`.

    Marks near the middle are preferred. A part without any mark is cut between words, and a word without end is cut anywhere.
    """
    span = trim(text, span)
    if len(span) <= fits:
        return [span] if len(span) else []
    middle = (span.start + span.end) // 2
    whole = [Span(*m.span()) for m in _BRACKETS.finditer(text, span.start, span.end)]  # cut inside only where nothing else serves
    for pattern, bracketed in (*((each, whole) for each in _CUTS[:-1]), *((each, []) for each in _CUTS)):
        places = [m.start() for m in pattern.finditer(text, span.start + 1, span.end)]
        places = [p for p in places if min(p - span.start, span.end - p) >= len(span) // 6 and not _inside(p, keep)]
        if places := [p for p in places if not _inside(p, bracketed)]:
            at = min(places, key=lambda p: abs(p - middle))
            break
    else:
        held = _around(middle, keep)
        at = held.end if held else middle
        if at >= span.end:
            return [span]
    return [*cut(text, Span(span.start, at), keep, fits), *cut(text, Span(at, span.end), keep, fits)]


def trim(text: str, span: Span) -> Span:
    """The span without the white space at its ends."""
    inner = span.of(text)
    start = span.start + len(inner) - len(inner.lstrip())
    return Span(start, max(start, span.start + len(inner.rstrip())))


def _boundaries(text: str, lang: Lang) -> list[int]:
    out, base = [], 0
    for line in text.splitlines(keepends=True):
        out += [base + m.end() for m in _LETTER_END.finditer(line)]
        plain = line.translate(_PLAIN)
        if ")" in plain:
            plain = _LISTED.sub(lambda m: "_" * len(m[0]), plain)
            out += [base + m.start() for m in _MARKER.finditer(line)]
        out += [base + end for end in _ends("en" if lang is Lang.EN else "fr", plain)]
        out += _bullets(line, base)
        out += [base + m.end() for m in _ELLIPSIS.finditer(line)]  # which sentencex takes for a pause only
        base += len(line)
    return sorted(set(out))


def _bullets(line: str, base: int) -> list[int]:
    """Where the items of a list begin that stands in one line; one sign alone may be anything."""
    places = [base + m.start() for m in _BULLET.finditer(line)]
    return places if len(places) + bool(_BULLET.match(f" {line}", 1)) > 1 else []


def _ends(code: str, line: str) -> list[int]:
    """Where sentencex ends sentences; the whole line is one where it panics, which is no `Exception`."""
    import sentencex

    try:
        return [boundary["end_index"] for boundary in sentencex.get_sentence_boundaries(code, line)]
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        return []


def _is_end(text: str, start: int, end: int, lang: Lang, keep: Sequence[Span]) -> bool:
    left = text[max(start, end - 24) : end]
    if _inside(end, keep) or _inside(end - len(left) + len(left.rstrip()), keep):
        return False
    if "\n" in text[max(0, end - 1) : end] or _BULLET.match(text, end) or _MARKER.match(text, end):
        return True
    if _GOES_ON.match(text, end) or (not start and _ARTICLE.fullmatch(left.strip())):
        return False
    if _LETTERED.search(left) and _OPENS.match(text, end):
        return True
    if _INITIAL.search(left) or _NUMBERED.search(left):
        return False
    if found := _WORD_BEFORE.search(left):
        word = found[1].lower()
        if word in _abbreviations(lang):
            return word in _NEEDS_FIGURE and not text[end : end + 1].isdigit()
    return True


def _inside(at: int, keep: Sequence[Span]) -> bool:
    return _around(at, keep) is not None


def _around(at: int, keep: Sequence[Span]) -> Span | None:
    """The span of `keep` (ordered, without overlap) that `at` lies inside."""
    i = bisect_left(keep, at, key=lambda k: k.start) - 1
    return keep[i] if i >= 0 and at < keep[i].end else None


@cache
def _abbreviations(lang: Lang) -> frozenset[str]:
    """Lower-case abbreviations of the language, from `data/abbreviations.tsv`, without their point."""
    rows = (files("pipeline") / "data" / "abbreviations.tsv").read_text("utf-8").splitlines()[1:]
    wanted = "en" if lang is Lang.EN else "fr"
    return frozenset(cells[0].lower() for cells in (row.split("\t") for row in rows) if cells[1] == wanted)
