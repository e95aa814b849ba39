"""The admin as one application: its files come from here, and from nowhere else."""

from __future__ import annotations

import re

from admin_ui import app, theme
from tests.admin_ui.conftest import Admin


async def test_the_style_sheet_and_font_are_its_own(admin: Admin) -> None:
    async with admin.client() as client:
        page = (await client.get("/sign-in")).text
        sheet = (await client.get("/assets/theme.css")).text
        for address in re.findall(r"url\((/[^)]+)\)", sheet):
            assert (await client.get(address)).status_code == 200
    assert not re.findall(r"(?:src|href)=\"?https?://", page + sheet)
    assert app.build.__doc__ and theme.BRAND in sheet


def test_the_font_comes_with_its_license() -> None:
    assert "SIL Open Font License" in (theme.ASSETS / "fonts" / "LICENSE-Inter.txt").read_text()
