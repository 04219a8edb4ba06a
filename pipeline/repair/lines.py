"""Lines of a text, and what the end and the start of a line say about the text around them."""

from __future__ import annotations

from dataclasses import dataclass

import regex

_BREAK = regex.compile(r"\r\n|[\n\r\f\v\x85\u2028\u2029]")
_PAGE = regex.compile(r"\f")
_CLOSERS = " \"'»)]"
_FUNCTION_END = regex.compile(
    r"(?:^|[\s'(])(?:a|an|and|as|at|au|aux|avec|by|ce|ces|cette|chez|d'|dans|de|des|dont|du|en|entre|et|for|from|in|into|its|l'|la|le|les|leur|leurs|nos|notre"
    r"|of|on|or|ou|où|our|par|pour|que|qui|sa|sans|ses|son|sous|sur|than|that|the|their|to|un|une|vers|which|whose|with|à)$",
    regex.IGNORECASE,
)
_LOWER_START = regex.compile(r"[\"'«(\[]?\s*\p{Ll}(?!\p{L}*\p{Lu})(?!\)|\. )")
_LATE_PUNCTUATION = regex.compile(r"[,;:.)»%€]")
_WORD = regex.compile(r"\S+")


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
        return self.text[self.head :]


def split(text: str) -> tuple[Line, ...]:
    r"""The lines of `text` that hold something, in order.

    >>> [(line.text, line.blanks) for line in split("a\r\n\r\n b")]
    [('a', 0), ('b', 1)]
    """
    out: list[Line] = []
    at, blanks, page = 0, 0, False
    for match in _BREAK.finditer(text):
        line = _line(text, at, match.start(), blanks, page)
        if line is None:
            blanks += 1
        else:
            out.append(line)
            blanks, page = 0, False
        page = page or match[0] == "\f"
        at = match.end()
    last = _line(text, at, len(text), blanks, page)
    return (*out, last) if last else tuple(out)


def _line(text: str, start: int, end: int, blanks: int, page: bool) -> Line | None:
    raw = text[start:end]
    bare = raw.lstrip()
    if not bare:
        return None
    indent = len(raw) - len(bare)
    bare = bare.rstrip()
    return Line(start + indent, start + indent + len(bare), bare, indent, blanks, page)


def unfinished(text: str) -> bool:
    """Whether a line ends inside a sentence, as far as its last sign tells (`:` and `;` end one here).

    >>> unfinished("la suite au prochain"), unfinished("C'est fini. »"), unfinished("Contact :")
    (True, False, False)
    """
    bare = text.rstrip(_CLOSERS)
    if not bare:
        return False
    if _inside_bracket(text):
        return True
    return bare[-1] not in ".!?…:;"


def runs_on(text: str) -> bool:
    """Whether a line cannot be the end of anything: it ends in a comma or in an article, preposition, conjunction.

    >>> runs_on("situé à"), runs_on("situé")
    (True, False)
    """
    return text.endswith(",") or bool(_FUNCTION_END.search(text[-12:])) or _inside_bracket(text)


def _inside_bracket(text: str) -> bool:
    return text.rfind("(") > text.rfind(")") and len(text) > 30


def starts_low(text: str) -> bool:
    """Whether a line begins inside a sentence: a small letter (not `mRNA`, not `a)`), or a sign that follows a word.

    >>> starts_low("génique"), starts_low("mRNA vaccines"), starts_low("Génique"), starts_low(", dit-il")
    (True, False, False, True)
    """
    return bool(_LOWER_START.match(text) or _LATE_PUNCTUATION.match(text))


def first_word(text: str) -> str:
    """The first word, with its signs."""
    match = _WORD.search(text)
    return match[0] if match else ""


def capitals(text: str) -> bool:
    """Whether a text is set in capitals (`REPÈRES`, `WHY DUNDEE?`): at least two, and no small letter but one in ten."""
    if text[:200].islower() or (not text[:1].isupper() and len(text) > 60):
        return False
    upper = sum(map(str.isupper, text[:200]))
    return upper >= 2 and upper >= 0.9 * sum(map(str.isalpha, text[:200]))
