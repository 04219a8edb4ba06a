"""Powers of ten whose exponent an extractor set down on the line: `2 × 106 cellules/kg` is 2 × 10⁶."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model import Edit, Span

# two million cells are dosed, a hundred and six never with such a sign; a plain unit (`2 x 105 mg`) decides nothing
_COUNTED = (
    r"(?:vg|gc|vp|UI?|IU|UFC|CFU|UFP|PFU|TU|UT|TCID|CCID|log|copies?|particules?|particles?|génomes?|genomes?|cellules?|cells?"
    r"|lymphocytes?|leucocytes?|leukocytes?|plaquettes?|platelets?|CAR|CD\d{1,3}\+?|T cells|bactéries|bacteria|virions?|vecteurs?"
    r"|vectors?|viables?|vivantes?|hématies|spermatozoïdes)"
)
_POWER = re.compile(
    rf"(?<![\d.,])\d{{1,3}}(?:[.,]\d{{1,3}})? ?[×x*] ?10(?P<exponent>[3-9]|1[0-5])(?= ?(?:/|{_COUNTED}(?![\w])|(?:à|to|-|–|et|and) "
    rf"?\d{{1,3}}(?:[.,]\d{{1,3}})? ?[×x*] ?10))"
)
# "17000/mm 3", "2 500 m 2 de bureaux": the figure is the unit's, where what follows is no thing that it could count
_AREA = re.compile(
    r"(?:(?<=[/\d])|(?<=\d ))(?:mm|cm|dm|km|m)(?P<after> (?P<figure>[23]))(?=[.,;:)]|$| (?:de|d'|du|des|à|au|aux|en|et|ou|sur|dans"
    r"|pour|par|est|sont|with|of|in|at|for|and|or|on|dédiés?|répartis|supplémentaires?|environ|utiles|consacrés?|additional|facility"
    r"|site)(?!\w))"
)
RULE = "repair.exponent"
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def exponents(text: str) -> Iterator[Edit]:
    """Edits that raise such exponents, in order, before a stroke or a word for what is counted. Rule `repair.exponent`.

    And the square or cube of a unit that stands apart: `2 500 m 2 de bureaux`, `17000/mm 3`.

    Leaves alone products of plain numbers (`3 x 105 mg`, `2 × 100`).

    >>> [edit.after for edit in exponents("1,5 × 1014 vg/L, 3 x 105 mg")]
    ['¹⁴']
    """
    found = [Edit(Span(*m.span("exponent")), m["exponent"], m["exponent"].translate(_RAISED), RULE) for m in _POWER.finditer(text)]
    if "m 2" in text or "m 3" in text:
        found += [Edit(Span(*m.span("after")), m["after"], m["figure"].translate(_RAISED), RULE) for m in _AREA.finditer(text)]
    yield from sorted(found, key=lambda edit: edit.span)
