"""The order of the stages, failing documents, laziness; stages that are stand-ins of a few lines."""

import json
from dataclasses import replace

import pytest

import pipeline.execute
from pipeline.conduct import conduct
from pipeline.config import Config
from pipeline.corpus import walk
from pipeline.errors import ModelError, OutputError, UsageError
from pipeline.job import plan
from pipeline.model import Block, Document, Edit, Flag, Kind, Lang, Segment, Span
from pipeline.run import Done, Failed, Stages, prove, run
from pipeline.write import atomic
from pipeline.write.manifest import Made


class Seen:
    """A watcher that remembers."""

    def __init__(self):
        self.documents, self.reports = 0, []

    def begin(self, documents):
        self.documents = documents

    def opened(self):
        pass

    def finished(self, report):
        self.reports.append(report)


def repair(document):
    if "broken" in document.source:
        raise RuntimeError("a bug")
    text = document.source.strip()
    if not text:
        return document
    start = document.source.index(text)
    return replace(document, blocks=(Block(Kind.PARAGRAPH, (Span(start, start + len(text)),), text, lang=Lang.FR),))


def translate(documents):
    for document in documents:
        if "untranslatable" in document.source:
            raise RuntimeError("another bug")
        flags = (Flag("translate.echo"),) if "écho" in document.source else ()
        blocks = (replace(b, segments=(Segment(Span(0, len(b.text)), b.text.upper(), flags=flags),)) for b in document.blocks)
        yield replace(document, blocks=tuple(blocks))


def stages(translator=translate):
    return Stages((("repair", repair),), translator, (("prove", prove),), Made("fake 1", "00", (("pharma.tsv", "11"),)))


@pytest.fixture
def source(tmp_path):
    texts = {"a.txt": "un écho", "b.txt": "broken", "c.txt": "trois", "d.txt": "untranslatable", "e.txt": "cinq", "f.txt": ""}
    (tmp_path / "in").mkdir()
    for name, text in texts.items():
        (tmp_path / "in" / name).write_text(text, "utf-8")
    return tmp_path / "in"


def outcomes(source, made):
    return list(run([e for e in walk(source) if not e.skip], Config(), made))


def test_a_failing_document_never_stops_the_others(source):
    found = outcomes(source, stages())
    assert [r.document.path for r in found if isinstance(r, Done)] == ["a.txt", "c.txt", "e.txt", "f.txt"]
    assert sorted((r.path, r.stage) for r in found if isinstance(r, Failed)) == [("b.txt", "repair"), ("d.txt", "translate")]
    failed = next(r for r in found if isinstance(r, Failed))
    assert "b.txt" in str(failed.error)
    assert failed.error.remedy
    assert "RuntimeError: a bug" in failed.trace


def test_a_batching_stage_that_fails_gives_the_other_documents_of_its_batch(source):
    def batching(documents):
        window = list(documents)
        if len(window) > 1 or "untranslatable" in window[0].source:
            raise RuntimeError("the whole window")
        yield from translate(window)

    found = outcomes(source, stages(batching))
    assert [r.document.path for r in found if isinstance(r, Done)] == ["a.txt", "c.txt", "e.txt", "f.txt"]


def test_a_fault_of_the_model_ends_the_run(source):
    def damaged(documents):
        raise ModelError("the model is damaged")
        yield from documents

    with pytest.raises(ModelError):
        outcomes(source, stages(damaged))


def test_documents_are_read_only_when_they_are_wanted(source):
    read = []

    def spy(document):
        read.append(document.path)
        return document

    lazy = run(walk(source), Config(), Stages((("spy", spy),), lambda documents: documents, (), Made("", "", ())))
    next(lazy)
    assert read == ["a.txt"]


def test_seconds_are_put_down_to_the_stages(source):
    done = [r for r in outcomes(source, stages()) if isinstance(r, Done)]
    assert set(done[0].seconds) == {"read", "repair", "translate", "prove"}
    assert all(s >= 0 for r in done for s in r.seconds.values())


def test_a_block_that_does_not_follow_from_its_source_is_flagged():
    good = Block(Kind.PARAGRAPH, (Span(0, 3),), "abd", (Edit(Span(2, 3), "c", "d", "demo"),))
    bad = Block(Kind.PARAGRAPH, (Span(4, 7),), "else")
    proved = prove(Document("a.txt", "abc def tail", blocks=(good, bad)))
    assert [[f.code for f in b.flags] for b in proved.blocks] == [[], ["record.untraceable"]]
    assert [d.code for d in proved.diagnostics] == ["record.unowned"]
    assert prove(proved) == proved


