"""Find the glossary's terms in French text: longest match, whole words, each with the English that it calls for.

One Aho–Corasick automaton over folded text (`folding.py`) holds every form of every entry (`forms.py`); what it finds is
then held against the spelling, the place and the neighbourhood that the entry asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from types import MappingProxyType

from pipeline.glossary.automaton import Automaton, Form
from pipeline.glossary.coordination import coordinated
from pipeline.glossary.english import inflects, plural
from pipeline.glossary.entry import Entry, Glossary
from pipeline.glossary.folding import fold, spelt, words
from pipeline.glossary.rendering import BEGINS, BRACKETED, Bindings, Candidate, mentions, unit_renderings
from pipeline.glossary.table import uncollected
from pipeline.model import Lang, Mention, Span, Term

WINDOW = 110  # characters either side in which a context word counts
ACRONYM = re.compile(r"\b[A-Z][A-Za-z0-9]*[A-Z0-9][A-Za-z0-9]*\b")
SMALL = words("de du des d la le les l et en à a au aux pour sur par the of and")
LETTERS = re.compile(r"(?<![\w.])(?:[A-Z](?:\.[A-Z])+\.?|[A-Z][A-Z0-9]+s(?!\w))")  # A.M.M., AMMs
GOES_ON = re.compile(r"\s?[a-zà-ÿ,;:)\d]")
OPENS = re.compile(r"(?:^|[|•])[\s\d.)*#–—•>-]*$")
CLOSES = re.compile(r"\s*(?:$|[:|(–—]|\.\s*$)")
NOUN = re.compile(  # what stands before a noun such as `mise en service`, and never before the participle
    r"(?i)(?:^|[.!?:|«(–—-]\s*|\b[dl]['\N{RIGHT SINGLE QUOTATION MARK}]"
    r"|\b(?:la|le|une?|des?|sa|leurs?|notre|votre|cette|prochaine|première|avant|après|dès|à|pour|toute)\s)$"
)
PARTICIPLE = re.compile(r"\s(?:en|le|par|depuis|fin|début|dès|dans|il y a)\s[^.;:!?]{0,60},")  # Mise en service en 1984, l'usine …


UNBOUND = Bindings()


class Matcher:
    """The compiled glossary. Immutable once built; safe to share between documents.

    `bind` reads a whole document's blocks for the acronyms it defines, `find` returns the terms of one block.
    """

    def __init__(self, glossary: Glossary | Iterable[Entry]) -> None:
        entries = tuple(glossary)
        self._abbreviations = {e.abbr_fr: e for e in reversed(entries) if e.abbr_fr}
        short = (e for e in entries if e.pos == "acronym")
        self._lettered = {form: e for e in short for form in e.french if form.isupper()} | self._abbreviations
        files = dict.fromkeys(e.file for e in entries)
        self._rank = {file: -number for number, file in enumerate(files)}  # a later table is stronger
        self._expanding = {e.id: e for e in entries if "expand" in e.match and e.abbr_fr and e.abbr_en}
        with uncollected():
            self._automaton = Automaton(entries)

    def bind(self, texts: Sequence[str]) -> Bindings:
        """The acronyms that a document defines: "long form (ACRONYM)" and "ACRONYM (long form)" in its French blocks.

        A known long form binds any acronym, one that the table has no abbreviation for as well. An acronym of ours that
        the document explains as something else (its initials fit) is bound to None and never matched.
        """
        known: dict[str, Entry | None] = {}
        seen: set[str] = set()  # what stands before a bracket, for texts that repeat it without end
        for text in texts:
            if "(" not in text:
                continue
            for match in BRACKETED.finditer(text):
                acronym = match["acronym"]
                place = text[max(0, match.start() - 120) : match.end()]
                if place in seen:
                    continue
                seen.add(place)
                entry = self._ending_at(text, match.start())
                if entry:
                    if not entry.keep and _fits(acronym, entry):
                        known.setdefault(acronym, entry)
                elif acronym in self._abbreviations and explains(text[max(0, match.start() - 120) : match.start()], acronym):
                    known.setdefault(acronym, None)
        bindings = Bindings(MappingProxyType(known))
        return replace(bindings, first=self._first(texts, bindings)) if self._expanding else bindings

    def _first(self, texts: Sequence[str], bindings: Bindings) -> Mapping[str, tuple[str, int]]:
        first: dict[str, tuple[str, int] | None] = {}
        for text in texts:
            for mention in self.find(text, Lang.FR, bindings):
                term = mention.value
                if isinstance(term, Term) and term.entry in self._expanding:
                    first.setdefault(term.entry, (text, mention.span.start) if term.rule == "term.abbreviation" else None)
        return MappingProxyType({entry: place for entry, place in first.items() if place})

    def _ending_at(self, text: str, end: int) -> Entry | None:
        window = text[max(0, end - 120) : end].rstrip()
        folded = f" {fold(window)} "
        for start, stop, forms in sorted(self._automaton.matches(folded), key=lambda m: m[0]):  # the longest first
            span = Span(start, stop - 2)
            for form in forms if span.end == len(window) else ():
                if form.how == "abbreviation" or form.entry.pos == "acronym":
                    continue
                if not _refused(window, folded, span, span.of(window), form, UNBOUND):
                    return form.entry
        return None

    def find(self, text: str, lang: Lang = Lang.FR, bindings: Bindings = UNBOUND) -> list[Mention]:
        """The terms of a French block, in order and without overlap; nothing for any other language.

        `Term.english` is in the number of this occurrence, with a capital where the French has one at a sentence start.
        "long form (ACRONYM)" is one mention. What an entry's context refuses is left alone.
        """
        if lang is not Lang.FR:
            return []
        accepted = list(self._candidates(text, bindings, refused=False))
        if bindings.known:
            accepted += self._bound(text, bindings)
        accepted += (c for c in self._letters(text, bindings) if not c.refused)
        chosen = self._exclusive(accepted)
        if joined := self._coordinated(text, chosen, bindings):
            chosen = self._exclusive([*accepted, *joined])
        found = mentions(text, chosen, bindings)
        return [self._expanded(m, text, bindings) for m in found] if bindings.first else list(found)

    def _expanded(self, mention: Mention, text: str, bindings: Bindings) -> Mention:
        """A mention with its long form before the abbreviation, where it is the document's first and the row asks for that."""
        term = mention.value
        if not isinstance(term, Term) or bindings.first.get(term.entry) != (text, mention.span.start):
            return mention
        entry = self._expanding[term.entry]
        short, many = entry.abbr_en, term.english != entry.abbr_en and inflects(entry)
        english = f"{plural(entry.english) if many else entry.english} ({term.english})"
        others = tuple(o for o in unit_renderings(entry, short, "{0} ({1})") if o != english)
        return replace(mention, value=replace(term, english=english, admitted=others, rule="term.expanded"))

    def explain(self, text: str) -> list[Candidate]:
        """Every candidate in `text`, chosen or not, with the reason against it."""
        bindings = self.bind([text])
        found = [*self._candidates(text, bindings), *self._bound(text, bindings), *self._letters(text, bindings)]
        accepted = [c for c in found if not c.refused]
        joined = self._coordinated(text, self._exclusive(accepted), bindings)
        chosen = self._exclusive([*accepted, *joined])
        found += joined
        out = []
        for candidate in found:
            rival = next((c for c in chosen if c.span.overlaps(candidate.span) and c is not candidate), None)
            if not candidate.refused and rival and candidate not in chosen:
                candidate = Candidate(candidate.span, candidate.form, f"inside the longer match {rival.span.of(text)!r}")
            out.append(candidate)
        return sorted(out, key=lambda c: (c.span, bool(c.refused)))

    def _candidates(self, text: str, bindings: Bindings, refused: bool = True) -> Iterator[Candidate]:
        folded = f" {fold(text)} "
        for start, end, forms in self._automaton.matches(folded):
            span = Span(start, end - 2)  # the two spaces of the pattern; the text's own padding is one to the right
            surface = span.of(text)
            for form in forms:
                reason = _refused(text, folded, span, surface, form, bindings)
                if refused or not reason:
                    yield Candidate(span, form, reason)

    def _coordinated(self, text: str, chosen: Sequence[Candidate], bindings: Bindings) -> list[Candidate]:
        if " et " not in text and " ou " not in text:
            return []
        return list(coordinated(text, chosen, lambda other: self._candidates(other, bindings, refused=False)))

    def _bound(self, text: str, bindings: Bindings) -> Iterator[Candidate]:
        """Acronyms that only this document defines."""
        for match in ACRONYM.finditer(text):
            entry = bindings.known.get(match[0])
            if entry and entry.abbr_fr != match[0]:
                yield Candidate(Span(*match.span()), Form(match[0], "bound", entry))

    def _letters(self, text: str, bindings: Bindings) -> Iterator[Candidate]:
        """Acronyms written with points (`A.M.M.`) or with a plural s (`AMMs`)."""
        for match in LETTERS.finditer(text):
            surface = match[0]
            letters = surface.replace(".", "") if "." in surface else surface[:-1]
            entry = self._lettered.get(letters)
            if entry:
                ends = surface.endswith(".") and not GOES_ON.match(text, match.end())  # then it is the sentence's own
                span = Span(match.start(), match.end() - ends)
                how = "abbreviation" if letters == entry.abbr_fr else "form" if "." in surface else "plural"
                form = Form(letters, how, entry)
                yield Candidate(span, form, _refused(text, f" {fold(text)} ", span, letters, form, bindings))

    def _exclusive(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The longest first, then the leftmost; of two entries with the same words that of the later table; in order."""
        if all(left.span.end <= right.span.start for left, right in pairwise(candidates)):
            return list(candidates)
        taken: list[Candidate] = []
        covered = bytearray(max((c.span.end for c in candidates), default=0))
        for candidate in sorted(candidates, key=self._strength):
            start, end = candidate.span.start, candidate.span.end
            if not any(covered[start:end]):
                covered[start:end] = b"\1" * (end - start)
                taken.append(candidate)
        return sorted(taken, key=lambda c: c.span)

    def _strength(self, candidate: Candidate) -> tuple[int, int, int, bool, int]:
        span, entry = candidate.span, candidate.form.entry
        return -len(span), span.start, self._rank.get(entry.file, 0), candidate.form.how != "form", entry.line


def _refused(text: str, folded: str, span: Span, surface: str, form: Form, bindings: Bindings) -> str:
    """Why this stretch is no mention of the form; empty when it is."""
    entry = form.entry
    if surface != form.text:
        exact = form.exact and not (entry.pos == "name" and surface.isupper() and len(surface) > 4)
        if not spelt(surface, form.text, exact):
            return "spelt otherwise"
    beside = (text[span.end : span.end + 1], text[span.start - 1 : span.start])
    if "_" in beside:
        return "part of a file's name"
    if "-" in beside and _hyphenated(text, span, form):
        return "part of a hyphenated word"
    if (entry.match or entry.pos == "label") and (reason := _misplaced(text, span, entry)):
        return reason
    if form.how == "abbreviation" and form.text in bindings.known:
        return "" if bindings.known[form.text] is entry else "the document gives the acronym another meaning"
    if not (entry.near or entry.away) or (entry.abbr_fr and form.how != "abbreviation"):
        return ""  # where a row has an abbreviation, only that is in doubt
    around = folded[max(0, span.start - WINDOW) : span.start + 1] + " " + folded[span.end + 1 : span.end + WINDOW]
    whole = folded[max(0, span.start - WINDOW) : span.end + WINDOW]
    bad = next((w for w, start in zip(entry.away, _beginnings(entry.away), strict=True) if start in whole), None)
    if bad:
        return f"{bad!r} is near"
    if entry.near and not any(start in around for start in _beginnings(entry.near)):
        return "none of its context words is near: " + ", ".join(entry.near)
    return ""


def _misplaced(text: str, span: Span, entry: Entry) -> str:
    """Why a label or a noun cannot stand in this place; empty when it can."""
    lead = max(0, span.start - 12)
    if entry.pos == "label" and not OPENS.search(text, lead, span.start):
        return "a label, but not at the beginning"
    if "whole" in entry.match and not CLOSES.match(text, span.end):
        return "a label, but more follows"
    if "noun" in entry.match:
        if not NOUN.search(text, lead, span.start):
            return "no article before it: perhaps a participle"
        if BEGINS.search(text, lead, span.start) and PARTICIPLE.match(text, span.end):
            return "begins a clause: perhaps a participle"
    return ""


@cache
def _beginnings(context: tuple[str, ...]) -> tuple[str, ...]:
    """Context words as they begin in a folded text."""
    return tuple(f" {fold(word)}" for word in context)


def _hyphenated(text: str, span: Span, form: Form) -> bool:
    before, after = text[max(0, span.start - 6) : span.start], text[span.end : span.end + 2]
    if len(after) == 2 and after[0] == "-" and after[1].isalnum():
        return True
    if before.endswith("-") and before[-2:-1].isalnum():
        return not (form.exact and re.search(r"(?i)(?:\b|^)(?:non|post|pré|pre|anti|hors)-$", before))
    return False


def _fits(acronym: str, entry: Entry) -> bool:
    """Whether an acronym can stand for an entry: it is its abbreviation, or begins and runs like its words."""
    if acronym in (entry.abbr_fr, entry.abbr_en):
        return True
    for phrase in (entry.head, entry.english):
        letters = iter(fold(phrase).replace(" ", ""))
        if fold(phrase)[0] == acronym[0].lower() and all(c in letters for c in acronym.lower()):
            return True
    return False


def explains(before: str, acronym: str) -> bool:
    """Whether the words that end `before` have the acronym's letters as initials.

    >>> explains("un bilan pédagogique et financier", "BPF"), explains("conforme aux normes", "BPF")
    (True, False)
    """
    said = [w for w in fold(before).split() if w not in SMALL]
    tail = said[-len(acronym) :]
    return len(tail) == len(acronym) and all(w[0] == c.lower() for w, c in zip(tail, acronym, strict=True))
