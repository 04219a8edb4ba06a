"""Which blocks are headings, told by what stands around them; items without bullets, questions of an interview."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from pipeline.model import Kind
from pipeline.repair import titles
from pipeline.repair.drafts import Draft
from pipeline.repair.lines import capitals

_QUOTATION = re.compile(r"«[^»]*»")
_TOP = 3  # blocks in which a document's title stands


def headings(drafts: Sequence[Draft]) -> None:
    """Mark as HEADING the paragraphs that look and stand like one: short, without a stop, with text below them."""
    body = [d for d in drafts if d.kind is not Kind.FURNITURE]
    speech = _interview(body)
    for k, draft in enumerate(body[:-1]):
        if draft.kind is not Kind.PARAGRAPH or draft.footnote or draft.prose or any(line.head for line in draft.lines):
            continue
        below = body[k + 1]
        if len(draft.lines) > 3 and below.kind not in (Kind.TABLE, Kind.ITEM):
            continue
        text = draft.text
        if below.kind in (Kind.TABLE, Kind.ITEM) and titles.day(text):
            draft.kind = Kind.HEADING
            continue
        if not titles.heading(text, len(draft.lines)) or (below.footnote and not capitals(text)):
            continue
        if titles.question(text) and (speech or len(text.split()) > 14):
            continue
        near = [below.text] + ([body[k - 1].text] if k else [])
        if titles.year(text) and any(titles.year(each) for each in near):
            continue
        first = k < _TOP and all(each.kind is not Kind.HEADING or text in each.text for each in body[:k])
        paired = titles.pair(below.text) or (k and titles.pair(body[k - 1].text))
        if titles.pair(text) and paired and not titles.numbered(text) and not (first and titles.headline(text)):
            continue
        if titles.person(text) and (titles.initialled(text) or (k and body[k - 1].kind is Kind.HEADING)):
            continue
        prose = below.kind is Kind.PARAGRAPH
        written = below.text.startswith(("par ", "by ")) and titles.byline(below.text)
        if (prose and below.text[:1].islower() and not capitals(text) and not written) or (
            titles.counted(text) and (len(below.text) < 80 or (k and _fact(body[k - 1])))
        ):
            continue
        draft.kind = Kind.HEADING
    _enumerated(body)
    _stacked(body)
    for k in range(1, len(body) - 1):
        if body[k].kind is Kind.HEADING and _among(body, k):
            body[k].kind = Kind.PARAGRAPH
    _lists(body)


def _stacked(body: Sequence[Draft]) -> None:
    """Short lines right below each other are a list, and no headings of each other: four or more, all but the first.

    The last stays one where prose stands below it.
    """
    run: list[Draft] = []
    for k, draft in enumerate([*body, None]):
        short = draft is not None and draft.kind is Kind.HEADING and len(draft.lines) == 1
        if draft and short and run and not draft.lines[0].blanks and draft.lines[0].start - run[-1].lines[0].end < 3:
            run.append(draft)
            continue
        heads = bool(draft) and len(run) > 0 and body[k - 1] is run[-1] and len(draft.text) > 60 if draft else False
        for each in run[1 : len(run) - heads] if len(run) > 3 else ():
            text = each.lines[0].text
            if not (capitals(text) or titles.numbered(text) or titles.question(text)):
                each.kind = Kind.PARAGRAPH
        run = [draft] if draft and short else []


def _among(body: Sequence[Draft], k: int) -> bool:
    """Whether a short line with a number (`Mutuelle prise en charge à 70 %`) is one of a list without bullets."""
    text, near = body[k].text, (body[k - 1], body[k + 1])
    if not any(map(str.isdigit, text)) or titles.numbered(text) or titles.year(text) or capitals(text) or len(body[k].lines) > 1:
        return False
    if any(d.kind is not Kind.PARAGRAPH and d.kind is not Kind.HEADING for d in near):
        return False
    tight = not body[k].lines[0].blanks and not body[k + 1].lines[0].blanks
    if not tight or len(text) > 90 or near[1].text.lower().startswith(("par ", "by ")):
        return False
    return all(len(d.lines) == 1 and len(d.text) < 80 and d.text[-1] not in ".!?" for d in near)


def _fact(draft: Draft) -> bool:
    """Whether a block is one of a list of facts without bullets: `62 salariés`."""
    return draft.kind is Kind.PARAGRAPH and len(draft.lines[0].text) < 80 and titles.counted(draft.text)


def _enumerated(body: Sequence[Draft]) -> None:
    """`1. Title` above prose is a numbered heading and no list item."""
    for k, draft in enumerate(body[:-1]):
        if draft.kind is Kind.ITEM and not draft.lines[0].head and len(draft.lines) == 1:
            below, above = body[k + 1], body[k - 1].kind if k else None
            parts = below.text.startswith(f"{draft.text.split('.')[0]}.1")
            long = above is not Kind.ITEM and below.kind is Kind.PARAGRAPH and len(below.text) > 80
            if parts or (long and titles.heading(draft.text, 1)):
                draft.kind = Kind.HEADING


def _interview(body: Sequence[Draft]) -> bool:
    """Whether the questions of a text are a person's answers' questions: most of those below them say `je`, `nous`, `we`."""
    answers = [
        b.text
        for a, b in itertools.pairwise(body)
        if a.lines[:5][-1].text[-1] == "?" and a.kind is Kind.PARAGRAPH and titles.question(a.text) and len(a.text) < 300
    ]
    if len(answers) < 2:
        return False
    said = sum(titles.personal(_own(text)) or titles.spoken(text) for text in answers)
    announced = any(len(draft.lines[0].text) < 120 and titles.interviewed(draft.text) for draft in body[:12])
    return said >= 0.5 * len(answers) or (announced and said > 0)


def _own(text: str) -> str:
    """What an answer says outside quotations, unless it is one."""
    own = _QUOTATION.sub("", text)
    return own if len(own) > 20 else text


def _lists(body: Sequence[Draft]) -> None:
    """Items without bullets: two lines or more below one that ends in a colon, short, without a stop, none apart."""
    for k, draft in enumerate(body[:-2]):
        if draft.kind not in (Kind.PARAGRAPH, Kind.HEADING) or not draft.text.endswith(":"):
            continue
        end = k + 1
        while end < len(body) and _item(body[end]):
            end += 1
        if k + 1 < end < len(body) and body[end - 1].text.endswith(";") and _item(body[end], "."):
            end += 1
        opens = end < len(body) and body[end].lines[0].blanks == 0 and not body[end].text.endswith(":")
        last = end - 1 if opens and body[end].kind is Kind.PARAGRAPH and body[end - 1].kind is Kind.HEADING else end
        for each in body[k + 1 : last] if last - k > 2 else ():
            each.kind = Kind.ITEM


def _item(draft: Draft, stop: str = "") -> bool:
    text = draft.lines[0].text
    if (
        draft.kind not in (Kind.PARAGRAPH, Kind.HEADING)
        or len(draft.lines) > 1
        or draft.lines[0].blanks
        or draft.prose
        or draft.footnote
    ):
        return False
    return (
        len(text) < 120
        and (text[-1] not in ".:?!" or text[-1] == stop)
        and not titles.pair(text)
        and (not titles.numbered(text) or text[-1] in (";", stop))
        and (text[0].islower() or not titles.byline(text))
    )
