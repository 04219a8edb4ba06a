"""What a translation model must offer to the stage: a name, its marks, and batches of sentences. No model is known here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

Followed = tuple[tuple[int, ...], tuple[int, ...], tuple[float, ...]]  # starts, focus and weights


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One candidate translation.

    `score` is the model's mean log-probability a token (nearer to 0 is surer). `finished` is False where decoding was
    stopped by the length limit. `focus[i]` is the code point of the source that the model looked at most when it wrote
    the piece of `text` that begins at `starts[i]`, and `weights[i]` the share of its attention on the word there; all three
    are empty where attention was not asked for, and until `followed` where `follow` works them out: most alternatives are
    never looked at.
    """

    text: str
    score: float = 0.0
    finished: bool = True
    starts: tuple[int, ...] = ()
    focus: tuple[int, ...] = ()
    weights: tuple[float, ...] = ()
    said: float = 1.0
    follow: Callable[[], Followed] | None = field(default=None, compare=False, repr=False)

    def followed(self) -> Hypothesis:
        """The hypothesis with `starts`, `focus` and `weights`."""
        if self.follow is None:
            return self
        starts, focus, weights = self.follow()
        return replace(self, starts=starts, focus=focus, weights=weights, follow=None)


class Engine(Protocol):
    """A French→English model.

    `markers` are the signs around a stretch to be copied (None where the model knows none); `slots` are opaque stand-ins
    for a whole stretch, to be put back afterwards (empty where the model knows none).
    """

    @property
    def name(self) -> str:
        """Name and version, as the memory and the manifest write them."""

    @property
    def markers(self) -> tuple[str, str] | None:
        """The two signs around a stretch that the model was trained to copy."""

    @property
    def slots(self) -> tuple[str, ...]:
        """The stand-ins that the model was trained to carry over."""

    @property
    def opening(self) -> str:
        """How the model is best asked first: `slot`, `marked`, or `plain` where it knows neither."""

    @property
    def longest(self) -> int:
        """Subword tokens from which on a sentence is better cut at clause marks and translated in parts."""

    def length(self, text: str) -> int:
        """How many subword tokens `text` has for this model."""

    def translate(
        self,
        sentences: Sequence[str],
        *,
        beam: int = 2,
        alternatives: int = 1,
        prefixes: Sequence[str] | None = None,
        attention: bool = False,
        penalty: float = 1.0,
    ) -> list[list[Hypothesis]]:
        """`alternatives` candidates for each sentence, best first; each begins with its prefix where one is given.

        A `penalty` above 1 makes tokens less likely that the output has already (Keskar et al. 2019, CTRL).

        The candidates of a sentence must not depend on the other sentences of the call.
        """