def test_the_whole_job_writes_text_record_and_manifest(source, tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline.execute, "open_stages", lambda config, memory=None: stages())
    (source / "scan.pdf").write_text("x")
    watch = Seen()
    result = conduct(source, tmp_path / "out", Config(), watch)
    assert (tmp_path / "out" / "a.txt").read_text() == "UN ÉCHO\n"
    assert (tmp_path / "out" / "f.txt").read_text() == ""
    names = sorted(p.name for p in (tmp_path / "out").iterdir() if p.is_file())
    assert names == ["a.json", "a.txt", "c.json", "c.txt", "e.json", "e.txt", "f.json", "f.txt", "manifest.json", "review.html"]
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert [d["path"] for d in manifest["documents"]] == ["a.txt", "c.txt", "e.txt", "f.txt"]
    assert [(f["path"], f["stage"]) for f in manifest["failed"]] == [("b.txt", "repair"), ("d.txt", "translate")]
    assert manifest["skipped"][0]["path"] == "scan.pdf"
    assert manifest["totals"]["flags_by_code"] == {"translate.echo": 1}
    assert manifest["documents"][0]["flags"][0]["line"] == 1
    assert manifest["model"] == {"name": "fake 1", "sha256": "00"}
    assert manifest["complete"]
    assert list(manifest)[-1] == "timings"
    assert (watch.documents, len(watch.reports), len(result.reports)) == (6, 6, 6)


def test_a_rerun_gives_the_same_bytes(source, tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline.execute, "open_stages", lambda config, memory=None: stages())

    def once(out):
        conduct(source, out, Config(), Seen())
        texts = {p.name: p.read_text() for p in out.iterdir() if p.is_file()}
        return texts | {"manifest.json": {k: v for k, v in json.loads(texts["manifest.json"]).items() if k != "timings"}}

    assert once(tmp_path / "one") == once(tmp_path / "two") == once(tmp_path / "one")


def test_without_out_nothing_is_written(source, tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline.execute, "open_stages", lambda config, memory=None: stages())
    before = sorted(tmp_path.rglob("*"))
    assert len(conduct(source, None, Config(), Seen()).reports) == 6
    assert sorted(tmp_path.rglob("*")) == before


def test_a_full_disk_ends_the_run_and_leaves_the_former_output(source, tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline.execute, "open_stages", lambda config, memory=None: stages())
    out = tmp_path / "out"
    conduct(source, out, Config(), Seen())
    before = {p: p.read_bytes() for p in out.iterdir() if p.is_file()}
    (source / "a.txt").write_text("autre", "utf-8")

    def full(files):
        raise OutputError("disk full", "free some space")

    monkeypatch.setattr(atomic, "write", full)
    with pytest.raises(OutputError):
        conduct(source, out, Config(), Seen())
    assert {p: p.read_bytes() for p in out.iterdir() if p.is_file()} == before


def test_an_interrupted_run_says_so_in_the_manifest(source, tmp_path, monkeypatch):
    def interrupted(documents):
        for number, document in enumerate(translate(documents)):
            if number:
                raise KeyboardInterrupt
            yield document

    monkeypatch.setattr(pipeline.execute, "open_stages", lambda config, memory=None: stages(interrupted))
    with pytest.raises(KeyboardInterrupt):
        conduct(source, tmp_path / "out", Config(), Seen())
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert (manifest["complete"], [d["path"] for d in manifest["documents"]]) == (False, ["a.txt"])
    assert (tmp_path / "out" / "a.txt").read_text() == "UN ÉCHO\n"
    assert not list((tmp_path / "out").glob(".normalize[-.]*"))


@pytest.mark.parametrize(
    ("src", "out", "says"),
    [
        ("in", "in", "same folder"),
        ("in", "in/out", "inside SRC"),
        ("in", ".", "inside OUT"),
        ("in/a.txt", "in", "inside OUT"),
        ("in", "in/a.txt", "is a file"),
        ("none", "out", "no such file"),
        ("empty", "out", "holds no document"),
        ("scan.pdf", "out", "not a text file"),
    ],
)
def test_places_that_cannot_be(source, tmp_path, src, out, says):
    (tmp_path / "empty").mkdir()
    (tmp_path / "scan.pdf").write_text("x")
    with pytest.raises(UsageError, match=says) as caught:
        plan(tmp_path / src, tmp_path / out, Config())
    assert caught.value.remedy
