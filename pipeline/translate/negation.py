"""Whether a negation is lost or comes out of nothing: the fault of small models that turns a statement round.

Wide lists on the side that excuses, narrow ones on the side that accuses: of 410 human translations of a French negation 8
have no word of the English list, of 374 English negations 6 no word of the French one (the development sets).
"""

from __future__ import annotations

import regex

_LOST = regex.compile(
    r"\b(?:ne\s|n')(?!que\b)(?:\S+\s){0,5}?(?:pas|jamais|aucune?|ni|nullement|rien|guère)\b"
    r"|\b(?:ne\s|n')(?:peut|peuvent|saurai(?:t|ent)|pouvai(?:t|ent)|cesse)\b(?!\s(?:\S+\s){0,3}?qu)",
    regex.IGNORECASE,
)
_ENGLISH = regex.compile(
    r"n't\b|less\b|\bnon-|\b(?:not|no|never|cannot|none|nor|neither|without|nothing|nobody|nowhere|hardly|barely|scarcely|rarely|few"
    r"|little|less|lack\w*|fail\w*|absen\w+|only|just|but|except|avoid\w*|prevent\w*|refus\w+|exclu\w+|rather|instead|unless|until"
    r"|yet|still|beyond|stop\w*|ceas\w+|free|far|missing|otherwise|already|merely|simply|doubt\w*|den(?:y|i)\w*|reject\w*|short"
    r"|remain\w*|non|ban\w*|prohibit\w*|forbid\w*|against|un\w{3,}|dis\w{4,}|ir(?:relevant|respective)|im(?:possib|proper)\w*"
    r"|in(?:ability|adequate|complete|conclusive|capable|dependent|eligible|correct|suffic|suff)\w*)\b",
    regex.IGNORECASE,
)
_SAID = regex.compile(r"n't\b|\b(?:not|never|cannot|none|nor|neither)\b", regex.IGNORECASE)
_TWICE = regex.compile(  # none of the 3,480 human translations has it
    r"\b(?:none|nobody|nothing|no one|neither)\b[^,;.:]*?(?:\b(?:not|cannot|never|no)\b|n't\b)", regex.IGNORECASE
)
_FRENCH = regex.compile(
    r"non-|\b(?:ne|n|pas|non|sans|aucune?s?|ni|rien|jamais|peu|nul\w*|personne|guère|sinon|hors|hormis|sauf|excepté|faute|manqu\w*"
    r"|absen\w*|défaut|refus\w*|impossib\w*|interdi\w*|exclu\w*|échou\w*|échec|rat\w+|cess\w*|moins|loin|évit\w*|empêch\w*|contre"
    r"|i[nmr]\p{Ll}{3,}|dés\w{3,}|mal\w*|vain|seulement|uniquement|malgré|plutôt|mé\w{3,}|toutefois|peine|dépourvu\w*|privé\w*"
    r"|perd\w*|perte|ignor\w*|oubli\w*|dou\w+|rare\w*|négati\w*|abs\w*|s'abst\w+|au-delà|hésit\w*|contrair\w*|déconseill\w*|naguère)\b",
    regex.IGNORECASE,
)


def turned(french: str, english: str) -> str:
    """What of a negation is lost or added, in words; "" where both sides agree or nobody can tell.

    >>> turned("Le montant ne peut excéder ce seuil.", "The amount goes above this threshold.")
    'lost: ne peut'
    >>> turned("Le site ouvre lundi.", "The site does not open on Monday.")
    'added: not'
    >>> turned("Elle n'a pas répondu.", "She has not replied.")
    ''
    """
    if (lost := _LOST.search(french)) and not _ENGLISH.search(english):
        return f"lost: {lost[0]}"
    if (said := _SAID.search(english)) and not _FRENCH.search(french):
        return f"added: {said[0]}"
    return f"twice: {twice[0]}" if said and (twice := _TWICE.search(english)) else ""
