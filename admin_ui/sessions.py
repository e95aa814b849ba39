"""Signing in and out: real forms, because a page's socket cannot set a cookie."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote, urlsplit

from fastapi import FastAPI, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from admin_ui.guard import SESSION_COOKIE, safe_next
from admin_ui.open_pages import OpenPages
from admin_ui.visitor import SIGN_IN
from servicing import access
from servicing.errors import SignInFailed, Unavailable
from servicing.house import House

MAX_FORM_BYTES = 4096
EIGHT_HOURS = 8 * 60 * 60


def add_sessions(app: FastAPI, house: House, pages: OpenPages) -> None:
    """Take the sign-in form and the sign-out button."""

    @app.post(SIGN_IN)
    async def sign_in(request: Request) -> Response:
        if not from_here(request):
            return PlainTextResponse("This form was not sent from the sign-in page.", 403)
        form = await _form(request)
        target = safe_next(form.get("next", "/"))
        try:
            token = await access.sign_in(house, form.get("email", ""), form.get("password", ""))
        except SignInFailed:
            return _back(request, "wrong", target)
        except Unavailable:
            return _back(request, "unavailable", target)
        answer = RedirectResponse(f"{request.scope.get('root_path', '')}{target}", 303)
        answer.set_cookie(
            SESSION_COOKIE,
            token,
            max_age=EIGHT_HOURS,
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
        return answer

    @app.post("/sign-out")
    async def sign_out(request: Request) -> Response:
        if not from_here(request):
            return PlainTextResponse("This form was not sent from here.", 403)
        token = request.cookies.get(SESSION_COOKIE, "")
        if token:
            await access.sign_out(house, token)
            pages.leave(token)
        answer = RedirectResponse(f"{request.scope.get('root_path', '')}{SIGN_IN}", 303)
        answer.delete_cookie(SESSION_COOKIE, httponly=True, samesite="lax")
        return answer


def from_here(request: Request) -> bool:
    """Whether a form was sent from a page of this very server."""
    origin = request.headers.get("origin")
    if origin is None:
        return request.headers.get("sec-fetch-site", "same-origin") in {"same-origin", "none"}
    return urlsplit(origin).netloc == request.headers.get("host")


async def _form(request: Request) -> dict[str, str]:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_FORM_BYTES:
            return {}
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


def _back(request: Request, problem: str, target: str) -> RedirectResponse:
    root = request.scope.get("root_path", "")
    return RedirectResponse(f"{root}{SIGN_IN}?problem={problem}&next={quote(target)}", 303)
