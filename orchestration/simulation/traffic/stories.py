"""Stories: requests that belong together, as attempts of a day.

Belongs here: installations, changes of supplier, top-ups, credentials, returned hubs, firmware and
the User who tries again and again. Does not belong here: what becomes of a request (`requests`).

Every story is a query with the columns of `STORY`: what it is, on which home's device, what is sent
how many milliseconds into which day, by whom, and what must become of it (null: chance decides).
"""

from __future__ import annotations

from orchestration.simulation.traffic.chance import key
from orchestration.simulation.traffic.clock import Day
from orchestration.simulation.traffic.estate import (
    AUDIENCES,
    CHANGE_OF_SUPPLIER,
    CREDENTIALS,
    DCC_DEVICE,
    HUB_RETURN,
    PERSISTENCE,
    TOP_UP,
    Estate,
)

STORY = "story, plan, h, j, step, srv, mode, audience_from, started_ms, own_median_ms, outcome"

# Steps of an installation: SRV, mode, device, minutes after arrival. What fails ends at the step
# that fails.
INSTALL_STEPS = """
    (0, '8.14.1', 3, 0, 3, 'hub'),
    (1, '8.11', 2, 1, 8, 'electricity'),
    (2, '6.21', 2, 1, 12, 'electricity'),
    (3, '8.1.1', 2, 1, 15, 'electricity'),
    (4, '8.7.2', 2, 1, 18, 'electricity'),
    (5, '6.20.1', 2, 1, 19, 'electricity'),
    (6, '1.1.1', 2, 1, 25, 'electricity'),
    (7, '6.8', 2, 1, 27, 'electricity'),
    (8, '8.11', 2, 3, 29, 'gas'),
    (9, '6.21', 2, 3, 30, 'gas'),
    (10, '8.1.1', 2, 3, 34, 'gas'),
    (11, '8.7.2', 2, 3, 36, 'gas'),
    (12, '6.20.1', 2, 3, 38, 'gas'),
    (13, '1.1.1', 2, 3, 45, 'gas'),
    (14, '6.8', 2, 3, 47, 'gas')
"""
FAILS_AT_ELECTRICITY, FAILS_AT_GAS = 3, 10
LONGEST_WAIT = 100  # days from a first visit to a second one, and more

# Steps of a change of supplier: plan, days after it began, step, SRV, minutes, outcome.
CHANGE_STEPS = """
    ('straight', 0, 0, '6.23', 0, 'answered'),
    ('straight', 0, 1, '1.1.1', 12, 'answered'),
    ('straight', 0, 2, '6.8', 15, 'answered'),
    ('erroneous', 0, 0, '6.23', 0, 'e21'),
    ('erroneous', 0, 1, '6.8', 20, 'answered'),
    ('erroneous', 0, 2, '1.1.1', 26, 'answered'),
    ('again', 0, 0, '6.23', 0, 'lost'),
    ('again', 0, 1, '6.23', 180, 'rejected'),
    ('again', 1, 0, '6.23', 0, 'answered'),
    ('again', 1, 1, '1.1.1', 12, 'answered'),
    ('again', 1, 2, '6.8', 15, 'answered'),
    ('never', 0, 0, '6.23', 0, 'lost'),
    ('never', 0, 1, '6.23', 200, 'lost'),
    ('never', 1, 0, '6.23', 0, 'lost'),
    ('never', 3, 0, '6.23', 0, 'rejected')
"""


def visits_table(day: Day) -> str:
    """Table `visits`: homes visited on the day, with what the visit comes to.

    Columns: h, kind, smets, region, has_gas, day_no, visit_ms, result (succeeded, failed, left).
    """
    number = day.number
    return f"""
create or replace temp table visits as
select
    h,
    kind,
    smets,
    region,
    has_gas,
    {number} as day_no,
    case when first_day = {number} then first_ms else other_ms end as visit_ms,
    case when first_day = {number} then first_result else other_result end as result,
from installed(homes_on({number - LONGEST_WAIT}), homes_on({number + 1}))
where smets = 'SMETS2+' and (first_day = {number} or other_day = {number})
order by h
"""


