"""How strongly the words of a text speak for French or for English.

A word's weight is the logarithm of how much oftener it stands in French than in English text (`pipeline.lexicon`);
words that neither table holds are judged by accents and endings. This settles nearly every block by itself.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from operator import ne
from types import MappingProxyType

from pipeline import lexicon

_LONGEST = 1000  # code points looked at: more words do not change the answer
_GLANCE, _PLAIN = 200, 20.0  # code points looked at first, and the score with which that is enough
_LITERAL = re.compile(
    r"(?<=\d:\d\d )(?:[AaPp]\.?[Mm]\.? )?ET\b|\S*(?:@|://|www\.)\S*|\b[\w-]+\.(?:com|fr|org|net|eu|uk|ch|be)\b\S*"
)
_LITERAL_SEEN = re.compile(r" ET\b|@|//|www\.|\.(?:com|fr|org|net|eu|uk|ch|be)\b")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_LATIN = "A-Za-z\u00aa\u00b2\u00b3\u00b5\u00b9\u00ba\u00bc-\u00be\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"  # [^\\W\\d_] below U+0250
_LATIN_WORD = re.compile(rf"[{_LATIN}]+(?:'[{_LATIN}]+)?")  # a table is looked up five times faster than categories
_BEYOND = re.compile("[\u0250-\u1fff\u2070-\u209f\u2100-\u218f\u2460-\u24ff\u2776-\u2793\u2c00-\U0010ffff]")
_CAP = 5.0  # one word never decides a long text
_ELIDED = {"l", "d", "qu", "n", "s", "j", "c", "m", "t", "jusqu", "lorsqu", "puisqu", "aujourd", "presqu", "quelqu"}
_TITLES = frozenset(("mme", "mmes", "mlle"))  # before names, which are of no language: Mme Julie Salmon
_CLITIC = {"s", "t", "re", "ve", "ll", "m", "d"}  # it's, don't, we're
_FRENCH_LETTERS = frozenset("éèêàùçôîœ")
_FRENCH_ENDINGS = (
    *("ement", "ements", "euse", "euses", "eur", "eurs", "aux", "ique", "iques", "isation", "isations", "ité", "ités", "aire"),
    *("aires", "oire", "oires", "elle", "elles", "enne", "ennes", "ienn", "ienns", "eux", "aient", "ait", "ons", "ez"),
)
_ENGLISH_ENDINGS = (
    *("ing", "ings", "ness", "ly", "ity", "ities", "ize", "ized", "ise", "ised", "ful", "less", "ship", "ships", "hood", "ward"),
    *("wards", "ed", "ght", "ck", "sh", "th", "w", "ory", "ary", "ally"),
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """`score` > 0 speaks for French, < 0 for English (natural logarithm of odds); `words` were looked at, of which
    `known` stand in a lexicon; `letters` says whether there are any letters at all."""

    score: float
    words: int
    known: int
    letters: bool


class _Weights(dict[str, float | None]):
    """The weight of a word, made when it is first asked for; None, and not kept, for a word that neither lexicon has.

    `written` are the words that stand in capitals without their accents, by how they then look.
    """

    def __init__(self, written: Mapping[str, str] = MappingProxyType({})) -> None:
        super().__init__()
        self._french, self._english = lexicon.load("fr"), lexicon.load("en")
        self._ratio = sum(self._english.counts.values()) / sum(self._french.counts.values())
        self._written = written

    def __missing__(self, word: str) -> float | None:
        known = self._written.get(word, word)
        french, english = self._french.counts.get(known, 0), self._english.counts.get(known, 0)
        if known in _TITLES:
            return _CAP
        if not french and not english:
            return None
        weight = max(-_CAP, min(_CAP, math.log((french * self._ratio + 2) / (english + 2))))
        if len(known) == 1 and known not in "aàyi":
            weight = 0.0  # a letter: an elision, an initial, a unit
        if self._french.name_like(known) and self._english.name_like(known):
            weight *= 0.25  # Dubois, Boston: says where, not in which language
        self[word] = weight
        return weight

    def among(self, word: str, otherwise: float = 0.0) -> float:
        """The word's weight, or `otherwise`."""
        weight = self[word]
        return otherwise if weight is None else weight


@cache
def _weights() -> _Weights:
    return _Weights()


