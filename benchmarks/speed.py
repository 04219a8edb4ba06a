"""The whole job beside the bare model and Argos's own library, an unchanged rerun, memory as the corpus grows: one table.

    python benchmarks/speed.py corpus/ [--documents 20] [--peer 60] [--memory 10 60]

`--documents`: how many the job is measured with, made from the corpus with other figures; `--peer`: how many of their
paragraphs `argostranslate.translate` gets (it is slow; the ratio is of words a second); `--memory`: sizes of
corpus for the peak of memory (memory.py measures it alone, and without the model).
Every figure of the table is from this one run. Other processes on the machine disturb all lines alike; compare ratios.
"""

import argparse
import json
import os
import tempfile
import time
from pathlib import Path

from memory import job, peaks, replicate


def sentences(out):
    """The French of every segment that came from the model, and the blocks that they stand in."""
    found, blocks = [], []
    for path in sorted(out.glob("*.json")):
        for block in json.loads(path.read_text("utf-8")).get("blocks", ()):
            here = [s["text"] for s in block["segments"] if s["origin"] in ("model", "memory")]
            found += here
            blocks += [block["text"]] if here else []
    return found, blocks


def bare(texts):
    """Seconds of CTranslate2 alone over the distinct sentences: the best of three sizes of batch, sorted by length."""
    import ctranslate2

    from pipeline.config import Config
    from pipeline.translate.package_folder import open_package
    from pipeline.translate.packages import locate

    package = open_package(locate(""))
    translator = ctranslate2.Translator(
        str(locate("") / "model"), device="cpu", compute_type="int8", inter_threads=os.cpu_count() or 1, intra_threads=1
    )
    pieces = [package.tokenizer.encode(text) for text in dict.fromkeys(texts)]
    best = {}
    for size in (1024, 2048, 4096):
        begin = time.perf_counter()
        translator.translate_batch(pieces, beam_size=Config().beam, max_batch_size=size, batch_type="tokens")
        best[size] = time.perf_counter() - begin
    return min(best.values())


def argos(texts):
    """Seconds of `argostranslate.translate` over these sentences, one call for each text, our splitter in place of its own."""
    from pipeline.model import Lang
    from pipeline.translate.package_folder import library, open_package
    from pipeline.translate.packages import locate
    from pipeline.translate.sentences import split

    library()
    import argostranslate.translate as peer

    class Ours:
        def split_sentences(self, text):
            return [span.of(text) for span in split(text, Lang.FR)]

    peer.MiniSBDSentencizer = lambda package: Ours()  # its own would fetch a model
    translation = peer.PackageTranslation(peer.Language("fr", "French"), peer.Language("en", "English"), open_package(locate("")))
    translation.hypotheses("Un essai.", 1)  # opens the model
    begin = time.perf_counter()
    for text in texts:
        translation.hypotheses(text, 1)
    return time.perf_counter() - begin


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("--documents", type=int, default=20)
    parser.add_argument("--peer", type=int, default=60, help="paragraphs for argostranslate.translate")
    parser.add_argument("--memory", type=int, nargs="*", default=(10, 60), help="sizes of corpus")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "in").mkdir()
        replicate(options.source, folder / "in", options.documents)
        cold, *_ = job(folder / "in", folder / "out")
        again = min(job(folder / "in", folder / "out")[0] for _ in range(2))
        warm, *_ = job(folder / "in", folder / "out2")
        texts, blocks = sentences(folder / "out")
        words = sum(len(text.split()) for text in texts)
        model = bare(texts)
        some = blocks[:: max(1, len(blocks) // options.peer)]  # whole paragraphs: it batches the sentences of one
        slow = argos(some) / sum(len(s.split()) for s in some)
        print(f"{options.documents} documents, {words:,} French words, {len(texts):,} sentences, {len(set(texts)):,} distinct")
        print(f"the whole job, cold            {cold:8.1f} s  {words / cold:7.0f} words/s")
        print(f"the whole job, warm            {warm:8.1f} s  {words / warm:7.0f} words/s")
        print(f"the model bare, best batches   {model:8.1f} s  {words / model:7.0f} words/s  ratio {model / warm:6.2f} (goal 0.90)")
        print(f"argostranslate.translate                  {1 / slow:7.0f} words/s  ratio {words / warm * slow:6.2f} (goal 5)")
        print(f"unchanged rerun                {again:8.2f} s                   first : rerun {cold / again:5.0f} (goal 100)")
    peaks(options.source, options.memory)


if __name__ == "__main__":
    main()
