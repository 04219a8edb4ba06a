"""What to do with a hyphen at a line end: `fabri-⏎cation` is one word, `CAR-⏎T` keeps its hyphen.

The lexica decide wherever one of the two forms is known; prefixes, clitics, capitals and digits decide the rest.
`data/hyphenated.tsv` holds compounds and prefixes that the lexica lack, each with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipeline import lexicon
from pipeline.model import Edit, Span

DROPPED = "repair.dehyphenate"
KEPT = "repair.true-hyphen"
_SHY = "\N{SOFT HYPHEN}"
HYPHENS = ("-", _SHY)  # what a line that `join` takes ends in, white space aside
_PARTED = re.compile("(?:(?P<plain>-)|[\u2010\u00ad]) {1,2}(?=[^\\W\\d_])")
_LEFT = re.compile(r"[\w'’\-]+$")
_RIGHT = re.compile(r"[\w'’]+(?:-[\w'’]+)*")
_SUSPENDED = {"et", "ou", "and", "or", "to", "à", "puis", "mais"}
_ARTICLES = {"de", "du", "des", "la", "le", "les", "lès", "en", "sur", "sous", "et", "aux", "au", "à", "d", "l", "upon", "on", "by"}
_SUFFIXES = {
    "ment",
    "ments",
    "les",
    "tes",
    "nes",
    "ait",
    "aient",
    "ant",
    "ants",
    "ont",
    "ance",
    "ing",
    "ings",
    "ed",
    "er",
    "ers",
    "ly",
    "ally",
    "ness",
    "less",
    "ful",
    "fully",
}
_WITHIN = re.compile(r"(?<![\w'’-])(?:[a-zà-ÿ]['’])?(?P<left>[^\W\d_][a-zà-ÿœ]{2,})-(?P<right>[a-zà-ÿœ]{3,})(?![\w'’-])")
_OWN = 400  # occurrences from which on a second part is a word that French ties on
_COMMON = 20  # occurrences from which on a word counts as one that stands by itself


@dataclass(frozen=True, slots=True)
class Joint:
    """How to join two lines: drop `cut` code points at the end of the left one, put `glue` between them.

    `cut` counts the hyphen (where it goes) and any white space after it.
    """

    cut: int
    glue: str
    rule: str


@dataclass(frozen=True, slots=True)
class _Table:
    compounds: frozenset[str]  # whole words with their hyphen
    keeping: frozenset[str]  # first parts after which a hyphen stays
    joining: frozenset[str]  # first parts that are written together with what follows
    clitics: frozenset[str]  # second parts that French ties on with a hyphen


@cache
def _table() -> _Table:
    rows = (files("pipeline") / "data" / "hyphenated.tsv").read_text("utf-8").splitlines()[1:]
    by_role: dict[str, set[str]] = {"compound": set(), "keeps": set(), "joins": set(), "clitic": set()}
    for row in rows:
        if row and not row.startswith("#"):
            word, role, _ = row.split("\t")
            by_role[role].add(word)
    return _Table(*(frozenset(by_role[role]) for role in ("compound", "keeps", "joins", "clitic")))


def join(left: str, right: str) -> Joint | None:
    """How the line `left` joins the line `right`, where `left` ends in a hyphen that stands on a word; else None.

    None also for a dash with a space before it, for `--`, and where `right` does not begin with a letter or digit.

    >>> join("la fabri-", "cation des lots"), join("les cellules CAR-", "T sont")
    (Joint(cut=1, glue='', rule='repair.dehyphenate'), Joint(cut=0, glue='', rule='repair.true-hyphen'))
    """
    body = left.rstrip()
    space = len(left) - len(body)
    hyphen = body[-1:]
    if hyphen not in HYPHENS or not body[-2:-1].isalnum():
        return None
    start = right.lstrip()
    if not start[:1].isalnum():
        return None
    if hyphen == _SHY:
        return Joint(space + 1, "", DROPPED)
    before, after = _LEFT.search(body[-80:-1]), _RIGHT.match(start[:80])
    if before is None or after is None:
        return None
    if _is_suspended(before[0], after[0]):
        return Joint(space, " ", KEPT)
    if _is_one_word(before[0].replace("’", "'"), after[0].replace("’", "'")):
        return Joint(space + 1, "", DROPPED)
    return Joint(space, "", KEPT)


def inner(text: str) -> list[Edit]:
    """Edits for words that an extractor left parted inside a line, when it put lines together: `gé- néral`, `sous- traitant`.

    The hyphen U+2010 and the soft one part words, and `join` decides; after a plain one the word must be known, whole or
    with its hyphen. Leaves alone `pré- et post-`, a dash with spaces on both sides, what no lexicon has.

    >>> [(e.before, e.after) for e in inner("en géné- ral, les sous- traitants de Lyon- Sud, pré- et post-greffe")]
    [('- ', ''), ('- ', '-')]
    """
    return [edit for match in _PARTED.finditer(text) if (edit := _mended(text, match))] + list(_left_over(text))


def _left_over(text: str) -> Iterator[Edit]:
    """`coopé-ration` in the middle of a line: a known word whose hyphen stayed when the lines were put together."""
    for match in _WITHIN.finditer(text):
        left, right = match["left"].lower(), match["right"].lower()
        table = _table()
        if left in table.keeping or left in table.joining or right in table.clitics or _count(f"{left}-{right}"):
            continue
        if (
            _count(left + right) >= 3
            and not (_count(left) and _count(right))
            and not (_count(left) >= _COMMON or _count(right) >= _OWN)
        ):
            yield Edit(Span(match.end("left"), match.end("left") + 1), "-", "", DROPPED)


def _mended(text: str, match: re.Match[str]) -> Edit | None:
    before = _LEFT.search(text[max(0, match.start() - 80) : match.start()])
    after = _RIGHT.match(text[match.end() : match.end() + 80])
    if before is None or after is None or not before[0][-1].isalpha():
        return None
    joint = join(f"{before[0]}-", after[0])
    if joint is None or joint.glue:
        return None
    left, right = before[0].replace("’", "'").lower(), after[0].replace("’", "'").lower()
    first = re.split(r"['\-]", right)[0]
    if match["plain"]:
        outer = left.rsplit("'", 1)[-1]
        known = _count(_last(left) + first) if joint.rule == DROPPED else _count(f"{outer}-{right}") or _count(f"{outer}-{first}")
        if not known or (len(first) < 2 and joint.rule == DROPPED):
            return None
    return Edit(Span(*match.span()), match[0], "" if joint.rule == DROPPED else "-", joint.rule)


def _is_suspended(before: str, after: str) -> bool:
    """`pré- et post-commercialisation`: the hyphen stands for a word to come."""
    return after in _SUSPENDED and not _count(_last(before) + after) and not _count(f"{before}-{after}")


def _is_one_word(before: str, after: str) -> bool:
    last, first = _last(before), re.split(r"['\-]", after)[0]
    if not last or not (last + first).isalpha() or len(last) == 1:
        return False  # digits (COVID-19, 2016-2020), single letters (e-mail, a-t-il)
    if first[0].isupper() and not (last.isupper() and (first.isupper() or len(first) == 1)):
        return False  # Île-de-France, know-How
    if last.isupper() and len(first) == 1:
        return False  # CAR-T
    if first[0].islower() and any(c.isupper() for c in last[1:]):
        return False  # GMP-compliant, mRNA-based
    if last[0].isupper() and first.lower() in _ARTICLES and re.match(r"\w+-(?:\w+-)?[A-ZÀ-Þ]", after):
        return False  # Bourg-en-Bresse
    return _by_words(before.lower(), after.lower(), last.lower(), first.lower())


def _by_words(before: str, after: str, last: str, first: str) -> bool:
    table = _table()
    outer = before.rsplit("'", 1)[-1]
    hyphenated = {f"{outer}-{after}", f"{outer}-{first}", f"{last}-{first}", f"{last}-{after}"}
    if hyphenated & table.compounds:
        return False
    joined, apart = _count(last + first), max(map(_count, hyphenated))
    if len(outer) > len(last):  # the word has a hyphen before this one: sous-trai-tants
        joined = max(joined, _count(outer + first), _count(f"{outer}{after}"))
    if joined or apart:
        return joined >= apart
    if last in table.joining:
        return not _english(first)  # post-thaw, but postopératoire
    if first in _SUFFIXES or _inflected(last, first):
        return True
    if first in table.clitics:
        return not _count(last)
    if last in table.keeping:
        return not _count(first)
    return not (_stands_alone(last) and _stands_alone(first))


def _inflected(last: str, first: str) -> bool:
    """Whether the joined word is known but for its ending: `convention-nelles`."""
    whole = last + first
    return any(_count(whole[:-cut]) for cut in (1, 2, 3) if len(first) > cut and len(whole) - cut >= 6)


def _stands_alone(word: str) -> bool:
    return len(word) >= 3 and _count(word) >= _COMMON


def _english(word: str) -> bool:
    return lexicon.load("en").count(word) >= 5 and not lexicon.load("fr").count(word)


def _last(word: str) -> str:
    return re.split(r"['’\-]", word)[-1]


def _count(word: str) -> int:
    return max(lexicon.load("fr").count(word), lexicon.load("en").count(word))
