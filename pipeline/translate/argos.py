"""Argos Translate packages, run by CTranslate2, which is imported on first use and here alone.

A sentence's translation does not depend on its neighbours: padding changes the last bits of attention sums, and with them
about one translation in a hundred. So sentences are batched by their length rounded up to `BUCKET` tokens, and every batch
holds a sentence of exactly that length (a filler if need be): the shapes a sentence meets are its own.
"""

from __future__ import annotations

import importlib
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.config import Config
from pipeline.errors import ModelError
from pipeline.translate.engine import Followed, Hypothesis
from pipeline.translate.package_folder import metadata, open_package
from pipeline.translate.packages import locate

BUCKET = 16  # 16 is 15 % faster than 8 and as fast as batches by length alone
END = "</s>"  # a sentence of nothing but ends is over at once: a cheap filler
LONG = 80  # tokens that a model takes in its stride where its package says nothing
LONGEST = 1000  # tokens; CTranslate2 cuts longer input without a word, so a longer one is refused


@dataclass(frozen=True, slots=True)
class _Job:
    place: int
    pieces: list[str]
    prefix: list[str]


class Argos:
    """An Argos package as an `Engine`. Not to be shared between processes; safe to call again and again."""

    def __init__(self, package: Any, *, threads: int = 0, batch_tokens: int = 1024) -> None:
        self._package = package
        self._tokens = batch_tokens
        self._metadata = metadata(Path(package.package_path))
        self._translator = _translator(Path(package.package_path), threads)
        self._shortlist = (Path(package.package_path) / "model" / "vmap.txt").exists()

    @property
    def name(self) -> str:
        """For example `fr_en-1.0`."""
        return f"{self._package.from_code}_{self._package.to_code}-{self._package.package_version}"

    @property
    def folder(self) -> Path:
        """Where the package lies."""
        return Path(self._package.package_path)

    @property
    def markers(self) -> tuple[str, str] | None:
        """`copy_markers` of the package's metadata; None for a stock package."""
        marks = self._metadata.get("copy_markers")
        return (str(marks[0]), str(marks[1])) if isinstance(marks, list) and len(marks) == 2 else None

    @property
    def slots(self) -> tuple[str, ...]:
        """`slots` of the package's metadata."""
        return tuple(str(s) for s in self._metadata.get("slots", ()))

    @property
    def opening(self) -> str:
        """`opening` of the package's metadata, where it names a form that the model knows; else slots before marks."""
        known = [form for form, has in (("slot", self.slots), ("marked", self.markers), ("plain", True)) if has]
        wanted = self._metadata.get("opening")
        return str(wanted) if wanted in known else known[0]

    @property
    def longest(self) -> int:
        """`longest` of the package's metadata, else 80."""
        wanted = self._metadata.get("longest")
        return wanted if isinstance(wanted, int) and wanted > 0 else LONG

    def length(self, text: str) -> int:
        """Subword tokens of `text`."""
        return len(self._encode(text))

    def translate(
        self,
        sentences: Sequence[str],
        *,
        beam: int = 2,
        alternatives: int = 1,
        prefixes: Sequence[str] | None = None,
        attention: bool = False,
        penalty: float = 1.0,
    ) -> list[list[Hypothesis]]:
        """As the protocol says. Raises ModelError where a sentence has more than `LONGEST` tokens."""
        jobs = []
        for place, sentence in enumerate(sentences):
            pieces = self._encode(sentence)
            if len(pieces) > LONGEST:
                raise ModelError(f"a sentence of {len(pieces)} subword tokens", f"cut it: the model takes {LONGEST} at most")
            jobs.append(_Job(place, pieces, self._encode(prefixes[place]) if prefixes else []))
        out: list[list[Hypothesis]] = [[] for _ in jobs]
        running = []
        for bucket, batch in self._batches(jobs):
            results = self._start(bucket, batch, max(beam, alternatives), alternatives, attention, penalty)
            running.append((bucket, batch, results))
        for bucket, batch, results in running:
            for job, result in zip(batch, results, strict=False):  # the filler, if any, is last and has no job
                out[job.place] = self._hypotheses(sentences[job.place], job, result.result(), _limit(bucket))
        return out

    def _batches(self, jobs: Sequence[_Job]) -> Iterator[tuple[int, list[_Job]]]:
        """Jobs of one bucket together, longest first."""
        groups: dict[int, list[_Job]] = defaultdict(list)
        for job in jobs:
            if job.pieces:
                groups[-(-len(job.pieces) // BUCKET) * BUCKET].append(job)
        for bucket, members in sorted(groups.items(), reverse=True):
            size = max(1, self._tokens // bucket)
            for i in range(0, len(members), size):
                yield bucket, members[i : i + size]

    def _start(self, bucket: int, batch: list[_Job], beam: int, alternatives: int, attention: bool, penalty: float) -> list[Any]:
        sources = [job.pieces for job in batch]
        prefixes = [job.prefix or None for job in batch]
        if max(map(len, sources)) < bucket:
            sources = [*sources, [END] * bucket]
            prefixes = [*prefixes, batch[0].prefix or None]
        running: list[Any] = self._translator.translate_batch(
            sources,
            target_prefix=prefixes if any(prefixes) else None,
            asynchronous=True,
            beam_size=beam,
            num_hypotheses=alternatives,
            max_decoding_length=_limit(bucket),
            max_input_length=0,
            return_scores=True,
            return_attention=attention,
            repetition_penalty=penalty,
            use_vmap=self._shortlist,
        )
        return running

    def _hypotheses(self, sentence: str, job: _Job, result: Any, limit: int) -> list[Hypothesis]:
        out = []
        attention = result.attention
        for i, pieces in enumerate(result.hypotheses):
            text, is_whole = self._decode(pieces), len(pieces) < limit
            follow = partial(_follow, sentence, job.pieces, pieces, attention[i]) if attention else None
            out.append(Hypothesis(text, result.scores[i], is_whole, follow=follow))
        return out

    def _encode(self, text: str) -> list[str]:
        pieces: list[str] = self._package.tokenizer.encode(text) if text else []
        return pieces

    def _decode(self, pieces: list[str]) -> str:
        tokenizer = self._package.tokenizer
        if hasattr(tokenizer, "lazy_processor"):  # argostranslate's own decode turns every underscore into a space
            return str(tokenizer.lazy_processor().decode_pieces(pieces)).strip()
        return str(tokenizer.decode(pieces)).strip()


def _limit(bucket: int) -> int:
    """How many tokens the English may have: of human translations 1 in 500 has more than the French and 12; a loop has."""
    return bucket + bucket // 4 + 24


def _follow(sentence: str, source: Sequence[str], target: Sequence[str], attention: Sequence[Sequence[float]]) -> Followed:
    """For every target piece: where it begins in the target text, the place of the source it looked at most, how much."""
    places, words, at = list[int](), list[int](), 0
    for piece in source:  # a piece's place, by its letters; byte pieces and normalised ones count as one character
        bare = piece.replace("\N{LOWER ONE EIGHTH BLOCK}", "")
        found = sentence.find(bare, at, at + len(bare) + 12) if bare else -1
        is_new = found != at or not bare[:1].isalpha() or not sentence[at - 1 : at].isalpha()
        words.append(len(places) if is_new or not words else words[-1])
        at = found if found >= 0 else at
        places.append(min(at, max(0, len(sentence) - 1)))
        at += len(bare) if found >= 0 else 0
    starts, focus, weights, length = list[int](), list[int](), list[float](), 0
    for step, (piece, row) in enumerate(zip(target, attention, strict=False)):
        starts.append(max(0, length - 1))  # the text has no leading space
        seen = range(min(len(row), len(places))) if step else ()  # CTranslate2's first row is that of another beam
        best = max(seen, key=row.__getitem__, default=-1)
        focus.append(places[best] if best >= 0 else 0)
        weights.append(sum([row[i] for i in seen if words[i] == words[best]]) if best >= 0 else 0.0)
        length += 1 if piece.startswith("<0x") else len(piece)
    return tuple(starts), tuple(focus), tuple(weights)


def open_model(config: Config) -> Argos:
    """The model that `config.model` names: "" the newest shipped package, a package folder, or an installed one's code.

    Codes are `fr_en` or `translate-fr_en`. Raises ModelError where it is missing, damaged, or not French to English.
    """
    folder = locate(config.model)
    threads = max(1, (os.cpu_count() or 1) // max(1, config.workers))
    return Argos(open_package(folder), threads=threads, batch_tokens=config.batch_tokens)


def _translator(folder: Path, threads: int) -> Any:
    ctranslate2 = importlib.import_module("ctranslate2")
    inter = max(1, threads)
    try:
        return ctranslate2.Translator(
            str(folder / "model"), device="cpu", compute_type="int8", inter_threads=inter, intra_threads=1, max_queued_batches=-1
        )
    except (RuntimeError, ValueError) as error:
        raise ModelError(
            f"{folder}: the model cannot be opened ({error})", "the file is damaged: install the package again"
        ) from error
