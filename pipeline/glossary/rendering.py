"""What a chosen candidate becomes: its English in the number and with the capital of its place; long form and acronym as one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from types import MappingProxyType

from pipeline.glossary.automaton import Form
from pipeline.glossary.english import allowed, inflects, plural, spellings
from pipeline.glossary.entry import Entry
from pipeline.glossary.number import is_plural
from pipeline.model import Mention, Span, Term

BRACKETED = re.compile(r"\s?\(\s?(?:«\s?|\")?(?P<acronym>[A-Z][A-Za-z0-9&]{1,11})(?:\s?»|\")?\s?\)")
BEGINS = re.compile(r"(?:^|[.!?:|]\s)[\s«\"'–—•(-]*$")


@dataclass(frozen=True, slots=True)
class Bindings:
    """What one document says about its acronyms: to which entry each belongs, None where it is none of ours.

    `first` says for each entry that asks for it (`expand`) in which text and where its abbreviation stands first, unless the
    document gives the long form before.
    """

    known: Mapping[str, Entry | None] = field(default_factory=lambda: MappingProxyType({}))
    first: Mapping[str, tuple[str, int]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of text that folds like a form; `refused` says why it is no mention, or is empty."""

    span: Span
    form: Form
    refused: str = ""


def mentions(text: str, chosen: Sequence[Candidate], bindings: Bindings) -> Iterator[Mention]:
    """The mentions that chosen candidates (in order, without overlap) make."""
    index = 0
    while index < len(chosen):
        here = chosen[index]
        after = chosen[index + 1] if index + 1 < len(chosen) else None
        unit = _unit(text, here, after, bindings)
        if unit:
            yield unit
            index += 1 + bool(after and unit.span.overlaps(after.span))
            continue
        yield Mention(here.span, _term(text, here))
        index += 1


def _term(text: str, candidate: Candidate) -> Term:
    form, span = candidate.form, candidate.span
    capital = (
        text[span.start].isupper()
        and form.text[0].islower()
        and not span.of(text).isupper()
        and BEGINS.search(text, max(0, span.start - 12), span.start) is not None
    )
    return _written(form, _many(text, candidate), capital)


@lru_cache(maxsize=8192)
def _written(form: Form, many: bool, capital: bool) -> Term:
    """A form of an entry as a term: in the plural or not, with a capital or not."""
    entry = form.entry
    base = entry.abbr_en if form.how == "abbreviation" and entry.abbr_en else entry.english
    english = plural(base) if many and inflects(entry) else base
    if entry.keep and entry.english == entry.head:
        english = form.text  # never translated: as this document writes it
    if capital:
        english = english[0].upper() + english[1:]
    others = tuple(a for a in allowed(entry) if a != english)
    return Term(entry.head if form.how != "abbreviation" else form.text, english, others, entry.id, f"term.{form.how}")


def _many(text: str, candidate: Candidate) -> bool:
    form = candidate.form
    if form.how == "plural" or (form.how == "abbreviation" and text[candidate.span.end - 1] == "s" and form.text[-1] != "s"):
        return True
    invariable = form.how in ("abbreviation", "bound") or form.entry.pos == "acronym" or form.text[-1:] in "sxz"
    return invariable and is_plural(text, candidate.span.start, candidate.span.end, "bareplural" in form.entry.match)


def _unit(text: str, here: Candidate, after: Candidate | None, bindings: Bindings) -> Mention | None:
    """ "long form (ACRONYM)" and "ACRONYM (long form)" as one mention."""
    entry = here.form.entry
    if entry.keep:
        return None
    bracket = BRACKETED.match(text, here.span.end)
    if bracket and here.form.how not in ("abbreviation", "bound"):
        acronym = bracket["acronym"]
        ours = acronym in (entry.abbr_fr, entry.abbr_en) or bindings.known.get(acronym) is entry
        if not ours:
            return None
        short = entry.abbr_en if entry.abbr_en.isupper() or any(c.isupper() for c in entry.abbr_en[1:]) else acronym
        short = short if acronym in (entry.abbr_fr, entry.abbr_en) else acronym
        return _joined(text, here, short, Span(here.span.start, bracket.end()), long_first=True)
    if after and after.form.entry is entry and here.form.how in ("abbreviation", "bound"):
        between = text[here.span.end : after.span.start]
        if re.fullmatch(r"\s?\(\s?", between) and text[after.span.end : after.span.end + 1] == ")":
            short = entry.abbr_en if any(c.isupper() for c in entry.abbr_en) else here.form.text
            return _joined(text, after, short, Span(here.span.start, after.span.end + 1), long_first=False)
    return None


def _joined(text: str, long: Candidate, short: str, span: Span, long_first: bool) -> Mention:
    term = _term(text, long)
    entry = long.form.entry
    many = _many(text, long) and inflects(entry)
    brief = plural(short) if many else short
    pattern = "{0} ({1})" if long_first else "{1} ({0})"
    english = pattern.format(term.english, brief)
    others = tuple(o for o in unit_renderings(entry, short, pattern) if o != english)
    return Mention(span, Term(term.french, english, others, entry.id, "term.unit"))


@cache
def unit_renderings(entry: Entry, short: str, pattern: str) -> tuple[str, ...]:
    """Every right way to write long form and acronym together; `pattern` puts them in order."""
    shorts = (short, plural(short))
    bases = [entry.english, *entry.admitted]
    longs = dict.fromkeys(s for b in bases for f in ((b, plural(b)) if inflects(entry) else (b,)) for s in spellings(f))
    return tuple(pattern.format(long, brief) for long in longs for brief in shorts)
