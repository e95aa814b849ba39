"""The database of a run is the embedded one, or the one that was named."""

from __future__ import annotations

from pathlib import Path

from app.database import running_database
from app.settings import read_settings
from store.embedded import EmbeddedPostgres
from store.embedded.liveness import running_server


def test_a_database_of_your_own_is_used_and_none_is_started(tmp_path: Path) -> None:
    own = "postgresql://ada@db:5432/book"
    home = tmp_path / "home"
    settings = read_settings({"LOANWRIGHT_HOME": str(home), "LOANWRIGHT_DATABASE_URL": own})
    with running_database(settings) as url:
        assert url == own
    assert not home.exists()


def test_the_one_that_comes_along_runs_while_it_is_needed(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / "home")
    with running_database(read_settings({"LOANWRIGHT_HOME": str(tmp_path / "home")})) as url:
        assert url == server.url
        assert running_server(server.room) is not None
    assert running_server(server.room) is None
    server.forget()
