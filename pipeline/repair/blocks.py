"""Lines put together to blocks: wrapped lines, sentences cut by a page or a sidebar; headings, items, rows, contacts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Kind
from pipeline.repair import titles
from pipeline.repair.drafts import Draft, Roles
from pipeline.repair.hyphens import HYPHENS, Joint, join
from pipeline.repair.lines import Line, capitals, first_word, runs_on, starts_low, unfinished
from pipeline.repair.resuming import BRIEF, PROSE, SENTENCE, resumed
from pipeline.repair.tables import is_rule
from pipeline.repair.wrapping import enumerated, least

_HEAD = 16  # lines of a document in which its title stands
_WIDE = 90  # characters from which on a line without a stop is no title
_LINKS = frozenset(
    ("DE", "DES", "DU", "ET", "EN", "AU", "AUX", "POUR", "OF", "AND", "FOR", "TO", "IN")
)  # inside a title in capitals
_MEASURES = frozenset(("below", "above", "under", "over", "about", "around", "environ", "près", "plus", "moins", "dès", "depuis"))
_FIGURE = re.compile(
    r"[+<>~]?\s?(?:[€$£] ?)?\d[\d ,.]*(?: ?(?:%|[kM]?€|Md€|M\$|m²|mois|jours|ans|semaines|heures|h|sur \d+|m|bn|k|months|days|years"
    r"|out of \d+))?"
)
_SHARES = frozenset(("dont", "soit", "including", "of", "incl.", "contre", "vs"))
_REFERENCE = re.compile(r"\[(?P<n>\d{1,3})\] ?[^\W\d_]")
_WRITTEN = ("par ", "by ")
_OPENING = re.compile(
    r"(?:Abstract|Résumé|Summary|Key ?words?|Mots[- ]cl(?:é|ef)s|Conclusions?|Objectifs?|Méthodes?|Methods) ?[.:]"
)
_RECITAL = re.compile(
    r"(?:Vus?|Considérant|Attendu|Sur (?:le rapport|proposition)|Having regard|Whereas)\b"
    r"|(?:Décide(?:nt)?|Arrête(?:nt)?|Décrète|Ordonne) ?:"
)
_FIGURES = frozenset("0123456789€$£")
_SPANNING = re.compile(
    r"(?<!\w)(?:entre|between|from|de) [^ ]*\d[^ ]*(?: [^ ]{1,10}){0,2} (?:et|and|to|à)$"
    r"|(?<!\w)\d{1,2}(?:er)? (?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)$"
)
_DIALLED = re.compile(r"(?:\+\d{1,3}|(?<!\w)(?:tél(?:éphone)?|tel|phone|fax|mobile)\.? ?:?)$", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]{1,40}\),? [a-zà-ÿ]")
_FURNITURE, _TABLE, _CONTACT = Kind.FURNITURE, Kind.TABLE, Kind.CONTACT  # a member is looked up faster by a name of its own
_PARAGRAPH, _ITEM, _HEADING = Kind.PARAGRAPH, Kind.ITEM, Kind.HEADING


def widths(lines: Sequence[Line], skip: frozenset[int]) -> dict[int, float]:
    """How wide the lines of each stream are wrapped (characters), or 0 for a stream with one paragraph a line.

    Wrapped text shows itself by lines that stop inside a sentence while the next goes on with a small letter.
    """
    streams: dict[int, list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        if i not in skip:
            streams[line.stream].append(i)
    out: dict[int, float] = {}
    for stream, where in streams.items():
        lengths = sorted(len(lines[i].text) for i in where)
        long = [n for n in lengths if n >= (25 if stream else 50)] or lengths
        follows = [i for i in where if i + 1 < len(lines) and i + 1 not in skip and lines[i + 1].blanks == 0]
        pairs = [(lines[i], lines[i + 1]) for i in follows if len(lines[i].text) >= 25 and not _bare(lines, i)]
        flowing = sum((unfinished(a.text) and starts_low(b.text)) or a.text.endswith("-") for a, b in pairs)
        wrapped = (flowing >= 2 and flowing >= 0.2 * len(pairs)) or (flowing == 1 and len(pairs) < 4)
        wide = long[min(len(long) - 1, int(0.9 * len(long)))]
        out[stream] = float(wide) if wrapped and (wide <= 160 or (flowing > 1 and flowing >= 0.5 * len(pairs))) else 0.0
    return out


def _bare(lines: Sequence[Line], i: int) -> bool:
    """Whether line i is the first item of a list without bullets, rather than the beginning of a wrapped sentence."""
    text, below = lines[i].text, lines[i + 1].text
    listed = i > 0 and not lines[i].blanks and lines[i - 1].text.endswith(":") and starts_low(text)
    return listed and starts_low(below) and not runs_on(text) and below[-1] not in ".!?"


def assemble(lines: Sequence[Line], roles: Roles) -> list[Draft]:
    """The blocks of a document in reading order; furniture that interrupts a paragraph follows it."""
    out: list[Draft] = []
    cells = {i for row in roles.grids.values() for i in row}
    for i, line in enumerate(lines):
        if i in roles.grids:
            row = roles.grids[i]
            out.append(Draft(_TABLE, [lines[k] for k in row], [Joint(0, " | ", "repair.cell")] * (len(row) - 1)))
        elif i in cells:
            continue
        elif i in roles.furniture:
            out.append(Draft(_FURNITURE, [line], rule=roles.furniture[i]))
        elif i in roles.rows:
            if is_rule(line.text) and out and out[-1].kind is _TABLE:
                _extend(out[-1], line, Joint(0, "", "repair.table-rule"))
            elif i - 1 in roles.led and out[-1].kind is _TABLE:
                _extend(out[-1], line, join(out[-1].text, line.text) or Joint(0, " ", "repair.wrapped-cell"))
                out[-1].gaps = tuple(gap.shift(line.start - out[-1].lines[0].start) for gap in roles.rows[i])
            else:
                out.append(Draft(_TABLE, [line], gaps=roles.rows[i]))
        elif i in roles.wrapped and out and out[-1].kind is _TABLE:
            _extend(out[-1], line, Joint(0, " ", "repair.wrapped-cell"))
            out[-1].cells.append(roles.wrapped[i])
        elif i in roles.led:
            out.append(Draft(_TABLE, [line]))
        elif i in roles.headings or i in roles.code:
            out.append(Draft(_HEADING if i in roles.headings else Kind.CODE, [line]))
        elif i in roles.contacts:
            if (
                out
                and out[-1].kind is _CONTACT
                and not line.blanks
                and _DIALLED.search(out[-1].lines[-1].text)
                and line.text[0].isdigit()
            ):
                _extend(out[-1], line, Joint(0, " ", "repair.unwrap"))
            else:
                out.append(Draft(_CONTACT, [line]))
        elif i in roles.footnotes:
            out.append(Draft(_PARAGRAPH, [line], footnote=True))
        elif i in roles.items:
            out.append(Draft(_ITEM, [replace(line, head=roles.items[i])]))
        elif i not in roles.alone and (target := _target(out, lines, i, roles)) is not None:
            _extend(target, line, _joint(target, line))
        else:
            out.append(Draft(_PARAGRAPH, [line], prose=i in roles.prose))
    return out


def _extend(draft: Draft, line: Line, joint: Joint) -> None:
    draft.lines.append(line)
    draft.joints.append(joint)


def _joint(draft: Draft, line: Line) -> Joint:
    before = draft.lines[-1]
    if before.text[-1] in HYPHENS and (found := join(before.words[-120:], line.words[:120])) is not None:
        return found
    glued = before.tail or line.page
    rule = "repair.page-break" if glued else "repair.column" if line.stream != before.stream else "repair.unwrap"
    return Joint(0, " ", rule if line.blanks == 0 or glued else "repair.blank-line")


def _target(out: Sequence[Draft], lines: Sequence[Line], i: int, roles: Roles) -> Draft | None:
    """The block that line i goes on with, if any."""
    line, wide = lines[i], roles.width.get(lines[i].stream, 0.0)
    last = out[-1] if out else None
    if last is None or _counts_on(last, lines, i) or (i and lines[i - 1].text[-1] in ",;:" and _RECITAL.match(line.text)):
        return None
    if i in roles.flows and last.kind in (*PROSE, _HEADING) and last.lines[-1].start == lines[i - 1].start:
        return last
    if last.kind in PROSE and line.blanks == 0 and not line.page and _same(last, line) and not last.lines[-1].tail:
        if not wide and _listed(out, line):
            return None
        if _wraps(last, lines, i, wide, roles):
            return _waiting(out, lines, i) if not wide and starts_low(line.text) else last
        return resumed(out[:-1], lines, i, wide, 1) if starts_low(line.text) else None
    return resumed(out, lines, i, wide, 0)


def _waiting(out: Sequence[Draft], lines: Sequence[Line], i: int) -> Draft:
    """The block above, or the one before a sidebar of names and values where that ends in an article or the like."""
    last = out[-1]
    if not titles.pair(last.lines[-1].words) or runs_on(last.lines[-1].words):
        return last
    found = resumed(out[:-1], lines, i, 0.0, 1)
    return found if found and runs_on(found.lines[-1].words) else last


def _listed(out: Sequence[Draft], line: Line) -> bool:
    """Whether line, in small letters, is an item of its own: the block above is one line of the same sort below a colon."""
    last, above = out[-1], out[-2] if len(out) > 1 else None
    if above is None or len(last.lines) > 1 or last.lines[0].blanks or not starts_low(line.text):
        return False
    words = last.lines[0].words
    if not starts_low(words) or len(words) > _WIDE or runs_on(words) or line.text[-1] in ".!?":
        return False
    return above.lines[-1].text.endswith(":") and above.kind is not _FURNITURE


def _same(draft: Draft, line: Line) -> bool:
    return draft.lines[-1].stream == line.stream and draft.lines[-1].end <= line.start


def _wraps(draft: Draft, lines: Sequence[Line], i: int, wide: float, roles: Roles) -> bool:
    """Whether line i is the rest of the line just above it."""
    before, line = draft.lines[-1].words, lines[i]
    if before.endswith("-") and join(before[-120:], line.words[:120]) is not None:
        return True
    low, open_end = starts_low(line.text), unfinished(before)
    if before.isdecimal() and not low:
        return False
    if _quoted(before if len(draft.lines) > 3 else draft.text, line.text):
        return True
    if not low and titles.credit(line.text) and not runs_on(before):
        return False
    if not low and wide and len(draft.lines) == 1 and titles.byline(before) and not runs_on(before):
        return False
    if low and line.text.startswith(_WRITTEN) and "|" in line.text and titles.byline(line.text):
        return False
    if (titles.pair(line.text) and titles.pair(before)) or _pulled(lines, i, open_end):
        return False
    if i < _HEAD and open_end and not line.blanks and _centred(draft.lines[-1], line):
        return True
    stacked = capitals(line.text) and capitals(before) and _below(draft.lines[-1], line)
    if stacked and (first_word(line.text) in _LINKS or (runs_on(before) and before[-1] != "," and len(draft.lines) < 3)):
        return open_end
    if not wide:
        if not open_end or capitals(before):
            return False
        if line.text[0] in _FIGURES and _SPANNING.search(before):
            return True
        quoted = low and before[0] == "«" and "»" not in before and line.text[-1] == "»"
        if low and _key_figure(draft, lines, i):
            return True
        brief = 25 if draft.kind is _ITEM and line.text[-1] == ";" else 40
        return ((low or titles.waits(before)) and len(before) >= brief) or quoted or _broken(draft, lines, i)
    if low and open_end and not capitals(before):
        return True
    return _fills(draft, lines, i, wide, roles)


def _below(above: Line, line: Line) -> bool:
    """Whether a line begins where the one above does, or both are centred."""
    centres = 2 * (line.indent - above.indent) + len(line.text) - len(above.text)
    return line.indent == above.indent or (bool(above.indent) and abs(centres) <= 12)


def _centred(above: Line, line: Line) -> bool:
    """Whether both lines are centred, as those of a title, and none is a list's."""
    return min(above.indent, line.indent) >= 6 and above.indent != line.indent and _below(above, line) and not above.head


