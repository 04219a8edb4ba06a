"""What can be seen to be wrong with a translation without knowing the right one. Every finding is a `Flag`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache

import regex

from pipeline import lexicon
from pipeline.model import Flag, Span
from pipeline.translate.brackets import balanced
from pipeline.translate.negation import turned
from pipeline.translate.protect import Protected
from pipeline.translate.surplus import extra, repetition

_WORD = regex.compile(r"\p{L}+(?:['-]\p{L}+)*+")
_LETTERS = regex.compile(r"\p{L}{2,}")
_COUNTED = regex.compile(r"\p{L}+")
_COVERED = ((20, 0.6, 1.4), (12, 0.55, 1.6), (8, 0.5, 1.6))  # from so many words on, so many English ones for each
_DIGITS = regex.compile(r"\d+")
_QUOTES = '«»“”"'
_UNKNOWN = ("⁇", "<unk>", "\N{REPLACEMENT CHARACTER}")
# French words that no English text has; those that English or names share (la, on, son, a, de) are left out
_FRENCH = frozenset((
    "le", "les", "des", "du", "une", "est", "sont", "dans", "pour", "avec", "sur", "qui", "que", "aux", "ces", "cette", "nous",
    "vous", "leur", "leurs", "ont", "été", "mais", "sera", "seront", "afin", "chez", "très", "même", "ainsi", "entre",
    "depuis", "selon", "notre", "votre", "elle", "ils", "elles", "être", "avoir", "fait", "cet", "où",
))  # fmt: skip
_ELIDED = regex.compile(r"\b(?:[ldnscj]|qu|jusqu|lorsqu)'\p{L}{3,}", regex.IGNORECASE)
_MISSING = {"value": "value.missing", "name": "name.missing", "term": "term.missing"}


def check(protected: Protected, english: str, targets: Sequence[Span | None], finished: bool = True) -> tuple[Flag, ...]:
    """Everything wrong with `english` as a translation of `protected`; nothing where nothing is.

    Codes: `value.missing`, `name.missing`, `term.missing`, `value.extra`, `name.extra`, `term.extra`, `number.missing`,
    `number.invented`, `translate.echo`, `translate.repetition`, `translate.length`, `translate.cut`, `translate.empty`,
    `translate.french`, `translate.negation`, `translate.quotes`, `translate.unknown`.
    """
    flags = [Flag(_MISSING[h.group], h.english) for h, t in zip(protected.held, targets, strict=True) if t is None]
    source = protected.written().text
    rest, surplus = extra(protected, english, targets)
    flags += surplus
    flags += _numbers(protected, rest)
    if not english.strip():
        return (*flags, Flag("translate.empty"))
    flags += _language(protected.plain, rest)
    if loop := repetition(rest, protected.plain):
        flags.append(Flag("translate.repetition", loop))
    flags += _length(source, english) or _coverage(protected, rest)
    if sum(map(english.count, _QUOTES)) % 2 and _balanced(source):
        flags.append(Flag("translate.quotes", "a quotation mark has no partner"))
    elif not balanced(english) and balanced(source):
        flags.append(Flag("translate.quotes", "a bracket has no partner"))
    if about := turned(protected.plain, rest):
        flags.append(Flag("translate.negation", about))
    if not finished:
        flags.append(Flag("translate.cut", "the model did not come to an end"))
    if _has_unknown(english) and not _has_unknown(source):
        flags.append(Flag("translate.unknown"))
    return tuple(flags)


def _balanced(source: str) -> bool:
    return source.count("«") == source.count("»") and source.count('"') % 2 == 0


def _has_unknown(text: str) -> bool:
    return any(sign in text for sign in _UNKNOWN)


def _numbers(protected: Protected, rest: str) -> list[Flag]:
    """Figures outside the mentions: those of the source must be in the output, and no others."""
    before, after = _DIGITS.findall(protected.plain), _DIGITS.findall(rest)
    if before == after:
        return []
    wanted = Counter(before)
    # what stands for a mention that was not found must not count as invented twice, so only the rest is compared
    given = Counter(after)
    missing, invented = wanted - given, given - wanted
    out = [Flag("number.missing", n) for n in missing.elements()]
    return out + [Flag("number.invented", n) for n in invented.elements()]


def _language(source: str, rest: str) -> list[Flag]:
    words = list(map(str.lower, _WORD.findall(rest)))
    if not words or not _LETTERS.search(source):
        return []
    before, french = _words(source)
    if french and before == tuple(words):
        return [Flag("translate.echo")]
    kept = Counter[str]() if french.isdisjoint(words) else Counter(w for w in before if w in french) & Counter(words)
    total = sum(kept.values())
    if len(words) >= 3 and total * 2 > len(words):
        return [Flag("translate.echo", " ".join(kept))]
    left = [w for w in words if w in _FRENCH] + (_ELIDED.findall(rest) if "'" in rest else [])
    if len(left) >= 2 or (left and len(words) <= 6) or (kept and total * 5 > len(words)):
        return [Flag("translate.french", " ".join(dict.fromkeys(left or kept)))]
    return []


@lru_cache(maxsize=512)
def _words(source: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The words of the French in lower case, and which of them English has not."""
    words = tuple(map(str.lower, _WORD.findall(source)))
    return words, frozenset(w for w in words if len(w) > 1 and is_french(w))


@cache
def _counts(language: str) -> tuple[dict[str, int], int]:
    table = lexicon.load(language).counts
    return table, max(1, sum(table.values()))


@lru_cache(maxsize=65536)
def is_french(word: str) -> bool:
    """Whether a lower-case word is French and hardly ever English.

    >>> is_french("fabrication"), is_french("usine"), is_french("galvanne")
    (False, True, False)
    """
    french, total_fr = _counts("fr")
    english, total_en = _counts("en")
    here = french.get(word, 0)
    return here > 0 and here * total_en > 20 * english.get(word, 0) * total_fr


def is_english(text: str) -> bool:
    """Whether a short text is English already: every word is an English one, and one or more hardly ever French.

    >>> is_english("Specifications and uses"), is_english("Production"), is_english("Caractéristiques")
    (True, False, False)
    """
    words = [w.lower() for w in _LETTERS.findall(text)]
    if not words:
        return False
    french, total_fr = _counts("fr")
    english, total_en = _counts("en")
    if not all(english.get(w, 0) * total_fr >= french.get(w, 0) * total_en / 20 and w in english for w in words):
        return False
    telling = sum(english[w] * total_fr > 20 * french.get(w, 0) * total_en for w in words)
    return telling * 2 >= len(words)


def _length(source: str, english: str) -> list[Flag]:
    """English is 0.75 to 1.1 times as long as French; much less or more is suspicious, if there is something to measure."""
    ratio = (len(english) + 8) / (len(source) + 8)
    if len(source) >= 24 and ratio < 0.45:
        return [Flag("translate.cut", f"{len(english)} characters for {len(source)}")]
    if ratio > 2.0:
        return [Flag("translate.length", f"{len(english)} characters for {len(source)}")]
    return []


def _coverage(protected: Protected, rest: str) -> list[Flag]:
    """Words outside the mentions: far fewer or far more than the French has means that something was dropped or added.

    Fewer than 1 % of human translations (`benchmarks/translate.py --references`) are so short or so long.
    """
    french = len(_COUNTED.findall(protected.plain))
    limits = next(((low, high) for least, low, high in _COVERED if french >= least), None)
    if not limits:
        return []
    english = len(_COUNTED.findall(rest))
    if not limits[0] <= english / french <= limits[1]:
        return [Flag("translate.length", f"{english} words for {french}")]
    return []
