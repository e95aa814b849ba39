"""No interest: the borrower pays fees at most, as with buy-now-pay-later."""

from __future__ import annotations

import msgspec


class NoInterest(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="no_interest"):
    """The balance earns nothing."""
