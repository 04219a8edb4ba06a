"""Lines in capitals: written small for the model, which has seen few of them, and put back into capitals in English."""

from __future__ import annotations

from dataclasses import replace

import regex

from pipeline import lexicon
from pipeline.translate.candidate import Candidate
from pipeline.translate.protect import Protected

_WORD = regex.compile(r"\p{L}+")
_BARE = regex.compile(r"\b[EI]\p{Ll}{2,}")
_LONE = regex.compile(r"[\"«(\s]*+A(?=\s+(?:\p{L}|$))")
_ACCENTED = {"e": "ÉÊÈ", "i": "Î"}
_SHORTEST = 4  # shorter words in capitals may be acronyms that are also words: CAR
_COMMONER = 4  # of two words that differ by an accent alone, the accented one is taken where it is so much commoner
_SMALL_WORD = regex.compile(r"(?<![\p{L}\p{N}'-])\p{Ll}{3,}(?![\p{L}\p{N}-])")
_HAVING = frozenset(
    ("a", "ont", "avait", "avaient", "ayant", "avoir", "aura", "est", "sont", "etait", "sera", "seront", "ete", "etre", "etant")
)
_HELD = "\ue000"  # in place of a mention
_THREE = regex.compile(r"(?:(?<![\p{L}\p{N}])\p{Lu}[\p{Lu}'’-]*+[ ,]{0,2}){2}")
# three words in capitals or more, and what stands between them
_SHOUTED = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}])\p{{Lu}}[\p{{Lu}}'’-]*+(?:[ ,]{{1,2}}(?:\p{{Lu}}[\p{{Lu}}'’-]*+|{_HELD})){{2,}}+(?![\p{{L}}\p{{N}}])"
)
_QU = regex.compile(r"\bQU (?=[AEIOUYÉÈÊ])")  # extractors lose the apostrophe
_GRAMMAR = frozenset(("est", "que", "qui", "des", "les", "aux", "une", "sur", "par", "pas", "vos", "nos", "ses", "son"))
_SPOKEN = 2  # so many of them are words that French has
_LONE_A = regex.compile(r"\ba(?= (?:\p{L}{2,}(?:er|ir|oir|re)\b|la\b|l'|partir\b|grande\b|nouveau\b|base\b|ce\b|son\b|sa\b|ses\b))")
_ACRONYM_LENGTH = 5  # an unknown word of so many letters or fewer is an acronym; a longer one is a name


def recase(task: Protected) -> Protected:
    """A task in capitals in sentence case, for the model; its mentions stay as they are.

    Known words go to lower case, words that the lexicon knows as names get one capital, unknown short ones stay. Words get the
    accents that capitals are often printed without.
    """
    parts: list[str | int] = []
    accentless = task.plain.isascii()
    is_start = True
    for part in task.parts:
        if isinstance(part, int):
            parts.append(part)
            is_start = False
            continue
        parts.append(_sentence_case(part, is_start, accentless))
        if _WORD.search(part):
            is_start = False
    return replace(task, parts=tuple(parts))


def lowered(task: Protected) -> Protected:
    """A task with the stretches in capitals inside it in small letters: "2. QUELLES SONT LES INFORMATIONS A CONNAITRE avant".

    Three words or more, two of which French has and no name is; what neither language has stays as it is.
    """
    if not any(isinstance(p, str) and _THREE.search(p) for p in task.parts) or in_capitals(task.plain):
        return task
    text = "".join(p if isinstance(p, str) else _HELD for p in task.parts)
    if (small := _SHOUTED.sub(_said, text)) == text:
        return task
    pieces = small.split(_HELD)
    held = (p for p in task.parts if isinstance(p, int))
    parts = [each for piece in pieces for each in (piece, next(held, None))]
    return replace(task, parts=tuple(p for p in parts if p not in (None, "")))


def _said(stretch: regex.Match[str]) -> str:
    surface: str = stretch[0]
    known = lexicon.load("fr")
    words = [w for w in _WORD.findall(surface) if len(w) >= _SHORTEST - 1]
    plain = [lexicon.accents().get(w.lower(), w.lower()) if known.count(w) == 0 else w.lower() for w in words]
    french = {w for w in plain if known.count(w) > 0 and not known.name_like(w)}
    is_said = sum(len(w) >= _SHORTEST for w in french) >= _SPOKEN or (french & _GRAMMAR and len(french) >= _SPOKEN)
    if not is_said or "CAR" in words:
        return surface
    before = stretch.string[: stretch.start()].rstrip(' "«(')
    surface = _QU.sub("QU'", surface)
    return _sentence_case(surface, not before or before[-1] in ".:?!–-", surface.isascii(), keeps=True)


