"""`normalize glossary …`: check, search, extend and explain glossaries. All that is decided here is how results are shown."""

from __future__ import annotations

import sys
from collections.abc import Container, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.sources import documents, entries, french, pairs

if TYPE_CHECKING:
    from pipeline.glossary import Glossary

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="""The glossaries: tables of checked terms, obeyed in translation.

[bold]Examples[/]

  normalize glossary check mine.tsv                        [dim]what is wrong, and on which line[/]

  normalize glossary add mine.tsv "salle grise" "grey room"   [dim]one more row[/]

  normalize glossary explain "libération d'un lot de MTI"  [dim]what matches, and why[/]

  normalize glossary mine corpus/ -o proposals.tsv         [dim]entries worth adding[/]

  normalize glossary impact out/ --glossary mine.tsv       [dim]what a new glossary would change[/]
""",
)

Tables = Annotated[
    list[Path] | None, typer.Option("--glossary", "-g", help="A table besides the shipped one; repeatable.", show_default=False)
]
Alone = Annotated[bool, typer.Option("--no-shipped-glossary", help="Without the shipped table.")]
File = Annotated[Path, typer.Argument(metavar="FILE", help="A glossary table (.tsv).", show_default=False)]
Out = Annotated[Path, typer.Argument(metavar="OUT", help="A folder that normalize has written.", show_default=False)]


