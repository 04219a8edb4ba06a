"""The glossary: tables of checked terms, found in French text and turned into the English that each occurrence calls for.

`Matcher(load(paths))` is built once; `matcher.bind(texts)` once a document; `matcher.find(text, lang, bindings)` once a block.
"""

from pipeline.glossary.match import Matcher
from pipeline.glossary.rendering import Bindings
from pipeline.glossary.table import Entry, Glossary, load

__all__ = ["Bindings", "Entry", "Glossary", "Matcher", "load"]
