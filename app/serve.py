"""Serve the house on one port until Ctrl-C or SIGTERM; then close it in order."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import uvicorn

from app.asgi import OneProcess, Prepare
from app.database import running_database
from app.house import open_house
from app.settings import Settings, SettingsError
from servicing.house import House

GRACE_SECONDS = 3
"""For requests under way at the end; open pages of the admin never end by themselves."""


class _Announcing(uvicorn.Server):
    """Tells when it answers."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._announce()


def serve(
    settings: Settings,
    *,
    prepare: Prepare | None = None,
    announce: Callable[[], None] = lambda: None,
    with_admin: bool = True,
    with_daily_run: bool = True,
) -> None:
    """Serve API and admin with the daily run beside them; returns after Ctrl-C.

    ``prepare`` is awaited with the house before the port answers, ``announce`` called when it does.
    Raises SettingsError when the port is taken.
    """
    listening = _listening(settings)
    with listening, running_database(settings) as url:

        def house() -> AbstractAsyncContextManager[House]:
            return open_house(settings, url)

        application = OneProcess(
            house, prepare=prepare, with_admin=with_admin, with_daily_run=with_daily_run
        )
        config = uvicorn.Config(
            application,
            lifespan="on",
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
            ws_max_size=1_000_000,
        )
        server = _Announcing(config, announce)
        try:
            server.run(sockets=[listening])
        except KeyboardInterrupt:
            return
        if not server.started:
            raise SystemExit(3)


def _listening(settings: Settings) -> socket.socket:
    """The port, taken before anything slow begins."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
        listening.listen()  # two that only bound would both believe the port is theirs
    except OSError as fault:
        listening.close()
        raise SettingsError(
            f"Cannot serve on {settings.host}:{settings.port}: {fault.strerror}. "
            "Set PORT to a free port."
        ) from fault
    return listening
