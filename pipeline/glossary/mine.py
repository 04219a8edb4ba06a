"""Propose glossary entries from a corpus: acronyms that it explains, and noun phrases that recur without an entry.

Proposals are ranked and carry an example; they are written as rows for a person to complete: the English is empty, or what
sentence pairs suggest.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.glossary.entry import COLUMNS
from pipeline.glossary.folding import fold, words
from pipeline.glossary.match import SMALL, Matcher
from pipeline.glossary.pairs import suggest
from pipeline.glossary.rendering import BRACKETED
from pipeline.model import Lang

TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|['\N{RIGHT SINGLE QUOTATION MARK}]|\S")
LINKS = words("de du des d' à d")
LEADS = re.compile(  # what stands before a noun
    r"(?i)(?:\b[dl]['\N{RIGHT SINGLE QUOTATION MARK}]|\b(?:le|la|les|un|une|des?|du|aux?|ce|cet|cette|ces|sa|son|ses|leurs?|notre"
    r"|nos|votre|vos|en|par|pour|sur|sans|avec|chaque|plusieurs)\s)$"
)
EDGES = SMALL | words(
    "un une ce cette ces son sa ses leur leurs notre nos votre vos qui que dont où il elle ils elles on nous vous se ne pas "
    "plus est sont a ont été être avoir fait dans avec sans sous entre vers chez mais donc car ni si comme aussi ainsi afin "
    "lors dès après avant depuis pendant tout tous toute toutes autre autres même mêmes très bien peu d l s n c j qu y ils "
    "deux trois quatre cinq six sept huit neuf dix premier première premiers deuxième nouveau nouvelle nouveaux nouvelles "
    "année années mois jours fois partie cas part suite fin cadre millions million milliards euros semestre trimestre "
    "dollars heures "
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A phrase worth an entry: why (`acronym`, `recurrent` or `varies`), how often it stands, one sentence that holds it.

    `english` is what sentence pairs suggest, empty without them; `varies` says that they render the phrase in several ways.
    """

    french: str
    abbr: str
    why: str
    count: int
    example: str
    english: str = ""


def mine(texts: Iterable[str], matcher: Matcher, least: int = 3, known: Mapping[str, int] | None = None) -> list[Proposal]:
    """Proposals from French texts, best first. `least` is how often a phrase without an acronym must recur.

    `known` counts the words of ordinary French (lower case): a phrase all of whose words are frequent there is left out.
    """
    acronyms: dict[tuple[str, str], tuple[int, str]] = {}
    phrases: Counter[str] = Counter()
    led: Counter[str] = Counter()  # occurrences that an article or a preposition leads
    open_: Counter[str] = Counter()  # occurrences that another word of the phrase follows
    examples: dict[str, str] = {}
    for text in texts:
        bindings = matcher.bind([text])
        covered = [m.span for m in matcher.find(text, Lang.FR, bindings)]
        for long, acronym, start in explained(text):
            if not any(s.start <= start < s.end for s in covered):
                count, example = acronyms.get((long, acronym), (0, _context(text, start)))
                acronyms[long, acronym] = (count + 1, example)
        for phrase, start, more in _noun_phrases(text):
            if not any(s.start <= start < s.end for s in covered):
                phrases[phrase] += 1
                open_[phrase] += more
                led[phrase] += bool(LEADS.search(text, max(0, start - 10), start))
                examples.setdefault(phrase, _context(text, start))
    out = [Proposal(long, acronym, "acronym", n, example) for (long, acronym), (n, example) in acronyms.items()]
    for phrase, count in _merged(_maximal(phrases, least)):
        if 2 * led[phrase] < phrases[phrase] or 5 * open_[phrase] > 4 * phrases[phrase]:
            continue  # a verb, more likely: `aura lieu`; or the beginning of several terms: `médicaments de thérapie`
        if known is None or any(known.get(w, 0) < 2000 for w in phrase.split() if w not in SMALL):
            out.append(Proposal(phrase, "", "recurrent", count, examples[phrase]))
    return sorted(out, key=lambda p: (p.why != "acronym", -p.count * len(p.french.split()), p.french))


