"""Lines of a text, and what the end and the start of a line say about the text around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import regex

_BREAK = re.compile("[\n\r\f\v\x85\u2028\u2029]")
_NO_BREAK = re.compile("[\x1c-\x1e]")  # str.splitlines parts lines here too
_OPEN = frozenset(",«(\N{LEFT DOUBLE QUOTATION MARK}")
_CLOSERS = " \"'»)]"
_ABBREVIATED = re.compile(r"(?:\barticles? [LRD]|(?<!\S)(?:MM?|Mme|Mlle|Dr|Pr|Prof|Mrs?|Ms|art|al|fig|cf|vol|env|p|pp|St|vs))\.$")
_FUNCTION_LIST = (
    "a an and as at au aux avec by ce ces cette chez d' dans de des dont du en entre et for from in into its l' la le les leur"
    " leurs nos notre of on or ou où our par pour que qui sa sans ses son sous sur than that the their to un une vers which whose"
    " with à contre selon depuis pendant malgré against between during towards versus near among amid via upon through parmi hormis"
)
_FUNCTION_WORDS = frozenset(_FUNCTION_LIST.split())
_LOWER_START = regex.compile(r"[\"'«(\[]?\s*\p{Ll}(?!\p{L}*\p{Lu})(?!\)|\. )")
_LATE_PUNCTUATION = frozenset(",;:.)»%€")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that holds more than white space. `start` and `end` are where its stripped `text` stands.

    `blanks` counts the empty lines just before it, `page` says that a form feed stands there, `stream` tells the main
    text (0) from the columns of a side-by-side region. `head` is how many characters at its start are a bullet; `tail`
    how many behind its end are a page counter, which belongs to the line and not to its text.
    """

    start: int
    end: int
    text: str
    indent: int = 0
    blanks: int = 0
    page: bool = False
    stream: int = 0
    head: int = 0
    tail: int = 0

    @property
    def words(self) -> str:
        """The text without its bullet."""
        return self.text[self.head :] if self.head else self.text


def split(text: str) -> tuple[Line, ...]:
    r"""The lines of `text` that hold something, in order.

    >>> [(line.text, line.blanks) for line in split("a\r\n\r\n b")]
    [('a', 0), ('b', 1)]
    """
    out: list[Line] = []
    at, blanks, page = 0, 0, False
    for raw in text.splitlines(keepends=True) if not _NO_BREAK.search(text) else _split(text):
        bare = raw.strip()
        if bare:
            indent = 0 if raw[0] == bare[0] else len(raw) - len(raw.lstrip())
            start = at + indent
            out.append(Line(start, start + len(bare), bare, indent, blanks, page))
            blanks, page = 0, False
        else:
            blanks += 1
        page = page or raw[-1] == "\f"
        at += len(raw)
    return tuple(out)


def _split(text: str) -> Iterator[str]:
    at = 0
    for match in _BREAK.finditer(text):
        if match[0] != "\r" or text[match.end() : match.end() + 1] != "\n":
            yield text[at : match.end()]
            at = match.end()
    if at < len(text):
        yield text[at:]


def unfinished(text: str) -> bool:
    """Whether a line ends inside a sentence, as far as its last sign tells (`:` and `;` end one here).

    >>> unfinished("la suite au prochain"), unfinished("C'est fini. »"), unfinished("Contact :")
    (True, False, False)
    """
    bare = text.rstrip(_CLOSERS)
    if bare[-1:] == "." and _ABBREVIATED.search(text[-12:]):
        return True
    return bool(bare) and (bare[-1] not in ".!?…:;" or _inside_bracket(text))


def runs_on(text: str) -> bool:
    """Whether a line cannot be the end of anything: it ends in a comma, a stroke, an opening sign, an article or the like.

    >>> runs_on("situé à"), runs_on("situé")
    (True, False)
    """
    if text[-1:] == "." and _ABBREVIATED.search(text[-12:]):
        return True
    return text[-1:] in _OPEN or text.endswith(" /") or _last_word(text[-12:]) in _FUNCTION_WORDS or _inside_bracket(text)


def _last_word(tail: str) -> str:
    """The last word in lower case; `d'` and `l'` are words of their own."""
    parts = tail.rsplit(None, 1)
    word = parts[-1].lower() if parts and not tail[-1].isspace() else ""
    cut = 1 + max(word.rfind("'", 0, -1), word.rfind("("))
    return word[cut:]


def _inside_bracket(text: str) -> bool:
    return "(" in text and len(text) > 30 and text.rfind("(") > text.rfind(")")


def starts_low(text: str) -> bool:
    """Whether a line begins inside a sentence: a small letter (not `mRNA`, not `a)`), or a sign that follows a word.

    >>> starts_low("génique"), starts_low("mRNA vaccines"), starts_low("Génique"), starts_low(", dit-il")
    (True, False, False, True)
    """
    first = text[:1]
    if first.isupper() or first.isdigit():
        return False
    late = first in _LATE_PUNCTUATION and not (first == "€" and text[1:2].isdigit())  # €2.6 million may begin anything
    return late or bool(_LOWER_START.match(text))


def first_word(text: str) -> str:
    """The first word, with its signs."""
    words = text.split(None, 1)
    return words[0] if words else ""


def capitals(text: str) -> bool:
    """Whether a text is set in capitals (`REPÈRES`, `WHY DUNDEE?`): at least two, and no small letter but one in ten."""
    head = text[:200]
    small = head.count("e") + head.count("a") + head.count("i") + head.count("n")
    if 10 * small > len(head) or head.islower() or (not head[:1].isupper() and len(text) > 60):
        return False  # the four letters settle it for nearly every line of prose
    upper = sum(map(str.isupper, head))
    return upper >= 2 and upper >= 0.9 * sum(map(str.isalpha, head))
