"""The API as one ASGI application: edge, authentication, routes, problems, document."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, Final

from litestar import Litestar, Router
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.middleware import DefineMiddleware
from litestar.plugins.problem_details import ProblemDetailsConfig, ProblemDetailsPlugin
from litestar.static_files import create_static_files_router
from litestar.types import Receive, Scope, Send

from api import refusals
from api.as_of import seen
from api.auth import FOR_ANYONE, KeyAuthentication, current_actor, require_scope
from api.body import BodyRequest
from api.commanding import command_asked
from api.docs_page import DocsPage, Document, docs_router, openapi_json
from api.edge import Edge
from api.openapi import openapi_config
from api.query import refuse_unknown_parameters
from api.routes import PUBLIC_HANDLERS, V1_HANDLERS
from api.steps import step_asked
from engine.catalog.catalog import UnknownDefinition
from engine.errors import DefinitionError
from servicing import errors
from servicing.house import House
from servicing.readiness import DATABASE_AWAY

LARGEST_BODY: Final = 1_000_000
"""Bytes; boarding a file allows more."""


class Api:
    """The API of one house: an ASGI application with the lifespan of its Litestar."""

    def __init__(self, house: House) -> None:
        self.litestar = _litestar(house)
        self._edge = Edge(self.litestar)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._edge(scope, receive, send)

    def lifespan(self) -> AbstractAsyncContextManager[None]:
        """What must be entered before the first request."""
        return self.litestar.lifespan()


def _litestar(house: House) -> Litestar:
    def the_house() -> House:
        return house

    public = Router("/api", route_handlers=list(PUBLIC_HANDLERS))
    v1 = Router("/api/v1", route_handlers=list(V1_HANDLERS))
    assets = create_static_files_router(
        "/api/assets",
        [Path(__file__).parent / "assets"],
        opt=FOR_ANYONE,
        include_in_schema=False,
    )
    app = Litestar(
        [public, v1, assets, openapi_json],
        dependencies={
            "house": Provide(the_house, sync_to_thread=False),
            "actor": Provide(current_actor, sync_to_thread=False),
            "seen": Provide(seen, sync_to_thread=False),
            "asked": Provide(command_asked),
            "step": Provide(step_asked),
        },
        guards=[require_scope, refuse_unknown_parameters],
        middleware=[DefineMiddleware(KeyAuthentication)],
        plugins=[_problems()],
        exception_handlers={
            errors.CommandRefused: refusals.on_command_refused,
            HTTPException: refusals.on_http,
            Exception: refusals.on_anything,
        },
        openapi_config=openapi_config(docs_router(), [DocsPage(), Document()]),
        request_class=BodyRequest,
        request_max_body_size=LARGEST_BODY,
        logging_config=None,
    )
    app.state.house = house
    return app


def _problems() -> ProblemDetailsPlugin:
    answers: dict[type[Exception], Any] = {
        errors.LoanNotFound: refusals.loan_not_found,
        errors.NotFound: refusals.not_found,
        errors.Forbidden: refusals.forbidden,
        errors.IdempotencyConflict: refusals.key_reused,
        errors.InFlight: refusals.in_flight,
        errors.VersionConflict: refusals.version_conflict,
        errors.DraftChanged: refusals.draft_changed,
        errors.Unavailable: refusals.unavailable,
        **dict.fromkeys(DATABASE_AWAY, refusals.unavailable),
        UnknownDefinition: refusals.unknown_definition,
        DefinitionError: refusals.bad_definition,
    }
    return ProblemDetailsPlugin(ProblemDetailsConfig(exception_to_problem_detail_map=answers))
