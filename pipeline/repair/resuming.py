"""Sentences that a page's end, furniture or a sidebar cut in two: the block that a line goes on with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import Kind
from pipeline.repair import titles
from pipeline.repair.drafts import Draft
from pipeline.repair.hyphens import join
from pipeline.repair.lines import Line, capitals, first_word, runs_on, starts_low, unfinished

_FAR = 60  # blocks of any kind, furniture too
_LOOK_BACK = 14  # blocks of a sidebar, at most, that a sentence is picked up after
_BANNER = 4  # lines of furniture that a sentence may go on behind, with a capital, in a text of one paragraph a line
BRIEF = 60  # characters of a sidebar's line
SENTENCE = re.compile(r"[.!?;:,»)] ")  # what running text holds and a title seldom
_FURNITURE, _PARAGRAPH, _ITEM = Kind.FURNITURE, Kind.PARAGRAPH, Kind.ITEM  # a member is looked up faster by a name of its own
PROSE = (_PARAGRAPH, _ITEM)


def resumed(out: Sequence[Draft], lines: Sequence[Line], i: int, wide: float, passed: int) -> Draft | None:
    """The block that stopped inside a sentence before a gap, a page's end, furniture or a sidebar, and goes on in line i."""
    line = lines[i]
    low = starts_low(line.text)
    listed = i > 0 and lines[i - 1].text[-1] in ":;" and (not low or not line.blanks)  # belongs to the line above
    between, steps = 0, 0  # furniture since; blocks looked at
    for draft in reversed(out):
        if draft.kind is _FURNITURE:
            between, steps = between + 1, steps + 1
            if steps > _FAR:
                return None
            continue
        prose = draft.kind in PROSE and not (passed and listed) and not (draft.footnote and passed == 0 and between)
        if prose and _open(draft, line, low, passed, between, wide):
            return draft
        passed += not draft.footnote
        steps += 1
        if passed > _LOOK_BACK or (passed and not low and not _sidebar(draft)):
            return None
    return None


def _sidebar(draft: Draft) -> bool:
    """Whether a block may be one of a sidebar that a sentence goes on behind: an item, a row, a title, a short line."""
    return draft.kind is not _PARAGRAPH or (len(draft.lines[0].words) < BRIEF and len(draft.text) < 2 * BRIEF)


def _open(draft: Draft, line: Line, low: bool, passed: int, between: int, wide: float) -> bool:
    last = draft.lines[-1]
    words = last.words
    turned = last.end > line.start  # from the foot of a left column to the head of the right one
    if (turned and not _turns(draft, line, low)) or (len(draft.lines) == 1 and len(words) < 120 and titles.byline(words)):
        return False
    if not unfinished(words) or (len(draft.lines) == 1 and (capitals(words) or _set_large(words))):
        part = words[-3:-1].isalpha()  # of a word, and no button `A-`
        return words.endswith("-") and part and join(words[-120:], line.words[:120]) is not None and passed == 0
    size = sum(len(each.words) for each in draft.lines[-4:])
    if draft.footnote and (between or last.tail or line.page or line.blanks > 1):
        return False
    paged = bool(last.tail or line.page or between)
    if passed:  # a sidebar: only a long paragraph is picked up again
        return size >= 60 and draft.kind is _PARAGRAPH and not draft.footnote and _cut_short(draft, line, low, wide)
    if low:
        lone = not wide and " " not in line.text and unfinished(line.text)  # a reader's pen name
        return (size >= 40 and not lone) or bool(last.tail) or runs_on(words)
    if size < 50 or (_set_large(line.text) and not capitals(words)):
        return False
    if runs_on(words):
        return paged or words[-1] != "," or not _opens(draft, line, wide)
    reach = 0.75 * wide if wide else 90
    if not paged or len(words) < reach or size < 100 or (between > _BANNER and not wide):
        return False
    return not (capitals(line.text) or titles.numbered(line.text)) and len(line.text) > 0.4 * reach


def _set_large(text: str) -> bool:
    """Whether a text is a quotation in capitals, set large beside the sentence that it comes from."""
    return text[0] in '«"' and capitals(text.strip('«»" '))


def _opens(draft: Draft, line: Line, wide: float) -> bool:
    """Whether line begins anew behind an empty line, though the one before it ends in a comma: parties to a contract, a list."""
    brief = bool(wide) and len(draft.lines[-1].words) + 1 + len(first_word(line.text)) < 0.75 * wide
    return draft.kind is _ITEM or capitals(line.text) or titles.numbered(line.text) or (bool(line.blanks) and brief)


def _turns(draft: Draft, line: Line, low: bool) -> bool:
    """Whether a paragraph at the foot of a left column surely goes on at the head of the right one."""
    beside = line.stream == draft.lines[-1].stream + 1 and line.stream % 100 > 1
    return beside and draft.kind is _PARAGRAPH and not draft.footnote and (low or runs_on(draft.lines[-1].words))


def _cut_short(draft: Draft, line: Line, low: bool, wide: float) -> bool:
    """Whether a paragraph before a sidebar waits for line: by a small letter, or by a long line where an article ends it."""
    last = draft.lines[-1]
    if titles.byline(last.words) or line.indent > last.indent + 3 or len(last.words) < 0.6 * wide:
        return False
    if last.words[-1] in ')»"' or (not wide and len(line.text) < 40 and unfinished(line.text)):
        return False
    waits = runs_on(last.words)
    if len(draft.lines) == 1 and not waits and (titles.numbered(last.words) or (not wide and len(last.words) < 2 * BRIEF)):
        return False  # a section's title, or any
    if not low:
        return waits and len(line.text) > 60 and line.text[:1].isupper() and not titles.heading(line.text, 1)
    return line.text[0].isalpha() and (waits or bool(SENTENCE.search(" ".join(each.words for each in draft.lines[-4:]))))
