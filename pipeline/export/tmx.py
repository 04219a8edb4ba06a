"""TMX 1.4b: the translated sentences as a translation memory, `corpus.tmx`."""

from __future__ import annotations

import re
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from pipeline.api import Corpus, Document, Segment
from pipeline.export.files import whole
from pipeline.write.manifest import version

TRANSLATED = ("model", "memory")
# what XML 1.0 has no way to write, not even as a reference
_ILLEGAL = re.compile("[^\t\n\r\N{SPACE}-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
<header creationtool="normalize" creationtoolversion={version} segtype="sentence" o-tmf="normalize-record" adminlang="en"
 srclang="fr" datatype="plaintext"/>
<body>
"""


def write(corpus: Corpus, folder: Path) -> list[Path]:
    """A unit a sentence that was translated, furniture and duplicates left out; a unit says where it comes from and its flags."""
    path = folder / "corpus.tmx"
    with whole(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_HEAD.format(version=quoteattr(version())))
        for document in corpus:
            file.writelines(_unit(document, s) for s in document.segments if s.origin in TRANSLATED and s.output)
        file.write("</body>\n</tmx>\n")
    return [path]


def _unit(document: Document, segment: Segment) -> str:
    props = {"x-document": document.path, "x-source-span": f"{segment.source.start}-{segment.source.end}"}
    lines = [f'<prop type="{name}">{_text(value)}</prop>' for name, value in props.items()]
    lines += [f'<prop type="x-flag">{_text(flag.code)}</prop>' for flag in segment.flags]
    both = (("fr", segment.text), ("en", segment.english))
    lines += [f'<tuv xml:lang="{lang}"><seg>{_text(text)}</seg></tuv>' for lang, text in both]
    return "<tu>\n" + "\n".join(lines) + "\n</tu>\n"


def _text(text: str) -> str:
    return escape(_ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text))
