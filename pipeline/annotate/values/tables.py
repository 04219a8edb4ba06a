"""The words of the grammar, read from `pipeline/data/*.tsv`, and the patterns made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
SPACE = f"[{SPACES}]"
MULTIPLIERS = {
    "hundred": 2, "k": 3, "K": 3, "mille": 3, "thousand": 3,
    "M": 6, "m": 6, "mn": 6, "Mn": 6, "mln": 6, "million": 6, "millions": 6,
    "Md": 9, "Mds": 9, "md": 9, "mds": 9, "Mrd": 9, "Mrds": 9, "bn": 9, "Bn": 9, "B": 9, "b": 9, "milliard": 9,
    "milliards": 9, "billion": 9,
    "billions": 9, "trillion": 12, "trillions": 12, "tn": 12,
}  # fmt: skip
LONG_SCALE = {"billion": 12, "billions": 12, "trillion": 18, "trillions": 18}  # French


UNACCENTED = str.maketrans("éèê", "eee")


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `pipeline/data/<name>.tsv`, each a dict from column to cell."""
    lines = (files("pipeline") / "data" / f"{name}.tsv").read_text("utf-8").splitlines()
    columns = lines[0].split("\t")
    return tuple(dict(zip(columns, line.split("\t"), strict=True)) for line in lines[1:] if line.strip())


def alternation(words: Iterable[str], after: Mapping[str, str] | None = None) -> str:
    """A pattern for any of the words, the longest that fits; common beginnings stand once, so a miss costs little.

    `after` gives for every word the pattern of what must follow it; a word that nothing fits after yields to a shorter one.

    >>> alternation(["mars", "mai", "juin"])
    '(?:juin|ma(?:i|rs))'
    """
    trie: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in words:
        node = trie
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {after[word]: {}} if after else {}
    return _pattern(trie)


def _pattern(node: dict[str, dict]) -> str:  # type: ignore[type-arg]
    branches = [re.escape(char) + _pattern(child) for char, child in sorted(node.items()) if char]
    tail = "".join(node.get("", ()))
    if tail:
        branches.append(tail)
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    if "" not in node or tail:
        return body
    return f"(?:{body})?"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as one way of writing it means it: UCUM code, English singular and plural, and whether it is time."""

    code: str
    one: str
    many: str
    time: bool


@cache
def symbols() -> dict[str, Unit]:
    """Unit symbols, the same in both languages, case-sensitive."""
    return {sign: _unit(row) for row in rows("units") for sign in _cell(row, "symbols") if not row["code"].startswith("{c")}


@cache
def unit_words(lang: str) -> dict[str, Unit]:
    """Unit words of `fr` or `en`, lower case, also without their accents (`kilometres`)."""
    words = {word.lower(): _unit(row) for row in rows("units") for word in _cell(row, lang)}
    return {word.translate(UNACCENTED): unit for word, unit in words.items()} | words


@cache
def per() -> dict[str, tuple[str, str]]:
    """What may stand after the stroke of a rate, as written → (UCUM code, English)."""
    return {word: (row["code"], row["english"]) for row in rows("units.per") for word in _cell(row, "written")}


@cache
def counted() -> dict[str, tuple[str, str]]:
    """What is counted in a volume or a weight, and never a unit alone (`UE` is the Union), as written → (UCUM code, English)."""
    return {word: (row["code"], row["english"]) for row in rows("units.counted") for word in _cell(row, "written")}


@cache
def currency_words(lang: str) -> dict[str, str]:
    """Currency words of `fr` or `en`, lower case → ISO 4217."""
    return {word.lower(): row["code"] for row in rows("currencies") for word in _cell(row, lang)}


@cache
def currency_signs() -> dict[str, str]:
    """Currency signs and codes → ISO 4217."""
    return {sign: row["code"] for row in rows("currencies") for sign in _cell(row, "symbols")}


@cache
def months(lang: str, short: bool = True) -> dict[str, int]:
    """Month names of a language, lower case; with the short ones (`sept`) where asked."""
    return {r["word"]: int(r["month"]) for r in rows("months") if r["lang"] == lang and (short or not r["short"])}


@cache
def ordinals(lang: str) -> dict[str, int]:
    """Ordinal words of a language, lower case, also without their accents (`cinquieme`)."""
    words = {row["word"]: int(row["value"]) for row in rows("ordinals") if row["lang"] == lang}
    return {word.replace("è", "e"): value for word, value in words.items()} | words


@cache
def numerals(lang: str) -> dict[str, tuple[int, str]]:
    """Number words of a language → (value, role)."""
    return {row["word"]: (int(row["value"]), row["role"]) for row in rows(f"numbers.{lang}")}


@cache
def words_of(role: str) -> frozenset[str]:
    """The words of one role in `data/cues.tsv`."""
    return frozenset(word for row in rows("cues") if row["role"] == role for word in _cell(row, "word"))


@cache
def cues(role: str) -> str:
    """A pattern for the words of one role in `data/cues.tsv`; a star stands for any ending, of up to 20 letters."""
    stems = sorted(words_of(role), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\*", r"\w{0,20}") for word in stems) + ")"


def _cell(row: dict[str, str], column: str) -> list[str]:
    return [part for part in row[column].split("|") if part]


def _unit(row: dict[str, str]) -> Unit:
    return Unit(row["code"], row["one"], row["many"], row["kind"] == "duration")
