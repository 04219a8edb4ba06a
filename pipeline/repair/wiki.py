"""Links for editors that a wiki sets into its text: `Histoire[modifier | modifier le code]`."""

from __future__ import annotations

import re

from pipeline.model import Edit, Span

_EDIT = ("[modifier", "[edit]", "[edit source]", "[edit | edit source]")
_LINK = re.compile(
    r" ?\[(?:modifier(?: \| modifier le code| le code)?|edit(?: source| \| edit source)?|archive"
    r"|réf\. (?:nécessaire|souhaitée|à confirmer)|citation needed|source insuffisante|non neutre|quand \?|when\?|who\?)\]"
)


def editor_links(text: str) -> list[Edit]:
    """Edits that take these links away, where a text has any for editors. Rule `repair.editor-link`.

    >>> [e.before for e in editor_links("Histoire[modifier | modifier le code]")], editor_links("le lot [archive]")
    (['[modifier | modifier le code]'], [])
    """
    if not any(map(text.__contains__, _EDIT)):
        return []
    return [Edit(Span(*m.span()), m[0], "", "repair.editor-link") for m in _LINK.finditer(text)]
