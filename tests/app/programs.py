"""Loanwright as a program of its own, started, asked and ended as a person would."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import httpx

from store.embedded import EmbeddedPostgres
from store.embedded.liveness import running_server

CHECKOUT = Path(__file__).resolve().parents[2]
COMMAND = """
import ctypes, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # tests may run where it is ignored
if sys.platform == "linux":
    PR_SET_PDEATHSIG = 1
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
from cli.main import main
main()
"""
"""The command line, ended in order by the kernel when the tests are killed."""


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@dataclass
class Program:
    """A running ``loanwright`` command."""

    process: subprocess.Popen[str]
    address: str
    home: Path

    def wait_until_ready(self, seconds: float = 120) -> float:
        """Seconds until it said where it answers."""
        began = time.monotonic()
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith("ready "):
                assert line.strip() == f"ready {self.address}"
                return time.monotonic() - began
            assert time.monotonic() - began < seconds, "not ready in time"
        assert self.process.stderr is not None
        raise AssertionError(f"it ended by itself: {self.process.stderr.read()}")

    def get(self, path: str) -> httpx.Response:
        return httpx.get(f"{self.address}{path}", timeout=20)

    def end(self, number: signal.Signals) -> int:
        """Send a signal to it and everything it started, as a terminal does for Ctrl-C."""
        os.killpg(self.process.pid, number)
        return self.process.wait(30)

    def database_runs(self) -> int | None:
        return running_server(EmbeddedPostgres(self.home).room)


def start(home: Path, *arguments: str, port: int | None = None, **environment: str) -> Program:
    """Start a command in a session of its own, with nothing set but what is given."""
    port = port or free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=CHECKOUT,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "PYTHONPATH": str(CHECKOUT),
            "LOANWRIGHT_HOME": str(home),
            "PORT": str(port),
            **environment,
        },
        start_new_session=True,
    )
    return Program(process=process, address=f"http://127.0.0.1:{port}", home=home)
