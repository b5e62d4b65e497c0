"""Service Requests of a day: ordinary traffic, and what becomes of each request.

Belongs here: drawing ordinary requests, and the answer to any request (also those of `stories`):
fate, codes, times, status. Does not belong here: which stories there are, alerts.

An *attempt* is a request that is not answered yet:
number (unique in the day), a (its dice), srv, mode, user_id, user_role, h, j, smets, region,
device_id, started_ms, median_ms, sigma, tail_per_10000, failed_per_10000 and outcome: `answered`,
`rejected`, `e21` or `lost` when its story wants it so, else null.
"""

from __future__ import annotations

from orchestration.simulation.traffic import tables
from orchestration.simulation.traffic.chance import key
from orchestration.simulation.traffic.clock import DAY_MS, Day
from orchestration.simulation.traffic.estate import (
    AUDIENCES,
    CHANGE_OF_SUPPLIER,
    CHOICES,
    ROLES,
    Estate,
)
from orchestration.simulation.traffic.incidents import is_disturbed
from orchestration.simulation.traffic.outages import PowerOutage, dark_macro
from orchestration.simulation.traffic.plan import SLOTS

COLUMNS = """
    request_id,
    srv,
    user_id,
    user_role,
    device_id,
    mode_of_operation,
    report_status_id,
    received_at,
    execution_at,
    response_sent_at,
    response_code,
    quarantined_at,
    released_at,
    dsp_processing_ms
"""

# Median and spread of round trips that do not depend on the device's radio.
SPEED_OF_MODE = {3: (380, 0.45), 6: (1_100_000, 1.15), 4: (900_000, 1.0), 10: (700_000, 1.0)}

# Thousandths of ordinary requests; what else fails is in `speeds.csv` and in the home's condition.
UNKNOWN_DEVICE_PER_10000 = 2
PENDING_PER_10000 = 5
REJECTED_PER_10000 = 32
UNKNOWN_CODE_PER_10000 = 1
ODD_PER_10000 = 1
QUARANTINED_PER_10000 = 9


def lines_table() -> str:
    """The profiles as a table that a slot's line is looked up in."""
    rows = []
    for number, profile in enumerate(tables.profiles()):
        role = ROLES.get(profile.audience) or (
            "GS" if profile.device_type in {"GSME", "GPF"} else "IS"
        )
        median, sigma = SPEED_OF_MODE.get(profile.mode, ("null", "null"))
        wanted = f"{profile.smets}/{profile.device_type}"
        rows.append(
            f"({number}, '{profile.srv}', {profile.mode}, '{wanted}', '{role}', "
            f"{AUDIENCES[profile.audience]}, {median}::bigint, {sigma}::double)"
        )
    return f"""
create or replace table lines as
select lines.*, classes.class_no
from (values {", ".join(rows)}) as lines
    (line, srv, mode, class, user_role, audience_from, own_median_ms, own_sigma)
inner join (select class, any_value(class_no) as class_no from choices group by class) as classes
    on lines.class = classes.class
order by line
"""


