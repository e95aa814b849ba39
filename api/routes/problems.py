"""What each kind of problem means: the addresses in ``type`` of every error answer."""

from __future__ import annotations

from litestar import get
from litestar.params import FromPath

from api.auth import FOR_ANYONE
from api.problem import NOT_FOUND, PROBLEM_TYPES, Problem, ProblemType


@get("/problems", tags=["Problems"], opt=FOR_ANYONE)
async def list_problems() -> tuple[ProblemType, ...]:
    """List the kinds of problem that this API answers with."""
    return PROBLEM_TYPES


@get("/problems/{name:str}", tags=["Problems"], opt=FOR_ANYONE)
async def read_problem(name: FromPath[str]) -> ProblemType:
    """Read what a kind of problem means and what to do."""
    for kind in PROBLEM_TYPES:
        if kind.name == name:
            return kind
    raise Problem(NOT_FOUND, f'There is no kind of problem "{name[:80]}"')
