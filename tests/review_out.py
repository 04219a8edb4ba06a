"""An OUT folder made by hand for the tests of the review page: invented documents, written as a run writes them."""

import hashlib
from decimal import Decimal

from pipeline.config import Config
from pipeline.model import Block, Diagnostic, Document, Edit, Flag, Kind, Lang, Mention, Placed, Segment, Span, Term
from pipeline.values.types import Amount, Money
from pipeline.values.verbatim import Name
from pipeline.write import record
from pipeline.write.manifest import MANIFEST, Made, manifest
from pipeline.write.names import assign
from pipeline.write.report import report
from pipeline.write.text import english

HOSTILE = "</script><script>window.pwned=1</script><!--<script> <img src=x onerror=window.pwned=2> &amp; \N{LINE SEPARATOR}𝒳"


def french(path="fr.txt", flagged=True):
    """A heading, furniture, and a paragraph of two sentences: edits, money, a name, a lost term, an astral sign."""
    source = "Bilan\n\n1/2\n\nL’usine 𝒳 d’Orvane a coûté 5 M€  en\ntout. L'AMM suit.\n"
    text = "L'usine 𝒳 d'Orvane a coûté 5 M€ en tout. L'AMM suit."
    start = source.index("L’usine")
    edits = []
    for before, after, rule, find in (
        ("’", "'", "repair.quotes", "’usine"),
        ("’", "'", "repair.quotes", "’Orvane"),
        (" ", "", "repair.space-run", " en\n"),
        ("\n", " ", "repair.unwrap", "\ntout"),
    ):
        at = source.index(find)
        edits.append(Edit(Span(at, at + len(before)), before, after, rule))

    def mention(part, value):
        return Mention(Span(text.index(part), text.index(part) + len(part)), value)

    name = mention("Orvane", Name("Orvane"))
    money = mention("5 M€", Money(Amount(Decimal(5), scale=6), "EUR"))
    term = mention("AMM", Term("AMM", "MA", ("marketing authorisation",), "pharma.fr-en.tsv:3", "term.acronym"))
    one = "Orvane's plant 𝒳 cost €5 million in all."
    first = Segment(
        Span(0, text.index(" L'AMM")),
        one,
        (Placed(name, Span(0, 6), "slot"), Placed(money, Span(one.index("€"), one.index(" in")), "marked")),
        origin="model",
    )
    flags = (Flag("term.missing", "MA"),) if flagged else ()
    second = Segment(Span(text.index("L'AMM"), len(text)), "The follows.", (Placed(term, None, "lost"),), flags, "model")
    blocks = (
        Block(Kind.HEADING, (Span(0, 5),), "Bilan", lang=Lang.FR, segments=(Segment(Span(0, 5), "Results", origin="model"),)),
        Block(Kind.FURNITURE, (Span(7, 10),), "1/2"),
        Block(Kind.PARAGRAPH, (Span(start, len(source) - 1),), text, tuple(edits), Lang.FR, (name, money, term), (first, second)),
    )
    return Document(path, source, "utf-8", "00", blocks, (Diagnostic("corpus.demo", "a remark", None),))


def hostile(path="hostile.txt"):
    """English text that holds HTML, with an edit between two like stretches and a flag of a code nobody has heard of."""
    source = f"{HOSTILE} “so” it goes."
    text = f'{HOSTILE} "so" it goes.'
    at = source.index("“")
    edits = (Edit(Span(at, at + 1), "“", '"', "repair.quotes"), Edit(Span(at + 3, at + 4), "”", '"', "repair.quotes"))
    segment = Segment(Span(0, len(text)), text, flags=(Flag("demo.<b>", HOSTILE),))
    return Document(path, source, "utf-8", "01", (Block(Kind.ITEM, (Span(0, len(source)),), text, edits, Lang.EN, (), (segment,)),))


def long(sentences, path):
    """A document of that many short sentences, a paragraph of ten each; every fiftieth is flagged."""
    blocks, parts, at = [], [], 0
    for first in range(0, sentences, 10):
        segments, words = [], []
        for number in range(first, min(first + 10, sentences)):
            start = sum(len(w) + 1 for w in words)
            words.append(f"Le lot {number} part de l'usine vers le site avec son dossier et ses {number + 3} échantillons.")
            english_text = f"Batch {number} leaves the plant for the site with its file and its {number + 3} samples."
            flags = (Flag("value.missing", str(number)),) if number % 50 == 49 else ()
            term = Term("usine", "plant", (), "pharma.fr-en.tsv:9", "term.form")
            source = words[-1].index("usine")
            place = english_text.index("plant")
            placed = Placed(Mention(Span(start + source, start + source + 5), term), Span(place, place + 5), "marked")
            segments.append(Segment(Span(start, start + len(words[-1])), english_text, (placed,), flags, "model"))
        text = " ".join(words)
        mentions = tuple(s.placed[0].mention for s in segments)
        blocks.append(Block(Kind.PARAGRAPH, (Span(at, at + len(text)),), text, (), Lang.FR, mentions, tuple(segments)))
        parts.append(text)
        at += len(text) + 2
    return Document(path, "\n\n".join(parts), "utf-8", "02", tuple(blocks))


def make_out(out, documents, skipped=(("scan.pdf", "not text"),)):
    """Write these documents under `out` as a run does: text, record, manifest."""
    names, reports = assign(d.path for d in documents), []
    out.mkdir(parents=True, exist_ok=True)
    for document in documents:
        written = english(document)
        (out / names[document.path].text).write_bytes(written.text.encode("utf-8"))
        (out / names[document.path].record).write_text(record.to_text(document, "long", written), "utf-8")
        reports.append(report(document, written, names[document.path], {}))
    made = Made("fake-1", hashlib.sha256(b"x").hexdigest(), (("pharma.fr-en.tsv", "11"),))
    (out / MANIFEST).write_text(manifest(Config(), made, reports, skipped, 1.0), "utf-8")
    return out
