"""Text as the automaton sees it, and whether a found stretch is really spelt like the form.

Folding keeps every position: one character in, one out. Case and accents go; all that is no letter or digit becomes a
space, and so does a letter that Latin-1 lacks (but œ). A pattern with a space at both ends finds whole words only, after
an elision (`l'AMM`) as well.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}`"
HYPHENS = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}"
SPACES = " \n\t\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}" + HYPHENS  # a hyphen and a space are interchangeable


def _table() -> Iterator[str]:
    for char in map(chr, range(256)):
        yield unicodedata.normalize("NFD", char)[0].lower() if char.isalpha() else char if char.isalnum() else " "


TABLE = "".join(_table()).encode("latin-1")  # bytes are translated some ten times faster than text


def words(text: str) -> frozenset[str]:
    """A set of words, written as one string."""
    return frozenset(text.split())


def fold(text: str) -> str:
    """The text folded, of the same length.

    >>> fold("L’AMM « Médicaments »")
    'l amm   medicaments  '
    """
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low.replace("œ", "ö").encode("latin-1", "replace").translate(TABLE).decode("latin-1")


def spelt(surface: str, form: str, exact: bool) -> bool:
    """Whether `surface`, whose folding equals that of `form`, is a spelling of it.

    Case may differ unless `exact`; capitals may have lost their accents, small letters only when all of a phrase has;
    typographic and straight apostrophes are the same, a space and a hyphen are; other signs must be the same.

    >>> spelt("MEDICAMENT", "médicament", False), spelt("cote", "côté", False), spelt("sur. Le", "sur le", False)
    (True, False, False)
    """
    if surface == form:
        return True
    bare = _bare(surface, form)
    for ours, theirs in zip(surface, form, strict=True):
        if ours == theirs:
            continue
        if not ours.isalnum():
            if not any(ours in kind and theirs in kind for kind in (APOSTROPHES, SPACES)):
                return False
        elif ours.lower() == theirs.lower():
            if exact:
                return False
        elif exact or not (ours.isupper() or bare):
            return False
    return True


def _bare(surface: str, form: str) -> bool:
    """A phrase of several words that has lost all its accents, as some extractors make them."""
    return len(form) >= 12 and " " in form and surface.isascii()
