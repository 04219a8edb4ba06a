"""One frozen `Config`: defaults, then a TOML file, then the command line. An unknown key is an error that names it."""

from __future__ import annotations

import dataclasses
import difflib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from pipeline.errors import ConfigError

Dates = Literal["long", "iso"]


@dataclass(frozen=True, slots=True)
class Config:
    """What a run can be told. Every field is a key of `normalize.toml` and, with hyphens, an option.

    Units: `max_line` and `max_document` are bytes; `batch_tokens` are subword tokens; `window_words` are source words
    gathered over documents before one call of the model.
    """

    dates: Dates = "long"
    glossary: tuple[Path, ...] = ()  # besides the shipped one; later rows win
    shipped_glossary: bool = True
    model: str = ""  # a package folder, an installed package's code, or "" for the shipped one
    workers: int = 1
    beam: int = 6
    batch_tokens: int = 1024
    window_words: int = 6000
    max_line: int = 8_000_000
    max_document: int = 64_000_000


def load(path: Path | None, **overrides: Any) -> Config:
    """The defaults, changed by the TOML file at `path` (if any), changed by the `overrides` that are not None.

    Relative paths in the file are relative to the file. Raises ConfigError that names the file, the key and the mend.
    """
    values: dict[str, Any] = {}
    if path is not None:
        values = _checked(_read(path), str(path), path.parent)
    given = {k: v for k, v in overrides.items() if v is not None}
    return Config(**{**values, **_checked(given, "the command line", Path())})


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"{path}: no such file", "give the path of a normalize.toml, or leave --config out") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read ({error})", "save it as UTF-8 text that you may read") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}", "mend that line; docs/config.md lists the keys") from error


def _checked(values: dict[str, Any], where: str, base: Path) -> dict[str, Any]:
    fields = {f.name: f for f in dataclasses.fields(Config)}
    out: dict[str, Any] = {}
    for key, value in values.items():
        name = key.replace("-", "_")
        if name not in fields:
            near = difflib.get_close_matches(name, fields, 1)
            hint = f"did you mean {near[0]!r}?" if near else "the keys are: " + ", ".join(fields)
            raise ConfigError(f"{where}: unknown key {key!r}", hint)
        out[name] = _value(name, value, where, base)
    return out


def _value(name: str, value: Any, where: str, base: Path) -> Any:
    default = getattr(Config(), name)
    if name == "glossary":
        items = [value] if isinstance(value, str | Path) else value
        if not isinstance(items, list | tuple) or not all(isinstance(i, str | Path) for i in items):
            raise ConfigError(f"{where}: glossary must be a path or a list of paths", 'for example glossary = ["mine.tsv"]')
        return tuple(base / Path(i) for i in items)
    if name == "dates" and value not in get_args(Dates):
        raise ConfigError(f"{where}: dates = {value!r}", 'use "long" (1 December 2023) or "iso" (2023-12-01)')
    if type(value) is not type(default):
        raise ConfigError(
            f"{where}: {name} = {value!r} is not of type {type(default).__name__}", f"for example {name} = {default!r}"
        )
    if isinstance(default, int) and not isinstance(default, bool) and value < 1:
        raise ConfigError(f"{where}: {name} = {value} is too small", "use 1 or more")
    return value
