"""Lines of a Markdown document that hold nothing but links: menus, and lists of the page's own titles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.repair.part import ITEM, Part
from pipeline.repair.phrases import says

_LINK = r"\[[^\[\]\n]{0,200}\]\((?P<dest>[^()\s]{0,2000})(?:\s+\"[^\"\n]{0,300}\")?\)"
_LINKS = re.compile(rf"(?:{_LINK.replace('?P<dest>', '')}[\s|·•/,–-]*)+")
_ONE_LINK = re.compile(_LINK)
_HERE = re.compile(r"#|javascript:|$")


def menus(parts: Sequence[Part]) -> None:
    """Lines that hold nothing but links: into the page itself, or as a list of three or more above the first heading."""
    top = next((i for i, part in enumerate(parts) if part.role == "heading"), 0)
    run: list[int] = []
    for i, part in enumerate([*parts, None]):
        text = "" if part is None or part.role not in ("", "item") else _bare(part)
        links = bool(text) and text[0] == "[" and bool(_LINKS.fullmatch(text))
        if links and part is not None and (_here(text) or (part.role == "" and _local(text))):
            part.role = "furniture"
        if links and len(text) < 160:
            run.append(i)
            continue
        if len(run) > 2 and (run[-1] < top or all(_local(_bare(parts[k])) and _label(_bare(parts[k])) for k in run)):
            for k in run:
                parts[k].role = "furniture"
        if run and run[0] and parts[run[0]].role == "furniture" and says("contents", parts[run[0] - 1].text.lstrip("# ")):
            parts[run[0] - 1].role = "furniture"
        run = []


def _here(links: str) -> bool:
    """Whether links lead nowhere but into the page itself."""
    return all(_HERE.match(m["dest"]) for m in _ONE_LINK.finditer(links))


def _local(links: str) -> bool:
    """Whether links lead to the same site."""
    return all(_HERE.match(m["dest"]) or m["dest"][0] == "/" for m in _ONE_LINK.finditer(links))


def _label(links: str) -> bool:
    """Whether the first link is named as menus name theirs: a few words, no number."""
    words = links[1 : links.find("]")]
    return len(words) <= 30 and len(words.split()) <= 4 and not any(map(str.isdigit, words))


def _bare(part: Part) -> str:
    found = ITEM.match(part.text)
    return part.text[found.end() :] if found else part.text
