"""The small feeds around the messages: test messages, certificates, devices, parties, maintenance,
component events.

Belongs here: rows that are not requests, alerts or firmware. Does not belong here: file form.
"""

from __future__ import annotations

from dataclasses import dataclass

from orchestration.simulation.calendar import SATURDAY, Month
from orchestration.simulation.traffic.chance import generator, key
from orchestration.simulation.traffic.clock import DAY_MS, HOUR_MS, Day, days_of, to_ms
from orchestration.simulation.traffic.estate import HUB_RETURN, Estate

MINUTES_BETWEEN_TESTS = 3
CERTIFICATES_PER_REQUEST = 1 / 900
FEWEST_CERTIFICATES = 12
FAILURES_EVERY_DAYS = 6
FAILURE_MS = (180_000, 9_000_000)
FAILING_COMPONENTS = (
    ("csp_network", True),
    ("csp_wan_gateway", True),
    ("csp_hub_manager", True),
    ("registration_store", False),
    ("ssi_portal", False),
    ("smki_repository", False),
    ("dco", False),
)
INVESTIGATION_DAYS = 150  # how long before the month an installation may be under investigation


def test_messages(estate: Estate, day: Day) -> str:
    """A message per region every few minutes; its answer takes what the region's radio takes."""
    step = MINUTES_BETWEEN_TESTS * 60_000
    return f"""
with sent as (
    select
        regions.region,
        regions.letter,
        regions.median_ms,
        numbers.number,
        {day.starts_ms} + {step} * numbers.number + 17 * regions.median_ms % 60000 as sent_ms,
        keyed({key(estate.seed, "tests", day.number)}, numbers.number * 4 + regions.place) as a,
    from range({(day.ends_ms - day.starts_ms) // step}) as numbers (number)
    cross join (
        values (0, 'North', 'N', 2900), (1, 'Central', 'C', 1500), (2, 'South', 'S', 1400)
    ) as regions (place, region, letter, median_ms)
)
select
    'T' || letter || '{day.on:%Y%m%d}' || lpad(number::varchar, 4, '0') as message_id,
    region,
    make_timestamp_ms(sent_ms) as sent_at,
    case
        when dice(a, 1) % 1000 >= 5 and unanswered_pct(sent_ms, 'SMETS2+', region, '') = 0
            then (median_ms * exp(0.35 * normal(a)))::integer
    end as rtt_ms,
from sent
order by number, region
"""


def certificates(estate: Estate, day: Day, requests: int) -> str:
    """Requests to the certificate services; batches take hours, the others minutes."""
    weekend = day.on.weekday() >= SATURDAY
    count = FEWEST_CERTIFICATES + round(
        requests * CERTIFICATES_PER_REQUEST * (0.3 if weekend else 1.2)
    )
    return f"""
with asked as (
    select
        range as number,
        keyed({key(estate.seed, "certificates", day.number)}, range) as a,
        ['batch', 'batch', 'single_ra', 'single_system', 'single_system', 'single_system',
            'repository', 'repository', 'repository', 'publication'][1 + (a % 10)::int] as service,
        {day.starts_ms} + 7 * {HOUR_MS} + ((a >> 8) % {11 * HOUR_MS})::bigint as requested_ms,
    from range({count})
),
answered as (
    select
        *,
        case when dice(a, 1) % 1000 >= 6 then requested_ms + (
            case service when 'batch' then 9000000 when 'single_ra' then 240000
                when 'publication' then 60000 else 9000 end * exp(0.7 * normal(a))
        )::bigint end as completed_ms,
    from asked
)
select
    'SMKI-{day.on:%Y%m%d}-' || lpad(number::varchar, 6, '0') as request_id,
    service,
    make_timestamp_ms(requested_ms) as requested_at,
    case when completed_ms <= {day.known_ms} then make_timestamp_ms(completed_ms) end
        as completed_at,
from answered
order by number
"""


