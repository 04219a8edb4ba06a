"""langdetect behind two functions, made deterministic; its only importer.

It is slow (a thousand segments a second), its probabilities mean little on short text, it is random unless its factory
has a seed, and it raises on text without letters. So `policy` asks it only where words do not settle the question.
"""

from __future__ import annotations

from functools import cache
from typing import Any

_LONGEST = 1500  # code points that are looked at


@cache
def _factory() -> Any:
    """A factory of our own: the package's shared one is random and open to others."""
    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory

    factory = DetectorFactory()
    factory.load_profile(PROFILES_DIRECTORY)
    factory.seed = 0
    return factory


def french(text: str) -> float | None:
    """How likely `text` is French rather than English, 0 to 1; None where it has nothing to go by.

    >>> french("les lots sont libérés par le pharmacien responsable") > 0.9
    True
    """
    found = _probabilities(text, {"fr": 0.5, "en": 0.5})
    return found.get("fr", 0.0) if found else None


def language(text: str) -> tuple[str, float]:
    """The likeliest of 55 languages as its ISO 639-1 code, and how likely; ("", 0.0) where there is nothing to go by.

    >>> language("Die Zulassung wurde von der Behörde für das gesamte Land erteilt")[0]
    'de'
    """
    found = _probabilities(text, None)
    return max(found.items(), key=lambda pair: pair[1]) if found else ("", 0.0)


def _probabilities(text: str, prior: dict[str, float] | None) -> dict[str, float]:
    from langdetect.lang_detect_exception import LangDetectException

    detector = _factory().create()
    if prior is not None:
        detector.set_prior_map(prior)
    detector.append(text[:_LONGEST].lower())
    try:
        return {found.lang: found.prob for found in detector.get_probabilities()}
    except LangDetectException:  # no letters
        return {}
