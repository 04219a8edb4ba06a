"""What a short text looks like: a heading, a byline, a question, somebody speaking."""

from __future__ import annotations

import re

import regex

from pipeline.repair.lines import capitals
from pipeline.repair.vocabulary import common

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
_CREDITED = regex.compile(
    r"(?:par|by|de|written by|propos recueillis par|interview by|(?:additional )?reporting by|editing by"
    r"|entretien :)\s+\p{Lu}.*|\(.*\)",
    regex.IGNORECASE,
)
_CREDITS = (
    "par",
    "by",
    "de",
    "written by",
    "propos recueillis par",
    "interview by",
    "entretien :",
    "additional",
    "reporting",
    "editing",
    "(",
)  # as there
_WRITER = regex.compile(
    r"(?:(?:senior|deputy|staff|chief|associate|contributing) )*(?:editor|reporter|writer|correspondent)(?:[ -]in[ -]chief)?"
    r"|(?:journaliste|rédact(?:eur|rice)(?: en chef)?|correspondante?)(?: (?:à|au|de|du|des) .{3,30})?",
    regex.IGNORECASE,
)
_PUBLISHED = regex.compile(
    r".*\b(?:publiée?s?|published|posted|mise? à jour|updated|modifiée?|last reviewed|paru)\b.{0,30}(?:\d{4}|\d{1,2}[/.]\d{1,2}).*",
    regex.IGNORECASE,
)
_YESTERDAY = regex.compile(
    r"(?:publiée?|mise? à jour|posted|published|updated) (?:hier|aujourd'hui|ce matin|à \d|le \d|yesterday|today)\b",
    regex.IGNORECASE,
)
_PUBLISHING = ("publi", "posted", " à jour", "updated", "modifié", "reviewed", "paru")
_WHEN = regex.compile(
    rf"""(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday|friday|saturday
          |sunday),?\s+)?(?:le\s+)?{_DATE}(?:\s*[-–,|à].{{0,60}}|\s+\d{{1,2}}[.:h]\d\d(?:\s?[ap]\.?m\.?)?)?""",
    regex.IGNORECASE | regex.VERBOSE,
)
_WHERE = regex.compile(
    rf".{{2,60}},?\s+(?:le\s+)?{_DATE}(?:\s*,?\s*(?:à\s+)?\d{{1,2}}\s?[h:.]\s?\d{{0,2}}.{{0,12}})?", regex.IGNORECASE
)
_YEAR = re.compile(r"\d(?:\d\d\d|[/.-]\d)")  # of any date
_CLOCK = re.compile(r"\d\s?[h:.]", re.IGNORECASE)
_ANY_DATE = regex.compile(_DATE)
_DAY = regex.compile(rf"(?:\p{{L}}{{5,9}},?\s+)?(?:le\s+)?{_DATE}", regex.IGNORECASE)
_KEY = regex.compile(r"[^:.!?]{2,40}?\s?:\s+(?P<value>\S.*)")
_NUMBERED = regex.compile(
    r"(?:(?:article|annexe|annex|section|chapitre|chapter|partie|part|appendix|étape|step|tableau|table|figure"
    r"|encadré|box)\s+)?(?:\d{1,2}(?:\.\d{1,2}){0,4}|[IVX]{1,5}(?:\.\d{1,2}){0,4}|[A-H]\d{0,2})(?:\.|\)"
    r"|\s?[-–—:])?\s+(?:[–—-]\s)?(?=[\p{Lu}«\"'ÀÉ])",
    regex.IGNORECASE,
)
_TIME = regex.compile(r"\d{1,2}\s?h(?:\s?\d{2})?\b|\d{1,2}:\d{2}\b|\d{1,2}(?:[:.]\d{2})?\s?[ap]\.?m\b", regex.IGNORECASE)
_DIGIT = re.compile(r"\d")
_DAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_HOURS = regex.compile(rf"(?:(?:du|le|from|every) )?(?:{_DAYS})\b.{{0,40}}\d\s?(?:h|am|pm|:\d\d)\b", regex.IGNORECASE)
_ASIDE = regex.compile(r"\[(?:\d{1,2}:\d\d[\d:]*\]|\p{Ll}[^\]]*\]$)")  # [00:12:04] AD : Oui ; [musique]
_ANSWERED = regex.compile(
    r" ?: (?:oui|non|yes|no|«[^»]*[.!?…] ?»)$", regex.IGNORECASE
)  # Reconduction : oui ; M. ROY : « J'en prends acte. »
_SENTENCES = regex.compile(r"\p{Ll}{3,}[.!?] \p{Lu}\p{Ll}+ \p{Ll}")  # two sentences, of which the last is cut
_CREDIT = regex.compile(r"(?:Publiée?|Mise? à jour|Par|By|Posted|Published|(?:Last )?[Uu]pdated|Écrit par|Written by)\b")
_PAIR = regex.compile(r"\p{Lu}[^:.!?;]{1,40}?\s?:\s\S")
_SIGNED = regex.compile(
    r"(?:pour (?:le|la|l').{0,60}délégation|fait à |done at |signed (?:by|on behalf)|on behalf of "
    r"|(?:modération|modératrice|modérateur|animation|animée? par|intervenante?s?"
    r"|moderators?|chairs?|chaired by|speakers?)\s?: )",
    regex.IGNORECASE,
)
_CIVIL = regex.compile(
    r"(?:M\.|Mme|Mlle|MM\.|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Pr\.?|Prof\.?|Sir|Dame) \p{Lu}[\p{L}.' -]{1,50}(?:, | [–—-] | \()\p{Ll}"
)
_MIXED = regex.compile(r"\p{Ll}+\p{Lu}")  # mRNA
_URL = re.compile(r"(?:https?://|www\.)\S")
_CAPTION = regex.compile(
    r"©|\((?:crédits? )?(?:photo|image|illustration)s?\b|\b(?:photo|image|crédits?|credits?|picture|source)\s*:"
    r"|^\[(?:photo|image|illustration)\b|(?-i:(?<=\p{Ll}\p{Ll}|\d{4})\. \p{Lu}[\p{Lu}'.-]+(?: \p{Lu}[\p{Lu}'.-]+)+$)",
    regex.IGNORECASE,
)
_DATED = regex.compile(r"(?:\d{4}(?:-\d{4})?|\d{1,2}(?:er)?(?:-\d{1,2})? \p{L}+(?: \d{4})?)\s*[:–—-]\s+\S")
_AMOUNT = regex.compile(r"[€$£]?\d[\d., ]*(?!\s*(?:ers?|es?|ères?|[eè]mes?|st|nd|rd|th)\b)(?:%|[kKM]?€|Md€|\p{Ll})")
_SPEAKER = regex.compile(
    r"(?:(?:\p{Lu}\.[ -]?){2,3}|(?:R|A|Réponse|Answer)\s?[.:]|(?:\p{Lu}[\p{L}'-]+ ){1,3}\p{Lu}[\p{L}'-]+\s?[.:])\s*[–—-]?\s*\p{L}"
)
_INTERVIEW = regex.compile(
    r"(?:propos recueillis|interview(?:ed)? (?:by|par|with|avec)|(?:entretien|interview|q&a|questions-réponses)$)", regex.IGNORECASE
)
_FIRST_PERSON = regex.compile(
    r"(?:^|[\s'(«\"])(?:je|j'\p{L}+|nous|notre|nos|mon|ma|mes|we|our|us|i|i'm|i've|we're|we've|my)(?=[\s,.'])", regex.IGNORECASE
)


