"""What a review says on a terminal, of a draft or of a file."""

from __future__ import annotations

import click

from cli.output import print_json, print_table
from servicing.views.publishing import Review, WaterfallReview


def tell_review(found: Review, *, as_json: bool) -> None:
    """Print a review: problems, words, examples, the same loan, rules and where it is used."""
    if as_json:
        print_json(found)
        return
    for problem in found.draft.problems:
        click.echo(str(problem))
    for item in found.in_words:
        click.echo(f"{item.title}\n  - {item.before or '(nothing)'}\n  + {item.after or '(gone)'}")
    for example in found.examples:
        click.echo(f"{'passes' if example['passed'] else 'FAILS '}  {example['name']}")
    columns = ("version", "installment", "apr", "finance_charge", "total_of_payments")
    rows = [[getattr(sample, name) for name in columns] for sample in found.sample]
    if rows:
        print_table("The same loan", columns, rows, numbers=(1, 2, 3, 4))
    if found.waterfall is not None:
        tell_waterfall(found.waterfall)
    for version in found.where_used:
        products = ", ".join(use.reference for use in version.products) or "nothing"
        click.echo(f"{version.reference}: {version.live_loans} live loans, used by {products}")
    for entry in found.draft.history:
        if entry.comment:
            click.echo(f"{entry.recorded_at:%Y-%m-%d %H:%M}  {entry.name}: {entry.comment}")
    click.echo(f"{len(found.rules)} rules speak of its loans; {found.loans} loans of the product")


def tell_waterfall(found: WaterfallReview) -> None:
    """Print what would surprise about a waterfall."""
    for look in found.looks:
        place = f"line {look.line}, " if look.line else ""
        click.echo(f"{found.waterfall} {place}{look.path}: {look.severity}: {look.message} "
                   f"({look.mend})")  # fmt: skip


def tell_falls(found: WaterfallReview) -> None:
    """Print three sample payments and what each bucket takes of them."""
    for fall in found.falls:
        rows = [(drop.bucket or "(no bucket)", drop.name or str(drop.installment), drop.owed,
                 drop.paid) for drop in fall.drops]  # fmt: skip
        print_table(f"{fall.title}: {fall.amount} {fall.currency}",
                    ("bucket", "of", "owed", "paid"), rows, numbers=(2, 3))  # fmt: skip
        click.echo(f"left over: {fall.left_over} → {fall.left_over_goes}")
