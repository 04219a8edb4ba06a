"""What a line or a short text looks like: a list item, a contact line, a footnote, a heading, a byline."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import regex

from pipeline.repair.lines import Line, capitals, unfinished

_BULLET = regex.compile(r"(?P<glyph>[•·▪▫◦‣⁃●○■□◆➢➤►▶✓✔✗☐*\uf0b7\uf0a7]|[-–—](?=\s)|o(?=\s+\S))\s*(?=\S)")
_ORDINAL = regex.compile(r"(?:\(?(?P<n>\d{1,2}|[a-z]|[ivx]{1,4})\)|(?P<d>\d{1,2})\.|(?P<u>[a-z])\.)\s+(?=\S)")
_EMAIL = regex.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_PHONE = regex.compile(
    r"(?<![\d.,/-])(?:(?:\+|00)\d{1,3}[ .-]?(?:\(0\)[ .-]?)?\d(?:[ .-]?\d){6,11}|0\d(?:[ .-]\d{2}){4}"
    r"|0\d{2,4} \d{3} ?\d{3,4}|0\d{9}|0\d{4} \d{6})(?![\d/])"
)
_URL = regex.compile(r"(?:https?://|www\.)\S+")
_CLUE = regex.compile(r"[@\d]|www|//")
_SITE = regex.compile(r"(?:[^:]{2,30} ?: )?<?(?:https?://|www\.)\S{3,80}>?")
_HANDLE = regex.compile(r"(?<!\S)@\w{2,30}")
_STREET = regex.compile(
    r"""(?:^|[\s,–—-])\d{1,4}(?:\s?(?:bis|ter|quater|[A-D]))?,?\s+(?:rue|avenue|av\.|bd|boulevard|place|chaussée|quai
          |allée|chemin|route|impasse|cours|square|passage|voie|esplanade|rond-point|parvis)\b
      | \d{1,4}[a-z]?,?\s+(?:\p{Lu}[\p{L}'-]+\s+){1,3}(?:street|st|road|rd|avenue|lane|way|square|drive|park|court
          |place|gardens|row|close|crescent|boulevard)\b
      | (?:^|[\s,–—-])(?:zone\s+(?:industrielle|d'activités?)|parc\s+d'activités?|technopole|BP\s?\d{1,5}|CS\s\d{4,5}
          |PO\s+box\s+\d+)\b
      | \b(?:unit|suite|building|bâtiment|bât\.|floor|étage|lot)\s+\d{1,3},\ |\b(?:business|science|industrial
          |technology)\s+(?:park|estate|campus)\b""",
    regex.VERBOSE | regex.IGNORECASE,
)
_POSTCODE = regex.compile(
    r"(?:^|[\s,–—-])(?:(?:F-|FR-|CH-|B-|L-|D-)?\d{4,5}\s+\p{Lu}[\p{L}'-]+|[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b)"
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
    r"|renseignements|pour nous contacter|contact us|get in touch|nous contacter)(?: (?:de |for |for the |des "
    r"|pour (?:la |les )?)?(?:presse|press|media|médias?|investisseurs?|investors?|relations \p{L}+|communication"
    r"|recrutement|details|information|enquiries))*\s*:?",
    regex.IGNORECASE,
)
_FOOTNOTE = regex.compile(
    r"(?P<mark>\d{1,2}|[¹²³⁴⁵⁶⁷⁸⁹]|\*{1,3}|[†‡])(?P<sign>\.?)\s*(?=[\p{Lu}\p{Ll}«\"(])"
    r"|[\[(](?P<mark>\d{1,2})[\])]\s*(?=[\p{L}«\"(])"
)
_SUPERSCRIPT = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹", "123456789")
_GLUED_MARK = regex.compile(
    r"(?:\p{Lu}{3}|[\p{Ll})»\"'’%]|(?<!\d)(?:19|20)\d\d|[.,;:!?](?<=\p{Ll}{2}.|[)»\"].))(?P<mark>[1-9]\d?"
    r"|\s?\*{1,3}|\s?[¹²³⁴⁵⁶⁷⁸⁹†‡])(?=[\s.,;:!?)»\"]|$)|(?<=\p{L})\s?[\[(](?P<mark>\d{1,2})[\])]"
)
_ROLE = regex.compile(
    r"\b(?:direct(?:eur|rice|or)|président\p{L}*|president|chief|head|ceo|cso|cfo|coo|pdg|responsable|manager|chef"
    r"|cheffe|fondat(?:eur|rice)|founder|co-?founder|officer|member|vice-?president|pharmacien\p{L}*|pharmacist"
    r"|professeure?|professor|docteur|dr|ingénieure?|engineer|analyste?|journaliste|délégué\p{L}*|chairman|chair"
    r"|secrétaire|associé\p{L}*|partner|lead|scientist|consultante?|conseill\p{L}+)\b",
    regex.IGNORECASE,
)
_PERSON = regex.compile(r"\p{Lu}[\p{L}.'-]*(?:\s(?:de|du|van|von|le|la|der|den|\p{Lu}[\p{L}.'-]*)){1,4}\s*[,–—(-]")
_MONTHS = (
    r"(?:janv\p{L}*|févr\p{L}*|mars|avr\p{L}*|mai|juin|juil\p{L}*|août|sept\p{L}*|oct\p{L}*|nov\p{L}*|déc\p{L}*"
    r"|jan\p{L}*|feb\p{L}*|mar\p{L}*|apr\p{L}*|may|june?|july?|aug\p{L}*|dec\p{L}*)\.?"
)
_DATE = (
    rf"(?:\d{{1,2}}(?:er|st|nd|rd|th)?\s+{_MONTHS}\s+\d{{4}}|{_MONTHS}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    rf"|\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}|\d{{4}}-\d\d-\d\d)"
)
_BYLINE = regex.compile(
    rf"""(?:par|by|de|written\ by|propos\ recueillis\ par|interview\ by|entretien\ :)\s+\p{{Lu}}.*
      | .*\b(?:publiée?s?|published|posted|mise?\ à\ jour|updated|modifiée?|last\ reviewed|paru)\b.{{0,30}}(?:\d{{4}}
          |\d{{1,2}}[/.]\d{{1,2}}).*
      | (?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday|friday|saturday
          |sunday),?\s+)?(?:le\s+)?{_DATE}(?:\s*[-–,|à].{{0,60}})?
      | .{{2,60}},?\s+(?:le\s+)?{_DATE}(?:\s*,?\s*(?:à\s+)?\d{{1,2}}\s?[h:.]\s?\d{{0,2}}.{{0,12}})?
      | \(.*\)""",
    regex.IGNORECASE | regex.VERBOSE,
)
_DAY = regex.compile(rf"(?:\p{{L}}{{5,9}},?\s+)?(?:le\s+)?{_DATE}", regex.IGNORECASE)
_KEY = regex.compile(r"[^:.!?]{2,40}?\s?:\s+(?P<value>\S.*)")
_NUMBERED = regex.compile(
    r"(?:(?:article|annexe|annex|section|chapitre|chapter|partie|part|appendix|étape|step|tableau|table|figure"
    r"|encadré|box)\s+)?(?:\d{1,2}(?:\.\d{1,2}){0,4}|[IVX]{1,5}|[A-H]\d{0,2})(?:\.|\)"
    r"|\s?[-–—:])?\s+(?:[–—-]\s)?(?=[\p{Lu}«\"'ÀÉ])",
    regex.IGNORECASE,
)
_TIME = regex.compile(r"\d{1,2}\s?h(?:\s?\d{2})?\b|\d{1,2}:\d{2}\b|\d{1,2}(?:[:.]\d{2})?\s?[ap]\.?m\b", regex.IGNORECASE)
_CAPTION = regex.compile(r"©|\b(?:photo|image|crédits?|credits?|picture|source)\s*:", regex.IGNORECASE)
_DATED = regex.compile(r"(?:\d{4}(?:-\d{4})?|\d{1,2}(?:er)?(?:-\d{1,2})? \p{L}+(?: \d{4})?)\s*[:–—-]\s+\S")
_AMOUNT = regex.compile(r"[€$£]?\d[\d., ]*(?!\s*(?:ers?|es?|ères?|[eè]mes?|st|nd|rd|th)\b)(?:%|[kM]?€|Md€|\p{Ll})")
_SPEAKER = regex.compile(
    r"(?:(?:\p{Lu}\.[ -]?){2,3}|(?:R|A|Réponse|Answer)\s?[.:]|(?:\p{Lu}[\p{L}'-]+ ){1,3}\p{Lu}[\p{L}'-]+\s?[.:])\s*[–—-]?\s*\p{L}"
)
_INTERVIEW = regex.compile(
    r"(?:propos recueillis|interview(?:ed)? (?:by|par|with|avec)|(?:entretien|interview|q&a|questions-réponses)$)", regex.IGNORECASE
)
_FIRST_PERSON = regex.compile(
    r"(?:^|[\s'(«\"])(?:je|j'\p{L}+|nous|notre|nos|mon|ma|mes|we|our|us|i|i'm|i've|we're|we've|my)(?=[\s,.'])", regex.IGNORECASE
)


def bullet(text: str) -> tuple[str, int]:
    """The glyph that a list item begins with, and how long it is with its spaces; ("", 0) for any other line.

    >>> bullet("• Effectif : 312"), bullet("-80 °C"), bullet("o bac +2")
    (('•', 2), ('', 0), ('o', 2))
    """
    match = _BULLET.match(text)
    return (match["glyph"], match.end()) if match else ("", 0)


def ordinal(text: str) -> str:
    """The number or letter that a line is counted by (`1)`, `a)`, `2.`), or nothing."""
    match = _ORDINAL.match(text)
    return (match["n"] or match["d"] or match["u"]) if match else ""


def _counter_length(text: str) -> int:
    """How long `1)` or `a)` is with its spaces; 0 for `1.`, which may be a section's number and stays."""
    match = _ORDINAL.match(text)
    return match.end() if match and match["n"] else 0


def reachable(text: str) -> bool:
    """Whether a text holds a telephone number, an e-mail address or an account name."""
    return bool(("@" in text and (_EMAIL.search(text) or _HANDLE.search(text))) or _PHONE.search(text))


def contact(text: str) -> bool:
    """Whether a line is there to tell how to reach somebody; prose that happens to hold an e-mail address is not.

    >>> contact("Tél. : 01 99 00 12 34"), contact("12 rue des Tanneurs, 27100 Val-de-Reuil")
    (True, True)
    >>> contact("L'équipe de 27100 patients a répondu à la question que posait le site.")
    False
    """
    if len(text) > 220 or not _CLUE.search(text):
        return False
    small = sum(word[0].islower() and "@" not in word and "/" not in word for word in text.split())
    if reachable(text):
        return small <= 10 or (bool(_LABEL.match(text)) and small <= 14)
    if len(text) > 120 or small > 7:
        return False
    if _STREET.search(text) and (_POSTCODE.search(text) or len(text) < 80):
        return True
    return bool((_POSTCODE.match(text) and len(text) < 50 and small < 4) or _SITE.fullmatch(text))


def address(text: str) -> bool:
    """Whether a line begins with a street and its number, a postcode, an e-mail address or a telephone number."""
    return len(text) < 100 and bool(
        _EMAIL.match(text)
        or _PHONE.match(text)
        or _POSTCODE.match(text)
        or ((match := _STREET.search(text)) and match.start() < 2 and text[:1].isdigit())
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
    match = _FOOTNOTE.match(text)
    if match and match["sign"] and (capitals(text) or unfinished(text)):
        return ""  # 2. RESULTS
    return match["mark"].translate(_SUPERSCRIPT) if match else ""


def glued_marks(text: str) -> frozenset[str]:
    """Marks that stand glued to a word, a year or a closing sign: `ventes1.`, `2023²`, `(2024)3`."""
    return frozenset(m["mark"].strip().translate(_SUPERSCRIPT) for m in _GLUED_MARK.finditer(text))


def byline(text: str) -> bool:
    """Whether a short text says who wrote or spoke, where and when: never a heading.

    >>> byline("Par Anne Roy, le 3 mai 2024"), byline("Jul 24, 2020"), byline("Les lots du 3 mai")
    (True, True, False)
    """
    if _BYLINE.fullmatch(text):
        return True
    return bool(_PERSON.match(text) and _ROLE.search(text)) or (text.count(" – ") > 2 and bool(regex.search(_DATE, text)))


def day(text: str) -> bool:
    """Whether a text is only a date: `Mercredi 21 mai 2025`, which may head the programme of that day."""
    return bool(_DAY.fullmatch(text))


def heading(text: str, lines: int) -> bool:
    """Whether a text can be a heading by its own looks; what follows it decides too.

    >>> heading("WHY DUNDEE?", 1), heading("2.1 Méthode", 1), heading("Le site emploie 40 personnes.", 1), heading("Durée : 3 h", 1)
    (True, True, False, False)
    """
    words = text.split()
    if not words or len(text) > 170 or len(words) > 26 or lines > 3 or not any(c.isalpha() for c in text):
        return False
    if text[0].islower() and not regex.match(r"\p{Ll}+\p{Lu}", text):
        return False
    if _CAPTION.search(text) or _DATED.match(text):
        return False
    if text[-1] in ".;,…" or _TIME.match(text) or byline(text) or regex.match(r"[-–—•*]", text):
        return False
    if (
        (text[-1] == ":" and len(words) > 6)
        or (len(words) == 1 and any(c.isdigit() for c in text))
        or _URL.search(text)
        or "@" in text
    ):
        return False
    key = _KEY.fullmatch(text)
    if key and any(c.isdigit() for c in key["value"]) and len(key["value"]) < 40 and not _NUMBERED.match(text):
        return False
    return not (text[0] in '«"' and text.rstrip()[-1] in '»"' and len(words) > 16)


def counted(text: str) -> bool:
    """Whether a short text begins with an amount (`62 salariés`): a fact, unless it stands as a title above prose."""
    return bool(_AMOUNT.match(text))


def question(text: str) -> bool:
    """Whether a text is a question of its own."""
    return text.endswith("?") and not capitals(text)


def numbered(text: str) -> bool:
    """Whether a heading carries its number (`2.1 Méthode`, `Annexe 1 – Liste`)."""
    return bool(_NUMBERED.match(text))


def personal(text: str) -> bool:
    """Whether somebody speaks: the first person in the first two hundred characters."""
    return bool(_FIRST_PERSON.search(text[:400]))


def spoken(text: str) -> bool:
    """Whether a text begins with who says it: `A. L. Oui.`, `R : Non.`, `Anne Roy : En mai.`"""
    return bool(_SPEAKER.match(text))


def interviewed(text: str) -> bool:
    """Whether a line says that an interview follows: `Propos recueillis par Anne Roy`, `ENTRETIEN`."""
    return bool(_INTERVIEW.match(text))


def items(lines: Sequence[Line], plain: Sequence[bool], width: dict[int, float]) -> dict[int, int]:
    """Lines that begin a list item → how many characters of bullet they begin with (0 for a counted one).

    A dash at the start of a wrapped line may be an aside; a lone `o` or `*` is no bullet; a number counts items only
    beside another one.
    """
    out: dict[int, int] = {}
    shapes = [(bullet(line.text) if ok else ("", 0)) for line, ok in zip(lines, plain, strict=True)]
    glyphs = {glyph for glyph, _ in shapes}
    many = {glyph for glyph in glyphs if glyph and sum(g == glyph for g, _ in shapes) > 1}
    for i, (glyph, length) in enumerate(shapes):
        if not glyph or (glyph in "o*" and glyph not in many):
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
        if _follows(a, b) and j - i < 12 and not (j - i > 1 and _headed(lines, i, j)):
            out.setdefault(i, _counter_length(lines[i].text))
            out.setdefault(j, _counter_length(lines[j].text))
    return out


def _headed(lines: Sequence[Line], i: int, j: int) -> bool:
    """Whether the lines between two counted ones are a text of their own, so that these are its headings."""
    return lines[i + 1].blanks > 0 or (unfinished(lines[i].text) and len(lines[i].text) < 60 and lines[i + 1].text[:1].isupper())


def _follows(a: str, b: str) -> bool:
    if a.isdigit() and b.isdigit():
        return int(b) == int(a) + 1
    return len(a) == len(b) == 1 and ord(b) == ord(a) + 1 if a.isalpha() and b.isalpha() else False
