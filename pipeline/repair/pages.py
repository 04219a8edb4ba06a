"""Headers and footers that come back on every page."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence

import regex

from pipeline.repair.counters import Counters
from pipeline.repair.lines import Line, capitals, unfinished
from pipeline.repair.lone import breaks, interrupts, without_digits

_FREE_DIGIT = regex.compile(r"(?<![\p{L}\d-])\d")
_PARTS = regex.compile(r"\s{2,}|[|/–—•·]|\s-\s")
_COMMON = regex.compile(r"[(\[]?\p{Ll}{5,}[,)\]]?")
_CELLS = regex.compile(r"(?<=\S)(?:\s{2,}|\s*\t\s*|\s\|\s)(?=\S)")
_GAP = regex.compile(r"\s{3,}")
_TOP = 5  # lines from a document's first on, in which its title stands
_BRIEF = 12  # lines of a page on which hardly any is far from an edge
_NEAR = 3  # lines between a page's edge and its header or footer


def running(lines: Sequence[Line], found: Counters) -> frozenset[int]:
    """Lines that come back at the edges of pages, digits aside: headers and footers.

    Leaves alone what comes back elsewhere (a heading such as `Résultats` in each chapter), and a document's title where
    its first occurrence stands as one and carries no date or separator.
    """
    edges = _edges(lines, found)
    brief = len(edges) > 2 and len(lines) < _BRIEF * (len(edges) - 1)
    out: set[int] = set()
    for where in _repeated(lines, found, edges):
        text = lines[where[0]].text
        if brief and 2 * len(where) < len(edges) and not _PARTS.search(text):
            continue  # on slides, every line is near an edge: a title may come back
        if edges or any(interrupts(lines, i) for i in where):
            out.update(where[1:] if _is_title(lines, where[0]) or _heads_table(lines, where) else where)
    return frozenset(out)


def _heads_table(lines: Sequence[Line], where: Sequence[int]) -> bool:
    """Whether the first of these lines is the header of a table: three cells or more, as the row below it has."""
    i = where[0]
    cells = len(_CELLS.findall(lines[i].text))
    below = lines[i + 1] if i + 1 < len(lines) and i + 1 not in where else None
    return cells > 1 and below is not None and not below.blanks and len(_CELLS.findall(below.text)) == cells


def _repeated(lines: Sequence[Line], found: Counters, edges: list[int]) -> list[list[int]]:
    """Lines that come back and stand at a page's edge each time, or where no page is known apart each time."""
    short = [i for i, line in enumerate(lines) if i not in found.alone and _brief(line.text)]
    chosen = [i for i in short if (_at_edge(i, edges) if edges else _isolated(lines, i))]
    if not edges and not any(interrupts(lines, i) for i in chosen):
        return []
    places: dict[str, list[int]] = defaultdict(list)
    for i in chosen:
        places[_key(lines[i].text)].append(i)
    places = {key: where for key, where in places.items() if len(where) > 1 and any(map(str.isalpha, key))}
    if not places:
        return []
    initials = {key[0] for key in places}
    texts = (lines[i].text for i in short)
    total = Counter(_key(text) for text in texts if text[0].isdigit() or text[0].casefold()[0] in initials or "   " in text)
    return [where for key, where in places.items() if total[key] == len(where)]


def _brief(text: str) -> bool:
    return len(text) <= 120 or ("   " in text and len(_GAP.sub("   ", text)) <= 120)


def _key(text: str) -> str:
    """A line as it is compared with others; what stands left and right of a gap changes sides on even pages."""
    return without_digits("   ".join(sorted(_GAP.split(text), key=str.casefold)) if "   " in text else text)


def _edges(lines: Sequence[Line], found: Counters) -> list[int]:
    """Indices at which a page begins; the first and one past the last only where another page break is known."""
    inner = [i for i, line in enumerate(lines) if line.page]
    inner += [i + 1 for i in (*found.alone, *found.glued)]
    return sorted({0, *inner, len(lines)}) if inner else []


def _at_edge(i: int, edges: list[int]) -> bool:
    k = bisect_left(edges, i)
    return (k > 0 and i - edges[k - 1] < _NEAR) or (k < len(edges) and edges[k] - i <= _NEAR)


def _is_title(lines: Sequence[Line], i: int) -> bool:
    """Whether line i is a title: on top, below references and dates at most, and no other below it, save one that names it.

    The name of a site or a firm stands above the title, which may well hold it; a title has a common word of its own.
    """
    text = lines[i].text
    if i >= _TOP or _FREE_DIGIT.search(text) or _PARTS.search(text):
        return False
    others = [line for line in lines[i + 1 : i + 3] if len(line.text) < 120 and line.blanks]
    rivals = [line for line in others if capitals(line.text) or unfinished(line.text)]
    referred = all(len(line.text) < 60 and any(map(str.isdigit, line.text)) for line in lines[:i])
    if not rivals and referred:
        return True
    name = text.split()[0]
    common = len(name) > 3 and name.isalpha() and any(map(_COMMON.fullmatch, text.split()))
    below = lines[i + 1].text.split() if i + 1 < len(lines) else []
    above = all(len(line.text) < 60 and unfinished(line.text) for line in lines[:i])
    return common and above and name in below[1:]


def _isolated(lines: Sequence[Line], i: int) -> bool:
    return (i == 0 or lines[i].blanks > 0) and breaks(lines, i)
