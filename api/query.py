"""A query parameter that does not exist is refused: ``as_off=`` must not answer for today."""

from __future__ import annotations

from functools import cache
from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler

from api.openapi import document
from api.problem import Fault, invalid


def refuse_unknown_parameters(
    connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler
) -> None:
    """Guard: every query parameter is one that the handler knows; raises ``Problem`` 422."""
    given = set(connection.query_params.keys())
    if not given:
        return
    known = _known(connection.app).get(handler.fn.__name__, frozenset())
    if unknown := sorted(given - known):
        there_are = f"there are: {', '.join(sorted(known))}" if known else "this takes none"
        raise invalid(
            *(
                Fault(parameter=name[:80], message=f"There is no such parameter; {there_are}")
                for name in unknown
            )
        )


@cache
def _known(app: Any) -> dict[str, frozenset[str]]:
    """Names of query parameters by operation."""
    return {
        operation["operationId"]: frozenset(
            each["name"] for each in operation.get("parameters", ()) if each["in"] == "query"
        )
        for item in document(app)["paths"].values()
        for operation in item.values()
    }
