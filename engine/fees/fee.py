"""The fees a product may have; adding a kind is one file and one name here."""

from __future__ import annotations

from typing import TypeAlias

from engine.fees.late_fee import LateFee
from engine.fees.manual_fee import ManualFee
from engine.fees.origination_fee import OriginationFee
from engine.fees.returned_payment_fee import ReturnedPaymentFee

Fee: TypeAlias = OriginationFee | LateFee | ReturnedPaymentFee | ManualFee
