"""What has digits or signs and is no number: telephones, addresses, law articles, standards, codes. Kept letter by letter.

The patterns are data (`data/verbatim.tsv`): a scheme, the languages, what a text must hold before the pattern is tried
at all, the pattern, its English where that differs, an example. Every repetition in them is bounded.

What a text must hold: `#` a digit; then, between bars, literals, of which one must stand there (in lower case: in any
case); and, after a tilde, shapes, of which one must stand there: `~A-0` a capital, a hyphen, a digit (`a`: any other letter).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick, BytesAhoCorasick, Implementation

from pipeline.model import Lang, Mention, Span
from pipeline.values.verbatim import Verbatim

NINE = re.compile(r"\d(?:[ .()-]{0,2}\d){8}")  # a telephone number needs nine digits close together
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
_TIMES = re.compile(r" ?[x×X*] ?")
_AND = {" et ": " and ", " ou ": " or ", " à ": " to "}


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """One row of the table: tried on a text that holds one of `needs`, one of `shapes` and, if `digit`, a digit."""

    scheme: str
    digit: bool
    needs: tuple[str, ...]
    shapes: tuple[bytes, ...]
    regex: re.Pattern[str]
    english: str
    rank: int  # its row: of two patterns that find the same stretch the earlier one wins


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
        asked = [n for n in needs.removeprefix("#").split("|") if n]
        literals = tuple(n for n in asked if n[0] != "~")
        shapes = tuple(n[1:].encode("ascii") for n in asked if n[0] == "~")
        compiled = re.compile(source, re.IGNORECASE if scheme == "email" else 0)
        out.append(Pattern(scheme, needs.startswith("#"), literals, shapes, compiled, english, len(out)))
    return tuple(out)


def _shape_table() -> Iterator[str]:
    for char in map(chr, range(256)):
        yield "0" if "0" <= char <= "9" else "A" if "A" <= char <= "Z" else "a" if char.isalpha() else char


_SHAPES = "".join(_shape_table()).encode("latin-1")


@dataclass(frozen=True, slots=True)
class _Filter:
    """Which patterns may match a text, as sets of bits: one walk over the text for all literals, one over its shape.

    `always` have no literal, `formless` no shape; `digit` need a digit, `nine` nine of them. `literals` and `shapes` have
    the patterns of each string that the automatons find.
    """

    always: int
    formless: int
    digit: int
    nine: int
    automaton: AhoCorasick
    literals: tuple[tuple[str, int], ...]
    shape_automaton: BytesAhoCorasick
    shapes: tuple[int, ...]


@cache
def _filter(lang: Lang) -> _Filter:
    literals: dict[str, int] = {}
    shapes: dict[bytes, int] = {}
    always = formless = digit = nine = 0
    for pattern in patterns(lang):
        bit = 1 << pattern.rank
        always |= 0 if pattern.needs else bit
        formless |= 0 if pattern.shapes else bit
        digit |= bit if pattern.digit else 0
        nine |= bit if pattern.scheme == "phone" and "+" not in pattern.needs else 0
        for need in pattern.needs:
            literals[need] = literals.get(need, 0) | bit
        for shape in pattern.shapes:
            shapes[shape] = shapes.get(shape, 0) | bit
    automaton = AhoCorasick([need.lower() for need in literals], implementation=Implementation.DFA)
    shape_automaton = BytesAhoCorasick(list(shapes), implementation=Implementation.DFA)
    return _Filter(always, formless, digit, nine, automaton, tuple(literals.items()), shape_automaton, tuple(shapes.values()))


def _tried(text: str, lang: Lang) -> tuple[Pattern, ...]:
    """The patterns that may match."""
    known = _filter(lang)
    wanted = known.always
    for found, _, _ in known.automaton.find_matches_as_indexes(text.lower(), overlapping=True):
        need, bits = known.literals[found]
        if wanted & bits != bits and (need in text or need == need.lower()):
            wanted |= bits
    shape = text.encode("latin-1", "replace").translate(_SHAPES)
    digits = shape.count(b"0")
    if not digits:
        wanted &= ~known.digit
    if not wanted:
        return ()
    formed = known.formless
    for found, _, _ in known.shape_automaton.find_matches_as_indexes(shape, overlapping=True):
        formed |= known.shapes[found]
    wanted &= formed
    if wanted & known.nine and (digits < 9 or not NINE.search(text)):
        wanted &= ~known.nine
    return _chosen(lang, wanted) if wanted else ()


@lru_cache(maxsize=4096)
def _chosen(lang: Lang, wanted: int) -> tuple[Pattern, ...]:
    return tuple(p for p in patterns(lang) if wanted >> p.rank & 1)


def recognise(text: str, lang: Lang) -> list[Mention]:
    """The verbatim stretches of a French or English text, in order, without overlap.

    >>> [m.value.text for m in recognise("Alvexa, 8 rue des Tilleuls, 27100 Louviers, 01 99 00 12 34", Lang.FR)]
    ['8 rue des Tilleuls, 27100 Louviers', '01 99 00 12 34']
    >>> [m.value.english for m in recognise("selon l'article L. 5124-1 et le règlement (CE) n° 1394/2007", Lang.FR)]
    ['Article L. 5124-1', 'Regulation (EC) No 1394/2007']

    Leaves alone plain numbers, amounts, dates, ranges of years and quarters: those are values. Where two overlap, an
    address, an URL or an e-mail wins, then the longer one, then the earlier one.
    """
    found: list[tuple[bool, int, int, int, int, Verbatim]] = []
    for pattern in _tried(text, lang):
        for match in pattern.regex.finditer(text):
            start, end = _extent(match, pattern.english)
            if start == end or (pattern.scheme == "code" and text.isupper() and not any(c.isdigit() for c in match[0])):
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
    if template == "×":  # 1,5x2 cm
        sides = _TIMES.sub(" × ", match["sides"])
        return f"{sides.replace(',', '.')} {match['unit']}"
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