def ordinary(estate: Estate, day: Day, count: int) -> str:
    """Query of the day's ordinary attempts; needs the day's `slots`."""
    known_homes = max(1, estate.homes_on(day) // 100)
    return f"""
with rolled as (
    select range as number, keyed({key(estate.seed, "requests", day.number)}, range) as a
    from range({count})
),
placed as (
    select
        rolled.number,
        rolled.a,
        slots.starts_ms + ((rolled.a >> 16) % 3600000)::bigint as started_ms,
        slots.srv,
        slots.mode,
        slots.user_role,
        slots.audience_from,
        slots.own_median_ms,
        slots.own_sigma,
        slots.class_no * {CHOICES} + (dice(rolled.a, 1) % {CHOICES})::bigint as choice_no,
        100 * ((dice(rolled.a, 1) >> 10) % {known_homes})::bigint as block,
        dice(rolled.a, 2) % 10000 < {UNKNOWN_DEVICE_PER_10000} as is_unknown,
    from rolled
    inner join day_slots as slots on slots.slot = (rolled.a % {SLOTS})::bigint
),
housed as (
    select
        placed.*,
        -- who has left is not asked any more: the request goes to another home of that kind (which
        -- may have left too; that one is refused)
        case
            when choices.smets = 'SMETS2+'
                and has_left(placed.block + choices.kind, {day.number})
                then (placed.block + choices.kind + 700) % {100 * known_homes}
            else placed.block + choices.kind
        end as h,
        choices.* exclude (class_no, choice_no, class, kind, device_type, s1sp),
    from placed
    inner join choices on placed.choice_no = choices.choice_no
),
addressed as (
    select
        *,
        party_slot(audience_from, h, {day.number}, a) as slot,
        -- a tariff that somebody sends on the day of a change of supplier is the story's business,
        -- and so is what a hub gets whose first visit failed
        case srv
            when '1.1.1' then days_since_due(h, {day.number}, {CHANGE_OF_SUPPLIER}) <= 3
            when '8.11' then not succeeds_at_once(h, smets, region)
            else false
        end as is_in_story,
    from housed
)
select
    addressed.number::ubigint as number,
    addressed.a,
    addressed.srv,
    addressed.mode,
    party_slots.user_id,
    addressed.user_role,
    addressed.h,
    addressed.j,
    addressed.smets,
    addressed.region,
    device_id(
        case when is_unknown then 268435456 + addressed.h % 500 else addressed.h end, addressed.j
    ) as device_id,
    addressed.started_ms,
    coalesce(addressed.own_median_ms, addressed.median_ms) as median_ms,
    coalesce(addressed.own_sigma, addressed.sigma) as sigma,
    case when addressed.own_median_ms is null then addressed.tail_per_10000 else 0 end
        as tail_per_10000,
    case when addressed.mode = 3 then 0 else addressed.failed_per_10000 end as failed_per_10000,
    cast(null as varchar) as outcome,
from addressed
inner join party_slots on addressed.slot = party_slots.slot
where not addressed.is_in_story
"""


def answered(attempts: str, day: Day, outages: list[PowerOutage], *, keep: str = "") -> str:
    """Query that answers the attempts of a query; `keep` names more columns to hand on.

    The macros of incidents are long; on days that none touches they are left out.
    """
    is_disturbed_day = is_disturbed(day.starts_ms, day.known_ms)
    hit_pct = "unanswered_pct" if is_disturbed_day else "undisturbed_pct"
    resumed = "resumed_ms" if is_disturbed_day else "undisturbed_ms"
    # An 11.1 goes out all the same: its targets and their images are written on its account.
    is_started = (
        "srv = '11.1' or dice(a, 21) % 100 < volume_pct(started_ms, smets, region, srv)"
        if is_disturbed_day
        else "true"
    )
    dark = dark_macro(outages, day)
    return f"""
with attempts as ({attempts}),
conditions as (
    select
        *,
        home_dice(h) as home,
        dice(a, 11) % 10000 as luck,
        (dice(a, 12) % 100)::int as how,
        normal(a) as z,
        {hit_pct}(started_ms, smets, region, srv) as hit_pct,
        {dark} as is_dark,
        smets = 'SMETS2+' and mode != 3 and has_left(h, {day.number}) as has_left,
    from attempts
    where {is_started}
),
judged as (
    select
        *,
        dice(a, 13) % 100 < hit_pct as is_hit,
        case
            when dice(a, 13) % 100 < hit_pct then 'lost'
            when mode != 3 and (is_dark or is_silent(home, h, {day.number})) then 'lost'
            when outcome is not null then outcome
            when has_left then 'rejected'
            when luck < {PENDING_PER_10000} then 'pending'
            when luck < {PENDING_PER_10000 + REJECTED_PER_10000} then 'rejected'
            when luck < {PENDING_PER_10000 + REJECTED_PER_10000 + ODD_PER_10000} then 'odd'
            when dice(a, 14) % 10000
                < case when is_bad(home) and mode != 3 then 5500 else failed_per_10000 end
                then 'lost'
            else 'answered'
        end as fate,
    from conditions
),
timed as (
    select
        *,
        -- of what is lost: no answer (below 50), told so by an answer (below 66), nothing at all
        -- (below 68), told so by an alert; an outage answers nobody
        case
            when fate = 'e21' then 10
            when fate != 'lost' then null
            when is_hit or is_dark then case when how < 55 then 10 else 90 end
            else how
        end as loss,
        fate = 'answered' and mode = 2 and dice(a, 15) % 10000 < {QUARANTINED_PER_10000}
            as is_quarantined,
        case
            when fate = 'rejected' then 250 + (dice(a, 16) % 2500)::bigint
            when fate = 'lost' then 9000 + (dice(a, 16) % 26000)::bigint
            else (median_ms * exp(sigma * z))::bigint
                + case
                    when dice(a, 17) % 10000 < tail_per_10000
                        then 18000 + (dice(a, 16) % 110000)::bigint
                    else 0
                end
        end as trip_ms,
    from judged
),
quarantined as (
    select
        *,
        -- a few are put there before the start; a few are released after the answer, or never
        case when is_quarantined then started_ms + case when how < 8 then -4000 else 150 end end
            as quarantined_ms,
        case when is_quarantined then 60000 + (dice(a, 18) % 3600000)::bigint else 0 end as held_ms,
    from timed
),
ended as (
    select
        *,
        case
            when fate in ('answered', 'rejected') or (fate = 'lost' and loss >= 50 and loss < 66)
                then started_ms + held_ms + trip_ms
        end as free_ms,
    from quarantined
),
resumed as (
    select *, {resumed}(free_ms, smets, region) as due_ms,
    from ended
),
known as (
    select
        *,
        fate = 'pending' or coalesce(due_ms, 0) > {day.known_ms} as is_pending,
        case when due_ms <= {day.known_ms} then due_ms end as response_ms,
        mode in (4, 10) and fate = 'rejected' as is_refused_at_once,
        case
            when not is_quarantined or due_ms > {day.known_ms} then null
            when how >= 92 then due_ms + 300000
            when how < 84 then started_ms + held_ms
        end as released_ms,
    from resumed
)
select
    user_id || ':' || device_id || ':' || ({day.on.toordinal()}::ubigint << 44) + number
        as request_id,
    srv,
    user_id,
    user_role,
    device_id,
    mode as mode_of_operation,
    cast(case
        when is_pending then case
            when mode = 6 then 5
            when mode = 3 then 14
            when mode in (4, 10) then case when how < 80 then 1 else 11 end
            else case when how < 70 then 1 else [9, 10, 11, 13, 17, 20, 36][1 + how % 7] end
        end
        when fate = 'rejected' then 8
        when loss >= 68 then 7
        when response_ms is null and fate != 'odd' then 34
        when srv = '11.1' then case when region = 'North' then 23 else 25 end
        when mode = 3 then 3
        when mode = 4 then 28
        when mode = 6 then 6
        else 2
    end as integer) as report_status_id,
    make_timestamp_ms(case
        when mode = 6 then started_ms - (dice(a, 19) % 900000)::bigint
        when mode in (4, 10) and not is_refused_at_once
            then started_ms - 3600000 - (dice(a, 19) % 1700000000)::bigint
        else started_ms
    end) as received_at,
    make_timestamp_ms(case
        when mode not in (4, 6, 10) then null
        when is_refused_at_once then started_ms + {DAY_MS} + (dice(a, 19) % 1700000000)::bigint
        else started_ms
    end) as execution_at,
    make_timestamp_ms(response_ms) as response_sent_at,
    case
        when is_pending then null
        when fate in ('answered', 'odd') then case
            when srv = '11.1' then 'I99'
            when dice(a, 20) % 10000 < {UNKNOWN_CODE_PER_10000} then 'E57'
            else 'I0'
        end
        when fate = 'rejected' then case
            when has_left then 'E5'
            else ['E4', 'E4', 'E4', 'E5', 'E5', 'E19', 'E19', 'E11', 'E12', 'E2', 'E3', 'E1', 'E13',
                'E17', 'E19', 'E5'][1 + how % 16]
        end
        when loss < 50 then case when smets = 'SMETS1' then 'E31' else 'E21' end
        when loss < 66 then case when smets = 'SMETS1' then 'E30' else 'E20' end
    end as response_code,
    make_timestamp_ms(quarantined_ms) as quarantined_at,
    make_timestamp_ms(released_ms) as released_at,
    case
        when how != 77 and not is_pending then (35 + exp(4.2 + 0.5 * z))::integer
    end as dsp_processing_ms,
    started_ms,
    {keep}
from known
"""