def _fills(draft: Draft, lines: Sequence[Line], i: int, wide: float, roles: Roles) -> bool:
    """Whether line i is the rest of the line above it in a wrapped text, as far as that is full: no sentence goes on in it."""
    before, line = draft.lines[-1].words, lines[i]
    low, open_end = starts_low(line.text), unfinished(before)
    fit = roles.wrapping.at(i, line.stream, wide)
    wide = fit.wide if fit else wide
    word = first_word(line.text)
    word = word[: word.find("-", 1, -1) + 1] or word if fit else word  # a word is parted behind its hyphen
    full = len(before) + 1 + len(word) + draft.lines[-1].indent
    if low:
        if fit and before[-1] in ";:" and (full <= fit.full or enumerated(lines, i, fit)):
            return False  # the next item of a list without bullets
        return (open_end and len(before) >= 0.6 * wide) or full > 0.6 * wide
    if len(before) > 1.3 * wide or (fit and fit.turned):
        return open_end and runs_on(before)
    if titles.numbered(before) and len(before) < 0.5 * wide and len(draft.lines) == 1:
        return False  # 2. What we ask for
    if open_end and (runs_on(before) or before[-1] == "-") and not capitals(before):
        return not (capitals(line.text) and " " in line.text and unfinished(line.text))  # a sidebar's title
    if not capitals(line.text) and all(capitals(each.words) for each in draft.lines[:4]):
        return False
    if _OPENING.match(line.text):
        return False
    if fit and open_end and line.text[0].isupper() and len(line.text) < 0.5 * wide and _opens_heading(lines, i, wide, roles):
        return False
    if full <= least(before, line, wide, fit):
        return draft.kind is _ITEM and open_end and line.indent > draft.lines[0].indent and full > 0.5 * wide
    return open_end or not _opens_heading(lines, i, wide, roles)


