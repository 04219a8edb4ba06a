"""What the recognisers hand each other: the text under study and what was found in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from pipeline.annotate.values.dateorder import DateOrder
from pipeline.model import Value


class Found(NamedTuple):
    """A value and the stretch of text that it covers."""

    start: int
    end: int
    value: Value


@dataclass(frozen=True, slots=True)
class Source:
    """A text with its lower-case twin of the same length, its language and how its dates are written."""

    text: str
    low: str
    lang: str  # "fr" or "en"
    order: DateOrder

    @classmethod
    def of(cls, text: str, lang: str, order: DateOrder) -> Source:
        """The text made ready; the few characters whose lower case is longer (İ) keep their case."""
        low = text.lower()
        if len(low) != len(text):
            low = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
        return cls(text, low, lang, order)

    def left(self, at: int, width: int = 24) -> str:
        """The lower-case text just before `at`."""
        return self.low[at - width if at > width else 0 : at]

    def opens(self, at: int) -> bool:
        """Whether a sentence, quotation, cell or line begins at `at`, so that a capital there says nothing."""
        before = self.text[max(0, at - 3) : at].rstrip()
        return not before or before[-1] in '.!?:;…"«»“|–—-•(' or "\n" in self.text[max(0, at - 2) : at]
