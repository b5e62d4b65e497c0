"""Alerts of a day, and how long each takes to its User.

Belongs here: what raises an alert (ordinary life, unanswered requests, future-dated commands,
firmware, power outages, storms) and the legs of its way. Does not belong here: requests.

A *raised* alert has: stream and number (together unique in the day), a (its dice), alert_code,
alert_kind, h, device_id, smets, region, user_id, raised_ms, request_id, alert_count, and flow:
`plain`, `crowded` (with thousands of others) or `storm` (throttled).
"""

from __future__ import annotations

from pathlib import Path

from orchestration.simulation.traffic import tables
from orchestration.simulation.traffic.chance import generator, key
from orchestration.simulation.traffic.clock import Day
from orchestration.simulation.traffic.estate import CHOICES, Estate
from orchestration.simulation.traffic.files import quoted
from orchestration.simulation.traffic.incidents import is_disturbed
from orchestration.simulation.traffic.outages import PowerOutage
from orchestration.simulation.traffic.plan import SLOTS

ALERTS_PER_REQUEST = 0.16  # of ordinary life
N13_PER_10 = 6  # of unanswered requests that an alert tells of; the others have an N12
STORM_CHANCE = 0.3
STORM_ROWS = 160
SHORT_OUTAGE_MS = 180_000  # below it 8F35, else 8F36
DAYS_OF_VERIFICATION = 6

RAISED = (
    "stream, number, a, alert_code, alert_kind, h, device_id, smets, region, user_id, raised_ms, "
    "request_id, alert_count, flow"
)


def lines_table() -> str:
    """The alert profiles as a table that a slot's line is looked up in."""
    rows = ", ".join(
        f"({number}, '{one.alert_code}', '{one.alert_kind}', '{one.smets}/{one.device_type}')"
        for number, one in enumerate(tables.alert_profiles())
    )
    return f"""
create or replace table alert_lines as
select lines.*, classes.class_no
from (values {rows}) as lines (line, alert_code, alert_kind, class)
inner join (select class, any_value(class_no) as class_no from choices group by class) as classes
    on lines.class = classes.class
order by line
"""


def alerts(
    estate: Estate,
    day: Day,
    *,
    ordinary: int,
    power: list[PowerOutage],
    keep: str = "",
) -> str:
    """Rows of `dsp/alerts`; needs the day's `slots` and `request_alerts`.

    Args:
        estate: whose alerts they are.
        day: by which the alerts are raised.
        ordinary: how many alerts of ordinary life there are.
        power: outages of the day and the day before.
        keep: more columns to hand on, each with a comma behind it.
    """
    sources = [
        _ordinary(estate, day, ordinary),
        "from request_alerts",
        _of_firmware(day),
        *_of_power(estate, day, power),
        *_storms(estate, day, ordinary),
    ]
    raised = " union all ".join(f"(select {RAISED} from ({source}))" for source in sources)
    is_disturbed_day = is_disturbed(day.starts_ms, day.following.ends_ms)
    resumed = "resumed_ms" if is_disturbed_day else "undisturbed_ms"
    return f"""
with raised as (select * from ({raised})),
rolled as (
    select
        *,
        normal(a) as z,
        (dice(a, 31) % 1000)::int as luck,
        starts_with(alert_code, 'N1') as is_of_dsp,
    from raised
    where raised_ms >= {day.starts_ms} and raised_ms < {day.ends_ms}
),
received as (
    select
        *,
        case when not is_of_dsp then raised_ms + (
            case flow when 'crowded' then 14000 when 'storm' then 6000 else 1300 end
            * case region when 'North' then 1.9e0 else 1e0 end * exp(0.75 * z)
        )::bigint end as due_at_csp_ms,
        case
            when flow = 'storm' and luck < 620 then 'suppressed'
            when luck >= 995 then 'exempt'
            when luck >= 990 then 'undelivered'
            else 'delivered'
        end as disposition,
    from rolled
),
forwarded as (
    select
        *,
        {resumed}(due_at_csp_ms, smets, region) as csp_ms,
        coalesce(csp_ms + 120 + (dice(a, 32) % 700)::bigint, raised_ms) as dsp_ms,
    from received
),
due as (
    select
        *,
        case when disposition in ('delivered', 'exempt')
            then dsp_ms + (260 * exp(0.7 * normal(dice(a, 33))))::bigint
                + case when dice(a, 34) % 1000 < 12 then (dice(a, 35) % 1500000)::bigint else 0 end
        end as due_at_user_ms,
    from forwarded
),
sent as (
    select *, {resumed}(due_at_user_ms, smets, region) as sent_ms,
    from due
)
select
    'A' || {day.on:%Y%m%d} || '-' || stream || '-' || number as alert_id,
    alert_code,
    alert_kind,
    device_id,
    user_id,
    make_timestamp_ms(raised_ms) as raised_at,
    make_timestamp_ms(csp_ms) as csp_received_at,
    make_timestamp_ms(dsp_ms) as dsp_received_at,
    make_timestamp_ms(sent_ms) as sent_at,
    case when disposition = 'delivered' and luck >= 4
        then make_timestamp_ms(sent_ms + 30 + (dice(a, 36) % 900)::bigint)
    end as acknowledged_at,
    disposition,
    request_id,
    alert_count::integer as alert_count,
    {keep}
from sent
"""


