"""The docs page: Swagger UI from our own files, with no request outside this server."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from litestar import Request, Response, Router, get
from litestar.datastructures import ResponseHeader
from litestar.openapi.plugins import OpenAPIRenderPlugin

from api.auth import FOR_ANYONE
from api.openapi import document

PAGE: Final = b"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Loanwright API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/api/assets/swagger-ui.css">
<link rel="stylesheet" href="/api/assets/docs.css">
<script src="/api/assets/swagger-ui-bundle.js" defer></script>
<script src="/api/assets/docs.js" defer></script>
</head>
<body>
<div id="docs"></div>
<noscript>The same as data: <a href="/api/v1/openapi.json">openapi.json</a></noscript>
</body>
</html>
"""
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; form-action 'none'"
)


class DocsPage(OpenAPIRenderPlugin):
    """Swagger UI, served from this machine."""

    def __init__(self) -> None:
        super().__init__(path="/")

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """The page; it fetches the document itself."""
        return PAGE


class Document(OpenAPIRenderPlugin):
    """The finished OpenAPI document."""

    def __init__(self) -> None:
        super().__init__(path="/openapi.json")

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """The document as JSON."""
        return msgspec.json.encode(document(request.app))


def docs_router() -> Router:
    """Where the docs live, for anyone to read."""
    policy = ResponseHeader(name="Content-Security-Policy", value=POLICY)
    return Router(
        "/api/docs",
        route_handlers=[],
        opt=FOR_ANYONE,
        include_in_schema=False,
        response_headers=[policy],
    )


@get("/api/v1/openapi.json", opt=FOR_ANYONE, include_in_schema=False)
async def openapi_json(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The OpenAPI 3.1 document."""
    return Response(msgspec.json.encode(document(request.app)), media_type="application/json")
