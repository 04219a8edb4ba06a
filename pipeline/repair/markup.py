"""The marks of Markdown inside a line or a paragraph: emphasis, code, links, images, escapes, tags."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from pipeline.model import Edit, Span

_ADDRESS = r"<[^<>\n]{0,2000}>|[^\s()]{0,2000}(?:\([^\s()]{0,200}\)[^\s()]{0,500}){0,4}"
_DEST = rf"\([ \t]*(?P<dest>{_ADDRESS})(?:[ \t]+(?:\"[^\"\n]{{0,300}}\"|'[^'\n]{{0,300}}'))?[ \t]*\)"
_NAMES = (
    "a|abbr|article|aside|b|blockquote|br|button|center|cite|code|dd|del|details|div|dl|dt|em|figcaption|figure|font|footer|form"
    "|h[1-6]|header|hr|i|iframe|img|input|ins|kbd|label|li|main|mark|nav|ol|p|picture|pre|q|s|script|section|small|source|span"
    "|strong|style|sub|summary|sup|svg|table|tbody|td|tfoot|th|thead|time|tr|u|ul|video|wbr"
)
TAG = rf"</?(?:{_NAMES})\b[^<>\n]{{0,600}}>"
_TOKEN = re.compile(
    rf"""(?P<code>(?<!`)(?P<ticks>`{{1,2}})(?!`)(?P<verbatim>[^`\n]{{1,400}})(?P=ticks)(?!`))
      | (?P<escape>\\(?=[!-/:-@\[-`{{-~]|[ \t]*(?:[\r\n]|$)))
      | (?P<comment><!--(?:(?!-->).){{0,500}}-->)
      | (?P<auto><(?P<address>(?:https?://|mailto:|www\.)[^<>\s]{{1,1000}}|[\w.+-]{{1,64}}@[\w.-]{{1,200}})>)
      | (?P<raised><(?P<which>sup|sub)>(?P<sign>[^<>\n]{{1,12}})</(?P=which)>)
      | (?P<tag>{TAG})
      | (?P<note>\[\^[^\]\s]{{1,40}}\])
      | (?P<open>!?\[)
      | (?P<close>\](?:{_DEST}|\[(?P<label>[^\[\]\n]{{0,80}})\])?)
      | (?P<url>(?:https?://|www\.)[^\s<>()\[\]|]{{1,1000}})
      | (?P<strike>~~)
      | (?P<run>\*+|_+)
      | (?P<bar>\|)""",
    re.VERBOSE,
)
_QUICK = re.compile(r"[*_`\[\]<\\~]")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_FILE = re.compile(
    r"(?:[\w-]*\.(?:jpe?g|png|gif|svg|webp)|image\s*\d*|logo|icône|icon|photo|picture|avatar|img.*|[\w-]{0,40}\d{3,}[\w-]*)?", re.I
)
_NOT_AFTER = frozenset(")]}.,;:!?|")
_NOT_BEFORE = frozenset("([{|")


@dataclass(slots=True)
class _Run:
    """An opening run of `*` or `_`: where it begins, and how many of its signs wait for their closing ones."""

    at: int
    left: int


@dataclass(slots=True)
class _State:
    cuts: list[tuple[int, int, str, str]] = field(default_factory=list)  # start, end, after, rule
    brackets: list[tuple[int, int]] = field(default_factory=list)  # of `[` or `![`
    runs: dict[str, list[_Run]] = field(default_factory=lambda: {"*": [], "_": []})
    strikes: list[int] = field(default_factory=list)


def marks(text: str, start: int, end: int, references: Collection[str], row: bool = False) -> Iterator[Edit]:
    """Edits that take the marks out of one paragraph `text[start:end]`, in order; what they marked stays.

    Leaves alone `snake_case`, `2*3*4`, `5 * 10`, `(*)`, signs in addresses of the web and in code, and brackets that
    are no link. `references` are the labels that the document defines; in a `row` of a table no mark spans two cells.

    >>> from pipeline.edits import apply
    >>> line = "Le **lot** [A_12](https://a.example/x_y) vaut 2*3*4."
    >>> apply(line, list(marks(line, 0, len(line), ())))
    'Le lot A_12 vaut 2*3*4.'
    """
    if not _QUICK.search(text, start, end):
        return
    state = _State()
    for match in _TOKEN.finditer(text, start, end):
        _take(text, match, state, references, row, (start, end))
    last = start
    for at, stop, after, rule in sorted(state.cuts, key=lambda cut: (cut[0], -cut[1])):
        if at >= last and text[at:stop] != after and len(text[at:stop].splitlines()) == 1:
            yield Edit(Span(at, stop), text[at:stop], after, rule)
            last = stop


def _take(text: str, match: re.Match[str], state: _State, references: Collection[str], row: bool, edges: tuple[int, int]) -> None:
    at, end = match.span()
    kind = next(name for name in _KINDS if match[name] is not None)
    if kind == "bar":
        if row:
            state.brackets.clear()
            state.runs = {"*": [], "_": []}
    elif kind == "code":
        width = len(match["ticks"])
        state.cuts += [(at, at + width, "", "repair.markdown-code"), (end - width, end, "", "repair.markdown-code")]
    elif kind == "escape":
        if not (row and text[end : end + 1] == "|"):
            state.cuts.append((at, end, "", "repair.markdown-escape"))
    elif kind == "auto":
        state.cuts += [(at, at + 1, "", "repair.markdown-link"), (end - 1, end, "", "repair.markdown-link")]
    elif kind == "raised":
        plain = match["sign"].strip(" *_[]")
        raised = plain.translate(_RAISED) if match["which"] == "sup" and not plain.strip("0123456789+-−") else plain
        state.cuts.append((at, end, raised, "repair.markdown-html"))
    elif kind in ("comment", "tag"):
        after = " " if text[at : at + 3].lower() == "<br" and at > edges[0] and end < edges[1] and text[end] != "\n" else ""
        state.cuts.append((at, end, after, "repair.markdown-html"))
    elif kind == "note":
        state.cuts.append((at, end, "", "repair.markdown-footnote"))
    elif kind == "open":
        state.brackets.append((at, end))
    elif kind == "close":
        _link(text, match, state, references)
    elif kind == "strike":
        _strike(at, state)
    elif kind == "run" and end - at <= 3:
        _emphasis(text, at, end, state, edges)


_KINDS = ("code", "escape", "comment", "auto", "raised", "tag", "note", "open", "close", "url", "strike", "run", "bar")


def _link(text: str, match: re.Match[str], state: _State, references: Collection[str]) -> None:
    """`](…)`, `][label]` or `]`: the link or image that it closes, if it does."""
    if not state.brackets:
        return
    at, inside = state.brackets.pop()
    words = text[inside : match.start()]
    if match["dest"] is None:
        label = match["label"] or words
        if " ".join(label.lower().split()) not in references:
            return
    if inside - at == 2:  # an image
        if _FILE.fullmatch(words.strip()):
            state.cuts.append((at, match.end(), "", "repair.markdown-image"))
            return
        rule = "repair.markdown-image"
    else:
        rule = "repair.markdown-link"
        if not words.strip() or words.strip() in "#¶§↩^":
            state.cuts.append((at, match.end(), "", rule))
            return
    state.cuts += [(at, inside, "", rule), (match.start(), match.end(), "", rule)]


def _strike(at: int, state: _State) -> None:
    if not state.strikes:
        state.strikes.append(at)
        return
    opened = state.strikes.pop()
    state.cuts += [(opened, opened + 2, "", "repair.markdown-emphasis"), (at, at + 2, "", "repair.markdown-emphasis")]


def _emphasis(text: str, at: int, end: int, state: _State, edges: tuple[int, int]) -> None:
    """A run of `*` or `_`: it closes what waits for it, or waits itself, as the signs around it allow."""
    sign, before = text[at], text[at - 1] if at > edges[0] else "\n"
    after = text[end] if end < edges[1] else "\n"
    inner = before.isalnum() and after.isalnum() and (sign == "_" or end - at == 1 or before.isdigit() or after.isdigit())
    if inner:
        return
    stack = state.runs[sign]
    closes = not before.isspace() and before not in _NOT_BEFORE and not (sign == "_" and after.isalnum())
    sloppy = end - at == 2 and before == " " and not after.isalnum()  # `**Title **`, as some clippers write it
    while (closes or sloppy) and stack and at < end:
        size, opened = end - at, stack[-1]
        if opened.left != size and 3 not in (opened.left, size):
            break
        use = min(opened.left, size)
        first = opened.at + opened.left - use
        state.cuts += [(first, first + use, "", "repair.markdown-emphasis"), (at, at + use, "", "repair.markdown-emphasis")]
        opened.left -= use
        at += use
        if not opened.left:
            stack.pop()
        for other in state.runs.values():
            while other and other[-1].at > first:
                other.pop()
    glued = before.isalnum() and (sign == "_" or end - at == 1)
    if at < end and not after.isspace() and after not in _NOT_AFTER and not glued:
        stack.append(_Run(at, end - at))
