"""How a command ends when something is wrong: a sentence for what was foreseen, else the stack."""

from __future__ import annotations

from app.settings import SettingsError
from engine.catalog.catalog import UnknownDefinition
from engine.errors import DefinitionError
from servicing.errors import CommandRefused, ServicingError
from store.embedded import EmbeddedPostgresError


def sentence_of(fault: Exception) -> str | None:
    """What to tell the person at the terminal; None for a bug, whose stack is wanted."""
    match fault:
        case CommandRefused():
            return "\n".join(
                f"{refusal.path or '/'}: {refusal.message}"
                + (f" [{refusal.citation.cite}]" if refusal.citation else "")
                for refusal in fault.refusals
            )
        case SettingsError() | EmbeddedPostgresError() | ServicingError() | DefinitionError():
            return str(fault)
        case UnknownDefinition():
            return f"{fault.args[0]}."
        case _:
            return None
