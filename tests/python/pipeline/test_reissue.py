"""What lands after an issue makes a re-issue, which says what changed and why.

An image in progress is verified within its 120 hours, in the alerts of the next month (O8); a hub
turns out to await its status, in a new version of its day's requests (O6); a provider corrects a
count; and two texts of commentary are replaced by some that would like to be more than text. One
re-issue has all of it, since it takes a run of the whole month.
"""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import openpyxl
import pytest

from tests.python.oracle.clock import extract_point
from tests.python.workspace import Workspace

pytestmark = pytest.mark.slow

MONTH = date(2020, 9, 1)
EXTRACT_AT = extract_point(MONTH)
REACH = timedelta(hours=120)
REASON = "News of the first of October"
ALERTS = "dsp/alerts/alerts_2020-10-01.csv"


def only(connection: duckdb.DuckDBPyConnection, sql: str) -> tuple[object, ...]:
    row = connection.execute(sql).fetchone()
    assert row is not None, sql
    return row


def verify_an_image(workspace: Workspace) -> None:
    """Alerts of 1 October in which the device whose image was sent last has verified it."""
    with duckdb.connect(str(workspace.settings.database), read_only=True) as connection:
        device_id, started_at = only(
            connection,
            "select device_id, started_at from intermediate.int_firmware__evidence "
            f"where reporting_month = '{MONTH}' and outcome = 'in_progress' "
            "order by started_at desc, device_id limit 1",
        )
    raised_at = EXTRACT_AT + timedelta(hours=1)
    assert isinstance(started_at, datetime)
    assert raised_at <= started_at + REACH
    (workspace.settings.landing_dir / ALERTS).write_text(
        "alert_id,alert_code,alert_kind,device_id,raised_at,disposition\n"
        f"A20201001-late,8F72,Device,{device_id},{raised_at.isoformat()}.000Z,delivered\n",
        encoding="utf-8",
    )


def take_back_a_status(workspace: Workspace) -> str:
    """A second version of a day's requests in which the 8.14.1 of a new hub was never answered.

    Returns:
        The name of the new extract.
    """
    folder = workspace.settings.landing_dir / "dsp" / "service_requests"
    with duckdb.connect(str(workspace.settings.database), read_only=True) as connection:
        hub_id, day = only(
            connection,
            "select hub_id, activity_date from intermediate.int_installs__hub_statuses as told "
            "inner join staging.stg_dsp__device_status as became on told.hub_id = became.device_id "
            "and told.activity_date = became.changed_at::date "
            f"where told.reporting_month = '{MONTH}' and became.status = 'Commissioned' "
            "order by all limit 1",
        )
    name = f"service_requests_{day}"
    with duckdb.connect() as connection:
        connection.execute(f"""
            copy (
                select * exclude (is_it) replace (
                    case when is_it then null else response_sent_at end as response_sent_at,
                    case when is_it then null else response_code end as response_code,
                    case when is_it then 34 else report_status_id end as report_status_id)
                from (
                    select *, device_id = '{hub_id}' and srv = '8.14.1' as is_it
                    from read_parquet('{folder / name}.parquet')
                )
            ) to '{folder / name}_v2.parquet'
        """)
    return f"dsp/service_requests/{name}_v2.parquet"


def correct_a_count(workspace: Workspace) -> None:
    """A second version of a provider's levels, with another numerator of PM2."""
    folder = workspace.settings.landing_dir / "providers" / "service_levels"
    lines = (folder / "service_levels_2020-09_CSPN.csv").read_text(encoding="utf-8")
    changed = lines.replace("39964", "40964")
    assert changed != lines, "the extract holds the numerator of PM2"
    (folder / "service_levels_2020-09_CSPN_v2.csv").write_text(changed, encoding="utf-8")


