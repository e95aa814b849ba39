"""``loanwright draft``: drafts on their way to being published, and what people said of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import click

from cli.commands.telling_review import tell_review
from cli.house import acting, in_house, with_key
from cli.output import as_json, print_json, print_table
from servicing.actor import Actor
from servicing.house import House
from servicing.publishing import drafts, publish, review
from servicing.publishing.candidate import KIND_OF
from servicing.views.publishing import DraftView

Step = Callable[[House, Actor, str, int, str], Awaitable[DraftView]]
_ID = click.argument("draft_id")
_REVISION = click.option(
    "--revision", type=click.IntRange(1), help="The revision you saw; the newest when left out."
)


@click.group(name="draft")
def draft() -> None:
    """Drafts of products and rules: begin, write, comment, review, approve, publish.

    Who acts is told by an API key, --key or LOANWRIGHT_KEY; without one it is the command line,
    which like anyone may not approve what it wrote.
    """


@draft.command(name="list")
@as_json
def list_command(as_json: bool) -> None:
    """List the drafts, the one changed last first."""
    found = in_house(drafts.listed, publish=False)
    if as_json:
        print_json(found)
        return
    columns = ("draft_id", "kind", "name", "version", "state", "revision", "author", "approved_by")
    print_table("Drafts", columns, [[str(getattr(row, name)) for name in columns] for row in found],
                numbers=(3, 5))  # fmt: skip


@draft.command(name="show")
@_ID
@as_json
def show_command(draft_id: str, as_json: bool) -> None:
    """Show a draft: its text, what is wrong with it, who did and said what."""
    _tell(in_house(lambda house: drafts.find(house, draft_id), publish=False), as_json=as_json)


@draft.command(name="review")
@_ID
@as_json
def review_command(draft_id: str, as_json: bool) -> None:
    """Say what publishing a draft would mean."""
    found = in_house(lambda house: review.review(house, draft_id), publish=False)
    tell_review(found, as_json=as_json)


@draft.command(name="create")
@click.argument("kind", type=click.Choice(list(KIND_OF)))
@click.argument("name")
@click.option("--version", type=click.IntRange(1), help="Published version to begin from again.")
@click.option("--template", default="", help="Another definition to copy: personal_installment@2.")
@click.option("--past", default="", help="SHA-256 of a text that a rule had, to restore it.")
@click.option("--text", type=click.File(encoding="utf-8"), help="File with the text instead.")
@with_key
@as_json
def create_command(
    kind: str, name: str, version: int | None, template: str, past: str, text: Any, key: str,
    as_json: bool,
) -> None:  # fmt: skip
    """Begin a draft of NAME, a KIND of definition; --version, --template or --past restores."""
    written = text.read() if text else None

    async def work(house: House) -> DraftView:
        actor = await acting(house, key)
        return await drafts.create(
            house, actor, kind=kind, name=name, version=version, text=written, template=template,
            past=past,
        )  # fmt: skip

    _tell(in_house(work, publish=False), as_json=as_json)


@draft.command(name="edit")
@_ID
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_REVISION
@with_key
@as_json
def edit_command(draft_id: str, file: Path, revision: int | None, key: str, as_json: bool) -> None:
    """Put the text of FILE in place of the draft's."""

    async def edited(house: House, actor: Actor, ident: str, seen: int, _: str) -> DraftView:
        return await drafts.edit(house, actor, ident, seen, file.read_text(encoding="utf-8"))

    _step(edited, draft_id, revision, "", key, as_json=as_json)


async def _publish(house: House, actor: Actor, ident: str, seen: int, _: str) -> DraftView:
    return await publish.publish(house, actor, ident, seen)


_STEPS: dict[str, tuple[Step, str]] = {
    "submit": (drafts.submit, "Ask for review; told everything that is wrong."),
    "comment": (drafts.comment, "Say something about a draft; who, when and what is kept."),
    "return": (drafts.send_back, "Ask for changes: the draft goes back to its author."),
    "approve": (drafts.approve, "Approve a draft that another person wrote."),
    "withdraw": (drafts.withdraw, "Give a draft up; it stays on record."),
    "publish": (_publish, "Publish an approved draft; it never changes again."),
}


def _command(name: str, step: Step, told: str) -> click.Command:
    @draft.command(name=name, help=told)
    @_ID
    @click.option("-m", "--comment", default="", help="What you have to say.")
    @_REVISION
    @with_key
    @as_json
    def command(draft_id: str, comment: str, revision: int | None, key: str, as_json: bool) -> None:
        _step(step, draft_id, revision, comment, key, as_json=as_json)

    return command


for _name, (_does, _told) in _STEPS.items():
    _command(_name, _does, _told)


def _step(
    step: Step, draft_id: str, revision: int | None, comment: str, key: str, *, as_json: bool
) -> None:
    async def work(house: House) -> DraftView:
        actor = await acting(house, key)
        seen = revision or (await drafts.row_of(house, draft_id)).revision
        return await step(house, actor, draft_id, seen, comment)

    _tell(in_house(work, publish=False), as_json=as_json)


def _tell(found: DraftView, *, as_json: bool) -> None:
    if as_json:
        print_json(found)
        return
    row = found.row
    click.echo(f"{row.draft_id}  {found.file}  {row.state}  revision {row.revision}")
    for problem in found.problems:
        click.echo(str(problem))
    for entry in found.history:
        said = f": {entry.comment}" if entry.comment else ""
        click.echo(f"{entry.recorded_at:%Y-%m-%d %H:%M}  {entry.name} {entry.action}{said}")
