"""The published Major Incidents, acted out.

Belongs here: windows (from the published table) joined with what each did (`data/acts.csv`), and
the SQL that asks whether a moment is inside one. Does not belong here: rows.
"""

from __future__ import annotations

from dataclasses import dataclass

from orchestration.simulation.calendar import local_to_utc
from orchestration.simulation.facts import Facts
from orchestration.simulation.traffic import tables
from orchestration.simulation.traffic.clock import to_ms
from orchestration.simulation.traffic.errors import TrafficError

EVERYTHING_PCT = 100
REPORT = "2020-09"  # the report whose Major Incidents are acted out, whatever month they lie in


@dataclass(frozen=True)
class Outage:
    """An act with its time (milliseconds since 1970; the end is not in it)."""

    act: tables.Act
    starts_ms: int
    ends_ms: int


def outages() -> list[Outage]:
    """Every published incident that has a time and hit the traffic.

    Raises:
        TrafficError: an incident was published of which `data/acts.csv` says nothing.
    """
    found = []
    for row in Facts(REPORT).published("major_incidents"):
        if not row["impacted_at"] or not row["restored_at"]:
            continue  # duplicates are printed without times
        act = tables.acts().get(row["incident_id"])
        if act is None:
            raise TrafficError(
                f"{row['incident_id']} is published, but data/acts.csv of the simulator does not "
                "say what it did to the traffic; add a row (unanswered_pct 0 and "
                "volume_pct 100 for nothing)."
            )
        if act.unanswered_pct or act.volume_pct < EVERYTHING_PCT:
            starts, ends = (local_to_utc(row[name]) for name in ("impacted_at", "restored_at"))
            found.append(Outage(act, to_ms(starts), to_ms(ends)))
    return found


def macros() -> str:
    """SQL macros over the outages.

    `volume_pct(at_ms, smets, region, srv)`: how many of a hundred such requests are started.
    `unanswered_pct(at_ms, smets, region, srv)`: how many of a hundred of these go unanswered.
    `resumed_ms(at_ms, smets, region)`: the moment itself, or the end of the outage it lies in.
    """
    hits, waits = [], []
    # where two overlap, the one that hits harder counts
    volumes = [
        f"when {_during(one)} then {one.act.volume_pct}"
        for one in sorted(outages(), key=lambda outage: outage.act.volume_pct)
    ]
    for one in sorted(outages(), key=lambda outage: -outage.act.unanswered_pct):
        hits.append(f"when {_during(one)} then {one.act.unanswered_pct}")
        if one.act.delays_rest:
            where = [_meanwhile(one), *_filters(one.act)]
            waits.append(f"when {' and '.join(where)} then {one.ends_ms}")
    return f"""
create macro volume_pct(at_ms, smets, region, srv) as
    case {" ".join(volumes)} else 100 end;
create macro unanswered_pct(at_ms, smets, region, srv) as
    case {" ".join(hits)} else 0 end;
create macro resumed_ms(at_ms, smets, region) as
    case {" ".join(waits)} else at_ms end;
create macro undisturbed_pct(at_ms, smets, region, srv) as 0;
create macro undisturbed_ms(at_ms, smets, region) as at_ms;
"""


def is_disturbed(starts_ms: int, ends_ms: int) -> bool:
    """Whether an outage touches the time."""
    return any(one.starts_ms < ends_ms and one.ends_ms > starts_ms for one in outages())


def _meanwhile(one: Outage) -> str:
    return f"at_ms >= {one.starts_ms} and at_ms < {one.ends_ms}"


def _during(one: Outage) -> str:
    where = [_meanwhile(one), *_filters(one.act)]
    if one.act.srv_prefix:
        where.append(f"starts_with(srv, '{one.act.srv_prefix}')")
    return " and ".join(where)


def _filters(act: tables.Act) -> list[str]:
    filters = []
    if act.smets:
        filters.append(f"smets = '{act.smets}'")
    if act.region:
        filters.append(f"region = '{act.region}'")
    return filters
