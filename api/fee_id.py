"""A fee's id in an address: its slash, which would end a path segment, is written as a tilde."""

from __future__ import annotations


def from_address(fee_id: str) -> str:
    """late_fee~3 → late_fee/3."""
    return fee_id.replace("~", "/")