_NAMES = regex.compile(r"^(?:Dr|Pr|Prof|Mme|Mr|Mrs|Ms|M)\.? |,? (?:et|and|&|in|à|de|du|van|von|der|den) |[,/]|\([^()]*\)")
_GIVEN = regex.compile(r"(?:(?:Dr|Pr|Prof|Mme|Mr|Mrs|Ms|M)\.? )?(?:\p{Lu}\.[ -]?|\p{Lu}[\p{L}'-]+ )+\p{Lu}\p{L}")
_INITIALS = regex.compile(r"(?:(?:Dr|Pr|Prof|Mme|Mr|Mrs|Ms|M)\.? )\p{Lu}\p{L}|\p{Lu}\.[ -]?(?:\p{Lu}\.[ -]?)*\p{Lu}\p{Ll}")
_INITIAL = regex.compile(r"(?:\p{Lu}\.-?){1,3}")
_NAME = regex.compile(r"\p{Lu}\p{Ll}+(?:[A-Z]\p{Ll}+)?(?:['-]\p{Lu}?\p{Ll}+)*")
_ARTICLE_LIST = "a amid an and au aux d' de des du et l' la le les near of ou or the un une via"
_ARTICLES = frozenset(_ARTICLE_LIST.split())


def waits(text: str) -> bool:
    """Whether a text ends in an article or the like, so that a word must follow.

    >>> waits("une marge de"), waits("where it comes from")
    (True, False)
    """
    last = text[-8:].rsplit(None, 1)[-1]
    return last in _ARTICLES and last != text


def byline(text: str) -> bool:
    """Whether a short text says who wrote or spoke, where and when: never a heading.

    >>> byline("Par Anne Roy, le 3 mai 2024"), byline("Jul 24, 2020"), byline("Les lots du 3 mai")
    (True, True, False)
    """
    low = text.lower()
    if low.startswith(_CREDITS) and _CREDITED.fullmatch(text):
        return True
    if len(text) < 60 and (_WRITER.fullmatch(text) or _YESTERDAY.match(text)):
        return True
    if _YEAR.search(text):
        if any(map(low.__contains__, _PUBLISHING)) and _PUBLISHED.fullmatch(text):
            return True
        if _WHEN.fullmatch(text) or ((text[-1].isdigit() or _CLOCK.search(text[-24:])) and _WHERE.fullmatch(text)):
            return True
        if text.count(" – ") > 2 and _ANY_DATE.search(text):
            return True
    if _SIGNED.match(text) or (any(map(text.__contains__, "•·|")) and _YEAR.search(text) and _ANY_DATE.search(low)):
        return True
    if text[:1] in ("M", "D", "P", "S") and _CIVIL.match(text):
        return True
    return text[:1].isupper() and bool(_PERSON.match(text) and _ROLE.search(text))