def _counts_on(draft: Draft, lines: Sequence[Line], i: int) -> bool:
    """Whether line i counts on: `[2]` below a reference `[1]`, `b Cryolab` below or above such a line with the next letter."""
    text = lines[i].text
    if text[0] == "[" and (here := _REFERENCE.match(text)) and (first := _REFERENCE.match(draft.lines[0].words)):
        return int(here["n"]) == int(first["n"]) + 1
    if text[1:2] != " " or not ("a" <= text[0] <= "h" and text[2:3].isupper()):
        return False
    near = [lines[k].text for k in (i - 1, i + 1) if 0 <= k < len(lines)]
    return any(each[1:2] == " " and each[2:3].isupper() and abs(ord(each[0]) - ord(text[0])) == 1 for each in near)


def _quoted(before: str, text: str) -> bool:
    """Whether a quotation that one short line opens is closed at the end of the next: two sentences of one speaker."""
    close = {"«": "»", '"': '"'}.get(before[0], "")
    inside = bool(close) and close not in before[1:] and before[-1] in ".,!?"
    return inside and len(before) < _WIDE and text[-1] == close and text.count(close) == 1 and text[0] not in '«"'


def _key_figure(draft: Draft, lines: Sequence[Line], i: int) -> bool:
    """Whether line i, in small letters, says what the figure above it counts: `87 %`, `des entreprises recrutent`."""
    figure, line = draft.lines[0], lines[i]
    if len(draft.lines) > 2 or len(figure.words) > 20 or not _FIGURE.fullmatch(figure.words):
        return False
    above = lines[i - len(draft.lines) - 1] if i > len(draft.lines) else None
    labelled = above is not None and not figure.blanks and starts_low(above.text) and len(above.text) < BRIEF and not above.tail
    counted = above is not None and labelled and _counted(lines, i - len(draft.lines) - 1)
    return len(line.text) < BRIEF and first_word(line.text) not in _SHARES and (not labelled or counted)


