"""langdetect behind two functions, made deterministic; its only importer.

It is slow, its probabilities mean little on short text, it is random unless its factory has a seed, and it raises on text
without letters. So `policy` asks it only where words do not settle the question.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

_LONGEST = 1500  # code points that are looked at
_LONGEST_GRAM = 3  # letters
_SMOOTHING = 0.5 / 10_000  # langdetect's
_LEAST = math.log(_SMOOTHING)


class _Profiles(dict[str, list[float]]):
    """How often each language has an n-gram. A row is made when it is asked for: a text needs few of the 90,000.

    `likelihoods` are rows of logarithms, smoothed as langdetect does.
    """

    def __init__(self, profiles: Iterable[dict[str, Any]]) -> None:
        super().__init__()
        self._profiles = [(profile["freq"], profile["n_words"]) for profile in profiles]
        self.likelihoods: dict[str, list[float]] = {}
        self._known = frozenset().union(*(frequencies for frequencies, _ in self._profiles))

    def __contains__(self, gram: object) -> bool:
        return gram in self._known

    def __missing__(self, gram: str) -> list[float]:
        kept = len(gram) <= _LONGEST_GRAM
        row = [counts[gram] / grams[len(gram) - 1] if kept and gram in counts else 0.0 for counts, grams in self._profiles]
        self[gram] = row
        return row

    def likelihood(self, gram: str) -> list[float]:
        """The logarithms of the n-gram's row."""
        found = self.likelihoods.get(gram)
        if found is None:
            found = self.likelihoods[gram] = [math.log(share + _SMOOTHING) if share else _LEAST for share in self[gram]]
        return found


@cache
def _factory(languages: tuple[str, ...] = ()) -> Any:
    """A factory of our own (the package's shared one is random and open to others) for these languages, () for all."""
    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory

    found = sorted(Path(PROFILES_DIRECTORY).iterdir())
    profiles = [json.loads(path.read_text("utf-8")) for path in found if not languages or path.name in languages]
    factory = DetectorFactory()
    factory.langlist = [profile["name"] for profile in profiles]
    factory.word_lang_prob_map = _Profiles(profiles)
    factory.seed = 0
    return factory


def french(text: str) -> float | None:
    """How likely `text` is French rather than English, 0 to 1; None where it has nothing to go by.

    >>> french("les lots sont libérés par le pharmacien responsable") > 0.9
    True
    """
    found = _probabilities(text, ("en", "fr"))
    return found.get("fr", 0.0) if found else None


def language(text: str) -> tuple[str, float]:
    """The likeliest of 55 languages as its ISO 639-1 code, and how likely; ("", 0.0) where there is nothing to go by.

    langdetect draws n-grams by the thousand; a text that reads as French or English all in all is spared that.

    >>> language("Die Zulassung wurde von der Behörde für das gesamte Land erteilt")[0]
    'de'
    """
    code, share = _at_a_glance(text)
    if code in ("fr", "en"):
        return code, share
    found = _probabilities(text, ())
    return max(found.items(), key=lambda pair: pair[1]) if found else ("", 0.0)


def _at_a_glance(text: str) -> tuple[str, float]:
    """The likeliest language by all n-grams at once, each counted as often as it stands there."""
    factory = _factory()
    detector = factory.create()
    detector.append(text[:_LONGEST].lower())
    detector.cleaning_text()
    rows = [factory.word_lang_prob_map.likelihood(gram) for gram in detector._extract_ngrams()]
    if not rows:
        return "", 0.0
    sums = [sum(column) for column in zip(*rows, strict=True)]
    best = max(sums)
    return factory.langlist[sums.index(best)], 1 / sum([math.exp(each - best) for each in sums])


def _probabilities(text: str, languages: tuple[str, ...]) -> dict[str, float]:
    from langdetect.lang_detect_exception import LangDetectException

    detector = _factory(languages).create()
    detector.append(text[:_LONGEST].lower())
    try:
        return {found.lang: found.prob for found in detector.get_probabilities()}
    except LangDetectException:  # no letters
        return {}
