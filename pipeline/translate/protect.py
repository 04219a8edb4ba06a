"""The French with its mentions already in English: how it is written for the model, and found again in what comes back."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import regex

from pipeline.config import Dates
from pipeline.model import Mention, Span, Term
from pipeline.values import render
from pipeline.values.verbatim import Verbatim

_MAGNITUDE = regex.compile(r"\s*+(?:%|per\s?cent\b|(?:million|billion|trillion|thousand|bn|m)\b|[€$£])", regex.IGNORECASE)
_ARTICLE = regex.compile(r"(?P<kept>^|[\s(«\"'])(?:l'|la |le |les )$|(?P<contracted>\b(?:du|au|des|aux) )$", regex.IGNORECASE)
_CONTRACTED = {"du ": "de ", "au ": "à ", "des ": "de ", "aux ": "à "}
# names of places that keep their article in English; of the others ("la Suisse") it goes
_TAKES_THE = regex.compile(
    r"\b(?:United|Netherlands|Republic|Kingdom|Union|Emirates|Philippines|Comoros|Gambia|Islands|Isles|States|Alps|Pyrenees|Balkans|"
    r"Riviera|Hague|Antilles|Maldives|Seychelles|Bahamas|Congo|Sea|Ocean|Atlantic|Mediterranean|Gulf|Rhine|Seine|Middle East)\b"
)
_SENTENCE_START = regex.compile(r"(?:^|[.!?:…]\s)[\s\"'«»(\[–—-]*+$")


@dataclass(frozen=True, slots=True)
class Held:
    """A mention of a segment with the English it must have there; `admitted` are forms that are right as well."""

    mention: Mention
    english: str
    admitted: tuple[str, ...] = ()

    @property
    def group(self) -> str:
        """`term`, `name` or `value`: how bad it is to lose it, and which flag says so."""
        kind = self.mention.value.kind
        return kind if kind in ("term", "name") else "value"


@dataclass(frozen=True, slots=True)
class Written:
    """A source for the model, and where each mention stands in it."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Protected:
    """A stretch of French: plain text (`str`) and, in place of every mention, its number in `held`.

    The hash and equality of `key` leave out where the mentions stood, so that the same sentence twice costs once.
    `plain` is the French between the mentions alone, `bare` what `written` gives without markers and slots.
    """

    parts: tuple[str | int, ...]
    held: tuple[Held, ...]
    capital: bool = False  # whether the French begins with a capital, so that its English must
    plain: str = field(init=False, repr=False, compare=False)
    bare: Written = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # asked for with every hypothesis
        object.__setattr__(self, "plain", " ".join([p for p in self.parts if isinstance(p, str)]))
        object.__setattr__(self, "bare", self._joined([h.english for h in self.held]))

    @property
    def key(self) -> tuple[object, ...]:
        """What the translation depends on."""
        return self.parts, self.capital, tuple((h.english, h.admitted, h.group) for h in self.held)

    def written(self, markers: tuple[str, str] | None = None, slots: Mapping[int, str] | None = None) -> Written:
        """The source as the model gets it: mentions in English, between markers, or as slots."""
        if not (markers or slots):
            return self.bare
        left, right = markers or ("", "")
        other = slots or {}
        return self._joined([other.get(i, f"{left}{h.english}{right}") for i, h in enumerate(self.held)])

    def _joined(self, english: Sequence[str]) -> Written:
        """The parts, with these stretches in place of the mentions."""
        out: list[str] = []
        spans: list[Span] = []
        at = 0
        for part in self.parts:
            piece = part if isinstance(part, str) else english[part]
            end = at + len(piece)
            if piece is not part:
                spans.append(Span(at, end))
            out.append(piece)
            at = end
        return Written("".join(out), tuple(spans))


def protect(text: str, span: Span, mentions: Sequence[Mention], dates: Dates = "long") -> Protected:
    """`span` of a block's text with the mentions that lie inside it (ordered, exclusive) taken out."""
    parts: list[str | int] = []
    held: list[Held] = []
    last = span.start
    begin = bisect_left(mentions, span.start, key=lambda m: m.span.start)
    for mention in mentions[begin : begin + len(span)]:  # a mention has a character at least
        if mention.span.start >= span.end:
            break
        if span.contains(mention.span) and mention.span.start >= last:
            before = text[last : mention.span.start]
            parts += [_unarticled(before) if _bare_place(mention) else before, len(held)]
            held.append(hold(mention, dates))
            last = mention.span.end
    parts.append(text[last : span.end])
    capital = span.of(text).lstrip("\"'«([ ")[:1].isupper()
    return Protected(tuple(p for p in parts if p != ""), tuple(held), capital)


