"""What a line looks like: a list item, a contact line, a footnote."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

import regex

from pipeline.repair.lines import Line, capitals, unfinished

_GLYPHS = frozenset("•·▪▫◦‣⁃●○■□◆➢➤►▶✓✔✗☐*\uf0b7\uf0a7-–—‒―o✅☑👉🔹🔸🔵🟢➡📌❌=→")
_BULLET = regex.compile(
    r"(?P<glyph>[•·▪▫◦‣⁃●○■□◆➢➤►▶✓✔✗☐*\uf0b7\uf0a7]|[✅☑👉🔹🔸🔵🟢➡📌❌]\ufe0f?|[-–—‒―→](?=\s)|[-=]>(?=\s)|o(?=\s+\S))\s*(?=\S)"
)
_ORDINAL = regex.compile(r"(?:\(?(?P<n>\d{1,2}|[a-z]|[ivx]{1,4})\)|(?P<d>\d{1,2})(?:[./]|[o°º])|(?P<u>[a-z])\.)\s+(?=\S)")
_EMAIL = regex.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_PHONE = regex.compile(
    r"(?<![\d.,/-])(?:(?:\+|00)\d{1,3}[ .-]?(?:\(0\)[ .-]?)?\d(?:[ .-]?\d){6,11}|0\d(?:[ .-]\d{2}){4}"
    r"|0\d{2,4} \d{3} ?\d{3,4}|0\d{9}|0\d{4} \d{6}|\(\d{3}\) \d{3}-\d{4}|[2-9]\d{2}-\d{3}-\d{4})(?![\d/])"
)
_CLUE = re.compile(r"[@0-9w/](?:(?<=[@0-9])|(?<=w)ww|(?<=/)/)")
_SITE = regex.compile(r"(?:[^:]{2,30} ?: )?<?(?:https?://|www\.)\S{3,80}>?")
_HANDLE = regex.compile(r"(?<!\S)@\w{2,30}")
_STREET = regex.compile(
    r"""(?:^|[\s,–—-])(?:\d{1,4}\s?[/-]\s?)?\d{1,4}(?:\s?(?:bis|ter|quater|[A-D]))?,?\s+(?:rue|avenue|av\.|bd|boulevard|place|chaussée|quai
          |allée|chemin|route|impasse|cours|square|passage|voie|esplanade|rond-point|parvis)\b
          (?!\ (?:feet|foot|met(?:er|re)s?|miles?)\b|-(?:foot|feet)\b)
      | \d{1,4}[a-z]?,?\s+(?:\p{Lu}[\p{L}'-]+\s+){1,3}(?:street|st|road|rd|avenue|lane|way|square|drive|driveway|parkway|blvd
          |park|court|place|gardens|row|close|crescent|boulevard)\b
      | (?:^|[\s,–—-])(?:zone\s+(?:industrielle|d'activités?)|Z(?:A|I|AC|AE)\s(?:d|l)
          |parc\s+d'activités?|technopole|BP\s?\d{1,5}|CS\s\d{4,5}
          |PO\s+box\s+\d+)\b
      | \b(?:unit|suite|building|bâtiment|bât\.|floor|étage|lot)\s+\d{1,3},\ |\b(?:business|science|industrial
          |technology)\s+(?:park|estate|campus)\b""",
    regex.VERBOSE | regex.IGNORECASE,
)
_STREET_LIST = (  # one of which each alternative of _STREET holds
    "rue avenue av bd boulevard place chaussée quai allée chemin route impasse cours square passage voie esplanade rond parvis"
    " street st road rd lane way drive driveway"
    " parkway blvd park court gardens row close crescent zone parc technopole bp cs po unit suite building"
    " bâtiment bât floor étage lot business science industrial technology za zi zac zae"
)
_STREET_WORDS = frozenset(_STREET_LIST.split())
_LETTERS = re.compile(r"[^\W\d_]+")
_POSTCODE = regex.compile(
    r"(?:^|[\s,–—-])(?:(?:(?:F|FR|CH|B|L|D)-\d{4,5}|(?!(?:19|20)\d\d\s)\d{4,5})\s+\p{Lu}[\p{L}'-]+|[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b)"
)
_TOWN = regex.compile(  # Stevenage SG1 2FX; Ottawa ON K1A 0K9; Cambridge, MA 02139
    r"\p{Lu}[\p{L}' -]{1,30},?\s+(?:[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}"
    r"|\(?[A-Z]{2}\)?,?\s+(?:[A-Z]\d[A-Z]\s\d[A-Z]\d|\d{5}(?:-\d{4})?))"
)
_COUNTRY = regex.compile(
    r"(?:France|Belgique|Belgium|Suisse|Switzerland|United Kingdom|UK|Royaume-Uni|Allemagne|Germany|Luxembourg"
    r"|Ireland|Pays-Bas|The Netherlands|Netherlands)",
    regex.IGNORECASE,
)
_LABEL = regex.compile(
    r"(?:contacts?|tél(?:éphone)?|tel(?:ephone)?|phone|fax|e-?mail|courriel|mail|adresse|address|press(?:e)?"
    r"|enquiries|media|renseignements|site(?: web| internet)?|web)\b[^:]{0,40}:",
    regex.IGNORECASE,
)
_TITLE_OF_CONTACTS = regex.compile(
    r"(?:(?:investors?|media|press|corporate|company|medical)(?: (?:and|&) (?:investors?|media))?(?: relations)? "
    r"(?:contacts?|enquiries|inquiries)|(?:vos |nos |your )?(?:contacts?|coordonnées|interlocuteurs)|adresse(?: postale)?|address"
    r"|enquiries"
    r"|renseignements|pour (?:toute|plus d') ?(?:question|information|demande)s?|for (?:further|more) information|"
    r"pour nous contacter|comment nous (?:joindre|contacter)|nous joindre|how to (?:contact|reach) us|contact us"
    r"|get in touch|nous contacter|(?:relations|service) (?:presse|médias?|investisseurs|communication)"
    r"|(?:media|press|investor) relations)"
    r"(?: (?:de |for |for the |des "
    r"|pour (?:la |les )?)?(?:presse|press|media|médias?|investisseurs?|investors?|relations \p{L}+|communication"
    r"|recrutement|details|information|enquiries))*\s*[:?]?",
    regex.IGNORECASE,
)
_FOOTNOTE = regex.compile(
    r"(?P<mark>\d{1,2}|[¹²³⁴⁵⁶⁷⁸⁹]|\*{1,3}|[†‡])(?P<sign>\.?)\s*(?=[\p{Lu}\p{Ll}«\"(])"
    r"|[\[(](?P<mark>\d{1,2})[\])]\s*(?=[\p{L}«\"(])"
)
_SUPERSCRIPT = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹", "123456789")
MARK_SIGNS = frozenset("0123456789¹²³⁴⁵⁶⁷⁸⁹*†‡[(")
_RAISED = "¹²³⁴⁵⁶⁷⁸⁹†‡"
_END = r"(?=[\s.,;:!?)»\"]|$)"
_GLUED_MARK = re.compile(  # one class first: a scan for it is ten times faster than for what stands before a mark
    rf"[1-9*{_RAISED}\[(](?:(?<=[1-9])\d?{_END}|(?<=\*)\*{{0,2}}{_END}|(?<=[{_RAISED}]){_END}|(?<=[\[(])\d{{1,2}}[\])])"
)
_TITLED = 60  # characters: a title is hardly longer
_YEAR_END = re.compile(r"(?<!\d)(?:19|20)\d\d$")


def bullet(text: str) -> tuple[str, int]:
    """The glyph that a list item begins with, and how long it is with its spaces; ("", 0) for any other line.

    >>> bullet("• Effectif : 312"), bullet("-80 °C"), bullet("o bac +2")
    (('•', 2), ('', 0), ('o', 2))
    """
    match = _BULLET.match(text) if text[:1] in _GLYPHS else None
    return (match["glyph"], match.end()) if match else ("", 0)


def ordinal(text: str) -> str:
    """The number or letter that a line is counted by (`1)`, `a)`, `2.`), or nothing."""
    match = _ORDINAL.match(text) if ")" in text[:6] or any(sign in "./o°º" for sign in text[1:3]) else None
    return (match["n"] or match["d"] or match["u"]) if match else ""


def _sign(text: str) -> str:
    """How a line is counted: `(1)`, `1)` or `1.`"""
    return ("(" if text[0] == "(" else "") + (")" if ")" in text[:6] else ".")


def _counter_length(text: str) -> int:
    """How long `1)` or `a)` is with its spaces; 0 for `1.`, which may be a section's number and stays."""
    match = _ORDINAL.match(text)
    return match.end() if match and match["n"] else 0


def reachable(text: str) -> bool:
    """Whether a text holds a telephone number, an e-mail address or an account name."""
    return bool(("@" in text and (_EMAIL.search(text) or _HANDLE.search(text))) or _calls(text))


def _calls(text: str) -> bool:
    return ("0" in text or "+" in text or "(" in text) and bool(_PHONE.search(text))


def contact(text: str) -> bool:
    """Whether a line is there to tell how to reach somebody; prose that happens to hold an e-mail address is not.

    >>> contact("Tél. : 01 99 00 12 34"), contact("12 rue des Tanneurs, 27100 Val-de-Reuil")
    (True, True)
    >>> contact("L'équipe de 27100 patients a répondu à la question que posait le site.")
    False
    """
    if len(text) > 220 or not _CLUE.search(text):
        return False
    reached = reachable(text)
    if not reached and len(text) > 120:
        return False
    small = sum([word[0].islower() and "@" not in word and "/" not in word for word in text.split()])
    if reached:
        return small <= 10 or (bool(_LABEL.match(text)) and small <= 14)
    if small > 7:
        return False
    if _street(text) and (len(text) < 80 or _POSTCODE.search(text)):
        return True
    return bool(
        (len(text) < 50 and small < 4 and (_POSTCODE.match(text) or _TOWN.fullmatch(text)))
        or (("//" in text or "www" in text) and _SITE.fullmatch(text))
    )


def _street(text: str) -> regex.Match[str] | None:
    return None if _STREET_WORDS.isdisjoint(_LETTERS.findall(text.lower())) else _STREET.search(text)


def address(text: str) -> bool:
    """Whether a line begins with a street and its number, a postcode, an e-mail address or a telephone number."""
    return len(text) < 100 and bool(
        ("@" in text and _EMAIL.match(text))
        or _PHONE.match(text)
        or _POSTCODE.match(text)
        or _TOWN.fullmatch(text)
        or (text[:1].isdigit() and (match := _street(text)) and match.start() < 2)
    )


def contact_neighbour(text: str) -> bool:
    """Whether a short line may be part of an address block: a name, a department, a country."""
    return country(text) or (len(text) < 80 and unfinished(text) and not capitals(text) and not contact_title(text))


def country(text: str) -> bool:
    """Whether a line is only the country that an address ends with."""
    return bool(_COUNTRY.fullmatch(text.strip(" .,")))


def contact_title(text: str) -> bool:
    """`Contact presse :`, `Enquiries`: the heading of a contact block."""
    return bool(_TITLE_OF_CONTACTS.fullmatch(text))


def footnote_mark(text: str) -> str:
    """The mark that a footnote line begins with, or nothing; whether it is one depends on the text above.

    >>> footnote_mark("1 Données au 31 mars."), footnote_mark("¹ Hors stocks."), footnote_mark("10 000 lots")
    ('1', '1', '')
    """
    match = _FOOTNOTE.match(text) if text[:1] in MARK_SIGNS else None
    if match and match["sign"] and (capitals(text) or (unfinished(text) and len(text) < _TITLED)):
        return ""  # 2. RESULTS
    return match["mark"].translate(_SUPERSCRIPT) if match else ""


def glued_marks(text: str) -> frozenset[str]:
    """Marks that stand glued to a word, a year or a closing sign: `ventes1.`, `2023²`, `(2024)3`."""
    return frozenset(mark for m in _GLUED_MARK.finditer(text) if (mark := _glued(text, m.start(), m[0])))


def _glued(text: str, at: int, mark: str) -> str:
    """The mark at `at` where it sticks to something that a footnote mark follows, else nothing."""
    before = at - 1 if text[at - 1 : at].isspace() and not mark[0].isdigit() else at
    if mark[0] in "[(":
        last = text[before - 1 : before]
        dated = last.isdigit() and bool(_YEAR_END.search(text, max(0, before - 5), before))
        return mark[1:-1] if _small(last) or last.isupper() or dated else ""
    last = text[before - 1 : before]
    if _small(last) or (last and (last in ")»\"'’%" or (mark[0] in "†‡" and not last.isspace()))):
        return mark.translate(_SUPERSCRIPT)
    if last.isupper():
        found = before > 2 and all(map(str.isupper, text[before - 3 : before]))
    elif last.isdigit():
        found = bool(_YEAR_END.search(text, max(0, before - 5), before))
    else:
        behind = text[before - 2 : before - 1] if before > 1 else ""
        pair = before > 2 and _small(behind) and _small(text[before - 3])
        dated = last == "." and behind.isdigit() and bool(_YEAR_END.search(text, max(0, before - 6), before - 1))
        found = dated or (bool(last) and last in ".,;:!?" and (pair or (bool(behind) and behind in ')»"')))
    if found:
        return mark.translate(_SUPERSCRIPT)
    return _glued(text, at + 1, mark[1:]) if len(mark) == 2 and mark[1] in "123456789" else ""


def _small(sign: str) -> bool:
    return sign.islower() and sign not in "ªº"


def items(lines: Sequence[Line], plain: Sequence[bool], width: dict[int, float]) -> dict[int, int]:
    """Lines that begin a list item → how many characters of bullet they begin with (0 for a counted one).

    A dash at the start of a wrapped line may be an aside; a lone `o` or `*` is no bullet; a number counts items only
    beside another one.
    """
    out: dict[int, int] = {}
    none = ("", 0)
    shapes = [(bullet(line.text) if ok and line.text[0] in _GLYPHS else none) for line, ok in zip(lines, plain, strict=True)]
    many = Counter(glyph for glyph, _ in shapes if glyph)
    for i, (glyph, length) in enumerate(shapes if many else ()):
        if not glyph or (glyph in "o*" and many[glyph] < 2):
            continue
        if glyph in "-–—" and i and lines[i].blanks == 0 and glyph not in (shapes[i - 1][0],):
            before = lines[i - 1].text
            wide = width.get(lines[i].stream, 0.0)
            if plain[i - 1] and wide and unfinished(before) and len(before) > 0.75 * wide and not shapes[i - 1][0]:
                continue
        out[i] = length
    counted = [(i, ordinal(line.text)) for i, line in enumerate(lines) if plain[i] and i not in out]
    marks = [(i, mark) for i, mark in counted if mark]
    for (i, a), (j, b) in itertools.pairwise(marks):
        if (
            _follows(a, b)
            and _sign(lines[i].text) == _sign(lines[j].text)
            and j - i < 12
            and not (j - i > 1 and _headed(lines, i, j))
        ):
            out.setdefault(i, _counter_length(lines[i].text))
            out.setdefault(j, _counter_length(lines[j].text))
    return out


def counted_apart(lines: Sequence[Line], plain: Sequence[bool]) -> list[int]:
    """Lines that hold only an item's number, `1.`, the item right below each: two or more that count up."""
    marks = [
        (i, ordinal(f"{line.text} x"))
        for i, line in enumerate(lines[:-1])
        if len(line.text) < 5 and plain[i] and plain[i + 1] and not lines[i + 1].blanks and lines[i + 1].text[0].isalpha()
    ]
    marks = [(i, mark) for i, mark in marks if mark and lines[i].text[-1] in ".)"]
    pairs = [(i, j) for (i, a), (j, b) in itertools.pairwise(marks) if _follows(a, b) and 1 < j - i < 12]
    return sorted({i for pair in pairs for i in pair})


def _headed(lines: Sequence[Line], i: int, j: int) -> bool:
    """Whether the lines between two counted ones are a text of their own, so that these are its headings."""
    return lines[i + 1].blanks > 0 or (unfinished(lines[i].text) and len(lines[i].text) < 60 and lines[i + 1].text[:1].isupper())


def _follows(a: str, b: str) -> bool:
    if a.isdigit() and b.isdigit():
        return int(b) == int(a) + 1
    return len(a) == len(b) == 1 and ord(b) == ord(a) + 1 if a.isalpha() and b.isalpha() else False
