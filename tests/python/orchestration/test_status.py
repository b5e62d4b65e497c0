"""What stands between a month and its final: the calendar, the parts of feeds, the words."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
import duckdb
import pytest

from orchestration import findings
from orchestration.assets.keys import TIMELINESS_JOB
from orchestration.assets.timeliness import CHECK_NAME, timeliness_checks
from orchestration.calendar import due_day, working_days_after
from orchestration.checks.release import missing_feeds
from orchestration.checks.results import CheckResult
from orchestration.cli import main
from orchestration.commentary import note_request
from orchestration.definitions import defs
from orchestration.feeds import Cadence, Feed, load_contract
from orchestration.feeds.contract import seed_values
from orchestration.findings import Findings, Touching, Wanted
from orchestration.landing import Entry, land, read_manifest
from orchestration.landing.manifest import write_entry
from orchestration.resources import SettingsResource
from orchestration.settings import PROJECT_ROOT
from orchestration.status import Status, as_text, status_of
from orchestration.timeliness import Asked, Part, PartState, parts_of
from tests.python.workspace import Workspace

SEPTEMBER = date(2020, 9, 1)
MONDAY_OF_WEEK_2 = date(2020, 10, 5)
LONDON = ZoneInfo("Europe/London")


def empty_extract(folder: Path, feed: Feed, period: str) -> None:
    """An extract without a row."""
    path = folder / feed.system / feed.name / f"{feed.name}_{period}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(",".join(column.name for column in feed.columns) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def landed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """September without CSPN's levels, with an extract that is refused and one that waits."""
    made = Workspace(tmp_path_factory.mktemp("landed"))
    folder = made.settings.landing_dir
    for feed in load_contract(PROJECT_ROOT).values():
        if feed.mandatory and feed.cadence is Cadence.MONTHLY:
            for part in seed_values(PROJECT_ROOT, feed.parts) if feed.parts else ("",):
                empty_extract(folder, feed, f"2020-09_{part}" if part else "2020-09")
    (folder / "providers" / "service_levels" / "service_levels_2020-09_CSPN.csv").unlink()
    credits_ = folder / "providers" / "service_credits"
    (credits_ / "service_credits_2020-09_DSP.csv").write_text("provider\nDSP\n", encoding="utf-8")
    for path in folder.glob("*/*/*"):
        arrived = datetime(2020, 10, 2, 9, tzinfo=UTC).timestamp()
        os.utime(path, (arrived, arrived))
    land(made.settings)
    shutil.copy2(
        credits_ / "service_credits_2020-09_CSPS.csv",
        credits_ / "service_credits_2020-09_CSPS_v2.csv",
    )
    return made.root


@pytest.fixture
def landed(landed_once: Path, tmp_path: Path) -> Workspace:
    """A copy of it that a test may change."""
    shutil.copytree(landed_once, tmp_path / "copy")
    return Workspace(tmp_path / "copy")


def state(workspace: Workspace, today: date) -> Status:
    return status_of(workspace.settings, SEPTEMBER, today, PROJECT_ROOT)


def part(status: Status, name: str) -> Part:
    return next(one for one in status.parts if one.name == name)


NOTHING = Findings(datetime(2030, 1, 1), (), (), (), ())  # noqa: DTZ001 the manifest's UTC


def keep(workspace: Workspace, kept: Findings) -> None:
    """Keep findings as a run does, of marts that say what `kept` does."""
    settings = workspace.settings
    settings.warehouse_dir.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(settings.database)) as connection:
        connection.execute("drop schema if exists marts cascade")
        connection.execute("create schema marts")
        connection.execute(
            "create table marts.commentary_wanted (reporting_month date, measure_id varchar, "
            "scope varchar, measure_name varchar, business_process varchar, status varchar, "
            "needs_mitigation boolean, is_supplied boolean, has_reason boolean, "
            "has_mitigation boolean)"
        )
        connection.execute(
            "create table marts.commentary (reporting_month date, measure_id varchar, "
            "scope varchar, region varchar, reason varchar, mitigation varchar, "
            "author_role varchar)"
        )
        connection.execute(
            "create table marts.commentary_context (reporting_month date, measure_id varchar, "
            "scope varchar, incident_id varchar, category integer, title varchar, "
            "impacted_at timestamp, restored_at timestamp)"
        )
        tables = {
            "commentary_wanted": kept.wanted,
            "commentary": kept.texts,
            "commentary_context": kept.touching,
        }
        for name, rows in tables.items():
            for row in rows:
                values = [SEPTEMBER, *(value or None for value in vars(row).values())]
                values = [
                    False if value is None and kind is bool else value
                    for value, kind in zip(
                        values, [date, *map(type, vars(row).values())], strict=True
                    )
                ]
                marks = ", ".join("?" * len(values))
                connection.execute(f"insert into marts.{name} values ({marks})", values)
    findings.keep(settings, SEPTEMBER, kept.checks, kept.found_at)


