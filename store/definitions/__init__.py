"""Definition files: reading, checking, sealing and loading products and rules."""

from __future__ import annotations

from store.definitions.load import load_catalog

__all__ = ["load_catalog"]
