"""Laws 1 to 3 for the repair stage, over generated messy documents and every document at hand."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.edits import replay, to_source
from pipeline.model import Document, Span
from pipeline.repair import repair

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "corpus").glob("*.*")) + sorted((ROOT.parent / "shared" / "eval" / "docs").glob("*.txt"))
FILES += sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))

LINES = """\
Les cellules sont congelées à -80 °C dans
la salle blanche du site. Le lot est
libéré par le pharmacien responsable1/3
libéré2/3
1 Données au 31 mars 2024.
ventes1.
• bilan de l'année
- premier point ;
o bac +2
1) ouvrir
2) fermer
Page 2 sur 3
- 4 -
3/7
PUBLICITÉ
Lire aussi : Un autre titre
SUR LE MÊME SUJET
VOS INDICES
118.3 +0.7
Base 100 en 2015
Votre adresse e-mail
Je m'inscris
GALVORA / RAPPORT   2024
REPÈRES
Tél. : 01 99 00 12 34
12 rue des Tanneurs, 27100 Val-de-Reuil
Lot   Date   Quantité
A12   3 mai 2024   412
| a | b |
|---|---|
fabri-
cation des lots
allo\N{SOFT HYPHEN}
C O M M U N I Q U É   D E   P R E S S E
capacitÃ©s
\N{NO-BREAK SPACE}« fin »
\N{ZERO WIDTH SPACE}
;
et la suite du texte qui va jusqu'au bout de la ligne
de la colonne de gauche qui       et celle de droite qui
se lit avant celle de             se lit ensuite, sans que
droite, comme il se doit.         rien ne se perde en route.
Source URL: <https://a.example/b>
List of links present in page
1. <https://a.example>"""
BREAKS = st.sampled_from(["\n", "\n", "\n", "\n\n", "\n\n\n\n", "\r\n", "\r", "\f", "\u2028", "  \n", "\n   "])
PARTS = st.tuples(st.sampled_from(LINES.split("\n")), BREAKS)
MESSY = st.lists(PARTS, max_size=40).map(lambda parts: "".join(a + b for a, b in parts))
CHARACTERS = st.text(
    st.sampled_from("ab Z.é-1/•|\t\n\r\f\N{ZERO WIDTH NO-BREAK SPACE}\N{SOFT HYPHEN}\N{NO-BREAK SPACE}«»\"'()Ã©&;"), max_size=120
)


MARKDOWN = """\
# Le **site** ouvre ##
> « Un lot_2 est *libéré
>
> — Maud Ferrier
* [x] ouvrir le [rapport](https://a.example/b_c "B")
1. [![logo](a.png)](#)
| Lot | **n** |
Calendrier
==========
```
<!-- menu -->
un mot.[^1] et m<sup>2</sup> \\* et `code`
[^1]: Une note
[n]: https://a.example/n
---
titre: "Le site"
[Accueil](#) | [Menu](/m)
un __mot** ~~ ou ***deux*"""
MARKED = st.lists(st.tuples(st.sampled_from((LINES + "\n" + MARKDOWN).split("\n")), BREAKS), max_size=40).map(
    lambda parts: "".join(a + b for a, b in parts)
)
SIGNS = st.text(st.sampled_from("ab1 #>*_`[]()!<>-|\n\r\f~\\.^:&;=\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}"), max_size=80)


def check(source, path="a.txt"):
    document = repair(Document(path, source))
    assert document.source == source
    owned = sorted(piece for block in document.blocks for piece in block.pieces)
    at = 0
    for piece in owned:
        assert piece.start >= at, "pieces overlap"
        assert not source[at : piece.start].strip(), f"nobody owns {source[at : piece.start]!r}"
        at = piece.end
    assert not source[at:].strip(), f"nobody owns {source[at:]!r}"
    for block in document.blocks:
        assert list(block.pieces) == sorted(block.pieces)
        assert replay(source, block) == block.text
        assert block.hull.contains(to_source(block, Span(0, len(block.text))))
    assert repair(document) == document


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MESSY)
def test_laws_hold_for_messy_documents(source):
    check(source)


@settings(max_examples=150, deadline=None)
@given(CHARACTERS)
def test_laws_hold_for_any_characters(source):
    check(source)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(MARKED, SIGNS))
def test_laws_hold_for_markdown(source):
    check(source, "a.md")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_laws_hold_for_documents(path):
    raw = path.read_bytes()
    try:
        source = raw.decode("utf-8")
    except UnicodeDecodeError:
        source = raw.decode("cp1252")
    check(source)
    check(source, "a.md")
