"""What a translation says more often than its source: mentions written twice, loops of words, syllables that stutter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from operator import eq

import regex

from pipeline.model import Flag, Span
from pipeline.translate.protect import Protected

MARK = "\N{BULLET}"  # stands for a mention in the text between the mentions
_CODES = {"value": "value.extra", "name": "name.extra", "term": "term.extra"}
# English writes these where French has no such word ("the first one", "two of them once")
_FREE = frozenset({"one", "first", "second", "once", "third", "half", "other", "both", "two"})
_EXPANDED = regex.compile(r"(?P<long>.{6,}?)\s*\((?P<short>[\p{Lu}\p{N}][\p{L}\p{N}-]*)\)")
_STUTTER = regex.compile(r"(\p{L}{2,8}?)\1{2,}|(\p{L})\2{3,}", regex.IGNORECASE)
_OF = regex.compile(r"\b(\p{L}[\p{L}'-]*+(?: \p{L}[\p{L}'-]*+){0,3}),? of (?:the |an? )?\1\b", regex.IGNORECASE)
_BEFORE, _AFTER = r"(?<![\p{L}\p{N}])(?<!\d[.,])", r"(?![\p{L}\p{N}]|[.,]\d)"  # whole words, whole figures
_FIRST = regex.compile(r"^[\s-]*+(\p{L}{4,})")
_LAST = regex.compile(r"(\p{L}{4,})[\s-]*$")


def between(english: str, targets: Sequence[Span | None]) -> list[str]:
    """The stretches of `english` before, between and after the targets."""
    out, last = [], 0
    for span in sorted(t for t in targets if t is not None):
        out.append(english[last : span.start])
        last = span.end
    return [*out, english[last:]]


def extra(protected: Protected, english: str, targets: Sequence[Span | None]) -> tuple[str, list[Flag]]:
    """The text between the mentions (a bullet for each), and a flag for every mention that it writes once more.

    A mention's English counts where it stands as whole words outside all targets, or where its last (first) word is said
    again right after (before) it, unless the French has as many of it unannotated. The repeated stretch is left out of
    the text, so that its figures are not complained of twice. "one", "first" and their like are too common to count.
    """
    pieces = between(english, targets)
    rest = f" {MARK} ".join(pieces)
    if not protected.held:
        return rest, []
    flags: list[Flag] = []
    plain, low = protected.plain.lower(), rest.lower()
    for form, group in {h.english: h.group for h in protected.held}.items():
        for wanted in _spellings(form):
            if wanted in _FREE or len(wanted) < 2 or wanted not in low:
                continue
            pattern = regex.compile(
                rf"(?<![\p{{L}}\p{{N}}])(?<!\d[.,]){regex.escape(wanted)}(?![\p{{L}}\p{{N}}]|[.,]\d)", regex.IGNORECASE
            )
            count = len(pattern.findall(rest)) - len(pattern.findall(plain))
            if count > 0:
                flags += [Flag(_CODES[group], form)] * count
                rest = pattern.sub(MARK, rest)
                break
    return rest, flags + _echoes(protected, english, targets, plain)


@lru_cache(maxsize=4096)
def _spellings(form: str) -> tuple[str, ...]:
    """The form in lower case, longest first; the long form alone where an abbreviation follows it."""
    expanded = _EXPANDED.fullmatch(form) if form.endswith(")") else None
    return (form.lower(), expanded["long"].lower()) if expanded else (form.lower(),)


def _echoes(protected: Protected, english: str, targets: Sequence[Span | None], plain: str) -> list[Flag]:
    """Mentions whose last word is said again right after them, or whose first word stands right before them."""
    flags = []
    for held, target in zip(protected.held, targets, strict=True):
        if target is None or held.group == "value":
            continue
        words = target.of(english).lower().split()
        last, first = words[-1].split("-")[-1], words[0].split("-")[0]
        after = english[target.end : target.end + 40].lower()
        before = english[max(0, target.start - 40) : target.start].lower()
        if _says(_FIRST, after, last, plain) or _says(_LAST, before, first, plain):
            flags.append(Flag(_CODES[held.group], held.english))
    return flags


def _says(place: regex.Pattern[str], near: str, word: str, plain: str) -> bool:
    """Whether `word` stands at that end of `near`, and nowhere in the French."""
    if word not in near or word in plain:
        return False
    found = place.search(near)
    return found is not None and found[1] == word


def repetition(text: str, source: str = "") -> str:
    """The stretch that `text` repeats without cause, or "".

    One or two words three times running, three to six words twice running, five words three times in all, "X of X", or a
    syllable that stutters; what the source repeats too is left alone.

    >>> repetition("the cells of the cells of the cells of the batch")
    'the cells of'
    >>> repetition("the preparation of the product of the product")
    'of the product'
    """
    words = _words(text)
    counts = Counter(words)
    if len(words) - len(counts) >= 2:  # any loop has two words more than different ones
        if (loop := _loop(words)) and loop[1] > _copies(source):
            return " ".join(loop[0])
        # five words three times take seven places at least, and each of the five is said three times
        if sum(n for n in counts.values() if n > 2) >= 7 and (gram := _gram(words)) and _copies(source) < 3:
            return " ".join(gram)
    if "of" in counts and (found := _OF.search(text)):
        return found[0] if len(found[1]) > 3 and found[1].lower() not in source.lower() and _copies(source) < 2 else ""
    found = _STUTTER.search(text) if any(map(_stutters, counts)) else None
    return found[0] if found and found[0].lower() not in source.lower() else ""


def _gram(words: Sequence[str]) -> tuple[str, ...]:
    """The five words that are said most often, three times at least; or none."""
    grams = Counter(tuple(words[i : i + 5]) for i in range(len(words) - 4))
    gram, count = max(grams.items(), key=lambda g: g[1], default=((), 0))
    return gram if count >= 3 and any(c.isalpha() for w in gram for c in w) else ()


@lru_cache(maxsize=65536)
def _stutters(word: str) -> bool:
    return len(word) >= 4 and _STUTTER.search(word) is not None


def _words(text: str) -> list[str]:
    return [w.strip(",;") for w in text.lower().split()]


def _loop(words: Sequence[str], enough: int = 3) -> tuple[list[str], int] | None:
    """The first run of words that follows on itself `enough` times (three words or more: twice), and how often."""
    for size in range(1, 7):
        wanted = 2 if size > 2 else enough
        if sum(map(eq, words[size:], words)) < size * (wanted - 1):
            continue
        run = 0
        for i in range(size, len(words)):
            run = run + 1 if words[i] == words[i - size] and any(c.isalpha() for c in words[i]) else 0
            copies = run // size + 1
            if copies >= wanted:
                return list(words[i - size + 1 : i + 1]), copies
    return None


def _copies(source: str) -> int:
    """How often the source says a run of words one after the other."""
    words, most = _words(source), 1
    while loop := _loop(words, most + 1):
        if loop[1] <= most:
            break
        most = loop[1]
    return most
