"""What a second run does again, and what it leaves: real stages around a model of a few words that counts its sentences."""

import json
import os
from dataclasses import replace

import pytest

import pipeline.execute
import pipeline.rebuild
from pipeline.annotate import annotator
from pipeline.cli.log import logged
from pipeline.cli.progress import Progress
from pipeline.conduct import conduct
from pipeline.config import Config
from pipeline.detect import detect
from pipeline.errors import OutputError
from pipeline.glossary import Matcher, load
from pipeline.normalize import normalizer
from pipeline.repair import repair
from pipeline.run import Stages
from pipeline.translate import translator
from pipeline.write.atomic import locked
from pipeline.write.manifest import Made
from tests.translation_fake import Fake

TEXTS = {
    "a.txt": "La société ouvre une nouvelle ligne de lots cliniques dans son usine. Le rapport poursuit les essais.\n",
    "b.txt": "Le communiqué de presse de la société signe une demande pour la nouvelle ligne.\n",
    "sub/c.txt": "Le partenaire de la société produit les cellules avec son usine de Louviers.\n",
}
GLOSSARY = "french\tenglish\nlot clinique\tclinical batch\nligne\tline\n"


class Seen:
    """A watcher that remembers."""

    def begin(self, documents):
        self.reports = []

    def opened(self):
        pass

    def finished(self, report):
        self.reports.append(report)


@pytest.fixture
def job(tmp_path, monkeypatch):
    return Job(tmp_path, monkeypatch)


class Job:
    """A small SRC, a glossary of the user's, a counting model; `run` gives what was done and the sentences that the model got."""

    def __init__(self, folder, monkeypatch):
        real = pipeline.rebuild.basis
        fake = lambda config, state: replace(real(config, state), made=self.made(config))  # noqa: E731
        self.src, self.out, self.glossary = folder / "in", folder / "out", folder / "mine.tsv"
        for name, text in TEXTS.items():
            (self.src / name).parent.mkdir(parents=True, exist_ok=True)
            (self.src / name).write_text(text, "utf-8")
        self.glossary.write_text(GLOSSARY, "utf-8")
        self.config = Config(glossary=(self.glossary,), shipped_glossary=False)
        self.engine = None
        monkeypatch.setattr(pipeline.execute, "open_stages", self.stages)
        monkeypatch.setattr(pipeline.rebuild, "basis", fake)

    def made(self, config):
        return Made("fake", "00", pipeline.rebuild.tables(config))

    def stages(self, config, memory=None):
        self.engine = Fake()
        matcher = Matcher(load(config.glossary, config.shipped_glossary))
        return Stages(
            (("repair", repair), ("detect", detect), ("annotate", annotator(matcher))),
            translator(self.engine, config, memory),
            (("normalize", normalizer(config)),),
            self.made(config),
        )

    def run(self, prune=False, out=None, **changes):
        self.engine, watch = None, Seen()
        result = conduct(self.src, out or self.out, replace(self.config, **changes), watch, prune)
        self.result = result
        done = [r.path for r in result.reports if not r.kept]
        return done, [s for call in self.engine.calls for s in call] if self.engine else []

    def edit(self, old, new):
        text = self.glossary.read_text("utf-8")
        assert old in text
        self.glossary.write_text(text.replace(old, new), "utf-8")

    def contents(self, out=None):
        files = {p.name: p.read_bytes() for p in (out or self.out).rglob("*") if p.is_file() and ".sqlite" not in p.name}
        files.pop(".normalize.lock", None)
        manifest = json.loads(files["manifest.json"])
        del manifest["timings"]
        return files | {"manifest.json": manifest, "review.html": b""}


def test_an_unchanged_rerun_does_nothing_and_leaves_every_file_as_it_is(job):
    assert job.run()[0] == list(TEXTS)
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in job.out.rglob("*") if p.is_file() and ".sqlite" not in p.name}
    assert job.run() == ([], [])
    assert job.engine is None  # the model was not even opened
    after = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in job.out.rglob("*") if p.is_file() and ".sqlite" not in p.name}
    assert after == before


def test_a_changed_document_alone_is_done_again_and_only_its_new_sentence_is_translated(job):
    job.run()
    (job.src / "a.txt").write_text(TEXTS["a.txt"] + "\nLe site de la société ouvre avec son partenaire.\n", "utf-8")
    done, sentences = job.run()
    assert done == ["a.txt"]
    assert len(sentences) >= 1
    assert all("site" in s for s in sentences)


def test_a_touched_document_with_the_same_bytes_stands(job):
    job.run()
    os.utime(job.src / "a.txt", (1, 1))
    assert job.run() == ([], [])


def test_an_edited_glossary_entry_costs_the_sentences_that_hold_it(job):
    job.run()
    job.edit("clinical batch", "clinical lot")
    done, sentences = job.run()
    assert done == ["a.txt"]
    assert sentences
    assert all("clinical lot" in s or "⟦" in s or "⟪" in s for s in sentences)
    assert not any("rapport" in s for s in sentences)
    assert "clinical lot" in (job.out / "a.txt").read_text("utf-8")


