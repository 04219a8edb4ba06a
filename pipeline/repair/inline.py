"""What is mended inside one block once its lines are joined: glued sentences, footnote marks, spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.edits import Revision
from pipeline.model import Edit, Kind, Span
from pipeline.repair.exponents import exponents
from pipeline.repair.footnotes import footnote_marks, letters_from
from pipeline.repair.spacing import spacing
from pipeline.repair.vocabulary import common

_FURNITURE, _PROSE = Kind.FURNITURE, (Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM, Kind.DUPLICATE)
# where any of the rules may begin: one look at a text, and most texts hold nothing
_FAULT = re.compile(
    r"[ \t\u00ad'(\[,;.!?…)⁰¹²³⁴-⁹](?:(?<= )[ \t,.)\]]|(?<=[\t\u00ad⁰¹²³⁴-⁹])|(?<=['(\[]) |(?<=[,;])[^\W\d_]"
    r"|(?<=[.!?…])[\"»)]?[«\"A-ZÀ-ÖØ-ÞŒ]|(?<=\))[a-zà-ÿœ]|(?<=[^\W\d_]\()[A-ZÉ])"
    r"|[a-zéû](?=(?:19|20)\d\d(?!\w))"
)

# a stop with a capital right after it; what stands on both sides is looked at only then
_INCLUSIVE = re.compile(
    r"(?:(?<=[a-zé]{2}er)(?:/i?ère|\(i?ère\))|(?<=[a-zé]{2}teur)(?:/t?rice|\(t?rice\))|(?<=[a-zé]{2}eur)(?:/euse|\(euse\))"
    r"|(?<=[a-zé]eux)(?:/se|/euse|\(se\))|(?<=[a-zé]{2}ien)/n?ne|(?<=[a-zé]{2}if)(?:/i?ve|\(ve\)))(?!\w)"
)
_CENTURY = re.compile(r"(?<![^\W\d_])(?:[XVI]{2,5}|\d{1,2})(?P<gap> )(?=(?:e|è?me) siècles?(?!\w))")
_SCALE = re.compile(r"(?<=\d )(?P<stem>mill?i?ar|mill?ard|mill?on|milion)(?P<many>s?)(?= (?:d['e]|€|euros?\b))")
# a word stuck to its number: 5comprimés, 200patients; not 2e, 3ème, 12h
_GLUED = re.compile(r"(?<![\w.,/'’@#&=-])\d{1,4}(?=(?P<word>[a-zà-ÿœ]{4,24})(?![\w'’@/-]|\.[a-z]))")
_STOP = re.compile(r"""(?P<stop>[.!?…]["»)]?)(?P<right>«\ ?|"|[A-ZÀ-ÖØ-ÞŒ][^\W\d_]*(?:['-][^\W\d_]+)*'?)(?P<next>.?)""", re.VERBOSE)
_OPENS = re.compile(r"(?P<number>\d{1,2}\.)(?=[A-ZÀ-ÖØ-ÞŒ][a-zà-ÿœ'])|(?P<cap>[A-ZÀ-ÖØ-ÞŒ]) (?P<rest>[a-zà-ÿœ]+)(?= )")
_SPEAKS = re.compile(r"(?:[A-ZÀ-ÖØ-Þ]\.[ -]?){2,3} ?:|(?<=\?)[RA](?:\. | ?: ?)(?=[A-ZÀ-ÖØ-Þ«])")  # ?N. G. : Oui ; ?R. Non
_LEFT = re.compile(r"[^\W\d_]+$|\d+$|[)»\"%\]²³€$£]$")
_PAIR = re.compile(r"[,;](?=[^\W\d_]{2})")
_ASTRAY = re.compile(r"(?<=\s),(?=[^\W\d_])")  # 8,6 M€ ,a été
_YEARS = (
    "en fin début mi depuis année exercice avant après dès janvier février mars avril mai juin juillet août septembre octobre"
    " novembre décembre in since until early late mid january february march april may june july august september october"
    " november december"
)
_YEAR = re.compile(rf"(?<![^\W_])(?:{'|'.join(_YEARS.split())})(?=(?:19|20)\d\d(?!\w))", re.IGNORECASE)
_CLOSING = re.compile(r"\)(?P<word>[a-zà-ÿœ]{2,})")
_OPENING = re.compile(r"\((?=[A-ZÉ]{2,7}\))")
_WORD = re.compile(r"[^\W\d_]+")
_LITERAL = re.compile(r"@|//|[Ww]{3}\.|\\|_|\.[a-z]{2,4}(?:[/?#]|$)|=")
_TLD = {
    "com",
    "org",
    "net",
    "fr",
    "eu",
    "uk",
    "io",
    "info",
    "de",
    "ch",
    "be",
    "ca",
    "gov",
    "edu",
    "pdf",
    "doc",
    "docx",
    "xlsx",
    "html",
    "txt",
}
_SHORT = {"À", "A", "I", "Y", "Ô"}
_AFTER_LETTERS = {"p.m", "a.m"}  # a single letter before the stop that ends a word all the same
_ABBREVIATED = {
    "m",
    "mm",
    "mr",
    "mrs",
    "ms",
    "dr",
    "pr",
    "prof",
    "st",
    "ste",
    "art",
    "al",
    "fig",
    "no",
    "cf",
    "ph",
    "vol",
    "ed",
    "sc",
    "mme",
}


def polish(draft: Revision, kind: Kind, marks: frozenset[str]) -> Revision:
    """The block's text with its inner faults mended; `marks` are the marks of the document's footnotes (`1`, `*`).

    Prose gets every rule, table rows and contact lines only footnote marks and spaces, furniture only spaces. Leaves
    alone whatever is not certain: `S.A.`, `L.5124-1`, addresses of the web, `CD19`, French spaces before `; : ! ? %`.

    >>> polish(Revision.start("Chez Vantrel Pharma.Le site  ouvre."), Kind.PARAGRAPH, frozenset()).text
    'Chez Vantrel Pharma. Le site ouvre.'
    """
    text = draft.text
    if kind is not _FURNITURE and (raised := list(exponents(text))):
        draft = draft.revise(raised)
        text = draft.text
    found = footnote_marks(text, marks) if kind is not _FURNITURE else []
    if kind in _PROSE and (opening := _OPENS.match(text)):
        found = [*_opening(text, opening), *found]
    found = [*found, *glued_counts(text)]
    if " mil" in text:
        found += misspelt(text)
    if " siècle" in text:
        found += [Edit(Span(*m.span("gap")), " ", "", "repair.stray-space") for m in _CENTURY.finditer(text)]
    if "/" in text or "(" in text:
        found += inclusive(text)
    found.sort(key=lambda edit: edit.span)
    if not found and text[:1] != " " and text[-1:] != " " and not _FAULT.search(text):
        return draft
    draft = draft.revise(found)
    if kind in _PROSE:
        if _STOP.search(draft.text):
            draft = draft.revise(glued_sentences(draft.text))
        if found := list(missing_spaces(draft.text)):
            draft = draft.revise(found)
    return draft.revise(spacing(draft.text))


def glued_counts(text: str) -> Iterator[Edit]:
    """A space between a number and the word that is stuck to it: `5comprimés`. Rule `repair.missing-space`."""
    for match in _GLUED.finditer(text):
        if common(match["word"]):
            yield Edit(Span(match.end(), match.end()), "", " ", "repair.missing-space")


def misspelt(text: str) -> Iterator[Edit]:
    """A misspelt word of an amount, which would lose its value: `10 milliars d'euros`. Rule `repair.misspelt`."""
    for match in _SCALE.finditer(text):
        right = ("milliard" if "ar" in match["stem"] else "million") + match["many"]
        if right != match[0]:
            yield Edit(Span(*match.span()), match[0], right, "repair.misspelt")


def inclusive(text: str) -> Iterator[Edit]:
    """The feminine ending behind a French word is taken away: `infirmier/ère`, `rigoureux(se)`. Rule `repair.inclusive`."""
    for match in _INCLUSIVE.finditer(text):
        yield Edit(Span(*match.span()), match[0], "", "repair.inclusive")


def _opening(text: str, found: re.Match[str]) -> Iterator[Edit]:
    """`D epuis mai` → `Depuis mai`, a large first letter that an extractor set apart; `1.Contexte` → `1. Contexte`."""
    at, word = found.end(), found["rest"]
    if found["number"]:
        yield Edit(Span(at, at), "", " ", "repair.missing-space")
    elif common(found["cap"] + word) and (
        not common(word) if len(word) > 1 else found["cap"] + word in ("La", "Le", "Il", "On", "Un")
    ):
        yield Edit(Span(1, 2), " ", "", "repair.drop-cap")


def glued_sentences(text: str) -> Iterator[Edit]:
    """A space after a stop that a capital follows directly: `Pharma.Le` → `Pharma. Le`. Rule `repair.glued`."""
    at = 0
    while match := _STOP.search(text, at):
        at = match.start("right")
        if _is_glued(text, match):
            yield Edit(Span(at, at), "", " ", "repair.glued")


def _is_glued(text: str, match: re.Match[str]) -> bool:
    stop = match.start()
    if match["stop"] in ("?", "!", ".") and len(match["right"]) == 1 and _SPEAKS.match(text, match.start("right")):
        return True
    if text[stop - 1 : stop] == " " and _parted(match["stop"], match["right"]):
        stop -= 1  # 2023 .Un: the space stood on the wrong side
    found = _LEFT.search(text, max(0, stop - 60), stop)
    if found is None:
        return False
    left, right, following, begin, end = found[0], match["right"], match["next"], found.start(), match.end("right")
    if _LITERAL.search(text[_token_start(text, begin) : _token_end(text, end)]) or following in ("@", "/", "_"):
        return False
    if right[0] in '«"':
        before = left.isalpha() and len(left) > 2 and match["stop"][-1] not in '"»)'
        return before and following.isalnum() and _opens(text, end, right)
    if following == "." and text[end + 1 : end + 2].isalpha() and len(right) < 4:
        return False  # U.S.A., S.A.S.
    if right.lower() in _TLD and left.isalpha() and not _ordinary(right):
        return False
    if left.isdigit():
        return not _numbering(text, begin) and (_begins_sentence(right) if len(left) == 4 else _ordinary(right))
    return _begins_sentence(right) if not left.isalpha() else _after_word(text, begin, left, right, match["stop"])


def _parted(stop: str, right: str) -> bool:
    """Whether a stop behind a space ends a sentence all the same: `Pourquoi ?Le`, or a misplaced space before `.`"""
    if stop in ("?", "!"):
        return len(right) > 1 and right[1:].islower()
    return stop == "." and right.lower() not in _TLD and _ordinary(right)


def _after_word(text: str, begin: int, left: str, right: str, stop: str) -> bool:
    before = text[max(0, begin - 2) : begin]
    if before + left in _AFTER_LETTERS or left.lower() == "etc" or before[-1:] == "°" or before[-1:].isdigit():
        return _ordinary(right)  # p.m.The, 5 °C.Les, $5m.It
    if len(left) == 1 or before[-1:] == "." or (left.lower() in _ABBREVIATED and stop == "."):
        return False
    if left.isupper() or any(c.isupper() for c in left[1:]):
        return _ordinary(right) and (len(right) > 1 or right in _SHORT)
    return _begins_sentence(right)


def _begins_sentence(word: str) -> bool:
    if word in _SHORT or (len(word) > 2 and word[1] == "'"):
        return True
    return len(word) > 1 and (word[1:].islower() or len(word) > 3)


def _opens(text: str, end: int, quote: str) -> bool:
    return quote[0] == "«" or text[:end].count('"') % 2 == 1


def _numbering(text: str, begin: int) -> bool:
    """`1.Introduction`, `2.1.Titre` at the start of a block, `v1.2.Final`: a number that counts, not a sentence's end."""
    start = _token_start(text, begin)
    return not text[:start].strip() or not re.fullmatch(r"[\d.,(–−+$€£-]*|[ckd]?m|\d{1,2}/\d{1,2}/", text[start:begin])


def _token_start(text: str, at: int) -> int:
    return text.rfind(" ", max(0, at - 120), at) + 1 or max(0, at - 120)


def _token_end(text: str, at: int) -> int:
    most = min(len(text), at + 120)
    end = text.find(" ", at, most)
    return most if end < 0 else end


def missing_spaces(text: str) -> Iterator[Edit]:
    """A space after `,` or `;` between two ordinary words, around a bracket, and before a year. Rule `repair.missing-space`."""
    spots = {m.end() for m in _PAIR.finditer(text) if _between_words(text, m.start())} if "," in text or ";" in text else set()
    spots |= {m.end() for m in _YEAR.finditer(text)}
    if " ," in text:
        spots |= {m.end() for m in _ASTRAY.finditer(text)}
    if ")" in text:
        spots |= {m.start("word") for m in _CLOSING.finditer(text) if _ordinary(m["word"]) and _opened_after_space(text, m.start())}
        spots |= {m.start() for m in _OPENING.finditer(text) if _ordinary(text[letters_from(text, m.start()) : m.start()])}
    for at in sorted(spots):
        yield Edit(Span(at, at), "", " ", "repair.missing-space")


def _opened_after_space(text: str, closing: int) -> bool:
    """Whether the bracket that closes here holds an acronym or words: not so in `technicien(ne)s`, `(n-octyl)tin`."""
    opening = text.rfind("(", max(0, closing - 200), closing)
    inside = text[opening + 1 : closing]
    return opening >= 0 and text[max(0, opening - 1) : opening] in ("", " ") and (inside.isupper() or " " in inside)


def _between_words(text: str, at: int) -> bool:
    left = text[letters_from(text, at) : at]
    found = _WORD.match(text, at + 1)
    right = found[0] if found else ""
    if not (left[1:].islower() and len(left) > 2 and len(right) > 1 and _ordinary(left) and _ordinary(right)):
        return False
    return not _LITERAL.search(text[_token_start(text, at) : _token_end(text, at)])


def _ordinary(word: str) -> bool:
    """Whether the word is one that both occurs often and is not a name."""
    base = word.split("'")[-1] if "'" in word else word
    return common(base)
