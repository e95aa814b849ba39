"""What PostgreSQL prints in trouble becomes a sentence that helps."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.embedded.trouble import trouble


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("postgres: error while loading shared libraries: libz.so.1: cannot open", "zlib1g"),
        ("/lib/libc.so.6: version `GLIBC_2.28' not found", "C library is too old"),
        ("FATAL:  could not write: No space left on device", "disk is full"),
        ("initdb: error: could not look up effective user ID 54321", "/etc/passwd"),
        ("could not resize shared memory segment: No space left", "--shm-size"),
        ("FATAL: database files are incompatible with server", "another PostgreSQL version"),
    ],
)
def test_a_known_trouble_has_its_remedy(printed: str, said: str) -> None:
    message = str(trouble("Starting PostgreSQL", printed, Path("/room")))
    assert said in message
    assert printed in message
    assert "LOANWRIGHT_DATABASE_URL" in message


def test_an_unknown_trouble_shows_the_end_of_what_was_printed() -> None:
    printed = "\n".join(f"line {number}" for number in range(20))
    message = str(trouble("Starting PostgreSQL", printed, Path("/room")))
    assert message.startswith("Starting PostgreSQL failed in /room.")
    assert "line 19" in message
    assert "line 3\n" not in message
