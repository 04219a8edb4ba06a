"""What digits stand in the way of being a number: letters glued to them, labels before them, telephone-like chains.

Cheap and local; `pipeline.annotate.verbatim` knows identifiers by name and wins where both claim a stretch.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.annotate.values.source import Source
from pipeline.annotate.values.tables import SPACE, rows

# groups of digits with one and the same mark between them; bounded, so that noise costs no more than its length
CHAIN = re.compile(rf"\d{{1,24}}({SPACE}|[.\-])\d{{1,24}}(?:\1\d{{1,24}}){{0,10}}")
GROUPED = re.compile(
    rf"[1-9]\d{{0,2}}(?:(?:{SPACE}\d{{3}}){{1,5}}|(?:\.\d{{3}}){{1,5}})|\d{{1,2}}([.\-])\d{{1,2}}\1(?:\d{{4}}|\d{{2}})|\d{{4}}([/\-])\d{{1,2}}\2\d{{1,2}}"
)
LOCAL = re.compile(rf"(?!19|20)\d{{4,6}}{SPACE}\d{{3,6}}")  # 7946 0958: the end of a telephone number
CALL = re.compile(r"(?<!\w)(?:appel|contact|compos|joign|téléphon)\w{0,6}(?:[ -]\w+){0,3} au $")
LAST_WORD = re.compile(r"(?<![^\s'’(«\"/])[^\s'’(«\"/]+$")
NEAR = re.compile(rf"\d{{1,24}}(?:{SPACE}|[.\-])\d")
DEPARTMENT = re.compile(r"(?:\d{2,3}|2[AB])\)")
CITATION = re.compile(r"[1-9]\d{0,2}(?:(?:, ?| ?; ?|[-–])[1-9]\d{0,2}){0,12}\]")  # [12], [3-5], [1, 2]
INTERVAL = re.compile(r"\d{1,3},\d{1,3} ?[;–-] ?\d{1,3},\d{1,3}\]")  # [1,24 ; 3,56]
RUN = re.compile(r"\w+(?:[-./:_]\w+)*")


def blocked(src: Source, at: int) -> int:
    """Where the identifier that the digits at `at` belong to ends; 0 where nothing forbids a number here.

    Blocked are digits after a letter and a hyphen (`HML-27`), after a digit and a mark (`13485:2016`), in brackets
    (`[12]`, `(91)` after a name), and chains of groups that group no number (`01 99 00 82 15`, `2.3.1`).
    """
    text = src.text
    if (not at or text[at - 1] == " ") and not NEAR.match(text, at):
        return 0  # the common case, at once
    before, further = text[at - 1 : at], text[at - 2 : at - 1] if at > 1 else ""
    glued = (
        (before in "-−–‐\N{NON-BREAKING HYPHEN}" and further.isalnum() and not src.left(at, 5).endswith(("mi-", "mid-")))
        or (before in ".:,/×" and further.isdigit())
        or (before in "/_@#&=\\." and further.isalnum())
        or before in "_@#\\"
        or (before == "[" and CITATION.match(text, at) and not INTERVAL.match(text, at))
        or (before == "+" and _groups(text, at) >= 3)
    )
    if before and glued:
        return run_end(text, at)
    if before == "(" and (match := DEPARTMENT.match(text, at)) and further == " " and _after_name(text, at - 2):
        return match.end()
    chain = CHAIN.match(text, at)
    if chain is None:
        return 0
    groups = _groups(text, at)
    zero = text[at] == "0" and text[at + 1].isdigit()
    if groups == 2 and LOCAL.fullmatch(chain[0]):
        return chain.end()
    if (groups >= 3 or (groups == 2 and zero and chain[1] != "-")) and not GROUPED.fullmatch(chain[0]):
        return chain.end()
    return 0


def run_end(text: str, at: int) -> int:
    """Where the run of letters, digits and inner marks that begins at `at` ends."""
    match = RUN.match(text, at)
    return match.end() if match else at + 1


def _groups(text: str, at: int) -> int:
    match = CHAIN.match(text, at)
    return len(re.findall(r"\d+", match[0])) if match else 1


def _after_name(text: str, at: int) -> bool:
    """Whether the word that ends at `at` begins with a capital."""
    start = at
    while start and text[start - 1].isalpha():
        start -= 1
    return text[start : start + 1].isupper()


@cache
def _labels(lang: str) -> frozenset[str]:
    return frozenset(row["word"] for row in rows("numbering") if row["lang"] in (lang, "any"))


def labelled(src: Source, at: int) -> bool:
    """Whether a label stands before `at` that makes a bare number an identifier: `article`, `phase`, `lot`, `n°`.

    A colon between label and number changes nothing (`Référence : 4512`).
    """
    left = src.left(at, 32).rstrip(" :+\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}")
    match = LAST_WORD.search(left)
    if match is not None and match[0] == "au":
        return bool(CALL.search(src.left(at, 48))) and src.text[at : at + 4].isdigit()  # contactez-nous au 3635
    return match is not None and match[0] in _labels(src.lang)


def trailing(src: Source, end: int) -> bool:
    """Whether what follows at `end` glues the number into something else: `5-FU`, `2D`, `13485:2016`, `24/7`."""
    after, next_one = src.text[end : end + 1], src.text[end + 1 : end + 2]
    if after.isalnum() or (after and after in "_@²³⁴⁵⁶⁷⁸⁹¹⁰"):
        return True
    if after in ("-", "\N{NON-BREAKING HYPHEN}", "–", "/"):
        english_compound = src.lang == "en" and after != "/" and src.text[end + 1 : end + 3].islower() and next_one.isalpha()
        return next_one.isalnum() and not english_compound
    return after in (".", ":", ",") and bool(after) and next_one.isdigit()


def sign(src: Source, at: int) -> tuple[int, str]:
    """Where the number at `at` begins with its sign, and the sign: "-", "+" or "".

    A minus or hyphen is a sign only where it is glued to the digits and something opens before it.
    """
    before, further = src.text[at - 1 : at] if at else "", src.text[at - 2 : at - 1] if at > 1 else ""
    opened = not further or further.isspace() or further in "([\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}/|:=;,>~≈\"'«±€$£¥<≥≤"
    if before and before in "-−+‐" and opened:
        return at - 1, "+" if before == "+" else "-"
    if before == "–" and further == "(":
        return at - 1, "-"
    return at, ""