def _show(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    if not sys.stdout.isatty():  # for a file or another program: a line a row, nothing wrapped
        print("\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in (columns, *rows)))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console(highlight=False, soft_wrap=True).print(table)


@app.command()
def check(files: Annotated[list[Path] | None, typer.Argument(metavar="[FILE]...", show_default=False)] = None) -> None:
    """Hold tables against the rules; without FILE, the shipped one. Exit code 1 when something is found."""
    from pipeline.glossary.check import check as findings
    from pipeline.glossary.table import shipped

    wrong = 0
    for path in files or [shipped()]:
        for finding in findings(path):
            wrong += 1
            print(f"{path}:{finding.line}: {finding.message} [{finding.code}]\n    → {finding.mend}")
    print("nothing to mend" if not wrong else f"{wrong} to mend")
    if wrong:
        raise typer.Exit(1)


@app.command()
def add(
    file: File,
    french: Annotated[str, typer.Argument(help="The French term, singular; variants behind |.", show_default=False)],
    english: Annotated[str, typer.Argument(help="The English, singular; leave out with --keep.", show_default=False)] = "",
    abbr_fr: Annotated[str, typer.Option(help="French abbreviation.")] = "",
    abbr_en: Annotated[str, typer.Option(help="English abbreviation.")] = "",
    pos: Annotated[str, typer.Option(help="n, np, person, adj, v, name, phrase, label or acronym.")] = "",
    match: Annotated[str, typer.Option(help="Match rules: exact, fixed, mass, whole …")] = "",
    admitted: Annotated[str, typer.Option(help="Other right renderings, behind |.")] = "",
    context: Annotated[str, typer.Option(help="Words that must stand nearby, behind |; !word must not.")] = "",
    domain: Annotated[str, typer.Option(help="The field.")] = "",
    note: Annotated[str, typer.Option(help="A note for readers.")] = "",
    source: Annotated[str, typer.Option(help="The authority for it.")] = "",
    keep: Annotated[bool, typer.Option("--keep", help="Never translate it.")] = False,
) -> None:
    """Add a row to FILE, which is made if it is not there."""
    from pipeline.glossary.edit import add as append
    from pipeline.glossary.rows import entry_of

    cells = {"french": french, "english": english, "abbr_fr": abbr_fr, "abbr_en": abbr_en, "pos": pos, "match": match}
    cells |= {
        "keep": "x" if keep else "",
        "admitted": admitted,
        "context": context,
        "domain": domain,
        "note": note,
        "source": source,
    }
    append(file, [entry_of(cells)])
    print(f"{file}: added {french!r}")


@app.command()
def remove(file: File, french: Annotated[str, typer.Argument(help="The French citation form.", show_default=False)]) -> None:
    """Remove the rows for FRENCH from FILE."""
    from pipeline.glossary.edit import remove as drop

    for entry in drop(file, french):
        print(f"{file}:{entry.line}: removed {entry.head!r} → {entry.english!r}")


@app.command("list")
def list_entries(
    words: Annotated[str, typer.Argument(help="Only entries that hold these words, French or English.")] = "",
    glossary: Tables = None,
    no_shipped: Alone = False,
) -> None:
    """List the entries."""
    found = entries(glossary, no_shipped).search(words)
    _show(
        ("french", "english", "abbreviation", "source", "row"),
        [("|".join(e.french), e.english, " → ".join(a for a in (e.abbr_fr, e.abbr_en) if a), e.source, e.id) for e in found],
    )
    print(f"{len(found)} entries")


@app.command()
def explain(
    phrase: Annotated[str, typer.Argument(help="French text.", show_default=False)],
    glossary: Tables = None,
    no_shipped: Alone = False,
) -> None:
    """Say which entries match in a phrase, why others do not, and what English comes out."""
    from pipeline.glossary import Matcher
    from pipeline.model import Lang, Term

    matcher = Matcher(entries(glossary, no_shipped))
    rows = []
    for mention in matcher.find(phrase, Lang.FR, matcher.bind([phrase])):
        if isinstance(mention.value, Term):
            term = mention.value
            rows.append((mention.span.of(phrase), term.english, term.rule, term.entry, "; ".join(term.admitted[:4])))
    _show(("in the text", "English", "rule", "row", "also admitted"), rows)
    for candidate in matcher.explain(phrase):
        if candidate.refused:
            surface, entry = candidate.span.of(phrase), candidate.form.entry
            print(f"not {surface!r} → {entry.english!r} ({entry.id}): {candidate.refused}")
    if not rows:
        print("no entry matches")


@app.command()
def stats(out: Out, glossary: Tables = None, no_shipped: Alone = False) -> None:
    """How the terms of a run came out: occurrences, the rung that satisfied each, several renderings, forbidden ones."""
    from pipeline.glossary.audit import offences, varied
    from pipeline.glossary.report import stats as count

    table = entries(glossary, no_shipped)
    uses = count(documents(out))
    rows = []
    for entry, use in sorted(uses.items(), key=lambda item: -item[1].count):
        rungs = ", ".join(f"{rung} {n}" for rung, n in use.rungs.most_common())
        several = "; ".join(f"{text} ({n})" for text, n in use.renderings.most_common(4))
        rows.append((use.french, str(use.count), rungs, several, entry))
    _show(("french", "times", "rungs", "renderings", "row"), rows)
    total, lost = sum(u.count for u in uses.values()), sum(u.lost for u in uses.values())
    print(f"{total} occurrences of {len(uses)} entries, {lost} without an allowed rendering; {_unused(table, uses)} rows unused")
    for row, ways in varied(documents(out), table):
        print(f"several ways in English: {row.english}: " + "; ".join(f"{text} ({n})" for text, n in ways.most_common()))
    for hit in offences(documents(out), table):
        print(f"forbidden: {hit.forbidden!r} for {hit.french!r} in {hit.path}, block {hit.block}\n    {hit.english}")


def _unused(table: Glossary, uses: Container[str]) -> int:
    return sum(1 for entry in table if entry.id not in uses)


@app.command()
def mine(
    src: Annotated[
        Path,
        typer.Argument(
            metavar="SRC", help="A folder or file of French text, the OUT of a run, or a .tmx file.", show_default=False
        ),
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the proposals as rows here.", show_default=False)
    ] = None,
    glossary: Tables = None,
    least: Annotated[int, typer.Option(help="How often a phrase must recur.", min=2)] = 3,
    top: Annotated[int, typer.Option(help="How many to show.", min=1)] = 40,
) -> None:
    """Propose entries: acronyms that a corpus explains, phrases that recur without one; from an OUT also what they became."""
    from pipeline.glossary import Matcher
    from pipeline.glossary.edit import replace
    from pipeline.glossary.mine import mine as propose
    from pipeline.glossary.mine import rows, with_english
    from pipeline.lexicon import load as lexicon

    matcher = Matcher(entries(glossary, False))
    told = pairs(src)
    texts = (text for text, _ in told) if told else french(src)
    proposals = with_english(propose(texts, matcher, least, lexicon("fr").counts), told)
    if output:
        replace(output, rows(proposals))
        print(f"{output}: {len(proposals)} proposals; write the English and remove the # of those you accept")
        return
    _show(
        ("french", "acronym", "English", "why", "times", "example"),
        [(p.french, p.abbr, p.english, p.why, str(p.count), p.example) for p in proposals[:top]],
    )


@app.command()
def diff(old: Annotated[Path, typer.Argument(metavar="OLD")], new: Annotated[Path, typer.Argument(metavar="NEW")]) -> None:
    """What changed between two tables. Exit code 1 when something did."""
    from pipeline.glossary import load
    from pipeline.glossary.report import diff as compare

    changes = compare(load([old], shipped=False), load([new], shipped=False))
    for change in changes:
        print(f"{change.kind} {change.french}")
        for column, before, after in change.fields():
            print(f"    {column}: {before or '–'} → {after or '–'}")
    print(f"{len(changes)} rows differ")
    if changes:
        raise typer.Exit(1)


@app.command()
def impact(out: Out, glossary: Tables = None, no_shipped: Alone = False) -> None:
    """Which segments of an existing output another glossary would change. Exit code 1 when there are any."""
    from pipeline.glossary import Matcher
    from pipeline.glossary.report import impact as affected

    found = 0
    for hit in affected(documents(out), Matcher(entries(glossary, no_shipped))):
        found += 1
        print(f"{hit.path}, block {hit.block}: " + "; ".join(hit.changes) + f"\n    {hit.french}\n    {hit.english}")
    print(f"{found} segments would change")
    if found:
        raise typer.Exit(1)


@app.command()
def export(
    file: File,
    target: Annotated[Path, typer.Argument(help="Where to: .tbx, .csv, .xlsx or .tsv.", show_default=False)],
) -> None:
    """Write a table in another format."""
    from pipeline.glossary.exchange import open_any, save

    entries, warnings = open_any(file)
    save(entries, target)
    _tell(warnings)
    print(f"{target}: {len(entries)} entries")


@app.command("import")
def import_entries(
    source: Annotated[Path, typer.Argument(help="A .tbx, .csv, .xlsx or .tsv file.", show_default=False)], file: File
) -> None:
    """Add the entries of SOURCE to the table FILE, which is made if it is not there. All of them or none."""
    from pipeline.glossary.edit import add as append
    from pipeline.glossary.exchange import open_any

    entries, warnings = open_any(source)
    count = append(file, entries)
    _tell(warnings)
    print(f"{file}: {count} entries added")


@app.command()
def tmx(out: Out, file: Annotated[Path, typer.Argument(help="The .tmx file to write.", show_default=False)]) -> None:
    """Write the translated segments of a run as a translation memory."""
    from pipeline.glossary.edit import replace
    from pipeline.glossary.tmx import to_tmx

    replace(file, to_tmx(documents(out)))
    print(f"{file} written")


def _tell(warnings: Sequence[str]) -> None:
    for warning in warnings:
        typer.echo(warning, err=True)
