"""What the review page shows of one document: its record as compact arrays, a row a sentence.

The shapes are named in `data/review.js`, which reads them. Positions are code points: `at` in the row's source or
English text, `source` in the file.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import Any

_Edit = tuple[int, int, dict[str, Any]]  # where what it wrote begins and ends in the block's text

_LONG = 160  # of what an edit took away or a place holds, this much is shown


def document_rows(record: dict[str, Any], text: str, name: str) -> dict[str, Any]:
    """A record (as JSON types) and its NAME.txt as the page wants them. Raises KeyError and the like for a damaged record.

    >>> block = {"kind": "heading", "lang": "fr", "hull": [0, 5], "text": "Bilan", "output": [0, 7], "flags": [],
    ...     "edits": [], "mentions": [], "segments": [{"span": [0, 5], "source": [0, 5], "output": [0, 7],
    ...     "origin": "model", "text": "Bilan", "english": "Results", "flags": [], "placed": []}]}
    >>> record = {"path": "a.txt", "encoding": "utf-8", "source": "Bilan", "diagnostics": [], "blocks": [block]}
    >>> document_rows(record, "Results", "a.txt")["blocks"]
    [['heading', 'fr', [], [['Bilan', 'Results', [0, 5], 1, 'model', [], [], []]]]]
    """
    lines = _Lines(text)
    return {
        "path": record["path"],
        "text": name,
        "encoding": record["encoding"],
        "remarks": [[d["code"], d["detail"]] for d in record["diagnostics"]],
        "blocks": [_block(block, record["source"], lines) for block in record["blocks"]],
    }


class _Lines:
    """Line numbers of NAME.txt."""

    def __init__(self, text: str) -> None:
        self._breaks = [i for i, c in enumerate(text) if c == "\n"]

    def of(self, output: list[int] | None) -> int:
        """The line where `output` begins, from 1; 0 where there is none."""
        return bisect_left(self._breaks, output[0]) + 1 if output else 0


def _block(block: dict[str, Any], source: str, lines: _Lines) -> list[Any]:
    segments = block["segments"] or [_whole(block)]
    edits, mentions = _edits(block), list(enumerate(block["mentions"]))
    # what is edited between two sentences goes with the one before it
    starts = [0, *(segment["span"][0] for segment in segments[1:]), len(block["text"]) + 1]
    rows = []
    for segment, (start, end) in zip(segments, pairwise(starts), strict=True):
        own = edits[bisect_left(edits, start, key=_start_of_edit) : bisect_left(edits, end, key=_start_of_edit)]
        near = mentions[bisect_left(mentions, start, key=_start_of_mention) : bisect_left(mentions, end, key=_start_of_mention)]
        rows.append(_row(segment, _mentions(segment, block["mentions"], near, source), own, lines))
    return [block["kind"], block["lang"], _flags(block["flags"]), rows]


def _start_of_edit(edit: _Edit) -> int:
    return edit[0]


def _start_of_mention(mention: tuple[int, dict[str, Any]]) -> int:
    start: int = mention[1]["span"][0]
    return start


def _whole(block: dict[str, Any]) -> dict[str, Any]:
    """A block without segments as one: furniture, a duplicate, or a language that is not translated."""
    return {
        "span": [0, len(block["text"])],
        "source": block["hull"],
        "output": block["output"],
        "origin": "omitted" if block["output"] is None else "untranslated",
        "text": block["text"],
        "english": block["text"] if block["output"] else None,
        "flags": [],
        "placed": [],
    }


def _flags(flags: list[dict[str, str]]) -> list[list[str]]:
    return [[flag["code"], flag["detail"]] for flag in flags]


def _edits(block: dict[str, Any]) -> list[_Edit]:
    out, shift = [], -block["hull"][0]
    for edit in block["edits"]:
        start = edit["source"][0] + shift
        out.append((start, start + len(edit["after"]), edit))
        shift += len(edit["after"]) - len(edit["before"])
    return out


def _row(segment: dict[str, Any], mentions: list[list[Any]], edits: list[_Edit], lines: _Lines) -> list[Any]:
    start, end = segment["span"]
    shown = []
    for first, last, edit in edits:
        at = [min(max(first - start, 0), end - start), min(max(last - start, 0), end - start)]
        to = _in_english(at, mentions, segment)
        shown.append([at, to, edit["rule"], _short(edit["before"]), _short(edit["after"]), edit["source"]])
    return [
        segment["text"],
        segment["english"],
        segment["source"],
        lines.of(segment["output"]),
        segment["origin"],
        _flags(segment["flags"]),
        mentions,
        shown,
    ]


def _mentions(
    segment: dict[str, Any], listed: list[dict[str, Any]], near: list[tuple[int, dict[str, Any]]], source: str
) -> list[list[Any]]:
    """`[kind, at, English at or null, canonical, rung, source, rule, raw or 0]`, in the order of the text."""
    start, end = segment["span"]
    places = [(p["unlisted"] if p["mention"] is None else listed[p["mention"]], p) for p in segment["placed"]]
    known = {p["mention"] for p in segment["placed"]}
    inside = (m for i, m in near if i not in known and start <= m["span"][0] and m["span"][1] <= end)
    out = []
    for mention, place in [*places, *((m, None) for m in inside)]:
        at = [mention["span"][0] - start, mention["span"][1] - start]
        raw = source[slice(*mention["source"])]
        rung, target = (place["rung"], place["target"]) if place else ("", None)
        rule = mention["typed"].get("rule") or mention["value"].get("scheme") or ""
        entry = mention["typed"].get("entry", "") if mention["kind"] == "term" else ""
        out.append(
            [
                mention["kind"],
                at,
                target,
                mention["canonical"],
                rung,
                mention["source"],
                " ".join(filter(None, (rule, entry))),
                0 if raw == mention["text"] else _short(raw),
            ]
        )
    return sorted(out, key=lambda m: m[1])


def _in_english(at: list[int], mentions: list[list[Any]], segment: dict[str, Any]) -> list[int] | None:
    """Where an edit stands in the English, if that can be told: in a sentence that was not translated, and outside values.

    Between two values such a sentence is the same on both sides, so a place there is known by its distance to them.
    """
    if segment["origin"] not in ("source", "copy", "untranslated") or segment["english"] is None:
        return None
    left, right = (0, 0), (len(segment["text"]), len(segment["english"]))
    for _, (first, last), target, *_ in mentions:
        if target is None or (first < at[1] and at[0] < last):
            return None
        if last <= at[0]:
            left = (last, target[1])
        elif first >= at[1]:
            right = (first, target[0])
            break
    same = segment["text"][left[0] : right[0]] == segment["english"][left[1] : right[1]]
    return [at[0] - left[0] + left[1], at[1] - left[0] + left[1]] if same else None


def _short(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[:_LONG]}… ({len(text):,} characters)"
