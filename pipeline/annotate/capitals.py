"""Words with a capital in French text: where they stand, and how much each looks like part of a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.annotate.gazetteer import Gazetteer, folded, load
from pipeline.lexicon import Lexicon
from pipeline.lexicon import load as load_lexicon

_UP = "A-ZÀ-ÖØ-ÞŒ"
# the capital comes first, so that the engine can skip to it; what stands before is looked at afterwards
TOKEN = re.compile(
    rf"[{_UP}](?:(?<=O)['’][{_UP}])?(?:\.(?=[ -][{_UP}])|\w{{0,40}}(?:[-‑&](?:[ldLD]['’])?\w{{1,40}}){{0,5}})(?![\w@/])"
)
ELIDED = re.compile(r"(?:^|[^\w])(?:[ldLDnNsSjJmMtTcC]|[Qq]u|[Jj]usqu|[Ll]orsqu|[Pp]uisqu)['’]$")
SURNAME = re.compile(rf"[NMO]['’][{_UP}][a-zà-ÿ]")  # N'Diaye, M'Bala, O'Neill
TITLED = re.compile(rf"(?<![\w.'’])(?:M|MM|Mr|Dr|Pr|Mgr|Me|St|[{_UP}])\.$")  # a full stop that ends no sentence
OPENERS = frozenset('.!?:;…«"“|•–—=>▪·*/\n')
# no name ends so inside a sentence
FRENCH_ENDING = re.compile(
    r"(?:thèques?|tions?|ments?|ités?|ismes?|istes?|iques?|ologies?|thérapies?|ologues?|(?:graph|scop|tom|path|prax|métr|chirurg|chim|nom)ies?|(?:icain|éen|ien)(?:s|e|es|nes?)|ances?"
    r"|ences?|èses?|ées?|és|ez|ons|aient|ables?)$"
)
# at a sentence start, French words that the lexicon lacks mostly end so
MORE_ENDINGS = re.compile(
    r"(?:eurs?|euses?|eux|ages?|aires?|ant|ants|ent|er|ir|elles?|ives?|ifs?|ennes?|ures?|ais|ois|iens?|ait|era|ale?s?|aux)$"
)
CENTURY = re.compile(r"[IVX]+(?:e|er|ème)")
ACRONYM = re.compile(r"[A-Z]{2,5}[a-z]{1,2}")  # DFGe, SHUa: English has letters of its own for them
CODE = re.compile(r"[A-Z]{2,6}-[A-Z]{1,3}")  # CAR-T: a verbatim code, no part of a company's name
INNER_CAPITAL = re.compile(rf"[a-zà-ÿ][{_UP}]|[{_UP}]{{2,}}[a-zà-ÿ]{{2,}}")


class Word(NamedTuple):
    """A capitalised word and how much it looks like a name.

    `role`: first (a first name), strong (not French), english (a common English word), keep (listed), weak (may belong
    to a name), never, same (a place written alike in English), initial.
    """

    start: int
    end: int
    text: str
    role: str
    opens: bool  # the first word of a sentence


class Token(NamedTuple):
    """A word with a capital, and whether it opens a sentence."""

    start: int
    end: int
    text: str
    opens: bool


def tokens(text: str) -> list[Token]:
    """The words with a capital, a single letter and the second half of a compound aside."""
    out = []
    for match in TOKEN.finditer(text):
        start, end = match.span()
        before = text[start - 1 : start]
        if before.isalpha() or before == "_":  # bioMérieux: a capital inside a word
            head = start
            while head and text[head - 1].islower():
                head -= 1
            if not (2 <= start - head <= 5 and end - start > 2 and text[start + 1].islower() and _free(text[head - 1 : head])):
                continue
            start = head
        elif before in ("'", "’") and SURNAME.match(text, max(0, start - 2)) and _free(text[max(0, start - 3) : start - 2]):
            start -= 2
        elif before in ("'", "’"):
            if not ELIDED.search(text, max(0, start - 9), start):
                continue
        elif not _free(before) or end - start == 1:
            continue
        out.append(Token(start, end, text[start:end], _opens(text, start)))
    return out


def _free(before: str) -> bool:
    return not before or not (before.isalnum() or before in "_.@/-&°")


def _opens(text: str, start: int) -> bool:
    """Whether a word at `start` (an elided article before it aside) begins a sentence, a cell, an item or a label."""
    if text[start - 1 : start] in ("'", "’"):
        start -= 2
        while start and text[start - 1].isalpha():
            start -= 1
    at = start
    while at and text[at - 1] in " \N{NO-BREAK SPACE}":
        at -= 1
    if text[at - 1 : at] == "." and TITLED.search(text, max(0, at - 6), at):
        return False
    if not at or start - at > 1 or text[at - 1] in OPENERS:
        return True
    if text[at - 1] in ".)" and text[at - 2 : at - 1].isalnum():
        return text[at - 1] == "." or (at > 2 and not text[at - 3].isalnum() and "(" not in text[max(0, at - 40) : at - 2])
    return text[at - 1] == "-" and not text[at - 2 : at - 1].strip()


def words(found: Sequence[Token]) -> Iterator[Word]:
    """The tokens with their roles."""
    for token in found:
        yield Word(token.start, token.end, token.text, _role(token.text), token.opens)


@lru_cache(maxsize=20_000)
def _role(word: str) -> str:
    gazetteer = load()
    if word in gazetteer.keep:
        return "keep"
    if word in gazetteer.never or word == "M." or CODE.fullmatch(word) or CENTURY.fullmatch(word):
        return "never"
    if word.endswith("."):
        return "initial"
    if word in gazetteer.same:
        return "same"
    if word in gazetteer.first or ("-" in word and all(part in gazetteer.first for part in word.split("-"))):
        return "first"
    if len(word) > 5 and word.isalpha() and word.isupper() and _coined(word, gazetteer):
        return "strong"  # LUMVEXA: a product
    if word.isupper() or ACRONYM.fullmatch(word) or any(c.isdigit() for c in word):
        return "weak"
    if INNER_CAPITAL.search(word):
        return "strong"
    french, english = load_lexicon("fr"), load_lexicon("en")
    if _unknown(word, french, gazetteer):
        return "english" if word in english and "-" not in word else "strong"
    return "english" if english.count(word) > 30 * french.count(word) else "weak"


def _coined(word: str, gazetteer: Gazetteer) -> bool:
    """Whether a word in capitals is in neither language, nor would be with its accents."""
    low = word.lower()
    english = load_lexicon("en")
    if low in english or low.removesuffix("s") in english or MORE_ENDINGS.search(low) or low.endswith(("ie", "e", "es", "ion")):
        return False
    return _unknown(word, load_lexicon("fr"), gazetteer) and folded(low) not in _unaccented()


@cache
def _unaccented() -> frozenset[str]:
    return frozenset(folded(word) for word in load_lexicon("fr").counts if not word.isascii())


def _unknown(word: str, lexicon: Lexicon, gazetteer: Gazetteer) -> bool:
    low = word.lower().replace("‑", "-")
    if low in lexicon or FRENCH_ENDING.search(low):
        return False
    if low[0] == "e" and any(accented + low[1:] in lexicon for accented in "éèê"):
        return False  # Echelle
    for ending in ("s", "x", "e", "es"):
        if low.endswith(ending) and low.removesuffix(ending) in lexicon:
            return False
    if "-" in low:
        if folded(low.split("-")[0]) in gazetteer.places:
            return False
        parts = [p for p in low.split("-") if len(p) > 2]
        return any(p not in lexicon and p.rstrip("s") not in lexicon for p in parts)
    return True
