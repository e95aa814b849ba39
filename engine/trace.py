"""Record how a number came about, at the seam between well-named functions.

``@explained`` marks a function whose call is a step of an explanation: its label is the first line
of its docstring, its inputs are its parameters. With no recorder open a call costs one context
variable look-up; the arithmetic never mentions tracing.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(slots=True)
class Step:
    """One call in an explanation: what was computed, from what, resting on which source."""

    name: str
    """Dotted name of the function."""
    label: str
    """First line of its docstring: the sentence a person reads."""
    inputs: dict[str, Any]
    """Parameter name → value."""
    output: Any = None
    sources: list[str] = field(default_factory=list)
    """Where terms or law behind it stand: "personal_installment@2 /fees/0", "32 CFR 232.4(b)"."""
    children: list[Step] = field(default_factory=list)


class Recorder:
    """Collects the steps of one explanation as a tree under ``root``."""

    def __init__(self) -> None:
        self.root = Step(name="root", label="", inputs={})
        self._stack = [self.root]

    @property
    def current(self) -> Step:
        return self._stack[-1]

    def enter(self, step: Step) -> None:
        self._stack[-1].children.append(step)
        self._stack.append(step)

    def leave(self) -> None:
        self._stack.pop()


_recorder: ContextVar[Recorder | None] = ContextVar("loanwright_recorder", default=None)


@contextmanager
def recording() -> Iterator[Recorder]:
    """Open a recorder for the block; calls of ``@explained`` functions inside it become steps."""
    recorder = Recorder()
    token = _recorder.set(recorder)
    try:
        yield recorder
    finally:
        _recorder.reset(token)


def note_source(source: str) -> None:
    """Say which term or law the current step rests on; nothing without an open recorder."""
    recorder = _recorder.get()
    if recorder is not None and source not in recorder.current.sources:
        recorder.current.sources.append(source)


def explained(function: Callable[P, R]) -> Callable[P, R]:
    """Make each call of ``function`` a step of the open explanation."""
    label = (inspect.getdoc(function) or function.__name__).splitlines()[0]
    names = list(inspect.signature(function).parameters)
    dotted = f"{function.__module__}.{function.__qualname__}"

    @functools.wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        recorder = _recorder.get()
        if recorder is None:
            return function(*args, **kwargs)
        inputs = {**dict(zip(names, args, strict=False)), **kwargs}
        step = Step(name=dotted, label=label, inputs=inputs)
        recorder.enter(step)
        try:
            output = function(*args, **kwargs)
            step.output = output
            return output
        finally:
            recorder.leave()

    return call
