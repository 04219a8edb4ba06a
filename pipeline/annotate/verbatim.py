"""What has digits or signs and is no number: telephones, addresses, law articles, standards, codes. Kept letter by letter.

The patterns are data (`data/verbatim.tsv`): a scheme, the languages, what a text must hold before the pattern is tried
at all, the pattern, its English where that differs, an example. Every repetition in them is bounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipeline.model import Lang, Mention, Span
from pipeline.values.verbatim import Verbatim

DIGIT = re.compile(r"\d")
NINE = re.compile(r"\d(?:[ .()-]{0,2}\d){8}")
MIXED = re.compile(r"[A-Za-z][-/]?\d")  # every product code has a letter before a digit
FIRST = ("address", "url", "email")  # they hold other things whole
STREETS = (
    "rue|avenue|av.|boulevard|bd|place|chemin|allée|allées|impasse|quai|cours|route|square|chaussée|passage|esplanade|"
    "rond-point|faubourg|voie|promenade|parvis|montée|mail|zac|zi|za"
)
_WORD = r"[A-ZÀ-ÝŒ][\w'’.-]{0,30}"
_SMALL = r"(?:de la |de l['’]|du |des |de |d['’]|la |le |les |l['’]|et |à |aux? |sur |en |sous )"
_TOWN = (
    r"(?!(?:Euros?|EUR|USD|MEUR|Francs?|Dollars?|Patients?|Personnes|Doses|Lots)\b)"
    r"(?:(?:Les?|La) |L['’])?[A-ZÀ-ÝŒ][\w'’-]{1,40}"
    r"(?: (?:sur|en|lès|lez|sous|de|du|des|la|le|les|d['’]) ?[A-ZÀ-Ý][\w-]{1,30})?(?: (?:Sainte?|St)[- ][A-ZÀ-Ý][\w-]{1,30})?"
)
_CEDEX = r"(?: (?:Cedex|CEDEX|cedex)(?: \d{1,2})?)?"
_POSTAL = rf"(?:,? (?:–|-) |,? )(?:(?:BP|CS|TSA) ?\d{{2,5}}(?: \d{{2,3}})?,? )?(?:F-)?\d{{5}} {_TOWN}{_CEDEX}"
# named after somebody or something with a capital; or anything short, where a postcode follows
_WAY = (
    rf"(?:(?:{_SMALL}){{0,2}}(?:\d{{1,2}}(?:er)?[- ])?(?:(?:général|maréchal|docteur|professeur|président|colonel|commandant) )?"
    rf"{_WORD}(?: {_SMALL}{{0,2}}{_WORD}){{0,4}}|[\w'’.-]{{1,30}}(?: [\w'’.-]{{1,30}}){{0,6}}(?={_POSTAL}))"
)
_MACROS = {
    "{STREETS}": STREETS,
    "{STREET}": "(?:" + "|".join(re.escape(s) for s in sorted(STREETS.split("|"), key=len, reverse=True)) + ")",
    "{WAY}": _WAY,
    "{REST}": rf"(?:{_POSTAL})?",
    "{TOWN}": _TOWN,
    "{CEDEX}": _CEDEX,
}
_AND = {" et ": " and ", " ou ": " or ", " à ": " to "}


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """One row of the table: tried on a text that holds one of `needs` and, if `digit`, a digit.

    A need in lower case is found in any case, one with capitals only so.
    """

    scheme: str
    digit: bool
    needs: tuple[str, ...]
    regex: re.Pattern[str]
    english: str
    rank: int  # its row: of two patterns that find the same stretch the earlier one wins
    where: re.Pattern[str] | None  # tried only where this is found: a telephone number needs nine digits close together


@cache
def patterns(lang: Lang) -> tuple[Pattern, ...]:
    """The rows of `data/verbatim.tsv` for one language, compiled once."""
    out: list[Pattern] = []
    for line in (files("pipeline") / "data" / "verbatim.tsv").read_text("utf-8").splitlines()[1:]:
        scheme, langs, needs, source, english = line.split("\t")[:5]
        if langs != "*" and lang.value not in langs:
            continue
        for macro, value in _MACROS.items():
            needs, source = needs.replace(macro, value), source.replace(macro, value)
        flags = re.IGNORECASE if scheme == "email" else 0
        literals = tuple(n for n in needs.removeprefix("#").split("|") if n)
        out.append(
            Pattern(
                scheme,
                needs.startswith("#"),
                literals,
                re.compile(source, flags),
                english,
                len(out),
                _where(scheme, needs),
            )
        )
    return tuple(out)


def _where(scheme: str, needs: str) -> re.Pattern[str] | None:
    if scheme == "phone":
        return None if "+" in needs else NINE
    return MIXED if scheme == "code" and needs == "#" else None


Needed = tuple[tuple[str, tuple[Pattern, ...]], ...]


@cache
def _by_need(lang: Lang, digits: bool) -> tuple[tuple[Pattern, ...], Needed, Needed]:
    """The patterns to try on a text with or without digits: always, for a literal in any case, for one with capitals."""
    tried = [p for p in patterns(lang) if digits or not p.digit]
    literals: dict[str, list[Pattern]] = {}
    for pattern in tried:
        for need in pattern.needs:
            literals.setdefault(need, []).append(pattern)
    needed = [(need, tuple(found)) for need, found in literals.items()]
    low = tuple((need, found) for need, found in needed if need == need.lower())
    return tuple(p for p in tried if not p.needs), low, tuple(item for item in needed if item not in low)


def _tried(text: str, lang: Lang) -> list[Pattern]:
    """The patterns that may match: one look a literal, not one a pattern."""
    low, digits = text.lower(), DIGIT.search(text) is not None
    always, needed, cased = _by_need(lang, digits)
    called = [found for need, found in needed if need in low]
    called += [found for need, found in cased if need in text]
    if not called and not always:
        return []
    chosen = dict.fromkeys(always)
    for found in called:
        chosen.update(dict.fromkeys(found))
    if not digits:
        return list(chosen)
    found_here = {where for where in (NINE, MIXED) if where.search(text)}
    return [p for p in chosen if p.where is None or p.where in found_here]


def recognise(text: str, lang: Lang) -> list[Mention]:
    """The verbatim stretches of a French or English text, in order, without overlap.

    >>> [m.value.text for m in recognise("Alvexa, 8 rue des Tilleuls, 27100 Louviers, 01 99 00 12 34", Lang.FR)]
    ['8 rue des Tilleuls, 27100 Louviers', '01 99 00 12 34']
    >>> [m.value.english for m in recognise("selon l'article L. 5124-1 et le règlement (CE) n° 1394/2007", Lang.FR)]
    ['Article L. 5124-1', 'Regulation (EC) No 1394/2007']

    Leaves alone plain numbers, amounts, dates, ranges of years and quarters: those are values. Where two overlap, an
    address, an URL or an e-mail wins, then the longer one, then the earlier one.
    """
    capitals = text.isupper()
    found: list[tuple[bool, int, int, int, int, Verbatim]] = []
    for pattern in _tried(text, lang):
        for match in pattern.regex.finditer(text):
            start, end = _extent(match, pattern.english)
            if start == end or (capitals and pattern.scheme == "code" and not any(c.isdigit() for c in match[0])):
                continue
            value = Verbatim(text[start:end], pattern.scheme, _english(match, pattern.english, text[start:end]))
            found.append((pattern.scheme not in FIRST, start - end, start, pattern.rank, end, value))
    if not found:
        return []
    found.sort(key=lambda item: item[:4])
    return _exclusive(found)


def _extent(match: re.Match[str], english: str) -> tuple[int, int]:
    # a row whose English is the reference alone marks only that: the word before it is translated
    if "span" in match.re.groupindex:
        return match.span("span")
    return match.span("ref") if english == r"\g<ref>" else match.span()


def _english(match: re.Match[str], template: str, surface: str) -> str:
    if not template:
        return ""
    english = match.expand(template)
    for french, word in _AND.items():
        english = english.replace(french, word)
    return "" if english == surface else english


def _exclusive(found: list[tuple[bool, int, int, int, int, Verbatim]]) -> list[Mention]:
    kept: list[Mention] = []
    taken: set[int] = set()
    for _, _, start, _, end, value in found:
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            kept.append(Mention(Span(start, end), value))
    return sorted(kept, key=lambda mention: mention.span)
