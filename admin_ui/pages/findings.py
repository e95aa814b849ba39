"""The findings log: what rules said about commands and days, other than that all is well."""

from __future__ import annotations

from functools import partial
from typing import Any

from nicegui import ui
from starlette.requests import Request

from admin_ui.components.day_field import day_field
from admin_ui.components.dialog import dialog
from admin_ui.components.empty_state import empty_state
from admin_ui.components.facts import Facts
from admin_ui.components.paged_table import PagedTable
from admin_ui.components.pill import pill
from admin_ui.components.table import Column, Row
from admin_ui.downloads import FINDINGS
from admin_ui.finding_filters import FILTERS, OUTCOMES, narrowed_by
from admin_ui.formats import NOTHING, day, moment, short_id
from admin_ui.moment import Moment
from admin_ui.shell import shell
from admin_ui.visitor import Visitor, visitor_of
from admin_ui.words import title, tone
from servicing import findings
from servicing.permissions import require
from servicing.views import Page
from servicing.views.findings import FindingEntry

COLUMNS = (
    Column("outcome", "Outcome"),
    Column("said", "What it said", wrap=True),
    Column("loan", "Loan", narrow=False),
    Column("day", "Day", narrow=False),
    Column("posted", "Found", narrow=False),
)
MEANINGS = {
    "refused": "Nothing happened: the rule stopped it.",
    "set_aside": "It happened: a second person let the rule be set aside.",
    "adjusted": "It happened with what the rule leaves of it, or a fee was not charged.",
    "warned": "It happened all the same.",
}
ROWS_A_PAGE = 25


async def page(request: Request) -> None:
    """Findings newest first, narrowed by what stands in the address."""
    visitor = visitor_of(request)
    require(visitor.actor, findings.SEE)
    chosen = {name: request.query_params.get(name, "") for name in FILTERS}
    rules = await findings.rules_found(visitor.house, visitor.actor)
    subtitle = "What law and policy said about commands and days, over the whole book"
    with shell(visitor, "/findings", "Findings", subtitle) as actions:
        with ui.card().classes("flush"):
            found = FindingsLog(visitor, chosen, rules)
        with actions:
            ui.button("Export", icon="download", on_click=found.export).props("outline")


class FindingsLog:
    """The log with its filters."""

    def __init__(self, visitor: Visitor, chosen: dict[str, str], rules: dict[str, str]) -> None:
        self._visitor, self._chosen = visitor, chosen
        self._entries: dict[str, FindingEntry] = {}
        if chosen["rule"]:
            rules = {chosen["rule"]: chosen["rule"], **rules}
        with ui.element("div").classes("lw-bar"):
            self._select("rule", "Any rule", rules, "grow w-60")
            self._select("outcome", "Any outcome", OUTCOMES, "w-36 max-[599px]:grow")
            about = ui.input(placeholder="Loan id", value=chosen["loan"])
            about.props('clearable debounce=300 aria-label="Loan"').classes("w-44 max-[599px]:grow")
            about.on_value_change(partial(self._choose, "loan"))
            for name, words in (("since", "From"), ("until", "To")):
                field = day_field(words, value=chosen[name]).classes("w-40 max-[599px]:grow")
                field.props("clearable")
                field.on_value_change(partial(self._choose, name))
        self._list = PagedTable(
            COLUMNS, self._read, self._row, key="key", label="Findings",
            when_empty=self._nothing, on_press=self._open,
        )  # fmt: skip

    def export(self) -> None:
        """Every finding of the list, all pages of it, as a file."""
        ui.download.from_url(Moment().address(FINDINGS, **self._chosen))

    def _select(self, name: str, everything: str, options: dict[str, str], style: str) -> None:
        value = self._chosen[name] if self._chosen[name] in options else ""
        select = ui.select({"": everything, **options}, value=value).classes(style)
        select.props["aria-label"] = everything.replace("Any", "Filter by")
        select.on_value_change(partial(self._choose, name))

    def _choose(self, name: str, event: Any) -> None:
        self._chosen[name] = event.value or ""
        ui.navigate.history.replace(Moment().address("/findings", **self._chosen))
        self._list.again()

    async def _read(self, cursor: str | None, sort: str) -> Page:
        now = await self._visitor.still()
        return await findings.findings(
            now.house, now.actor, **narrowed_by(self._chosen), cursor=cursor, limit=ROWS_A_PAGE
        )

    def _row(self, entry: FindingEntry) -> Row:
        row = finding_row(entry)
        self._entries[row["key"]] = entry
        return row

    def _open(self, key: str) -> None:
        finding_dialog(self._entries[key])

    def _nothing(self) -> Any:
        if any(self._chosen.values()):
            return empty_state(
                "search_off", "No finding fits", "Try fewer filters, or other days.",
                action="All findings", target="/findings",
            )  # fmt: skip
        return empty_state(
            "fact_check", "No findings", "No rule has refused, adjusted or warned of anything yet."
        )


def finding_row(entry: FindingEntry) -> Row:
    """A finding as a row; what it said opens it."""
    return {
        "key": str(entry.finding),
        "outcome": OUTCOMES[entry.outcome],
        "outcome_tone": tone(entry.outcome),
        "said": entry.message,
        "said_press": str(entry.finding),
        "said_second": entry.rule_title if entry.rule_title not in entry.message else entry.rule,
        "loan": short_id(entry.loan_id) if entry.loan_id else NOTHING,
        **({"loan_href": f"/loans/{entry.loan_id}"} if entry.loan_id else {}),
        "day": day(entry.effective_on),
        "posted": day(entry.posted_on),
    }


def finding_dialog(entry: FindingEntry) -> None:
    """One finding: rule and figures, loan and event, who asked for what."""
    with dialog(entry.rule_title, entry.rule) as window, window.body:
        with ui.row().classes("items-center gap-3"):
            pill(entry.outcome, text=OUTCOMES[entry.outcome])
            ui.label(MEANINGS[entry.outcome]).classes("lw-sub")
        ui.label(entry.message)
        facts = Facts()
        facts.add("Law", entry.citation or "The lender's own policy", href=entry.href)
        for name, value in entry.figures.items():
            facts.add(title(name), value)
        if entry.row:
            facts.add("Row that decided", entry.row)
        facts.add("Day", day(entry.effective_on))
        facts.add("Found on", day(entry.posted_on))
        facts.add("Recorded", moment(entry.recorded_at))
        facts.add("Asked by", entry.actor_name)
        if entry.command:
            facts.add("Asked for", title(entry.command))
        if entry.seq:
            facts.add("Event of the loan", f"#{entry.seq}")
        with ui.row().classes("gap-4"):
            if entry.loan_id:
                ui.link("The loan", f"/loans/{entry.loan_id}").classes("lw-link")
            if entry.rule_title != _made_of(entry.rule):
                ui.link("The rule", f"/rules/{entry.rule}").classes("lw-link")
            ui.link("All it said", f"/findings?rule={entry.rule}").classes("lw-link")


def _made_of(rule: str) -> str:
    """The title of a finding that no published rule made."""
    return rule.replace("_", " ").capitalize()