def test_a_new_entry_costs_the_sentences_that_it_matches(job):
    job.run()
    job.glossary.write_text(job.glossary.read_text("utf-8") + "partenaire\tally\n", "utf-8")
    done, sentences = job.run()
    assert done == ["sub/c.txt"]
    assert sentences


def test_an_entry_that_no_document_holds_costs_nothing(job):
    job.run()
    job.glossary.write_text(job.glossary.read_text("utf-8") + "cuve inox\tstainless steel tank\n", "utf-8")
    assert job.run() == ([], [])
    assert job.run() == ([], [])


def test_entries_that_move_to_another_line_are_renamed_without_a_translation(job):
    job.run()
    job.edit("lot clinique", "cuve inox\tstainless steel tank\nlot clinique")
    done, sentences = job.run()
    assert done == ["a.txt", "b.txt"]
    assert sentences == []


@pytest.mark.parametrize("damage", ["text", "record", "missing"])
def test_output_that_was_altered_is_made_again_from_memory(job, damage):
    job.run()
    before = job.contents()
    path = job.out / ("b.json" if damage == "record" else "b.txt")
    path.unlink() if damage == "missing" else path.write_text(path.read_text("utf-8") + " ", "utf-8")
    assert job.run() == (["b.txt"], [])
    assert job.contents() == before


def test_a_setting_that_decides_does_all_again_and_one_that_does_not_nothing(job):
    job.run()
    assert job.run(window_words=10) == ([], [])
    assert job.run(dates="iso") == (list(TEXTS), [])


def test_other_code_or_another_model_forgets_the_translations(job, monkeypatch):
    _, sentences = job.run()
    monkeypatch.setattr(pipeline.rebuild, "code_version", lambda: "other")
    assert job.run() == (list(TEXTS), sentences)


def test_a_failed_document_is_tried_again(job):
    (job.src / "d.txt").write_bytes(b"\0\0\0\0")
    job.run()
    assert job.run()[0] == ["d.txt"]


def test_the_result_is_that_of_a_first_run_whatever_happened_before(job, tmp_path):
    job.run()
    job.edit("\tline", "\tproduction line")
    (job.src / "b.txt").write_text(TEXTS["b.txt"].replace("demande", "ligne"), "utf-8")
    job.run()
    job.run(out=tmp_path / "fresh")
    assert job.contents() == job.contents(tmp_path / "fresh")


def test_a_damaged_memory_or_manifest_is_set_aside_with_a_message(job):
    job.run()
    before = job.contents()
    (job.out / ".normalize" / "memory.sqlite").write_bytes(b"damaged" * 1000)
    (job.out / "manifest.json").write_text('{"schema": 1, "docu', "utf-8")
    assert job.run()[0] == list(TEXTS)
    assert [n.partition(" set aside as ")[2].split()[0].rstrip(",;") for n in job.result.notices] == [
        "memory.sqlite.broken-1",
        "manifest.json.broken-1",
    ]
    (job.out / "manifest.json.broken-1").unlink()
    (job.out / ".normalize" / "memory.sqlite.broken-1").unlink()
    assert job.contents() == before


def test_what_is_left_of_a_document_that_is_gone_is_reported_and_removed_when_asked(job):
    job.run()
    (job.src / "sub" / "c.txt").unlink()
    assert job.run()[0] == []
    assert [p.name for p in job.result.left] == ["c.txt", "c.json"]
    assert (job.out / "sub" / "c.txt").exists()
    job.run(prune=True)
    assert not (job.out / "sub").exists()
    job.run()
    assert job.result.left == ()


def test_a_file_that_somebody_altered_is_not_removed(job):
    job.run()
    (job.src / "b.txt").unlink()
    (job.out / "b.txt").write_text("mine", "utf-8")
    job.run(prune=True)
    assert (job.out / "b.txt").read_text("utf-8") == "mine"
    assert not (job.out / "b.json").exists()


def test_a_second_run_on_the_same_out_is_refused(job):
    with locked(job.out), pytest.raises(OutputError, match=f"in use by another run .process {os.getpid()}"):
        job.run()


def test_the_log_holds_files_and_codes_and_no_text(job, tmp_path):
    with logged(tmp_path / "log", Progress(quiet=True, verbose=0)) as watch:
        conduct(job.src, job.out, job.config, watch)
        conduct(job.src, job.out, job.config, watch)
    lines = [json.loads(line) for line in (tmp_path / "log").read_text("utf-8").splitlines()]
    assert [(e["event"], e["file"]) for e in lines if e["event"] in ("done", "unchanged")] == [
        (event, name) for event in ("done", "unchanged") for name in TEXTS
    ]
    assert all({"file", "stage", "block", "code"} <= set(e) for e in lines if e["event"] == "flag")
    assert "société" not in (tmp_path / "log").read_text("utf-8")