def _bare_place(mention: Mention) -> bool:
    """Whether it is a place that English names without an article, and otherwise than French."""
    value = mention.value
    return isinstance(value, Verbatim) and value.scheme == "place" and bool(value.english) and not _TAKES_THE.search(value.english)


def _unarticled(before: str) -> str:
    """The French before a place without its article: "dans la " → "dans ", "l'" → "", "du " → "de "."""
    found = _ARTICLE.search(before)
    if not found:
        return before
    contracted = found["contracted"]
    return before[: found.start()] + (_CONTRACTED[contracted.lower()] if contracted else found["kept"])


def hold(mention: Mention, dates: Dates = "long") -> Held:
    """The mention with its English: a term's own, a value's canonical one."""
    if isinstance(mention.value, Term):
        return Held(mention, mention.value.english, mention.value.admitted)
    return Held(mention, render(mention.value, dates))


def find(protected: Protected, text: str, source: str) -> tuple[Span | None, ...]:
    """Where each mention stands in `text`, the model's raw output; None where it does not.

    Whole words only, every stretch for one mention only, longer mentions first. Case, accents, spaces and the form of
    dashes may differ (`settle` then writes what is canonical). A figure that the output has given a magnitude, a percent
    sign, a currency or a minus which it does not have in `source` is not found.
    """
    held = protected.held
    out: list[Span | None] = [None] * len(held)
    taken: list[Span] = []
    for i in sorted(range(len(out)), key=lambda i: -len(held[i].english)) if len(out) > 1 else range(len(out)):
        for form in (held[i].english, *held[i].admitted):
            spots = [s for s in _occurrences(text, form) if _is_free(s, taken) and _fits(text, s, form, source)]
            if spots:
                out[i] = pick = spots[0] if len(spots) == 1 else _likeliest(protected, text, i, out, spots)
                taken.append(pick)
                break
    return tuple(out)


def _is_free(spot: Span, taken: Sequence[Span]) -> bool:
    return all(spot.end <= t.start or t.end <= spot.start for t in taken)


def _likeliest(protected: Protected, text: str, i: int, out: Sequence[Span | None], spots: Sequence[Span]) -> Span:
    """The spot for mention `i`: the first where the same English is wanted as often as it stands there, else the nearest."""
    english = protected.held[i].english
    same = sum(1 for h, o in zip(protected.held, out, strict=True) if h.english == english and o is None)
    if len(spots) <= same:
        return spots[0]
    length, expected = max(1, len(text)), protected.bare.spans[i].start / max(1, len(protected.bare.text))
    return min(spots, key=lambda s: abs(s.start / length - expected))


def settle(protected: Protected, text: str, found: Sequence[Span | None]) -> tuple[str, tuple[Span | None, ...]]:
    """`text` with every mention that was found written canonically, and where each stands then.

    A capital that the model put at the start of a sentence stays. A term in an admitted form keeps that form.
    """
    order = sorted((s.start, i) for i, s in enumerate(found) if s is not None)
    parts: list[str] = []
    spans: list[Span | None] = [None] * len(found)
    last = at = 0
    for start, i in order:
        stretch = found[i]
        if stretch is None:
            continue
        parts.append(text[last:start])
        at += start - last
        piece = _canonical(protected.held[i], stretch.of(text), _starts(text, start), protected.capital)
        parts.append(piece)
        spans[i] = Span(at, at + len(piece))
        at += len(piece)
        last = stretch.end
    parts.append(text[last:])
    return "".join(parts), tuple(spans)


def insert_slots(text: str, protected: Protected, slots: Mapping[int, str]) -> str:
    """The output with every slot replaced by the English it stood for; a slot twice in a row counts once."""
    for i, slot in slots.items():
        while (twice := f"{slot} {slot}") in text:
            text = text.replace(twice, slot)
        text = text.replace(slot, protected.held[i].english)
    return text


