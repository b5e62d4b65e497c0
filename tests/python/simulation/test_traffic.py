"""Simulated traffic keeps what it promises: the same bytes, days, incidents, references, truth.

What is counted here is counted with DuckDB over the extracts as they were written, without any
model of the warehouse; rules are written out once more where one is needed (T1, S6).
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from orchestration.landing import land
from orchestration.settings import PROJECT_ROOT, Settings
from orchestration.simulation import calendar as simulated
from orchestration.simulation.traffic import TrafficError, tables, write_traffic
from orchestration.simulation.traffic.clock import Day, days_of
from orchestration.simulation.traffic.incidents import outages
from orchestration.simulation.traffic.plan import requests_on

SEPTEMBER = date(2020, 9, 1)
OCTOBER = date(2020, 10, 1)
REQUESTS = 60_000
DAYS = (date(2020, 9, 1), date(2020, 9, 7), date(2020, 9, 11), date(2020, 9, 21))
OCTOBER_DAYS = (date(2020, 10, 1), date(2020, 10, 24), date(2020, 10, 25), date(2020, 10, 26))

# T1, written out once more.
START = """
case
    when mode_of_operation in (4, 6, 10) and execution_at is not null
        and (response_sent_at is null or execution_at <= response_sent_at) then execution_at
    else received_at
