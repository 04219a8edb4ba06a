"""Footnote marks that stick to a word, a bracket or a year: `sales1.`, `(2023)2`, `patients³`.

A digit after letters is far more often part of a name (`CD19`, `AAV9`, `m2`), so a plain digit goes only where the
document has a footnote with that mark and the letters before it make an ordinary word, or an acronym of
`data/acronyms.tsv`, which takes no number of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from pipeline.model import Edit, Span
from pipeline.repair.vocabulary import common

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED = re.compile(r"(?<=[^\s(])(?: ?[(\[]?[⁰¹²³⁴-⁹]{1,2}[)\]]?)(?:[,⁾ ]{0,2}[⁰¹²³⁴-⁹]{1,2})*")
_SEEN = re.compile("[⁰¹²³⁴-⁹]")
_END = r"(?=[.,;:!?)»\"]*(?:\s|$))"
_YEAR = re.compile(r"(?:(?<![\d.,/-])(?<![^\W\d_]))(?:19|20)\d\d$")
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:en|in|of|since|depuis|de|année|fin|début|by|until|from|to|à)|[^\W\d_]{3,})\s$|\($", re.IGNORECASE
)
_YEAR_STATED = re.compile(r"\b(?:en|in|since|depuis|année|fin|début|by|until)\s(?:19|20)\d\d$", re.IGNORECASE)
_UNITS = {"m", "mm", "cm", "dm", "km", "nm", "µm", "ft", "in", "log", "x"}
_EMPHASIS = re.compile(r"(?<!\S)\*(?=[^\s*])")  # Markdown's opening star
_MORE = re.compile(r" [\d°%]")
_CIVIL = re.compile(
    r"(?<!\S)(?:M\.|Mme|Mlle|Dr\.?|Pr\.?|Prof\.?|Mrs?\.?|Ms\.?) "
    r"(?:[A-ZÀ-ÖØ-Þ][^\W\d_]*(?:['-][^\W\d_]+)* |d[eu] ){0,2}(?:[^\W\d_]+-)?$"
)
_IN_BRACKETS = re.compile(r"(?<=[^\W\d_][^\W\d_]|[^\W_][»\"%)]| ») (?P<mark>\(\d{1,2}\))(?=[.,;:](?:\s|$)| ?[»)]|$)")
_STOPPED = re.compile(r"""(?<=[.!?])(?P<close>[)»"]?)(?P<mark>[1-9]\d?)(?= [A-ZÀ-ÖØ-ÞŒ«"])""")
_DATED = re.compile(
    r"(?<!\w)(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|January|February|March|April|May|June|July|August|September|October|November|December)"
    r" (?:19|20)\d\d(?P<mark>[1-9])(?!\w|[.,]\d)"
)
_NUMBERED = frozenset(
    ("annexe", "article", "chapter", "chapitre", "figure", "phase", "release", "section", "table", "tableau", "version")
)
_TYPOGRAPHIC = "*†‡"


def footnote_marks(text: str, marks: frozenset[str]) -> list[Edit]:
    """Edits that take footnote marks away, in order; `marks` are those of the document's footnotes (`1`, `*`).

    Leaves `CD19`, `m2`, `10³`, `CO2`, `Q3`, `AAV9`, product names, and any digit without a footnote. Rule
    `repair.footnote-mark`.

    >>> [e.before for e in footnote_marks("Net sales1 rose at 3 sites with AAV1.", frozenset({"1"}))]
    ['1']
    """
    stops = list(_after_stop(text))
    if not marks and text.isascii():
        return stops
    raised = not text.isascii() and _SEEN.search(text)
    known = _known(marks)
    if not raised and not any(map(text.__contains__, known)):
        return stops
    edits = list(_raised(text, known)) if raised else []
    if known:
        edits += _plain(text, known)
    if any(mark[0] == "(" and mark in text for mark in marks):
        edits += _bracketed(text, marks)
    taken = [edit.span for edit in edits]
    edits += [edit for edit in stops if not any(edit.span.overlaps(each) for each in taken)]
    return sorted(edits, key=lambda e: e.span)


def _after_stop(text: str) -> Iterator[Edit]:
    """`libérés.1 Le site`, `("vos produits").1 Le site`: a mark between two sentences, or behind a month and its year
    (`au 31 décembre 20221`), needs no footnote to be one."""
    for m in _STOPPED.finditer(text):
        stop = m.start() - 1
        word = text[letters_from(text, stop) : stop]
        plain = len(word) > 4 and word[1:].islower() and word.lower() not in _NUMBERED
        if m["close"] or plain or text[stop - 1 : stop] in (")", "]", "»", '"'):
            yield Edit(Span(*m.span("mark")), m["mark"], "", "repair.footnote-mark")
    if "20" in text or "19" in text:
        yield from (Edit(Span(*m.span("mark")), m["mark"], "", "repair.footnote-mark") for m in _DATED.finditer(text))


@cache
def _known(marks: frozenset[str]) -> frozenset[str]:
    return frozenset(map(_bare, marks))


def _bare(mark: str) -> str:
    return mark.translate(_SUPERSCRIPTS).strip("()[] .")


def _raised(text: str, known: frozenset[str]) -> Iterator[Edit]:
    for m in _RAISED.finditer(text):
        end = m.start()
        listed = {_bare(part) for part in re.split(r"[, ]+", m[0].strip())} & known
        before = text[end - 1]
        word = text[letters_from(text, end) : end]
        if before.isdigit() or word.lower() in _UNITS:
            sure = bool(listed) and _YEAR.search(text, max(0, end - 6), end) is not None
        elif before.isalpha():
            sure = len(word) > 1 if listed else len(word) > 2 and word[1:].islower()
        else:
            sure = bool(listed) or before in ".,;:!?)»]"
        if sure:
            yield Edit(Span(*m.span()), m[0], "", "repair.footnote-mark")


def letters_from(text: str, end: int) -> int:
    """Where the run of letters that ends at `end` begins."""
    start = end
    while start and text[start - 1].isalpha():
        start -= 1
    return start


@cache
def _finder(known: frozenset[str]) -> re.Pattern[str]:
    marks = "|".join(re.escape(mark) for mark in sorted(known, key=len, reverse=True))
    return re.compile(rf"(?:{marks}|\[(?:{marks})\]|\((?:{marks})\)){_END}")


def _plain(text: str, known: frozenset[str]) -> Iterator[Edit]:
    for m in _finder(known).finditer(text):
        if _sticks(text, m.start(), m[0]):
            yield Edit(Span(*m.span()), m[0], "", "repair.footnote-mark")


def _bracketed(text: str, marks: frozenset[str]) -> Iterator[Edit]:
    """`visités (1), dont` where the footnote begins with `(1)` too: the mark and its space, behind a word, before a stop."""
    for m in _IN_BRACKETS.finditer(text):
        if m["mark"] in marks and text[: m.start()].strip():
            yield Edit(Span(*m.span()), m[0], "", "repair.footnote-mark")


def _sticks(text: str, at: int, mark: str) -> bool:
    """Whether the mark at `at` follows something that a footnote mark follows."""
    before, start = text[at - 1 : at], letters_from(text, at)
    if not before or before.isspace() or before in "([":
        return False
    if mark in ("†", "‡"):
        return True
    if mark == "*" and _EMPHASIS.search(text, 0, at):
        return False
    word = text[start:at]
    if before.isdigit():
        year = _YEAR.search(text, max(0, at - 6), at)
        return bool(year and _YEAR_BEFORE.search(text, max(0, year.start() - 24), year.start()))
    if before in ')»"':
        inner, after = text[at - 2 : at - 1], text[at + len(mark) : at + len(mark) + 2]
        if text[at - 3 : at] == "(0)" or _MORE.match(after):
            return False  # +44 (0)1 707, "2 °C
        return inner.isalnum() or inner in ".!?" or (before == "»" and inner == " ")
    if before == ".":
        if text[at + len(mark) : at + len(mark) + 1] not in ("", " "):
            return False
        if text[at - 2 : at - 1].isdigit():  # en 2022.2, but no release 2022.2 of a program
            behind = text[at + len(mark) : at + len(mark) + 2].strip()
            return bool(_YEAR_STATED.search(text, max(0, at - 16), at - 1)) and not behind[:1].islower()
        return text[at - 4 : at - 1].islower() and text[at - 4 : at - 1].isalpha()
    if len(word) < 3 or text[start - 1 : start] in ("@", "/", "_", ".") or text[start - 1 : start].isdigit():
        return False
    if word[0].isupper() and word[1:].islower() and _CIVIL.search(text, max(0, start - 40), start):
        return True  # Mme Anne Roy1
    return mark[0] in _TYPOGRAPHIC + "[" or _ordinary(word) or (len(mark) == 1 and word.removesuffix("s") in _acronyms())


def _ordinary(word: str) -> bool:
    """A word of the language (`sales`), or one in lower case that is too long for a code (`leucaphérèse`)."""
    if len(word) >= 4 and common(word, 5):
        return word[1:].islower()
    frequent = common(word, 100)
    return word.islower() and (len(word) >= 5 or (len(word) == 3 and frequent))


@cache
def _acronyms() -> frozenset[str]:
    rows = (files("pipeline") / "data" / "acronyms.tsv").read_text("utf-8").splitlines()[1:]
    return frozenset(row.partition("\t")[0] for row in rows)
