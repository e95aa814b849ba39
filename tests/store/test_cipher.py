"""Sealed data opens for its owner alone; words are found by keyed hashes of their beginnings."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from store.cipher import KEY_FILE, Cipher


def test_what_is_sealed_opens_for_its_owner_alone(tmp_path: Path) -> None:
    cipher = Cipher.in_home(tmp_path)
    sealed = cipher.seal(b"Ulla", "brw_1")
    assert b"Ulla" not in sealed and sealed != cipher.seal(b"Ulla", "brw_1")
    assert cipher.open(sealed, "brw_1") == b"Ulla"
    with pytest.raises(InvalidTag):
        cipher.open(sealed, "brw_2")
    with pytest.raises(InvalidTag):
        cipher.open(sealed[:-1] + bytes([sealed[-1] ^ 1]), "brw_1")


def test_the_key_is_made_once_and_readable_by_its_owner(tmp_path: Path) -> None:
    sealed = Cipher.in_home(tmp_path).seal(b"x", "o")
    assert Cipher.in_home(tmp_path).open(sealed, "o") == b"x"
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600


def test_words_are_found_by_their_beginnings(tmp_path: Path) -> None:
    cipher = Cipher.in_home(tmp_path)
    keys = cipher.search_keys("Ulla Thistlewood")
    assert {cipher.search_key(word) for word in ("ulla", "THI", "thistle")} <= set(keys)
    assert cipher.search_key("wood") not in keys
    assert Cipher(bytes(32)).search_key("ulla") not in keys
