"""Which files under OUT a document is written to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

RESERVED = ("manifest.json",)  # what the run itself writes to the top of OUT


@dataclass(frozen=True, slots=True)
class Names:
    """The English text and the record of one document, relative to OUT; `clash`: its plain name was taken."""

    text: str
    record: str
    clash: bool = False


def assign(documents: Iterable[str]) -> dict[str, Names]:
    """Names for documents given by their path relative to SRC; no two share a file, whatever the file system's case.

    The suffix is replaced; where that name is taken (`a.txt` and `a.md`), the `.txt` file has it and the other keeps
    its suffix. Depends on the names alone, not on their order.

    >>> assign(["a.md", "a.txt"])["a.md"]
    Names(text='a.md.txt', record='a.md.json', clash=True)
    """
    taken = {name.casefold() for name in RESERVED}
    out: dict[str, Names] = {}
    for document in sorted(documents, key=lambda d: (not d.lower().endswith(".txt"), d)):
        stem, plain = str(PurePosixPath(document).with_suffix("")), True
        while not taken.isdisjoint((f"{stem}.txt".casefold(), f"{stem}.json".casefold())):
            stem, plain = (document if plain else stem + "_"), False
        taken |= {f"{stem}.txt".casefold(), f"{stem}.json".casefold()}
        out[document] = Names(f"{stem}.txt", f"{stem}.json", not plain)
    return out
