"""Where the database of a run is: the one that comes along, started here, or one of your own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app.settings import Settings
from store.embedded import EmbeddedPostgres


@contextmanager
def running_database(settings: Settings) -> Iterator[str]:
    """Url of a database that answers, migrated to the present schema.

    The embedded server is started on first use and stopped by its last user. Enter it from the
    main thread: it answers signals, so that no end of the program leaves a server behind.
    """
    if settings.database_url is not None:
        yield settings.database_url
        return
    with EmbeddedPostgres(settings.home) as server:
        yield server.url
