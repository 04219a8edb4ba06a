"""Whether a word that looks the same in singular and plural (an acronym, `anticorps`) is plural here."""

from __future__ import annotations

import re

from pipeline.glossary.folding import words

PLURAL = words(
    "les des ces ses leurs nos vos mes aux plusieurs quelques certains certaines nombreux nombreuses différents différentes divers "
    "diverses tous toutes autres quels quelles deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente "
    "quarante cinquante cent mille millions milliers centaines dizaines lesdits"
)
SINGULAR = words(
    "le la l un une ce cet cette du au son sa leur notre votre mon ma chaque tout toute aucun aucune "
    "quel quelle ledit premier première"
)
BARE = words("de d en et ou par sans pour à sur avec dans sous vers selon que qu comme type sont est")
JOINING = words("et ou /")
AGREEING = words("sont ont étaient seront peuvent doivent pourront devront font restent constituent représentent nécessitent")
NOT_ADJECTIVES = words("dans sous sans plus puis mais alors depuis vers après très hors moins toujours jamais dès lors chez")
TOKEN = re.compile(r"\d[\d \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]*(?:[.,]\d+)?|[^\W\d_]+(?:-[^\W\d_]+)*|[^\w\s]")
NEXT = re.compile(r"[ \N{NO-BREAK SPACE}](?P<word>[^\W\d_]+)")


def is_plural(text: str, start: int, end: int, bare: bool = False) -> bool:
    """Whether `text[start:end]` is plural by its determiner, else by the word that follows, else as `bare` says.

    >>> [is_plural(t, t.index("MTI"), t.index("MTI") + 3) for t in ("les nouveaux MTI", "un MTI", "12 MTI", "MTI autologues")]
    [True, False, True, True]
    """
    tokens = TOKEN.findall(text[max(0, start - 48) : start])
    if len(tokens) > 1 and tokens[-1] == "(":
        return bare or tokens[-2][-1] in "sx"  # les procédures (PSO)
    if text[max(0, start - 1) : start] == "-":
        return False  # post-AMM, non-MTI: it qualifies a word
    for at, token in enumerate(reversed(tokens[-4:]), 2):
        low = token.lower()
        if low in JOINING and len(tokens) >= at and len(tokens[-at]) > 1 and tokens[-at].isupper():
            continue  # les MTI et MTG: one article for both
        if low[0].isdigit():
            return low.strip() not in ("0", "1")
        if low in PLURAL:
            return True
        if low in SINGULAR:
            return False
        if low in BARE or (not low[0].isalpha() and low[0] not in "'\N{RIGHT SINGLE QUOTATION MARK}«"):
            break
    after = NEXT.match(text, end)
    if after:
        word = after["word"].lower()
        if word in AGREEING or (len(word) > 5 and word.endswith("s") and word not in NOT_ADJECTIVES):
            return True
    return bare