def attempts_table(estate: Estate, day: Day) -> str:
    """Table `story_attempts`: the attempts of the day's stories, with story, plan and step."""
    stories = " union all ".join(
        f"(select {STORY} from ({query}))"
        for query in (
            _installs(),
            _changes_of_supplier(day),
            _top_ups(day),
            _credentials(day),
            _hub_returns(day),
            _firmware_activations(day),
            _persistence(day),
        )
    )
    audience = AUDIENCES["network"]
    return f"""
create or replace temp table story_attempts as
with told as ({stories}),
numbered as (
    select
        *,
        (case story
            when 'install' then 1 when 'change_of_supplier' then 2 when 'top_up' then 3
            when 'credentials' then 4 when 'hub_return' then 5 when 'firmware' then 6 else 7
        end::ubigint << 40) + (h * 256 + j * 32 + step)::ubigint as number,
    from told
),
rolled as (
    select
        *,
        keyed({key(estate.seed, "stories", day.number)}, number) as a,
        party_slot(audience_from, h, {day.number}, number) as slot,
    from numbered
)
select
    rolled.* exclude (own_median_ms, audience_from, slot),
    party_slots.user_id,
    case
        when rolled.audience_from = {audience} then 'ED'
        when rolled.j in (2, 3) then 'GS'
        else 'IS'
    end as user_role,
    devices.smets,
    devices.region,
    device_id(rolled.h, rolled.j) as device_id,
    coalesce(rolled.own_median_ms, devices.median_ms) as median_ms,
    devices.sigma,
    case when rolled.mode = 2 then devices.tail_per_10000 else 0 end as tail_per_10000,
    case when rolled.mode = 3 then 0 else devices.failed_per_10000 end as failed_per_10000,
from rolled
inner join kind_devices as devices on rolled.h % 100 = devices.kind and rolled.j = devices.j
inner join party_slots on rolled.slot = party_slots.slot
order by rolled.number
"""


def firmware_batches_table(estate: Estate, day: Day) -> str:
    """Table `batch_attempts`: an 11.1 for each supplier, region, type and lot of the day's targets.

    Its device is DCC's own; its number is that of `firmware_targets` (see `firmware`).
    """
    return f"""
create or replace temp table batch_attempts as
select
    'firmware_batch' as story,
    'batch' as plan,
    min(h) as h,
    any_value(j) as j,
    0 as step,
    '11.1' as srv,
    3 as mode,
    min(sent_ms) as started_ms,
    cast('answered' as varchar) as outcome,
    number,
    keyed({key(estate.seed, "batches", day.number)}, number) as a,
    any_value(user_id) as user_id,
    any_value(user_role) as user_role,
    any_value(smets) as smets,
    any_value(region) as region,
    '{DCC_DEVICE}' as device_id,
    900::bigint as median_ms,
    0.5::double as sigma,
    0 as tail_per_10000,
    0 as failed_per_10000,
from firmware_targets({day.number}, {day.number})
group by number
order by number
"""


def _installs() -> str:
    return f"""
select
    'install' as story,
    visits.result as plan,
    visits.h,
    case when visits.result = 'left' then 0 else steps.j end as j,
    steps.step,
    case when visits.result = 'left' then '8.14.2' else steps.srv end as srv,
    steps.mode,
    0 as audience_from,
    visits.visit_ms + 60000 * steps.minutes as started_ms,
    cast(null as bigint) as own_median_ms,
    case
        when visits.result = 'left' then 'answered'
        when visits.result = 'failed' and steps.part = 'hub' then 'rejected'
        when visits.result = 'failed' and steps.step = {FAILS_AT_ELECTRICITY} then 'lost'
        when gas_fails(visits.h, 3) and steps.step = {FAILS_AT_GAS} then 'lost'
        else 'answered'
    end as outcome,
from visits
cross join (values {INSTALL_STEPS}) as steps (step, srv, mode, j, minutes, part)
where
    case
        when visits.result = 'left' then steps.step = 0
        -- a hub whose status is never told: it awaits its 8.14.1
        when steps.part = 'hub' then dice(home_dice(visits.h), 17) % 1000 >= 15
            and (visits.result = 'succeeded' or dice(home_dice(visits.h), 18) % 10 < 4)
        when visits.result = 'failed' then steps.step <= {FAILS_AT_ELECTRICITY}
        when steps.part = 'gas' then visits.has_gas
            and (steps.step <= {FAILS_AT_GAS} or not gas_fails(visits.h, 3))
        else true
    end
"""


