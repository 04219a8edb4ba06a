"""Which language a block is in: by its own words, where they do not tell by its neighbours, at last by langdetect."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.detect import langid
from pipeline.detect.words import Evidence, evidence, foreign_share
from pipeline.model import Block, Document, Flag, Kind, Lang

_SURE = 3.0  # log odds from which a block's own words are enough
_SURE_CONTACT = 12.0  # an address has the words of its country, whatever the page is in
_ENOUGH_WORDS = 5  # from which langdetect is worth asking
_FOREIGN = 0.4  # share of unknown words from which a third language is looked for
_FAMILIAR = 0.8  # share of words in either lexicon above which no third language is looked for
_LEAST_FOREIGN = 6  # words from which a block alone can show a third language
_CERTAIN = 0.95  # what langdetect must then say
_REACH = 40  # how many blocks away a neighbour is looked for
_Tongue = tuple[Lang, str]  # a language, and its code where it is OTHER
_ALIEN = re.compile(r"[\u0370-\u03ff\u0400-\u052f\u0590-\u08ff\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_COMMA = re.compile(r"(?<![\d,.])\d{1,3},(?:\d{1,2}(?![\d,])|(?<=\b0,)\d)")  # 72,5; 0,001; not 1,200
_DECIMAL = 1.5  # log odds of a decimal comma among few words, which may be codes: LDM-IT | 72,5
_CONTACT = Kind.CONTACT  # a member is looked up faster by a name of its own
_NAMED = (Kind.FURNITURE, Kind.TABLE)  # often made of names, which are of no language
_NOTHING = Evidence(0.0, 0, 0, False)
_FR, _EN, _OTHER, _UNKNOWN = Lang.FR, Lang.EN, Lang.OTHER, Lang.UNKNOWN


@dataclass(frozen=True, slots=True)
class _View:
    """What is known of one block: its words, its language (None: leans on others), a third language's code."""

    evidence: Evidence
    lang: Lang | None
    code: str = ""


def detect(document: Document) -> Document:
    """The document with a language for every block.

    A block whose words tell (`(English version follows)` on a French page) is what they tell. A short one, a name or
    a number leans on its neighbours, the nearer the more. A third language is OTHER, with the flag
    `detect.unsupported` that names it; a document without any evidence is UNKNOWN. Deterministic; texts, spans and
    other flags stay as they are.
    """
    views = [_view(block) for block in document.blocks]
    if any(view.lang is _OTHER for view in views):
        views = [_among_foreign(views, i, block.text) for i, block in enumerate(document.blocks)]
    shares = _shares(views)
    blocks = []
    for i, block in enumerate(document.blocks):
        lang, code = views[i].lang, views[i].code
        if lang is None:
            lang, code = _leaning(views, i, shares)
        flags = block.flags and tuple(f for f in block.flags if not f.code.startswith("detect."))
        if lang is _OTHER:
            flags += (Flag("detect.unsupported", code),)
        if block.lang is lang and block.flags == flags:
            blocks.append(block)
        else:  # dataclasses.replace takes as long as all the rest
            blocks.append(Block(block.kind, block.pieces, block.text, block.edits, lang, block.mentions, block.segments, flags))
    return replace(document, blocks=tuple(blocks))


def _view(block: Block) -> _View:
    if block.kind is Kind.CODE:
        return _View(_NOTHING, _UNKNOWN)
    found = evidence(block.text, 0.1 if block.kind is _CONTACT else 1.0)
    if not found.letters:
        return _View(found, None)
    if found.words < _ENOUGH_WORDS and "," in block.text and _COMMA.search(block.text):
        found = replace(found, score=max(found.score, 0.0) + _DECIMAL)
    code = _third_language(block.text, found, 2 * _LEAST_FOREIGN if block.kind in _NAMED else _LEAST_FOREIGN)
    if code:
        return _View(found, _OTHER, code)
    if abs(found.score) >= (_SURE_CONTACT if block.kind is _CONTACT else _SURE):
        return _View(found, _FR if found.score > 0 else _EN)
    if block.kind is _CONTACT:
        return _View(replace(found, score=found.score / 5), None)
    if found.words >= _ENOUGH_WORDS and found.known and abs(found.score) < 1.0:
        share = langid.french(block.text)
        if share is not None and abs(share - 0.5) > 0.49:
            return _View(replace(found, score=found.score + (1.0 if share > 0.5 else -1.0)), None)
    return _View(found, None)


def _third_language(text: str, found: Evidence, least: int) -> str:
    """The code of a language that is neither French nor English, or "" (always below `least` Latin words)."""
    if found.known > _FAMILIAR * found.words or "\ufffd" in text:  # lost letters make strange words
        return ""
    if abs(found.score) >= 2 * _SURE and text.isupper():  # without accents a title looks Italian
        return ""
    alien = len(_ALIEN.findall(text))
    if alien < 4 and found.words < _LEAST_FOREIGN:
        return ""
    if alien > sum(map(str.isalpha, text)) / 2:
        code, share = langid.language(text)
        return code if share >= _CERTAIN else "und"
    if found.words < least or foreign_share(text, found.score) < _FOREIGN:
        return ""
    code, share = langid.language(text)
    return code if code not in ("fr", "en") and share >= _CERTAIN else ""


def _among_foreign(views: Sequence[_View], at: int, text: str) -> _View:
    """A short block between two of a third language, in words that are neither French nor English, is in theirs."""
    view = views[at]
    if view.lang is _OTHER or view.evidence.words >= _LEAST_FOREIGN:
        return view
    strange = 2 * view.evidence.known <= view.evidence.words or foreign_share(text, view.evidence.score) >= _FOREIGN
    sides = (views[max(0, at - 8) : at][::-1], views[at + 1 : at + 9])
    near = [next((v for v in side if v.evidence.words >= _LEAST_FOREIGN and v.lang), None) for side in sides]
    if all(v is None or v.lang is _OTHER for v in near) and any(near) and strange:
        return replace(view, lang=_OTHER, code=next(v.code for v in near if v))
    return view


def _leaning(views: Sequence[_View], at: int, shares: Mapping[_Tongue, float]) -> _Tongue:
    """The language of a block that does not tell by itself: its own little evidence, its neighbours', the document's."""
    weights = dict(shares)
    for i in _decided(views, at):
        key = (views[i].lang or _UNKNOWN, views[i].code)
        weights[key] = weights.get(key, 0.0) + 2.0 / (1 + abs(i - at))
    own = views[at].evidence
    if own.score:
        key = (_FR if own.score > 0 else _EN, "")
        weights[key] = weights.get(key, 0.0) + abs(own.score)
    return max(weights.items(), key=lambda pair: pair[1])[0] if weights else (_UNKNOWN, "")


def _shares(views: Sequence[_View]) -> dict[_Tongue, float]:
    """The share of each language in the words of the blocks that tell by themselves."""
    words: dict[_Tongue, float] = {}
    for view in views:
        if view.lang:
            words[view.lang, view.code] = words.get((view.lang, view.code), 0.0) + view.evidence.words
    total = sum(words.values())
    return {tongue: count / total for tongue, count in words.items()} if total else {}


def _tells(view: _View) -> bool:
    return view.lang not in (None, _UNKNOWN)


def _decided(views: Sequence[_View], at: int) -> list[int]:
    """The nearest blocks before and after that tell by themselves, two on each side."""
    before = [i for i in range(at - 1, max(-1, at - _REACH), -1) if _tells(views[i])][:2]
    after = [i for i in range(at + 1, min(len(views), at + _REACH)) if _tells(views[i])][:2]
    return before + after
