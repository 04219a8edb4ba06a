"""A deterministic engine without a model: it looks words up, copies what is marked, and can be told to fail."""

import re

from pipeline.translate import Hypothesis

WORDS = {
    "l'usine": "the plant", "usine": "plant", "produit": "produces", "la": "the", "le": "the", "les": "the", "lots": "batches",
    "cellules": "cells", "communiqué": "press", "de": "of", "presse": "release", "en": "in", "site": "site", "ouvre": "opens",
    "et": "and", "a": "has", "livré": "delivered", "il": "he", "signe": "signs", "demande": "application", "dépose": "files",
    "une": "an", "à": "in", "nouvelle": "new", "ligne": "line", "pour": "for", "des": "some", "poursuit": "continues",
    "essais": "trials", "avec": "with", "son": "its", "partenaire": "partner", "d'activité": "activity", "rapport": "report",
}  # fmt: skip


class Fake:
    """`deaf` says how often each distinct stretch is lost before it is copied; `names` what the model does to a sentence."""

    name = "fake-1"
    longest = 80

    def __init__(self, markers=("⟪", "⟫"), slots=("⟦0⟧", "⟦1⟧"), loses=(), answers=None):
        self.markers, self.slots, self.loses, self.answers = markers, slots, set(loses), answers or {}
        self.opening = "slot" if slots else "marked" if markers else "plain"
        self.calls = []
        self.penalties, self.prefixes = [], []

    def length(self, text):
        return len(text.split())

    def translate(self, sentences, *, beam=2, alternatives=1, prefixes=None, attention=False, penalty=1.0):
        self.calls.append(list(sentences))
        self.penalties.append(penalty)
        self.prefixes += prefixes or []
        return [[Hypothesis(self._one(s, p), -0.1)] for s, p in zip(sentences, prefixes or [""] * len(sentences), strict=True)]

    def _one(self, sentence, prefix):
        if sentence in self.answers:
            english = self.answers[sentence]
        else:
            pieces = re.split(r"(⟪[^⟫]*⟫|⟦\d⟧)", sentence)
            english = "".join(self._copied(p) if p[:1] in "⟪⟦" and p else self._words(p) for p in pieces)
            english = " ".join(english.split())
            english = english[:1].upper() + english[1:]
        if not prefix:
            return english
        rest = english.split()[len(prefix.split()) :]
        return " ".join([prefix, *rest])

    def _copied(self, piece):
        inner = piece.strip("⟪⟫")
        return "" if inner in self.loses else inner

    def _words(self, text):
        return re.sub(r"[\w']+", lambda m: "" if m[0] in self.loses else WORDS.get(m[0].lower(), m[0]), text)