def device_status(day: Day) -> str:
    """What changes on the day: visits take devices on, returned hubs take them off."""
    return f"""
with visited as (
    select
        visits.h,
        devices.j,
        visits.day_no,
        visits.result,
        visits.smets,
        commissioned_ms(visits.h, devices.j, visits.smets, visits.visit_ms) as commissioned_ms,
        visits.visit_ms,
    from visits
    inner join kind_devices as devices on visits.h % 100 = devices.kind
),
changes as (
    select h, j, 'Whitelisted' as status, visit_ms - 5400000 - 1000 * j as changed_ms
    from visited
    union all
    select h, j, 'InstalledNotCommissioned' as status, visit_ms + 60000 + 1000 * j as changed_ms
    from visited
    where result = 'succeeded' or j = 0
    union all
    select h, j, 'Commissioned' as status, commissioned_ms as changed_ms
    from visited
    where result = 'succeeded' and commissioned_ms is not null
    union all
    select due.h, devices.j, 'Decommissioned' as status, day_ms({day.number}) + 39600000
    from due({day.number}, {HUB_RETURN}) as due
    inner join kind_devices as devices on due.h % 100 = devices.kind
    where devices.smets = 'SMETS2+' and leaves_on(due.h) = {day.number}
)
select
    device_id(changes.h, changes.j) as device_id,
    changes.status,
    make_timestamp_ms(changes.changed_ms) as changed_at,
    party_slots.user_id,
from changes
inner join party_slots on supplier_slot(changes.h, {day.number}) = party_slots.slot
order by changes.changed_ms, changes.h, changes.j
"""


def devices(month: Month) -> str:
    """The snapshot: every home installed by the extract point, as it stands then."""
    last = days_of(month)[-1]
    after = last.following.number
    return f"""
with placed as (
    select
        homes.*,
        devices.j,
        devices.device_type,
        commissioned_ms(homes.h, devices.j, homes.smets, homes.success_ms) as commissioned_ms,
        homes.smets = 'SMETS2+' and leaves_on(homes.h) <= {last.number} as has_left,
        supplier_slot(homes.h, {last.number}) as slot,
    from installed(0, homes_on({after})) as homes
    inner join kind_devices as devices on homes.kind = devices.kind
)
select
    device_id(placed.h, placed.j) as device_id,
    placed.device_type,
    placed.smets,
    device_id(placed.h, 0) as comms_hub_id,
    placed.region,
    placed.s1sp,
    model_of(placed.h, placed.j) as model,
    case
        when placed.j = 0 then hub_version(placed.h, {last.number})
        else device_version(placed.h, placed.j, {last.number})
    end as firmware_version,
    case
        when placed.has_left then 'Decommissioned'
        when coalesce(placed.commissioned_ms, {2**62}) < {last.ends_ms}
            then case when placed.home % 1000 between 500 and 501 then 'Suspended'
                else 'Commissioned' end
        when placed.j = 0 then 'InstalledNotCommissioned'
        when placed.home % 3 = 0 then 'Pending'
        else 'Whitelisted'
    end as status,
    case when placed.commissioned_ms < {last.ends_ms}
        then make_timestamp_ms(placed.commissioned_ms)
    end as commissioned_at,
    party_slots.user_id as supplier_id,
from placed
inner join party_slots on placed.slot = party_slots.slot
"""


def install_and_leave(estate: Estate, month: Month) -> str:
    """Investigations of hubs that were left without wide area network, young and old ones."""
    days = days_of(month)
    return f"""
with homes as (
    select
        h,
        keyed({key(estate.seed, "left")}, h) as a,
        first_ms,
    from installed(
        homes_on({days[0].number - INVESTIGATION_DAYS}), homes_on({days[-1].number + 1})
    )
    where first_result = 'left'
),
submitted as (
    select
        *,
        first_ms + 7200000 + (a % {3 * DAY_MS})::bigint as submitted_ms,
        case when (a >> 40) % 10 < 7
            then submitted_ms + ({6 * DAY_MS} * exp(1.1 * normal(a)))::bigint
        end as closed_ms,
    from homes
)
select
    'IAL' || lpad(h::varchar, 9, '0') as incident_id,
    device_id(h, 0) as hub_id,
    -- a metering point that nobody has: the two leading digits are no distributor's
    '99' || lpad(((a >> 8) % 100000000000)::varchar, 11, '0') as mpxn,
    make_timestamp_ms(submitted_ms) as submitted_at,
    case when closed_ms < {to_ms(month.extract_at)} then make_timestamp_ms(closed_ms) end
        as closed_at,
    ['No coverage at the address', 'Aerial needed', 'Coverage restored', 'Under investigation'][
        1 + ((a >> 20) % 4)::int
    ] as diagnostics,
    case when (a >> 30) % 50 = 0 then 'User Responsibility' end as exclusion_reason,
from submitted
where
    submitted_ms < {to_ms(month.extract_at)}
    and coalesce(closed_ms, {2**62}) >= {to_ms(month.starts_at)}
order by h
"""


