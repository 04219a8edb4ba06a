"""Peak memory of the whole job as the corpus grows, each size in a process of its own.

    python benchmarks/memory.py corpus/ [--sizes 10 100 1000] [--echo] [--python]

`--echo`: an engine that gives English words without a model, so that a thousand documents take minutes: what grows with the
corpus is then seen alone. `--python`: what Python holds at the end of the run (tracemalloc), by the line that asked for it.
"""

import argparse
import random
import re
import subprocess
import sys
import tempfile
import time
from itertools import cycle
from pathlib import Path

WORDS = ("the", "new", "line", "of", "this", "site", "begins", "its", "first", "clinical", "batches", "with", "a", "partner")
TOP = 12
# VmHWM is the peak of this very process: ru_maxrss begins with that of the process it was forked from
PLAIN = """import re
from pipeline.cli.main import main
try:
    main()
except SystemExit as end:
    assert end.code in (0, None), end.code
print("peak", int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1024)
"""


class Echo:
    """An engine without a model: an English word for every word, the marked stretches and slots as they are."""

    name, markers, slots, opening, longest = "echo-1", ("⟪", "⟫"), ("⟦0⟧", "⟦1⟧"), "slot", 80

    def length(self, text):
        """Subword tokens, about."""
        return 2 * len(text.split())

    def translate(self, sentences, *, alternatives=1, prefixes=None, **options):
        """One answer for each sentence."""
        from pipeline.translate import Hypothesis

        begun = prefixes or [""] * len(sentences)
        return [[Hypothesis(f"{p} {_english(s)}".strip(), -0.1)] for p, s in zip(begun, sentences, strict=True)]


def _english(sentence):
    words = cycle(WORDS)
    return re.sub(r"⟪([^⟫]*)⟫|(⟦\d⟧)|[^\W\d_]+", lambda m: m[1] or m[2] or next(words), sentence)


def replicate(source, target, number):
    """`number` documents from those of `source`, every copy with figures of its own."""
    paths = sorted(p for p in source.iterdir() if p.suffix in (".txt", ".md") and p.name != "README.md")
    for place in range(number):
        path, dice = paths[place % len(paths)], random.Random(place)
        text = path.read_bytes().decode("utf-8", "surrogateescape")
        if place >= len(paths):
            text = re.sub(r"(?<![\d.,/])[1-9](?=\d?\b)", lambda m, dice=dice: str(dice.randint(1, 9)), text)
        (target / f"{place:04}-{path.name}").write_bytes(text.encode("utf-8", "surrogateescape"))


def job(source, out, *options):
    """(seconds, peak megabytes, what it printed) of `normalize` in a process of its own, start-up included."""
    begin = time.perf_counter()
    command = [sys.executable, *((__file__, "--inside", *options) if options else ("-c", PLAIN)), str(source), str(out), "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    printed, _, peak = done.stdout.rpartition("peak ")
    return time.perf_counter() - begin, float(peak), printed


def inside(source, out, echo, python):
    """The job in this process; the last line that is printed is its peak."""
    import tracemalloc

    if echo:
        import pipeline.translate

        pipeline.translate.open_model = lambda config: Echo()
    if python:
        tracemalloc.start()
    from pipeline.cli.main import main as normalize

    try:
        normalize([str(source), str(out), "--quiet"])
    except SystemExit as end:
        assert end.code in (0, None), end.code
    if python:
        now, peak = tracemalloc.get_traced_memory()
        print(f"Python holds {now / 1e6:.1f} MB, at most {peak / 1e6:.1f} MB")
        for line in tracemalloc.take_snapshot().statistics("lineno")[:TOP]:
            print(f"  {line.size / 1e6:6.2f} MB in {line.count:7,}  {line.traceback[0].filename}:{line.traceback[0].lineno}")
    print("peak", int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024)


def peaks(source, sizes, *options):
    """Print a line for each size: documents, seconds, peak."""
    for number in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch) / "in"
            folder.mkdir()
            replicate(source, folder, number)
            seconds, peak, printed = job(folder, Path(scratch) / "out", *options)
            print(f"{number:6,} documents {seconds:8.1f} s   peak memory {peak:4.0f} MB", flush=True)
            print(printed, end="")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path, nargs="?", help=argparse.SUPPRESS)
    parser.add_argument("--sizes", type=int, nargs="+", default=(10, 100, 1000))
    parser.add_argument("--echo", action="store_true", help="an engine without a model")
    parser.add_argument("--python", action="store_true", help="what Python holds at the end")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--quiet", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        inside(options.source, options.out, options.echo, options.python)
    else:
        chosen = [f"--{name}" for name in ("echo", "python") if getattr(options, name)]
        peaks(options.source, options.sizes, *chosen)


if __name__ == "__main__":
    main()
