"""How a block is cut for translation: sentences, the parts of a sentence that the model gets, and what is only copied."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from pipeline.config import Dates
from pipeline.model import Block, Kind, Lang, Mention, Span
from pipeline.translate import guards
from pipeline.translate.candidate import Candidate
from pipeline.translate.capitals import accented, in_capitals, lowered
from pipeline.translate.engine import Engine
from pipeline.translate.openings import label, labelled, lead, taxed, unit
from pipeline.translate.plainer import plainer
from pipeline.translate.protect import Protected, protect
from pipeline.translate.quotations import speech
from pipeline.translate.sentences import BULLETS, cut, split, trim
from pipeline.translate.translations import translation

_CELL = regex.compile(r"\s*\|\s*")
_WORD = regex.compile(r"\p{L}{2,}")
_JOINING = regex.compile(r"(?<![\w'])(?:[àyôÀ]|[dlDL]')(?![\w'])|(?<!\w)[dl]'")  # words of one letter
_SLASH = regex.compile(r"\s/\s")
_LETTER = regex.compile(r"\p{L}")
_COUNTER = regex.compile(r"\(?(?:\p{L}|[ivx]{1,4})[.)]|(?:\p{Lu}\p{Ll}?\.[ -]?){1,4}")  # a.; H. V.-M.
_STRETCH = regex.compile(r"\p{L}(?:.*\p{L}[.]?)?", regex.DOTALL)
# arrows, boxes, dingbats, emoji, keycaps, points and bars between parts: no model knows them, and grammar does not reach across
_SYMBOL = regex.compile(
    r"\s*(?:[\u2190-\u21ff\u2500-\u27bf\u2900-\u297f\u2b00-\u2bff\U0001f000-\U0001faff]|[0-9#*]\ufe0f?\u20e3)[\ufe0f\s]*"
    rf"|\s[{BULLETS}|]\s"
    r"|\s*(?:\.{5,}|…{2,})\s*"  # the dots that lead to a figure
)
_BULLET = regex.compile(rf"[{BULLETS}]\s+(?=\S)")
_NO_NAMES = frozenset(
    ("M", "MM", "Mme", "Mmes", "Mlle", "Bonjour", "Bonsoir", "Merci", "Bravo", "Salut")
)  # what a name may stand behind
_LINKS = frozenset(("ET", "OU", "POUR", "PAR", "SUR", "DANS", "AVEC", "DES", "AUX"))  # in capitals: no part of a name
_BREAK = regex.compile(r"\s[-–—•·]\s|\s*[:;|/]\s+|,\s+|\s+:\s*")


@dataclass(frozen=True, slots=True)
class Part:
    """What is translated, or copied, in one piece: `span` in the block's text; `copy` holds the English where it is known."""

    span: Span
    task: Protected
    copy: str | None = None
    follows: bool = False  # the rest of a sentence that was cut because of its length
    capitals: bool = False  # the French is in capitals, so the English is to be


@dataclass(frozen=True, slots=True)
class Sentence:
    """A segment to be: its span, all of it as one task (for the checks), and its parts."""

    span: Span
    task: Protected
    parts: tuple[Part, ...]


def plan(block: Block, engine: Engine, dates: Dates) -> tuple[Sentence, ...]:
    """The sentences of a French block. `engine` counts subword tokens."""
    keep = [m.span for m in block.mentions]
    if block.kind in (Kind.PARAGRAPH, Kind.ITEM):
        spans = split(block.text, block.lang, keep)
    else:
        spans = [s for s in (trim(block.text, Span(0, len(block.text))),) if len(s)]
    out = []
    for span in spans:
        task = protect(block.text, span, block.mentions, dates)
        parts = _parts(block, span, task, engine, dates)
        is_capitals = in_capitals(span.of(block.text))
        out.append(Sentence(span, task, tuple(replace(p, capitals=True) for p in parts) if is_capitals else tuple(parts)))
    return tuple(out)


