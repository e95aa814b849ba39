"""The docs page works where there is no way out to the world."""

from __future__ import annotations

import re
from pathlib import Path

import api
from api.docs_page import PAGE, POLICY
from tests.api.door import Door

ASSETS = Path(api.__file__).parent / "assets"


async def test_the_page_and_all_it_needs_come_from_here(door: Door) -> None:
    page = await door.client.get("/api/docs")
    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["content-security-policy"] == POLICY
    needed = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(needed) >= 5
    for address in needed:
        if address != "data:,":
            assert address.startswith("/api/")
            assert (await door.client.get(address)).status_code == 200


def test_the_policy_allows_no_other_place() -> None:
    assert "http" not in POLICY
    assert "unsafe-eval" not in POLICY
    assert b"<script>" not in PAGE


def test_styles_and_scripts_of_ours_name_no_other_place() -> None:
    assert not re.search(
        r"url\(['\"]?(?!data:|['\"]?data:)", (ASSETS / "swagger-ui.css").read_text()
    )
    assert "http" not in (ASSETS / "docs.js").read_text()


def test_the_license_of_swagger_ui_is_kept() -> None:
    assert "Apache License" in (ASSETS / "swagger-ui.LICENSE.txt").read_text()


async def test_nothing_but_assets_is_served_as_assets(door: Door) -> None:
    for path in ("/api/assets/%2e%2e/auth.py", "/api/assets/..%2fauth.py", "/api/assets/"):
        assert (await door.client.get(path)).status_code in {404, 405}