@cache
def _bare_weights() -> _Weights:
    """Weights of French words as capitals without accents show them: PREPARATIONS."""
    french, english = lexicon.load("fr").counts, lexicon.load("en").counts
    best: dict[str, str] = {}
    for word, count in french.items():
        if word.isascii():
            continue
        bare = _bare(word)
        rival = french.get(best.get(bare, ""), 0)
        if bare != word and count > max(rival, french.get(bare, 0), english.get(bare, 0)):
            best[bare] = word
    return _Weights(best)


def _bare(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def evidence(text: str, names: float = 1.0) -> Evidence:
    """The evidence of the words in `text`; capitalised words after the first count `names` times as much.

    Addresses of the web and of mail are left out, and the time zone in `08:00 ET`; capitals are looked up in lower
    case, without their accents if need be.

    >>> evidence("Libération des lots").score > 3, evidence("Batch release").score < -1, evidence("2 400 %").words
    (True, True, 0)
    """
    if len(text) > _GLANCE:
        glance = _evidence(text[:_GLANCE], names)
        if abs(glance.score) > _PLAIN:
            return glance
    return _evidence(text[:_LONGEST], names)


def _evidence(sample: str, names: float) -> Evidence:
    if _LITERAL_SEEN.search(sample):
        sample = _LITERAL.sub(" ", sample)
    if "’" in sample:
        sample = sample.replace("’", "'")
    capitals = sample.isupper()
    weights = _bare_weights() if capitals else _weights()
    written = _words(sample)
    words = written if sample.islower() else list(map(str.lower, written))
    looked = list(map(weights.__getitem__, words))
    missing = [i for i, weight in enumerate(looked) if weight is None] if None in looked else []
    if words is not written and not capitals:
        looked = [_acronym(word, weight) for word, weight in zip(written, looked, strict=True)]
    known = len(words) - sum(["'" not in words[i] for i in missing])
    for i in missing:
        looked[i] = _unlisted(words[i], weights, capitals or i == 0 or words[i] == written[i])
    found = [weight for weight in looked if weight is not None]
    score = sum(found)
    raised = 0 if capitals or words is written else sum(map(ne, words, written))
    if 0 < raised <= len(words) / 2 or (raised and names < 1.0):  # not a heading with Capitals In Every Word
        labelled = len(words) < 2 or words[1] == written[1]  # `Contact : …`, not `Claire Petit`
        pairs = zip(words[labelled:], written[labelled:], found[labelled:], strict=True)
        score -= (1 - min(names, 0.5)) * sum([weight for word, other, weight in pairs if word != other])
    return Evidence(score, len(words), known, bool(words) or any(map(str.isalpha, sample)))


def _acronym(word: str, weight: float | None) -> float | None:
    """The weight of a word, a quarter of it where it is an acronym: `TU` is no pronoun in `TU Delft`."""
    return weight and weight / 4 if 1 < len(word) < 5 and word.isupper() else weight


def _words(text: str) -> list[str]:
    return (_LATIN_WORD if text.isascii() or not _BEYOND.search(text) else _WORD).findall(text)


def _unlisted(word: str, weights: _Weights, plain: bool) -> float:
    if "'" in word:
        apart = _apart(word, weights)
        if apart is not None:
            return apart
    return _by_shape(word) if plain and (len(word) > 3 or not word.isascii()) else 0.0


def _apart(word: str, weights: _Weights) -> float | None:
    """`l'usine`, `it's`: the elision speaks for its language, and the word behind it as well."""
    head, _, tail = word.partition("'")
    if head in _ELIDED and (tail not in _CLITIC or head == "qu"):
        return 2.5 + max(0.0, weights.among(tail))
    if tail in _CLITIC:
        return min(0.0, weights.among(head)) - 2.5
    return weights[head] if weights[tail] is None else weights[tail]


def _by_shape(word: str) -> float:
    if word.endswith(_FRENCH_ENDINGS) or not _FRENCH_LETTERS.isdisjoint(word.rpartition("'")[2]):
        return 1.0
    return -1.0 if word.endswith(_ENGLISH_ENDINGS) else 0.0


def foreign_share(text: str, side: float) -> float:
    """The share of words that the language which `side` favours (> 0 French) does not use, 0 to 1."""
    table = lexicon.load("fr" if side > 0 else "en")
    words = [w for w in _words(text[:_LONGEST].replace("’", "'")) if w.islower() or text.isupper()]
    if not words:
        return 0.0
    missing = sum(1 for w in words if all(table.count(part) < 20 for part in (w, *w.lower().split("'"))))
    return missing / len(words)
