"""Start-up, speed by stage, words a second beside the bare model, memory as the corpus grows: one command, one table.

    python benchmarks/run.py corpus/ [--copies 10] [--skip-model]

Figures are of one core and of the machine at hand; compare ratios.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HELP = "import resource; from pipeline.cli.main import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
HELP += "u = resource.getrusage(resource.RUSAGE_SELF); print(u.ru_utime + u.ru_stime)"
WHOLE = "from pipeline.cli.main import main; main()"


def start_up():
    runs = [subprocess.run([sys.executable, "-c", HELP], capture_output=True, text=True, check=True) for _ in range(5)]
    return min(float(run.stdout.split()[-1]) for run in runs)


def copies(source, target, number):
    """`number` copies of a corpus, each different in its digits, so that no cache helps."""
    size = 0
    for copy in range(number):
        for path in sorted(source.glob("*.txt")):
            data = path.read_bytes().replace(b"1", str(copy % 10).encode())
            (target / f"{copy:04}-{path.name}").write_bytes(data)
            size += len(data)
    return size


def without_model(folder):
    """Seconds by stage and of CPU in all, everything but the translator, over a folder of documents."""
    from pipeline.config import Config
    from pipeline.corpus import walk
    from pipeline.run import Stages, open_stages, run
    from pipeline.write import record
    from pipeline.write.report import Names, report
    from pipeline.write.text import english

    stages = open_stages(Config())
    idle = Stages(stages.before, lambda documents: documents, stages.after, stages.made)
    entries = [entry for entry in walk(folder) if not entry.skip]
    for _ in run([entry for entry in entries if entry.path.name.startswith("0000-")], Config(), idle):
        pass  # tables are loaded and expressions compiled
    seconds, begun = {}, time.process_time()
    for result in run(entries, Config(), idle):
        begin = time.perf_counter()
        written = english(result.document)
        record.to_text(result.document, "long", written)
        report(result.document, written, Names("", ""), {})
        result.seconds["write"] = time.perf_counter() - begin
        for stage, spent in result.seconds.items():
            seconds[stage] = seconds.get(stage, 0.0) + spent
    seconds.pop("translate", None)
    return seconds, time.process_time() - begun


def with_model(folder):
    """(source words, seconds of the whole, seconds of the same sentences in the bare model)."""
    from pipeline.config import Config
    from pipeline.corpus import walk
    from pipeline.model import Lang
    from pipeline.run import Done, open_stages, run
    from pipeline.translate import open_model

    stages = open_stages(Config())
    begin = time.perf_counter()
    entries = [entry for entry in walk(folder) if not entry.skip]
    documents = [r.document for r in run(entries, Config(), stages) if isinstance(r, Done)]
    whole = time.perf_counter() - begin
    french = [b for d in documents for b in d.blocks if b.lang is Lang.FR]
    sentences = [s.span.of(b.text) for b in french for s in b.segments if s.origin == "model"]
    engine = open_model(Config())
    begin = time.perf_counter()
    engine.translate(sentences, beam=Config().beam)
    return sum(len(s.split()) for s in sentences), whole, time.perf_counter() - begin


def memory(folder):
    """Peak megabytes of the whole job, in a process of its own."""
    with tempfile.TemporaryDirectory() as out:
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        subprocess.run([sys.executable, "-c", WHOLE, str(folder), f"{out}/out", "--quiet"], check=False)
        return max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("--copies", type=int, default=10)
    parser.add_argument("--skip-model", action="store_true")
    options = parser.parse_args()
    print(f"normalize --help                {start_up():8.2f} s of CPU   (goal < 0.40)")
    with tempfile.TemporaryDirectory() as scratch:
        size = copies(options.source, Path(scratch), options.copies)
        seconds, cpu = without_model(Path(scratch))
        for stage, spent in seconds.items():
            print(f"  {stage:<28}  {size / 1e6 / max(spent, 1e-9):8.2f} MB/s")
        print(f"all but the translator          {size / 1e6 / cpu:8.2f} MB/s of CPU (goal > 1.00; {size / 1e6:.2f} MB)")
    if options.skip_model:
        return
    words, whole, bare = with_model(options.source)
    print(f"the whole                       {words / whole:8.0f} words/s    ({words} French words)")
    print(f"the same model, bare            {words / bare:8.0f} words/s    ratio {bare / whole:.2f} (goal > 0.90)")
    print(f"peak memory, corpus once        {memory(options.source):8.0f} MB         (goal < 700)")


if __name__ == "__main__":
    main()
