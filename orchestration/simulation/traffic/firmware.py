"""Firmware: which devices get an image on a day, how it travels, what it comes to.

Belongs here: targets of an 11.1, deliveries of images to hubs, hubs' own images. Does not belong
here: the requests (`stories`) and the alerts (`alerts`) about them.
"""

from __future__ import annotations

from orchestration.simulation.traffic.clock import Day
from orchestration.simulation.traffic.estate import DCC_DEVICE, FIRMWARE, HUB_FIRMWARE

LOT = 500  # devices that one 11.1 names at most
BATCH_STREAM = 8  # the high bits of the number of an 11.1; the stories have 1 to 7


def macro() -> str:
    """Table macro `firmware_targets(first, last)`: each device that an 11.1 of those days names.

    Columns: h, day_no, j, smets, region, user_id, user_role, number (of its 11.1), sent_ms,
    is_accepted, attempted_ms, delivered_ms, verified (verified, failed, silent), verified_ms.
    """
    return f"""
create macro firmware_targets(first, last) as table
with dated as (
    select days.day_no, first_due(days.day_no, {FIRMWARE}) + {FIRMWARE} * rounds.number as h
    from range(first, last + 1) as days (day_no)
    cross join range(homes_on(last) // {FIRMWARE} + 1) as rounds (number)
    where h < homes_on(days.day_no)
),
devices as (
    select
        due.h,
        due.day_no,
        case when kinds.has_gas and due.h % 3 = 0 then 3 else 1 end as j,
        kinds.smets,
        kinds.region,
        supplier_slot(due.h, due.day_no) as slot,
        dice(home_dice(due.h), 100000 + due.day_no) as a,
    from dated as due
    inner join kinds on due.h % 100 = kinds.kind
    where install_day(due.h) < due.day_no - 10 and leaves_on(due.h) > due.day_no + 10
),
lots as (
    select
        devices.*,
        party_slots.user_id,
        case when devices.j = 3 then 'GS' else 'IS' end as user_role,
        row_number() over (
            partition by
                devices.day_no, party_slots.user_id, devices.smets, devices.region, devices.j
            order by devices.h
        ) // {LOT} as lot,
    from devices
    inner join party_slots on devices.slot = party_slots.slot
),
batches as (
    select
        *,
        min(h) over (partition by day_no, user_id, smets, region, j, lot) as first_h,
    from lots
),
travelled as (
    select
        *,
        ({BATCH_STREAM}::ubigint << 40) + (first_h * 256 + j * 32)::ubigint as number,
        day_ms(day_no) + 28800000 + (dice(home_dice(first_h), 110000 + day_no) % 28800000)::bigint
            as sent_ms,
        a % 100 < 97 as is_accepted,
        case region when 'North' then 60 when 'Central' then 93 when 'South' then 92 else 88 end
            as deliverable_pct,
    from batches
)
select
    *,
    sent_ms + 600000 + ((a >> 8) % 7200000)::bigint as attempted_ms,
    case when is_accepted and (a >> 32) % 100 < deliverable_pct
        then sent_ms + 8000000
            + (case when region = 'North' then 14400000 else 5400000 end
                * exp(0.8 * normal(a)))::bigint
    end as delivered_ms,
    case
        when delivered_ms is null then 'silent'
        when (a >> 40) % 100 < 90 then 'verified'
        when (a >> 40) % 100 < 94 then 'failed'
        else 'silent'
    end as verified,
    case when verified != 'silent'
        then delivered_ms + 1800000 + (dice(a, 5) % 320000000)::bigint
    end as verified_ms,
from travelled;
"""


def targets(day: Day) -> str:
    """Rows of `dsp/firmware_targets`."""
    return f"""
select
    batches.request_id,
    device_id(targets.h, targets.j) as device_id,
    case
        when targets.is_accepted then 'I99'
        else ['E5', 'E11', 'E19'][1 + (targets.a % 3)::int]
    end as response_code,
from firmware_targets({day.number}, {day.number}) as targets
inner join batch_requests as batches on targets.number = batches.number
order by batches.request_id, targets.h
"""


