"""Nobody reaches a page without a session: all is closed unless it is on the public list."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import quote

from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from admin_ui.visitor import SIGN_IN, Visitor
from servicing import access
from servicing.errors import Unavailable
from servicing.house import House

SESSION_COOKIE = "loanwright_session"
LOOK_COOKIE = "loanwright_look"
PREFERENCE_COOKIE = "loanwright_prefers"
ACCOUNT = "/account"
"""Where a password is chosen: the only page that a one-time password opens."""
LOOKS = ("auto", "light", "dark")
PUBLIC = (SIGN_IN, "/sign-out", "/assets", "/_nicegui", "/_nicegui_ws", "/favicon.ico")
"""All that is reached without a session: signing in and out, and files that know no loan."""

HEADERS = {
    b"content-security-policy": (
        b"default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
        b"style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        b"connect-src 'self' ws: wss:; object-src 'none'; base-uri 'self'; form-action 'self'; "
        b"frame-ancestors 'none'"
    ),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
}
"""Nothing is loaded from elsewhere. NiceGUI writes scripts into its pages, hence the unsafe two."""


class Guard:
    """Resolves the session once per request and turns strangers away."""

    def __init__(self, app: ASGIApp, house: House) -> None:
        self._app = app
        self._house = house

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = own_path(scope)
        if is_public(path):
            await self._app(scope, receive, _with_headers(send))
            return
        cookies = _cookies(scope)
        token = cookies.get(SESSION_COOKIE, "")
        try:
            actor = await access.session(self._house, token) if token else None
        except Unavailable as fault:
            answer = PlainTextResponse(f"{fault} Try again in a moment.", 503)
            await answer(scope, receive, _with_headers(send))
            return
        if actor is None:
            await _to_sign_in(scope, path)(scope, receive, _with_headers(send))
            return
        if actor.one_time and path != ACCOUNT:
            to_account = RedirectResponse(f"{scope.get('root_path', '')}{ACCOUNT}", 303)
            await to_account(scope, receive, _with_headers(send))
            return
        scope.setdefault("state", {})["visitor"] = Visitor(
            self._house, token, actor, look_of(scope), cookies.get(PREFERENCE_COOKIE) == "dark"
        )
        await self._app(scope, receive, _with_headers(send, private=True))


def own_path(scope: Scope) -> str:
    """The path below the place where the admin is mounted."""
    path: str = scope["path"]
    root: str = scope.get("root_path", "")
    if root and (path == root or path.startswith(root + "/")):
        path = path[len(root) :] or "/"
    return path


def is_public(path: str) -> bool:
    """Whether a path is on the public list."""
    return any(path == public or path.startswith(public + "/") for public in PUBLIC)


def safe_next(target: str) -> str:
    """A place within the admin to go to after signing in; anything else becomes the dashboard."""
    local = target.startswith("/") and not target.startswith("//") and "\\" not in target
    return target if local and target.isprintable() else "/"


def look_of(scope: Scope) -> str:
    """The look this browser chose, also before anybody signed in."""
    look = _cookies(scope).get(LOOK_COOKIE, "auto")
    return look if look in LOOKS else "auto"


def _to_sign_in(scope: Scope, path: str) -> RedirectResponse:
    query = scope.get("query_string", b"").decode("latin-1")
    target = safe_next(f"{path}?{query}" if query else path)
    return RedirectResponse(f"{scope.get('root_path', '')}{SIGN_IN}?next={quote(target)}", 303)


def _cookies(scope: Scope) -> dict[str, str]:
    raw = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(raw.decode("latin-1")).items()}
    except CookieError:
        return {}


def _with_headers(send: Send, *, private: bool = False) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers: list[Any] = list(message.get("headers", []))
            headers += HEADERS.items()
            if private:
                headers = [pair for pair in headers if pair[0].lower() != b"cache-control"]
                headers.append((b"cache-control", b"no-store"))
            message = {**message, "headers": headers}
        await send(message)

    return sending
