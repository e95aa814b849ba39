"""``loanwright coverage``: which law speaks of which product; what is untested, stale, unused."""

from __future__ import annotations

from datetime import date, datetime

import click

from app.settings import read_settings
from cli.output import as_json, print_json, print_table
from engine.compliance.gap_map import STALE_AFTER, GapMap, PlaceRow
from servicing.clock import SystemClock
from servicing.coverage import of_catalog
from store.definitions.load import load_catalog


@click.command()
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="The day asked for; today when left out."
)
@click.option(
    "--stale-after",
    default=STALE_AFTER,
    show_default=True,
    type=click.IntRange(0, 36_500),
    help="Days after which figures are to be compared with their source again.",
)
@as_json
def coverage(on: datetime | None, stale_after: int, as_json: bool) -> None:
    """Show the gap map: places by products, and every rule that is stale, untested or unused."""
    settings = read_settings()
    day: date = on.date() if on else SystemClock().business_date()
    found = of_catalog(load_catalog(settings.products, settings.rules), day, stale_after)
    if as_json:
        print_json(found)
    else:
        _tell(found)


def _tell(found: GapMap) -> None:
    shown = [row for row in found.places if any(cell.offered for cell in row.cells)]
    own = [row for row in shown if row.rules]
    elsewhere = [row.place for row in found.places if row.rules and row not in shown]
    print_table(
        "Rules of each place, by product",
        ["Place", *found.products, "Verified to", "Outside"],
        [_row(row) for row in own],
        numbers=range(1, len(found.products) + 1),
    )
    bare = [row.place for row in shown if not row.rules]
    if bare:
        click.echo(f"Offered without a rule of the place itself ({len(bare)}): {', '.join(bare)}.")
    if elsewhere:
        click.echo(f"Rules of places where nothing is offered: {', '.join(elsewhere)}.")
    stale = [rule for rule in found.rules if rule.stale]
    untested = [rule.rule for rule in found.rules if not rule.tested]
    unused = [rule for rule in found.rules if rule.unused]
    click.echo(
        f"{len(found.rules)} rules: {len(untested)} not tested, {len(stale)} not compared with "
        f"their source since {found.stale_before}, {len(unused)} unused."
    )
    for name in untested:
        click.echo(f"  not tested: {name}")
    for rule in unused:
        click.echo(f"  unused: {rule.rule} ({rule.unused})")
    for disagreement in found.disagreements:
        click.echo(f"  register: {disagreement}")


def _row(row: PlaceRow) -> list[str]:
    cells = [
        "gap" if cell.gap else str(len(cell.rules)) if cell.offered else "" for cell in row.cells
    ]
    verified = row.verified_to.isoformat() if row.verified_to else "never"
    return [row.place, *cells, verified + (" (stale)" if row.stale else ""), str(len(row.outside))]
