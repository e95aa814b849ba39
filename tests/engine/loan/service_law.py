"""The cap of interest in military service, as tests of loans know it."""

from __future__ import annotations

from engine.compliance.rule_book import RuleBook
from tests.engine.compliance.laws import law

LAW = RuleBook.of(
    [
        law(
            {
                "kind": "limit",
                "rule": "us.federal.scra.six_percent_cap",
                "title": "Six percent during service",
                "at": ["change_rate"],
                "value_on": "event_date",
                "applies_when": "in_military_service and obligation_predates_service",
                "narrows": "note_rate",
                "maximum": "service_rate",
                "message": "Above {service_rate} is forgiven.",
                "citation": {"cite": "50 U.S.C. 3937(a)"},
                "values": {"service_rate": {"2003-12-19": "0.06", "2026-04-01": "0.055"}},
                "tests": [],
            }
        )
    ]
)
"""The cap of service, with a change of the law in the middle of the loans lived here."""
