"""Numbers that share the unit of the next value: `1,2 et 0,8 million d'euros`, `12 et 14 % respectivement`."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.annotate.values.ranges import MEASURED, paired
from pipeline.annotate.values.source import Found, Source
from pipeline.model import Mention
from pipeline.values.types import Number

_AND = re.compile(r" (?:et|ou|and|or) (?:de |d['’])?")
_NEAR = 60  # characters before the first in which `respectivement` may stand


def with_shared_units(src: Source, found: list[Mention]) -> list[Mention]:
    """The mentions, a bare number before `et` and a measured value as one of its unit too.

    Only decimals, or where `respectivement` says that both belong together: `lots 2 et 3 %` stays.
    """
    out = list(found)
    for i in range(len(out) - 2, -1, -1):
        low, high = out[i], out[i + 1]
        if not isinstance(low.value, Number) or not isinstance(high.value, MEASURED) or low.value.amount.words:
            continue
        if not _AND.fullmatch(src.low, low.span.end, high.span.start):
            continue
        near = src.low[max(0, low.span.start - _NEAR) : high.span.end + _NEAR // 2]
        if low.value.amount.digits.as_tuple().exponent == 0 and "respectiv" not in near:
            continue
        ends = paired(src, Found(low.span.start, low.span.end, low.value), Found(high.span.start, high.span.end, high.value))
        if ends:
            out[i] = replace(low, value=ends[0])
    return out
