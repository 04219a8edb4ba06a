"""Proper names in French text that English keeps as they are, and places that English calls otherwise.

A name is found by what it is not: a capitalised word inside a sentence that French running text does not know
(`pipeline.lexicon`), with the capitalised words that follow it. At the start of a sentence the capital proves nothing;
there a name needs a first name, a second unknown word, or to have been seen elsewhere in the document. Precision
before recall: a common word that is taken for a name stays French in the English text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.annotate.gazetteer import Gazetteer, Place, folded, load
from pipeline.lexicon import Lexicon
from pipeline.lexicon import load as load_lexicon
from pipeline.model import Lang, Mention, Span
from pipeline.values.verbatim import Name, Verbatim

_UP = "A-ZÀ-ÖØ-ÞŒ"
TOKEN = re.compile(
    rf"(?<![\w'’.@/-])(?:[ldLDnNsSjJmMtTcC]['’]|[Qq]u['’]|(?:[Jj]usqu|[Ll]orsqu|[Pp]uisqu)['’])?"
    rf"(?P<word>(?:O['’](?=[{_UP}]))?[{_UP}](?:\w{{0,40}}(?:[-‑&](?:[ldLD]['’])?\w{{1,40}}){{0,5}}|\.(?=[ -][{_UP}]))"
    rf"|[a-zé]{{2,5}}[{_UP}][a-zà-ÿ]{{2,30}})(?![\w@/])"
)
PARTICLE = re.compile(r" (?:de la |de |du |des |van der |van den |van |von |der |den |ben |el |d['’])")
FOREIGN = re.compile(r" (?:van der |van den |van |von |der |den |ben |el )")
BEFORE_START = re.compile(r"(?:^|[.!?:;…«\"“|•–—=>▪·*\n/]|\d[.)]| -|^-|\([a-z0-9]\))[ \N{NO-BREAK SPACE}]{0,2}$")
FRENCH_ENDING = re.compile(r"(?:tions?|ments?|ités?|ismes?|istes?|iques?|ologies?|thérapies?|ologues?|(?:icain|éen|ien)(?:s|e|es|nes?)|ances?|ences?|èses?|ées?|és|ez|ons|aient|ables?)$")
MORE_ENDINGS = re.compile(r"(?:eurs?|euses?|eux|ages?|aires?|ant|ants|ent|er|ir|elles?|ives?|ifs?|ennes?|ures?|ais|ois|iens?|ait|era|ale?s?|aux)$")
CODE = re.compile(r"[A-Z]{2,6}-[A-Z]{1,3}")  # CAR-T: a verbatim code, no part of a company's name
INNER_CAPITAL = re.compile(rf"[a-zà-ÿ][{_UP}]|[{_UP}]{{2,}}[a-zà-ÿ]{{2,}}")


@dataclass(frozen=True, slots=True)
class Word:
    """A capitalised word and how much it looks like a name.

    `role`: first (a first name), strong (not French), keep (listed), weak (may belong to a name), never, same (a place
    written alike in English), initial.
    """

    start: int
    end: int
    text: str
    role: str
    opens: bool  # the first word of a sentence


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
    gazetteer, lexicon = load(), load_lexicon("fr")
    places = [_places(text, gazetteer) if lang is Lang.FR else [] for text, lang in texts]
    candidates = [
        candidate
        for block, (text, lang) in enumerate(texts)
        if lang is Lang.FR and not text.isupper()
        for candidate in _candidates(block, text, places[block], gazetteer, lexicon)
    ]
    known = _known(candidates)
    out = [list(found) for found in places]
    for candidate in candidates:
        if candidate.sure or _supported(candidate, known):
            text = texts[candidate.block][0][candidate.start : candidate.end]
            out[candidate.block].append(Mention(Span(candidate.start, candidate.end), Name(text)))
    names = {m.value.text for found in out for m in found if isinstance(m.value, Name)}
    for block, (text, lang) in enumerate(texts):
        if lang is Lang.FR and text.isupper() and names:
            out[block] += _in_capitals(text, names, out[block])
        out[block].sort(key=lambda mention: mention.span)
    return out


def _known(candidates: Sequence[Candidate]) -> frozenset[str]:
    """Words that are names somewhere in the document beyond doubt, or stand in doubtful places twice at least."""
    sure = {w.text for c in candidates if c.sure for w in c.words if w.role in ("strong", "keep")}
    often = Counter(c.words[0].text for c in candidates if not c.sure and len(c.words) == 1)
    repeated = {w for w, n in often.items() if n > 2 and not FRENCH_ENDING.search(w) and not MORE_ENDINGS.search(w)}
    return frozenset(sure | repeated)


def _supported(candidate: Candidate, known: frozenset[str]) -> bool:
    return any(w.text in known for w in candidate.words if w.role in ("strong", "keep"))


def _candidates(
    block: int, text: str, places: Sequence[Mention], gazetteer: Gazetteer, lexicon: Lexicon
) -> Iterator[Candidate]:
    taken = [p.span for p in places]
    words = [w for w in _words(text, gazetteer, lexicon) if not any(s.start < w.end and w.start < s.end for s in taken)]
    title = _title_like(text, words)
    i = 0
    while i < len(words):
        run = [words[i]]
        while i + len(run) < len(words) and _joined(text, run, words[i + len(run)]):
            run.append(words[i + len(run)])
        i += len(run)
        kept = _trim(run)
        if kept:
            yield Candidate(block, kept[0].start, kept[-1].end, tuple(kept), _sure(text, kept, title))


def _words(text: str, gazetteer: Gazetteer, lexicon: Lexicon) -> Iterator[Word]:
    for match in TOKEN.finditer(text):
        start, end = match.span("word")
        word = match["word"]
        if len(word) == 1:
            continue
        opens = bool(BEFORE_START.search(text, max(0, match.start() - 8), match.start()) or match.start() == 0)
        yield Word(start, end, word, _role(word, opens, gazetteer, lexicon), opens)


def _role(word: str, opens: bool, gazetteer: Gazetteer, lexicon: Lexicon) -> str:
    if word in gazetteer.keep:
        return "keep"
    if word in gazetteer.never or CODE.fullmatch(word):
        return "never"
    if word.endswith("."):
        return "initial"
    if word in gazetteer.same:
        return "same"
    if word in gazetteer.first:
        return "first"
    if word.isupper() or any(c.isdigit() for c in word):
        return "weak"
    if INNER_CAPITAL.search(word):
        return "strong"
    return "strong" if _unknown(word, lexicon) else "weak"


def _unknown(word: str, lexicon: Lexicon) -> bool:
    low = word.lower().replace("‑", "-")
    if low in lexicon or FRENCH_ENDING.search(low):
        return False
    for ending in ("s", "x", "e", "es"):
        if low.endswith(ending) and low.removesuffix(ending) in lexicon:
            return False
    if "-" in low:
        if folded(low.split("-")[0]) in load().places:
            return False
        parts = [p for p in low.split("-") if len(p) > 2]
        return any(p not in lexicon and p.rstrip("s") not in lexicon for p in parts)
    return True


def _joined(text: str, run: Sequence[Word], right: Word) -> bool:
    left = run[-1]
    between = text[left.end : right.start]
    if right.role == "never":
        return False
    if between == " " or between == " & ":
        return True
    if FOREIGN.fullmatch(between):
        return left.role in ("first", "strong")
    return bool(PARTICLE.fullmatch(between)) and left.role == "first" and right.role in ("strong", "weak") and not right.text.isupper()


def _trim(run: Sequence[Word]) -> list[Word]:
    """Without what stands before the name (a title, an institution, the first word of the sentence)."""
    kept = list(run)
    while kept and kept[0].role in ("never", "weak", "same"):
        # an article with a capital inside a sentence belongs to the name: Le Havre, La Poste
        if len(kept) > 1 and kept[0].text in ("Le", "La", "Les") and not kept[0].opens and kept[1].role == "strong":
            break
        kept.pop(0)
    if kept and kept[0].role == "initial" and len(kept) < 2:
        return []
    return kept


def _sure(text: str, words: Sequence[Word], title: bool) -> bool:
    head = words[0]
    strong = sum(w.role == "strong" for w in words)
    if head.role == "keep":
        return True
    if head.role in ("first", "initial"):
        return len(words) > 1 or (head.role == "first" and not head.opens and not title and head.text.lower() not in load_lexicon("fr"))
    if INNER_CAPITAL.search(head.text):
        return True
    if head.opens or title:
        return len(words) > 1 and strong > 1 and not any(MORE_ENDINGS.search(w.text) for w in words[:1])
    before = text[max(0, head.start - 5) : head.start].lower()
    return not (head.text.endswith("s") and before.endswith(("les ", "des ", "ces ", "aux ")) and len(words) == 1)


def _title_like(text: str, words: Sequence[Word]) -> bool:
    """Whether capitals prove nothing in this block, because most long words have one."""
    long = [w for w in text.split() if len(w) > 3 and w[0].isalpha()]
    return len(long) > 3 and sum(w[0].isupper() for w in long) > 0.6 * len(long) and len(words) > 3


def _places(text: str, gazetteer: Gazetteer) -> list[Mention]:
    out: list[Mention] = []
    for match in TOKEN.finditer(text):
        start = match.start("word")
        if out and out[-1].span.end > start:
            continue
        for place in gazetteer.places.get(folded(match["word"]), ()):
            end = start + len(place.french)
            if _same(text[start:end], place) and not text[end : end + 1].isalnum() and text[end : end + 1] != "-":
                out.append(_place(text, start, end, place))
                break
    return out


def _same(surface: str, place: Place) -> bool:
    return folded(surface) == place.key


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
