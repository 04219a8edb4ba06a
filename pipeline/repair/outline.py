"""The lines of a Markdown document as its marks tell them: headings, items, rows, quotations, code, and what is no text.

Own reading of blocks, because a Markdown parser tells no positions inside a line, which edits need, and takes the
indented lines of a PDF for code. Only what is certain line by line is read; the rest stays text.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from pipeline.repair.lines import starts_low, unfinished
from pipeline.repair.linklists import menus
from pipeline.repair.markup import TAG
from pipeline.repair.part import ITEM, Part

_QUOTE = re.compile(r"(?:>[ \t]?)+(?:[ \t]*\[![A-Za-z]+\][-+]?(?=\s|$))?")
_AMOUNT = re.compile(r">[>\s]*[\d=≥]")  # `> 95 %` at the start of a wrapped line
_HEADING = re.compile(r"#{1,6}[ \t]+(?=\S)")
_HEADING_END = re.compile(r"(?:[ \t]+#+)?(?:[ \t]*\{[#.:][^{}\n]{0,200}\})?[ \t]*$")
_NO_HEADING = re.compile(r"#{1,6}")
_FENCE = re.compile(r"(?P<sign>`{3,}|~{3,})[^`]{0,80}")
_RULE = re.compile(r"(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}")
_UNDERLINE = re.compile(r"=+|-+")
_COUNTED = re.compile(r"(?P<n>\d{1,3})[.)][ \t]+(?=\S)")
_NOTE = re.compile(r"\[\^(?P<mark>[^\]\s]{1,40})\]:[ \t]*(?=\S)")
_REFERENCE = re.compile(
    r"\[(?P<label>[^\[\]\n^][^\[\]\n]{0,80})\]:[ \t]*<?(?:https?://|www\.|mailto:|[/#.])\S*(?:[ \t]+[\"'(].{0,200})?"
)
_TABLE_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_EDGES = re.compile(r"\|[ \t]*|[ \t]*(?<!\\)\|")
_IMAGE = r"!\[[^\[\]\n]{0,500}\]\([^()\n]{0,2000}(?:\([^()\n]{0,200}\)[^()\n]{0,500})?\)"
_IMAGES = re.compile(rf"(?:(?:{_IMAGE}|\[\s*{_IMAGE}[^\[\]\n]{{0,40}}\]\([^()\n]{{0,2000}}\))\s*)+")
_TAGS = re.compile(rf"(?:{TAG}\s*)+", re.IGNORECASE)
_CONTENTS = re.compile(r"\[\[?_?toc_?\]?\]", re.IGNORECASE)
_ITALIC = re.compile(r"\*(?![*\s])[^*]{1,300}(?<![*\s])\*|_(?![_\s])[^_]{1,300}(?<![_\s])_")
_SPOKE = re.compile(r"[—–-]{1,2}\s*(?=\S)")
_KEY = re.compile(r"[\w-]+:|[ \t]|-|#|\]|\}")
_MATTER = ("---", "+++")
_TITLE = re.compile(r"title[ \t]*[:=][ \t]*(?P<open>[\"']?)(?=[^\"'\s|>\[{])", re.IGNORECASE)
_BOLD = re.compile(r"\*\*[^*]{1,80}\*\*:?|__[^_]{1,80}__:?")
_FAR = 80  # lines of front matter or of a comment, at most


def outline(parts: Sequence[Part], text: str) -> frozenset[str]:
    """Give every line its role and what to take out of it; the labels of link definitions come back."""
    labels: set[str] = set()
    i = first = _front_matter(parts)
    while i < len(parts):
        part = parts[i]
        _quote(parts, i)
        after = _verbatim(parts, i)
        if after > i:
            i = after
            continue
        if found := _REFERENCE.fullmatch(part.text):
            labels.add(" ".join(found["label"].lower().split()))
        part.role = part.role or _role(parts, i)
        if part.role == "row":
            i = _table(parts, i)
            continue
        raw_end = text[part.line.end : part.line.end + 3]
        part.broken = raw_end.startswith("  ") or part.line.text.endswith("\\") or bool(_BOLD.fullmatch(part.text))
        i += 1
    menus(parts)
    _title(parts[:first], parts[first:])
    if any(part.role == "heading" for part in parts):
        for part in parts:  # where headings are marked, `Les étapes :` is none
            part.prose = part.prose or (part.text.endswith(":") and not part.text.startswith(("**", "__")))
        _resumed(parts)
    return frozenset(labels)


def _front_matter(parts: Sequence[Part]) -> int:
    """One past the front matter that a document begins with; 0 where there is none."""
    if not parts or parts[0].line.text not in _MATTER:
        return 0
    for i in range(1, min(len(parts), _FAR)):
        line = parts[i].line
        if line.text == parts[0].line.text or line.text == "...":
            for part in parts[: i + 1]:
                part.role = "furniture"
            return i + 1
        if not (_KEY.match(line.text) or line.indent or (parts[0].line.text == "+++" and "=" in line.text)):
            return 0
    return 0


def _title(matter: Sequence[Part], body: Sequence[Part]) -> None:
    """The title that front matter names is a heading, where the text below has none of the first rank."""
    for each, below in itertools.zip_longest(body, body[1:]):
        if each.role == "heading" and (each.text.startswith("# ") or (below and below.text[:1] == "=")):
            return
    for part in matter:
        text = part.line.text
        if found := _TITLE.match(text):
            end = len(text) - 1 if found["open"] and text[-1] == found["open"] else len(text)
            part.role = "heading"
            part.cuts = [(0, found.end(), "repair.front-matter")]
            part.cuts += [(end, len(text), "repair.front-matter")] if end < len(text) else []
            return


def _quote(parts: Sequence[Part], i: int) -> None:
    """Take the `>` before a line away, unless it is a sign of comparison."""
    line = parts[i].line
    found = _QUOTE.match(line.text) if line.text[0] == ">" else None
    if not found or parts[i].at:  # taken already, at the end of a table
        return
    beside = any(0 <= k < len(parts) and parts[k].line.text[0] == ">" for k in (i - 1, i + 1))
    if _AMOUNT.match(line.text) and not beside:
        return
    parts[i].at, parts[i].prose = found.end(), True
    parts[i].cuts.append((0, found.end(), "repair.markdown-quote"))


def _verbatim(parts: Sequence[Part], i: int) -> int:
    """Fenced code or a comment from line i on: one past it, or i."""
    text = parts[i].text
    fence, comment = _FENCE.fullmatch(text), text.startswith("<!--")
    if not fence and not comment:
        return i
    if comment and "-->" in text:
        closed = text.endswith("-->") and text.count("-->") == 1
        parts[i].role = "furniture" if closed else ""
        return i + 1 if closed else i
    for k in range(i + 1, len(parts) if fence else min(len(parts), i + _FAR)):
        bare = parts[k].line.text.lstrip("> \t")
        if (fence and bare.startswith(fence["sign"]) and not bare.strip("`~")) or (comment and "-->" in bare):
            for part in parts[i + 1 : k]:
                part.role = "furniture" if comment else "code"
            parts[i].role = parts[k].role = "furniture"
            return k + 1
    parts[i].role = "furniture" if fence else ""
    return i + 1 if fence else i


def _role(parts: Sequence[Part], i: int) -> str:
    part = parts[i]
    text, line = part.text, part.line
    if not text:
        return "empty"
    if _ornament(text):
        return "furniture"
    if _table_opens(parts, i):
        return "row"
    if i and _UNDERLINE.fullmatch(text) and len(text) > 2:
        _setext(parts, i)
        return "furniture"
    if _RULE.fullmatch(text):
        return "furniture"
    if (note := _NOTE.match(text)) and line.text[0] in "[>":
        part.cuts.append((part.at, part.at + note.end(), "repair.markdown-footnote"))
        return "footnote"
    if _attribution(parts, i):
        return "said"
    if (item := ITEM.match(text)) and _lists(parts, i, item["sign"]):
        part.bullet = True
        if not (heading := _HEADING.match(text, item.end())):
            return "item"
        return _heading(part, heading.end())
    if heading := _HEADING.match(text):
        return _heading(part, heading.end())
    part.prose = part.prose or bool(_ITALIC.fullmatch(text))
    return "counted" if _counted(parts, i) else ""


def _ornament(text: str) -> bool:
    """Images, tags, link definitions and signs that carry no text of the document."""
    return bool(
        _NO_HEADING.fullmatch(text)
        or (text[0] in "![" and (_IMAGES.fullmatch(text) or _REFERENCE.fullmatch(text) or _CONTENTS.fullmatch(text)))
        or (text[0] == "<" and _TAGS.fullmatch(text))
    )


def _attribution(parts: Sequence[Part], i: int) -> bool:
    """`> — Anne Roy` below what she said, and no list."""
    if not i or not (parts[i].at and parts[i - 1].at and _SPOKE.match(parts[i].text)):
        return False
    below = parts[i + 1].line.text.lstrip("> ") if i + 1 < len(parts) else ""
    return not (_SPOKE.match(parts[i - 1].text) or _SPOKE.match(below))


def _heading(part: Part, end: int) -> str:
    """`## Title ##`, perhaps behind a bullet: the marks go; a bare e-mail line or the like would be no heading either way."""
    part.cuts.append((part.at, part.at + end, "repair.markdown-heading"))
    tail = _HEADING_END.search(part.line.text, part.at + end)
    if tail and tail.start() < len(part.line.text):
        part.cuts.append((tail.start(), len(part.line.text), "repair.markdown-heading"))
    return "heading"


def _setext(parts: Sequence[Part], i: int) -> None:
    """A line of `===` or `---` makes the one line above it a heading, where that looks like a title."""
    above, line = parts[i - 1], parts[i].line
    if line.blanks or above.role or "|" in above.line.text or "   " in above.line.text or len(above.text) > 120:
        return
    lone = above.line.blanks > 0 or i == 1 or parts[i - 2].role not in ("", "item")
    if lone and (line.text[0] == "=" or (unfinished(above.text) and not starts_low(above.text))):
        above.role = "heading"


def _lists(parts: Sequence[Part], i: int, sign: str) -> bool:
    """Whether a line that begins with a bullet is surely an item; else `shapes.items` decides."""
    line, before = parts[i].line, parts[i - 1] if i else None
    rest = parts[i].text[1:].lstrip()
    if sign == "+" and rest[0].isdigit():
        return False
    return not before or line.blanks > 0 or before.role in ("item", "heading", "furniture") or not unfinished(before.text)


def _counted(parts: Sequence[Part], i: int) -> bool:
    """`1.` beside another `1.`: a list whose numbers the reader's program is to count."""
    found = _COUNTED.match(parts[i].text)
    beside = [_COUNTED.match(parts[k].text) for k in (i - 1, i + 1) if 0 <= k < len(parts)]
    return bool(found) and any(each is not None and found is not None and each["n"] == found["n"] for each in beside)


