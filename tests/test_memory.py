"""The translation memory on the disk, and the file that holds it."""

import sqlite3

import pytest

import pipeline.write.state
from pipeline.errors import OutputError
from pipeline.model import Flag, Span
from pipeline.translate.candidate import Candidate
from pipeline.translate.memory_sqlite import Lasting, trim
from pipeline.write.names import Names
from pipeline.write.report import Flagged, Report
from pipeline.write.state import Past, State

KEY = ("fr_en-1", 2, (("Le lot ", 0, "."), True, (("batch", (), "term"),)))
CANDIDATE = Candidate("The batch 12.", (Span(10, 12), None), (Flag("value.missing", "«é»"),), "slot", ("slot", "lost"), -0.25)


@pytest.fixture
def path(tmp_path):
    state = State(tmp_path)
    state.close()
    Lasting(state.path, "").close()
    return state.path


def test_what_is_put_is_got_again_by_another_process_s_connection(path):
    writer, reader = Lasting(path, "scope"), Lasting(path, "scope")
    assert reader.get(KEY) is None
    writer.put(KEY, CANDIDATE)
    assert reader.get(KEY) == CANDIDATE


@pytest.mark.parametrize("other", [("scope 2", KEY), ("scope", (KEY[0], 4, KEY[2])), ("scope", (*KEY[:2], (("La ", 0), True, ())))])
def test_another_model_setting_or_segment_is_not_found(path, other):
    Lasting(path, "scope").put(KEY, CANDIDATE)
    scope, key = other
    assert Lasting(path, scope).get(key) is None


def test_a_row_that_was_altered_is_no_row(path):
    memory = Lasting(path, "scope")
    memory.put(KEY, CANDIDATE)
    with sqlite3.connect(path) as store:
        store.execute("UPDATE sentences SET candidate = replace(candidate, '12', '13')")
    assert memory.get(KEY) is None
    memory.put(KEY, CANDIDATE)
    assert memory.get(KEY) == CANDIDATE


def test_a_memory_that_breaks_while_it_is_used_answers_nothing(path):
    memory = Lasting(path, "scope")
    with sqlite3.connect(path) as store:
        store.execute("DROP TABLE sentences")
    memory.put(KEY, CANDIDATE)
    assert memory.get(KEY) is None


REPORT = Report(
    "a.md", Names("a.md.txt", "a.md.json", True), "00", "utf-8", {"blocks": 1}, (Flagged("x.y", "d", 3, "…", 2),), (("c", "d"),)
)


def test_a_document_is_remembered_with_all_that_the_manifest_needs(tmp_path):
    state = State(tmp_path)
    state.keep("a.md", Past("f", "g", REPORT))
    state.close()
    assert State(tmp_path).documents() == {"a.md": Past("f", "g", REPORT)}


def test_a_document_s_row_that_was_altered_is_no_row(tmp_path):
    state = State(tmp_path)
    state.keep("a.md", Past("f", "g", REPORT))
    with sqlite3.connect(state.path) as store:
        store.execute("UPDATE documents SET fingerprint = 'h'")
    assert state.documents() == {}


def break_header(path):
    path.write_bytes(b"not a database" * 400)


def break_pages(path):
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    path.write_bytes(bytes(data))


def make_newer(path):
    with sqlite3.connect(path) as store:
        store.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize("damage", [break_header, break_pages, make_newer])
def test_a_damaged_file_is_set_aside_and_made_anew(path, tmp_path, damage):
    damage(path)
    state = State(tmp_path)
    assert [p.name for p in path.parent.glob("*.broken-*")] == ["memory.sqlite.broken-1"]
    assert "set aside as memory.sqlite.broken-1" in state.notices[0]
    assert state.documents() == {}
    state.close()
    damage(path)
    State(tmp_path)
    assert (path.parent / "memory.sqlite.broken-2").exists()


def test_a_sound_file_is_left_where_it_is(path, tmp_path):
    assert State(tmp_path).notices == []
    assert [p.name for p in path.parent.iterdir() if "broken" in p.name] == []


def test_trimming_leaves_what_this_scope_may_ask_for(path):
    now, former = Lasting(path, "now"), Lasting(path, "former")
    for memory in (now, former):
        memory.put(KEY, CANDIDATE)
    former.put((*KEY, 2), CANDIDATE)
    with sqlite3.connect(path) as store:
        store.execute("CREATE TABLE translations (key BLOB)")  # of an earlier version
    assert trim(path, "now") == 2
    assert now.get(KEY) == CANDIDATE
    assert former.get(KEY) is None
    with sqlite3.connect(path) as store:
        assert not store.execute("SELECT name FROM sqlite_master WHERE name = 'translations'").fetchall()


def test_a_memory_that_another_program_holds_is_left_in_its_place(path, monkeypatch):
    real = sqlite3.connect
    holder = real(path, isolation_level=None)
    holder.execute("PRAGMA journal_mode = DELETE")
    holder.execute("BEGIN EXCLUSIVE")
    monkeypatch.setattr(pipeline.write.state.sqlite3, "connect", lambda path, **options: real(path, **{**options, "timeout": 0.1}))
    with pytest.raises(OutputError, match="another program"):
        State(path.parent.parent)
    holder.close()
    assert [p.name for p in path.parent.iterdir() if "broken" in p.name] == []
