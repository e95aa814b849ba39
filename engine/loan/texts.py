"""Amounts, rates and words as a command carries them: text, until the loan's currency is known."""

from __future__ import annotations

from typing import Annotated

import msgspec

AmountText = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[0-9]{1,12}(\.[0-9]{1,12})?$",
        description="Amount in the loan's currency, as decimal text",
        examples=["451.46"],
    ),
]
RateText = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[0-9]{1,3}(\.[0-9]{1,12})?$",
        description="Yearly rate as decimal text; 0.0799 is 7.99 percent",
        examples=["0.0799"],
    ),
]
Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=500, pattern=r"^[^\x00-\x1f\x7f]+$")]
ShortText = Annotated[str, msgspec.Meta(max_length=120, pattern=r"^[^\x00-\x1f\x7f]*$")]
