"""Terms that share their head with the term before: `bonnes pratiques de fabrication et de distribution` holds two entries.

The second, `de distribution`, is found where the head of the first (`bonnes pratiques`) and it are an entry together. Both must
be nouns that English does not count: of `sites de production et de distribution` nobody knows whether one site does both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from pipeline.glossary.automaton import Form
from pipeline.glossary.english import inflects
from pipeline.glossary.entry import Entry
from pipeline.glossary.rendering import Candidate
from pipeline.model import Span

LEAD, TAIL = 120, 90  # characters before, which an entry's context may ask for, and after, in which the rest must stand
JOINT = re.compile(  # an article would begin a term of its own, or go with an earlier noun: `le choix du procédé et du milieu`
    r"(?:(?P<last>\s(?:et|ou)\s)|,\s)(?!(?:du|des|le|la|les|de\s+(?:la|l['\N{RIGHT SINGLE QUOTATION MARK}]))\b)", re.IGNORECASE
)


def coordinated(text: str, chosen: Sequence[Candidate], find: Callable[[str], Iterable[Candidate]]) -> Iterator[Candidate]:
    """What follows the `chosen` terms (in order) behind `et` or `ou`, or in a list that ends so.

    `find` gives the candidates of a text, none of them refused.
    """
    for here in chosen:
        if not _uncounted(here.form.entry) or here.form.how == "abbreviation":
            continue
        at, list_of = here.span.end, []
        while (joint := JOINT.match(text, at)) and (found := _behind(text, here, joint.end(), find)):
            list_of.append(found)
            at = found.span.end
            if joint["last"]:
                yield from list_of
                break


def _uncounted(entry: Entry) -> bool:
    return entry.pos in ("n", "np", "") and not entry.keep and not inflects(entry)


def _behind(text: str, here: Candidate, start: int, find: Callable[[str], Iterable[Candidate]]) -> Candidate | None:
    """The term that begins with a part of `here` and goes on at `start`; the longest part first."""
    surface = here.span.of(text)
    lead = text[max(0, here.span.start - LEAD) : here.span.start]
    for space in reversed([match.start() for match in re.finditer(r"\s", surface)]):
        head = lead + surface[:space] + " "
        whole = head + text[start : start + TAIL]
        found = [c for c in find(whole) if c.span.start == len(lead) and c.span.end > len(head)]
        best = max(found, key=lambda c: c.span.end, default=None)
        if best and best.form.entry is not here.form.entry and best.form.how != "abbreviation" and _uncounted(best.form.entry):
            form = Form(best.form.text, "coordinated", best.form.entry)
            return Candidate(Span(start, start + best.span.end - len(head)), form)
    return None
