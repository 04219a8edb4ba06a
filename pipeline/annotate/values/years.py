"""Four bare digits: a year, or so many of something."""

from __future__ import annotations

import re

from pipeline.annotate.values.source import Found, Source
from pipeline.annotate.values.tables import SPACE, words_of
from pipeline.model import Value
from pipeline.values.types import Date, Number

COUNTED = re.compile(rf"{SPACE}[a-zàâçéèêëîïôûù]{{3,}}[sx](?!\w)")
YEARLY = re.compile(
    r"(?<!\w)(?:en|in|depuis|since|fin|début|courant|année|an|dès|avant|après|ici|by|until|of|for|from|from|to|à|et|and|de|late|early|mid|during|"
    r"exercice|horizon|millésime|printemps|été|automne|hiver|the)[ -]$"
)
DATED = re.compile(r"(?<!\w)(?:en|in|depuis|since|dès|vers|de l'an|l'an|année|fondée? en|circa) $")
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
