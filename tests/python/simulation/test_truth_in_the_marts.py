"""What the marts say of a simulated month is what the simulator says it did, to the last one.

The month is the September of this test run; its truth is written again beside it, by the same seed
and size. A rule is written out once more where one is needed. Of silent devices alone the two
cannot be equal: the simulator knows who fell silent, the marts take for silent also who failed by
chance, of the days that are held.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock

from orchestration.simulation.traffic import write_traffic
from tests.python.workspace import EXAMPLE_REQUESTS, Workspace

pytestmark = pytest.mark.slow

MONTH = date(2020, 9, 1)
EXTRACT_AT = "timestamp '2020-09-30 23:00'"

Ask = Callable[[str], list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def truth(shared: Path) -> Path:
    """What the simulator did in September."""
    folder = shared / "september-truth"
    with FileLock(shared / "september-truth.lock"):
        if not folder.exists():
            write_traffic(
                shared / "september-again",
                MONTH,
                requests=EXAMPLE_REQUESTS,
                maintenance=False,
                truth_dir=folder,
            )
    return folder


@pytest.fixture(scope="module")
def ask(september: Workspace, truth: Path) -> Ask:
    """Asks the warehouse and the truth.

    `truth` has the device type of each of its rows; `told` has a row of it for each cell that it
    counts in, its own and the totals: of_type, of_smets, of_region.
    """
    con = duckdb.connect()
    con.execute(f"attach '{september.settings.database}' as pmr (read_only)")
    con.execute(f"""
        create view truth as
        select happened.*, devices.device_type
        from read_parquet('{truth}/*.parquet') as happened
        left join pmr.intermediate.int_devices__in_month as devices
            on happened.device_id = devices.device_id and devices.reporting_month = '{MONTH}'
    """)
    con.execute("""
        create view told as
        select
            truth.*,
            types.of_type,
            places.place.smets as of_smets,
            places.place.region as of_region,
        from
            truth,
            unnest(['All', truth.device_type]) as types (of_type),
            unnest(
                [{'smets': 'All', 'region': 'All'}, {'smets': truth.smets, 'region': 'All'}]
                || case when truth.region is null then []
                    else [{'smets': truth.smets, 'region': truth.region}] end
            ) as places (place)
    """)
    for mart in (
        "install_daily", "change_of_supplier", "top_ups", "firmware_images", "alert_delivery",
        "fct_service_requests", "fct_alerts",
    ):  # fmt: skip
        con.execute(
            f"create view {mart} as from pmr.marts.{mart} where reporting_month = '{MONTH}'"
        )
    con.execute("create view reads as from pmr.intermediate.int_reads__judged")
    return lambda sql: con.execute(sql).fetchall()


def differing(ask: Ask, mart: str, told: str) -> list[tuple[object, ...]]:
    """Rows of one of the two queries that the other lacks, each with where it stands."""
    return ask(f"""
        with in_mart as ({mart}), in_truth as ({told})
        (select 'mart' as stands_in, * from (from in_mart except all from in_truth))
        union all
        (select 'truth' as stands_in, * from (from in_truth except all from in_mart))
        order by all
    """)


def test_the_same_month_is_simulated_again(september: Workspace, truth: Path) -> None:
    again = truth.parent / "september-again"
    for feed in ("service_requests", "alerts"):
        file = f"dsp/{feed}/{feed}_2020-09-07.parquet"
        written = (september.settings.landing_dir / file).read_bytes()
        assert (again / file).read_bytes() == written


def test_the_month_has_something_of_everything(ask: Ask) -> None:
    found = {(kind, outcome) for kind, outcome in ask("select distinct kind, outcome from truth")}
    assert found >= {
        ("install", "succeeded"),
        ("change_of_supplier", "succeeded"),
        ("top_up", "succeeded"),
        ("top_up", "never"),
        ("firmware", "verified"),
        ("activation", "succeeded"),
        ("image_delivery", "delivered"),
        ("n12", "named"),
        ("n12", "not named"),
        ("n13", "not named"),
        ("power_alert", "delivered"),
        ("silent", "silent"),
    }


def test_o5_installs_are_those_that_visits_came_to(ask: Ask) -> None:
    """A device to which the visit sent nothing was not attempted."""
    found = differing(
        ask,
        "select activity_date, device_type, region, attempted, succeeded, failed "
        "from install_daily where attempted > 0",
        """
        select
            local_date, of_type, of_region, count(*),
            count(*) filter (where outcome = 'succeeded'),
            count(*) filter (where outcome != 'succeeded'),
        from told
        where kind = 'install' and count > 0 and of_smets = (
            case of_region when 'All' then 'All' else 'SMETS2+' end)
        group by all
        """,
    )
    assert found == []


def test_o1_changes_of_supplier_are_those_of_the_stories(ask: Ask) -> None:
    found = differing(
        ask,
        "select activity_date, device_type, smets, region, attempts, succeeded, "
        "succeeded_by_inference from change_of_supplier where response_code = 'All'",
        """
        select
            local_date, of_type, of_smets, of_region, count(*),
            count(*) filter (where outcome != 'failed'),
            count(*) filter (where outcome = 'succeeded_by_inference'),
        from told where kind = 'change_of_supplier'
        group by all
        """,
    )
    assert found == []


def test_o4_top_ups_are_the_sequences_of_the_stories(ask: Ask) -> None:
    found = differing(
        ask,
        "select device_type, smets, region, attempts, succeeded, devices, sequences, first_time, "
        "by_second, never from top_ups where sequences > 0",
        """
        select
            of_type, of_smets, of_region, sum(count),
            count(*) filter (where outcome = 'succeeded'),
            count(distinct device_id),
            count(*),
            count(*) filter (where outcome = 'succeeded' and count = 1),
            count(*) filter (where outcome = 'succeeded' and count <= 2),
            count(*) filter (where outcome = 'never'),
        from told where kind = 'top_up'
        group by all
        """,
    )
    assert found == []


def test_o8_images_came_to_what_the_simulator_let_them(ask: Ask) -> None:
    """What was raised in October is in no file: such an image is in progress, or silent."""
    found = differing(
        ask,
        "select device_type, region, requested, acknowledged, verified, verification_failed, "
        "in_progress, silent from firmware_images where requested > 0",
        f"""
        with stood as (
            select
                *,
                case
                    when outcome = 'not_acknowledged' then outcome
                    when ends_at < {EXTRACT_AT} and ends_at <= starts_at + interval 120 hour
                        then outcome
                    when starts_at + interval 120 hour > {EXTRACT_AT} then 'in_progress'
                    else 'silent'
                end as stands,
            from told
            where kind = 'firmware' and (of_smets = 'All' or of_region != 'All')
        )
        select
            of_type, of_region, count(*),
            count(*) filter (where stands != 'not_acknowledged'),
            count(*) filter (where stands = 'verified'),
            count(*) filter (where stands = 'failed'),
            count(*) filter (where stands = 'in_progress'),
            count(*) filter (where stands = 'silent'),
        from stood
        group by all
        """,
    )
    assert found == []


def test_o8_hans_received_what_was_told_of_until_the_next_file_but_one(ask: Ask) -> None:
    """An attempt has news in the file of the next day, which is made at 09:00 of the one after."""
    found = differing(
        ask,
        "select device_type, region, hans_received from firmware_images where hans_received > 0",
        f"""
        select of_type, of_region, count(distinct request_id || comms_hub_id)
        from told
        where kind = 'image_delivery' and (of_smets = 'All' or of_region != 'All')
            and ends_at <= least(
                local_date::timestamp + interval 56 hour, {EXTRACT_AT} + interval 9 hour)
        group by all
        """,
    )
    assert found == []


def test_o8_activations_succeeded_and_failed_as_they_were_answered(ask: Ask) -> None:
    found = differing(
        ask,
        "select device_type, region, activations, activations_succeeded from firmware_images "
        "where activations > 0",
        """
        select of_type, of_region, count(*), count(*) filter (where outcome = 'succeeded')
        from told
        where kind = 'activation' and outcome != 'in_flight'
            and (of_smets = 'All' or of_region != 'All')
        group by all
        """,
    )
    assert found == []


def test_s6_each_n12_and_n13_belongs_to_the_request_it_was_raised_about(ask: Ask) -> None:
    found = differing(
        ask,
        "select alert_id, request_id from fct_alerts where alert_code in ('N12', 'N13')",
        "select subject, request_id from truth where kind in ('n12', 'n13')",
    )
    assert found == []


def test_s6_what_an_n12_or_n13_is_about_failed_to_be_delivered(ask: Ask) -> None:
    found = differing(
        ask,
        "select request_id from fct_service_requests where delivery_failed "
        "and response_code not in ('E20', 'E21', 'E30', 'E31')",
        f"""
        select distinct truth.request_id
        from truth inner join fct_service_requests using (request_id)
        where kind in ('n12', 'n13') and starts_at < {EXTRACT_AT}
        """,
    )
    assert found == []


def test_o9_power_alerts_took_the_time_the_simulator_gave_them(ask: Ask) -> None:
    found = differing(
        ask,
        "select smets, region, raised, eligible, exempt, on_time, le_5m, le_1h, later, never "
        "from alert_delivery where alert_code = 'AD1'",
        """
        with timed as (
            select *, outcome in ('delivered', 'undelivered') as counts, ends_at - starts_at as took
            from told
            where kind = 'power_alert' and device_type = 'CHF' and of_type = 'All'
        )
        select
            of_smets, of_region, sum(count),
            coalesce(sum(count) filter (where counts), 0),
            coalesce(sum(count) filter (where outcome = 'exempt'), 0),
            coalesce(sum(count) filter (where counts and took <= interval 1 minute), 0),
            coalesce(sum(count) filter (
                where counts and took > interval 1 minute and took <= interval 5 minute), 0),
            coalesce(sum(count) filter (
                where counts and took > interval 5 minute and took <= interval 1 hour), 0),
            coalesce(sum(count) filter (where counts and took > interval 1 hour), 0),
            coalesce(sum(count) filter (where counts and took is null), 0),
        from timed
        group by all
        """,
    )
    assert found == []


def test_o9_a_power_outage_darkens_no_fewer_homes_than_tell_of_it(ask: Ask) -> None:
    """Eight hubs in ten tell of an outage, and each once."""
    found = ask("""
        select outages.subject, outages.count, count(alerts.subject)
        from truth as outages
        left join truth as alerts
            on alerts.kind = 'power_alert' and alerts.device_type = 'CHF'
            and alerts.subject like '%-P' || replace(outages.subject, 'PO-', '') || '-%'
        where outages.kind = 'power_outage'
        group by all
    """)
    assert found
    assert all(0 < int(str(told)) <= int(str(homes)) for _, homes, told in found)


def test_o3_reads_of_silent_homes_are_left_out_once_they_were_asked(ask: Ask) -> None:
    """Who the simulator says is silent is so for the marts; the first reads have no history."""
    counted = ask("""
        with asked as (
            select reads.*, min(reads.activity_date) over (partition by reads.device_id) as first
            from reads
            inner join fct_service_requests using (request_id)
            inner join truth on fct_service_requests.comms_hub_id = truth.comms_hub_id
            where truth.kind = 'silent'
        )
        select activity_date > first, in_denominator, count(*) from asked group by all order by all
    """)
    assert {(later, in_denominator) for later, in_denominator, _ in counted} == {
        (False, True),
        (True, False),
    }


def test_incidents_left_requests_unanswered(ask: Ask) -> None:
    """Where an incident answered nobody, the marts know of no answer."""
    found = ask("""
        select truth.subject, count(*), count(requests.response_sent_at)
        from truth
        inner join fct_service_requests as requests
            on requests.started_at >= truth.starts_at and requests.started_at < truth.ends_at
            and (truth.smets is null or requests.smets = truth.smets)
            and (truth.region is null or requests.region = truth.region)
            and requests.srv like replace(truth.outcome, 'unanswered ', '') || '%'
        where truth.kind = 'incident' and truth.count = 100
        group by all
    """)
    assert found
    assert all(answered == 0 for _, _, answered in found)
