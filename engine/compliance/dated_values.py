"""The dated figures of a rule: for each, the first entry not after the day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date

from engine.compliance.rule import DatedValues
from engine.expressions.expression import inner_value
from engine.expressions.tree import Value
from engine.facts.fact import FactType
from engine.facts.written import parse_fact


class Figures:
    """All figures of a rule between two changes of any of them."""

    __slots__ = ("inner", "written")

    def __init__(self, written: dict[str, str], inner: tuple[Value, ...]) -> None:
        self.written = written
        """As the file says them, by name."""
        self.inner = inner
        """As evaluation takes them, in the order of the names."""


class DatedFigures:
    """Figures by day; built once, asked by one bisection."""

    __slots__ = ("_figures", "days")

    def __init__(
        self, values: Mapping[str, DatedValues], types: Mapping[str, FactType], currency: str
    ) -> None:
        """ValueError when a figure is not written as its type is; ``compile_rule`` asks first."""
        self.days = sorted({day for dated in values.values() for day in dated})
        """Days on which a figure changes."""
        self._figures = [_figures(values, types, currency, day) for day in self.days]

    def on(self, day: date) -> Figures | None:
        """The figures in force on a day; None while one of them has no value yet."""
        if not self.days:
            return _NONE
        at = bisect_right(self.days, day)
        return self._figures[at - 1] if at else None


_NONE = Figures({}, ())


def _figures(
    values: Mapping[str, DatedValues], types: Mapping[str, FactType], currency: str, day: date
) -> Figures | None:
    written: dict[str, str] = {}
    for name, dated in values.items():
        begun = [start for start in dated if start <= day]
        if not begun:
            return None
        written[name] = dated[max(begun)]
    inner = tuple(figure(text, types[name], currency) for name, text in written.items())
    return Figures(written, inner)


def figure(text: str, type: FactType, currency: str) -> Value:
    """One figure of a rule as evaluation takes it; numbers and days are quoted text here too.

    Raises ValueError that says how the type is written.
    """
    if type in (FactType.number, FactType.days):
        if not text.lstrip("-").isdecimal():
            raise ValueError(f'"{text}" is not a whole number in quotes such as "3"')
        return int(text)
    if type == FactType.flag:
        if text not in ("true", "false"):
            raise ValueError(f'"{text}" is neither "true" nor "false"')
        return text == "true"
    return inner_value(parse_fact(type, text, currency))
