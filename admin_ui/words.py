"""Tags of the house as people read them, and how alarming each is."""

from __future__ import annotations

from typing import Final

TITLES: Final[dict[str, str]] = {
    "paid_off": "Paid off",
    "charged_off": "Charged off",
    "partly_paid": "Partly paid",
    "past_due": "Past due",
    "needs_approval": "Needs approval",
    "apr": "APR",
    "military_apr": "Military APR",
    "ach": "ACH",
    "mla_exempt": "MLA exempt",
    "military_lending_act": "Military Lending Act",
    "bnpl": "Buy now, pay later",
    "note_rate": "Note rate",
    "fee_id": "Fee",
    "semimonthly": "Twice a month",
    "biweekly": "Every two weeks",
}

TONES: Final[dict[str, str]] = {
    "active": "ok",
    "current": "ok",
    "paid": "ok",
    "live": "ok",
    "pass": "ok",
    "booked": "brand",
    "scheduled": "brand",
    "due": "brand",
    "partly_paid": "warn",
    "warn": "warn",
    "needs_approval": "warn",
    "past_due": "bad",
    "charged_off": "bad",
    "refuse": "bad",
    "refused": "bad",
    "failed": "bad",
    "set_aside": "brand",
    "adjusted": "warn",
    "warned": "warn",
    "requested": "warn",
    "approved": "brand",
    "used": "ok",
    "declined": "bad",
    "previewing": "brand",
    "previewed": "brand",
    "running": "brand",
    "done": "ok",
    "would": "brand",
    "stopped": "warn",
}


def title(tag: str) -> str:
    """A tag in words: "past_due" is "Past due"."""
    if tag in TITLES:
        return TITLES[tag]
    words = tag.replace("_", " ").replace(".", " ").strip()
    return words[:1].upper() + words[1:]


def answer(said: str) -> str:
    """What a rule answers: an outcome in words, an amount as it is."""
    return said if said[:1].isdigit() or said[:1] == "-" else title(said)


def tone(tag: str) -> str:
    """How a tag is colored: ok, brand, warn, bad or nothing."""
    return TONES.get(tag, "")


def stage_tone(stage: str, days_past_due: int = 0) -> str:
    """How a delinquency stage is colored: current, early, or 30 days and more past due."""
    if stage in {"", "current"} and days_past_due == 0:
        return "ok"
    return "bad" if days_past_due >= 30 or _first_number(stage) >= 30 else "warn"


def stage_title(stage: str, days_past_due: int = 0) -> str:
    """A delinquency stage in words; a current one that is late says by how many days."""
    if stage in {"", "current"}:
        return "Current" if days_past_due == 0 else f"{days_past_due} days past due"
    first = _first_number(stage)
    return f"{first}+ days late" if stage == f"late_{first}" else title(stage)


def _first_number(text: str) -> int:
    digits = "".join(sign if sign.isdigit() else " " for sign in text).split()
    return int(digits[0]) if digits else 0
