"""Spaces inside one block: runs become one, ends go, strays before a comma or inside a bracket go.

French spaces before `; : ! ? %` and inside « » stay: they are right.
"""

from __future__ import annotations

import re

from pipeline.model import Edit, Span

_SEEN = ("  ", " ,", " )", " ]", " .", "( ", "[ ", "' ", "\t", "\u00ad")  # most texts hold none of these
_SPOT = re.compile(r"[ \t\u00ad](?:(?<=\u00ad)\u00ad*|(?<=\t)[ \t]*|[ \t]+|(?=[,.)\]])|(?<=['(\[] ))")
_ELIDED = re.compile(r"(?<![\w'])(?:[LDJNMSTCldjnmstc]|[Qq]u|[Jj]usqu|[Ll]orsqu|[Pp]uisqu)'$")
_VOWEL = re.compile(r"[aeiouyhàâéèêëîïôöùûüœæAEIOUYHÀÂÉÈÊÎÔÛ][^\W\d_]")
_COMMA = re.compile(r",(?: |$)|\.(?:$| +[A-ZÀ-Þ][a-zà-ÿ])")  # a comma, or a stop that a sentence or nothing follows
_CLOSING = re.compile(r"[)\]](?:[ .,;:!?]|$)")
_FUSING = re.compile(r"\d{3}(?!\d)")
_WIDE = re.compile(r"[a-zà-ÿœ,] {2,}(?=[a-zà-ÿœ])")
_SPACES = (" ", "\t")
_OPEN = ("", " ")  # what stands before an opening bracket


def spacing(text: str) -> list[Edit]:
    """Edits that make the spaces of one block single and right, in order.

    Leaves ` | ` between table cells, French spaces before high punctuation, ` .5`, `. . .` and line feeds. Rules
    `repair.space-run`, `repair.stray-space`, `repair.soft-hyphen`.

    >>> from pipeline.edits import apply
    >>> apply("un  mot , ( puis )", spacing("un  mot , ( puis )"))
    'un mot, (puis)'
    """
    edges = text[:1] in _SPACES or text[-1:] in _SPACES
    if not edges and not any(map(text.__contains__, _SEEN)):
        return []
    body = text.strip(" \t")
    start = text.index(body)
    end = start + len(body)
    edits = [Edit(Span(0, start), text[:start], "", "repair.space-run")] if start else []
    for m in _SPOT.finditer(text, start, end):
        if found := _mended(text, m.start(), m.end()):
            after, rule = found
            edits.append(Edit(Span(*m.span()), m[0], after, rule))
    if end < len(text):
        edits.append(Edit(Span(end, len(text)), text[end:], "", "repair.space-run"))
    return edits


def _justified(text: str, start: int, end: int) -> bool:
    """Whether the words around a wide gap stand as wide apart: `à 65   000   €   par   traitement,   contre`."""
    return len(_WIDE.findall(text, max(0, start - 60), end + 60)) > 1


def _mended(text: str, start: int, end: int) -> tuple[str, str] | None:
    """What becomes of the spaces between `start` and `end`, and by which rule; None where they stay."""
    if text[start] == "\u00ad":
        return "", "repair.soft-hyphen"
    if end > start + 2 and _FUSING.match(text, end) and text[start - 1].isdigit() and not _justified(text, start, end):
        return " | ", "repair.cell"  # 988      861: two cells, which one space would make a number of
    before = text[start - 1]
    if (
        "\t" not in text[start:end]
        and (
            (
                before == "'" and end == start + 1 and _VOWEL.match(text, end) and _ELIDED.search(text, max(0, start - 8), start)
            )  # l' usine
            or (
                (before.isalnum() or before in "€%$£") and (_COMMA.match(text, end) or _CLOSING.match(text, end))
            )  # mot , suite   fin . Le   mot )
            or (before in "([" and text[end].isalnum() and text[start - 2 : start - 1] in _OPEN)  # ( mot
        )
    ):
        return "", "repair.stray-space"
    return (" ", "repair.space-run") if end > start + 1 or text[start] == "\t" else None