def with_english(proposals: Iterable[Proposal], pairs: Sequence[tuple[str, str]]) -> list[Proposal]:
    """Proposals with the English that sentence pairs suggest; those rendered in several ways become `varies` and come first."""
    listed = list(proposals)
    told = suggest((p.french for p in listed), pairs, least=2)
    out = []
    for p in listed:
        found = told.get(p.french)
        if found:
            why = "varies" if found.varies and p.why == "recurrent" else p.why
            p = replace(p, english=found.english, why=why, example=f"{p.example} = {'; '.join((found.english, *found.others))}")
        out.append(p)
    return sorted(out, key=lambda p: p.why != "varies")


def explained(text: str) -> Iterator[tuple[str, str, int]]:
    """The long forms and acronyms that a text explains, with where the long form starts.

    >>> list(explained("un plan de gestion environnementale (PGE) est prévu"))
    [('plan de gestion environnementale', 'PGE', 3)]
    """
    for match in BRACKETED.finditer(text):
        acronym = match["acronym"]
        if sum(c.isupper() for c in acronym) < 2:
            continue
        offset = max(0, match.start() - 160)
        before = text[offset : match.start()]
        starts = [m.start() for m in re.finditer(r"[^\W\d_]+(?:-[^\W\d_]+)*", before)]
        left = len(acronym)
        for at in reversed(starts):
            word = fold(before[at:]).split(" ", 1)[0]
            if word in SMALL:
                continue
            if word[:1] != acronym[left - 1].lower():
                break
            left -= 1
            if not left:
                yield before[at:].strip(), acronym, offset + at
                break


def _noun_phrases(text: str) -> Iterator[tuple[str, int, bool]]:
    """Runs of two to five words that neither begin nor end with a function word, lower case, and whether a run goes on."""
    tokens = [(m[0].lower(), m.start(), m[0]) for m in TOKEN.finditer(text)]
    for i, (word, start, raw) in enumerate(tokens):
        if word in EDGES or len(word) < 4 or not raw[0].isalpha() or (raw[0].isupper() and i):
            continue
        run, found = [word], []
        for other, _, raw_other in tokens[i + 1 : i + 7]:
            if not (raw_other[0].isalpha() or other == "'") or raw_other[0].isupper():
                break
            run.append(other)
            if other not in EDGES and len(other) > 3 and _nominal(run):
                found.append((" ".join(run).replace(" ' ", "'"), len(run)))
        last = found[-1][1] if found else 0
        yield from ((phrase, start, size < last) for phrase, size in found if size <= 5)


def _nominal(run: list[str]) -> bool:
    """Only links (de, du, à) inside."""
    return all(w in LINKS or w not in EDGES or w == "'" for w in run[1:-1])


def _maximal(phrases: Counter[str], least: int) -> Iterator[tuple[str, int]]:
    """Phrases that recur, without those that hardly ever stand outside a longer one."""
    frequent = {p: n for p, n in phrases.items() if n >= least}
    inside: Counter[str] = Counter()
    for phrase, count in frequent.items():
        cuts = [0, *(m.end() for m in re.finditer("[ ']", phrase)), len(phrase) + 1]
        for i, start in enumerate(cuts[:-1]):
            for end in cuts[i + 1 :]:
                part = phrase[start : end - 1]
                if part != phrase:
                    inside[part] = max(inside[part], count)
    yield from ((p, n) for p, n in frequent.items() if 4 * n > 5 * inside[p])


def _merged(phrases: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Singular and plural as one, in the form that is more frequent."""
    groups: dict[str, list[tuple[str, int]]] = {}
    for phrase, count in phrases:
        groups.setdefault(re.sub(r"[sx]\b", "", phrase), []).append((phrase, count))
    for group in groups.values():
        yield max(group, key=lambda p: (p[1], p[0]))[0], sum(n for _, n in group)


def _context(text: str, at: int) -> str:
    left, right = max(0, at - 40), min(len(text), at + 80)
    return " ".join(text[left:right].split())


def rows(proposals: Iterable[Proposal]) -> str:
    """Proposals as table rows behind `#`: a person fills in the English and removes the mark."""
    lines = ["\t".join(COLUMNS)]
    for p in proposals:
        cells = dict.fromkeys(COLUMNS, "") | {
            "french": p.french,
            "english": p.english,
            "abbr_fr": p.abbr,
            "pos": "n",
            "note": f"{p.count} times: {p.example}",
        }
        lines.append("#" + "\t".join(cells[c] for c in COLUMNS))
    return "\n".join(lines) + "\n"
