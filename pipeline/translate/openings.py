"""What a sentence begins with that is not for the model: a number, a speaker, a byline, a dateline, a label of the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import zip_longest

import regex

from pipeline import lexicon
from pipeline.config import Dates
from pipeline.model import Block, Kind, Mention, Span
from pipeline.translate.protect import Protected, protect
from pipeline.translate.sentences import trim
from pipeline.translate.sorts import sort
from pipeline.values.verbatim import Verbatim

_SPEAKER = regex.compile(r"(?P<label>[QR])(?=\s?[:.–—-]\s+\p{L}[\p{L}']* \S)")  # of an interview: Q : …  R : …
# of an item or heading
_NUMBER = regex.compile(r"(?:\(?(?:\d{1,2}|[a-z])[.)°]|\d{1,2}(?:\.\d{1,2})+\.?|[IVX]{1,4}\.)(?=\s+[\p{L}\"«(])")
# of a note below the page: "1 Prix affiché"; a count is followed by a small letter or an acronym
_NOTE = regex.compile(r"(?P<number>\d{1,2}) (?=(?:[LD]')?\p{Lu}'?\p{Ll}[^.:|]{12,}|Un[e]? )")
# who speaks, by initials or an acronym: O. M. : …  IP : …
_INITIALS = regex.compile(r"(?P<label>(?:\p{Lu}\.[ -]?)+\p{Lu}\.|\p{Lu}{2,4})(?=\s?[:–—]\s+\p{L}[\p{L}'-]*[ ,?!…])")
# of a decree: Art. 1er. –
_ARTICLE = regex.compile(r"Art(?:icle|\.) (?P<number>1er|\d{1,3}(?:-\d{1,2})?)\.?(?=\s?[-–—]\s+\p{Lu})")
_SPEAKERS = {"Q": "Q", "R": "A"}
# of a decision: Vu le code …, Considérant que …
_RECITAL = regex.compile(r"Vue?s?(?= (?:l[ae]s? |l'|leurs? |sa |son |ses ))|Considérant qu(?:e(?= )|')")
_RECITALS = {
    "Vu": "Having regard to",
    "Vue": "Having regard to",
    "Vus": "Having regard to",
    "Vues": "Having regard to",
    "Considérant que": "Whereas",
    "Considérant qu'": "Whereas ",
}
_BYLINE = regex.compile(r"Par(?= \p{Lu})")
_LABELLED = regex.compile(r"\p{L}[^:|\n]{1,78}?(?=\s?:\s+\S)")  # Durée : 1 h 45
_DASH = regex.compile(r"(?P<before>\)?[.,]?)\s*[-–—]{1,2}\s+(?=\S|$)")
_APART = regex.compile(r"\s*[-–—:]\s+(?=\p{L})")
_NAMED = regex.compile(r"\p{L}{3,}")
_PROSE = regex.compile(r"\S+\s+\S+\s+\S")
_LINK = r"(?:de|du|la|le|les|sur|sous|en|lès)"
# an agency's places: PARIS -  GENÈVE/NANTES (awp/AFP) -  STRASBOURG.
_AGENCY = regex.compile(
    r"(?P<label>(?P<places>\p{Lu}[\p{Lu}'-]{2,}(?:[ /-]\p{Lu}[\p{Lu}'-]+){0,3})(?: \([\p{L}./ -]{2,24}\))?)"
    r"(?:\s?[-–—]\s+|\.\s+)(?=\p{Lu})"
)
_PLACE = regex.compile(rf"\p{{Lu}}[\p{{L}}']+(?:[ -](?:{_LINK}[ -])?\p{{Lu}}[\p{{L}}']+)*")
# what may stand between the places and dates of a dateline, and its English
_GLUE = {
    "": "", ",": ", ", "le": ", ", ", le": ", ", "à": ", ", ", à": ", ", "et": " and ", ", et": " and ", "/": " / ",
    "(": " (", ")": ")", "),": "), ", "), le": "), ", ") et": ") and ", ") -": ") – ", ") –": ") – ", ") —": ") – ",
    "-": " – ", "–": " – ", "—": " – ",
}  # fmt: skip
_UNIT = regex.compile(
    r"\s(?P<bracket>\((?P<unit>(?:en )?(?:[km]€|m(?:illion|illier)s d'euros|euros))(?P<tax> (?:HT|TTC))?\))$", regex.IGNORECASE
)


def lead(block: Block, span: Span, task: Protected, dates: Dates) -> tuple[Span, Protected, str] | None:
    """What `span` begins with, as (its span, its task, its English or "" where the task written out is its English)."""
    is_first = span.start == 0
    if is_first and block.kind in (Kind.ITEM, Kind.HEADING) and (number := _NUMBER.match(block.text, 0, span.end)):
        label = Span(*number.span())
        if not any(m.span.start < label.end < m.span.end for m in block.mentions[:1]):  # 2.2 may be held as a number
            inside = protect(block.text, label, block.mentions, dates)
            return label, inside, "" if inside.held else number[0].replace("°", ".")
    if is_first and block.kind is Kind.HEADING and (part := _numbered_part(block, span)):
        return part, protect(block.text, part, block.mentions, dates), ""
    if is_first and block.kind is Kind.PARAGRAPH and (note := _NOTE.match(block.text, 0, span.end)):
        label = Span(*note.span("number"))
        if not any(m.span.start < label.end < m.span.end for m in block.mentions[:1]):
            inside = protect(block.text, label, block.mentions, dates)
            return label, inside, "" if inside.held else note["number"]
    if is_first and (article := _ARTICLE.match(block.text, 0, span.end)):
        label, number = Span(*article.span()), article["number"].removesuffix("er")
        return label, protect(block.text, label, (), dates), f"Article {number}."
    if speaker := _SPEAKER.match(block.text, span.start, span.end) if is_first else None:
        return Span(*speaker.span()), protect(block.text, Span(*speaker.span()), (), dates), _SPEAKERS[speaker["label"]]
    if is_first and block.kind is Kind.PARAGRAPH and (found := _INITIALS.match(block.text, 0, span.end)):
        label = Span(*found.span("label"))
        is_word = found["label"].isalpha() and lexicon.load("fr").count(found["label"].lower()) > 0
        if not is_word and not any(m.span.start < label.end for m in block.mentions[:1]):
            return label, protect(block.text, label, (), dates), found["label"]
    if recital := _RECITAL.match(block.text, 0, span.end) if is_first else None:
        return Span(*recital.span()), protect(block.text, Span(*recital.span()), (), dates), _RECITALS[recital[0]]
    if _is_byline(block.text, span, task):
        label = Span(span.start, span.start + 3)
        return label, protect(block.text, label, (), dates), "By"
    if is_first and block.kind in (Kind.PARAGRAPH, Kind.ITEM):
        return _dateline(block, span, task) or _agency(block, span, dates)
    return None


def _numbered_part(block: Block, span: Span) -> Span | None:
    """The `Section 4`, `Annexe 1` or the like, held as it is, that a heading begins with, before a dash or colon."""
    first = block.mentions[0] if block.mentions else None
    if first is None or first.span.start or not isinstance(first.value, Verbatim):
        return None
    return first.span if _APART.match(block.text, first.span.end, span.end) else None


def _is_byline(text: str, span: Span, task: Protected) -> bool:
    """Whether it is "Par Inès Taranne, le 8 octobre": a name follows, and there is hardly a word besides."""
    if not _BYLINE.match(text, span.start, span.end) or not task.held or len(task.plain) > 24:
        return False
    first = task.held[0].mention
    return first.kind == "name" and first.span.start == span.start + 4


def _dateline(block: Block, span: Span, task: Protected) -> tuple[Span, Protected, str] | None:
    """ "Lyon et Gand, le 24 juillet 2024, 18 h - ": places, a day, nothing but commas between, and a dash."""
    parts: list[str | int] = []
    last, names, days = 0, 0, 0
    for part in task.parts:
        if isinstance(part, int):
            letter = sort(task.held[part].mention.value)
            if letter not in "lwdh":
                return None
            last, names, days = part, names + (letter in "lw"), days + (letter == "d")
            parts.append(part)
            continue
        dash = _DASH.match(part) if days and names and parts and isinstance(parts[-1], int) else None
        behind = task.held[last + 1] if dash and dash.end() == len(part) and last + 1 < len(task.held) else None
        if dash and not (behind and sort(behind.mention.value) in "dh"):
            held = task.held[: last + 1]
            if not _PROSE.match(block.text, held[-1].mention.span.end + dash.end(), span.end):
                return None
            label = replace(task, parts=(*parts, *filter(None, [dash["before"]])), held=held)
            return Span(span.start, held[-1].mention.span.end + len(dash["before"])), label, ""
        if (english := _glued(part, is_first=not parts)) is None:
            return None
        names += any(c.isupper() for c in english)
        parts.append(english)
    return None


def _agency(block: Block, span: Span, dates: Dates) -> tuple[Span, Protected, str] | None:
    """The places in capitals, and the agencies in brackets, that a piece of news begins with; no words among them."""
    found = _AGENCY.match(block.text, 0, span.end)
    if not found or not all(lexicon.load("fr").name_like(w.capitalize()) for w in _NAMED.findall(found["places"])):
        return None
    label = Span(*found.span("label"))
    if any(m.span.start < label.end < m.span.end for m in block.mentions):
        return None
    inside = protect(block.text, label, block.mentions, dates)
    return label, inside, "" if inside.held else found["label"]


def _glued(part: str, is_first: bool) -> str | None:
    """The English of what stands between the mentions of a dateline: names as they are; None where there are words."""
    out: list[str] = []
    for between, name in zip_longest(_PLACE.split(part), _PLACE.findall(part), fillvalue=""):
        english = _GLUE.get(between.strip().lower()) if between.strip() else between
        is_word = "-" not in name and any(w[0].isupper() and not lexicon.load("fr").name_like(w) for w in name.split())
        if english is None or is_word or (is_first and not out and between):
            return None
        out += [english, name]
    return "".join(out)


def unit(text: str, piece: Span, mentions: Sequence[Mention]) -> list[Span]:
    """A heading or cell, and the unit of money in brackets that it ends with ("Charges (en k€)", "Prix (k€ HT)"); else the
    piece alone.
    """
    found = _UNIT.search(text, piece.start, piece.end)
    if not found or found["unit"].lower() not in labels():
        return [piece]
    tax = Span(*found.span("tax")) if found["tax"] else None
    if any(m.span.overlaps(Span(*found.span())) and not (tax and tax.contains(m.span)) for m in mentions):
        return [piece]
    return [trim(text, Span(piece.start, found.start())), Span(found.start("bracket"), piece.end)]


def labelled(text: str, piece: Span, mentions: Sequence[Mention]) -> list[Span]:
    """The label that the piece begins with, where the table has it, and what follows it; else the piece."""
    found = _LABELLED.match(text, piece.start, piece.end) if ":" in piece.of(text) else None
    if not found or found[0].lower() not in labels():
        return [piece]
    if any(m.span.start < found.end() and piece.start < m.span.end for m in mentions):
        return [piece]
    rest = trim(text, Span(text.index(":", found.end()) + 1, piece.end))
    return [Span(*found.span()), rest]


def taxed(task: Protected) -> Protected | None:
    """ "(k€ HT)" in English, where HT is held as a term; None for anything else."""
    match task.parts:
        case (str(before), int(tax), ")") if before.startswith("(") and (english := labels().get(before[1:].strip().lower())):
            return replace(task, parts=(f"({english[0].lower()}{english[1:]} ", tax, ")"))
    return None


@cache
def labels() -> dict[str, str]:
    """French labels, cells and short headings, lower case, and their English: `data/labels.tsv`, and `data/phrases.tsv`
    (of the pairs written for the model, `training/phrases.py`), whose English begins small.
    """
    tables = [(files("pipeline") / "data" / name).read_text("utf-8").splitlines()[1:] for name in ("phrases.tsv", "labels.tsv")]
    return {cells[0]: cells[1] for rows in tables for cells in (row.split("\t") for row in rows)}


def label(plain: str, capital: bool) -> str:
    """The English of a stretch that the tables have as a whole, with the capital and the colon of the French; else ""."""
    if plain[:1] == "(" and plain[-1:] == ")":
        return f"({english[:1].lower()}{english[1:]})" if (english := labels().get(plain[1:-1].lower(), "")) else ""
    low = plain.lower().rstrip(" :,")
    english = labels().get(low) or labels().get(low.removesuffix("."), "")
    if english and capital:
        english = english[:1].upper() + english[1:]
    return f"{english}{plain[-1]}" if (english and plain[-1] in ":,") or (english and plain[-1] == "." != english[-1]) else english
