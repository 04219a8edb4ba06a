"""Characters that mean the same as plainer ones: invisible ones, spaces, ligatures, quotes, spaced-out capitals.

Every edit stays within its line and every space stays one space, so that columns remain where they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from pipeline.edits import Revision
from pipeline.model import Edit, Span
from pipeline.repair.lines import runs_on, starts_low
from pipeline.repair.vocabulary import lexica

_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_INVISIBLE = "\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_CONTROLS = "\u0000-\u0008\u000b\u000e-\u001f\u007f-\u0084\u0086-\u009f"
_LIGATURES = "\ufb00-\ufb06"
_QUOTES = "\u2018-\u201f\u2032\u2033\u02bc\uff07\uff02\u00b4"
_HYPHENS = "\u2010\u2011"
_BULLETS = "\uf02d\uf06c\uf06e\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0e0\uf0fc"  # Symbol and Wingdings, as Word's PDFs have them
_LETTERLIKE = "\u2126\u212a\u212b"  # ohm, kelvin, ångström: NFC makes them Ω, K, Å
_MARKS = "\u0300-\u036f"
_ANY = re.compile(
    rf"(?P<mark>[^\W\d_][{_MARKS}]+)|(?P<space>[{_SPACES}]+)|(?P<invisible>[{_INVISIBLE}]+)|(?P<shy>\u00ad+)|(?P<ligature>[{_LIGATURES}])"
    rf"|(?P<quote>[{_QUOTES}])|(?P<hyphen>[{_HYPHENS}])|(?P<control>[{_CONTROLS}]+)|(?P<bullet>[{_BULLETS}])|(?P<letter>[{_LETTERLIKE}])"
)
_SEEN = re.compile(
    rf"[{_MARKS}{_SPACES}{_INVISIBLE}\u00ad{_LIGATURES}{_QUOTES}{_HYPHENS}{_CONTROLS}{_BULLETS}{_LETTERLIKE}]"
)  # one class scans ten times faster than the alternatives, and most of a text holds nothing
_NOT = re.compile("(?<=[^\\W\\d_])\u00ac(?=[ \\t]*[\r\n]+[^\\W\\d_]|[a-zß-ÿœ])")
_KEYCAP = re.compile("^[ \t]*\\d(?P<key>\ufe0f?\u20e3[ \t]*)(?=\\S)", re.MULTILINE)
_CROSSHEAD = re.compile(r"^[ \t]*(?P<left>- )(?=[^\W\d_])[^\n-][^\n]{2,80}?(?P<right> -)[ \t]*$", re.MULTILINE)
_BAR = re.compile("\u2015")
_PLUS = re.compile(r"(?<![\w+])\+(?=[^\W\d_])[^+\n]{2,60}?(?<=[^\W\d_])\+(?![\w+])")  # news agencies quote so inside a quotation
_CELL_AND_GENE = re.compile(r"(?<=\s)C>(?=[\s,.;:)])")  # C&GT, of which a page read &GT as an entity
_SEPARATED = re.compile("[^\r\n\f\u2029]*\u2028[^\r\n\f\u2029]*")
_LINE_END = "\r\n\f\u2028\u2029\x85"
_FREQUENT = frozenset("\u2019\u2018\u201c\u201d\u00a0\u202f")
_SPACE_SIGNS = frozenset("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000")
_SINGLE = {"\u2018": "'", "\u2019": "'", "\u201b": "'", "\u02bc": "'", "\uff07": "'", "\u2032": "'"}
_SPACED = re.compile(r"(?<!\S)[^\W_](?: {1,8}[^\s](?!\S)){3,}")
_SPACED_SEEN = re.compile(r" \S {1,8}\S {1,8}\S")  # eight times faster, with few false alarms
_WORD_AFTER = re.compile(r" ?([^\W\d_]+)")
_WORD = re.compile(r"[^\W\d_]+")
_GLYPHS = "•●▪■◆➢►✓"
_BULLETED = re.compile(rf"^[ \t]*(?P<glyph>[{_GLYPHS}])[ \t]*\S[^\n]*?[ \t](?P=glyph)[ \t]*\S[^\n]*$", re.MULTILINE)
_GRADES = re.compile(r"[A-FX+\-YN0-9]+")


def characters(text: str) -> list[Edit]:
    """Edits that make the characters of a whole document plain, in order; each stays within its line.

    Leaves alone: « », œ and æ, dashes, superscripts, units, `″` after a number, a soft hyphen at a line end (it belongs
    to `hyphens.join`), unknown private-use characters. Runs of spaces keep their length.

    >>> from pipeline.edits import apply
    >>> line = "l’ef\N{SOFT HYPHEN}\N{LATIN SMALL LIGATURE FI}cacité est de 98\N{NO-BREAK SPACE}%"
    >>> apply(line, characters(line))
    "l'efficacité est de 98 %"
    """
    draft = Revision.start(text)
    if not text.isascii() or not text.isprintable():
        draft = draft.revise(_plain(text))
    if " -\n" in text or text.endswith(" -"):
        draft = draft.revise(list(_crossheads(draft.text)))
    if "\u2015" in text:
        draft = draft.revise([Edit(Span(m.start(), m.end()), m[0], "\u2013", "repair.dash") for m in _BAR.finditer(draft.text)])
    if "+" in text:
        draft = draft.revise([edit for m in _PLUS.finditer(draft.text) for edit in _quoted_by_plus(m)])
    if " C>" in text:
        draft = draft.revise(
            [Edit(Span(m.start() + 1, m.end()), ">", "&GT", "repair.entity") for m in _CELL_AND_GENE.finditer(draft.text)]
        )
    if "\u20e3" in text:
        draft = draft.revise(_keycaps(draft.text))
    if "\u2028" in text or "\u00ac" in text:
        draft = draft.revise(_breaks(draft.text))
    if any(glyph in draft.text for glyph in _GLYPHS):
        draft = draft.revise(inline_bullets(draft.text))
    return list(draft.revise(letter_spacing(draft.text)).edits)


def inline_bullets(text: str) -> Iterator[Edit]:
    """A line break before each further bullet of a line that begins with that bullet. Rule `repair.inline-bullet`.

    >>> [e.span.start for e in inline_bullets("• ouvrir ; • compter")]
    [10]
    """
    for line in _BULLETED.finditer(text):
        for found in re.finditer(rf"(?<=\S)[ \t]+(?={re.escape(line['glyph'])} ?[^\W_])", line[0]):
            start = line.start() + found.start()
            yield Edit(Span(start, start + len(found[0])), found[0], "\n", "repair.inline-bullet")


def _plain(text: str) -> Iterator[Edit]:
    last = 0
    for seen in _SEEN.finditer(text):
        if seen.start() < last:
            continue
        if seen[0] in _FREQUENT and text[seen.end() : seen.end() + 1] not in _SPACE_SIGNS:  # all that most texts hold
            last = seen.end()
            if edit := _frequent(text, seen.start()):
                yield edit
            continue
        at = max(seen.start() - 1, last)  # a combining mark's letter comes before it
        match = _ANY.match(text, at) or _ANY.match(text, seen.start())
        if match is None or match.end() <= seen.start():
            match = _ANY.match(text, seen.start())
        if match is None:
            continue
        edit = _replacement(text, match)
        last = match.end()
        if edit is not None and edit.before != edit.after:
            last = max(last, edit.span.end)
            yield edit


def _keycaps(text: str) -> Iterator[Edit]:
    """A digit on a key at the start of a line counts an item: `1️⃣ Ouvrir` → `1. Ouvrir`. Rule `repair.keycap`."""
    for found in _KEYCAP.finditer(text):
        yield Edit(Span(*found.span("key")), found["key"], ". ", "repair.keycap")


def _crossheads(text: str) -> Iterator[Edit]:
    """`- Enjeux -` on a line of its own, as news agencies set their headings: the dashes go. Rule `repair.crosshead`."""
    for found in _CROSSHEAD.finditer(text):
        yield Edit(Span(*found.span("left")), found["left"], "", "repair.crosshead")
        yield Edit(Span(*found.span("right")), found["right"], "", "repair.crosshead")


def _quoted_by_plus(found: re.Match[str]) -> Iterator[Edit]:
    for at in (found.start(), found.end() - 1):
        yield Edit(Span(at, at + 1), "+", "'", "repair.quotes")


def _breaks(text: str) -> Iterator[Edit]:
    """Line separators inside a sentence become spaces, with the others of their paragraph; `¬` is a hyphen, soft in a line."""
    for sign in _NOT.finditer(text):
        inside = text[sign.end()].isalpha()
        yield Edit(Span(sign.start(), sign.end()), sign[0], "" if inside else "-", "repair.soft-hyphen")
    for paragraph in _SEPARATED.finditer(text):
        parts = paragraph[0].split("\u2028")
        if any(starts_low(b.strip()) or runs_on(a.strip()) for a, b in pairwise(parts) if a.strip() and b.strip()):
            at = paragraph.start()
            for part in parts[:-1]:
                at += len(part) + 1
                yield Edit(Span(at - 1, at), "\u2028", " ", "repair.unwrap")


def _frequent(text: str, at: int) -> Edit | None:
    if text[at] in "\u00a0\u202f":
        return Edit(Span(at, at + 1), text[at], " ", "repair.space")
    return _quote(text, at)


def _replacement(text: str, match: re.Match[str]) -> Edit | None:
    start, end, old, kind = match.start(), match.end(), match[0], str(match.lastgroup)
    at_line_end = end == len(text) or text[end] in _LINE_END
    if kind == "space":
        return Edit(Span(start, end), old, " " * len(old), "repair.space")
    if kind == "shy":
        if at_line_end and start and text[start - 1].isalpha():
            return None
        return Edit(Span(start, end), old, "", "repair.soft-hyphen")
    if kind == "ligature":
        return _ligature(text, start)
    if kind == "quote":
        return _quote(text, start)
    if kind == "control" and "\u0002" in old and at_line_end:
        return Edit(Span(start, end), old, "-", "repair.soft-hyphen")  # what PDFium writes for a hyphen at a line end
    if kind == "control" or kind == "invisible":
        after = " " if "\u000b" in old else ""
        return Edit(Span(start, end), old, after, "repair.bom" if "\ufeff" in old else f"repair.{kind}")
    if kind == "hyphen":
        return Edit(Span(start, end), old, "-", "repair.hyphen")
    if kind == "bullet":
        return Edit(Span(start, end), old, "-" if old == "\uf02d" else "•", "repair.bullet-glyph")
    return Edit(Span(start, end), old, unicodedata.normalize("NFC", old), "repair.nfc")


def _ligature(text: str, at: int) -> Edit:
    """`ﬁ` → `fi`; the space that some extractors leave behind it goes where the whole is a word and the rest is none."""
    letters = unicodedata.normalize("NFKC", text[at])
    after = _WORD_AFTER.match(text, at + 1)
    end = at + 1
    if after and after[0][0] == " ":
        begin = at
        while begin and text[begin - 1].isalpha():
            begin -= 1
        whole = text[begin:at] + letters + after[1]
        if _known(whole) and not _known(after[1]):
            end = after.start(1)
    return Edit(Span(at, end), text[at:end], letters, "repair.ligature")


def _quote(text: str, at: int) -> Edit | None:
    char = text[at]
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    plain = _SINGLE.get(char, '"')
    if char == "\u2033" and before.isdigit():
        return None  # inches, seconds of arc
    if char == "\u201a":  # also stands for a comma in some fonts
        if before.isalnum() or not after.isalnum():
            return None
        plain = "'"
    if char == "\u00b4":
        if not (before.isalpha() and after.isalpha()):
            return None
        plain = "'"
    return Edit(Span(at, at + 1), char, plain, "repair.quotes")


def letter_spacing(text: str) -> Iterator[Edit]:
    """Edits that close up spaced-out capitals; word gaps are the wider runs, or found by the lexicon.

    Leaves lists of single letters (`A B C D`), grades and ticks in table rows, and anything that makes no words.
    Rule `repair.letter-spacing`.
    """
    at = 0
    while seen := _SPACED_SEEN.search(text, at):
        match = _SPACED.search(text, max(at, seen.start() - 1), seen.end() + 400)
        at = seen.end() - 1 if match is None else match.end()
        closed = _closed(match[0]) if match else None
        if match and closed is not None:
            yield Edit(Span(*match.span()), match[0], closed, "repair.letter-spacing")


def _closed(spaced: str) -> str | None:
    if len(set(spaced)) < 5:  # ticks in a table
        return None
    spots = [i for i, c in enumerate(spaced) if c != " "]
    letters = "".join(spaced[i] for i in spots)
    if sum(c.isalpha() for c in letters) < 4 or _GRADES.fullmatch(letters) or not (letters.isupper() or letters.islower()):
        return None
    gaps = [b - a - 1 for a, b in pairwise(spots)]
    narrow = min(gaps)
    if max(gaps) == narrow:
        words = _segmented(letters)
        return " ".join(words) if words else None
    words = [letters[0]]
    for gap, letter in zip(gaps, letters[1:], strict=True):
        if gap > narrow:
            words.append(letter)
        else:
            words[-1] += letter
    parts = [part for word in words for part in _WORD.findall(word)]
    sure = sum(len(p) for p in parts if _known(p) or (len(p) >= 5 and _sayable(p)))
    return " ".join(words) if 2 * sure >= len(letters) else None


def _sayable(word: str) -> bool:
    vowels = sum(c in "aeiouy" for c in unicodedata.normalize("NFD", word.lower()))
    return 0.2 <= vowels / len(word) <= 0.8 and len(set(word)) > 2


def _known(word: str, least: int = 1) -> bool:
    return any(table.count(word) >= least for table in lexica())


def _segmented(letters: str) -> list[str]:
    """The fewest known words of one language that spell `letters`; none where there are none."""
    if len(letters) > 60:
        return []
    for table in lexica():
        best: list[list[str] | None] = [[]]
        for end in range(1, len(letters) + 1):
            found: list[str] | None = None
            for start in range(max(0, end - 20), end):
                head, word = best[start], letters[start:end]
                if head is None or table.count(word) < (5 if len(word) > 5 else 20 if len(word) > 3 else 2000):
                    continue
                if len(word) == 1 and word.lower() not in "àay":
                    continue
                if found is None or len(head) + 1 < len(found):
                    found = [*head, word]
            best.append(found)
        if best[-1] and max(map(len, best[-1])) >= 4:
            return best[-1]
    return []
