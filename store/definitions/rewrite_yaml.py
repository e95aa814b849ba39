"""A definition's text made to say other data: comments, order and layout of the rest stay.

The text is changed where the data differ and nowhere else. So a form and an editor are two views of
one document, and what a person wrote beside a figure survives the figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import yaml
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from store.definitions.plain_scalars import plain_scalar
from store.definitions.read_yaml import read_yaml
from store.definitions.write_yaml import entry, folded, inline, item, scalar


class CannotRewrite(ValueError):
    """The text can only be changed as text: it is no sound YAML, or one part stands for another."""


def rewritten(text: str, wanted: Mapping[str, Any]) -> str:
    """The text so that it says ``wanted``; CannotRewrite where that takes a person."""
    document = read_yaml(text, "")
    if document.problems or not isinstance(document.data, dict) or not wanted:
        raise CannotRewrite("The text is no sound YAML yet; mend it as text first.")
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    assert root is not None, "what was read as a map has a root"
    rewriting = _Rewriting(text)
    found = rewriting.value(root, wanted)
    result = text[: root.start_mark.index] + found + text[rewriting.end(root) :]
    again = read_yaml(result, "")
    if again.problems or not same(again.data, wanted):
        raise CannotRewrite("The text is laid out so that only a person can change this in it.")
    return result


def same(one: Any, other: Any) -> bool:
    """Whether two values are one in text too: true is not 1."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and bool(one == other)


def matched(before: list[Any], after: list[Any]) -> list[int | None]:
    """For each item after, the place of the item it was before; None for a new one.

    Equal items first, then items of one name, then those at the same place.
    """
    free = set(range(len(before)))
    found: list[int | None] = [None] * len(after)

    def take(fits: Any) -> None:
        for place, value in enumerate(after):
            if found[place] is None:
                one = next((old for old in sorted(free) if fits(old, place, value)), None)
                found[place] = one
                free.discard(-1 if one is None else one)

    take(lambda old, place, value: same(before[old], value))
    take(lambda old, place, value: _name(value) and _name(before[old]) == _name(value))
    take(lambda old, place, value: old == place and type(before[old]) is type(value))
    return found


def _name(value: Any) -> Any:
    return value.get("name") if isinstance(value, Mapping) else None


class _Part(NamedTuple):
    """An entry or item: what stands between it and the one before, and its text."""

    gap: str
    body: str


class _Old(NamedTuple):
    """An entry or item as it stood; ``stop`` is where the gap to the next begins."""

    gap: str
    start: int
    stop: int


