"""Values that are kept letter by letter: identifiers and names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from pipeline.model import Value


@dataclass(frozen=True, slots=True)
class Verbatim(Value):
    """Something with digits or signs that is not a number: its `scheme` says what.

    Schemes: phone, email, url, handle, postcode, address, standard, law, lot, version, doi, trial, code, reference,
    dimensions, measure.
    `english` is how it is written in English where that differs (`article L. 5124-1` → `Article L. 5124-1`), else "".
    """

    kind: ClassVar[str] = "verbatim"
    text: str
    scheme: str
    english: str = ""


@dataclass(frozen=True, slots=True)
class Name(Value):
    """A proper name (person, company, place, product) that stays as it is in English."""

    kind: ClassVar[str] = "name"
    text: str
