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
from pipeline.conduct import conduct
from pipeline.config import Config
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


class Beating(Fake):
    """A model that beats at every call, so that a run can be killed at any stage of its work, however fast the machine is."""

    def __init__(self, beat):
        super().__init__()
        self.beat = beat

    def translate(self, sentences, **options):
        self.beat()
        time.sleep(0.002)
        return super().translate(sentences, **options)


class Watch:
    """Nobody; it beats when a document is finished."""

    def __init__(self, beat):
        self.beat = beat

    def begin(self, documents):
        """Beat."""
        self.beat()

    def opened(self):
        """Beat."""
        self.beat()

    def finished(self, report):
        """Beat."""
        self.beat()


STAGES = []


def warm_up():
    """Glossary, tables and code are loaded once, before any fork, so that kills hit the work."""
    STAGES.append(open_stages(Config()))
    code_version()
    locate("")


def fake_stages(beat):
    def opened(config, memory=None):
        return Stages(STAGES[0].before, translator(Beating(beat), config, memory), STAGES[0].after, Made("fake", "00", ()))

    return opened


def forked(source, out, beats=None, delay=0.0):
    """A run in a child, killed `delay` seconds after so many beats; its beats, and whether it ended by itself."""
    near, far = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            pipeline.execute.open_stages = fake_stages(beat := lambda: os.write(far, b"."))
            result = conduct(source, out, Config(window_words=1), Watch(beat))
            (out.parent / "kept").write_text(str(sum(r.kept for r in result.reports)))
            code = 0
        finally:
            os._exit(code)
    os.close(far)
    seen = 0
    while (beats is None or seen < beats) and os.read(near, 1):
        seen += 1
    if beats is not None:
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
    os.close(near)
    _, status = os.waitpid(child, 0)
    return seen, os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0


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
    warm_up()
    source = folder / "in"
    source.mkdir()
    for number in range(DOCUMENTS):
        (source / f"{number}.txt").write_text(TEXT.format(10 + number), "utf-8")
    beats, complete = forked(source, folder / "undisturbed")
    assert complete
    expected = contents(folder / "undisturbed")
    dice, tries, killed, finished, kept, bad = random.Random(7), 0, 0, 0, 0, []
    while killed < points and tries < 3 * points:
        tries += 1
        out = folder / "out"
        shutil.rmtree(out, ignore_errors=True)
        if forked(source, out, dice.randint(0, beats), dice.random() * 0.02)[1]:
            continue  # it had ended by itself
        killed += 1
        finished += len(list(out.glob("*.txt")))
        _, complete = forked(source, out)
        kept += int((folder / "kept").read_text())
        if not complete or contents(out) != expected:
            bad.append(tries)
    print(json.dumps({"killed": killed, "bad": bad, "finished": finished, "kept": kept, "beats": beats}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
