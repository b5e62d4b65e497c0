"""What the simulator did, for tests that compare it with the marts.

Belongs here: a row per thing done, in words of the simulator. Does not belong here: any rule of the
report. The truth lies beside the landing folder; nothing that makes the report may read it.

Columns: kind, subject (what the rows of one story share), local_date, device_id, comms_hub_id,
user_id, smets, region, request_id (the request that decides it, where there is one), starts_at,
ends_at, outcome, count.
"""

from __future__ import annotations

from orchestration.simulation.calendar import Month
from orchestration.simulation.traffic import incidents
from orchestration.simulation.traffic.clock import Day, days_of
from orchestration.simulation.traffic.outages import PowerOutage

COLUMNS = (
    "kind, subject, local_date, device_id, comms_hub_id, user_id, smets, region, request_id, "
    "starts_at, ends_at, outcome, count"
)


def of_day(day: Day, power: list[PowerOutage]) -> str:
    """What was done on the day; needs its `visits`, `story_requests`, `batch_requests`."""
    sources = [
        _installs(day),
        _changes(day),
        _top_ups(day),
        _firmware(day),
        _image_deliveries(day),
        _activations(day),
    ]
    begun = [one for one in power if one.starts_ms >= day.starts_ms]
    sources += [_power(day, one) for one in begun]
    united = " union all ".join(f"(select {COLUMNS} from ({source}))" for source in sources)
    return f"select * from ({united}) order by kind, subject, request_id"


def of_month(month: Month) -> str:
    """What is so all month: silent devices, and the published incidents that were acted out."""
    last = days_of(month)[-1]
    sources = [_silent(last)]
    for one in incidents.outages():
        if one.starts_ms < last.ends_ms and one.ends_ms > days_of(month)[0].starts_ms:
            act = one.act
            sources.append(f"""
select
    'incident' as kind, '{act.incident_id}' as subject, null::date as local_date,
    null::varchar as device_id, null::varchar as comms_hub_id, null::varchar as user_id,
    nullif('{act.smets}', '') as smets, nullif('{act.region}', '') as region,
    null::varchar as request_id,
    make_timestamp_ms({one.starts_ms}) as starts_at, make_timestamp_ms({one.ends_ms}) as ends_at,
    'unanswered ' || '{act.srv_prefix}' as outcome, {act.unanswered_pct}::bigint as count
""")
    united = " union all ".join(f"(select {COLUMNS} from ({source}))" for source in sources)
    return f"select * from ({united}) order by kind, subject, request_id"


def _installs(day: Day) -> str:
    """A row for each device that a visit was to commission; outcome: what the visit came to.

    count: requests of an installation that the visit sent to the device; none where it ended
    before, where a hub's status was never told, or where an incident let none be started.
    """
    return f"""
with asked as (
    select h, j, count(*) as requests,
    from story_requests
    where story = 'install' and srv not in ('8.14.2', '1.1.1', '6.8')
    group by h, j
)
select
    'install' as kind,
    'home ' || visits.h as subject,
    date '{day.on}' as local_date,
    device_id(visits.h, devices.j) as device_id,
    device_id(visits.h, 0) as comms_hub_id,
    party_slots.user_id,
    visits.smets,
    visits.region,
    cast(null as varchar) as request_id,
    make_timestamp_ms(visits.visit_ms) as starts_at,
    cast(null as timestamp) as ends_at,
    case
        when visits.result = 'succeeded' and gas_fails(visits.h, devices.j) then 'failed'
        else visits.result
    end as outcome,
    coalesce(asked.requests, 0) as count,
from visits
inner join kind_devices as devices
    on visits.h % 100 = devices.kind and devices.device_type in ('CHF', 'ESME', 'GSME')
left join asked on visits.h = asked.h and devices.j = asked.j
inner join party_slots on supplier_slot(visits.h, {day.number}) = party_slots.slot
"""


def _changes(day: Day) -> str:
    """A row for each 6.23: succeeded, succeeded_by_inference (a later message arrived), failed."""
    outcome = """
        when is_answered then 'succeeded'
        when is_followed then 'succeeded_by_inference'
        else 'failed'
    """
    return f"""
with sent as (
    select
        *,
        response_sent_at is not null and response_code = 'I0' as is_answered,
    from story_requests
    where story = 'change_of_supplier'
),
judged as (
    select
        *,
        coalesce(bool_or(is_answered and srv in ('1.1.1', '6.8')) over (
            partition by h, j, user_id
            order by started_ms
            range between 1 following and unbounded following
        ), false) as is_followed,
    from sent
)
{_each_request(day, "change_of_supplier", outcome, "judged")}
where srv = '6.23'
"""


def _top_ups(day: Day) -> str:
    """A row for each sequence; count: its attempts; request_id: its last."""
    return f"""
select
    'top_up' as kind,
    'home ' || h || ' device ' || j as subject,
    date '{day.on}' as local_date,
    any_value(device_id) as device_id,
    device_id(h, 0) as comms_hub_id,
    any_value(user_id) as user_id,
    any_value(smets) as smets,
    any_value(region) as region,
    max_by(request_id, step) as request_id,
    make_timestamp_ms(min(started_ms)) as starts_at,
    max(response_sent_at) as ends_at,
    case
        when max_by(response_code = 'I0' and response_sent_at is not null, step)
            then 'succeeded'
        else 'never'
    end as outcome,
    count(*) as count,
from story_requests
where story = 'top_up'
group by h, j
"""