def _parts(block: Block, span: Span, task: Protected, engine: Engine, dates: Dates) -> list[Part]:
    if not _LETTER.search(task.plain):
        return [Part(span, task, "")]
    if block.kind is Kind.TABLE:
        pieces = _between(block.text, span, _CELL, block.mentions)
    elif block.kind is Kind.CONTACT:
        pieces = [p for c in _between(block.text, span, _BREAK, block.mentions) for p in _around(block.text, c, block.mentions)]
    else:
        bullet = _BULLET.match(block.text, span.start, span.end)
        pieces = [Span(bullet.end(), span.end) if bullet else span]
    if ("|" in task.plain or "....." in task.plain or not task.plain.isascii()) and _SYMBOL.search(task.plain):
        pieces = [side for p in pieces for side in _between(block.text, p, _SYMBOL, block.mentions)]
    ready: set[Span] = set()  # English already
    if block.kind in (Kind.HEADING, Kind.TABLE, Kind.ITEM):
        sides = [_sides(block.text, p, block.mentions) for p in pieces]
        ready = {s for each in sides if len(each) > 1 for s, known in zip(each, _english(block.text, each), strict=True) if known}
        pieces = [side for each in sides for side in each]
        pieces = [part for p in pieces for part in unit(block.text, p, block.mentions)]
    if block.kind in (Kind.PARAGRAPH, Kind.ITEM) and (spoken := speech(block.text, span, block.mentions)):
        return [p for piece, english in spoken for p in _spoken(block, piece, english, engine, dates)]
    out: list[Part] = []
    if opening := lead(block, span, task, dates):
        label, words, english = opening
        out.append(Part(label, words, english))
        begin = next(i for i in range(label.end, span.end) if block.text[i].isalnum() or block.text[i] in '"(')
        pieces = [trim(block.text, Span(begin, span.end))]
    if block.kind is not Kind.CONTACT:
        pieces = [side for p in pieces for side in labelled(block.text, p, block.mentions)]
    for piece in pieces:
        whole = task if piece == span else protect(block.text, piece, block.mentions, dates)
        if piece in ready:
            out.append(Part(piece, whole, ""))
            continue
        out += [_part(whole, piece)] if block.kind is Kind.CONTACT else _fitted(block, piece, whole, engine, dates)
    return out


def _fitted(block: Block, piece: Span, task: Protected, engine: Engine, dates: Dates) -> list[Part]:
    """The piece as one part, or as several where it is longer than the engine likes."""
    if not _is_long(task.written().text, engine):
        return [_part(task, piece)]
    smaller = _fitting(block, piece, task, engine, dates)
    return [replace(_part(task, at), follows=i > 0) for i, (at, task) in enumerate(smaller)]


def _spoken(block: Block, piece: Span, english: str | None, engine: Engine, dates: Dates) -> list[Part]:
    """A piece of `speech`: what is known in English as it is, what is said in parts; who says it goes on in small letters."""
    if english is not None:
        return [Part(piece, protect(block.text, piece, (), dates), english)]
    parts = _fitted(block, piece, protect(block.text, piece, block.mentions, dates), engine, dates)
    return [replace(parts[0], follows=block.text[piece.start].islower()), *parts[1:]]


def _is_long(text: str, engine: Engine) -> bool:
    """Whether it is longer than the engine likes; of a short text tokens are not counted: prose has four characters a token."""
    return len(text) > 2 * engine.longest and engine.length(text) > engine.longest


