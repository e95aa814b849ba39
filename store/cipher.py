"""Personal data at rest: AES-256-GCM, and keyed hashes by which it can still be found."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_FILE = "secret-key"
"""Name of the key's file in LOANWRIGHT_HOME; losing it loses every name and address."""
_NONCE = 12


class Cipher:
    """Seals and opens personal data; the same words give the same search keys."""

    def __init__(self, key: bytes) -> None:
        assert len(key) == 32, "the key has 256 bits"
        self._seal = AESGCM(hashlib.sha256(b"seal" + key).digest())
        self._search = hashlib.sha256(b"search" + key).digest()

    @staticmethod
    def in_home(home: Path) -> Cipher:
        """The cipher of a home: its key is made on first use, readable by its owner alone."""
        path = home / KEY_FILE
        home.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return Cipher(bytes.fromhex(path.read_text(encoding="ascii").strip()))
        key = secrets.token_bytes(32)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(key.hex())
        return Cipher(key)

    def seal(self, clear: bytes, owner: str) -> bytes:
        """Encrypted bytes that open only for the same owner."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._seal.encrypt(nonce, clear, owner.encode())

    def open(self, sealed: bytes, owner: str) -> bytes:
        """The clear bytes; raises InvalidTag when they were changed or belong to another."""
        return self._seal.decrypt(sealed[:_NONCE], sealed[_NONCE:], owner.encode())

    def search_keys(self, *texts: str) -> list[str]:
        """Keyed hashes of every word and of beginnings of it, three letters at least."""
        keys: set[str] = set()
        for word in {word for text in texts for word in text.casefold().split()}:
            lengths = {*range(3, min(len(word), 10) + 1), len(word)}
            keys |= {self.search_key(word[:length]) for length in lengths}
        return sorted(keys)

    def search_key(self, word: str) -> str:
        """The keyed hash of one word or beginning, as search asks for it."""
        digest = hmac.new(self._search, word.casefold().encode(), hashlib.sha256).digest()
        return digest[:12].hex()
