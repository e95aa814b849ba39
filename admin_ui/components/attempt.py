"""Work that a page starts: what it answers, or what went wrong shown where the answer would be."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from admin_ui.visitor import SignedOut
from engine.errors import DefinitionError
from servicing.errors import ServicingError

T = TypeVar("T")
LOG = logging.getLogger("loanwright.admin")


async def attempt(
    work: Callable[[], Awaitable[T]], failed: Callable[[Exception], object]
) -> T | None:
    """What the work answers; None when the session is over, or it failed and ``failed`` says how.

    What was foreseen is only shown; a bug is also logged.
    """
    try:
        return await work()
    except SignedOut:
        return None
    except Exception as fault:
        if not isinstance(fault, ServicingError | DefinitionError):
            LOG.exception("What a page asked for failed")
        failed(fault)
        return None
