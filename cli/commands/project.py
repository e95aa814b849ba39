"""``loanwright project``: the dated flows of a contract written down in a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from cli.output import as_json, print_json, print_table
from engine.projection.document import ContractDocument, contract_of
from engine.projection.flow import Flow
from engine.projection.maturity import maturity
from engine.projection.project import project as projected
from engine.values.rounding import Rounding, round_exact
from store.definitions.contracts import read_contract

_COLUMNS = ("date", "flow", "amount", "principal", "rate", "accrued", "payment")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--through", default=None, help="Last day shown; default: the file's, or the end.")
@as_json
def project(file: Path, through: str | None, as_json: bool) -> None:
    """Every dated flow of the contract in FILE, with the state after each.

    Amounts are what the lender receives; --json tells the payment in force too. The file is held
    to schemas/contract.schema.json.
    """
    document = read_contract(file)
    last = date.fromisoformat(through) if through else _last(document)
    flows = projected(contract_of(document, last), last)
    rows = [_row(flow, document.currency) for flow in flows]
    if as_json:
        print_json([dict(zip(_COLUMNS, row, strict=True)) for row in rows])
    else:
        shown = [row[:-1] for row in rows]
        print_table(document.title or document.contract, _COLUMNS[:-1], shown, numbers=(2, 3, 4, 5))


def _last(document: ContractDocument) -> date:
    end = maturity(document.terms)
    if document.through is not None:
        return document.through
    assert end is not None, "a contract without an end says through which day to look"
    return end.date.on


def _row(flow: Flow, currency: str) -> tuple[str, ...]:
    accrued = round_exact(flow.accrued, Rounding.half_up)
    return (
        flow.on.isoformat(),
        flow.kind.value,
        flow.amount.text(currency),
        flow.principal.text(currency),
        flow.rate.text(),
        accrued.text(currency),
        flow.payment.text(currency) if flow.payment else "",
    )