def _fitting(block: Block, span: Span, task: Protected, engine: Engine, dates: Dates) -> list[tuple[Span, Protected]]:
    """The span cut into parts that fit the model, each with its task; again where a part is denser than the whole."""
    tokens, most = engine.length(task.written().text), engine.longest
    if tokens <= most:
        return [(span, task)]
    inner = slice(*(bisect_left(block.mentions, at, key=lambda m: m.span.start) for at in (span.start, span.end)))
    pieces = cut(block.text, span, [m.span for m in block.mentions[inner]], max(1, min(len(span) * most // tokens, len(span) - 1)))
    if len(pieces) == 1:  # one mention or one character: there is no place to cut
        return [(span, task)]
    tasks = [(piece, protect(block.text, piece, block.mentions, dates)) for piece in pieces]
    return [part for piece, smaller in tasks for part in _fitting(block, piece, smaller, engine, dates)]


def _part(task: Protected, span: Span) -> Part:
    """A part for the model, or a copy where it has no French word, or its English where a label says it."""
    plain = task.plain.strip()
    if not _LETTER.search(plain) or _COUNTER.fullmatch(plain) or (len(plain) == 1 and plain not in "àAÀyY"):
        return Part(span, task, "")
    if not task.held and guards.is_english(plain):
        return Part(span, task, plain)
    if not task.held and (english := label(plain, task.capital)):
        return Part(span, task, english)
    if (units := taxed(task)) is not None:
        return Part(span, units, "")
    words = _WORD.findall(plain)
    if (
        words
        and len(words) <= 4
        and not _JOINING.search(plain)
        and words[0] not in _NO_NAMES
        and all(w[0].isupper() for w in words)
        and not any(w in _LINKS or known(w) for w in words if w in _LINKS or not _is_legal(w))
    ):
        return Part(span, task, plain if not task.held else "")
    return Part(span, plainer(accented(lowered(task))))


def _is_legal(word: str) -> bool:
    """Whether it may be the legal form of a company, which can also be a word: SAS, SA."""
    return len(word) <= 4 and word.isupper()


def known(word: str) -> bool:
    """Whether a word is in the French or the English lexicon as a word, not only as a name; capitals may lack their accents."""
    from pipeline import lexicon

    if word.isupper() and len(word) > 4 and not lexicon.load("fr").count(word):
        word = lexicon.accents().get(word.lower(), word)
    return any(lexicon.load(c).count(word) > 0 and not lexicon.load(c).name_like(word) for c in ("fr", "en")) or guards.is_french(
        word.lower()
    )


def copied(part: Part) -> Candidate:
    """A part that is not sent to the model: its mentions in English, all else as it stands; a term first keeps its capital."""
    if part.copy and not part.task.held:
        return Candidate(part.copy, (), (), "copy", ())
    written = part.task.written()
    first = part.task.held[0] if written.spans and written.spans[0].start == 0 else None
    if part.task.capital and first and first.group == "term" and first.english.split()[0].islower():
        written = replace(written, text=written.text[:1].upper() + written.text[1:])
    return Candidate(written.text, written.spans, (), "copy", ("plain",) * len(written.spans))


def _between(text: str, span: Span, separator: regex.Pattern[str], mentions: Sequence[Mention]) -> list[Span]:
    """The stretches between separators that do not lie inside a mention."""
    out, last = [], span.start
    for mark in separator.finditer(text, span.start, span.end):
        if not any(m.span.start < mark.end() and mark.start() < m.span.end for m in mentions):
            out.append(Span(last, mark.start()))
            last = mark.end()
    out.append(Span(last, span.end))
    return [s for s in (trim(text, s) for s in out) if len(s)]


def _sides(text: str, span: Span, mentions: Sequence[Mention]) -> list[Span]:
    """The sides of a bilingual label ("Caractéristiques / Specifications"), where one of them is English; else the whole."""
    if " / " not in span.of(text):
        return [span]
    sides = _between(text, span, _SLASH, mentions)
    words = [s.of(text).lower() for s in sides]
    same = len(words) == 2 and (entry := translation(words[0])) is not None and entry.admits(words[1])  # Enregistreur / Logger
    return sides if same or any(_english(text, sides)) else [span]


def _english(text: str, sides: Sequence[Span]) -> list[bool]:
    """Which sides are English, as their own words tell: what stands on all of them may be a name."""
    words = [_WORD.findall(side.of(text).lower()) for side in sides]
    both = set.intersection(*map(set, words)) if len(sides) > 1 else set()
    return [guards.is_english(" ".join(word for word in side if word not in both)) for side in words]


def _around(text: str, span: Span, mentions: Sequence[Mention]) -> list[Span]:
    """The mentions of a stretch one by one, and what has letters between them."""
    out: list[Span] = []
    last = span.start
    for mention in (*[m for m in mentions if span.contains(m.span)], None):
        gap = Span(last, mention.span.start if mention else span.end)
        if found := _STRETCH.search(gap.of(text)):
            out.append(Span(gap.start + found.start(), gap.start + found.end()))
        if mention:
            out.append(mention.span)
            last = mention.span.end
    return out


def is_french(block: Block) -> bool:
    """Whether the block is to be translated."""
    return block.lang is Lang.FR and not block.kind.omitted
