"""The definition files of the house: which there are, and what each should be called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from engine.errors import Problem
from store.definitions.definition import Definition, read_definition
from store.definitions.kinds import RULE

PRODUCTS: Final = "products"
RULES: Final = "rules"


class Folders(NamedTuple):
    """Where products, with what they share, and rules stand."""

    products: Path
    rules: Path


def folders_around(path: Path) -> Folders:
    """The folders a path belongs to: those in it, else in the nearest folder around it."""
    start = path if path.is_dir() else path.parent
    around = [start, *start.absolute().parents]
    for folder in around:
        if (folder / RULES).is_dir() and any((folder / PRODUCTS).glob("*/v*.yaml")):
            return Folders(folder / PRODUCTS, folder / RULES)
    return Folders(start / PRODUCTS, start / RULES)


def definition_files(place: Path) -> list[Path]:
    """The definition files of a folder, or a file itself; hidden ones are passed over."""
    if place.is_file():
        return [place]
    found = (path for path in place.rglob("*.y*ml") if path.is_file())
    return sorted(path for path in found if not _hidden(path, place))


def read_house(folders: Folders) -> list[Definition]:
    """Every definition of the house."""
    files = [*definition_files(folders.products), *definition_files(folders.rules)]
    return read_files(files, folders)


def read_files(paths: Iterable[Path], folders: Folders) -> list[Definition]:
    """The definitions in files, each checked against the place it stands in."""
    return [_read(path, folders) for path in paths]


def _read(path: Path, folders: Folders) -> Definition:
    definition = read_definition(path, str(path))
    for problem in _misplaced(definition, path, folders):
        definition.add(problem)
    return definition


def _misplaced(definition: Definition, path: Path, folders: Folders) -> Iterator[Problem]:
    """What a file of the house calls itself and where it stands must be one."""
    if path.suffix != ".yaml":
        yield Problem(message=f"{path.name} does not end in .yaml", mend="rename it", code="place")
    kind, data = definition.kind, definition.document.data
    if kind is None or not isinstance(data.get(kind.key), str):
        return
    name = data[kind.key]
    if kind is RULE and inside(path, folders.rules):
        yield from _misplaced_rule(name, path, folders.rules)
    if kind is RULE or not inside(path, folders.products):
        return
    if path.parent.name != name:
        mend = f"name it {path.parent.name}, or move it to a folder {name}"
        message = f"{name} stands in the folder {path.parent.name}"
        yield Problem(message=message, path=f"/{kind.key}", mend=mend, code="place")
    version = data.get("version")
    if isinstance(version, int) and path.stem != f"v{version}":
        mend = f"rename the file to v{version}.yaml"
        message = f"version {version} stands in {path.name}"
        yield Problem(message=message, path="/version", mend=mend, code="place")


def _misplaced_rule(name: str, path: Path, rules: Path) -> Iterator[Problem]:
    place = path.absolute().relative_to(rules.absolute()).with_suffix("")
    wanted = ".".join(place.parts)
    if name != wanted:
        mend = f"name it {wanted}, or move it to {name.replace('.', '/')}.yaml"
        message = f"the rule {name} stands in {place}.yaml"
        yield Problem(message=message, path="/rule", mend=mend, code="place")


def inside(path: Path, folder: Path) -> bool:
    """Whether a path is a folder or stands in it."""
    return path.absolute().is_relative_to(folder.absolute())


def _hidden(path: Path, place: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(place).parts)