def request_alerts_table(paths: list[Path]) -> str:
    """Table `request_alerts`: what the requests of some days raise, from files of `of_requests`."""
    files = ", ".join(f"'{quoted(path)}'" for path in paths)
    return f"create or replace temp table request_alerts as from read_parquet([{files}])"


def _ordinary(estate: Estate, day: Day, count: int) -> str:
    known_homes = max(1, estate.homes_on(day) // 100)
    return f"""
with rolled as (
    select range as number, keyed({key(estate.seed, "alerts", day.number)}, range) as a
    from range({count})
),
placed as (
    select
        rolled.number,
        rolled.a,
        slots.starts_ms + ((rolled.a >> 16) % 3600000)::bigint as raised_ms,
        alert_lines.alert_code,
        alert_lines.alert_kind,
        choices.j,
        choices.smets,
        choices.region,
        100 * ((dice(rolled.a, 1) >> 10) % {known_homes})::bigint + choices.kind as h,
    from rolled
    inner join slots on slots.slot = (rolled.a % {SLOTS})::bigint
    inner join alert_lines on slots.line = alert_lines.line
    inner join choices
        on alert_lines.class_no * {CHOICES} + (dice(rolled.a, 1) % {CHOICES})::bigint
            = choices.choice_no
)
select
    'L' as stream,
    placed.*,
    device_id(h, j) as device_id,
    party_slots.user_id,
    cast(null as varchar) as request_id,
    case when dice(a, 2) % 1000 < 4 then 2 + dice(a, 3) % 4 end as alert_count,
    'plain' as flow,
from placed
inner join party_slots on supplier_slot(placed.h, {day.number}) = party_slots.slot
"""


def of_requests(estate: Estate, sent_on: Day, path: Path) -> str:
    """What the written requests (Parquet) of a day raise, on this day or the next.

    N12 and N13 about requests; 8F66 and 8F67 about future-dated commands. Half of the N12 and N13
    name their request; the others are found by device, User and time. So one names it too when its
    User failed with the same device again before it was raised, or when that is on another day:
    it would be taken for the other request's. `owner_id` is the request that an N12 or N13 is
    about, whether it says so or not.
    """
    return f"""
with failed as (
    select
        request_id,
        lead(started_ms) over (
            partition by device_id, user_id order by started_ms, request_id
        ) as failed_again_ms,
    from (
        select
            request_id,
            device_id,
            user_id,
            epoch_ms(case
                when execution_at <= coalesce(response_sent_at, execution_at) then execution_at
                else received_at
            end) as started_ms,
        from read_parquet('{quoted(path)}')
        where response_sent_at is null or response_code not in ('I0', 'I99')
    )
),
told as (
    select
        *,
        split_part(request_id, ':', 3)::ubigint % 17592186044416 as number,
        keyed({key(estate.seed, "about", sent_on.number)}, number) as a,
        epoch_ms(coalesce(execution_at, received_at)) as started_ms,
        report_status_id = 7 as is_unanswered,
    from read_parquet('{quoted(path)}')
    where report_status_id = 7 or (report_status_id = 28 and response_code = 'I0')
),
timed as (
    select
        told.*,
        failed.failed_again_ms,
        case
            when not is_unanswered
                then epoch_ms(response_sent_at) + 1000 + ((a >> 8) % 20000)::bigint
            when a % 10 >= {N13_PER_10} then started_ms + 20000 + ((a >> 8) % 70000)::bigint
            when mode_of_operation = 2 then started_ms + 60000 + ((a >> 8) % 900000)::bigint
            else started_ms + 3600000 + ((a >> 8) % 50000000)::bigint
        end as raised_ms,
    from told
    left join failed on told.request_id = failed.request_id
)
select
    'R{sent_on.on:%d}' as stream,
    number,
    a,
    case
        when is_unanswered then case when a % 10 < {N13_PER_10} then 'N13' else 'N12' end
        when a % 100 < 97 then '8F66'
        else '8F67'
    end as alert_code,
    case when is_unanswered then 'DCC' else 'Device' end as alert_kind,
    0 as h,
    device_id,
    -- a DCC Alert comes from the DSP whatever the region does; so may these Device Alerts
    cast(null as varchar) as smets,
    cast(null as varchar) as region,
    user_id,
    raised_ms,
    case
        when is_unanswered and (
            (a >> 40) % 2 = 0 or failed_again_ms <= raised_ms or raised_ms >= {sent_on.ends_ms}
        ) then request_id
    end as request_id,
    case when is_unanswered then request_id end as owner_id,
    cast(null as bigint) as alert_count,
    'plain' as flow,
from timed
"""


def _of_firmware(day: Day) -> str:
    first = day.number - DAYS_OF_VERIFICATION + 1
    return f"""
select
    'F' || (targets.day_no % 10) as stream,
    targets.* exclude (number, a),
    targets.h as number,
    dice(targets.a, 9) as a,
    case targets.verified when 'verified' then '8F72' else '8F1C' end as alert_code,
    'Device' as alert_kind,
    device_id(targets.h, targets.j) as device_id,
    targets.verified_ms as raised_ms,
    cast(null as varchar) as request_id,
    null as alert_count,
    'plain' as flow,
from firmware_targets({first}, {day.number}) as targets
where targets.verified_ms is not null
"""


def _of_power(estate: Estate, day: Day, power: list[PowerOutage]) -> list[str]:
    """AD1 from the hubs that tell of it, to the network; 8F35 or 8F36 from their meters."""
    queries = []
    for one in power:
        code = "8F35" if one.ends_ms - one.starts_ms < SHORT_OUTAGE_MS else "8F36"
        homes = f"""
select
    homes.h,
    keyed({key(estate.seed, "dark", one.name)}, homes.h) as a,
    kinds.smets,
    kinds.region,
from range({one.first}, {one.last}) as homes (h)
inner join kinds on homes.h % 100 = kinds.kind
where kinds.smets = 'SMETS2+' and kinds.region = '{one.region}'
    and install_day(homes.h) < {day.number} - 2
    and leaves_on(homes.h) > {day.number}
"""
        name = one.name.removeprefix("PO-")
        common = "cast(null as varchar) as request_id, null as alert_count, 'crowded' as flow"
        queries.append(f"""
select
    'P{name}' as stream, homes.*, homes.h as number, 'AD1' as alert_code, 'DCC' as alert_kind,
    device_id(homes.h, 0) as device_id, party_slots.user_id,
    {one.starts_ms} + 3000 + (homes.a % 45000)::bigint as raised_ms, {common},
from ({homes}) as homes
inner join party_slots on party_slot(512, homes.h, 0, homes.a) = party_slots.slot
where (homes.a >> 20) % 100 < 82
""")
        queries.append(f"""
select
    'Q{name}' as stream, homes.*, homes.h as number, '{code}' as alert_code,
    'Device' as alert_kind, device_id(homes.h, 1) as device_id, party_slots.user_id,
    {one.ends_ms} + 1000 + (dice(homes.a, 1) % 150000)::bigint as raised_ms, {common},
from ({homes}) as homes
inner join party_slots on supplier_slot(homes.h, {day.number}) = party_slots.slot
where (homes.a >> 20) % 100 < 96
""")
    return queries


def _storms(estate: Estate, day: Day, ordinary: int) -> list[str]:
    """A device that goes on and on for an hour or two; most of what it says is throttled."""
    dice = generator(estate.seed, "storm", day.number)
    if dice.random() >= STORM_CHANCE:
        return []
    devices = 1 + estate.homes_on(day) // 60_000
    rows = min(STORM_ROWS, 10 + ordinary // 4)
    first = dice.randrange(max(1, estate.homes_on(day) - devices * 7))
    starts = day.starts_ms + dice.randrange(20 * 3_600_000)
    return [
        f"""
select
    'S' as stream,
    numbers.number,
    storms.*,
    device_id(storms.h, 1) as device_id,
    party_slots.user_id,
    {starts} + storms.number_of_device * 50000 + (numbers.number % {rows}) * 27000
        + (storms.a % 20000)::bigint as raised_ms,
    cast(null as varchar) as request_id,
    case when dice(storms.a, 1) % 10 < 6 then 2 + dice(storms.a, 2) % 60 end as alert_count,
    'storm' as flow,
from range({devices * rows}) as numbers (number)
cross join lateral (
    select
        {first} + 7 * (numbers.number // {rows}) as h,
        numbers.number // {rows} as number_of_device,
        keyed({key(estate.seed, "storms", day.number)}, numbers.number) as a,
        ['8F3E', '81C0', '8F12'][1 + (numbers.number // {rows}) % 3] as alert_code,
        'Device' as alert_kind,
        kinds.smets,
        kinds.region,
    from kinds
    where kinds.kind = ({first} + 7 * (numbers.number // {rows})) % 100
) as storms
inner join party_slots on supplier_slot(storms.h, {day.number}) = party_slots.slot
"""
    ]
