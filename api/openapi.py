"""The OpenAPI 3.1 document: Litestar's paths, with schemas, words and errors from our own types.

Litestar knows addresses and parameters; msgspec knows exactly what each body and answer may be
(the same schema that bodies are checked against), so its schemas stand in the document.
"""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any, Final, get_args

import msgspec
from litestar import Litestar, Response, Router
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import OpenAPIRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme

from api.field_words import with_words
from api.problem import MEDIA_TYPE, PROBLEM_TYPES, TYPES_PATH, ProblemDetails, ProblemType

VERSION: Final = "1.0.0"
DESCRIPTION: Final = """Loans serviced from versioned products and dated law.

Money and rates are decimal text ("1500.00", "0.0799"), days are ISO dates. Every request that
changes a loan or takes a step of publishing carries an `Idempotency-Key`; `dry_run=true` shows what
a command on a loan would do. What a loan or
the book shows takes `as_of` (the day) and `as_known_at` (the moment from which to look). Every
error is an RFC 9457 problem that lists all faults at once.
"""
TAGS: Final = {
    "Products": "What may be lent, as versioned files",
    "Quotes": "Terms worked out for an applicant, bookable exactly as shown",
    "Borrowers": "Who owes",
    "Loans": "Contracts from booking to payoff, as of any day",
    "Payments": "Money in, and taken back",
    "Fees": "Charged and waived",
    "Books": "The double entries behind every number",
    "Bulk actions": "One command on every loan of a list, previewed first",
    "Portfolio": "The book as a whole",
    "Boarding": "Loans taken over from another system in mid-life",
    "Daily run": "Letting time pass over the book",
    "Rules": "What the law says, with citations",
    "Access": "API keys and people",
    "Office": "Who did what, whether the records are true, messages, settings",
    "Problems": "What errors mean",
    "Health": "Whether the server lives and can work",
}
ERROR_HEADERS: Final = {
    401: {"WWW-Authenticate": "How to say who asks"},
    405: {"Allow": "Methods of this address"},
    409: {"Retry-After": "Seconds to wait, where the first request is still running"},
    503: {"Retry-After": "Seconds to wait"},
}
_PREFIX: Final = "#/components/schemas/"


def openapi_config(docs: Router, plugins: Sequence[OpenAPIRenderPlugin]) -> OpenAPIConfig:
    """What Litestar needs to know to describe the paths, and where it shows them."""
    key = SecurityScheme(
        type="http", scheme="bearer", bearer_format="lw_…", description="An API key"
    )
    return OpenAPIConfig(
        title="Loanwright",
        version=VERSION,
        description=DESCRIPTION,
        components=Components(security_schemes={"api_key": key}),
        security=[{"api_key": []}],
        use_handler_docstrings=True,
        openapi_router=docs,
        render_plugins=plugins,
    )


def document(app: Litestar) -> dict[str, Any]:
    """The finished document of the app, made once."""
    made: dict[str, Any] | None = app.state.get("openapi")
    if made is None:
        made = _finished(app)
        app.state.openapi = made
    return made


def _finished(app: Litestar) -> dict[str, Any]:
    raw: dict[str, Any] = app.openapi_schema.to_schema()
    operations = list(_operations(app, raw))
    kinds: dict[str, Any] = {"problem": ProblemDetails}
    for name, handler, _ in operations:
        kinds[f"{name} body"] = _body_type(handler)
        kinds[f"{name} answer"] = _answer_type(handler)
    named = {name: kind for name, kind in kinds.items() if kind is not None}
    schemas, components = msgspec.json.schema_components(
        tuple(named.values()), ref_template=_PREFIX + "{name}"
    )
    for component, schema in components.items():
        with_words(component, schema, named.values())
    by_use = dict(zip(named, schemas, strict=True))
    enums = raw["components"]["schemas"]
    for name, handler, operation in operations:
        given = operation.get("parameters", ())
        operation["parameters"] = [_parameter(each, enums) for each in given]
        _finish_operation(name, handler, operation, by_use)
    raw["components"]["schemas"] = components
    raw["openapi"] = "3.1.0"
    raw["tags"] = [{"name": name, "description": words} for name, words in TAGS.items()]
    return raw


def _operations(app: Litestar, raw: dict[str, Any]) -> Any:
    handlers = {
        (route.path_format or "/", method.lower()): handler
        for route in app.routes
        for method, (handler, _) in getattr(route, "route_handler_map", {}).items()
        if isinstance(handler, HTTPRouteHandler)
    }
    for path, item in raw["paths"].items():
        for method, operation in item.items():
            if (handler := handlers.get((path, method))) is not None:
                yield f"{method} {path}", handler, operation


def _body_type(handler: HTTPRouteHandler) -> Any:
    field = handler.parsed_data_field
    return None if field is None else field.annotation


def _answer_type(handler: HTTPRouteHandler) -> Any:
    annotation = handler.parsed_return_field.annotation
    if inspect.isclass(annotation) and issubclass(annotation, Response):
        return None
    if (inner := get_args(annotation)) and _is_response(annotation):
        return inner[0]
    return annotation


