"""One spelling of the English that the translator writes: British, as the glossary has it ("authorisation", "tumour", "centre").

The model has read both, and a corpus in which one word is spelt in two ways is no canonical one. English documents keep
theirs. Words that the French has letter by letter (`National Organization for Rare Disorders`) are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files

import regex

from pipeline.model import Edit, Span

_NAME = regex.compile(r"World Health Organization|\bCenters? for")  # proper names: the WHO, the CDC, the FDA's centres
RULE = "normalize.spelling"
_WORD = regex.compile(r"(?<![\p{L}\p{N}@./_])\p{L}{4,}+(?![\p{N}@_]|[./]\p{L})")
_IZE = regex.compile(r"(?P<stem>\p{Ll}{2,})iz(?P<end>e[drs]?|ers|ing|ations?|ational|able)")
_YZE = regex.compile(r"(?P<stem>anal|catal|paral|hydrol|dial|electrol|pyrol)yz(?P<end>e[drs]?|ers|ing)")
# where the z is the word's own: a size, to seize, a prize
_OWN = ("siz", "resiz", "downsiz", "upsiz", "oversiz", "undersiz", "midsiz", "capsiz", "outsiz", "priz", "appriz", "seiz", "maiz")
_BLOOD = regex.compile(
    r"(?<=^(?:met)?)hem(?=at|oglob|ophil|orrh|osta|odyn|olys|olyt|opoie)|"
    r"(?<=^(?:an|leuk|isch|glyc|septic|vir|tox|ur|(?:hypo|hyper|normo|eu)(?:glyc|vol|kal|natr|calc|cholesterol|lipid)))em(?=ia|ic)"
)


@cache
def table() -> dict[str, str]:
    """American word, lower case → British (`data/spelling.tsv`)."""
    lines = (files("pipeline") / "data" / "spelling.tsv").read_text("utf-8").splitlines()[1:]
    return dict(line.split("\t") for line in lines)


def british(text: str, keep: Sequence[Span], source: str) -> Iterator[Edit]:
    """Edits of the words of `text` outside the spans `keep` that `source` does not have as they stand.

    >>> [(e.before, e.after) for e in british("The Center was authorized to resize it.", (), "")]
    [('Center', 'Centre'), ('authorized', 'authorised')]
    """
    for match in _WORD.finditer(text):
        word = match[0]
        new = _respelt(word.lower())
        if (
            not new
            or word in _words(source)
            or _NAME.search(text, max(0, match.start() - 16), match.end() + 5)
            or any(s.start < match.end() and match.start() < s.end for s in keep)
        ):
            continue
        new = new.upper() if word.isupper() else new[0].upper() + new[1:] if word[0].isupper() else new
        yield Edit(Span(*match.span()), word, new, RULE)


@lru_cache(maxsize=64)
def _words(source: str) -> frozenset[str]:
    return frozenset(_WORD.findall(source))


@lru_cache(maxsize=8192)
def _respelt(word: str) -> str:
    """The British spelling of a word in lower case; "" where it has no other."""
    if new := table().get(word):
        return new
    if found := _YZE.fullmatch(word):
        return f"{found['stem']}ys{found['end']}"
    if (found := _IZE.fullmatch(word)) and not word.startswith(_OWN) and not word.endswith(("prize", "prizes")):
        return f"{found['stem']}is{found['end']}"
    new = _BLOOD.sub(lambda m: "haem" if m[0] == "hem" else "aem", word)
    return new if new != word else ""