def without(text: str, signs: Collection[str]) -> str:
    """`text` without markers and slots that came through, and without the double spaces they leave."""
    for sign in signs:
        text = text.replace(sign, "")
    return text


def _starts(text: str, at: int) -> int:
    """2 at the start of all, 1 at the start of a later sentence, 0 elsewhere."""
    before = text[max(0, at - 12) : at]
    if not _SENTENCE_START.search(before):
        return 0
    return 1 if any(c.isalnum() or c in ".!?:…" for c in before) else 2


def _canonical(held: Held, surface: str, starts: int, capital: bool) -> str:
    wanted = held.english
    if surface != wanted:
        low = _low(surface)
        wanted = next((f for f in (wanted, *held.admitted) if _low(f) == low), wanted)
    is_upper = capital if starts == 2 else bool(starts) and surface[:1].isupper()
    if is_upper and wanted[:1].islower() and held.mention.kind not in ("name", "verbatim"):
        return wanted[:1].upper() + wanted[1:]
    return wanted


def _occurrences(text: str, form: str) -> list[Span]:
    """Stretches of `text` that read `form`, exactly or else folded, between word boundaries."""
    if out := [s for s in _search(text, form) if _anchored(text, s)]:
        return out
    wanted = _low(form)
    if not wanted or wanted not in (low := _low(text)):
        return []
    places = _places(text)
    folded = [Span(places[s.start], places[s.end - 1] + 1) for s in _search(low, wanted)]
    return [s for s in folded if _anchored(text, s)]


def _search(text: str, wanted: str) -> list[Span]:
    out, at = [], text.find(wanted)
    while at >= 0 and wanted:
        out.append(Span(at, at + len(wanted)))
        at = text.find(wanted, at + 1)
    return out


def _anchored(text: str, span: Span) -> bool:
    start, end = span.start, span.end
    first, last = text[start], text[end - 1]
    if (start and first.isalnum() and text[start - 1].isalnum()) or (last.isalnum() and text[end : end + 1].isalnum()):
        return False
    if start > 1 and first.isdigit() and text[start - 1] in ".,/:" and text[start - 2].isdigit():
        return False
    return not (last.isdigit() and text[end : end + 1] in (".", ",", "/", ":") and text[end + 1 : end + 2].isdigit())


def _fits(text: str, span: Span, form: str, source: str) -> bool:
    """Whether what stands around a figure in the output stands around it in the source too."""
    if form[:1].isdigit():
        before = text[max(0, span.start - 2) : span.start]
        if before[-1:] in ("-", "−") and not before[:1].isalnum() and before[-1:] + form not in source and "-" + form not in source:
            return False
        if before[-1:] in ("€", "$", "£") and before[-1] + form not in source:
            return False
    if form[-1:].isdigit() and (found := _MAGNITUDE.match(text, span.end)):
        sign = found[0].strip().lower()
        return any(source[s.end : s.end + 12].lstrip("⟫ ").lower().startswith(sign[:3]) for s in _search(source, form))
    return True


_DASHES = dict.fromkeys("‐‑‒–—−", "-")
_BEYOND = regex.compile(r"[^\x00-\x7f]")


@lru_cache(maxsize=4096)
def _low(text: str) -> str:
    """Lower case without accents, spaces or kinds of dash."""
    bare = "".join(text.split())
    if not bare.isascii():
        bare = _BEYOND.sub(lambda m: _pieces(m[0]), bare)
    return bare.lower()


@lru_cache(maxsize=256)
def _places(text: str) -> tuple[int, ...]:
    """The place in `text` of every character of `_low(text)`."""
    if text.isascii():
        return tuple([at for at, char in enumerate(text) if not char.isspace()])
    return tuple([at for at, char in enumerate(text) if not char.isspace() for _ in (char if char < "\x80" else _pieces(char))])


@lru_cache(maxsize=4096)
def _pieces(char: str) -> str:
    """A character beyond ASCII without its accents, in lower case, each part of it one character."""
    parts = (p for p in unicodedata.normalize("NFKD", _DASHES.get(char, char)) if not unicodedata.combining(p))
    return "".join({"’": "'"}.get(p, p.casefold())[:1].lower()[:1] for p in parts)