def _changes_of_supplier(day: Day) -> str:
    begun = " union all ".join(
        f"select h, {back} as back from due({day.number - back}, {CHANGE_OF_SUPPLIER})"
        for back in (0, 1, 3)
    )
    return f"""
with planned as (
    select
        begun.*,
        meters.j,
        dice(home_dice(begun.h), 20000 + 8 * supplier_period(begun.h, {day.number}) + meters.j)
            as a,
        case
            when never_changes(begun.h, supplier_period(begun.h, {day.number})) then 'never'
            when a % 1000 < 25 then 'erroneous'
            when a % 1000 < 70 then 'again'
            else 'straight'
        end as plan,
    from ({begun}) as begun
    inner join kinds on begun.h % 100 = kinds.kind
    cross join (values (1), (3)) as meters (j)
    where
        (meters.j = 1 or kinds.has_gas)
        and install_day(begun.h) < {day.number} - 30
        and leaves_on(begun.h) > {day.number}
)
select
    'change_of_supplier' as story,
    planned.plan,
    planned.h,
    planned.j,
    steps.step,
    steps.srv,
    case when steps.srv = '6.23' and steps.step = 0 and planned.a >> 20 & 127 < 19 then 10 else 2
    end as mode,
    -- who never comes to change is asked for by the gaining supplier all the same
    case
        when planned.plan = 'never'
            then 1000000 + slot_in_period(planned.h, supplier_period(planned.h, {day.number}))
        else 0
    end as audience_from,
    day_ms({day.number}) + 3600000 + (planned.a >> 30)::bigint % 25200000
        + 60000 * steps.minutes as started_ms,
    cast(null as bigint) as own_median_ms,
    steps.outcome,
from planned
inner join (values {CHANGE_STEPS}) as steps (plan, back, step, srv, minutes, outcome)
    on planned.plan = steps.plan and planned.back = steps.back
"""


def _top_ups(day: Day) -> str:
    """Evenings above all; attempts of a sequence are minutes apart, sequences days."""
    return f"""
with planned as (
    select
        due.h,
        dice(home_dice(due.h), 40000 + {day.number}) as a,
        case when kinds.has_gas and (a >> 50) % 5 < 2 then 3 else 1 end as j,
        case
            when a % 1000 < 925 then 1
            when a % 1000 < 970 then 2
            when a % 1000 < 983 then 3
            else 1 + ((a >> 14) % 3)::int
        end as attempts,
        a % 1000 >= 983 as is_vain,
        case
            when (a >> 20) % 10 < 6 then 61200000 + (normal(a) * 6500000)::bigint
            else 18000000 + ((a >> 24) % 55000000)::bigint
        end as second_of_day_ms,
    from due({day.number}, {TOP_UP}) as due
    inner join kinds on due.h % 100 = kinds.kind
    where
        kinds.is_prepay
        and dice(home_dice(due.h), 50000 + {day.number}) % 100 < 85
        and install_day(due.h) < {day.number} - 1
        and leaves_on(due.h) > {day.number}
)
select
    'top_up' as story,
    case when is_vain then 'never' else 'attempts ' || attempts end as plan,
    h,
    j,
    step,
    '2.2' as srv,
    2 as mode,
    0 as audience_from,
    day_ms({day.number}) + least(greatest(second_of_day_ms, 3600000), 76000000)
        + step * (180000 + ((a >> 36) % 1300000)::bigint) as started_ms,
    cast(null as bigint) as own_median_ms,
    case
        when not is_vain and step = attempts - 1 then 'answered'
        when (a >> (44 + step)) % 4 = 0 then 'rejected'
        else 'lost'
    end as outcome,
from planned, unnest(range(attempts)) as steps (step)
"""


