"""Sign-ins of the demo: a user per role and an API key, in a file only its owner reads."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from servicing import access
from servicing.actor import Role
from servicing.house import House

CREDENTIALS = "demo-credentials"
"""Name of the file in LOANWRIGHT_HOME."""


async def write_credentials(house: House, home: Path) -> None:
    """Make the demo's users and key and write them where the file says, readable by its owner."""
    lines = ["Sign in at / with email and password:", ""]
    for role in Role:
        email, password = f"{role.value}@demo.example", secrets.token_urlsafe(12)
        name = role.value.replace("_", " ").capitalize()
        try:
            await access.create_user(
                house, email=email, name=name, password=password, roles=(role,)
            )
        except ValueError:  # made by a start that was interrupted before it could tell
            await access.set_password(house, email, password)
        lines.append(f"{email:<36} {password}")
    key = await access.create_api_key(house, name="Demo integration", scopes=frozenset({"*"}))
    lines += ["", "API key for Authorization: Bearer", "", f"api_key {key}", ""]
    _write_private(home / CREDENTIALS, "\n".join(lines))


def _write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, from its first byte on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
