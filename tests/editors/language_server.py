"""A client of yaml-language-server over stdio: the server VS Code, JetBrains and Neovim talk to."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

SERVER = os.environ.get("LOANWRIGHT_YAML_LANGUAGE_SERVER") or "yaml-language-server"
SETTINGS = {
    "yaml": {
        "hover": True,
        "completion": True,
        "validate": True,
        "schemaStore": {"enable": False},
        "kubernetesCRDStore": {"enable": False},
    }
}


def missing() -> str:
    """Why the server cannot be run here; empty where it can."""
    if shutil.which("node") is None:
        return "no node to run yaml-language-server"
    if shutil.which(SERVER) is None:
        return "there is no yaml-language-server: npm install yaml-language-server"
    return ""


class LanguageServer:
    """One running server; files are opened with the text they are to have."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._asked = 0
        self._versions: dict[str, int] = {}
        self._diagnostics: dict[str, list[dict[str, Any]]] = {}
        self._process = subprocess.Popen(
            [SERVER, "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def __enter__(self) -> LanguageServer:
        self._ask(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": self.root.as_uri(),
                "workspaceFolders": [{"uri": self.root.as_uri(), "name": "loanwright"}],
                "capabilities": {
                    "workspace": {"configuration": True},
                    "textDocument": {
                        "completion": {"completionItem": {"snippetSupport": True}},
                        "hover": {"contentFormat": ["markdown"]},
                        "publishDiagnostics": {},
                    },
                },
            },
        )
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": SETTINGS})
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.wait(timeout=20)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def open(self, path: Path, text: str | None = None) -> str:
        """Show the server a file, with a text of its own or the one it has; its address."""
        address = path.as_uri()
        text = path.read_text(encoding="utf-8") if text is None else text
        self._versions[address] = self._versions.get(address, 0) + 1
        self._diagnostics.pop(address, None)
        if self._versions[address] > 1:
            self._tell(
                "textDocument/didChange",
                {
                    "textDocument": {"uri": address, "version": self._versions[address]},
                    "contentChanges": [{"text": text}],
                },
            )
        else:
            document = {"uri": address, "languageId": "yaml", "version": 1, "text": text}
            self._tell("textDocument/didOpen", {"textDocument": document})
        return address

    def problems(self, path: Path, text: str | None = None) -> list[tuple[int, str]]:
        """What the editor underlines: lines from 1, with the message."""
        return self._said_of(self.open(path, text))

    def problems_of(self, paths: Iterable[Path]) -> dict[Path, list[tuple[int, str]]]:
        """The same of many files: the server waits a while before it checks one, so they wait
        together."""
        addresses = {path: self.open(path) for path in paths}
        return {path: self._said_of(address) for path, address in addresses.items()}

    def _said_of(self, address: str) -> list[tuple[int, str]]:
        while address not in self._diagnostics:
            self._take(self._read())
        return [
            (found["range"]["start"]["line"] + 1, found["message"])
            for found in self._diagnostics[address]
        ]

    def completions(self, path: Path, text: str, line: int, column: int) -> dict[str, str]:
        """What the editor offers at a place, from 1: label with its words."""
        found = self._ask("textDocument/completion", self._at(self.open(path, text), line, column))
        items = found["items"] if isinstance(found, dict) else found
        return {item["label"]: _words(item.get("documentation")) for item in items}

    def hover(self, path: Path, text: str, line: int, column: int) -> str:
        """What the editor says of what stands at a place, from 1."""
        found = self._ask("textDocument/hover", self._at(self.open(path, text), line, column))
        return _words(found["contents"]) if found else ""

    def _at(self, address: str, line: int, column: int) -> dict[str, Any]:
        position = {"line": line - 1, "character": column - 1}
        return {"textDocument": {"uri": address}, "position": position}

    def _ask(self, method: str, params: dict[str, Any]) -> Any:
        self._asked += 1
        self._send({"id": self._asked, "method": method, "params": params})
        while True:
            message = self._read()
            if message.get("id") == self._asked and "method" not in message:
                assert "error" not in message, message["error"]
                return message["result"]
            self._take(message)

    def _take(self, message: dict[str, Any]) -> None:
        """Keep what the server tells of itself, and answer what it asks."""
        method = message.get("method")
        if method == "textDocument/publishDiagnostics":
            params = message["params"]
            self._diagnostics[params["uri"]] = params["diagnostics"]
        elif method == "workspace/configuration":
            wanted = [SETTINGS.get(item.get("section", "")) for item in message["params"]["items"]]
            self._send({"id": message["id"], "result": wanted})
        elif "id" in message and method:
            self._send({"id": message["id"], "result": None})

    def _tell(self, method: str, params: dict[str, Any]) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        length = 0
        while (header := self._process.stdout.readline().strip()) != b"":
            name, _, value = header.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        assert length, "the language server ended"
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        return message


def _words(said: Any) -> str:
    """The words of a documentation or a hover, however they are wrapped."""
    match said:
        case None:
            return ""
        case dict():
            return str(said.get("value", ""))
        case list():
            return "\n".join(_words(part) for part in said)
        case _:
            return str(said)


@contextmanager
def language_server(root: Path) -> Iterator[LanguageServer]:
    """A server for the files under a folder."""
    with LanguageServer(root) as server:
        yield server
