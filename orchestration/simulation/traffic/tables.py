"""The data of the simulator: what is sent how often, by whom, how fast, and what incidents did.

Belongs here: reading the small tables of `data/`. Does not belong here: what is made of them.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from orchestration.simulation.traffic.errors import TrafficError

DATA_DIR = Path(__file__).parent / "data"
HOURS = 24
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Row = dict[str, str]


@dataclass(frozen=True)
class DayShape:
    """How much of something there is on each kind of day.

    Attributes:
        weekdays: weight of Monday to Sunday.
        first_of_month: factor on the 1st of a month.
    """

    weekdays: tuple[float, ...]
    first_of_month: float


@dataclass(frozen=True)
class Profile:
    """One line of ordinary requests: an SRV sent in one way to one kind of device.

    Attributes:
        smets: generation of the devices; empty for both.
        audience: who sends it: supplier, network, transporter, export or other.
        share: of the ordinary requests of an ordinary day, in ten-thousandths or so; what counts
            is its part in the sum of all shares.
        hours: shape of the local day, a row of `hours.csv`.
        days: shape of the week, a row of `days.csv`.
    """

    srv: str
    mode: int
    device_type: str
    smets: str
    audience: str
    share: float
    hours: str
    days: str


@dataclass(frozen=True)
class AlertProfile:
    """One line of ordinary alerts; `share` and `hours` as of a `Profile`."""

    alert_code: str
    alert_kind: str
    device_type: str
    smets: str
    share: float
    hours: str


@dataclass(frozen=True)
class Party:
    """A party; suppliers are in one of two cohorts, so that a gaining one is never the losing."""

    name: str
    party_type: str
    audience: str
    cohort: int
    weight: float


@dataclass(frozen=True)
class Act:
    """What a published incident did to the traffic, between its impact and its restoration.

    Attributes:
        smets, region, srv_prefix: what it hit; empty for all.
        unanswered_pct: how many of the requests that started meanwhile got no answer.
        volume_pct: how many of the requests that would have started meanwhile were started at all.
        delays_rest: whether answers and alerts that were due meanwhile waited for its end.
    """

    incident_id: str
    smets: str
    region: str
    srv_prefix: str
    unanswered_pct: int
    volume_pct: int
    delays_rest: bool


def read(table: str) -> list[Row]:
    """All rows of a table of the simulator's data."""
    path = DATA_DIR / f"{table}.csv"
    if not path.is_file():
        raise TrafficError(f"{path} is missing; restore it with `git checkout`.")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def hour_shapes() -> dict[str, tuple[float, ...]]:
    """Shape → weight of each local hour."""
    return {
        row["shape"]: tuple(float(row[f"h{hour:02}"]) for hour in range(HOURS))
        for row in read("hours")
    }


@cache
def day_shapes() -> dict[str, DayShape]:
    """Shape → weights of days."""
    return {
        row["shape"]: DayShape(
            tuple(float(row[day]) for day in WEEKDAYS), float(row["first_of_month"])
        )
        for row in read("days")
    }


@cache
def profiles() -> tuple[Profile, ...]:
    """All lines of ordinary requests."""
    return tuple(
        Profile(
            srv=row["srv"],
            mode=int(row["mode"]),
            device_type=row["device_type"],
            smets=row["smets"],
            audience=row["audience"],
            share=float(row["share"]),
            hours=row["hours"],
            days=row["days"],
        )
        for row in read("profiles")
    )


@cache
def alert_profiles() -> tuple[AlertProfile, ...]:
    """All lines of ordinary alerts."""
    return tuple(
        AlertProfile(
            alert_code=row["alert_code"],
            alert_kind=row["alert_kind"],
            device_type=row["device_type"],
            smets=row["smets"],
            share=float(row["share"]),
            hours=row["hours"],
        )
        for row in read("alert_profiles")
    )


@cache
def parties() -> tuple[Party, ...]:
    """All parties, in the order of the file."""
    return tuple(
        Party(
            name=row["name"],
            party_type=row["party_type"],
            audience=row["audience"],
            cohort=int(row["cohort"] or 0),
            weight=float(row["weight"]),
        )
        for row in read("parties")
    )


@cache
def acts() -> dict[str, Act]:
    """Incident → what it did."""
    return {
        row["incident_id"]: Act(
            incident_id=row["incident_id"],
            smets=row["smets"],
            region=row["region"],
            srv_prefix=row["srv_prefix"],
            unanswered_pct=int(row["unanswered_pct"]),
            volume_pct=int(row["volume_pct"]),
            delays_rest=row["delays_rest"] == "true",
        )
        for row in read("acts")
    }