def replace_commentary(workspace: Workspace) -> None:
    """A second version of the commentary: a formula, and markup of HTML and of the PDF's source."""
    folder = workspace.settings.landing_dir / "dcc" / "commentary"
    with next(folder.iterdir()).open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        names, lines = list(reader.fieldnames or []), list(reader)
    lines[0]["reason"] = '=HYPERLINK("http://example.invalid","x")'
    lines[1]["reason"] = '<script>alert(1)</script> #import "x"'
    with (folder / "commentary_2020-09_v2.csv").open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, names)
        writer.writeheader()
        writer.writerows(lines)


@dataclass(frozen=True)
class Reissued:
    """A month that was issued again."""

    workspace: Workspace
    requests_file: str  # that has a status less

    @property
    def folder(self) -> Path:
        return self.workspace.settings.exports_dir / "2020-09" / "v2.0"

    @property
    def html(self) -> str:
        return (self.folder / "report.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def reissued(september: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Reissued:
    """September, issued again after all that came late."""
    late = september.copy_to(tmp_path_factory.mktemp("late") / "september")
    verify_an_image(late)
    told_of = take_back_a_status(late)
    correct_a_count(late)
    replace_commentary(late)
    done = late.pmr("month", "2020-09", "--reason", REASON)
    assert done.returncode == 0, done.stdout + done.stderr
    return Reissued(late, told_of)


def figures(workspace: Workspace, issue: str, measure_id: str) -> tuple[object, ...]:
    """Value as it is printed, and numerator, of a measure over all."""
    file = workspace.settings.exports_dir / "2020-09" / issue / "data" / "pmr_measures.parquet"
    with duckdb.connect() as connection:
        return only(
            connection,
            f"select value_text, numerator from read_parquet('{file}') "
            f"where measure_id = '{measure_id}' and smets = 'All' and device_type = 'All'",
        )


def test_what_lands_later_moves_the_figures_of_a_reissue(reissued: Reissued) -> None:
    html = reissued.html
    listed = html[html.index("Figures that differ from the issue before") :]
    images, installs = "Update Device Firmware", "Install and Commission"
    for measure, process, step in (
        ("DF2-PROGRESS", images, -1),
        ("DF2-VERIFIED", images, 1),
        ("IC-LEAVE-AWAITING", installs, 1),
        ("IC-LEAVE-COMMISSIONED", installs, -1),
    ):
        (text, before), (now_text, now) = (
            figures(reissued.workspace, issue, measure) for issue in ("v1.0", "v2.0")
        )
        assert float(str(now or 0)) - float(str(before or 0)) == step, measure
        row = listed[listed.index(f">{measure} · {process}<") :]
        row = row[: row.index("</tr>")]
        assert str(text) in row
        assert str(now_text) in row
        assert REASON in row
    assert "54.50" in listed, "PM2 of CSPN before"
    assert "55.87" in listed, "and after"


def test_a_reissue_names_what_came_late(reissued: Reissued) -> None:
    manifest = json.loads((reissued.folder / "manifest.json").read_text(encoding="utf-8"))
    assert {ALERTS, reissued.requests_file} <= {one["file"] for one in manifest["inputs"]}


def test_a_reissue_needs_a_reason(reissued: Reissued, tmp_path: Path) -> None:
    """The export of the same marts beside the first issue alone, with no word of why."""
    again = reissued.workspace.copy_to(tmp_path / "again")
    issues = again.settings.exports_dir / "2020-09"
    shutil.rmtree(issues / "v2.0")
    refused = again.dagster_materialize("report/pmr_export", "2020-09-01")
    assert refused.returncode == 1
    assert "Say why" in refused.stdout + refused.stderr
    assert [path.name for path in issues.iterdir()] == ["v1.0"]


def test_commentary_is_inert(reissued: Reissued) -> None:
    html = reissued.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script>alert(1)" not in html
    book = openpyxl.load_workbook(reissued.folder / "tables.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"], "no cell is a formula"
    assert [cell for cell in cells if str(cell.value).startswith("=HYPERLINK")]
