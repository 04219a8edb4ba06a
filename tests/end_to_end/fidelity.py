"""What a reader would check an output folder for, from the records and texts alone: none of the pipeline's code is used.

    python tests/end_to_end/fidelity.py OUT

prints every fault found and exits 1 when there is one. A number counts as kept when the English holds its digits, or
the mention that covers it stands in the English as its canonical form, or the segment carries a flag that says so.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path

DIGITS = re.compile(r"\d+")
WORD = re.compile(r"[^\W\d_]{2,}")


def records(out: Path) -> list[tuple[str, dict, str]]:
    """(name, record, English text) of every document in OUT."""
    found = []
    for path in sorted(out.rglob("*.json")):
        record = json.loads(path.read_text("utf-8"))
        if "blocks" in record and "source" in record:
            found.append((path.name, record, path.with_suffix(".txt").read_text("utf-8")))
    return found


def faults(record: dict, text: str) -> list[str]:
    """Everything wrong with one document, in words."""
    found = [*_ownership(record), *_furniture(record, text)]
    for block in record["blocks"]:
        for segment in block["segments"]:
            found += _places(record, block, segment, text)
            found += _numbers(block, segment)
            if segment["origin"] == "source":
                found += _unchanged(block, segment)
    return found


def _ownership(record: dict) -> list[str]:
    owned = sorted(tuple(piece) for block in record["blocks"] for piece in block["pieces"])
    source, last, found = record["source"], 0, []
    for start, end in [*owned, (len(source), len(source))]:
        if start < last:
            found.append(f"two blocks own source {start}..{last}")
        elif source[last:start].strip("\ufeff \t\r\n\f\v\N{NO-BREAK SPACE}\u2028\u2029"):
            found.append(f"nobody owns source {last}..{start}: {source[last:start]!r}")
        last = max(last, end)
    return found


def _furniture(record: dict, text: str) -> list[str]:
    body = " ".join(b["text"] for b in record["blocks"] if b["kind"] not in ("furniture", "duplicate"))
    lines = [b["text"] for b in record["blocks"] if b["kind"] == "furniture" and len(b["text"]) > 12]
    return [f"furniture in the English: {line!r}" for line in lines if line in text and line not in body]


def _places(record: dict, block: dict, segment: dict, text: str) -> list[str]:
    found = []
    if segment["output"] and text[slice(*segment["output"])] != segment["english"]:
        found.append(f"output span of {segment['text'][:40]!r} points elsewhere")
    if block["text"][slice(*segment["span"])] != segment["text"]:
        found.append(f"span of {segment['text'][:40]!r} points elsewhere")
    letters = Counter(c for c in segment["text"].lower() if c.isalpha())
    there = Counter(c for c in record["source"][slice(*segment["source"])].lower() if c.isalpha())
    if sum((letters - there).values()) > 0.1 * sum(letters.values()) + 3:  # ligatures and mojibake take a few
        found.append(f"source span of {segment['text'][:40]!r} holds other words")
    return found


def _numbers(block: dict, segment: dict) -> list[str]:
    """Digits of the segment's text that the English has lost without a flag."""
    flagged = " ".join(f"{f['code']} {f['detail']}" for f in segment["flags"])
    begin, end = segment["span"]
    covered = {}
    for placed in segment["placed"]:
        mention = block["mentions"][placed["mention"]] if placed["mention"] is not None else placed["unlisted"]
        covered[tuple(mention["span"])] = (mention, placed)
    found, english = [], Counter(DIGITS.findall(segment["english"].replace(",", "")))
    for m in DIGITS.finditer(block["text"], begin, end):
        inside = [v for (a, b), v in covered.items() if a <= m.start() and m.end() <= b]
        if inside:
            mention, placed = inside[0]
            if placed["target"] is None and "missing" not in flagged:
                found.append(f"{mention['kind']} {mention['text']!r} is not in the English: {segment['english']!r}")
            elif placed["target"] is not None and mention["kind"] not in ("term", "name"):
                stands = segment["english"][slice(*placed["target"])]
                if DIGITS.findall(stands.replace(",", "")) != DIGITS.findall(mention["canonical"].replace(",", "")):
                    found.append(f"{mention['text']!r} became {stands!r}, not {mention['canonical']!r}")
        elif not english[m[0]] and not english[m[0].lstrip("0")] and "number.missing" not in flagged:
            joined = m[0] in "".join(DIGITS.findall(segment["english"]))
            if not joined:
                found.append(f"{m[0]!r} of {segment['text']!r} is lost: {segment['english']!r}")
    return found


def _unchanged(block: dict, segment: dict) -> list[str]:
    """Words of an English segment, outside its values, that came out otherwise."""
    begin, end = segment["span"]
    spans = [m["span"] for m in block["mentions"] if m["kind"] not in ("term", "name")]
    kept = [c if not any(a <= i < b for a, b in spans) else " " for i, c in enumerate(block["text"][begin:end], begin)]
    lost = Counter(WORD.findall("".join(kept))) - Counter(WORD.findall(segment["english"]))
    return [f"English words lost: {sorted(lost)} from {segment['text']!r}"] if lost else []


if __name__ == "__main__":
    total = 0
    for name, record, text in records(Path(sys.argv[1])):
        for fault in faults(record, text):
            total += 1
            print(f"{name}: {fault}")
    print(f"{total} faults")
    sys.exit(total > 0)
