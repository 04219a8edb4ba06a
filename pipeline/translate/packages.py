"""Argos packages on this machine: the shipped ones and the installed ones; listing, describing, installing."""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path, PurePosixPath

from pipeline.errors import InstallError, ModelError
from pipeline.translate.package_folder import library, metadata, open_package


@dataclass(frozen=True, slots=True)
class PackageInfo:
    """An Argos package: `code` is what `--model` takes (`translate-fr_en`); `card` the text of its README or ""."""

    code: str
    version: str
    folder: Path
    shipped: bool
    markers: bool
    bytes: int
    card: str = ""

    @property
    def usable(self) -> bool:
        """Whether it translates French to English."""
        return self.code.endswith("fr_en")


def home() -> Path:
    """Where Argos packages are installed; `ARGOS_PACKAGES_DIR` moves it. The folder need not exist."""
    if given := os.environ.get("ARGOS_PACKAGES_DIR"):
        return Path(given)
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "argos-translate" / "packages"


def installed() -> list[PackageInfo]:
    """Shipped packages first, then the installed ones; the newest of a code first. Damaged folders are left out."""
    out = []
    for root, is_shipped in ((Path(str(files("pipeline"))) / "models", True), (home(), False)):
        found = []
        for folder in sorted(root.iterdir()) if root.is_dir() else []:
            try:
                found.append(_describe(folder, is_shipped))
            except ModelError:
                continue
        out += sorted(found, key=lambda p: (p.code, _order(p.version)), reverse=True)
    return out


def info(ref: str = "") -> PackageInfo:
    """The package that `ref` names as `Config.model` does. Raises ModelError."""
    folder = locate(ref)
    return _describe(folder, any(p.shipped for p in installed() if p.folder == folder))


def locate(ref: str) -> Path:
    """The folder of the package: "" the newest shipped one, else a folder, else the code of an installed package."""
    known = installed()
    if not ref:
        shipped = [p for p in known if p.shipped and p.usable]
        if not shipped:
            raise ModelError(
                "no translation package lies in the program", "install normalize-corpus again, or name one with --model"
            )
        return max(shipped, key=lambda p: _order(p.version)).folder
    if Path(ref).is_dir():
        return Path(ref)
    for package in sorted(known, key=lambda p: _order(p.version), reverse=True):
        if ref in (package.code, package.code.removeprefix("translate-"), package.folder.name):
            return package.folder
    codes = ", ".join(dict.fromkeys(p.code for p in known)) or "none"
    raise ModelError(f"model {ref!r}: neither a folder nor an installed package", f"installed: {codes}; see `normalize model list`")


def install(ref: str) -> PackageInfo:
    """Install a package: from a `.argosmodel` file, or, only where `ref` is no file, by name from the Argos index.

    The second form uses the network, because the user asks for it. The package is checked (it must open and translate
    French to English) before it takes its place beside the others. Raises InstallError.
    """
    if Path(ref).is_file():
        return _unpack(Path(ref))
    if ref.endswith(".argosmodel") or "/" in ref or "\\" in ref:
        raise InstallError(f"{ref}: no such file", "give the path of a .argosmodel file, or a name such as translate-fr_en")
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "package.argosmodel"
        archive.write_bytes(_download(ref))
        return _unpack(archive)


def _download(name: str) -> bytes:
    import importlib
    import json

    library()
    networking = importlib.import_module("argostranslate.networking")
    settings = importlib.import_module("argostranslate.settings")
    remedy = "check the connection, or download the .argosmodel file elsewhere and install that file"
    index = networking.get(settings.remote_package_index, 1)
    if index is None:
        raise InstallError(f"{settings.remote_package_index}: cannot be reached", remedy)
    try:
        entries = [e for e in json.loads(index) if isinstance(e, dict)]
    except ValueError as error:
        raise InstallError(f"{settings.remote_package_index}: not JSON ({error})", remedy) from error
    wanted = name.removeprefix("translate-")
    for entry in entries:
        if wanted in (entry.get("code"), f"{entry.get('from_code')}_{entry.get('to_code')}"):
            data = networking.get_from(list(entry.get("links", ())), 1)
            if data is None:
                raise InstallError(f"{name}: cannot be downloaded", remedy)
            return bytes(data)
    raise InstallError(f"{name}: not in the Argos index", "the French to English package is called translate-fr_en")


def _unpack(archive: Path) -> PackageInfo:
    target = home()
    try:
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
            with zipfile.ZipFile(archive) as packed:
                roots = {PurePosixPath(name).parts[0] for name in packed.namelist() if name.strip("/")}
                if len(roots) != 1 or any(".." in PurePosixPath(name).parts or name.startswith("/") for name in packed.namelist()):
                    raise InstallError(f"{archive}: not an Argos package", "it must hold exactly one folder")
                packed.extractall(scratch)
            folder = Path(scratch) / roots.pop()
            open_package(folder)
            place = target / folder.name
            if place.exists():
                shutil.rmtree(place)
            shutil.move(str(folder), place)
    except zipfile.BadZipFile as error:
        raise InstallError(
            f"{archive}: not an Argos package ({error})", "a .argosmodel file is a zip archive; download it again"
        ) from error
    except ModelError as error:
        raise InstallError(str(error), error.remedy) from error
    except OSError as error:
        raise InstallError(
            f"{target}: cannot be written ({error})", "set ARGOS_PACKAGES_DIR to a folder you may write to"
        ) from error
    return _describe(place, False)


def _describe(folder: Path, shipped: bool) -> PackageInfo:
    facts = metadata(folder)
    code = str(facts.get("code") or f"translate-{facts.get('from_code')}_{facts.get('to_code')}")
    card = next((p for p in (folder / "README.md", folder / "card.md") if p.is_file()), None)
    size = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())
    version = str(facts.get("package_version", ""))
    text = card.read_text("utf-8", "replace") if card else ""
    return PackageInfo(code, version, folder, shipped, bool(facts.get("copy_markers")), size, text)


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())