end
"""

Ask = Callable[[str], list[tuple[object, ...]]]


@dataclass(frozen=True)
class Month:
    """Some days of a month, written, and a connection that reads them."""

    root: Path
    files: tuple[Path, ...]
    ask: Ask

    def one(self, sql: str) -> object:
        """The only value of the only row."""
        [(value,)] = self.ask(sql)
        return value


def written(root: Path, month: date, days: tuple[date, ...] | None, requests: int) -> Month:
    files = write_traffic(
        root / "landing", month, requests=requests, days=days, truth_dir=root / "truth"
    )
    con = duckdb.connect()
    for feed in sorted({path.parent for path in files}):
        con.execute(
            f"create view {feed.name if feed.parent.name != 'smki' else 'certificates'} as "
            f"from read_parquet('{feed}/*.parquet', filename = true)"
        )
    con.execute(f"create view truth as from read_parquet('{root}/truth/*.parquet')")
    con.execute(
        "create view sent as select service_requests.*, devices.smets, devices.region, "
        f"devices.device_type, devices.comms_hub_id, {START} as started_at "
        "from service_requests left join devices using (device_id)"
    )
    return Month(root, tuple(files), lambda sql: con.execute(sql).fetchall())


@pytest.fixture(scope="module")
def september(tmp_path_factory: pytest.TempPathFactory) -> Month:
    return written(tmp_path_factory.mktemp("september"), SEPTEMBER, DAYS, REQUESTS)


@pytest.fixture(scope="module")
def october(tmp_path_factory: pytest.TempPathFactory) -> Month:
    return written(tmp_path_factory.mktemp("october"), OCTOBER, OCTOBER_DAYS, 6_000)


def fingerprints(landing_dir: Path) -> dict[str, tuple[str, int]]:
    return {
        str(path.relative_to(landing_dir)): (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mtime_ns,
        )
        for path in landing_dir.rglob("*")
        if path.is_file()
    }


# ------------------------------------------------------------------------------------------- files


@pytest.mark.parametrize("file_format", ["parquet", "csv.gz"])
def test_same_seed_same_bytes_and_times_whatever_the_threads(
    tmp_path: Path, file_format: str
) -> None:
    found = []
    for threads, days in ((1, DAYS[:1]), (2, DAYS[:2])):
        folder = tmp_path / str(threads)
        write_traffic(
            folder,
            SEPTEMBER,
            requests=5_000,
            days=days,
            threads=threads,
            file_format="parquet" if file_format == "parquet" else "csv.gz",
        )
        found.append(fingerprints(folder))
    alone, among_others = found
    assert len(alone) == 9 + 4  # a file of each daily feed, and the monthly ones
    assert alone == {name: among_others[name] for name in alone}


def test_another_seed_is_another_month(tmp_path: Path) -> None:
    for seed in (1, 2):
        write_traffic(tmp_path / str(seed), SEPTEMBER, requests=2_000, days=DAYS[:1], seed=seed)
    one, two = (fingerprints(tmp_path / str(seed)) for seed in (1, 2))
    name = "dsp/service_requests/service_requests_2020-09-01.parquet"
    assert one.keys() == two.keys()
    assert one[name] != two[name]


def test_daily_files_arrive_the_next_morning_and_know_nothing_later(september: Month) -> None:
    for path in september.files:
        if path.parent.name == "service_requests":
            day = date.fromisoformat(path.stem.rpartition("_")[2])
            arrived = datetime.fromtimestamp(path.stat().st_mtime)  # noqa: DTZ006 - compared as UTC
            assert (arrived.date() - day).days == 1
            latest = september.one(f"select max(response_sent_at) from '{path}'")
            assert isinstance(latest, datetime)
            assert latest.timestamp() < path.stat().st_mtime


def test_nothing_unfinished_is_left(september: Month) -> None:
    there = {path for path in (september.root / "landing").rglob("*") if path.is_file()}
    assert there == set(september.files)


def test_every_row_of_every_file_lands(september: Month, october: Month, tmp_path: Path) -> None:
    for number, month in enumerate((september, october)):
        report = land(
            Settings.load(
                {
                    "PMR_LANDING_DIR": str(month.root / "landing"),
                    "PMR_WAREHOUSE_DIR": str(tmp_path / str(number)),
                }
            ),
            progress=lambda _: None,
        )
        assert len(report.landed) == len(month.files)
        assert sum(outcome.rows_quarantined or 0 for outcome in report.landed) == 0
        assert [outcome.warnings for outcome in report.landed if outcome.warnings] == []


@pytest.mark.parametrize(
    ("month", "arguments", "said"),
    [
        (date(2017, 1, 1), {"requests": 10}, "too early"),
        (SEPTEMBER, {"requests": 0}, "at least 1"),
        (SEPTEMBER, {"requests": 10, "memory_limit": "much"}, "memory_limit"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    tmp_path: Path, month: date, arguments: dict[str, int | str], said: str
) -> None:
    with pytest.raises(TrafficError, match=said):
        write_traffic(tmp_path, month, **arguments)  # type: ignore[arg-type]  # wrong on purpose


def test_truth_is_no_extract(tmp_path: Path) -> None:
    with pytest.raises(TrafficError, match="no extract"):
        write_traffic(tmp_path, SEPTEMBER, requests=10, truth_dir=tmp_path / "dsp")


# -------------------------------------------------------------------------------------------- days


@pytest.mark.parametrize("name", ["september", "october"])
def test_t1_a_row_is_in_the_file_of_its_local_day(
    name: str, request: pytest.FixtureRequest
) -> None:
    month: Month = request.getfixturevalue(name)
    for view, moment in (
        ("sent", "started_at"),
        ("alerts", "raised_at"),
        ("device_status", "changed_at"),
        ("test_messages", "sent_at"),
        ("certificates", "requested_at"),
    ):
        strays = month.ask(f"""
            select filename, {moment} from {view}
            where ({moment} at time zone 'UTC' at time zone 'Europe/London')::date
                != regexp_extract(filename, '_(\\d{{4}}-\\d\\d-\\d\\d)\\.', 1)::date
        """)
        assert strays == [], view


def test_t2_the_day_the_clocks_go_back_has_25_hours(october: Month) -> None:
    hours = october.ask("""
        select regexp_extract(filename, '_(\\d{4}-\\d\\d-\\d\\d)\\.', 1) as day, count(*) // 60
        from test_messages group by day order by day
    """)
    assert hours == [
        ("2020-10-01", 24), ("2020-10-24", 24), ("2020-10-25", 25), ("2020-10-26", 24),
    ]  # fmt: skip
    assert october.one("select min(started_at) < '2020-09-30 23:59' from sent") is True


def test_the_days_of_a_month_add_up_to_its_size(september: Month) -> None:
    days = days_of(simulated.Month(SEPTEMBER))
    assert sum(requests_on(day, REQUESTS) for day in days) == REQUESTS
    for on in DAYS:
        file = next(path for path in september.files if path.stem == f"service_requests_{on}")
        rows = september.one(f"select count(*) from '{file}'")
        # 1 %: tariffs that would meddle with a change of supplier are left out; and what was not
        # started during an incident is not made up for
        wanted = requests_on(Day(on), REQUESTS)
        assert isinstance(rows, int)
        assert wanted * (0.80 if on == date(2020, 9, 11) else 0.96) < rows <= wanted * 1.01


# ---------------------------------------------------------------------------------------- incidents


def test_every_published_incident_has_an_act() -> None:
    published = PROJECT_ROOT / "examples" / "published" / "2020-09" / "major_incidents.csv"
    with published.open(encoding="utf-8") as file:
        timed = {row["incident_id"] for row in csv.DictReader(file) if row["impacted_at"]}
    assert timed == set(tables.acts())
    assert {one.act.incident_id for one in outages()} == timed - {"INC000000625515"}


def answered_pct(month: Month, where: str) -> tuple[int, float]:
    [(count, share)] = month.ask(f"""
        select count(*), 100.0 * count(response_sent_at) / greatest(count(*), 1)
        from sent where {where}
    """)
    assert isinstance(count, int)
    return count, float(str(share))


def test_on_7_september_the_north_answers_nothing_and_the_others_do(september: Month) -> None:
    during = "started_at >= '2020-09-07 14:25' and started_at < '2020-09-07 15:58'"
    _, share = answered_pct(september, f"{during} and region = 'North'")
    assert share == 0
    count, share = answered_pct(september, f"{during} and (region != 'North' or smets = 'SMETS1')")
    assert count > 20
    assert share > 85
    late = f"region = 'North' and response_sent_at between {moments(during)}"
    assert september.one(f"select count(*) from sent where {late}") == 0
    assert september.one(f"""
        select count(*) from test_messages
        where region = 'North' and rtt_ms is not null and {during.replace("started_at", "sent_at")}
    """) == 0  # fmt: skip


def moments(during: str) -> str:
    """The two moments of a condition `started_at >= a and started_at < b`, for `between`."""
    first, last = (part.split("'")[1] for part in during.split(" and "))
    return f"'{first}' and timestamp '{last}' - interval 1 millisecond"


def test_on_11_september_nobody_is_answered(september: Month) -> None:
    during = "started_at >= '2020-09-11 01:00' and started_at < '2020-09-11 02:42'"
    count, share = answered_pct(september, during)
    assert count > 0
    assert share == 0
    _, before = answered_pct(september, "started_at < '2020-09-11 01:00'")
    assert before > 85


def test_hardly_anything_is_started_during_the_incidents_that_say_so(september: Month) -> None:
    """O10 looks for less than a fifth of what the hours beside have."""
    for during, beside, where, most in (
        ("'2020-09-11 01:00' and '2020-09-11 02:42'", "'2020-09-11 02:42' and '2020-09-11 04:24'",
         "true", 0.2),
        ("'2020-09-07 14:25' and '2020-09-07 15:58'", "'2020-09-07 12:52' and '2020-09-07 14:25'",
         "region = 'North'", 0.4),
    ):  # fmt: skip
        started, others = (
            september.one(f"select count(*) from sent where {where} and started_at between {one}")
            for one in (during, beside)
        )
        assert isinstance(started, int)
        assert isinstance(others, int)
        assert others > 10
        assert started < most * others


def test_on_21_september_three_quarters_of_smets1_fail(september: Month) -> None:
    during = "started_at >= '2020-09-21 09:08' and started_at < '2020-09-21 11:31'"
    count, share = answered_pct(september, f"{during} and smets = 'SMETS1'")
    assert count > 20
    # 25 % of them, and of some twenty requests a spread of three standard deviations
    assert share < 60
    _, others = answered_pct(september, f"{during} and smets != 'SMETS1'")
    assert others > 85


# ------------------------------------------------------------------------------------ plausibility


def seed_values(table: str, column: str) -> set[str]:
    with (PROJECT_ROOT / "seeds" / f"{table}.csv").open(encoding="utf-8") as file:
        return {row[column] for row in csv.DictReader(file)}


def test_srvs_are_known_and_their_users_eligible(september: Month) -> None:
    with (PROJECT_ROOT / "seeds" / "srvs.csv").open(encoding="utf-8") as file:
        roles = {row["srv"]: set(row["eligible_roles"].split("|")) for row in csv.DictReader(file)}
    sent = september.ask("select distinct srv, user_role from sent")
    assert len({srv for srv, _ in sent}) > 40
    assert [(srv, role) for srv, role in sent if role not in roles[str(srv)]] == []


def test_requests_name_what_is_known(september: Month) -> None:
    assert september.one("""
        select count(*) from sent where not regexp_full_match(
            request_id, '[0-9A-F]{16}:[0-9A-F]{16}:[0-9]{17,20}')
    """) == 0  # fmt: skip
    assert september.one("select count(*) - count(distinct request_id) from sent") == 0
    assert september.one("select count(*) - count(distinct alert_id) from alerts") == 0
    assert september.one("""
        select count(*) from sent where try_cast(split_part(request_id, ':', 3) as ubigint) is null
    """) == 0  # fmt: skip
    assert september.one("""
        select count(*) from sent anti join parties on sent.user_id = parties.user_id
    """) == 0  # fmt: skip
    # devices in no snapshot are few, and DCC's own device is in none
    share = september.one("""
        select avg((device_type is null)::int) from sent where srv != '11.1'
    """)
    assert isinstance(share, float)
    assert share < 0.005


def test_answers_are_plausible(september: Month) -> None:
    known = {
        "I0", "I99", "E1", "E2", "E3", "E4", "E5", "E11", "E12", "E13", "E17", "E19",
        "E20", "E21", "E30", "E31", "E57", None,
    }  # fmt: skip
    assert {code for (code,) in september.ask("select distinct response_code from sent")} <= known
    assert september.one("select count(*) from sent where response_sent_at < received_at") == 0
    quick = september.one("""
        select avg((epoch_ms(response_sent_at) - epoch_ms(started_at) <= 30000)::int) from sent
        where mode_of_operation = 2 and srv not in ('6.17', '11.3') and response_sent_at is not null
    """)
    assert isinstance(quick, float)
    assert 0.97 < quick < 0.999
    north, south = september.ask("""
        select median(epoch_ms(response_sent_at) - epoch_ms(started_at)) from sent
        where mode_of_operation = 2 and device_type = 'ESME' and region in ('North', 'South')
        group by region order by region
    """)
    assert float(str(north[0])) > 1.4 * float(str(south[0]))


def test_feeds_agree_with_each_other(september: Month) -> None:
    for view in ("firmware_targets", "image_deliveries"):
        orphans = september.one(f"""
            select count(*) from {view} anti join devices on {view}.device_id = devices.device_id
        """)
        assert orphans == 0
    assert september.one("""
        select count(*) from firmware_targets
        anti join sent on firmware_targets.request_id = sent.request_id and sent.srv = '11.1'
    """) == 0  # fmt: skip
    assert september.one("""
        select count(*) from devices
        anti join devices as hubs
            on devices.comms_hub_id = hubs.device_id and hubs.device_type = 'CHF'
    """) == 0  # fmt: skip


# ------------------------------------------------------------------------------------------- truth


@pytest.fixture(scope="module")
def kinds_told(september: Month) -> Iterator[set[object]]:
    yield {kind for (kind,) in september.ask("select distinct kind from truth")}


def test_the_truth_tells_of_everything(kinds_told: set[object]) -> None:
    assert kinds_told >= {
        "install", "change_of_supplier", "top_up", "firmware", "n12", "n13", "silent", "incident",
    }  # fmt: skip


def test_truth_of_changes_is_every_6_23(september: Month) -> None:
    assert september.one("""
        select count(*) from (select request_id from sent where srv = '6.23') as changes
        full join (select request_id from truth where kind = 'change_of_supplier') as told
            using (request_id)
        where changes.request_id is null or told.request_id is null
    """) == 0  # fmt: skip
    assert september.one("""
        select count(*) from truth inner join sent using (request_id)
        where truth.kind = 'change_of_supplier'
            and (truth.outcome = 'succeeded') != (
                sent.response_sent_at is not null and sent.response_code is not distinct from 'I0')
    """) == 0  # fmt: skip


def test_truth_of_top_ups_is_every_2_2(september: Month) -> None:
    told = september.one("select sum(count)::bigint from truth where kind = 'top_up'")
    assert told == september.one("select count(*) from sent where srv = '2.2'")
    assert september.one("""
        select count(*) from truth inner join sent using (request_id)
        where truth.kind = 'top_up' and (truth.outcome = 'succeeded') != (
            sent.response_sent_at is not null and sent.response_code is not distinct from 'I0')
    """) == 0  # fmt: skip


def test_truth_of_installs_is_in_the_snapshot(september: Month) -> None:
    wrong = september.ask("""
        select truth.subject, truth.outcome, devices.commissioned_at
        from truth inner join devices using (device_id)
        where truth.kind = 'install'
            and (truth.outcome = 'succeeded')
                != (coalesce(devices.commissioned_at::date, date '1970-01-01') = truth.local_date)
    """)
    assert wrong == []
    assert september.one("select count(*) from truth where kind = 'install'")


def test_s6_each_n12_and_n13_has_an_owner_without_an_answer(september: Month) -> None:
    assert september.one("""
        select count(*) from alerts full join (
            select subject as alert_id, request_id as owner_id
            from truth where kind in ('n12', 'n13')
        ) as told using (alert_id)
        where alerts.alert_code in ('N12', 'N13') and (
            told.owner_id is null or alerts.request_id is not null
            and alerts.request_id != told.owner_id)
    """) == 0  # fmt: skip
    assert september.one("""
        select count(*) from truth inner join sent on truth.request_id = sent.request_id
        where truth.kind in ('n12', 'n13')
            and (sent.response_sent_at is not null or truth.starts_at < sent.started_at)
    """) == 0  # fmt: skip
    named, all_of_them = september.ask("""
        select count(request_id), count(*) from alerts where alert_code in ('N12', 'N13')
    """)[0]
    assert 0 < int(str(named)) < int(str(all_of_them))


def test_silent_homes_answer_nothing(september: Month) -> None:
    assert september.one("select count(*) from truth where kind = 'silent'")
    assert september.one("""
        select count(*) from sent
        where comms_hub_id in (select comms_hub_id from truth where kind = 'silent')
            and mode_of_operation != 3 and response_sent_at is not null
            and response_code = 'I0'
    """) == 0  # fmt: skip


def test_power_outages_hit_many_hubs_of_one_region_at_once(tmp_path: Path) -> None:
    month = written(tmp_path, SEPTEMBER, (date(2020, 9, 6), date(2020, 9, 7)), 24_000)
    [(subject, region, homes, starts_at, ends_at)] = month.ask("""
        select subject, region, count, starts_at, ends_at from truth
        where kind = 'power_outage' order by count desc limit 1
    """)
    hit = month.one(f"""
        select count(distinct alerts.device_id) from alerts inner join devices using (device_id)
        where alert_code = 'AD1' and devices.region = '{region}'
            and raised_at between '{starts_at}' and timestamp '{starts_at}' + interval 1 minute
    """)
    assert int(str(hit)) > int(str(homes)) / 2, subject
    restored = month.one(f"""
        select count(*) from alerts where alert_code in ('8F35', '8F36')
            and raised_at between '{ends_at}' and timestamp '{ends_at}' + interval 3 minute
    """)
    assert int(str(restored)) >= int(str(homes)) / 2
