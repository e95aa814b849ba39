"""Rate indexes: publishing a value, and listing those published.

Publishing decides every reset that has waited for the value, from its own day on.
"""

from __future__ import annotations

from datetime import date

from engine.values.rate import Rate
from servicing.actor import Actor
from servicing.daily_run import advance_loan
from servicing.errors import NotFound, ServicingError, invalid_query
from servicing.house import House
from servicing.index_book import indexes_followed
from servicing.permissions import require
from servicing.views import IndexPublication, IndexValueView
from store.index_rows import add_index_value, index_rows, loans_that_waited
from store.loan_rows import load_many


async def publish(
    house: House, actor: Actor, index: str, value_on: date, value: str
) -> IndexPublication:
    """Keep the value of an index for a day, and decide the resets that have waited for it.

    A second value for the same day corrects the first for resets still to come. Raises NotFound
    for an index that no product follows, CommandRefused for a day that has not come or no rate.
    """
    require(actor, "indexes:write")
    followed = indexes_followed(house.catalog)
    if index not in followed:
        raise NotFound("rate index that a product follows", index)
    today = house.clock.business_date()
    if value_on > today:
        message = f"{value_on} is after the business date {today}; its value is not known yet."
        raise invalid_query("/value_on", message, "after_business_date")
    try:
        rate = Rate.parse(value)
    except ValueError as error:
        raise invalid_query("/value", f"{error}.", "invalid_rate") from None
    now = house.clock.now()
    await add_index_value(house.pool, index, value_on, rate, today, actor.actor_id, now)
    loans = await _waiting(house, followed[index])
    failed = []
    for loan_id in loans:
        try:
            await advance_loan(house, loan_id, today)
        except ServicingError as trouble:
            failed.append(f"{loan_id}: {trouble}")
    still = await _waiting(house, followed[index])
    return IndexPublication(
        index=index,
        value_on=value_on,
        value=rate.text(),
        known_on=today,
        loans_decided=len(set(loans) - set(still)),
        loans_waiting=len(still),
        failed=tuple(failed),
    )


async def values(
    house: House, actor: Actor, index: str | None = None
) -> tuple[IndexValueView, ...]:
    """Values published, in the order they became known; of one index where it is named."""
    require(actor, "products:read")
    rows = await index_rows(house.pool, None if index is None else [index])
    return tuple(
        IndexValueView(
            index=row["index_name"],
            value_on=row["value_on"],
            value=row["value"],
            known_on=row["known_on"],
            recorded_at=row["recorded_at"],
            actor=row["actor"],
        )
        for row in rows
    )


async def _waiting(house: House, products: set[str]) -> list[str]:
    """Active loans of products on which a reset waits."""
    found = await load_many(house.pool, await loans_that_waited(house.pool, products))
    return [
        loan_id
        for loan_id, stored in sorted(found.items())
        if stored.loan.resets_awaited and stored.loan.status.value == "active"
    ]
