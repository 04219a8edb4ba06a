"""Find in a training pair what the pipeline would hold at run time, with the pipeline itself, and where it stands in the English.

Run by prepare.py where the package is installed (`pip install .`); the machine that trains does not need it.
"""
import json


def finder():
    """A function (French, English) -> parts of the French: text, and in place of a mention `[sort, start, end, French]`,
    where it stands in the English.

    What stands in the French and not, as the pipeline would write it, in the English stays text. None where nothing is found.
    """
    from pipeline.annotate import annotator
    from pipeline.glossary import Matcher, load
    from pipeline.model import Block, Document, Kind, Lang, Span
    from pipeline.translate.protect import find, protect
    from pipeline.translate.sorts import sort

    annotate = annotator(Matcher(load((), True)))

    def parts(french, english):
        whole = Span(0, len(french))
        (block,) = annotate(Document("pair", french, blocks=(Block(Kind.PARAGRAPH, (whole,), french, lang=Lang.FR),))).blocks
        task = protect(block.text, whole, block.mentions)
        if not task.held or block.text != french:
            return None
        found = find(task, english, task.bare.text)
        out = []
        for part in task.parts:
            if isinstance(part, str):
                out.append(part)
                continue
            mention, place = task.held[part].mention, found[part]
            surface = mention.span.of(french)
            out.append(surface if place is None else [sort(mention.value), place.start, place.end, surface])
        return out if any(found) else None

    return parts


def dump(parts):
    """As it stands in the pack's fourth column: compact JSON, neighbouring text joined; empty where there is nothing."""
    if not parts:
        return ""
    joined = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    return json.dumps(joined, ensure_ascii=False, separators=(",", ":"))