def _resumed(parts: Sequence[Part]) -> None:
    """`2.` and `3.` with a list, a table or code between them: one list, where headings are marked as such."""
    last, before = 0, -1
    for i, part in enumerate(parts):
        found = _COUNTED.match(part.text) if part.role in ("", "counted") and not part.at else None
        if part.role == "heading":
            before = -1
        elif found:
            n = int(found["n"])
            if n == before + 1 and any(each.role in ("item", "row", "code") for each in parts[last + 1 : i]):
                part.role = parts[last].role = "counted"
            last, before = i, n


def _table_opens(parts: Sequence[Part], i: int) -> bool:
    if "|" not in parts[i].text or i + 1 == len(parts) or parts[i + 1].line.blanks:
        return False
    rule = parts[i + 1].line.text.lstrip("> \t")
    return "|" in rule and "-" in rule and bool(_TABLE_RULE.fullmatch(rule))


def _table(parts: Sequence[Part], i: int) -> int:
    """The rows of a table from its head on; one past the last."""
    k = i
    while k < len(parts) and (k == i or not parts[k].line.blanks):
        if k > i:
            _quote(parts, k)
        part = parts[k]
        if "|" not in part.text:
            break
        if not part.text.strip("|: \t-") and k != i + 1:
            part.role = "furniture"  # a head without words
        else:
            part.role = "row"
            if k != i + 1:
                _edges(part)
        k += 1
    if parts[i].role == "furniture":
        parts[i + 1].role = "furniture"
    return k


def _edges(part: Part) -> None:
    text = part.line.text
    if found := _EDGES.match(text, part.at):
        part.cuts.append((part.at, found.end(), "repair.markdown-table"))
    last = text.rfind("|")
    if last == len(text) - 1 and last > part.at and text[last - 1] != "\\":
        part.cuts.append((len(text[:last].rstrip()), len(text), "repair.markdown-table"))
