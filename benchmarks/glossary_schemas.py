"""Exported glossaries held against the schemas that the standards' own makers publish.

    python benchmarks/glossary_schemas.py FILE --rng TBXcoreStructV03.rng --sch TBX-Basic_DCA.sch     # TBX, ISO 30042:2019
    python benchmarks/glossary_schemas.py FILE --dtd tmx14.dtd                                        # TMX 1.4b

FILE is a .tbx or .tmx, or a table, which is exported first. The schemas are not part of this project (LTAC Global publishes
TBX-Basic without a licence that would allow it): give your own copies. RELAX NG and DTD need lxml, Schematron needs
elementpath besides, because its tests are XPath 2. Exit code 1 when anything is wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from pipeline.glossary.exchange import open_any
from pipeline.glossary.tbx import to_tbx

SCH = "{http://purl.oclc.org/dsdl/schematron}"


def failures(document: etree._Element, schema: etree._Element) -> Iterator[str]:
    """The asserts of a Schematron that do not hold. In each pattern the first rule that fits a node decides."""
    from elementpath import XPath2Parser, XPathContext, get_node_tree

    parser = XPath2Parser(namespaces={ns.get("prefix"): ns.get("uri") for ns in schema.iter(SCH + "ns")})
    tree = get_node_tree(document)
    for pattern in schema.iter(SCH + "pattern"):
        done: set[int] = set()
        for rule in pattern.iter(SCH + "rule"):
            tests = [(parser.parse(f"boolean({t.get('test')})"), t) for t in rule.iter(SCH + "assert")]
            for node in list(parser.parse(f"//{rule.get('context')}").select(XPathContext(tree))):
                if id(node) in done:
                    continue
                done.add(id(node))
                for token, test in tests:
                    if not token.evaluate(XPathContext(tree, item=node)):
                        yield f"{rule.get('context')}: {' '.join(''.join(test.itertext()).split())}"


def main() -> None:
    """Validate one file against every schema named."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("file", type=Path)
    for kind in ("rng", "sch", "dtd"):
        parser.add_argument(f"--{kind}", type=Path)
    given = parser.parse_args()
    if given.file.suffix in (".tbx", ".tmx"):
        document = etree.parse(given.file).getroot()
    else:
        document = etree.fromstring(to_tbx(open_any(given.file)[0], given.file.stem).encode())
    wrong: list[str] = []
    for path, make in ((given.rng, etree.RelaxNG), (given.dtd, etree.DTD)):
        if path:
            schema = make(etree.parse(path)) if make is etree.RelaxNG else make(str(path))
            if not schema.validate(document):
                wrong += [f"{path.name}: line {e.line}: {e.message}" for e in schema.error_log]
    if given.sch:
        wrong += [f"{given.sch.name}: {message}" for message in failures(document, etree.parse(given.sch).getroot())]
    print("\n".join([*wrong[:20], f"{len(wrong)} faults"]))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
