"""The types that everything flows through, and nothing else.

Positions are half-open ranges of Unicode code points, never bytes. Four laws hold for every `Document`; each is a
property test in `tests/properties/`:

1. `source` never changes. The pieces of all blocks are disjoint, and what lies outside them is white space only.
2. Replaying a block's edits over its source gives its text; every span of a text projects to a span of `source`.
3. A stage run twice gives what it gave once.
4. No value annotated before translation is missing or changed after it, unless a flag says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True, order=True, init=False)
class Span:
    """A half-open range `[start, end)` of code points.

    >>> Span(2, 5).of("abcdefg")
    'cde'
    """

    start: int
    end: int

    def __init__(self, start: int, end: int) -> None:
        if not 0 <= start <= end:
            raise ValueError(f"not a span: {start}..{end}")
        _set_start(self, start)
        _set_end(self, end)

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]

    def shift(self, by: int) -> Span:
        """The same span `by` code points further right."""
        return Span(self.start + by, self.end + by)

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies inside (it may be equal)."""
        return self.start <= other.start and other.end <= self.end


# a page of text makes thousands of spans: the slots are set directly, in half the time of what `dataclass` would write
_slots: Any = Span
_set_start, _set_end = _slots.start.__set__, _slots.end.__set__


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement, by one rule: `span` of the text before it held `before` and now reads `after`."""

    span: Span
    before: str
    after: str
    rule: str


class Kind(StrEnum):
    """What a block is. Furniture and duplicates stay in the record and are left out of the English text."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # one list item, without its bullet
    TABLE = "table"  # one row of a table
    CONTACT = "contact"  # address, telephone, e-mail
    CODE = "code"  # one line of a program or the like: copied, never translated
    FURNITURE = "furniture"  # page counter, running header, widget, cookie notice, form, link list
    DUPLICATE = "duplicate"  # a paragraph that stands word for word earlier in the document

    @property
    def omitted(self) -> bool:
        """Whether blocks of this kind are left out of the English text."""
        return self._value_ in ("furniture", "duplicate")  # asked often, and a member of an Enum is looked up slowly


class Lang(StrEnum):
    """The language of a block."""

    FR = "fr"
    EN = "en"
    OTHER = "other"  # a language that is neither; passed through untouched, with a flag
    UNKNOWN = "unknown"  # no letters, or nothing to tell by


@dataclass(frozen=True, slots=True)
class Value:
    """Base of every typed value (`pipeline.values.types`): a number, a date, an amount, a text kept verbatim …"""

    kind: ClassVar[str] = "value"


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary entry as it was matched in a text, with the English this occurrence calls for.

    `english` is what to write (number and form already chosen); `admitted` are other renderings that count as right.
    `rule` says how it matched, e.g. `term.plural`; `entry` is the id of the glossary row (`pharma.fr-en.tsv:17`).
    """

    kind: ClassVar[str] = "term"
    french: str
    english: str
    admitted: tuple[str, ...]
    entry: str
    rule: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a block's text that means something: `span` in `Block.text`, and what it is."""

    span: Span
    value: Value | Term

    @property
    def kind(self) -> str:
        """`number`, `date`, `term` …: the kind of the value."""
        return self.value.kind


@dataclass(frozen=True, slots=True)
class Placed:
    """A mention and where it stands in its segment's English; `target` is None where it was not found.

    `rung` says how it got there: `plain`, `marked`, `slot`, `prefix`, `rendered` (an English block), `lost`.
    """

    mention: Mention
    target: Span | None
    rung: str


@dataclass(frozen=True, slots=True)
class Flag:
    """Something a person should look at: a stable code such as `value.missing`, and the particulars."""

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence: `span` in `Block.text`, and its English. `target` spans of `placed` are positions in `english`.

    `origin`: `source` (already English), `model`, `memory`, `copy` (nothing to translate), `untranslated`.
    """

    span: Span
    english: str
    placed: tuple[Placed, ...] = ()
    flags: tuple[Flag, ...] = ()
    origin: str = "source"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, table row … as repaired text.

    `pieces` are the stretches of the document's source that the block owns, in order; a paragraph interrupted by page
    furniture has more than one. `edits` are in source positions, in order, without overlap; they cover the gaps
    between pieces, so that replaying them over `source[hull]` gives `text`.
    """

    kind: Kind
    pieces: tuple[Span, ...]
    text: str
    edits: tuple[Edit, ...] = ()
    lang: Lang = Lang.UNKNOWN
    mentions: tuple[Mention, ...] = ()
    segments: tuple[Segment, ...] = ()
    flags: tuple[Flag, ...] = ()

    @property
    def hull(self) -> Span:
        """From the first piece's start to the last piece's end, in the source."""
        return Span(self.pieces[0].start, self.pieces[-1].end)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A remark on the document that belongs to no segment: an odd encoding, a doubtful rule left unapplied."""

    code: str
    detail: str
    span: Span | None = None  # in the source


@dataclass(frozen=True, slots=True)
class Document:
    """One input file. `path` is relative to SRC, with forward slashes.

    `source` is exactly what the bytes decode to: a BOM, carriage returns and all; `source.encode(encoding)` gives the
    bytes back, and `sha256` is theirs.
    """

    path: str
    source: str
    encoding: str = "utf-8"
    sha256: str = ""
    blocks: tuple[Block, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = field(default=())


Step = Callable[[Document], Document]
Stage = Callable[[Iterable[Document]], Iterator[Document]]  # lazy: translation batches across documents
