"""A signature holds for its bytes and its key, and for nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.signing import Signer, is_signed


@pytest.mark.parametrize(
    ("content", "signature", "public"),
    [(b"b", None, None), (b"a", "00" * 64, None), (b"a", None, "00" * 32), (b"a", None, "short")],
)
def test_another_text_signature_or_key_does_not_hold(
    tmp_path: Path, content: bytes, signature: str | None, public: str | None
) -> None:
    signer = Signer.in_home(tmp_path)
    right = signer.sign(b"a")
    assert is_signed(b"a", right, signer.public)
    assert not is_signed(content, signature or right, public or signer.public)
