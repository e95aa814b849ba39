"""What servicing raises, as the problem that a client gets."""

from __future__ import annotations

import pytest

from api import refusals
from api.problem import PROBLEM_TYPES, Fault, Problem, invalid
from engine.errors import Citation, DefinitionError, Refusal
from engine.errors import Problem as DefinitionProblem
from servicing import errors


def refusal(kind: str, code: str = "some_code") -> Refusal:
    return Refusal(code=code, message=f"Because of {code}.", path="/amount", kind=kind)


@pytest.mark.parametrize(
    ("kinds", "status", "name"),
    [
        (["state"], 409, "state"),
        (["invalid"], 422, "invalid"),
        (["rule"], 422, "refused-by-rule"),
        (["rule", "rule"], 422, "refused-by-rule"),
        (["state", "invalid"], 422, "invalid"),
    ],
)
def test_a_refused_command_says_whose_fault_it_is(kinds: list[str], status: int, name: str) -> None:
    refused = errors.CommandRefused(tuple(refusal(kind) for kind in kinds))
    problem = refusals.command_refused(refused)
    assert (problem.status_code, problem.kind.name) == (status, name)
    assert len(problem.errors) == len(kinds)


def test_law_is_cited() -> None:
    cited = Refusal(
        code="rate_cap",
        message="36% is the most.",
        rule="us/federal/mla/mapr_cap",
        citation=Citation(cite="32 CFR 232.4(b)", href="https://example.org/232.4"),
        kind="rule",
    )
    [fault] = refusals.command_refused(errors.CommandRefused((cited,))).errors
    assert (fault.rule, fault.citation) == ("us/federal/mla/mapr_cap", "32 CFR 232.4(b)")
    assert fault.href.endswith("232.4")


@pytest.mark.parametrize(
    ("problem", "status"),
    [
        (refusals.loan_not_found(errors.LoanNotFound("loan_x")), 404),
        (refusals.not_found(errors.NotFound("quote", "quote_x")), 404),
        (refusals.forbidden(errors.Forbidden("fees:write")), 403),
        (refusals.key_reused(errors.IdempotencyConflict("loan_x", "rcpt_1")), 409),
        (refusals.in_flight(errors.InFlight(2)), 409),
        (refusals.version_conflict(errors.VersionConflict(3, 5, stated=True)), 412),
        (refusals.version_conflict(errors.VersionConflict(3, 5)), 409),
        (refusals.unavailable(errors.Unavailable()), 503),
    ],
)
def test_each_end_of_a_use_case_has_its_status(problem: Problem, status: int) -> None:
    assert problem.status_code == status
    assert problem.kind in PROBLEM_TYPES


def test_what_can_be_tried_again_says_when() -> None:
    assert refusals.in_flight(errors.InFlight(2)).headers == {"Retry-After": "2"}
    assert "Retry-After" in (refusals.unavailable(errors.Unavailable()).headers or {})


def test_a_conflict_names_what_the_key_did_first() -> None:
    problem = refusals.key_reused(errors.IdempotencyConflict("loan_x", "rcpt_1"))
    body = problem.body("/api/v1/loans", "req_1")
    assert (body.loan_id, body.receipt_id) == ("loan_x", "rcpt_1")


def test_a_bad_definition_lists_every_fault() -> None:
    fault = DefinitionError(
        (DefinitionProblem(message="No.", path="/a"), DefinitionProblem(message="Nor this."))
    )
    assert [each.message for each in refusals.bad_definition(fault).errors] == ["No.", "Nor this."]


def test_one_fault_speaks_for_the_whole() -> None:
    assert invalid(Fault(message="Too small")).detail == "Too small"
    assert invalid(Fault(message="a"), Fault(message="b")).detail.startswith("2 things")


def test_kinds_of_problem_have_names_of_their_own() -> None:
    assert len({kind.name for kind in PROBLEM_TYPES}) == len(PROBLEM_TYPES)
