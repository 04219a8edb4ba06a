"""`normalize model`: the translation packages on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="""The translation models: Argos Translate packages, French to English.

[bold]Examples[/]

  normalize model list

  normalize model info                              [dim]the one that is used by default[/]

  normalize model install translate-fr_en.argosmodel   [dim]from a file[/]

  normalize model install translate-fr_en           [dim]from the Argos index, over the network[/]
""",
)


@app.command("list")
def list_models() -> None:
    """List the packages: the shipped ones, then the installed ones; `*` marks the default."""
    from rich.console import Console
    from rich.table import Table

    from pipeline.translate.packages import installed, locate

    packages = installed()
    default = locate("") if any(package.shipped and package.usable for package in packages) else None
    table = Table("", "code", "version", "size", "marks", "where", box=None, pad_edge=False)
    for package in packages:
        mark = "*" if package.folder == default else "" if package.usable else "-"
        size = f"{package.bytes / 1e6:,.0f} MB"
        table.add_row(mark, package.code, package.version, size, "yes" if package.markers else "no", str(package.folder))
    Console(highlight=False, soft_wrap=True).print(table)
    if any(not package.usable for package in packages):
        print("- translates another pair of languages and cannot be used here")


@app.command()
def info(
    model: Annotated[
        str, typer.Argument(metavar="[MODEL]", help="A folder or an installed package's code.", show_default=False)
    ] = "",
) -> None:
    """Describe a package and print its model card; without MODEL, the one used by default."""
    from pipeline.translate.packages import info as describe

    package = describe(model)
    origin = "shipped with this program" if package.shipped else "installed"
    print(f"code      {package.code}\nversion   {package.version}\nfolder    {package.folder} ({origin})")
    print(f"size      {package.bytes / 1e6:,.1f} MB\nmarks     {'copies what is marked ⟪…⟫' if package.markers else 'none'}")
    print(f"\n{package.card.strip()}" if package.card else "\nno model card lies in the package")


@app.command()
def install(
    model: Annotated[
        str, typer.Argument(metavar="MODEL", help="A .argosmodel file, or a name in the Argos index.", show_default=False)
    ],
) -> None:
    """Install a package from a .argosmodel file or, by name, from the Argos index (this alone uses the network)."""
    from pipeline.translate.packages import install as unpack

    package = unpack(model)
    print(f"installed {package.code} {package.version} in {package.folder}\n  → use it with --model {package.code}")