def image_deliveries(day: Day) -> str:
    """Rows of `csp/image_deliveries`: attempts of the day, and news of those of the day before."""
    return _with_news(
        day,
        """
select
    user_id || ':{dcc}:' || (({ordinal})::ubigint << 44) + number as request_id,
    device_id(h, j) as device_id,
    device_id(h, 0) as hub_id,
    attempted_ms,
    delivered_ms,
    cast(null as bigint) as activated_ms,
    attempted_ms + 64800000 as given_up_ms,
from firmware_targets({number}, {number})
where is_accepted
""",
        columns="request_id, device_id, hub_id, make_timestamp_ms(attempted_ms) as attempted_at, "
        "make_timestamp_ms(shown_delivered_ms) as delivered_at, outcome",
        order="request_id, device_id, attempted_at",
    )


def hub_firmware(day: Day) -> str:
    """Rows of `csp/hub_firmware`: attempts of the day, and news of those of the day before."""
    return _with_news(
        day,
        f"""
select
    device_id(due.h, 0) as hub_id,
    hub_version(due.h, {{number}}) as image_version,
    day_ms({{number}}) + 3600000 + (a % 75600000)::bigint as attempted_ms,
    case when dice(a, 1) % 100 < case kinds.region when 'North' then 62 else 95 end
        then attempted_ms + 900000 + (5400000 * exp(0.9 * normal(a)))::bigint
    end as delivered_ms,
    case when dice(a, 2) % 100 < 96
        then delivered_ms + 600000 + (1800000 * exp(0.8 * normal(dice(a, 3))))::bigint
    end as activated_ms,
    attempted_ms + 64800000 as given_up_ms,
from (
    select h, dice(home_dice(h), 120000 + {{number}}) as a
    from due({{number}}, {HUB_FIRMWARE}) as due
) as due
inner join kinds on due.h % 100 = kinds.kind
where install_day(due.h) < {{number}} - 10 and leaves_on(due.h) > {{number}}
""",
        columns="hub_id, image_version, make_timestamp_ms(attempted_ms) as attempted_at, "
        "make_timestamp_ms(shown_delivered_ms) as delivered_at, "
        "make_timestamp_ms(shown_activated_ms) as activated_at, outcome",
        order="hub_id, attempted_at",
    )


def version_macros() -> str:
    """Macros of the versions that a device and a hub run on a day."""
    return f"""
create macro device_version(h, j, day_no) as
    (1 + j) || '.' || (10 + period(h, day_no, {FIRMWARE}) - missed_images(h)) || '.0';
create macro hub_version(h, day_no) as
    '4.' || (20 + period(h, day_no, {HUB_FIRMWARE}) - missed_images(h)) || '.1';
-- a few homes never got the last image or two
create macro missed_images(h) as
    case when dice(home_dice(h), 205) % 100 < 3 then 2
        when dice(home_dice(h), 205) % 100 < 12 then 1 else 0 end;
create macro model_of(h, j) as
    ['Alder', 'Birch', 'Cedar'][1 + (dice(home_dice(h), 200 + j) % 3)::int]
    || ' ' || ['CH', 'E', 'GP', 'G', 'P', 'D'][j + 1]
    || (1 + dice(home_dice(h), 210 + j) % 2);
"""


def _with_news(day: Day, attempts: str, *, columns: str, order: str) -> str:
    """What is known of attempts when the day's files are made.

    An attempt of the day before comes again when it was under way then and is not now: a file may
    bring a row again, and the latest counts. Older ones may not: landing wants a row within 24
    hours of its file's day.
    """
    states = """
    case when delivered_ms <= {known} then delivered_ms end as delivered_by_{name},
    case when activated_ms <= {known} then activated_ms end as activated_by_{name},
    case
        when activated_ms <= {known} then 'activated'
        when delivered_ms <= {known} then 'delivered'
        when given_up_ms <= {known} and delivered_ms is null then 'failed'
        else 'in_progress'
    end as outcome_by_{name}
"""
    now = states.format(known=day.known_ms, name="now")
    then = states.format(known=day.before.known_ms, name="then")
    parts = [
        attempts.format(number=one.number, ordinal=one.on.toordinal(), dcc=DCC_DEVICE) + "\n"
        for one in (day, day.before)
    ]
    return f"""
with attempts as (
    select *, true as is_new from ({parts[0]})
    union all
    select *, false as is_new from ({parts[1]})
),
states as (
    select *, {now}, {then},
    from attempts
)
select {columns}
from (
    select
        *,
        delivered_by_now as shown_delivered_ms,
        activated_by_now as shown_activated_ms,
        outcome_by_now as outcome,
    from states
    where
        is_new or outcome_by_now != outcome_by_then
        or activated_by_now is distinct from activated_by_then
)
order by {order}
"""
