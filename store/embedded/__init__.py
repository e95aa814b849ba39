"""PostgreSQL for a laptop: from a wheel, without installing, configuring or administering it."""

from __future__ import annotations

from store.embedded.server import EmbeddedPostgres
from store.embedded.trouble import EmbeddedPostgresError

__all__ = ["EmbeddedPostgres", "EmbeddedPostgresError"]
