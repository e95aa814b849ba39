"""Requests made from the OpenAPI document, right and wrong: no 5xx, no undocumented answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from api.routes import PUBLIC_HANDLERS, V1_HANDLERS
from tests.api.served import Served, serving_in_a_thread

CHECKED = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
]
BEYOND_THE_TOOL = {("read_payoff_quote", "response_schema_conformance")}
"""Schemathesis rewrites ``prefixItems`` into what it then refuses; the answer itself is right."""
OPERATIONS = sorted(handler.fn.__name__ for handler in (*PUBLIC_HANDLERS, *V1_HANDLERS))


@pytest.fixture(scope="module")
def served(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving_in_a_thread(module_database, tmp_path_factory.mktemp("home")) as served:
        yield served


@pytest.fixture(scope="module")
def described(served: Served) -> Any:
    return schemathesis.openapi.from_url(f"{served.address}/api/v1/openapi.json")


@pytest.mark.parametrize("name", OPERATIONS)
def test_requests_made_from_the_document(name: str, described: Any, served: Served) -> None:
    operation = described.find_operation_by_id(name)
    modes = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    checks = [CHECKS.get_one(check) for check in CHECKED if (name, check) not in BEYOND_THE_TOOL]
    known = {"loan_id": served.loan_id} if "loan_id" in operation.path else {}

    @settings(max_examples=8, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(
        st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in modes)), st.booleans()
    )
    def holds(case: Any, on_a_loan: bool) -> None:
        if on_a_loan and known:
            case.path_parameters = {**case.path_parameters, **known}
        case.call_and_validate(headers=served.headers, checks=checks)

    holds()
