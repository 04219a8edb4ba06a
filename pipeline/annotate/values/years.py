"""Four bare digits: a year, or so many of something."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.annotate.values.numerals import words_at
from pipeline.annotate.values.source import Found, Source
from pipeline.annotate.values.tables import SPACE, words_of
from pipeline.model import Value
from pipeline.values.types import Date, Number

COUNTED = re.compile(rf"{SPACE}[a-zàâçéèêëîïôûù]{{3,}}[sx](?!\w)")
YEARLY = re.compile(
    r"(?<!\w)(?:en|in|depuis|since|fin|début|courant|année|an|dès|avant|après|ici|by|until|of|for|from|from|to|à|et|and|de|late|early|mid|during|"
    r"exercice|horizon|millésime|printemps|été|automne|hiver|the)[ -]$"
)
DATED = re.compile(
    r"(?<!\w)(?:en|in|depuis|since|dès|vers|de l'an|l'an|année|fondée? en|circa"
    r"|remont\w{1,6} à|dat\w{1,5} (?:de|from)|back to|until|jusqu'en) $"
)
NOUN = re.compile(rf"{SPACE}(?:[a-zàâçéèêëîïôûù]{{3,}}[sx](?!\w)|[°%€$£])")


def year_or_number(src: Source, found: Found, end: int) -> Value:
    """Four bare digits from 1900 to 2099 are a year, unless a plural noun follows that they count (`2000 patients`)."""
    value = found.value
    if (
        not isinstance(value, Number)
        or end != found.end
        or found.end - found.start != 4
        or not src.text[found.start : found.end].isdigit()
    ):
        return value
    year = int(value.amount.digits)
    if (1500 <= year < 1900 or 2100 <= year < 2200) and DATED.search(src.left(found.start)) and not NOUN.match(src.low, end):
        return Date(year)
    if not 1900 <= year <= 2099:
        return value
    if COUNTED.match(src.text, end) and not YEARLY.search(src.left(found.start)):
        noun = src.low[end + 1 : end + 12].split(" ")[0]
        if noun not in words_of("uncounted") and (src.lang == "fr" or year % 100 == 0):
            return value
    return Date(year)


HUNDREDS = {"seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20}
SAID = re.compile(r"(?P<hundreds>seventeen|eighteen|nineteen|twenty)(?: hundred(?: and)?)? (?=[a-z])")
COUNTS = re.compile(r" [a-z]{3,}s(?!\w)")


def year_in_words(src: Source, at: int) -> tuple[int, int] | None:
    """English `nineteen eighty six`, `two thousand and five` at `at`: the year and where it ends; None before what it counts."""
    said = SAID.match(src.low, at)
    read = words_at(src, said.end() if said else at)
    if read is None or read.amount.scale or read.amount.over != 1 or COUNTS.match(src.low, read.end):
        return None
    number = int(read.amount.exact)
    if said:
        return (100 * HUNDREDS[said["hundreds"]] + number, read.end) if 10 <= number <= 99 else None
    return (number, read.end) if 2000 <= number <= 2099 else None


def with_year_in_words(src: Source, found: Found) -> Found:
    """A date without its year and the year after it in words: `25 January nineteen eighty six`."""
    if not src.low.startswith((" seven", " eigh", " nine", " twenty ", " two thousand"), found.end):
        return found
    year = year_in_words(src, found.end + 1)
    return Found(found.start, year[1], replace(found.value, year=year[0])) if year else found  # type: ignore[call-arg]


AFTER_YEAR = re.compile(r"[.,;)]|$| (?:and|et|or|ou)(?!\w)")


def year_alone_in_words(src: Source, at: int) -> Found | None:
    """`in nineteen ninety six`, `en deux mille vingt`: a year, where a clause ends with it."""
    if not src.low.endswith((" in ", " en "), 0, at):
        return None
    year = year_in_words(src, at)
    return Found(at, year[1], Date(year[0])) if year and AFTER_YEAR.match(src.low, year[1]) else None
