"""The house's signing key: Ed25519, made on first use, by which other houses know its bundles."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

KEY_FILE: Final = "signing-key"
"""Name of the key's file in LOANWRIGHT_HOME; it never leaves it."""


class Signer:
    """Signs as one house."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    @staticmethod
    def in_home(home: Path) -> Signer:
        """The signer of a home: its key is made on first use, readable by its owner alone."""
        path = home / KEY_FILE
        home.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            text = path.read_text(encoding="ascii").strip()
            return Signer(Ed25519PrivateKey.from_private_bytes(bytes.fromhex(text)))
        key = Ed25519PrivateKey.generate()
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(key.private_bytes_raw().hex())
        return Signer(key)

    @property
    def public(self) -> str:
        """The public key, 64 hexadecimal digits: what others are told to trust."""
        return self._key.public_key().public_bytes_raw().hex()

    def sign(self, content: bytes) -> str:
        """The signature of some bytes, hexadecimal."""
        return self._key.sign(content).hex()


def is_signed(content: bytes, signature: str, public: str) -> bool:
    """Whether the holder of a public key signed these bytes."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signature), content)
    except (InvalidSignature, ValueError):
        return False
    return True
