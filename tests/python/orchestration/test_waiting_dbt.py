"""The dbt that is started ahead: it runs what it is handed, and nobody depends on it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from orchestration import waiting_dbt
from orchestration.settings import PROJECT_ROOT, Settings
from orchestration.waiting_dbt import WAITS_AT, dbt_waiting, handed_over

# The other side of the socket, without dbt: it says what it is, and does as `answer` says.
STAND_IN = """
import os, socket, sys, time
with socket.socket(fileno=int(sys.argv[1])) as listening:
    connection, _ = listening.accept()
    _, (out, _), _, _ = socket.recv_fds(connection, 1, 2)
    while connection.recv(65536):
        pass
    {answer}
"""


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """An environment of a warehouse of its own; what is found in it afterwards is put back."""
    monkeypatch.setenv("PMR_WAREHOUSE_DIR", str(tmp_path / "warehouse"))
    monkeypatch.delenv(WAITS_AT, raising=False)
    (tmp_path / "warehouse").mkdir()
    yield {
        **os.environ,
        **Settings.load().dbt_environment(),
        "DBT_TARGET_PATH": str(tmp_path / "target"),
    }


# Who waits, but for dbt: what it is asked to build talks for ever.
TALKER = """
import socket, sys
from orchestration import dbt_process, waiting_dbt

def talk(manifest, given):
    while True:
        print("word " * 1000)

dbt_process.parsed = lambda: object()
dbt_process.build_then_test = talk
with socket.socket(fileno=int(sys.argv[1])) as listening:
    sys.exit(waiting_dbt._wait(listening))
"""


def start_stand_in(tmp_path: Path, answer: str) -> subprocess.Popen[bytes]:
    return start(tmp_path, STAND_IN.format(answer=answer))


def start(tmp_path: Path, program: str) -> subprocess.Popen[bytes]:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "dbt"))
        listening.listen(1)
        return subprocess.Popen(
            [sys.executable, "-c", program, str(listening.fileno())],
            pass_fds=[listening.fileno()],
        )


def test_nobody_waits() -> None:
    assert WAITS_AT not in os.environ
    assert handed_over(["build-then-test"]) is None


def test_who_waited_has_died(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with start_stand_in(tmp_path, "pass") as dead:
        dead.kill()
    monkeypatch.setenv(WAITS_AT, str(tmp_path / "dbt"))
    assert handed_over(["build-then-test"]) is None


def test_it_dies_before_it_begins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(WAITS_AT, str(tmp_path / "dbt"))
    with start_stand_in(tmp_path, "sys.exit(3)"):
        assert handed_over(["build-then-test"]) is None


def test_it_dies_with_a_command_that_it_has_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(WAITS_AT, str(tmp_path / "dbt"))
    with start(tmp_path, "import time; time.sleep(1)"):  # as if it parsed
        assert handed_over(["build-then-test"]) is None


def test_what_has_begun_is_not_begun_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(WAITS_AT, str(tmp_path / "dbt"))
    begins_and_dies = "connection.sendall(b'%d\\n' % os.getpid()); sys.exit(3)"
    with start_stand_in(tmp_path, begins_and_dies):
        assert handed_over(["build-then-test"]) == 2


def test_a_signal_reaches_who_does_the_work(tmp_path: Path) -> None:
    works_for_long = (
        "os.write(out, b'begun\\n'); connection.sendall(b'%d\\n' % os.getpid()); time.sleep(60)"
    )
    with start_stand_in(tmp_path, works_for_long) as worker:
        messenger = subprocess.Popen(
            [sys.executable, "-m", "orchestration.dbt_process", "build-then-test"],
            cwd=PROJECT_ROOT,
            env={**os.environ, WAITS_AT: str(tmp_path / "dbt")},
            stdout=subprocess.PIPE,
        )
        assert messenger.stdout is not None
        assert messenger.stdout.readline() == b"begun\n"
        time.sleep(0.5)  # the messenger reads the number of the worker, then minds signals
        messenger.send_signal(signal.SIGTERM)
        assert messenger.wait(timeout=30) == 2
        assert worker.wait(timeout=30) == -signal.SIGTERM
        messenger.stdout.close()


def talking_messenger() -> tuple[subprocess.Popen[bytes], IO[bytes]]:
    """A messenger that has begun to say what the talker does, and its output."""
    messenger = subprocess.Popen(
        [sys.executable, "-m", "orchestration.dbt_process", "build-then-test"],
        cwd=PROJECT_ROOT,
        stdout=subprocess.PIPE,
    )
    assert messenger.stdout is not None
    assert messenger.stdout.readline()
    return messenger, messenger.stdout


@pytest.mark.timeout(60)
def test_what_nobody_reads_any_more_ends_with_who_started_it(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]
) -> None:
    monkeypatch.setattr(waiting_dbt, "PROGRAM", (sys.executable, "-c", TALKER))
    with dbt_waiting():
        # As Dagster when it fails in the middle: it neither reads on nor closes the pipe.
        messenger, output = talking_messenger()
    assert messenger.wait(timeout=30) == 2
    output.close()


@pytest.mark.timeout(60)
def test_it_ends_with_its_messenger(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]
) -> None:
    monkeypatch.setattr(waiting_dbt, "PROGRAM", (sys.executable, "-c", TALKER))
    with dbt_waiting():
        messenger, output = talking_messenger()
        messenger.kill()
        messenger.wait(timeout=30)
        while output.read(1 << 16):
            pass
        output.close()


@pytest.mark.slow
def test_it_runs_the_one_command_and_ends(environment: dict[str, str]) -> None:
    command = [
        *(sys.executable, "-m", "orchestration.dbt_process"),
        *("build-then-test", "--select", "report_statuses"),
    ]
    with dbt_waiting():
        environment |= {WAITS_AT: os.environ[WAITS_AT]}
        # A second command finds nobody waiting, and runs in its own process.
        for _ in range(2):
            outcome = subprocess.run(
                command, cwd=PROJECT_ROOT, env=environment, capture_output=True, check=False
            )
            said = outcome.stdout.decode()
            assert outcome.returncode == 0, said
            assert "OK loaded seed file seeds.report_statuses" in said
            assert "PASS unique_report_statuses_report_status_id" in said
    assert WAITS_AT not in os.environ
    results = {path.name for path in Path(environment["DBT_TARGET_PATH"]).glob("*results.json")}
    assert results == {"build_results.json", "run_results.json"}


@pytest.mark.slow
def test_it_ends_with_who_started_it(environment: dict[str, str]) -> None:
    started = time.monotonic()
    with dbt_waiting():
        pass
    assert time.monotonic() - started < 60