def _is_response(annotation: Any) -> bool:
    origin = getattr(annotation, "__origin__", None)
    return inspect.isclass(origin) and issubclass(origin, Response)


def _finish_operation(
    name: str, handler: HTTPRouteHandler, operation: dict[str, Any], by_use: dict[str, Any]
) -> None:
    words = inspect.getdoc(handler.fn) or ""
    operation["summary"] = words.partition("\n")[0].rstrip(".")
    operation["description"] = words
    operation["operationId"] = handler.fn.__name__
    if handler.opt.get("public"):
        operation["security"] = []
    else:
        operation["description"] += f"\n\nScope: `{handler.opt['scope']}`."
    if body := by_use.get(f"{name} body"):
        content: dict[str, Any] = {"schema": body}
        if "example" in handler.opt:
            content["example"] = handler.opt["example"]
        operation["requestBody"] = {"required": True, "content": {"application/json": content}}
    elif text := handler.opt.get("text_body"):
        content = {"schema": {"type": "string"}, "example": text}
        operation["requestBody"] = {"required": True, "content": {"text/csv": content}}
    _finish_answers(name, handler, operation, by_use)


def _parameter(raw: dict[str, Any], enums: dict[str, Any]) -> dict[str, Any]:
    """A parameter as it may be sent: one that is left out is absent, never null."""
    schema = dict(raw.get("schema", {}))
    choices = [each for each in schema.pop("oneOf", ()) if each != {"type": "null"}]
    if len(choices) == 1:
        schema = {**choices[0], **schema}
    elif choices:
        schema["oneOf"] = choices
    if reference := schema.pop("$ref", ""):
        schema = {**enums[reference.removeprefix(_PREFIX)], **schema}
    for word in ("description", "title"):
        schema.pop(word, None)
    kept: dict[str, Any] = {
        name: raw[name] for name in ("name", "in", "description", "required") if name in raw
    }
    return {**kept, "schema": schema}


def _finish_answers(
    name: str, handler: HTTPRouteHandler, operation: dict[str, Any], by_use: dict[str, Any]
) -> None:
    answer = by_use.get(f"{name} answer", {})
    content = {"application/json": {"schema": answer}} if answer else {}
    if media_type := handler.opt.get("file"):
        content = {media_type: {"schema": {"type": "string"}}}
    taken = {each["name"] for each in operation.get("parameters", ())}
    changes = "Idempotency-Key" in taken
    status = str(handler.status_code)
    responses: dict[str, Any] = {status: {"description": "Done", "content": content}}
    if changes:
        responses[status]["headers"] = _headers(
            {
                "Location": "Address of the loan, or of what was made",
                "ETag": "The loan's version after a command",
                "Idempotent-Replayed": "true when answered again, without happening again",
            }
        )
    if "dry_run" in taken:
        responses["200"] = {"description": "What a dry run would do", "content": content}
    if "If-None-Match" in taken:
        responses[status]["headers"] = _headers({"ETag": "The loan's version, then the day"})
        responses["304"] = {"description": "Not modified since If-None-Match"}
    for code in sorted(_possible_errors(handler, operation, changes=changes)):
        responses[str(code)] = _problem_answer(code, by_use["problem"])
    for code, words in handler.opt.get("also", {}).items():
        responses[str(code)] = {"description": words, "content": content}
    operation["responses"] = responses


def _problem_answer(code: int, problem: dict[str, Any]) -> dict[str, Any]:
    kinds = [kind for kind in PROBLEM_TYPES if kind.status == code]
    answer: dict[str, Any] = {
        "description": "; ".join(kind.title for kind in kinds),
        "content": {MEDIA_TYPE: {"schema": problem, "example": _example(kinds[0])}},
    }
    if code in ERROR_HEADERS:
        answer["headers"] = _headers(ERROR_HEADERS[code])
    return answer


def _example(kind: ProblemType) -> dict[str, Any]:
    return {
        "type": TYPES_PATH + kind.name,
        "title": kind.title,
        "status": kind.status,
        "detail": kind.meaning,
        "instance": "/api/v1/…",
        "request_id": "req_5442fc8587003403bc984cbf",
    }


def _headers(told: dict[str, str]) -> dict[str, Any]:
    return {
        name: {"description": words, "schema": {"type": "string"}} for name, words in told.items()
    }


def _possible_errors(
    handler: HTTPRouteHandler, operation: dict[str, Any], *, changes: bool
) -> set[int]:
    codes = {400, 405, 422, 500, 503}  # 422: any address may be asked with an unknown parameter
    if not handler.opt.get("public"):
        codes |= {401, 403}
    if any(each["in"] == "path" for each in operation.get("parameters", ())):
        codes |= {404}
    if "requestBody" in operation:
        codes |= {404, 413, 415}
    if changes:
        codes |= {404, 409, 412}
    return codes
