"""How much of a page comes back whole through real extractors: pages written for this project, printed, extracted, repaired.

    pip install weasyprint pypdf pdfminer.six pymupdf pymupdf4llm inscriptis trafilatura html2text markdownify
    python benchmarks/extractors.py [-v] [PAGES]

PAGES (default `benchmarks/pages/`) holds HTML whose style sheets make columns, running headers, hyphenation, footnotes. Each
is printed to PDF and read by pypdf (plain and layout), pdfminer, PyMuPDF and pymupdf4llm, and as a web page by inscriptis,
trafilatura, html2text and markdownify; the text, or the Markdown that some of them write, is repaired. What counts is how many
of the page's own paragraphs, items, headings and table rows are one block each, letter by letter but for spaces and the form
of quotes and dashes; not what an extractor left out of its text.
"""

import re
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import html2text
import inscriptis
import markdownify
import pymupdf
import pymupdf4llm
import pypdf
import trafilatura
from lxml import html
from pdfminer.high_level import extract_text
from weasyprint import HTML

sys.path.insert(0, str(Path(__file__).parent.parent))

from pipeline.model import Document, Kind
from pipeline.repair import repair

SAME = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "‐": "-", "–": "-", "−": "-", "|": ""}
    | dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True))
)
MARKS = re.compile(r"^(?:[•◦▪–-]|\d\.(?:\d\.?)?)+|\s+|\u00ad")

MARKDOWN = re.compile(r"[*_#\\]|\]\([^)]*\)|\[")


def texts(page: Path) -> dict[str, str]:
    """The page's text by extractor; Markdown where its name ends in `.md`."""
    source = page.read_text("utf-8")
    with tempfile.TemporaryDirectory() as scratch:
        pdf = Path(scratch) / "page.pdf"
        HTML(str(page)).write_pdf(str(pdf))
        leaves = pypdf.PdfReader(str(pdf)).pages
        with pymupdf.open(str(pdf)) as document:
            mupdf = "\n".join(leaf.get_text() for leaf in document)
        return {
            "pypdf": "\n".join(leaf.extract_text() for leaf in leaves),
            "pypdf, layout": "\n".join(leaf.extract_text(extraction_mode="layout") for leaf in leaves),
            "pdfminer": extract_text(str(pdf)),
            "PyMuPDF": mupdf,
            "inscriptis": inscriptis.get_text(source),
            "trafilatura": trafilatura.extract(source, include_tables=True) or "",
            "trafilatura.md": trafilatura.extract(source, include_tables=True, output_format="markdown") or "",
            "html2text.md": html2text.html2text(source),
            "markdownify.md": markdownify.markdownify(source, strip=["style", "script", "title"]),
            "pymupdf4llm.md": str(pymupdf4llm.to_markdown(str(pdf))),
        }


def wanted(page: Path) -> list[str]:
    """The paragraphs, items, headings and rows of the page's own text."""
    root = html.parse(str(page)).getroot()
    for note in root.xpath('//*[@class="fn"]'):
        note.drop_tree()
    body = "self::p or self::li or self::h1 or self::h2 or self::h3 or self::tr[not(.//p)]"
    found = root.xpath(f"//body//*[{body}][not(ancestor::nav or ancestor::footer or ancestor::blockquote)]")
    return [" ".join((" ".join(c.text_content() for c in e.xpath("./td|./th")) or e.text_content()).split()) for e in found]


def fold(text: str) -> str:
    return MARKS.sub("", text.translate(SAME)).casefold().strip(".")


def main() -> None:
    given = [argument for argument in sys.argv[1:] if argument != "-v"]
    folder = Path(given[0]) if given else Path(__file__).parent / "pages"
    whole: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for page in sorted(folder.glob("*.html")):
        rows = wanted(page)
        for name, text in texts(page).items():
            document = Document("a.md" if name.endswith(".md") else "a.txt", text)
            blocks = [block.text for block in repair(document).blocks if block.kind is not Kind.FURNITURE]
            letters, folded = fold(MARKDOWN.sub("", text).replace("-\n", "")), {fold(block) for block in blocks}
            there = [row for row in rows if fold(row)[:24] in letters]
            missed = [row for row in there if fold(row) not in folded]
            whole[name][0] += len(there) - len(missed)
            whole[name][1] += len(there)
            for row in missed if "-v" in sys.argv else ():
                print(f"{page.stem}, {name}: {row[:120]}")
    for name, (right, count) in whole.items():
        print(f"{name:15} {right:4} of {count:4} blocks whole = {right / count:.1%}")


main()
