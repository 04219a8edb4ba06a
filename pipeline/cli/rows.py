"""How a line of the summary is printed; apart, for a run with nothing to do prints no more than these."""

from __future__ import annotations

import os
import sys

Row = tuple[str, str]  # a name in bold, "" for none, and the text


def say(row: Row) -> None:
    """Print the row on the standard output; bold only on a terminal that has not asked for plain text (NO_COLOR)."""
    name, text = row
    if not name:
        print(printable(text))
        return
    bold = sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    print(f"\N{ESCAPE}[1m{name:<10}\N{ESCAPE}[0m {text}" if bold else f"{name:<10} {text}")


def printable(text: str) -> str:
    """The text with what a terminal cannot show, such as half a surrogate pair of a file's name, as an escape."""
    return text.encode(sys.stdout.encoding or "utf-8", "backslashreplace").decode(sys.stdout.encoding or "utf-8")


def took(seconds: float, speed: str = "") -> Row:
    """The row that says how long it took."""
    return "time", f"{seconds:,.1f} s{speed}"