class _Rewriting:
    """Changes one text. A part in flow style stands on a line with others: {a: 1, b: 2}."""

    def __init__(self, text: str) -> None:
        self.text = text

    def value(self, node: Node, wanted: Any) -> str:
        """The text of a value that is to be ``wanted``."""
        start, end = node.start_mark.index, self.end(node)
        if same(_says(node), wanted):
            return self.text[start:end]
        if isinstance(node, MappingNode) and isinstance(wanted, Mapping) and wanted and node.value:
            return self._map(node, wanted)
        if isinstance(node, SequenceNode) and isinstance(wanted, list) and wanted and node.value:
            return self._list(node, wanted)
        if isinstance(node, ScalarNode) and isinstance(wanted, str):
            in_block = node.style in {">", "|"}
            shown = folded(self.text[start:end], wanted) if in_block else None
            return shown or scalar(wanted, quoted=bool(node.style))
        return inline(wanted)

    def end(self, node: Node) -> int:
        """Where a part ends: what is in block style with its last line, notes on it included."""
        if isinstance(node, ScalarNode):
            start, end = node.start_mark.index, node.end_mark.index
            trimmed = len(self.text[start:end].rstrip("\n "))
            return start + trimmed if node.style in {">", "|"} else int(end)
        assert isinstance(node, CollectionNode)
        if node.flow_style or not node.value:
            return int(node.end_mark.index)
        last = node.value[-1]
        return self._line_end(self.end(last[1] if isinstance(last, tuple) else last))

    def _line_end(self, place: int) -> int:
        found = self.text.find("\n", place)
        return len(self.text) if found < 0 else found

    def _old(self, node: MappingNode | SequenceNode, parts: list[tuple[int, Node]]) -> list[_Old]:
        """Where each part stood, by the start of its text and its value."""
        found, before = [], node.start_mark.index
        for start, value in parts:
            end = self.end(value)
            stop = end if node.flow_style else self._line_end(end)
            found.append(_Old(self.text[before:start], start, stop))
            before = stop
        return found

    def _map(self, node: MappingNode, wanted: Mapping[str, Any]) -> str:
        old = self._old(node, [(key.start_mark.index, value) for key, value in node.value])
        column = node.start_mark.column
        usual = ", " if node.flow_style else f"\n{' ' * column}"
        parts: dict[str, _Part] = {}
        for place, (key, value) in enumerate(node.value):
            if key.value in wanted:
                body = self._entry(key, value, wanted[key.value], old[place].stop, node)
                parts[key.value] = _Part(old[place].gap if place else usual, body)
        names, previous = list(parts), ""
        for name, value in wanted.items():
            if name not in parts:
                shown = _entry(name, value, column, flow=bool(node.flow_style))
                apart = "\n" if column == 0 and "\n" in shown else ""
                parts[name] = _Part(apart + usual, shown)
                names.insert(names.index(previous) + 1 if previous else 0, name)
            previous = name
        return self._joined(node, old, [parts[name] for name in names])

    def _entry(self, key: Node, value: Node, wanted: Any, stop: int, within: MappingNode) -> str:
        """A key with its value; a value that changes its shape is set out anew, notes beside it."""
        start, end, after_key = value.start_mark.index, self.end(value), key.end_mark.index
        flat = not isinstance(wanted, Mapping | list)
        stays = isinstance(value, ScalarNode) is flat and end > start and (flat or bool(wanted))
        grows = not flat and isinstance(value, Node) and not value.value
        if same(_says(value), wanted) or (stays and not grows):
            shown = self.value(value, wanted)
            return self.text[key.start_mark.index : start] + shown + self.text[end:stop]
        around = (self.text[after_key + 1 : start], self.text[end:stop])
        notes = [note.strip() for note in around if note.strip().startswith("#")]
        shown = _entry(key.value, wanted, within.start_mark.column, flow=bool(within.flow_style))
        first, newline, rest = shown.partition("\n")
        return "  ".join([first, *notes]) + newline + rest

    def _list(self, node: SequenceNode, wanted: list[Any]) -> str:
        old = self._old(node, [(one.start_mark.index, one) for one in node.value])
        column = node.start_mark.column
        apart = "\n" if len(old) > 1 and old[1].gap.startswith("\n\n") else ""
        usual = ", " if node.flow_style else f"{apart}\n{' ' * column}- "
        parts = []
        before = [_says(one) for one in node.value]
        for value, place in zip(wanted, matched(before, wanted), strict=True):
            if place is None:
                shown = inline(value) if node.flow_style else item(value, column)[2:]
                parts.append(_Part(usual, shown))
            else:
                one = node.value[place]
                body = self.value(one, value) + self.text[self.end(one) : old[place].stop]
                parts.append(_Part(old[place].gap if place else usual, body))
        return self._joined(node, old, parts)

    def _joined(self, node: CollectionNode, old: list[_Old], parts: list[_Part]) -> str:
        """The parts behind each other; the first stands where the first of old stood."""
        first = parts[0]
        notes = first.gap.lstrip(" ,\n") if "#" in first.gap else ""
        opening = old[0].gap + notes if node.flow_style or not notes else notes
        tail = self.text[old[-1].stop : node.end_mark.index] if node.flow_style else ""
        return opening + first.body + "".join(gap + body for gap, body in parts[1:]) + tail


def _entry(key: str, value: Any, column: int, *, flow: bool) -> str:
    return f"{scalar(key)}: {inline(value)}" if flow else entry(key, value, column)


def _says(node: Node) -> Any:
    """A part as the reader of definitions has it."""
    if isinstance(node, MappingNode):
        return {key.value: _says(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [_says(part) for part in node.value]
    assert isinstance(node, ScalarNode)
    return plain_scalar(node.value).value if not node.style else node.value