def parties() -> str:
    """Rows of `dcc/parties`."""
    return "select user_id, name, party_type from parties order by user_id"


@dataclass(frozen=True)
class Window:
    """A planned maintenance window; `region` is empty for all of them."""

    maintenance_id: str
    components: tuple[str, ...]
    region: str
    starts_ms: int
    ends_ms: int
    change_id: str


def windows(estate: Estate, month: Month) -> list[Window]:
    """Two planned windows at night; nothing in the traffic feels them."""
    dice = generator(estate.seed, "maintenance", month.label)
    found = []
    for place, (components, region) in enumerate(
        (
            (("dsp_motorway", "dsp_database"), ""),
            (("csp_wan_gateway",), dice.choice(("Central", "South"))),
        )
    ):
        day = dice.choice(days_of(month)[3:-3])
        starts = day.starts_ms - 2 * HOUR_MS
        found.append(
            Window(
                maintenance_id=f"MNT-{month.label}-{place + 1}",
                components=components,
                region=region,
                starts_ms=starts,
                ends_ms=starts + 3 * HOUR_MS,
                change_id=f"CRQ{key(estate.seed, day.on) % 10**12:012}",
            )
        )
    return found


def maintenance(estate: Estate, month: Month) -> str:
    """Rows of `dcc/maintenance`."""
    rows = [
        f"('{one.maintenance_id}', '{'|'.join(one.components)}', nullif('{one.region}', ''), "
        f"make_timestamp_ms({one.starts_ms}), make_timestamp_ms({one.ends_ms}), "
        f"make_timestamp_ms({one.starts_ms - 20 * DAY_MS}), '{one.change_id}')"
        for one in windows(estate, month)
    ]
    return f"""
select *
from (values {", ".join(rows)}) as windows
    (maintenance_id, component_ids, region, starts_at, ends_at, notified_at, change_id)
"""


def component_events(estate: Estate, day: Day) -> str:
    """Components down in the windows that begin on the day, and now and then one that fails."""
    down = [
        (component, one.region, one.starts_ms, one.ends_ms, one.change_id)
        for one in windows(estate, Month(day.on.replace(day=1)))
        if day.starts_ms <= one.starts_ms < day.ends_ms
        for component in one.components
    ]
    dice = generator(estate.seed, "component_events", day.on)
    if dice.randrange(FAILURES_EVERY_DAYS) == 0:
        component, is_regional = dice.choice(FAILING_COMPONENTS)
        region = dice.choice(("North", "Central", "South")) if is_regional else ""
        starts_ms = dice.randrange(day.starts_ms, day.ends_ms)
        down.append((component, region, starts_ms, starts_ms + dice.randrange(*FAILURE_MS), ""))
    # The row that is left out again gives the columns of a day without events.
    rows = [("", "", day.starts_ms, day.starts_ms, ""), *down]
    values = ", ".join(
        f"('EVT-{day.on:%Y%m%d}-{number}', '{component}', nullif('{region}', ''), "
        f"make_timestamp_ms({starts_ms}), make_timestamp_ms({ends_ms}), "
        f"'{'planned' if change else 'unplanned'}', nullif('{change}', ''), cast(null as varchar))"
        for number, (component, region, starts_ms, ends_ms, change) in enumerate(rows)
    )
    return f"""
select *
from (values {values}) as events
    (event_id, component_id, region, started_at, ended_at, kind, change_id, incident_id)
where component_id <> ''
"""
