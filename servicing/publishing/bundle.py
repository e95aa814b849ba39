"""A bundle: everything published, signed by the house that published it, to bring to another.

One JSON file that says the same for the same definitions. Bringing it in is ``catalog plan`` and
``catalog apply`` with the bundle in place of the folders.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import asyncpg
import msgspec

from engine.errors import DefinitionError, Problem
from store.definition_rows import DefinitionRow, definition_rows
from store.definitions.folder import Folders
from store.definitions.published_lock import content_hash
from store.signing import Signer, is_signed

FORMAT: Final = 1


class BundledText(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One definition in a bundle."""

    file: str
    """Path under products/ or rules/."""
    content_hash: str
    text: str


class Bundle(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Definitions with their hashes, and who signed them."""

    format: int
    definitions: tuple[BundledText, ...]
    signed_by: str
    """Public key of the house that signed it, 64 hexadecimal digits."""
    signature: str

    @property
    def content(self) -> bytes:
        """The bytes that are signed: every file with its hash and text, by file."""
        return msgspec.json.encode((self.format, self.definitions))


async def bundled(pool: asyncpg.Pool, signer: Signer) -> bytes:
    """Everything published as a signed bundle."""
    rows = (await definition_rows(pool)).values()
    texts = tuple(sorted(map(_text_of, rows), key=lambda text: text.file))
    unsigned = Bundle(format=FORMAT, definitions=texts, signed_by=signer.public, signature="")
    signed = msgspec.structs.replace(unsigned, signature=signer.sign(unsigned.content))
    return msgspec.json.format(msgspec.json.encode(signed), indent=1) + b"\n"


def read_bundle(content: bytes, trusted: Iterable[str]) -> Bundle:
    """A bundle that a trusted house signed; DefinitionError says what is wrong with another."""
    try:
        bundle = msgspec.json.decode(content, type=Bundle)
    except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
        raise _refused(f"this is no bundle: {wrong}", "make one with catalog bundle") from None
    if bundle.format != FORMAT:
        message = f"the bundle has format {bundle.format}; format {FORMAT} is read here"
        raise _refused(message, "make it with this version of Loanwright")
    if bundle.signed_by not in set(trusted):
        message = f"the bundle is signed by {bundle.signed_by}, which is not trusted here"
        raise _refused(message, "name the key with --trust if you know whose it is")
    if not is_signed(bundle.content, bundle.signature, bundle.signed_by):
        raise _refused("the bundle is not what was signed", "fetch it again from where it was made")
    problems = tuple(_wrong(bundle))
    if problems:
        raise DefinitionError(problems)
    return bundle


@contextmanager
def unpacked(bundle: Bundle) -> Iterator[Folders]:
    """The bundle as folders, for as long as the block runs."""
    with tempfile.TemporaryDirectory(prefix="loanwright-") as place:
        write_files(((text.file, text.text) for text in bundle.definitions), Path(place))
        yield Folders(Path(place) / "products", Path(place) / "rules")


async def export(pool: asyncpg.Pool, place: Path) -> list[str]:
    """Write everything published under a folder, byte for byte; the files written."""
    rows = (await definition_rows(pool)).values()
    write_files(((row.file, row.text) for row in rows), place)
    return sorted(row.file for row in rows)


def write_files(files: Iterable[tuple[str, str]], place: Path) -> None:
    """Write texts under a folder; nothing ever lands outside it."""
    for name in ("products", "rules"):
        (place / name).mkdir(parents=True, exist_ok=True)
    for file, text in files:
        path = (place / file).resolve()
        assert path.is_relative_to(place.resolve()), f"{file} leaves the folder"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def _text_of(row: DefinitionRow) -> BundledText:
    return BundledText(file=row.file, content_hash=row.content_hash, text=row.text)


def _wrong(bundle: Bundle) -> Iterator[Problem]:
    """Files that would stand in no folder of definitions, and texts that are not their hash."""
    for text in bundle.definitions:
        parts = Path(text.file).parts
        if not parts or parts[0] not in {"products", "rules"} or ".." in parts:
            yield _problem(f"{text.file} stands under neither products/ nor rules/", "", text.file)
        now = content_hash(text.text.encode())
        if now != text.content_hash:
            message = f"{text.file} has SHA-256 {now}, the bundle says {text.content_hash}"
            yield _problem(message, "fetch the bundle again", text.file)


def _problem(message: str, mend: str, file: str = "") -> Problem:
    return Problem(message=message, mend=mend, file=file, code="bundle")


def _refused(message: str, mend: str) -> DefinitionError:
    return DefinitionError((_problem(message, mend),))