def _counted(lines: Sequence[Line], k: int) -> bool:
    """Whether line k, in small letters, stands below a figure itself, a line of small letters at most between them."""
    return any(_FIGURE.fullmatch(line.words) for line in lines[max(0, k - 2) : k])


def _pulled(lines: Sequence[Line], i: int, open_end: bool) -> bool:
    """Whether line i begins a quotation of one short line or two, set inside a sentence that goes on behind it."""
    if not open_end or lines[i].text[0] not in '«"' or not 10 < len(lines[i].text) < BRIEF or i + 1 == len(lines):
        return False
    close = "»" if lines[i].text[0] == "«" else '"'
    for k in (i, i + 1):
        text = lines[k].text
        if text[-1] == close and len(text) > (k == i):
            return k + 1 < len(lines) and starts_low(lines[k + 1].text) and len(lines[k + 1].text) > len(text)
        if close in text[k == i :] or len(text) >= BRIEF or lines[i + 1].blanks:
            return False
    return False


def _broken(draft: Draft, lines: Sequence[Line], i: int) -> bool:
    """Whether line i is the rest of a long sentence that was broken once, in a text with one paragraph a line."""
    before, line = draft.lines[-1].words, lines[i]
    if len(before) < _WIDE or line.head or titles.byline(line.text):
        return False
    measured = line.text[0] in "$€£0123456789" and before.rsplit(None, 1)[-1] in _MEASURES
    if runs_on(before) or measured or _ASIDE.match(line.text):
        return not capitals(line.text)
    closed = i + 1 == len(lines) or lines[i + 1].blanks > 0
    return bool(SENTENCE.search(before)) and closed and line.text[-1] in '.!?»"' and lines[i - 1].blanks > 0


def _opens_heading(lines: Sequence[Line], i: int, wide: float, roles: Roles) -> bool:
    """Whether line i, after a finished line, is rather the heading of what follows than its paragraph's next sentence."""
    text = lines[i].text
    return len(text) < 0.7 * wide and unfinished(text) and i + 1 < len(lines) and not starts_low(lines[i + 1].text)
