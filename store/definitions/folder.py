"""The definition files of a folder: which there are, and what each should be called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from engine.errors import Problem
from store.definitions.definition import Definition, read_definition
from store.definitions.kinds import RULE

PRODUCTS: Final = "products"
RULES: Final = "rules"
_NOT_RULES: Final = frozenset({"coverage.yaml"})
"""Files among the rules that are no rules."""


def root_of(path: Path) -> Path:
    """The folder that holds ``products`` and ``rules`` around a path, else the path's folder."""
    start = path if path.is_dir() else path.parent
    for folder in (start.absolute(), *start.absolute().parents):
        if (folder / PRODUCTS).is_dir() or (folder / RULES).is_dir():
            return start if folder == start.absolute() else folder
    return start


def definition_files(root: Path) -> list[Path]:
    """Every definition file under a root: of its products and rules, else of the folder itself."""
    homes = [root / name for name in (PRODUCTS, RULES) if (root / name).is_dir()] or [root]
    found = (path for home in homes for path in home.rglob("*.y*ml") if path.is_file())
    return sorted(path for path in found if path.name not in _NOT_RULES and not _hidden(path, root))


def read_files(paths: Iterable[Path], root: Path) -> list[Definition]:
    """The definitions in files, each checked against the place it stands in."""
    return [_read(path, root) for path in paths]


def _read(path: Path, root: Path) -> Definition:
    definition = read_definition(path, str(path))
    for problem in _misplaced(definition, path, root):
        definition.add(problem)
    return definition


def _misplaced(definition: Definition, path: Path, root: Path) -> Iterator[Problem]:
    """What a file calls itself and where it stands must be one."""
    if path.suffix != ".yaml":
        yield Problem(message=f"{path.name} does not end in .yaml", mend="rename it", code="place")
    kind, data = definition.kind, definition.document.data
    if kind is None or not isinstance(data.get(kind.key), str):
        return
    name = data[kind.key]
    if kind is RULE:
        yield from _misplaced_rule(name, path, root)
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


def _misplaced_rule(name: str, path: Path, root: Path) -> Iterator[Problem]:
    home = root / RULES
    if not path.absolute().is_relative_to(home.absolute()):
        return
    place = path.absolute().relative_to(home.absolute()).with_suffix("")
    wanted = ".".join(place.parts)
    if name != wanted:
        mend = f"name it {wanted}, or move it to {name.replace('.', '/')}.yaml"
        message = f"the rule {name} stands in {place}.yaml"
        yield Problem(message=message, path="/rule", mend=mend, code="place")


def _hidden(path: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(root).parts)