def person(text: str) -> bool:
    """Whether a short text is only persons' names, perhaps with a place: `C. Marchetti, Lyon`, `Anne Roy et Paul Ney`.

    >>> person("C. Marchetti, Marseille"), person("Gene Therapy"), person("Anne Roy")
    (True, False, True)
    """
    words = _NAMES.sub(" ", text).split() if len(text) < 80 and text[:1].isupper() else []
    if not 2 <= len(words) <= 8 or not _GIVEN.match(text):
        return False
    return all(_INITIAL.fullmatch(word) or (_NAME.fullmatch(word) and not common(word)) for word in words)


def initialled(text: str) -> bool:
    """Whether a text begins as a person's name does and a title never: an initial, `Dr`, `Mme`."""
    return bool(_INITIALS.match(text))


def credit(text: str) -> bool:
    """Whether a line opens like a byline and is one: `Mis à jour le 4/11/2024`, `By Anne Roy`."""
    return len(text) < 120 and text[-1] != "." and bool(_CREDIT.match(text)) and byline(text)


def day(text: str) -> bool:
    """Whether a text is only a date: `Mercredi 21 mai 2025`, which may head the programme of that day."""
    return len(text) < 60 and bool(_DIGIT.search(text) and _DAY.fullmatch(text))


def heading(text: str, lines: int) -> bool:
    """Whether a text can be a heading by its own looks; what follows it decides too.

    >>> heading("WHY DUNDEE?", 1), heading("2.1 Méthode", 1), heading("Le site emploie 40 personnes.", 1), heading("Durée : 3 h", 1)
    (True, True, False, False)
    """
    if not text or len(text) > 170 or lines > 3 or text[-1] in ".;,…" or text[0] in "-–—•*":
        return False
    words = text.split()
    if not words or len(words) > 26 or not any(map(str.isalpha, text)):
        return False
    if (text[0].islower() and not _MIXED.match(text)) or (len(words) > 1 and waits(text)):
        return False
    colon, figure = ":" in text, text[0].isdigit()
    if ((colon or "©" in text or "(" in text or ". " in text) and _CAPTION.search(text)) or (
        figure and (_DATED.match(text) or _TIME.match(text))
    ):
        return False
    if (
        (text[-1] == ":" and len(words) > 6)
        or (len(words) == 1 and any(map(str.isdigit, text)))
        or "@" in text
        or _URL.search(text)
        or byline(text)
    ):
        return False
    key = _KEY.fullmatch(text) if colon else None
    if key and any(map(str.isdigit, key["value"])) and len(key["value"]) < 40 and not _NUMBERED.match(text):
        return False
    if (len(text) > 60 and "; " in text) or (text[-2:-1] == "." and text[-1] in "†‡*") or (text[0] == "«" and ". » " in text):
        return False
    if "--(" in text or " /-- " in text or _HOURS.match(text) or (len(words) > 12 and _SENTENCES.search(text)):
        return False
    if (text[0] == "[" and _ASIDE.match(text)) or _ANSWERED.search(text):
        return False
    if text[-1] in '»"' and text.rstrip(' »"')[-1:] == "." and not ("«" in text or text.count('"') > 1):
        return False  # the end of a quotation
    quoted = text[0] in '«"' and text[-1] in '»"'
    return not (quoted and (len(words) > 16 or (len(words) > 3 and text.rstrip(' »"')[-1:] == ".")))


def counted(text: str) -> bool:
    """Whether a short text begins with an amount (`62 salariés`): a fact, unless it stands as a title above prose."""
    return bool(_AMOUNT.match(text))


def pair(text: str) -> bool:
    """Whether a short text is a name and its value: `Town: Cardiff`, `Référence : INS-12`."""
    return ":" in text[:44] and bool(_PAIR.match(text))


def headline(text: str) -> bool:
    """Whether a name and its value may be an article's title: `Biotechs : Norvane suspend son essai aux Etats-Unis`.

    >>> headline("Biotechs: Norvane suspend son essai aux Etats-Unis"), headline("Lieu : Lyon et Lille")
    (True, False)
    """
    value = text.partition(":")[2]
    return len(value.split()) > 4 and (text[-1].isalpha() or text[-1] in '?!»"')


def year(text: str) -> bool:
    """Whether a short text begins with a year: `1978 Naissance à Lille`, a line of a life or of a chronology."""
    return len(text) < 100 and text[:2] in ("19", "20") and text[2:4].isdigit() and not text[4:5].isalnum()


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
