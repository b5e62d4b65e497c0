"""What lands after an issue moves what was open at its extract point, and the re-issue says so.

An image in progress is verified within its 120 hours, in the alerts of the next month (O8); a hub
turns out to await its status, in a new version of its day's requests (O6).
"""

from __future__ import annotations

import json
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from tests.python.oracle.clock import extract_point
from tests.python.workspace import Workspace

pytestmark = pytest.mark.slow

MONTH = date(2020, 9, 1)
EXTRACT_AT = extract_point(MONTH)
REACH = timedelta(hours=120)
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


def figures(workspace: Workspace, issue: str, measure_id: str) -> tuple[object, ...]:
    """Value as it is printed, and numerator, of a measure over all."""
    file = workspace.settings.exports_dir / "2020-09" / issue / "data" / "pmr_measures.parquet"
    with duckdb.connect() as connection:
        return only(
            connection,
            f"select value_text, numerator from read_parquet('{file}') "
            f"where measure_id = '{measure_id}' and smets = 'All' and device_type = 'All'",
        )


def test_what_lands_later_moves_the_figures_of_a_reissue(
    september: Workspace, tmp_path: Path
) -> None:
    shutil.copytree(september.root, tmp_path / "late", symlinks=True)
    late = Workspace(tmp_path / "late")
    verify_an_image(late)
    told_of = take_back_a_status(late)

    done = late.pmr("month", "2020-09", "--reason", "News of the first of October")
    assert done.returncode == 0, done.stdout + done.stderr

    folder = late.settings.exports_dir / "2020-09" / "v2.0"
    html = (folder / "report.html").read_text(encoding="utf-8")
    listed = html[html.index("Figures that differ from the issue before") :]
    images, installs = "Update Device Firmware", "Install and Commission"
    for measure, process, step in (
        ("DF2-PROGRESS", images, -1),
        ("DF2-VERIFIED", images, 1),
        ("IC-LEAVE-AWAITING", installs, 1),
        ("IC-LEAVE-COMMISSIONED", installs, -1),
    ):
        (text, before), (now_text, now) = (
            figures(late, issue, measure) for issue in ("v1.0", "v2.0")
        )
        assert float(str(now or 0)) - float(str(before or 0)) == step, measure
        row = listed[listed.index(f">{measure} · {process}<") :]
        row = row[: row.index("</tr>")]
        assert str(text) in row
        assert str(now_text) in row
        assert "News of the first of October" in row

    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert {ALERTS, told_of} <= {one["file"] for one in manifest["inputs"]}
