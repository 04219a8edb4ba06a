"""What relative and partial dates come to, by the date that the document states as its own; never by today's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from pipeline.model import Mention
from pipeline.values.types import Date, Inferred, Relative

# before the document's own date
CUE = re.compile(
    r"(?i)(?:publiée? le|mise? en ligne le|parue? le|postée? le|diffusée? le|date de publication|communiqué(?: de presse)? du|"
    r"published(?: on)?|posted(?: on)?|released(?: on)?|publication date|date)\s*:?\s*$"
)
PLACE = re.compile(r"[A-ZÉÈÎ][\w'’ .-]{1,40}?(?:\s\([^)]{1,40}\))?(?:,| [–—-])?\s(?:le\s)?$")  # Lyon, le 4 décembre 2023 – …
CLOSES = re.compile(r"\s?[–—:]|\s-|\.?\s*$")
TOP = 12  # blocks in which a dateline or a date alone is looked for


def stated_date(blocks: Iterable[tuple[str, Sequence[Mention]]]) -> Inferred | None:
    """The document's own date and how it is written there: after `Publié le`, else in a dateline near the top; else None.

    `blocks` are texts with their mentions, in order. A date inside a sentence is never taken.
    """
    dateline = None
    for index, (text, mentions) in enumerate(blocks):
        for mention in mentions:
            value = mention.value
            if not isinstance(value, Date) or value.ambiguous or not (value.year and value.month and value.day):
                continue
            before, after = text[: mention.span.start], text[mention.span.end :]
            here = Inferred(f"{value.year:04}-{value.month:02}-{value.day:02}", mention.span.of(text))
            if CUE.search(before[-40:]):
                return here
            opens = before.strip().lower() in ("", "le") or (len(before) < 60 and PLACE.fullmatch(before))
            if dateline is None and index < TOP and opens and CLOSES.match(after):
                dateline = here
    return dateline


def infer(mentions: Iterable[Mention], stated: Inferred) -> tuple[Mention, ...]:
    """The mentions of a block with `inferred` where `stated`, the document's own date, settles what they come to.

    Settled are relative dates, and a day with its weekday but without its year, if exactly one of the years around has it.
    """
    own = date.fromisoformat(stated.edtf)
    return tuple(_with(m, own, stated.basis) for m in mentions)


def _with(mention: Mention, own: date, basis: str) -> Mention:
    if not isinstance(mention.value, Date | Relative) or not (edtf := comes_to(mention.value, own)):
        return mention
    return replace(mention, value=replace(mention.value, inferred=Inferred(edtf, basis)))


def comes_to(value: Date | Relative, own: date) -> str:
    """The date in ISO 8601 / EDTF, "" where nothing settles it.

    >>> comes_to(Relative("last February", "month", -1, 2), date(2024, 1, 15))
    '2023-02'
    """
    if isinstance(value, Date):
        return _by_weekday(value, own)
    if value.unit == "day":
        days = value.offset
        if value.which:
            days = (value.which - own.isoweekday()) % 7 or 7
            days -= 0 if value.offset > 0 else 7 if days < 7 else 14
        return (own + timedelta(days)).isoformat()
    if value.unit == "week":
        week = (own + timedelta(7 * value.offset)).isocalendar()
        return f"{week.year:04}-W{week.week:02}"
    if value.unit == "month":
        return _month(value, own)
    if not value.which:
        return f"{own.year + value.offset:04}"
    ends = 3 * (value.which - 20) + 2  # spring ends with May, the winter of a year with the next February
    past = own.month > ends if value.offset < 0 else own.month > ends - 3
    year = own.year - (not past) if value.offset < 0 else own.year + past
    return f"{year:04}-{value.which}"


def _month(value: Relative, own: date) -> str:
    if not value.which:
        year, month = divmod(own.year * 12 + own.month - 1 + value.offset, 12)
        return f"{year:04}-{month + 1:02}"
    if not value.offset:
        return f"{own.year:04}-{value.which:02}"
    if value.offset < 0:
        return f"{own.year - (value.which >= own.month):04}-{value.which:02}"
    return f"{own.year + (value.which <= own.month):04}-{value.which:02}"


def _by_weekday(value: Date, own: date) -> str:
    if value.year is not None or not (value.weekday and value.month and value.day):
        return ""
    fitting = []
    for year in (own.year - 1, own.year, own.year + 1):
        try:
            day = date(year, value.month, value.day)
        except ValueError:
            continue
        if day.isoweekday() == value.weekday:
            fitting.append(day)
    return fitting[0].isoformat() if len(fitting) == 1 else ""
