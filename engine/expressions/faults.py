"""What goes wrong when a checked expression is evaluated: an unknown fact, a division by zero."""

from __future__ import annotations

from engine.errors import Problem


class ExpressionFault(Exception):
    """Evaluation has no result; ``problem`` says what was found, and the column."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class FactUnknown(ExpressionFault):
    """The expression needs a fact that is not known here; it does not guess."""

    def __init__(self, name: str, column: int) -> None:
        super().__init__(
            Problem(
                message=f"{name} is not known here",
                column=column,
                code="fact_unknown",
                mend=f"give {name}, or ask at a point where it is known",
            )
        )
        self.name = name