# ------------------------------------------------------------------------------------ the calendar


@pytest.mark.parametrize(
    ("month", "number", "day"),
    [
        (SEPTEMBER, 1, date(2020, 10, 1)),
        (SEPTEMBER, 4, date(2020, 10, 6)),
        (SEPTEMBER, 10, date(2020, 10, 14)),
        (date(2020, 12, 1), 1, date(2021, 1, 4)),  # New Year's Day is a Friday
        (date(2021, 3, 1), 2, date(2021, 4, 6)),  # Good Friday and Easter Monday
        (date(2022, 5, 1), 2, date(2022, 6, 6)),  # the Jubilee's two bank holidays
    ],
)
def test_r4_due_days_leave_out_weekends_and_bank_holidays(
    month: date, number: int, day: date
) -> None:
    assert due_day(month, number) == day


def test_r4_there_is_no_working_day_nought_and_none_before_the_month_ends() -> None:
    with pytest.raises(ValueError, match="the first is 1"):
        due_day(SEPTEMBER, 0)
    assert working_days_after(SEPTEMBER, date(2020, 9, 30)) == []


# ----------------------------------------------------------------------------------- before a build


def test_before_anything_is_there_every_mandatory_extract_is_missing(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in workspace.environment.items():
        monkeypatch.setenv(name, value)
    assert main(["status", "2020-09", "--today", "2020-10-06"]) == 1
    said = capsys.readouterr().out
    assert "This is Working Day 4 after the month." in said
    assert "The report is due on Working Day 10, Wednesday 14 October 2020." in said
    assert "dsp/alerts: due Thursday 1 October 2020 (Working Day 1)" in said
    assert "0 of 30 days landed" in said
    assert "no run has come to its end, so no check has been made" in said
    assert not workspace.settings.database.exists(), "asking builds nothing"
    assert main(["status", "2020-13"]) == 2


def test_a_part_is_missing_only_after_the_day_on_which_it_is_due(landed: Workspace) -> None:
    name = "providers/service_levels (CSPN)"
    on_the_day, day_after = state(landed, date(2020, 10, 6)), state(landed, date(2020, 10, 7))
    assert part(on_the_day, name).state is PartState.TO_COME
    assert part(day_after, name).state is PartState.MISSING
    assert name in [one.name for one in on_the_day.missing], "a final needs it all the same"
    assert part(day_after, "providers/service_levels (CSPS)").state is PartState.ON_TIME
    assert part(day_after, "dcc/parties").state is PartState.NOT_DUE


def test_what_came_after_its_day_is_late(landed: Workspace) -> None:
    folder = landed.settings.landing_dir / "providers" / "service_levels"
    path = folder / "service_levels_2020-09_CSPN.csv"
    shutil.copy2(folder / "service_levels_2020-09_CSPS.csv", path)
    path.write_text(path.read_text(encoding="utf-8").replace("CSPS", "CSPN"), encoding="utf-8")
    # Half past eleven in the evening in UTC is the day after in British Summer Time.
    arrived = datetime(2020, 10, 6, 23, 30, tzinfo=UTC).timestamp()
    os.utime(path, (arrived, arrived))
    waiting = part(state(landed, date(2020, 10, 8)), "providers/service_levels (CSPN)")
    assert waiting.waiting == {SEPTEMBER}
    land(landed.settings)
    late = part(state(landed, date(2020, 10, 8)), "providers/service_levels (CSPN)")
    assert late.state is PartState.LATE
    assert "came Wednesday 7 October 2020" in as_text(state(landed, date(2020, 10, 8)))


def test_refusals_and_files_that_wait_are_named(landed: Workspace) -> None:
    status = state(landed, MONDAY_OF_WEEK_2)
    [(file, reason)] = status.refused
    assert file == "providers/service_credits/service_credits_2020-09_DSP.csv"
    assert reason
    assert [one.file for one in status.waiting] == [
        "providers/service_credits/service_credits_2020-09_CSPS_v2.csv"
    ]
    said = as_text(status)
    assert f"  - {file}: {reason}" in said
    assert "Files that wait to be landed:" in said


def test_rows_in_quarantine_are_counted(landed: Workspace) -> None:
    folder = landed.settings.landing_dir / "dsms" / "incident_actions"
    rows = [f"INC1,{item},Look at it,DCC" for item in (*range(1, 300), "no number")]
    version = folder / "incident_actions_2020-09_v2.csv"
    version.write_text(
        "\n".join(["incident_id,item,description,owner", *rows]) + "\n", encoding="utf-8"
    )
    land(landed.settings)
    status = state(landed, MONDAY_OF_WEEK_2)
    assert (f"dsms/incident_actions/{version.name}", 1, 300) in status.quarantined
    assert "1 of 300 rows" in as_text(status)


def test_while_the_month_goes_on_it_says_when_the_first_working_day_is(
    workspace: Workspace,
) -> None:
    said = as_text(state(workspace, date(2020, 9, 20)))
    assert "The month is not over; Working Day 1 is Thursday 1 October 2020." in said
    assert "Extracts missing" not in said
    assert "Extracts to come:" in said


def test_a_weekend_is_no_working_day(workspace: Workspace) -> None:
    said = as_text(state(workspace, date(2020, 10, 4)))
    assert "Working Day 2 is past, and today is none." in said


def test_the_report_is_overdue_until_it_is_issued(workspace: Workspace) -> None:
    assert "and is overdue." in as_text(state(workspace, date(2020, 10, 15)))
    (workspace.settings.exports_dir / "2020-09" / "v1.0").mkdir(parents=True)
    assert "; v1.0 was issued." in as_text(state(workspace, date(2020, 10, 15)))


# ------------------------------------------------------------------------------------- after a run

MISSED = Wanted(
    "PP1", "All", "Top-ups that reached the device", "Pre-Payment", "Below Minimum",
    needs_mitigation=True, is_supplied=False, has_reason=True, has_mitigation=False,
)  # fmt: skip
INCIDENT = Touching("PP1", "All", "INC1", 1, "Gateway down", "2020-09-07T15:25:00", "")


FAILED = CheckResult("totals_add_up", "consistency", "marts.pmr_measures", "error", passed=False)


def test_what_the_last_run_found_is_told(landed: Workspace) -> None:
    checks = (
        replace(FAILED, message="CPM5: off by one " + "and so on " * 100),
        replace(FAILED, name="only_a_warning", severity="warning"),
        replace(FAILED, name="wanted_commentary_is_supplied", message="told as it is today"),
    )
    keep(landed, replace(NOTHING, checks=checks, wanted=(MISSED,), touching=(INCIDENT,)))
    status = state(landed, MONDAY_OF_WEEK_2)
    assert [one.name for one in status.failing] == ["totals_add_up"]
    said = as_text(status)
    assert "  - totals_add_up: CPM5: off by one" in said
    assert max(map(len, said.splitlines())) < 400
    assert (
        "PP1 (Top-ups that reached the device): Below Minimum, mitigation wanted; "
        "touched by INC1; not yet requested" in said
    )
    assert "make commentary MONTH=2020-09" in said


def test_comm_what_was_requested_and_chased_is_told(landed: Workspace) -> None:
    keep(landed, replace(NOTHING, wanted=(MISSED,)))
    kept = findings.load(landed.settings.runs_dir, SEPTEMBER)
    assert kept is not None
    for day, words in (
        (7, "requested on Wednesday 7 October 2020"),
        (9, "requested on Wednesday 7 October 2020, last chased on Friday 9 October 2020"),
    ):
        folder = landed.settings.commentary_dir
        note_request(folder, SEPTEMBER, date(2020, 10, day), kept)
        assert f"mitigation wanted; {words}\n" in as_text(state(landed, date(2020, 10, day)))


def test_a_run_that_has_not_seen_all_extracts_is_outdated(landed: Workspace) -> None:
    keep(landed, NOTHING)
    status = state(landed, MONDAY_OF_WEEK_2)
    assert status.is_outdated, "a file waits"
    assert "extracts came after the last run" in as_text(status)


def entry(feed: Feed, part: str, day: date) -> Entry:
    """What the manifest says of an extract that landed."""
    moment = datetime(2020, 10, 1, 8, 30)  # noqa: DTZ001 UTC without zone, as the manifest has it
    period = f"{day:%Y-%m-%d}" if feed.cadence is Cadence.DAILY else f"{day:%Y-%m}"
    file = f"{feed.id}/{feed.name}_{period}{f'_{part}' if part else ''}.csv"
    return Entry(
        file=file, system=feed.system, feed=feed.name, period=period, file_date=day, part=part,
        version=1, sha256="0" * 64, bytes=1, state="landed", rows_read=0, rows_landed=0,
        rows_quarantined=0, rows_by_day={}, arrived_at=moment, landed_at=moment,
        contract_version=1, time_zone="Europe/London", reason=None, warnings=(),
        unknown_columns=(), columns=(), landed=None, quarantine=None, aside=None,
        modified_ns=1, changed_ns=1,
    )  # fmt: skip


@pytest.fixture(scope="module")
def complete(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A month of which everything mandatory has landed."""
    workspace = Workspace(tmp_path_factory.mktemp("complete"))
    days = [date(2020, 9, day) for day in range(1, 31)]
    for feed in load_contract(PROJECT_ROOT).values():
        for part in seed_values(PROJECT_ROOT, feed.parts) if feed.parts else ("",):
            for day in days if feed.cadence is Cadence.DAILY else [SEPTEMBER]:
                write_entry(workspace.settings.manifest_dir, entry(feed, part, day))
    return workspace


@pytest.mark.parametrize(
    ("kept", "is_ready"),
    [
        (NOTHING, True),
        (replace(NOTHING, wanted=(replace(MISSED, is_supplied=True, has_mitigation=True),)), True),
        (replace(NOTHING, wanted=(MISSED,)), False),
        (replace(NOTHING, checks=(FAILED,)), False),
        (replace(NOTHING, checks=(replace(FAILED, severity="warning"),)), True),
        (replace(NOTHING, found_at=datetime(2020, 1, 1)), False),  # noqa: DTZ001 the manifest's UTC
    ],
)
def test_the_exit_code_says_whether_something_stands_in_between(
    complete: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    kept: Findings,
    is_ready: bool,
) -> None:
    keep(complete, kept)
    for name, value in complete.environment.items():
        monkeypatch.setenv(name, value)
    assert main(["status", "2020-09", "--today", "2020-10-06"]) == (0 if is_ready else 1)
    said = as_text(state(complete, date(2020, 10, 6)))
    assert ("Nothing stands between now and a final report." in said) is is_ready


def test_a_run_that_begins_forgets_what_the_one_before_found(complete: Workspace) -> None:
    keep(complete, NOTHING)
    findings.forget(complete.settings.runs_dir, SEPTEMBER)
    assert findings.load(complete.settings.runs_dir, SEPTEMBER) is None
    assert not state(complete, date(2020, 10, 6)).is_ready


# --------------------------------------------------------------------------------- against the mart


@pytest.mark.slow
def test_parts_stand_as_the_mart_has_them_when_the_month_is_over(september: Workspace) -> None:
    settings = september.settings
    parts = parts_of(
        Asked(SEPTEMBER, date(2030, 1, 1), LONDON),
        load_contract(PROJECT_ROOT),
        PROJECT_ROOT,
        read_manifest(settings.manifest_dir),
        (),
    )
    with duckdb.connect(str(settings.database), read_only=True) as connection:
        rows = connection.execute(
            "select system || '/' || feed, replace(part, 'All', ''), due_on, state "
            "from marts.feed_timeliness where reporting_month = ? and cadence <> 'any_time' "
            "order by all",
            [SEPTEMBER],
        ).fetchall()
        assert missing_feeds(connection, SEPTEMBER) == []
    assert sorted((one.feed.id, one.part, one.due_on, str(one.state)) for one in parts) == rows
    assert status_of(settings, SEPTEMBER, date(2030, 1, 1), PROJECT_ROOT).is_ready


# --------------------------------------------------------------------------------- in Dagster's UI


@pytest.fixture
def environment(landed: Workspace, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name, value in landed.environment.items():
        monkeypatch.setenv(name, value)
    yield landed.root


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize(
    ("today", "passed"), [(date(2020, 10, 6), True), (date(2020, 10, 7), False)]
)
def test_a_late_feed_fails_its_check_from_the_day_after(
    today: date,
    passed: bool,
) -> None:
    checks = timeliness_checks(lambda _: today)
    built = dg.Definitions(
        asset_checks=[checks],
        jobs=[dg.define_asset_job("late", selection=dg.AssetSelection.checks(checks))],
        resources={"settings": SettingsResource()},
    )
    with dg.DagsterInstance.ephemeral() as instance:
        run = built.resolve_job_def("late").execute_in_process(instance=instance)
    results = {one.asset_key.path[-1]: one for one in run.get_asset_check_evaluations()}
    levels = results["service_levels"]
    assert levels.passed is passed
    assert passed or levels.severity == dg.AssetCheckSeverity.ERROR
    assert ("CSPN) is missing" in str(levels.description)) is not passed
    assert levels.metadata["dagster/overdue_deadline_timestamp"].value is not None
    assert results["parties"].passed, "nobody waits for what is not mandatory"
    assert not results["alerts"].passed, "due on Working Day 1, and nothing came"


def test_no_run_of_a_month_asks_whether_feeds_are_late() -> None:
    def asks(job: str) -> bool:
        keys = defs.resolve_job_def(job).asset_layer.asset_graph.asset_check_keys
        return any(key.name == CHECK_NAME for key in keys)

    assert asks(TIMELINESS_JOB)
    assert not asks("month")
    assert not asks("draft")


def test_the_landing_folder_is_to_be_read_daily() -> None:
    files = defs.resolve_asset_graph().get(dg.AssetKey(["landing", "files"]))
    assert isinstance(files.freshness_policy, dg.FreshnessPolicy)
