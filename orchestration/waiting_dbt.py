"""dbt, started ahead: it loads and parses on one core while Dagster loads on the other.

Belongs here: starting that process, and handing it the command that Dagster gives to dbt. What the
command does stands in `dbt_process.py`.

Dagster starts dbt as a process and reads its output. With `dbt_waiting` that process is a
messenger: it sends arguments, environment and its own standard output to the process that waits,
tells it of signals, and ends with its exit code. Where nobody waits, or who waited has died, it
does the work itself; so nothing depends on it but three seconds.

What is at work ends when the messenger or whoever started it does: nobody would read what it says,
and who says more than a pipe holds to nobody waits for ever.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from orchestration.settings import PROJECT_ROOT, Settings

# Where the socket is, for the messenger.
WAITS_AT = "PMR_DBT_WAITS_AT"
_CHUNK = 1 << 16
# Who waits; the listening socket is its argument.
PROGRAM = (sys.executable, "-u", "-m", "orchestration.waiting_dbt")


@contextmanager
def dbt_waiting() -> Iterator[None]:
    """While the block runs, a process of dbt waits for the first command of a run."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "dbt")
        # Opened here, to be there at once; held by the other alone, to end when that does.
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(path)
            listening.listen(1)
            # Its standard input ends when this block or this process does, and so does it.
            process = subprocess.Popen(  # noqa: S603 - no shell; our own interpreter and module
                [*PROGRAM, str(listening.fileno())],
                cwd=PROJECT_ROOT,
                env={**os.environ, **Settings.load().dbt_environment()},
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[listening.fileno()],
            )
        os.environ[WAITS_AT] = path
        try:
            yield
        finally:
            del os.environ[WAITS_AT]
            if process.stdin:
                process.stdin.close()
            process.wait()


def handed_over(arguments: Sequence[str]) -> int | None:
    """Exit code of the process that waited and ran the command; None when there was none."""
    path = os.environ.pop(WAITS_AT, None)
    if path is None:
        return None
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(path)
            socket.send_fds(connection, [b"."], [sys.stdout.fileno(), sys.stderr.fileno()])
            command = {"arguments": list(arguments), "environment": dict(os.environ)}
            connection.sendall(json.dumps(command).encode())
            connection.shutdown(socket.SHUT_WR)
        except OSError:
            return None  # it has done its one command, or has died before it could
        said = _read(connection, 1)
        if not said:
            return None
        worker = int(said.split()[0])

        def tell(number: int, _: FrameType | None) -> None:
            with suppress(ProcessLookupError):  # it is done already
                os.kill(worker, number)

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, tell)
        code = _read(connection, 1)
        # It died in the middle of the command, which nobody may begin again behind its back.
        return int(code) if code else 2


def _read(connection: socket.socket, lines: int) -> str:
    """That many lines, without their ends; empty when the other side has gone."""
    found = b""
    while found.count(b"\n") < lines:
        try:
            more = connection.recv(1)
        except ConnectionResetError:  # it died with something left to read
            return ""
        if not more:
            return ""
        found += more
    return found.decode().strip()


def _wait(listening: socket.socket) -> int:
    """Parse, wait for the one command, run it; its exit code."""
    from orchestration import dbt_process

    manifest = dbt_process.parsed()
    if manifest is None:
        return 2  # who runs the command itself is told why
    connection = _accepted(listening)
    if connection is None:
        return 0
    with connection:
        _, descriptors, _, _ = socket.recv_fds(connection, 1, 2)
        received = b"".join(iter(lambda: connection.recv(_CHUNK), b""))
        command = json.loads(received)
        for own, given in zip((1, 2), descriptors, strict=True):
            os.dup2(given, own)
            os.close(given)
        os.environ.clear()
        os.environ.update(command["environment"])
        is_done = threading.Event()
        threading.Thread(target=_end_with_them, args=(connection, is_done), daemon=True).start()
        connection.sendall(f"{os.getpid()}\n".encode())
        code = dbt_process.build_then_test(manifest, command["arguments"])
        sys.stdout.flush()
        is_done.set()
        connection.sendall(f"{code}\n".encode())
    return code


def _accepted(listening: socket.socket) -> socket.socket | None:
    """The messenger's connection; None when the standard input ends before one comes."""
    ready, _, _ = select.select([listening, sys.stdin], [], [])
    return listening.accept()[0] if listening in ready else None


def _end_with_them(connection: socket.socket, is_done: threading.Event) -> None:
    """End this process when the messenger or whoever started it ends before the work is done."""
    watched = select.poll()
    for one in (connection, sys.stdin):
        watched.register(one, 0)  # that the other side has gone is told in any case
    watched.poll()
    if not is_done.is_set():
        # Even one that hangs in a write ends by this; what it has written so far stays whole.
        os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as inherited:
        sys.exit(_wait(inherited))
