"""Dagster's UI as an operator uses it: a bad month is stopped, the mended one becomes final."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from orchestration.settings import PROJECT_ROOT
from orchestration.simulation.damage import exclude_for_unlisted_reason
from tests.python.workspace import Workspace

pytestmark = pytest.mark.thorough

START_SECONDS = 240
RUN_MS = 600_000
FAILING = "i2_exclusion_reason_is_on_the_pmel"
ASKED = "Every exclusion_reason of fct_incidents is a reason of pmel_reasons."


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait for the webserver.

    Raises:
        AssertionError: it ended, or did not answer in time; the message is its log.
    """
    last = time.monotonic() + START_SECONDS
    while time.monotonic() < last and process.poll() is None:
        try:
            with urlopen(f"{address}/server_info", timeout=5):  # noqa: S310 - http to our own address
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.5)
    raise AssertionError(f"Dagster's UI did not start:\n{log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="module")
def place(september: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Another installation with the bundled extracts, in which nothing ran yet."""
    made = Workspace(tmp_path_factory.mktemp("ui"))
    shutil.copytree(september.settings.landing_dir, made.settings.landing_dir)
    return made


@pytest.fixture(scope="module")
def address(place: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The UI, started as `make ui` starts it."""
    home = place.pmr("dagster-home")
    assert home.returncode == 0, home.stderr
    port = free_port()
    log = tmp_path_factory.mktemp("ui-log") / "log"
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [sys.executable, "-m", "dagster", "dev", "-w", "workspace.yaml",
             "-h", "127.0.0.1", "-p", str(port)],
            cwd=PROJECT_ROOT,
            env={**place.environment, "DAGSTER_HOME": home.stdout.strip(), "DO_NOT_TRACK": "1"},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process,
    ):  # fmt: skip
        try:
            wait_until_ready(f"http://127.0.0.1:{port}", process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(process.pid, signal.SIGKILL)


def materialise_september(page: Page, address: str) -> None:
    """From the page of the job to the page of its run, by clicks."""
    page.goto(f"{address}/locations/pmr/jobs/month")
    page.get_by_role("button", name="Materialize").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Show all partitions").click()
    month = dialog.get_by_placeholder("2020-09-01")
    month.fill("2020-09-01")
    month.press("Enter")
    dialog.get_by_role("button", name="Launch 1 run").click()
    # The page of the job stays; a note that the run was launched leads to it.
    page.get_by_role("link", name="View", exact=True).click()
    page.wait_for_url("**/runs/*")


@pytest.mark.timeout(2 * RUN_MS // 1000 + START_SECONDS)
def test_a_bad_month_is_stopped_and_the_mended_one_becomes_final(
    browser: Browser, address: str, place: Workspace
) -> None:
    issues = place.settings.exports_dir / "2020-09"
    context = browser.new_context(viewport={"width": 1500, "height": 950})
    context.set_default_timeout(120_000)
    page = context.new_page()

    bad = exclude_for_unlisted_reason(place.settings.landing_dir)
    materialise_september(page, address)
    expect(page.get_by_text("Failure", exact=True).first).to_be_visible(timeout=RUN_MS)
    assert not issues.exists()
    page.goto(f"{address}/assets/marts/fct_incidents?view=checks")
    # With only this check in the list, nothing else can say "Failed".
    page.get_by_placeholder("Filter checks").fill(FAILING)
    page.get_by_text("Failed", exact=True).first.click()
    expect(page.get_by_text(ASKED)).to_be_visible()

    mended = bad.with_name(bad.name.replace("_v2", "_v3"))
    source = next(bad.parent.glob("incidents_2020-09.csv*"))
    shutil.copyfile(source, mended.with_name(mended.stem + "".join(source.suffixes)))
    materialise_september(page, address)
    expect(page.get_by_text("Success", exact=True).first).to_be_visible(timeout=RUN_MS)
    assert [path.name for path in issues.iterdir()] == ["v1.0"]
    context.close()
