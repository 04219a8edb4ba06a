"""The line on a terminal that says how far a run is: a bar where there is room, then words."""

from __future__ import annotations

from collections.abc import Callable

from rich.console import Console, ConsoleOptions, RenderResult
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

_BAR = 40  # columns at most
_LEAST = 8  # and at least: a shorter bar says nothing


class Bar:
    """The last line of the terminal, drawn again several times a second; what `say` prints goes above it.

    `state` tells (done, total, words) for a line of so many columns each time it is drawn. It leaves no trace when it stops.
    """

    def __init__(self, state: Callable[[int], tuple[int, int, str]]) -> None:
        self._state = state
        self._console = Console(stderr=True)
        self._live = Live(self, console=self._console, transient=True, redirect_stdout=False)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        done, total, words = self._state(options.max_width)
        room = min(_BAR, options.max_width - len(words) - 2)  # a line that fills the terminal wraps on some
        text = Text(words, no_wrap=True, overflow="ellipsis")
        if room < _LEAST:
            yield text
            return
        line = Table.grid(padding=(0, 1))
        line.add_row(ProgressBar(total or 1, done, width=room), text)
        yield line

    def start(self) -> None:
        """Show the line."""
        self._live.start()

    def say(self, text: str) -> None:
        """Print above the line."""
        self._console.print(text, markup=False, highlight=False, soft_wrap=True)

    def stop(self) -> None:
        """Take the line away."""
        self._live.stop()
