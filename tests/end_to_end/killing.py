"""Kill runs at random points, finish them, and compare OUT with that of an undisturbed run. Its own process, for it forks.

    python -m tests.end_to_end.killing FOLDER POINTS

Prints the points at which OUT came out otherwise; then how many documents the killed runs had finished and the finishing ones kept.
"""

import json
import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path

import pipeline.execute
from pipeline.config import Config
from pipeline.execute import conduct
from pipeline.rebuild import code_version
from pipeline.run import Stages, open_stages
from pipeline.translate import translator
from pipeline.translate.packages import locate
from pipeline.write.manifest import Made
from tests.translation_fake import Fake

DOCUMENTS = 5
TEXT = """L'usine ouvre une nouvelle ligne

La société {0} ouvre une nouvelle ligne de lots cliniques pour {0},5 M€. Le rapport de presse de {0} pages poursuit les essais.

Le partenaire dépose une demande en 20{0}.
"""


class Slow(Fake):
    """A model that takes its time, so that a run can be killed in the midst of it."""

    def translate(self, sentences, **options):
        time.sleep(0.01)
        return super().translate(sentences, **options)


class Watch:
    """Nobody."""

    def begin(self, documents):
        """Nothing."""

    def finished(self, report):
        """Nothing."""


def fake_stages():
    real = open_stages(Config())  # glossary, tables and code are loaded once, before any fork, so that kills hit the work
    code_version()
    locate("")

    def opened(config, memory=None):
        return Stages(real.before, translator(Slow(), config, memory), real.after, Made("fake", "00", ()))

    return opened


def forked(source, out, seconds=None):
    """A run in a child, killed after `seconds`; whether it ended by itself."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            result = conduct(source, out, Config(window_words=1), Watch())
            (out.parent / "kept").write_text(str(sum(r.kept for r in result.reports)))
            code = 0
        finally:
            os._exit(code)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0


def contents(out):
    files = {
        p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file() and "sqlite" not in p.name
    }
    manifest = json.loads(files["manifest.json"])
    del (
        manifest["timings"],
        manifest["model"],
        manifest["glossaries"],
    )  # the fake's where it worked, the real one's where it did not
    files.pop("review.html")  # shows the model's name
    return files | {"manifest.json": manifest}


def main(folder, points):
    pipeline.execute.open_stages = fake_stages()
    source = folder / "in"
    source.mkdir()
    for number in range(DOCUMENTS):
        (source / f"{number}.txt").write_text(TEXT.format(10 + number), "utf-8")
    conduct(
        source, folder / "warm", Config(window_words=1), Watch()
    )  # tables are loaded before the forks, so that kills hit the work
    whole = 60.0
    for _ in range(3):  # the quickest: later runs would else be over before they are killed
        shutil.rmtree(folder / "undisturbed", ignore_errors=True)
        begin = time.perf_counter()
        assert forked(source, folder / "undisturbed")
        whole = min(whole, time.perf_counter() - begin)
    expected = contents(folder / "undisturbed")
    dice, tries, killed, finished, kept, bad = random.Random(7), 0, 0, 0, 0, []
    while killed < points and tries < 3 * points:
        tries += 1
        out = folder / "out"
        shutil.rmtree(out, ignore_errors=True)
        if forked(source, out, whole * dice.random()):
            continue  # it had ended by itself
        killed += 1
        finished += len(list(out.glob("*.txt")))
        complete = forked(source, out)
        kept += int((folder / "kept").read_text())
        if not complete or contents(out) != expected:
            bad.append(tries)
    print(json.dumps({"killed": killed, "bad": bad, "finished": finished, "kept": kept, "seconds": whole}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
