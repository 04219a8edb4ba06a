"""The English around what was put into it: articles that fit the next sound, the capital of a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from pipeline import lexicon
from pipeline.model import Edit, Mention, Placed, Span, Term, Value
from pipeline.values.types import Bound, Date, Duration, Number, Period, Quantity, Range, Time
from pipeline.values.verbatim import Name, Verbatim

_ARTICLE = ("a ", "an ", "A ", "An ")
_INDEFINITE = regex.compile(r"\b(?P<article>[Aa]n?) (?P<quote>[\"'(]?)$")
_INSTEAD = regex.compile(r"\b(?:the|an?) (?=(?:the|an?) \p{Ll})")  # "the a plant": the model's article and one more
_BEFORE_WORD = regex.compile(r"\b(?P<article>[Aa]n?) (?=(?P<next>\p{Ll}{3,}))")  # of the model's own: "a annual", "an company"
_TWICE = regex.compile(r"\b(?P<word>\p{Ll}{5,}) (?P<again>(?P=word))\b")
_HALF_OF_DAY = regex.compile(  # times are of 24 hours; the last point may end the sentence too
    r"\s?(?:[ap]\.m(?=\.\s*$|\.\s+\p{Lu})|(?:[ap]\.m\.|[ap]m)(?=\s\p{Ll}|[,;:.)]|\s*$))"
)
# what a number counts: up to two words that are none of a phrase, and a plural
_COUNTED = regex.compile(
    r" (?:(?!(?:of|in|to|or|and|out|per|for|on|at|by|is|was)\s)\p{Ll}[\p{Ll}-]*+(?<!s) ){0,2}+(?P<plural>\p{Ll}{2,}s)\b"
)
_SEVERAL = regex.compile(r"\s\p{Ll}+[sx]\b")
_SIBILANTS = ("ches", "shes", "xes", "sses")
_EDGE = regex.compile(r"(?:the )?(?:end|beginning|start|turn|middle) of\b")
# values, the French before them, the English that a model gives for it (`old`), what it is to be
_PREPOSITIONS: tuple[tuple[tuple[type, ...], regex.Pattern[str], regex.Pattern[str], str], ...] = (
    ((Duration, Quantity), regex.compile(r"\b(?:tous|toutes) les\s$", regex.IGNORECASE),
     regex.compile(r"\b(?P<old>all (?:the )?|every the )$"), "every "),
    ((Duration,), regex.compile(r"\bsous\s$", regex.IGNORECASE), regex.compile(r"\b(?P<old>(?:under|below|on) )$"), "within "),
    ((Period, Date), regex.compile(r"(?<![\p{L}'’])(?:au|en)\s$", regex.IGNORECASE),
     regex.compile(r"\b(?P<old>(?:(?:on|in) to|to|at|on) )(?:the )?$"), "in "),
)  # fmt: skip
_THE_OF_NAME = regex.compile(r"(?<!\bof )\b(?P<the>[Tt]he )$")
_THE = regex.compile(r"\b(?:in|since|from|until|during|by|before|after|of|on|to|and) (?P<the>the )$")
_FIGURES = regex.compile(r"\d|[QH]\d")
_PART = regex.compile(
    r"(?:first|second|third|fourth|last) (?:half|quarter|third|semester|term)|beginning of|end of|middle of|start of"
)
_NEEDS_THE = regex.compile(r"\b(?:in|from|for|during|of|by|since|until|at|to|over|before|after|between|and) $")
_DATELINE = regex.compile(r"(?:^|[,(]\s?)(?P<the>[Tt]he )$")  # "Les Ulis, the 27 November 2023 - "
_CLOSED = regex.compile(r"\s*(?:[-–—,.;:)]|$)")
_VERB = regex.compile(r"\p{L}(?:ed|en) (?P<the>the )$")  # "renewed the 9 May 2023" → "renewed on"
_ONE = regex.compile(r"\b(?:of|to|by|for|at|from) (?P<one>an? )$")  # "of a €50 million, it"
_LEADS = regex.compile(r"\b(?:in|to|from|of|for|across|throughout|within|by|with|outside) $")
_WITH_ARTICLE = regex.compile(
    r"(?:United (?:States|Kingdom|Nations|Arab Emirates)|Netherlands|Philippines|Czech Republic|European Union)$"
)
# French titles that the model leaves before a name, and their English
_TITLE = regex.compile(r"(?<![\p{L}.])(?P<title>M\.|MM\.|Mme|Mmes|Mlle|Mr\.|Pr\.?|ms|mrs|mr) $")
_TITLES = {
    "M.": "Mr", "MM.": "Messrs", "Mme": "Ms", "Mmes": "Ms", "Mlle": "Ms", "Mr.": "Mr", "Pr": "Prof.", "Pr.": "Prof.",
    "ms": "Ms", "mrs": "Mrs", "mr": "Mr",
}  # fmt: skip
_ABOUT_OF = regex.compile(r" (?P<of>of )(?!(?:the|these|those|them|its|their|his|her|our|which|whom|all) )(?=\p{Ll})")
_UNCOUNTED = frozenset({"money", "percent", "quantity"})
_OVER = regex.compile(r"\s*(?:[,.;:)]|$)|\s(?:and|or|to|in|for|at|by|with|on|the|as|when|while|from|after|before)\b")
_ACRONYM = regex.compile(r"(?P<first>\p{Lu})[\p{Lu}\d]+(?:s|'s)?(?![\p{L}])")
_LETTERS_AN = frozenset("AEFHILMNORSX")  # the names of these letters begin with a vowel: an EMA, an MA, an RNA
_SPOKEN = frozenset(
    {"NASA", "NATO", "NICE", "SARS", "LEEM", "MERS", "MASS", "LASER", "LAL", "FISH", "SOP", "ROI", "RAM", "FACS", "SIM"}
)
_VOWEL = regex.compile(r"[aeiouàâéèêîôû]", regex.IGNORECASE)
_CONSONANT_SOUND = regex.compile(r"(?:uni(?!n|m|d)|eu|ur[aio]|use|usu|util|one(?![a-z])|once|ubiq)", regex.IGNORECASE)
_SILENT_H = regex.compile(r"(?:hour|honest|honou?r|heir)", regex.IGNORECASE)
_NUMBER_AN = regex.compile(r"(?:8|18(?!\d|,\d)|18,\d{3}(?!\d|,)|11(?!\d|,\d)|11,\d{3}(?!\d|,))")  # eight, eighteen, eleven
_FIGURE = regex.compile(r"[€$£~≥≤<>]?(?P<figure>\d[\d,]*)")
_BEGIN = regex.compile(r"(?:^|[\p{Ll}\d)%\"»]{2}[.!?][\"')]? )[\"'(\[]*$")
_ABBREVIATED = regex.compile(r"\b(?:No|Nos|Dr|St|Mr|Mrs|Ms|vs|e\.g|i\.e|etc|al|Fig|approx|Art|art|p)\. [\"'(\[]*$")


def agree(text: str, placed: Sequence[Placed], source: str = "") -> list[Edit]:
    """Edits next to the placed mentions, and outside them, of a translated segment.

    `a`/`an` before a mention by its sound (an EMA opinion, a GMP site, an €8 million loan), and before any word in small
    letters; a word that a mention begins with goes before it; of two articles in a row the second stays; no article before a
    date or an amount that ends its phrase ("in the 2025,", "of a €50 million,"), nor before a name in the genitive ("the
    Novadis's site"); a French title before a name ("M. Vautrin" → "Mr Vautrin"); the article of a country that has one ("in
    United States" → "in the United States") and of a part of a year ("in third quarter of 2024"); "about 100 of children" →
    "about 100 children"; "14:30 p.m." → "14:30"; by the French before a value in `source`, the block's text: "every 18 months"
    (tous les), "within 24 hours" (sous), "in 2024" (en, au); "1 sites" → "1 site". Nothing inside a mention changes.
    """
    targets = sorted((p.target.start, p.target.end, p.mention) for p in placed if p.target is not None)
    edits = [e for start, end, mention in targets for e in _before(text, start, end, mention)]
    edits += [e for start, _, mention in targets for e in _meant(text, start, mention, source)]
    edits += [e for start, end, mention in targets for e in _one(text, start, end, mention, source)] if "1" in text else []
    edits += [Edit(Span(*m.span()), m[0], "", "normalize.article") for m in _INSTEAD.finditer(text)]
    starts = {start for start, _, _ in targets}
    edits += [
        Edit(Span(m.start(), m.start("again")), f"{m['word']} ", "", "normalize.doubled-word")
        for m in _TWICE.finditer(text)
        if m.start("again") in starts
    ]
    edits += [e for m in _BEFORE_WORD.finditer(text) for e in _fitted(m)]
    out: list[Edit] = []
    for edit in sorted(edits, key=lambda e: e.span):
        clear = all(end <= edit.span.start or edit.span.end <= start for start, end, _ in targets)
        if clear and (not out or out[-1].span.end <= edit.span.start):
            out.append(edit)
    return out


def _before(text: str, start: int, end: int, mention: Mention) -> Iterator[Edit]:
    lead = text[max(0, start - 16) : start]
    base = start - len(lead)
    counts = isinstance(mention.value, Number) and (
        mention.value.amount.bound is Bound.ABOUT or text.endswith(("million", "billion", "thousand", "hundred"), start, end)
    )
    if counts and (found := _ABOUT_OF.match(text, end)):
        yield Edit(Span(*found.span("of")), "of ", "", "normalize.about-of")
    if isinstance(_last(mention.value), Time) and (found := _HALF_OF_DAY.match(text, end)):
        yield Edit(Span(*found.span()), found[0], "", "normalize.time")
    if isinstance(mention.value, Name) and text.startswith("'s ", end) and (found := _THE_OF_NAME.search(lead)):
        yield Edit(Span(base + found.start("the"), start), found["the"], "", "normalize.article")
        return
    if isinstance(mention.value, Name) and (found := _TITLE.search(lead)):
        at = base + found.start("title")
        yield Edit(Span(at, base + found.end("title")), found["title"], _TITLES[found["title"]], "normalize.title")
    if _lacks_the(text, start, end, mention, lead):
        yield Edit(Span(start, start), "", "the ", "normalize.article")
    elif not lead.rstrip("\"'(").endswith(("the ", *_ARTICLE)):  # asked first, because it is quick: what follows needs an article
        return
    elif mention.kind in _UNCOUNTED and (found := _ONE.search(lead)) and _OVER.match(text, end):
        yield Edit(Span(base + found.start("one"), start), found["one"], "", "normalize.article")
    elif found := _INDEFINITE.search(lead):
        article = indefinite(text[start:end])
        wanted = _like(found["article"], article, lead[: found.start()])
        at = base + found.start("article")
        if article and wanted != found["article"]:
            yield Edit(Span(at, at + len(found["article"])), found["article"], wanted, "normalize.article")
    elif (
        mention.kind in ("date", "period")
        and (found := _THE.search(lead))
        and _OVER.match(text, end)
        and _FIGURES.match(text, start)
    ):
        yield Edit(Span(base + found.start("the"), start), "the ", "", "normalize.article")
    elif isinstance(mention.value, Date) and mention.value.day and (found := _DATELINE.search(lead)) and _CLOSED.match(text, end):
        yield Edit(Span(base + found.start("the"), start), found["the"], "", "normalize.article")
    elif isinstance(mention.value, Date) and mention.value.day and (found := _VERB.search(lead)) and _OVER.match(text, end):
        yield Edit(Span(base + found.start("the"), start), "the ", "on ", "normalize.article")


def _one(text: str, start: int, end: int, mention: Mention, source: str) -> Iterator[Edit]:
    """The noun that a lone 1 counts in the singular, as in French: "1 telephone interviews" (1 entretien téléphonique)."""
    if text[start:end] != "1" or not (found := _COUNTED.match(text, end)) or _SEVERAL.match(source, mention.span.end):
        return
    plural = found["plural"]
    singular = f"{plural[:-3]}y" if plural.endswith("ies") else plural[:-2] if plural.endswith(_SIBILANTS) else plural[:-1]
    if not plural.endswith(("ss", "us", "is")) and lexicon.load("en").count(singular) > 0:
        yield Edit(Span(*found.span("plural")), plural, singular, "normalize.number")


def _last(value: Value | Term) -> Value | Term:
    return value.high if isinstance(value, Range) else value


def _lacks_the(text: str, start: int, end: int, mention: Mention, lead: str) -> bool:
    """Whether it is a country that has an article, or a part of a year, behind a preposition."""
    if isinstance(mention.value, Verbatim):
        return bool(_WITH_ARTICLE.match(text, start, end) and _LEADS.search(lead) and _OVER.match(text, end))
    return mention.kind in ("date", "period") and bool(_PART.match(text, start, end) and _NEEDS_THE.search(lead))


def _meant(text: str, start: int, mention: Mention, source: str) -> Iterator[Edit]:
    """The preposition that the French before a value calls for, where the English has another one."""
    at, lead = mention.span.start, text[max(0, start - 40) : start]
    for kinds, french, english, wanted in _PREPOSITIONS:
        if not isinstance(mention.value, kinds) or not french.search(source, max(0, at - 12), at):
            continue
        if wanted == "in " and (getattr(mention.value, "day", None) or _EDGE.match(text, start) or "from " in lead):
            continue  # on 4 July, at the end of 2024, from April to 2024
        if found := english.search(lead):
            begin = start - len(lead)
            yield Edit(Span(begin + found.start("old"), begin + found.end("old")), found["old"], wanted, "normalize.preposition")


def _like(old: str, article: str, before: str) -> str:
    """The article in the case of the old one: capital, or all capitals in a line of capitals."""
    if old[0] == "a":
        return article
    return article.upper() if any(c.isalpha() for c in before) and before == before.upper() else article.capitalize()


def _fitted(found: regex.Match[str]) -> Iterator[Edit]:
    """The article before a word that is no mention, by its sound."""
    article = indefinite(found["next"])
    wanted = article if found["article"][0] == "a" else article.capitalize()
    if wanted != found["article"] and article:
        yield Edit(Span(*found.span("article")), found["article"], wanted, "normalize.article")


def indefinite(following: str) -> str:
    """`a` or `an`, as the next stretch sounds; "" where it does not show.

    >>> [indefinite(w) for w in ("EMA opinion", "GMP site", "MA", "8%", "11,000 m²", "€180 loan", "university", "hour")]
    ['an', 'a', 'an', 'an', 'an', 'a', 'a', 'an']
    """
    if figure := _FIGURE.match(following):
        return "an" if _NUMBER_AN.match(figure["figure"]) else "a"
    if (acronym := _ACRONYM.match(following)) and not _is_word(acronym[0]):
        return "an" if acronym["first"] in _LETTERS_AN else "a"
    if not following[:1].isalpha():
        return ""
    if _SILENT_H.match(following):
        return "an"
    return "an" if _VOWEL.match(following) and not _CONSONANT_SOUND.match(following) else "a"


def _is_word(acronym: str) -> bool:
    """Whether it is spoken as a word, not letter by letter."""
    bare = acronym.removesuffix("'s").removesuffix("s")
    return bare in _SPOKEN or (len(bare) > 5 and bool(_VOWEL.search(bare)))


def capitals(text: str, placed: Sequence[Placed], capital: bool) -> str:
    """`text` with a capital where a mention starts a sentence: the first of the segment if `capital`, and later ones.

    Not for names, for what is kept letter by letter, or for words with a capital inside (mRNA). The length stays.
    """
    for item in placed:
        at = item.target.start if item.target is not None else 0
        if item.target is None or isinstance(item.mention.value, Name | Verbatim) or not _small(text[at : item.target.end]):
            continue
        lead = text[max(0, at - 24) : at]
        is_first = not any(c.isalnum() for c in text[:at])
        if (is_first and capital and lead.strip(" \"'([-–—") == "") or (
            not is_first and _BEGIN.search(lead) and not _ABBREVIATED.search(lead)
        ):
            text = text[:at] + text[at].upper() + text[at + 1 :]
    return text


def raised(text: str, placed: Sequence[Placed], source: str) -> str:
    """`text` with the capital that a value has in the source behind a dash or a colon, where the same sign stands before it."""
    for item in placed:
        start = item.mention.span.start
        if item.target is None or not source[start : start + 1].isupper() or isinstance(item.mention.value, Name | Verbatim):
            continue
        at, sign = item.target.start, source[:start].rstrip()[-1:]
        if sign and sign in "–—-:" and text[:at].rstrip()[-1:] == sign and _small(text[at : item.target.end]):
            text = text[:at] + text[at].upper() + text[at + 1 :]
    return text


def _small(surface: str) -> bool:
    """Whether a word in lower case starts it, which may have a capital."""
    word = surface.split()[0] if surface.split() else ""
    return word[:1].islower() and word == word.lower() and not any(c.isdigit() for c in word)
