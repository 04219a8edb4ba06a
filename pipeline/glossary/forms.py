"""The forms that a French term takes in a text, by rules that can be read and exceptions in `data/inflection.tsv`.

A noun phrase inflects up to its first preposition: `autorisation de mise sur le marché` → `autorisations de mise …`,
`thérapie cellulaire` → `thérapies cellulaires`. Persons and adjectives have feminine and inclusive forms as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from pipeline.glossary.entry import Entry
from pipeline.glossary.folding import words

STOPS = words(
    "de du des d à a au aux en pour par sur sous sans avec chez contre et ou in ex vers entre dans selon hors non dit dite"
)
PARTS = re.compile(r"([ '\-])")
WORD = re.compile(r"[^\W_]+(?:·[^\W_]+)?", re.UNICODE)
JOINABLE = re.compile(r"\b(?:pré|bio|multi|micro|immuno|onco|radio|cryo|pharmaco|post|télé|sous)-?(?=[^\W\d_]{4})")


@cache
def exceptions(language: str) -> dict[str, str]:
    """Irregular plurals of `fr` or `en`: singular to plural, lower case but for acronyms."""
    rows = (files("pipeline") / "data" / "inflection.tsv").read_text("utf-8").splitlines()[1:]
    cells = (row.split("\t") for row in rows if row)
    return {singular: plural for lang, singular, plural, _ in cells if lang == language}


@cache
def plural(word: str) -> str:
    """The plural of one French noun or adjective.

    >>> [plural(w) for w in ("lot", "essai", "noyau", "médical", "corps", "bail")]
    ['lots', 'essais', 'noyaux', 'médicaux', 'corps', 'baux']
    """
    if word in exceptions("fr"):
        return exceptions("fr")[word]
    if word[-1:] in "sxz" or not word[-1:].isalpha():
        return word
    if word.endswith("al"):
        return word[:-2] + "aux"
    if word.endswith(("eau", "au", "eu")):
        return word + "x"
    return word + "s"


def feminines(word: str) -> tuple[str, ...]:
    """The feminine forms that a masculine noun or adjective can have; a form that does not exist does no harm.

    >>> feminines("technicien"), feminines("directeur"), feminines("salarié")
    (('technicienne',), ('directrice', 'directeuse', 'directeure'), ('salariée',))
    """
    for ending, new in (
        ("chef", ("cheffe",)),
        ("ien", ("ienne",)),
        ("on", ("onne",)),
        ("teur", ("trice", "teuse", "teure")),
        ("eur", ("euse", "eure")),
    ):
        if word.endswith(ending):
            return tuple(word[: -len(ending)] + n for n in new)
    for ending, one in (("er", "ère"), ("if", "ive"), ("eux", "euse"), ("el", "elle"), ("il", "ile"), ("c", "que"), ("f", "ve")):
        if word.endswith(ending):
            return (word[: -len(ending)] + one,)
    return () if word.endswith("e") else (word + "e",)


def _inclusive(word: str) -> Iterator[str]:
    """`technicien(ne)`, `technicien·ne`, `directeur·rice`: as job advertisements write both."""
    for ending, marks in (
        ("ien", ("ne",)),
        ("teur", ("rice", "trice")),
        ("eur", ("euse", "se")),
        ("é", ("e",)),
        ("ant", ("e",)),
        ("er", ("ère",)),
    ):
        if word.endswith(ending):
            for mark in marks:
                yield from (
                    f"{word}({mark})",
                    f"{word}·{mark}",
                    f"{word}-{mark}",
                    f"{word}/{mark}",
                    f"{word}.{mark}",
                    f"{word} / {mark}",
                )
            return


def head_length(phrase: str) -> int:
    """Up to where a noun phrase inflects: the position before its first preposition.

    >>> head_length("mise sur le marché"), head_length("thérapie cellulaire")
    (4, 19)
    """
    at = 0
    for part in PARTS.split(phrase):
        if at and part in STOPS:
            return len(phrase[:at].rstrip(" -'"))
        at += len(part)
    return len(phrase)


def pluralised(phrase: str) -> tuple[str, ...]:
    """Plural forms of a noun phrase: every word of its head, and the first word alone (`candidats médicament`)."""
    cut = head_length(phrase)
    head, rest = phrase[:cut], phrase[cut:]
    parts = PARTS.split(head)
    if len(parts) == 1:
        return () if plural(head) == head else (plural(head) + rest,)
    many = [plural(part) if part[1:].islower() else part for part in parts]
    every, first = "".join(many) + rest, "".join((many[0], *parts[1:])) + rest
    out = [every, first]
    if "aux" in every:  # finals, navals: rare words in -al that take -s
        out.append("".join(part + "s" if part.endswith("al") else word for part, word in zip(parts, many, strict=True)) + rest)
    return tuple(dict.fromkeys(f for f in out if f != phrase))


def feminised(phrase: str) -> tuple[str, ...]:
    """Feminine forms of a phrase that names a person or is an adjective; each word of the head, then the first alone."""
    cut = head_length(phrase)
    head, rest = phrase[:cut], phrase[cut:]
    found = WORD.findall(head)
    if not found:
        return ()
    out = []
    for first in feminines(found[0]):
        out.append(WORD.sub(lambda m, f=first: f if m.start() == 0 else (feminines(m[0]) or (m[0],))[0], head) + rest)  # type: ignore[misc]
        out.append(first + head[len(found[0]) :] + rest)
    return tuple(dict.fromkeys(out))


def _joined(phrase: str) -> Iterator[str]:
    """`bio-production` also as `bioproduction`, `préremplie` also as `pré-remplie`."""
    for match in JOINABLE.finditer(phrase):
        prefix = match[0].rstrip("-")
        yield phrase[: match.start()] + (prefix if match[0] != prefix else prefix + "-") + phrase[match.end() :]


def forms(entry: Entry) -> dict[str, str]:
    """Every French form of an entry and what it is: `form`, `variant`, `plural`, `feminine`, `abbreviation`.

    The first way to a form wins; `fixed` and `exact` entries have no forms but those of the table.
    """
    out: dict[str, str] = {}
    rigid = entry.match & {"fixed", "exact"} or entry.pos in ("name", "np", "phrase", "label", "acronym", "v")
    for number, phrase in enumerate(entry.french):
        out.setdefault(phrase, _kind(entry.head, phrase) if number else "form")
        if not rigid:
            _inflect(out, phrase, entry.pos in ("person", "adj"))
    if entry.abbr_fr:
        out.setdefault(entry.abbr_fr, "abbreviation")
    if "exact" not in entry.match:
        for form, how in list(out.items()):
            if how != "abbreviation":
                for other in _joined(form):
                    out.setdefault(other, how)
    return out


def _kind(head: str, variant: str) -> str:
    """A variant whose first word is the plural of the citation form's is a plural (`lots cliniques et commerciaux`)."""
    first, other = head.split(" ")[0], variant.split(" ")[0]
    return "plural" if other != first and other == plural(first) else "variant"


def _inflect(out: dict[str, str], phrase: str, gendered: bool) -> None:
    for form in pluralised(phrase):
        out.setdefault(form, "plural")
    if not gendered:
        return
    for form in feminised(phrase):
        out.setdefault(form, "feminine")
        for many in pluralised(form):
            out.setdefault(many, "plural")
    first = WORD.match(phrase)
    if not first:
        return
    cut = head_length(phrase)
    rest = phrase[first.end() :]
    agreeing = WORD.sub(lambda m: (feminines(m[0]) or (m[0],))[0], phrase[first.end() : cut]) + phrase[cut:]
    for form in _inclusive(first[0]):
        out.setdefault(form + rest, "feminine")
        out.setdefault(form + agreeing, "feminine")
