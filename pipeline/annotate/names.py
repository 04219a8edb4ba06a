"""Proper names in French text that English keeps as they are, and places that English calls otherwise.

A name is found by what it is not: a capitalised word inside a sentence that French running text does not know
(`pipeline.lexicon`), with the capitalised words that follow it. At the start of a sentence the capital proves nothing;
there a name needs a first name, a second unknown word, or to have been seen elsewhere in the document. Precision
before recall: a common word that is taken for a name stays French in the English text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.annotate.capitals import FRENCH_ENDING, INNER_CAPITAL, MORE_ENDINGS, SURNAME, Token, Word, tokens, words
from pipeline.annotate.gazetteer import Gazetteer, Place, bare, folded, load, places_of
from pipeline.lexicon import load as load_lexicon
from pipeline.model import Lang, Mention, Span
from pipeline.values.verbatim import Name, Verbatim

LEGAL_FORM = re.compile(r" (?:SAS?|SASU|SARL|SCA|SE|SpA|AG|GmbH|Inc\.?|Ltd\.?|LLC|LLP|plc|BV|NV|AB|ApS|Oy)(?!\w)")
COMPANIES = ("société ", "entreprise ", "start-up ", "biotech ", "medtech ", "filiale ")
FUNDS = (*COMPANIES, "fonds ", "holding ")  # in small letters, before two words with a capital: "le fonds Ouest Croissance"
COMPANY = re.compile(rf"\b(?:{'|'.join(COMPANIES)})$")
_TWO = re.compile(r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+ [A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+")
PARTICLE = re.compile(r" (?:de la |de |du |des |van der |van den |van |von |der |den |ben |el |d['’])")
FOREIGN = re.compile(r" (?:van der |van den |van |von |der |den |ben |el )")
_VERBS = (
    "a est va veut peut doit sera aura était avait devrait pourrait serait aurait vient devient reste compte"
    " emploie annonce développe conçoit fabrique produit propose prévoit lance signe ouvre investit recrute réalise"
    " dispose poursuit entend espère souhaite mise table affirme assure précise indique livre fournit exploite"
    " commercialise accueille confirme estime dirige possède détient achète rachète vend cède construit crée finance"
    " obtient reçoit présente publie rejoint renforce transfère travaille utilise permet"
)
ACTS = re.compile(
    rf"(?:, | )(?:(?:ne |n['’]|se |s['’]|y |en ){{0,2}}(?:{'|'.join(_VERBS.split())})(?![\w'’-])|(?:qui|dont|laquelle|lequel) )"
)
TAKEN_ALONG = frozenset(("never", "weak", "same"))  # roles that make no name, and may at most end one


@dataclass(frozen=True, slots=True)
class Candidate:
    """A run of capitalised words; `sure` when it needs no support from the rest of the document."""

    block: int
    start: int
    end: int
    words: tuple[Word, ...]
    sure: bool


def find_names(texts: Sequence[tuple[str, Lang]]) -> list[list[Mention]]:
    """Names and places of a document's blocks; one list a block, in order, without overlap; French blocks only.

    >>> (found,) = find_names([("Le groupe Luxorem, dirigé par Fanta Diallo-Perrin, part en Pologne.", Lang.FR)])
    >>> [m.value.text for m in found]
    ['Luxorem', 'Fanta Diallo-Perrin', 'Pologne']

    Leaves alone countries and towns written alike in both languages (France, Paris), institutions whose name is
    translated (Commission européenne), titles, months, nationalities, and acronyms that are not listed.
    """
    gazetteer = load()
    found = [tokens(text) if lang is Lang.FR else [] for text, lang in texts]
    places = [_places(text, capitals, gazetteer) for (text, _), capitals in zip(texts, found, strict=True)]
    candidates = [
        candidate
        for block, (text, _) in enumerate(texts)
        if found[block] and not text.isupper()
        for candidate in _candidates(block, text, found[block], places[block])
    ]
    known = _known(candidates)
    out = [list(mentions) for mentions in places]
    for candidate in candidates:
        if candidate.sure or _supported(candidate, known):
            text = texts[candidate.block][0][candidate.start : candidate.end]
            out[candidate.block].append(Mention(Span(candidate.start, candidate.end), Name(text)))
    names = {m.value.text for mentions in out for m in mentions if isinstance(m.value, Name)}
    for block, (text, lang) in enumerate(texts):
        if lang is Lang.FR and text.isupper() and names:
            out[block] += _in_capitals(text, names, out[block])
        if len(out[block]) > 1:
            out[block].sort(key=lambda mention: (mention.span.start, mention.span.end))
    return out


def _known(candidates: Sequence[Candidate]) -> frozenset[str]:
    """Words that are names somewhere in the document beyond doubt, or stand in doubtful places twice at least."""
    sure = {w.text for c in candidates if c.sure for w in c.words if w.role in ("strong", "keep")}
    often = Counter((c.words[0].text, len(c.words) > 1) for c in candidates if not c.sure and c.words[0].role == "strong")
    frequent = {word for (word, longer), n in often.items() if n > (1 if longer else 2)}
    repeated = {w for w in frequent if not FRENCH_ENDING.search(w) and not MORE_ENDINGS.search(w)}
    return frozenset(sure | repeated)


def _supported(candidate: Candidate, known: frozenset[str]) -> bool:
    return any(w.text in known for w in candidate.words if w.role in ("strong", "keep"))


def _candidates(block: int, text: str, found: Sequence[Token], places: Sequence[Mention]) -> Iterator[Candidate]:
    free = list(_companies(text, words(found)))
    if places:
        free = [w for w in free if not any(p.span.start < w.end and w.start < p.span.end for p in places)]
    if all(w.role in TAKEN_ALONG for w in free):
        return
    title = _title_like(text, free)
    i = 0
    while i < len(free):
        run = [free[i]]
        while i + len(run) < len(free) and _joined(text, run, free[i + len(run)]):
            run.append(free[i + len(run)])
        i += len(run)
        kept = _trim(run)
        if kept:
            form = LEGAL_FORM.match(text, kept[-1].end)
            yield Candidate(block, kept[0].start, form.end() if form else kept[-1].end, tuple(kept), _sure(text, kept, title))


def _companies(text: str, found: Iterable[Word]) -> Iterator[Word]:
    """The words, those of a company marked as a name to keep: before its legal form, or after `la société`."""
    second = -1  # where the second of two common words that name a company begins
    for word in found:
        if _TWO.match(text, word.start) and text[max(0, word.start - 12) : word.start].endswith(FUNDS):
            second = word.end + 1
            word = word._replace(role="keep")
        elif word.start == second or (
            word.role in ("weak", "strong", "english") and (LEGAL_FORM.match(text, word.end) or _follows_company(text, word))
        ):
            word = word._replace(role="keep")
        yield word


def _follows_company(text: str, word: Word) -> bool:
    if text[word.start - 2 : word.start].lower() not in ("é ", "e ", "p ", "h "):  # what the words for a company end in
        return False
    lead = text[max(0, word.start - 12) : word.start].lower()
    return lead.endswith(COMPANIES) and COMPANY.search(lead) is not None and word.text.lower() not in load_lexicon("fr")


def _joined(text: str, run: Sequence[Word], right: Word) -> bool:
    left = run[-1]
    between = text[left.end : right.start]
    if right.role == "never":
        return False
    if between == " " or between == " & ":
        return True
    if FOREIGN.fullmatch(between):
        return left.role in ("first", "strong")
    if left.role != "first" or right.text.isupper():
        return False
    return bool(PARTICLE.fullmatch(between)) and right.role in ("strong", "weak")


def _trim(run: Sequence[Word]) -> list[Word]:
    """Without what stands before the name (a title, an institution, the first word of the sentence)."""
    kept = list(run)
    while kept and (kept[0].role in TAKEN_ALONG or (kept[0].role == "english" and len(kept) == 1)):
        # an article with a capital inside a sentence belongs to the name: Le Havre, La Poste
        if len(kept) > 1 and kept[0].text in ("Le", "La", "Les") and not kept[0].opens and kept[1].role == "strong":
            break
        kept.pop(0)
    while len(kept) > 1 and kept[-1].text in ("Le", "La", "Les", "L", "Un", "Une", "En", "Il", "Elle", "Ce", "Cette"):
        kept.pop()
    if kept and kept[0].role == "initial" and len(kept) < 2:
        return []
    return kept


def _sure(text: str, run: Sequence[Word], title: bool) -> bool:
    """Whether these words are a name whatever the rest of the document says."""
    head = run[0]
    strong = sum(w.role == "strong" for w in run)
    if head.role == "keep":
        return True
    if head.role == "initial" and head.start == 0 and len(run) > 1 and run[1].role == "weak":
        return False  # I. Identification: a heading's number
    if head.role in ("first", "initial"):
        alone = head.role == "first" and not (head.opens or title or head.text in load().doubtful)
        return len(run) > 1 or (alone and head.text not in load_lexicon("fr"))
    if INNER_CAPITAL.search(head.text) or SURNAME.match(head.text):
        return True
    foreign = strong + sum(w.role == "english" for w in run)
    if not strong and foreign:
        return foreign > 1 and not head.opens and not title
    if head.opens and not title and len(run) == 1 and strong and _acts(text, head):
        return True
    if head.opens or title:
        return len(run) > 1 and foreign > 1 and not any(MORE_ENDINGS.search(w.text) for w in run[:1])
    before = text[max(0, head.start - 5) : head.start].lower()
    return not (head.text.endswith("s") and before.endswith(("les ", "des ", "ces ", "aux ")) and len(run) == 1)


def _acts(text: str, head: Word) -> bool:
    """Whether a verb follows the unknown word that begins a sentence: a French noun there would have an article."""
    return ACTS.match(text, head.end) is not None and not head.text.endswith(("ment", "ant", "és", "ées", "és", "ée", "er", "ons"))


def _title_like(text: str, found: Sequence[Word]) -> bool:
    """Whether capitals prove nothing in this block, because most long words have one."""
    if len(found) < 4 or 40 * len(found) < len(text):
        return False
    long = [w for w in text.split() if len(w) > 3 and w[0].isalpha()]
    return len(long) > 3 and sum(w[0].isupper() for w in long) > 0.6 * len(long)


def _places(text: str, found: Sequence[Token], gazetteer: Gazetteer) -> list[Mention]:
    out: list[Mention] = []
    for token in found:
        if out and out[-1].span.end > token.start:
            continue
        contracted = gazetteer.contracted.get(token.text)
        if contracted and text[max(0, token.start - 4) : token.start].strip() in ("du", "au", "des", "aux"):
            out.append(Mention(Span(token.start, token.end), Verbatim(token.text, "place", contracted)))
            continue
        for place in places_of(token.text):
            if place.inner and (token.opens or token.text.isupper()):
                continue
            end = token.start + len(place.french)
            if _same(text[token.start : end], place) and not text[end : end + 1].isalnum() and text[end : end + 1] != "-":
                out.append(_place(text, token.start, end, place))
                break
    return out


def _same(surface: str, place: Place) -> bool:
    # accents may be missing on capitals (Etats-Unis), nowhere else: Gènes are no Genoa
    if surface.isupper():
        return folded(surface) == place.key
    return surface.replace("’", "'") == place.french or bare(surface) == bare(place.french)


def _place(text: str, start: int, end: int, place: Place) -> Mention:
    surface = text[start:end]
    english = place.english.upper() if surface.isupper() and len(surface) > 3 else place.english
    return Mention(Span(start, end), Verbatim(surface, "place", "" if english == surface else english))


def _in_capitals(text: str, names: set[str], taken: Sequence[Mention]) -> Iterator[Mention]:
    """Names of the document in a line of capitals, with or without their accents."""
    plain = folded(text)
    spans = [m.span for m in taken]
    if len(plain) != len(text):
        return
    for name in sorted(names, key=lambda n: (-len(n), n)):
        key = folded(name)
        at = plain.find(key)
        while at >= 0:
            span = Span(at, at + len(key))
            edges = plain[at - 1 : at].isalnum() or plain[span.end : span.end + 1].isalnum()
            if not edges and len(key) > 3 and not any(span.overlaps(s) for s in spans):
                spans.append(span)
                yield Mention(span, Name(span.of(text)))
            at = plain.find(key, at + 1)