def accented(task: Protected) -> Protected:
    """A task whose words have the accents that printers leave out of capitals: "A Lyon" → "À Lyon", "Etude" → "Étude"; and
    keyboards everywhere: "procedes" → "procédés".

    Only at the start of the task for a lone A; else where the lexicon has the word with the accent and not without.
    """
    parts: list[str | int] = [p if isinstance(p, int) else _SMALL_WORD.sub(_restored, _BARE.sub(_accent, p)) for p in task.parts]
    if parts and isinstance(first := parts[0], str) and (lone := _LONE.match(first)):
        parts[0] = f"{first[: lone.end() - 1]}À{first[lone.end() :]}"
    return task if tuple(parts) == task.parts else replace(task, parts=tuple(parts))


def _accent(word: regex.Match[str]) -> str:
    surface: str = word[0]
    low, known = surface.lower(), lexicon.load("fr")
    if known.count(low) or low in known.capitalised:
        return surface
    return next((v + surface[1:] for v in _ACCENTED[low[0]] if known.count(v.lower() + low[1:])), surface)


def _restored(word: regex.Match[str]) -> str:
    low: str = word[0]
    if low in lexicon.load("fr") or low in lexicon.load("en") or low in lexicon.load("fr").capitalised:
        return low
    return lexicon.accents().get(low, low)


def in_capitals(text: str) -> bool:
    """Whether `text` is written in capitals: no lower-case letter, and at least one word that is no acronym.

    >>> in_capitals("DES MÉDICAMENTS"), in_capitals("ANSM"), in_capitals("Les BPF")
    (True, False, False)
    """
    if any(c.islower() for c in text):
        return False
    words = _WORD.findall(text)
    known = lexicon.load("fr")
    words = [lexicon.accents().get(w.lower(), w) if known.count(w) == 0 else w for w in words if len(w) >= _SHORTEST]
    return any(known.count(w) > 0 and not known.name_like(w) for w in words)


def restore(candidate: Candidate, task: Protected) -> Candidate:
    """The candidate in capitals, but for its values and for mentions that have a capital of their own (`ATMPs`)."""
    targets = sorted((t, task.held[i].group, task.held[i].english) for i, t in enumerate(candidate.targets) if t is not None)
    out, last = [], 0
    for target, group, english in targets:
        out.append(_upper(candidate.english[last : target.start]))
        surface = target.of(candidate.english)
        out.append(_upper(surface) if group == "term" and english.islower() else surface)
        last = target.end
    out.append(_upper(candidate.english[last:]))
    return replace(candidate, english="".join(out))


def _upper(text: str) -> str:
    return "".join(c.upper() if len(c.upper()) == 1 else c for c in text)


def _sentence_case(text: str, is_start: bool, accentless: bool, keeps: bool = False) -> str:
    known = lexicon.load("fr")
    out, last = [], 0
    before = ""
    for match in _WORD.finditer(text):
        word = match[0]
        before, word = word.lower(), _with_accents(word, before, accentless)
        elided = text[match.end() : match.end() + 1] == "'" and len(word) <= 3
        if len(word) == 1 or elided:
            small = word.lower()
        elif known.count(word) == 0 and word.lower() not in known.capitalised:
            small = match[0] if keeps or len(word) <= _ACRONYM_LENGTH else word.capitalize()
        else:
            small = word.capitalize() if known.name_like(word) else word.lower()
        if is_start:
            small = small[:1].upper() + small[1:]
            is_start = False
        out += [text[last : match.start()], small]
        last = match.end()
    out.append(text[last:])
    joined = "".join(out)
    return _LONE_A.sub("à", joined) if accentless else joined


def _with_accents(word: str, before: str, accentless: bool) -> str:
    """A word in capitals with the accents that it has in small letters: where it is no word without, or hardly one in a text
    without any accent; a participle behind a form of avoir or être."""
    known, low = lexicon.load("fr"), word.lower()
    found = lexicon.accents().get(low)
    if not found or len(word) < 3 or known.name_like(found):
        return word
    count = known.count(low)
    if accentless and before in _HAVING and known.count(f"{low[:-1]}é") and low.endswith("e"):
        return f"{word[:-1]}É"
    is_sure = not count or (accentless and known.count(found) >= _COMMONER * count)
    return found.upper() if (is_sure and len(word) > 3) or (is_sure and low == "ete") else word
