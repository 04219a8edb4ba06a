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
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def exponents(text: str) -> Iterator[Edit]:
    """Edits that raise such exponents, in order, before a stroke or a word for what is counted. Rule `repair.exponent`.

    Leaves alone products of plain numbers (`3 x 105 mg`, `2 × 100`).

    >>> [edit.after for edit in exponents("1,5 × 1014 vg/L, 3 x 105 mg")]
    ['¹⁴']
    """
    for match in _POWER.finditer(text) if "10" in text else ():
        yield Edit(Span(*match.span("exponent")), match["exponent"], match["exponent"].translate(_RAISED), "repair.exponent")
