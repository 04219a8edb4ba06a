"""The command on a terminal: the line that tells how far it is, and Ctrl-C while the model is at work."""

import contextlib
import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
TEXT = """La société ouvre la ligne {0} pour {0},5 M€.

Le site compte {0} salariés depuis le 1er décembre 2025, et il poursuit les essais de la ligne {0} avec son partenaire.

Le directeur du site a signé le rapport {0} : « Nous produisons les lots de cette année dans la nouvelle usine. »
"""
DOCUMENTS = range(10, 40)
WAIT = 120  # seconds, at most, for anything


class Terminal:
    """The command on a terminal of its own; `text` is all that it has shown."""

    def __init__(self, *args, columns=80):
        self.text = ""
        code = "from pipeline.cli.main import main; main()"
        self.child, self.handle = pty.fork()
        if self.child == 0:
            os.chdir(ROOT)
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # it may be ignored where the tests run in the background
            kept = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES", "NO_COLOR")}  # readline sets the first two
            os.execve(sys.executable, [sys.executable, "-c", code, *map(str, args)], {**kept, "TERM": "xterm-256color"})

    def until(self, pattern):
        """Read until `pattern` is shown."""
        end = time.monotonic() + WAIT
        while not re.search(pattern, self.text):
            assert time.monotonic() < end, self.text[-2000:]
            assert self._read(), self.text[-2000:]

    def press(self, key):
        """As a person does."""
        os.write(self.handle, key)

    def end(self):
        """The exit code, once all that was shown is read."""
        end = time.monotonic() + WAIT
        while self._read():
            assert time.monotonic() < end, self.text[-2000:]
        os.close(self.handle)
        return os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])

    def _read(self):
        if not select.select([self.handle], [], [], 1)[0]:
            return True
        with contextlib.suppress(OSError):  # how a terminal says that the other side is gone
            if data := os.read(self.handle, 65536):
                self.text += data.decode("utf-8", "replace")
                return True
        return False


def shown(text):
    """What stands on the terminal in the end: sequences that erase a line take it away."""
    lines = [""]
    for piece in re.split(r"(\x1b\[[?\d;]*[A-Za-z]|\r\n|\r|\n)", text):
        if piece == "\x1b[2K":
            lines[-1] = ""
        elif piece == "\x1b[1A":
            lines.pop()
        elif piece in ("\n", "\r\n"):
            lines.append("")
        elif not piece.startswith(("\x1b", "\r")):
            lines[-1] += piece
    return [line.rstrip() for line in lines if line.strip()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("terminal")
    (folder / "in").mkdir()
    for number in DOCUMENTS:
        (folder / "in" / f"{number}.txt").write_text(TEXT.format(number), "utf-8")
    (folder / "small.toml").write_text("window_words = 400\n", "utf-8")  # documents come out a few at a time
    return folder


@pytest.fixture(scope="module")
def stopped(folder):
    """A run that got Ctrl-C when a few documents were done and the model had others at hand."""
    run = Terminal(folder / "in", folder / "out", "--config", folder / "small.toml")
    run.until(r"\b\d+/30 documents · \d+ words/s")
    begin = time.monotonic()
    run.press(b"\x03")
    code = run.end()
    return code, run.text, time.monotonic() - begin


def contents(out):
    files = {p.name: p.read_bytes() for p in out.iterdir() if p.is_file() and p.name != ".normalize.lock"}
    manifest = json.loads(files.pop("manifest.json"))
    del manifest["timings"]
    return {**files, "manifest": manifest}


def test_ctrl_c_is_answered_at_once_with_one_message_and_its_code(stopped):
    code, text, seconds = stopped
    assert code == 130
    assert shown(text) == [
        "normalize: interrupted; what was finished stays in OUT",
        "  → run the same command again for the rest",
    ]
    assert seconds < 20  # on a machine with much else to do


def test_after_ctrl_c_every_file_is_whole(stopped, folder):
    names = {p.name for p in (folder / "out").iterdir() if p.is_file()}
    texts = {name for name in names if name.endswith(".txt")}
    assert 0 < len(texts) < len(DOCUMENTS)
    assert names - {".normalize.lock"} == texts | {name.replace(".txt", ".json") for name in texts} | {"manifest.json"}
    manifest = json.loads((folder / "out" / "manifest.json").read_text("utf-8"))
    assert manifest["complete"] is False
    assert {document["text"] for document in manifest["documents"]} == texts


def test_the_same_command_goes_on_and_gives_what_an_undisturbed_run_gives(stopped, folder):
    finished = len(list((folder / "out").glob("*.txt")))
    again = Terminal(folder / "in", folder / "out", "--config", folder / "small.toml", columns=36)
    assert again.end() == 0
    text = re.sub(r"\x1b\[[?\d;]*[A-Za-z]", "", "\n".join(shown(again.text)))
    assert re.search(rf"documents +30, {finished} unchanged", text)
    drawn = re.sub(r"\x1b\[[?\d;]*[A-Za-z]", "", again.text).split("\r")
    assert any(f"{finished}/30 · " in line for line in drawn)
    assert max(len(line) for line in drawn if "/30" in line) < 36
    whole = Terminal(folder / "in", folder / "whole", "--config", folder / "small.toml")
    assert whole.end() == 0
    assert contents(folder / "out") == contents(folder / "whole")
