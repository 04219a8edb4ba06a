"""A small OUT for tests of what reads one: every stage is real but the model, which is the fake."""

import pytest

import pipeline.translate
from pipeline.conduct import conduct
from pipeline.config import Config
from tests.translation_fake import Fake

FRENCH = """Orvane Bioprocédés agrandit son usine

Orvane Bioprocédés a investi 12,5 M€ dans son site de 7 600 m² de Louviers, consacré aux médica-
ments de thérapie innovante (MTI). Le site ouvre le 1er décembre 2025, avec 85 salariés.

Page 1 sur 2

Le communiqué de presse date du T3 2024 : un lot sur 3 coûte de 8 à 11 millions d'euros & <plus>.
"""
ENGLISH = """Orvane Bioprocess extends its plant

The plant in Louviers cost £4,200,000. It opened on December 1, 2025 and covers “7,600 m²”.
"""


class Nobody:
    """Looks on and says nothing."""

    def begin(self, documents):
        pass

    def opened(self):
        pass

    def finished(self, report):
        assert not report.error, report


def make(folder):
    """`folder/out`, from `fr.txt` (cp1252, CRLF) and `sub/en.md`."""
    (folder / "in" / "sub").mkdir(parents=True)
    (folder / "in" / "fr.txt").write_bytes(FRENCH.replace("\n", "\r\n").encode("cp1252"))
    (folder / "in" / "sub" / "en.md").write_text(ENGLISH, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline.translate, "open_model", lambda config: Fake())
        conduct(folder / "in", folder / "out", Config(), Nobody())
    return folder / "out"
