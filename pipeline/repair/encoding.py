"""Text that was decoded with the wrong table (`capacitÃ©s`), and HTML entities that were never decoded (`&eacute;`).

The only importer of ftfy, which is asked about a few words at a time: it judges a whole line at once, and a line that
is half right and half wrong, as in pages assembled from several sources, would come back untouched.
"""

from __future__ import annotations

import html
import re
from html.entities import name2codepoint

from pipeline.model import Edit, Span

# the second to fourth byte of a UTF-8 sequence as Latin-1 and as cp1252 show it
_TAIL = r"[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_FIRST = r"[ÂÃÄÅÎâï\u0080-\u009f]"  # one class in front: a text without any is scanned at once
_SIGN = rf"{_FIRST}(?:(?<=[ÂÃÄÅÎ]){_TAIL}|(?<=[âï]){_TAIL}{{2}}|(?<=â)€|(?<=[\u0080-\u009f])|(?<=[ÃÂ])(?=[ \n]|$))"
_QUICK = re.compile(_SIGN)
# a word with a sign in it, and as many more as follow directly; `Ã ` needs the word after it to be judged by
_WINDOW = re.compile(rf"[^\s\u0085]*?{_SIGN}[^\s\u0085]*(?:[ \u00a0][^\s\u0085]*?{_SIGN}[^\s\u0085]*)*+")
_LOST_CLOSING = re.compile(r"â€(?=[ .,;:!?)»]|$)")  # U+009D is not in cp1252, so many programs drop it
_A_GRAVE = re.compile(r"Ã[ \u00a0](?= )")  # its second byte, a no-break space, mostly became a space
_CAPITAL = re.compile(r"Ã(?:[\u0080-\u009f]|Ž)(?=[^\W\d_]|$)|Å“|Å’")  # ftfy takes ÃŽ and Å’ for letters with a quote
_LOST_NBSP = re.compile(r"(?<=[\d«])Â(?=[ \u00a0])|Â(?=[ \u00a0][°%‰;:?!»€$£])")  # `20Â °C`: too little for ftfy to go by
_LOST_ACUTE = re.compile(r"(?<=[eE])[Ìì](?=[a-zà-ÿ ,.;:)»]|$)")  # a letter and its accent apart: 65 CC 81, of which cp1252 lacks 81
_LOST_DASH = re.compile(r"(?<= )Â\?(?= )")  # U+0096, a dash of cp1252, as UTF-8, and then lost
_ENTITY = re.compile(r"&(?:amp;)?(?:(?P<name>[A-Za-z]{2,8}[1-4]?)|#(?P<dec>\d{1,6})|#[xX](?P<hex>[0-9A-Fa-f]{1,5}));")
_LINE_END = re.compile(r"[\r\n\f\u2028\u2029]")
_WIDEST = 2000  # code points given to ftfy at once


def mojibake(text: str) -> list[Edit]:
    """Edits that undo wrong decodings and entities, in order; each is a word or less and stays within its line.

    Leaves clean French and English alone, a legitimate `Ã` (`SÃO PAULO`), U+FFFD (what it stood for is lost), and
    whatever ftfy is not sure of. Rules `repair.mojibake` and `repair.entity`.

    >>> from pipeline.edits import apply
    >>> line = "les capacitÃ©s arrivées, R&amp;D"
    >>> apply(line, mojibake(line))
    'les capacités arrivées, R&D'
    """
    edits = list(_entities(text)) if "&" in text else []
    if not text.isascii() and (_QUICK.search(text) or "eì" in text or "eÌ" in text or " Â? " in text):
        taken = [e.span for e in edits]
        edits += [e for e in (*_lost(text), *_decoded(text)) if not any(e.span.overlaps(t) for t in taken)]
        edits.sort(key=lambda e: e.span)
    return edits


def _lost(text: str) -> list[Edit]:
    """Accents and dashes of which a decoding lost a byte: `reìfeìrence`, `Â? utilisés Â?`."""
    edits = [
        Edit(
            Span(m.start() - 1, m.end()),
            text[m.start() - 1 : m.end()],
            "é" if text[m.start() - 1] == "e" else "É",
            "repair.mojibake",
        )
        for m in _LOST_ACUTE.finditer(text)
    ]
    return edits + [Edit(Span(*m.span()), m[0], "–", "repair.mojibake") for m in _LOST_DASH.finditer(text)]


def _decoded(text: str) -> list[Edit]:
    edits: list[Edit] = []
    at = 0
    while seen := _QUICK.search(text, at):
        line, at = _line_around(text, seen.start(), at)
        end = 0
        while (sign := _QUICK.search(line, end)) and (window := _WINDOW.match(line, _word_start(line, sign.start(), end))):
            start, end = window.span()
            while end < len(line) and line[end - 1] in "ÃÂ":
                end = _next_word(line, end)
            for left in range(start, end, _WIDEST):
                edits += _minimal(line[left : min(end, left + _WIDEST)], at - len(line) + left)
    return edits


def _line_around(text: str, spot: int, least: int) -> tuple[str, int]:
    """The line that holds `spot` (from `least` on) and where it ends."""
    start = max(least, 1 + max(text.rfind(c, least, spot) for c in "\r\n\f\u2028\u2029"))
    end = _LINE_END.search(text, spot)
    stop = end.start() if end else len(text)
    return text[start:stop], stop


def _word_start(line: str, at: int, least: int) -> int:
    while at > least and not line[at - 1].isspace():
        at -= 1
    return at


def _next_word(line: str, at: int) -> int:
    after = re.compile(r"[ \u00a0]{1,2}[^\s]*|.").match(line, at)
    return after.end() if after else at


def _minimal(window: str, offset: int) -> list[Edit]:
    """What ftfy changes in `window`, word by word where the words still match."""
    fixed = _fixed(window)
    if fixed == window:
        return []
    before, after = re.split(r"( )", window), re.split(r"( )", fixed)
    if len(before) != len(after):
        before, after = [window], [fixed]
    edits, at = [], offset
    for old, new in zip(before, after, strict=True):
        if old != new:
            edits.append(_trimmed(old, new, at))
        at += len(old)
    return edits


def _trimmed(old: str, new: str, at: int) -> Edit:
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return Edit(Span(at + head, at + len(old) - tail), old[head : len(old) - tail], new[head : len(new) - tail], "repair.mojibake")


def _fixed(window: str) -> str:
    from ftfy import TextFixerConfig, fix_encoding

    config = TextFixerConfig(explain=False, uncurl_quotes=False, fix_character_width=False)
    text = _A_GRAVE.sub("à", _LOST_CLOSING.sub("”", window))
    text = _LOST_NBSP.sub("", _CAPITAL.sub(_by_bytes, text))
    return str(fix_encoding(text, config))


def _by_bytes(match: re.Match[str]) -> str:
    raw = b"".join(c.encode("latin-1") if c < "\u0100" else c.encode("cp1252") for c in match[0])
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def _entities(text: str) -> list[Edit]:
    edits = []
    for m in _ENTITY.finditer(text):
        if m["name"] and m["name"] not in name2codepoint and m["name"] != "apos":
            continue
        plain = html.unescape(html.unescape(m[0]))
        if len(plain) == 1 and (plain.isprintable() or plain.isspace()) and plain not in "\r\n\f\v\u2028\u2029\x85":
            edits.append(Edit(Span(*m.span()), m[0], plain, "repair.entity"))
    return edits
