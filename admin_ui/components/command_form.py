"""A form drawn from a command's own fields, so that a new command needs no new form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec
from msgspec import inspect as shape
from nicegui import ui

from admin_ui.components.day_field import day_field
from admin_ui.components.field_words import field_words
from admin_ui.words import title
from engine.loan.commands import Command

Choices = Mapping[str, Mapping[Any, str]]
"""Field → the values it may take on this loan, each in words."""


class CommandForm:
    """Fields of one command; ``command`` reads it or shows what is wrong beside each field."""

    def __init__(
        self,
        kind: type[Command],
        *,
        business_date: date,
        choices: Choices,
        preset: Mapping[str, Any],
        on_change: Any,
    ) -> None:
        self.kind = kind
        self._on_change = on_change
        self._business_date = business_date
        self._fields: dict[str, Any] = {}
        words = field_words(kind)
        info = shape.type_info(kind)
        assert isinstance(info, shape.StructType), "commands are structs"
        with ui.element("div").classes("lw-grid two"):
            for field in info.fields:
                options = choices.get(field.name)
                control = self._control(field, options, preset.get(field.name))
                control.classes("w-full")
                if field.name in words and options is None:
                    control.props["hint"] = words[field.name]
                self._fields[field.name] = control
        self._info = info

    def command(self) -> Command | None:
        """The command as filled in; None when a field shows what is wrong with it."""
        wanted = {field.name: field for field in self._info.fields}
        given: dict[str, Any] = {self._info.tag_field or "": self._info.tag}
        wrong: dict[str, str] = {}
        for name, control in self._fields.items():
            value = read(name, control.value)
            if value in {None, ""}:
                if wanted[name].required:
                    wrong[name] = "This is needed."
                continue
            given[name] = value
        if not wrong:
            try:
                return msgspec.convert(given, self.kind, strict=False)
            except msgspec.ValidationError as fault:
                found, _, place = str(fault).partition(" - at `$.")
                name = place.rstrip("`") or next(iter(self._fields))
                wrong[name] = in_words(name, found)
        for name, control in self._fields.items():
            control.error = wrong.get(name)
        return None

    def _control(self, field: shape.Field, options: Mapping[Any, str] | None, preset: Any) -> Any:
        label = title(field.name) + ("" if field.required else " (optional)")
        value = self._first(field) if preset is None else preset
        changed = self._changed
        type_ = _some(field.type)
        if options is not None:
            one = next(iter(options), None) if len(options) == 1 else None
            return ui.select(
                dict(options), label=label, value=value if value in options else one,
                on_change=changed,
            )  # fmt: skip
        match type_:
            case shape.EnumType(cls=kinds):
                names = {str(kind): title(str(kind)) for kind in kinds}
                chosen = str(value) if value else next(iter(names))
                return ui.select(names, label=label, value=chosen, on_change=changed)
            case shape.DateType():
                text = value.isoformat() if isinstance(value, date) else value
                return day_field(label, value=text or "", on_change=changed)
            case shape.StrType() if field.name == "reason":
                return ui.input(label, value=value or "", on_change=changed).classes(
                    "col-span-full"
                )
        shown = ui.input(label, value=str(value or ""), on_change=changed)
        if is_rate(field.name):
            shown.props('suffix="% per year" inputmode=decimal')
        elif is_amount(field.name):
            shown.props("inputmode=decimal").classes("num")
        return shown

    def _first(self, field: shape.Field) -> Any:
        if isinstance(field.type, shape.DateType) and field.required:
            return self._business_date
        return None if field.default in {msgspec.NODEFAULT, None} else field.default

    def _changed(self) -> None:
        for control in self._fields.values():
            control.error = None
        self._on_change()


def is_rate(name: str) -> bool:
    """Whether a field is a yearly rate, asked for in percent."""
    return "rate" in name.split("_")


def is_amount(name: str) -> bool:
    """Whether a field is an amount of money."""
    return "amount" in name.split("_") or name.endswith("_balance")


def read(name: str, value: Any) -> Any:
    """What was typed as the command wants it: no "$" or ",", percent as a fraction."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if is_amount(name) or is_rate(name):
        text = text.replace(",", "").replace("$", "").replace("%", "").strip()
    if is_rate(name) and text:
        try:
            return f"{Decimal(text).scaleb(-2).normalize():f}"
        except InvalidOperation:
            return text
    return text


def in_words(name: str, found: str) -> str:
    """What decoding found wrong with a field, as a person would put it."""
    _, longer, most = found.partition("length <= ")
    if longer:
        return f"Write at most {most} characters."
    if is_amount(name) or is_rate(name):
        return "Write it as a number, like 451.46."
    if "date" in found.lower():
        return "Write it as a date, like 2026-11-24."
    return "Write it in plain words, on one line."


def _some(type_: shape.Type) -> shape.Type:
    """The type of a field when it is given."""
    if isinstance(type_, shape.UnionType):
        given = [part for part in type_.types if not isinstance(part, shape.NoneType)]
        return _some(given[0])
    return type_ if not isinstance(type_, shape.Metadata) else _some(type_.type)