def _credentials(day: Day) -> str:
    """Two 6.17, then two 6.15.2, of a meter with its new keys; a few pairs lack their second."""
    return f"""
select
    'credentials' as story,
    'pair' as plan,
    due.h,
    case when kinds.has_gas and due.h % 3 = 0 then 3 else 1 end as j,
    steps.step,
    steps.srv,
    2 as mode,
    0 as audience_from,
    day_ms({day.number}) + 3600000 + ((dice(home_dice(due.h), 60000 + {day.number})) % 39600000
    )::bigint + 60000 * steps.minutes as started_ms,
    steps.own_median_ms,
    cast(null as varchar) as outcome,
from due({day.number}, {CREDENTIALS}) as due
inner join kinds on due.h % 100 = kinds.kind
cross join (
    values
        (0, '6.17', 0, 9000000), (1, '6.17', 2, 9000000),
        (2, '6.15.2', 540, null), (3, '6.15.2', 542, null)
) as steps (step, srv, minutes, own_median_ms)
where
    kinds.smets = 'SMETS2+'
    and install_day(due.h) < {day.number} - 2
    and (steps.step not in (1, 3) or dice(home_dice(due.h), 70000 + {day.number}) % 100 >= 3)
"""


def _hub_returns(day: Day) -> str:
    return f"""
select
    'hub_return' as story,
    'return' as plan,
    due.h,
    0 as j,
    0 as step,
    case when dice(home_dice(due.h), 71) % 10 < 6 then '8.14.3' else '8.14.4' end as srv,
    3 as mode,
    0 as audience_from,
    day_ms({day.number}) + 36000000 + (dice(home_dice(due.h), 72) % 18000000)::bigint
        as started_ms,
    cast(null as bigint) as own_median_ms,
    cast(null as varchar) as outcome,
from due({day.number}, {HUB_RETURN}) as due
inner join kinds on due.h % 100 = kinds.kind
where kinds.smets = 'SMETS2+' and leaves_on(due.h) = {day.number}
"""


def _firmware_activations(day: Day) -> str:
    """An 11.3 eight days after the 11.1 for each device that verified its image."""
    return f"""
select
    'firmware' as story,
    'activation' as plan,
    h,
    j,
    0 as step,
    '11.3' as srv,
    case when h % 7 = 0 then 4 else 2 end as mode,
    0 as audience_from,
    day_ms({day.number}) + 32400000 + (dice(home_dice(h), 80000 + {day.number}) % 28800000)::bigint
        as started_ms,
    case when smets = 'SMETS1' then 14400000 when h % 7 = 0 then 3600000 end as own_median_ms,
    cast(null as varchar) as outcome,
from firmware_targets({day.number - 8}, {day.number - 8})
where verified = 'verified'
"""


def _persistence(day: Day) -> str:
    """Somebody tries again: two failures, then a third attempt that chance decides."""
    return f"""
select
    'persistence' as story,
    'again' as plan,
    due.h,
    1 as j,
    steps.step,
    case when due.h % 2 = 0 then '4.8.1' else '6.15.1' end as srv,
    2 as mode,
    case when due.h % 2 = 0 then 0 else {AUDIENCES["network"]} end as audience_from,
    day_ms({day.number}) + 28800000 + (dice(home_dice(due.h), 90000 + {day.number}) % 28800000
    )::bigint + 1500000 * steps.step as started_ms,
    cast(null as bigint) as own_median_ms,
    case when steps.step < 2 then 'lost' end as outcome,
from due({day.number}, {PERSISTENCE}) as due
inner join kinds on due.h % 100 = kinds.kind
cross join (values (0), (1), (2)) as steps (step)
where install_day(due.h) < {day.number} - 2
"""
