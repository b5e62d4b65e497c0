"""Outages that the extracts of a month record, found without the marts of availability.

Belongs here: what the report has to show for, straight from component events and maintenance
windows. Does not belong here: how much of it counts (the models), and the rule that compares
(`consistency.py`).

Only what is beyond doubt is told: stretches of a component's downtime outside its windows that no
planned downtime of the same Service touches.
"""

from __future__ import annotations

from datetime import date

import duckdb

from orchestration.checks.figures import Outage
from orchestration.report.sections.availability import measure_name, region_name

_STRETCHES = """
with period as (
    select period_starts_at as starts_at, extract_at
    from intermediate.int_calendar__periods
    where reporting_month = $month
),
events as (
    select
        events.event_id,
        events.component_id,
        events.region,
        events.kind,
        greatest(events.started_at, period.starts_at) as started_at,
        least(coalesce(events.ended_at, period.extract_at), period.extract_at) as ended_at
    from staging.stg_dsp__component_events as events, period
    where
        events.started_at < period.extract_at
        and coalesce(events.ended_at > period.starts_at, true)
),
windows as (
    select
        unnest(list_transform(string_split(component_ids, '|'), part -> trim(part)))
            as component_id,
        region,
        starts_at,
        ends_at
    from staging.stg_dcc__maintenance
    where reporting_month = $month
),
in_windows as (
    select
        events.event_id,
        events.component_id,
        greatest(events.started_at, windows.starts_at) as started_at,
        least(events.ended_at, windows.ends_at) as ended_at
    from events
    inner join windows
        on
            events.component_id = windows.component_id
            and events.started_at < windows.ends_at
            and events.ended_at > windows.starts_at
    where events.kind = 'planned'
),
stretches as (
    select event_id, component_id, region, started_at, ended_at from events
    where kind = 'unplanned'
    union all
    select
        events.event_id,
        events.component_id,
        events.region,
        coalesce(max(in_windows.ended_at), events.started_at),
        events.ended_at
    from events
    left join in_windows on events.event_id = in_windows.event_id
    where events.kind = 'planned'
    group by
        events.event_id, events.component_id, events.region, events.started_at, events.ended_at
),
counted as (
    select
        services.service_id,
        services.is_regional,
        stretches.*,
        (
            epoch_us(date_trunc('minute', stretches.ended_at))
            - epoch_us(date_trunc('minute', stretches.started_at + interval 59999999 microsecond))
        ) // 60000000 as minutes
    from stretches
    inner join seeds.service_components as dependencies
        on stretches.component_id = dependencies.component_id
    inner join seeds.services as services on dependencies.service_id = services.service_id
    where
        dependencies.valid_from <= $month
        and coalesce(dependencies.valid_to >= $month, true)
        and services.valid_from <= $month
        and coalesce(services.valid_to >= $month, true)
)
select service_id, is_regional, event_id, region, minutes
from counted
where minutes >= 1 and not exists (
    select 1
    from in_windows
    inner join seeds.service_components as others
        on in_windows.component_id = others.component_id
    where
        others.service_id = counted.service_id
        and in_windows.started_at < counted.ended_at
        and in_windows.ended_at > counted.started_at
)
order by all
"""
_REGIONS = "select region from seeds.regions where valid_from <= $month order by all"


def recorded_outages(connection: duckdb.DuckDBPyConnection, month: date) -> tuple[Outage, ...]:
    """The outages of a whole minute or more, each with the printed measures that it hit."""
    regions = [
        str(region) for (region,) in connection.execute(_REGIONS, {"month": month}).fetchall()
    ]
    rows = connection.execute(_STRETCHES, {"month": month}).fetchall()
    return tuple(
        Outage(
            where="Component events",
            label=str(event),
            minutes=int(minutes),
            measures=(
                measure_name(str(service)),
                *(
                    region_name(str(service), one)
                    for one in regions
                    if is_regional and region in {"All", one}
                ),
            ),
        )
        for service, is_regional, event, region, minutes in rows
    )