def _firmware(day: Day) -> str:
    """A row for each target of an 11.1: not_acknowledged, verified, failed or silent."""
    outcome = "when targets.is_accepted then targets.verified else 'not_acknowledged'"
    return _each_target(day, "firmware", "sent_ms", "verified_ms", outcome)


def _image_deliveries(day: Day) -> str:
    """A row for each image on its way to a hub; starts_at: attempted, ends_at: delivered."""
    outcome = "when targets.delivered_ms is null then 'lost' else 'delivered'"
    every = _each_target(day, "image_delivery", "attempted_ms", "delivered_ms", outcome)
    return f"{every} where targets.is_accepted"


def _each_target(day: Day, kind: str, starts_ms: str, ends_ms: str, outcome: str) -> str:
    """Rows of the targets of the day's 11.1; `outcome` is the inside of a `case`."""
    return f"""
select
    '{kind}' as kind,
    'home ' || targets.h || ' device ' || targets.j as subject,
    date '{day.on}' as local_date,
    device_id(targets.h, targets.j) as device_id,
    device_id(targets.h, 0) as comms_hub_id,
    targets.user_id,
    targets.smets,
    targets.region,
    batches.request_id,
    make_timestamp_ms(targets.{starts_ms}) as starts_at,
    make_timestamp_ms(targets.{ends_ms}) as ends_at,
    case {outcome} end as outcome,
    1::bigint as count,
from firmware_targets({day.number}, {day.number}) as targets
inner join batch_requests as batches on targets.number = batches.number
"""


def _activations(day: Day) -> str:
    """A row for each 11.3: succeeded, failed, in_flight."""
    outcome = """
        when is_pending then 'in_flight'
        when response_sent_at is not null and response_code = 'I0' then 'succeeded'
        else 'failed'
    """
    every = _each_request(day, "activation", outcome, "story_requests")
    return f"{every} where story = 'firmware'"


def _each_request(day: Day, kind: str, outcome: str, source: str) -> str:
    """Rows of the requests of a source; `outcome` is the inside of a `case`."""
    return f"""
select
    '{kind}' as kind,
    'home ' || h || ' device ' || j as subject,
    date '{day.on}' as local_date,
    device_id,
    device_id(h, 0) as comms_hub_id,
    user_id,
    smets,
    region,
    request_id,
    make_timestamp_ms(started_ms) as starts_at,
    response_sent_at as ends_at,
    case {outcome} end as outcome,
    1::bigint as count,
from {source}
"""


def of_alerts(day: Day) -> str:
    """A row for each N12 and N13 of the day; request_id: the request it was raised about."""
    return f"""
select
    lower(alert_code) as kind,
    'A{day.on:%Y%m%d}-' || stream || '-' || number as subject,
    date '{day.on}' as local_date,
    device_id,
    cast(null as varchar) as comms_hub_id,
    user_id,
    cast(null as varchar) as smets,
    cast(null as varchar) as region,
    owner_id as request_id,
    make_timestamp_ms(raised_ms) as starts_at,
    cast(null as timestamp) as ends_at,
    case when request_id is null then 'not named' else 'named' end as outcome,
    1::bigint as count,
from request_alerts
where owner_id is not null and raised_ms >= {day.starts_ms} and raised_ms < {day.ends_ms}
order by kind, subject
"""


def of_power_alerts(day: Day, told: str) -> str:
    """A row for each alert about power among `told`; ends_at: when it was sent, outcome: how."""
    return f"""
select
    'power_alert' as kind,
    alert_id as subject,
    date '{day.on}' as local_date,
    device_id,
    cast(null as varchar) as comms_hub_id,
    user_id,
    smets,
    region,
    cast(null as varchar) as request_id,
    make_timestamp_ms(raised_ms) as starts_at,
    make_timestamp_ms(sent_ms) as ends_at,
    disposition as outcome,
    coalesce(alert_count, 1)::bigint as count,
from ({told})
where lower(alert_code) in ('ad1', '8f35', '8f36', '0x8f35')
order by kind, subject
"""


def _power(day: Day, outage: PowerOutage) -> str:
    """A row for each outage that began on the day; count: the homes it darkened."""
    return f"""
select
    'power_outage' as kind,
    '{outage.name}' as subject,
    date '{day.on}' as local_date,
    null::varchar as device_id, null::varchar as comms_hub_id, null::varchar as user_id,
    'SMETS2+' as smets,
    '{outage.region}' as region,
    null::varchar as request_id,
    make_timestamp_ms({outage.starts_ms}) as starts_at,
    make_timestamp_ms({outage.ends_ms}) as ends_at,
    'restored' as outcome,
    count(*) as count,
from range({outage.first}, {outage.last}) as homes (h)
inner join kinds on homes.h % 100 = kinds.kind
where kinds.region = '{outage.region}'
"""


def _silent(last: Day) -> str:
    """A row for each home that has answered nothing for 60 days at the end of the month."""
    return f"""
select
    'silent' as kind,
    'home ' || homes.h as subject,
    date '{last.on}' as local_date,
    device_id(homes.h, 1) as device_id,
    device_id(homes.h, 0) as comms_hub_id,
    cast(null as varchar) as user_id,
    kinds.smets,
    kinds.region,
    cast(null as varchar) as request_id,
    cast(null as timestamp) as starts_at,
    cast(null as timestamp) as ends_at,
    'silent' as outcome,
    1::bigint as count,
from range(homes_on({last.number})) as homes (h)
inner join kinds on homes.h % 100 = kinds.kind
where is_silent(home_dice(homes.h), homes.h, {last.number - 62})
"""
