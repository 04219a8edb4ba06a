"""JSON text, compact, by orjson where it can and by the standard library where it cannot. The only importer of orjson."""

from __future__ import annotations

import json
from typing import Any

import orjson


def dumps(item: Any) -> str:
    r"""The item (JSON types) as JSON without needless spaces, letters beyond ASCII as they are.

    >>> dumps({"text": "été", "span": [0, 3]})
    '{"text":"été","span":[0,3]}'

    Integers may have any length; half a surrogate pair, which is no text, comes out as it is.
    """
    try:
        return orjson.dumps(item).decode("utf-8")
    except TypeError:
        return json.dumps(item, ensure_ascii=False, separators=(",", ":"), check_circular=False)


def loads(data: bytes) -> Any:
    """What the bytes (UTF-8) say, as JSON types. Raises ValueError where they are no JSON."""
    try:
        return orjson.loads(data)
    except ValueError:
        return json.loads(data.decode("utf-8"))  # NaN, escapes of half a surrogate pair; or the error, in words that last
