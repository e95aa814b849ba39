"""How a body is read: not JSON → 400, wrong → 422 with every fault at once, else the struct."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import msgspec
from litestar import Request
from litestar.datastructures import State

from api.as_of import EARLIEST, LATEST
from api.body_faults import DAYS, faults_of
from api.problem import MALFORMED, MEDIA, Fault, Problem, invalid
from servicing.actor import Actor


class BodyRequest(Request[Actor, str, State]):
    """A request whose body becomes the struct its handler names as ``data``."""

    async def json(self) -> Any:
        """The body as the handler's type; raises ``Problem``."""
        field = self.route_handler.parsed_data_field
        require_media_type(self, "application/json")
        kind = Any if field is None else field.annotation
        return read_body(await self.body(), kind)


def require_media_type(request: Request[Any, Any, Any], allowed: str) -> None:
    """415 unless the body is declared as the media type, in UTF-8 where it says so."""
    declared = request.headers.get("content-type", "")
    media_type, _, parameters = declared.partition(";")
    charset = parameters.lower().replace('"', "").replace(" ", "")
    if media_type.strip().lower() != allowed or charset not in {"", "charset=utf-8"}:
        found = f'"{declared[:100]}"' if declared else "no content type"
        raise Problem(MEDIA, f"Found {found}; send {allowed}", headers={"Accept": allowed})


def read_body(body: bytes, kind: Any) -> Any:
    """A JSON body as a value of the type; raises ``Problem`` naming every fault."""
    try:
        value = _decoder(kind).decode(body)
    except UnicodeDecodeError as fault:
        raise Problem(MALFORMED, "The body is not UTF-8") from fault
    except RecursionError as fault:
        raise Problem(MALFORMED, "The body is nested too deeply") from fault
    except msgspec.ValidationError as fault:
        raise _every_fault(body, kind, str(fault)) from fault
    except msgspec.DecodeError as fault:
        raise Problem(MALFORMED, f"The body is not JSON: {fault}") from fault
    beyond = (
        Fault(pointer=place, message=f"This is not {DAYS}") for place in _days_beyond(value, "")
    )
    if faults := (*_nul_faults(body), *beyond):
        raise invalid(*faults)
    return value


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def _plain(body: bytes) -> Any:
    try:
        return msgspec.json.decode(body)
    except RecursionError as fault:
        raise Problem(MALFORMED, "The body is nested too deeply") from fault
    except UnicodeDecodeError as fault:
        raise Problem(MALFORMED, "The body is not UTF-8") from fault
    except msgspec.DecodeError as fault:
        raise Problem(MALFORMED, f"The body is not JSON: {fault}") from fault


def _every_fault(body: bytes, kind: Any, first: str) -> Problem:
    """All faults that the schema finds, and NULs; else the one on which decoding stopped."""
    faults = faults_of(_plain(body), kind)
    named = {fault.pointer for fault in faults}
    faults += tuple(fault for fault in _nul_faults(body) if fault.pointer not in named)
    if not faults:
        message, _, place = first.partition(" - at `$")
        pointer = place.rstrip("`").replace(".", "/").replace("[", "/").replace("]", "")
        faults = (Fault(pointer=pointer, message=message),)
    return invalid(*faults)


def _days_beyond(value: Any, place: str) -> Iterator[str]:
    """Places of days that no calendar of ours reaches."""
    match value:
        case date() if not EARLIEST <= value <= LATEST:
            yield place
        case msgspec.Struct():
            for name in value.__struct_fields__:
                yield from _days_beyond(getattr(value, name), f"{place}/{name}")
        case tuple() | list():
            for index, inner in enumerate(value):
                yield from _days_beyond(inner, f"{place}/{index}")
        case _:
            return


def _nul_faults(body: bytes) -> tuple[Fault, ...]:
    """A fault for every text with a NUL, which no database text can hold."""
    if b"\\u0000" not in body:
        return ()
    message = "NUL characters are not allowed in text"
    return tuple(Fault(pointer=place, message=message) for place in _nul_in(_plain(body), ""))


def _nul_in(value: Any, place: str) -> Iterator[str]:
    match value:
        case str() if "\x00" in value:
            yield place
        case dict():
            for key, inner in value.items():
                if "\x00" in key:
                    yield place
                yield from _nul_in(inner, f"{place}/{key}")
        case list():
            for index, inner in enumerate(value):
                yield from _nul_in(inner, f"{place}/{index}")
        case _:
            return
