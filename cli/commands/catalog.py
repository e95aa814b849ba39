"""``loanwright catalog``: what is published, what would change, reviews, effects and bundles."""

from __future__ import annotations

import asyncio
import difflib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from app.database import running_database
from app.settings import Settings, read_settings
from cli.commands.telling_review import tell_falls, tell_review, tell_waterfall
from cli.house import acting, in_house, with_key
from cli.output import as_json, print_json, print_table
from cli.progress import progress
from servicing import catalog_reads
from servicing.catalog_apply import CatalogPlan, apply_plan, plan
from servicing.clock import SystemClock
from servicing.house import House
from servicing.publishing import effect, publish, review
from servicing.publishing.bundle import bundled, export, read_bundle, unpacked
from servicing.publishing.candidate import KIND_OF, draft_of_file
from servicing.publishing.waterfalls import waterfall
from servicing.publishing.where_used import where_used
from store.definition_rows import definition_rows
from store.definitions.folder import Folders
from store.migrate import upgrade
from store.postgres import open_pool
from store.signing import Signer

MOST_LOANS = 50
"""Loans listed on a terminal; ``--json`` lists all."""

_FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


def _from_bundle(command: Any) -> Any:
    """The options that put a bundle in place of the folders."""
    for option in (
        click.option("--trust", multiple=True, help="Public key of a house whose bundles count."),
        click.option(
            "--bundle", type=click.Path(exists=True, dir_okay=False, path_type=Path),
            help="A signed bundle instead of the folders.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


@click.group()
def catalog() -> None:
    """Products and rules of the database, which is the truth at run time."""


@catalog.command(name="plan")
@_from_bundle
@as_json
def plan_command(bundle: Path | None, trust: tuple[str, ...], as_json: bool) -> None:
    """Say what applying the folders, or a bundle, would publish or change."""
    _tell(_planned(bundle, trust, publish=False), as_json=as_json, done=False)


@catalog.command(name="apply")
@_from_bundle
@as_json
def apply_command(bundle: Path | None, trust: tuple[str, ...], as_json: bool) -> None:
    """Publish what is new in the folders, or in a bundle; what is published stays unchanged."""
    _tell(_planned(bundle, trust, publish=True), as_json=as_json, done=True)


@catalog.command(name="diff")
def diff_command() -> None:
    """Show line by line how the folders differ from what is published."""

    async def work(url: str, settings: Settings) -> list[str]:
        await upgrade(url)
        async with open_pool(url, size=2) as pool:
            wanted, _ = await plan(pool, Folders(settings.products, settings.rules))
            published = await definition_rows(pool)
        lines: list[str] = []
        for row in (*wanted.new, *wanted.changed):
            before = published.get((row.kind, row.name, row.version))
            lines += difflib.unified_diff(
                before.text.splitlines() if before else [],
                row.text.splitlines(),
                f"published/{row.file}" if before else "/dev/null",
                row.file,
                lineterm="",
            )
        return lines

    settings = read_settings()
    with running_database(settings) as url:
        lines = asyncio.run(work(url, settings))
    click.echo("\n".join(lines) if lines else "no changes")


@catalog.command(name="export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export_command(folder: Path) -> None:
    """Write everything published under FOLDER, byte for byte."""
    written = in_house(lambda house: export(house.pool, folder), publish=False)
    click.echo(f"{len(written)} definitions written under {folder}")


@catalog.command(name="bundle")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def bundle_command(file: Path) -> None:
    """Write everything published to FILE, signed, for another house to plan and apply."""
    signer = Signer.in_home(read_settings().home)
    content = in_house(lambda house: bundled(house.pool, signer), publish=False)
    file.write_bytes(content)
    click.echo(f"{file} signed by {signer.public}")


@catalog.command(name="review")
@_FILE
@as_json
def review_command(file: Path, as_json: bool) -> None:
    """Say what publishing FILE, a version not published yet, would mean."""

    async def work(house: House) -> Any:
        return await review.review_of(house, draft_of_file(house, file))

    tell_review(in_house(work, publish=False), as_json=as_json)


@catalog.command(name="where-used")
@click.argument("kind", type=click.Choice(list(KIND_OF)))
@click.argument("name")
@as_json
def where_used_command(kind: str, name: str, as_json: bool) -> None:
    """Say which product versions use each version of NAME, and how many live loans they have."""
    found = in_house(lambda house: where_used(house, kind, name), publish=False)
    if as_json:
        print_json(found)
        return
    for version in found:
        columns = ("product version", "title", "state", "live loans", "all loans")
        rows = [(use.reference, use.title, use.state, str(use.live_loans), str(use.loans))
                for use in version.products]  # fmt: skip
        print_table(f"{version.reference}: {version.live_loans} live loans", columns, rows,
                    numbers=(3, 4))  # fmt: skip


@catalog.command(name="waterfall")
@click.argument("reference")
@as_json
def waterfall_command(reference: str, as_json: bool) -> None:
    """Let three sample payments fall through a waterfall, and say what would surprise.

    REFERENCE is consumer_standard@1, or a product version: pay_in_4@2.
    """
    found = in_house(lambda house: waterfall(house, reference), publish=False)
    if as_json:
        print_json(found)
        return
    tell_falls(found)
    tell_waterfall(found)


@catalog.command(name="words")
@click.argument("name")
@as_json
def words_command(name: str, as_json: bool) -> None:
    """Tell a product (NAME, NAME@VERSION) or a rule by its name in plain sentences."""

    async def work(house: House) -> Any:
        rules = house.catalog.rules
        if rules is not None and name in rules.rules:
            return (("Rule", (await catalog_reads.rule(house, name)).in_words),)
        product, _, version = name.partition("@")
        if version and not version.isdecimal():
            raise click.BadParameter(f"{name} names no version; write {product}@1 or {product}.")
        number = int(version) if version else None
        return (await catalog_reads.product(house, product, number)).in_words

    found = in_house(work, publish=False)
    if as_json:
        print_json(found)
        return
    for title, sentences in found:
        click.echo(title)
        for sentence in sentences:
            click.echo(f"  {sentence}")


@catalog.command(name="effect")
@_FILE
@as_json
def effect_command(file: Path, as_json: bool) -> None:
    """Work out what FILE, a product version not published yet, would do to every live loan."""

    async def work(house: House) -> Any:
        row = draft_of_file(house, file)
        terms, with_it = effect.candidate_terms(house, row)
        day = house.clock.business_date()
        with progress("Deciding loans anew", quiet=as_json) as advance:
            return await effect.over(house, terms, with_it, day, advance, row)

    total, moved = in_house(work, publish=False)
    if as_json:
        print_json({"fees": total.fees(), "loans_done": total.done, "other_days": total.other_days,
                    "loans": moved})  # fmt: skip
        return
    fees = [(f.name, str(f.before_count), f.before, str(f.after_count), f.after)
            for f in total.fees()]  # fmt: skip
    print_table("Fees over the book", ("fee", "before", "amount", "after", "amount"), fees,
                numbers=(1, 2, 3, 4))  # fmt: skip
    owing = [loan for loan in moved if loan.moves_money]
    columns = ("loan_id", "fees_before", "fees_after", "owed_before", "owed_after", "difference")
    rows = [[getattr(loan, name) for name in columns] for loan in owing[:MOST_LOANS]]
    print_table("Loans that would stand otherwise", columns, rows, numbers=(1, 2, 3, 4, 5))
    if len(owing) > MOST_LOANS:
        click.echo(f"the first {MOST_LOANS} are listed; --json lists all")
    click.echo(
        f"of {total.done} loans {len(owing)} differ in an amount and {total.other_days} in days "
        f"only; made under it, {total.aprs} would have another APR and {total.refused} be refused"
    )


@catalog.command(name="retire")
@click.argument("reference", metavar="PRODUCT@VERSION")
@click.option("--last-day", type=click.DateTime(["%Y-%m-%d"]), required=True,
              help="The last day it is offered: today or later.")  # fmt: skip
@click.option("-m", "--reason", required=True, help="Why it ends; kept.")
@with_key
def retire_command(reference: str, last_day: datetime, reason: str, key: str) -> None:
    """End the offer of a product version after a day; loans and unexpired quotes keep it."""
    product, _, version = reference.partition("@")
    if not version.isdecimal():
        raise click.BadParameter(f"{reference} names no version; write {product}@1.")

    async def work(house: House) -> None:
        actor = await acting(house, key)
        await publish.retire(house, actor, product, int(version), last_day.date(), reason)

    in_house(work, publish=False)
    click.echo(f"{reference} is offered through {last_day.date()}")


def _planned(bundle: Path | None, trust: tuple[str, ...], *, publish: bool) -> CatalogPlan:
    settings = read_settings()

    async def work(url: str, folders: Folders) -> CatalogPlan:
        await upgrade(url)
        async with open_pool(url, size=2) as pool:
            wanted, _ = await plan(pool, folders)
            if publish:
                await apply_plan(pool, wanted, SystemClock())
            return wanted

    with _folders(settings, bundle, trust) as folders, running_database(settings) as url:
        return asyncio.run(work(url, folders))


@contextmanager
def _folders(settings: Settings, bundle: Path | None, trust: tuple[str, ...]) -> Iterator[Folders]:
    """The folders of the house, or those of a bundle it trusts: its own key always counts."""
    if bundle is None:
        yield Folders(settings.products, settings.rules)
        return
    trusted = {*trust, Signer.in_home(settings.home).public}
    with unpacked(read_bundle(bundle.read_bytes(), trusted)) as folders:
        yield folders


def _tell(wanted: CatalogPlan, *, as_json: bool, done: bool) -> None:
    if as_json:
        print_json(wanted)
        return
    if wanted.empty:
        click.echo("no changes")
    for row in wanted.new:
        click.echo(f"{'published' if done else 'would publish'} {row.file}")
    for row in wanted.changed:
        click.echo(f"{'changed' if done else 'would change'} {row.file}")
    for file in wanted.only_published:
        click.echo(f"stays published, not in the folders: {file}")
