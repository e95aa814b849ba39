"""The docs page: Swagger UI from our own files, with no request outside this server."""

from __future__ import annotations

from typing import Any, Final

from litestar import Request, Response, get

from api.openapi import document

PAGE: Final = """<!doctype html>
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
<main id="docs"></main>
<noscript>The same as data: <a href="/api/v1/openapi.json">openapi.json</a></noscript>
</body>
</html>
"""
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; form-action 'none'"
)
PUBLIC: Final = {"public": True, "exclude_from_auth": True}


@get("/api/docs", opt=PUBLIC, include_in_schema=False, media_type="text/html")
async def docs_page() -> Response[str]:
    """The docs page."""
    return Response(PAGE, media_type="text/html", headers={"Content-Security-Policy": POLICY})


@get("/api/v1/openapi.json", opt=PUBLIC, include_in_schema=False)
async def openapi_json(request: Request[Any, Any, Any]) -> Response[dict[str, Any]]:
    """The OpenAPI 3.1 document."""
    return Response(document(request.app), media_type="application/json")
