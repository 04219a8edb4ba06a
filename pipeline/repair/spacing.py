"""Spaces inside one block: runs become one, ends go, strays before a comma or inside a bracket go.

French spaces before `; : ! ? %` and inside « » stay: they are right.
"""

from __future__ import annotations

import re

from pipeline.model import Edit, Span

_SEEN = ("  ", " ,", " )", " ]", " .", "( ", "[ ", "' ", "\t", "\u00ad")  # most texts hold none of these
_RULES = re.compile(
    r"""
      (?P<shy>\u00ad+)
    | (?P<ends>^[ \t]+|[ \t]+$)
    | (?<![\w'])(?:[LDJNMSTCldjnmstc]|[Qq]u|[Jj]usqu|[Ll]orsqu|[Pp]uisqu)'(?P<elision>[ ])          # l' usine
        (?=[aeiouyhàâéèêëîïôöùûüœæAEIOUYHÀÂÉÈÊÎÔÛ][^\W\d_])
    | (?<=[^\W_)»"%])(?P<comma>[ ]+)(?=,[ ]|,$|\.$|\.[ ]+[A-ZÀ-Þ][a-zà-ÿ])                         # mot , suite   fin . Le
    | (?:(?<=^)|(?<=[ ]))[(\[](?P<open>[ ]+)(?=[^\W_])                                            # ( mot
    | (?<=[^\W_)»"%.])(?P<close>[ ]+)(?=[)\]](?:[ .,;:!?]|$))                                     # mot )
    | (?P<run>[ \t]{2,}|\t)
    """,
    re.VERBOSE,
)


def spacing(text: str) -> list[Edit]:
    """Edits that make the spaces of one block single and right, in order.

    Leaves ` | ` between table cells, French spaces before high punctuation, ` .5`, `. . .` and line feeds. Rules
    `repair.space-run`, `repair.stray-space`, `repair.soft-hyphen`.

    >>> from pipeline.edits import apply
    >>> apply("un  mot , ( puis )", spacing("un  mot , ( puis )"))
    'un mot, (puis)'
    """
    edits: list[Edit] = []
    if text[:1] != " " and text[-1:] != " " and not any(map(text.__contains__, _SEEN)):
        return edits
    for m in _RULES.finditer(text):
        kind = str(m.lastgroup)
        after = " " if kind == "run" else ""
        rule = {"shy": "repair.soft-hyphen", "ends": "repair.space-run", "run": "repair.space-run"}.get(kind, "repair.stray-space")
        edits.append(Edit(Span(*m.span(kind)), m[kind], after, rule))
    return edits
