"""What two texts of a definition say differently: by place, and in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from servicing.views.publishing import Difference, WordsDifference

Sentences = Sequence[tuple[str, str]]
"""Title of a part and what it says."""
_NAMES = ("name", "kind")
"""Keys that tell which item of a list is which, wherever it stands."""


def differences(before: Any, after: Any) -> tuple[Difference, ...]:
    """Every place at which two documents differ, in the order of the later one."""
    return tuple(_differ(before, after, "", ""))


def in_words(before: Sentences, after: Sentences) -> tuple[WordsDifference, ...]:
    """The parts whose sentences differ; parts of one title are taken in their order."""
    old, new = _by_title(before), _by_title(after)
    found = []
    for title in [*new, *(title for title in old if title not in new)]:
        for was, now in zip_longest(old.get(title, []), new.get(title, []), fillvalue=""):
            if was != now:
                found.append(WordsDifference(title=title, before=was, after=now))
    return tuple(found)


def _by_title(sentences: Sentences) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for title, text in sentences:
        found.setdefault(title, []).append(text)
    return found


def _differ(before: Any, after: Any, path: str, title: str) -> Iterator[Difference]:
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in [*after, *(key for key in before if key not in after)]:
            below = title if path else _words(str(key))
            yield from _differ(before.get(key), after.get(key), f"{path}/{key}", below)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _differ_items(before, after, path, title)
    else:
        yield Difference(title=title, path=path, before=_text(before), after=_text(after))


def _differ_items(
    before: list[Any], after: list[Any], path: str, title: str
) -> Iterator[Difference]:
    """Items of one name are one item, wherever they stand; others by their place."""
    old, new = _named(before), _named(after)
    if old is None or new is None:
        for place, (was, now) in enumerate(zip_longest(before, after)):
            yield from _differ(was, now, f"{path}/{place}", title)
        return
    for name, (place, now) in new.items():
        was = old.get(name, (0, None))[1]
        yield from _differ(was, now, f"{path}/{place}", _title(now) or title)
    for name, (place, was) in old.items():
        if name not in new:
            yield Difference(
                title=_title(was) or title, path=f"{path}/{place}", before=_text(was), after=""
            )


def _named(items: list[Any]) -> dict[str, tuple[int, Any]] | None:
    """Items by what names them; None where not every one has a name of its own."""
    for key in _NAMES:
        names = [item.get(key) if isinstance(item, Mapping) else None for item in items]
        if all(isinstance(name, str) for name in names) and len(set(names)) == len(names):
            return {
                str(name): (place, item)
                for place, (name, item) in enumerate(zip(names, items, strict=True))
            }
    return None


def _title(item: Any) -> str:
    if not isinstance(item, Mapping):
        return ""
    return str(item.get("title") or _words(str(item.get("name", ""))))


def _words(key: str) -> str:
    return key.replace("_", " ").capitalize()


def _text(value: Any) -> str:
    """A value as the YAML would have it on one line."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Mapping():
            return "{" + ", ".join(f"{key}: {_text(item)}" for key, item in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_text, value)) + "]"
        case _:
            return str(value)
