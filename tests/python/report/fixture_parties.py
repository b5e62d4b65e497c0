"""Users under pseudonyms in the report's small warehouse: leagues, and installs by User and day.

Belongs here: made-up rows of their marts and measures that agree with each other. Does not belong
here: how a figure comes about.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from tests.python.report.fixture_rsvp import ALL, DAYS, MONTH, Record, percent

TABLES = """
create table marts.league_table (
    reporting_month date, league varchar, pseudonym varchar, volume bigint, succeeded_pct double,
    rank bigint, succeeded bigint, parties bigint);
create table marts.install_by_party (
    reporting_month date, activity_date date, pseudonym varchar, attempted bigint,
    succeeded bigint, predicted bigint, predicted_state varchar);
create table marts.change_of_supplier_by_party (
    reporting_month date, activity_date date, pseudonym varchar, attempts bigint,
    succeeded bigint, succeeded_pct double);
"""

# League → User (best first) → how many, and how many succeeded; Others come last.
LEAGUES: dict[str, dict[str, tuple[int, int]]] = {
    "Top-ups": {
        "AAAA-2222": (5000, 4990),
        "CCCC-2222": (100000, 96000),
        "BBBB-2222": (49990, 47986),
        "Others": (10, 10),
    },
    "Pre-Payment": {"CCCC-2222": (110000, 108900), "AAAA-2222": (45000, 40500)},
    "Installs": {"BBBB-2222": (1200, 1150), "CCCC-2222": (900, 800)},
}
SILENT = ("Change of Supplier",)


def marts() -> dict[str, list[Record]]:
    """Mart → its rows."""
    return {
        "league_table": list(_leagues()),
        "install_by_party": list(_installs()),
        "pmr_measures": list(_measures()),
    }


def _leagues() -> Iterator[Record]:
    for league, users in LEAGUES.items():
        for place, (user, (volume, succeeded)) in enumerate(users.items(), start=1):
            yield {
                "league": league,
                "pseudonym": user,
                "volume": volume,
                "succeeded_pct": percent(succeeded, volume),
                "rank": None if user == "Others" else place,
                "succeeded": succeeded,
                "parties": 2 if user == "Others" else 1,
            }


def _installs() -> Iterator[Record]:
    """The same number each day; the first week has no week before it."""
    for user, count in (("BBBB-2222", 40), ("CCCC-2222", 30)):
        for place in range(DAYS):
            day: date = MONTH + timedelta(days=place)
            yield {
                "activity_date": day,
                "pseudonym": user,
                "attempted": count,
                "succeeded": count - 2,
                "predicted": None if place < 7 else count,
                "predicted_state": "no history" if place < 7 else "predicted",
            }


def _figure(measure_id: str, unit: str, **values: object) -> Record:
    return {
        "measure_id": measure_id,
        **dict.fromkeys(("scope", "business_process", "srv", "smets", "region"), ALL),
        "device_type": ALL,
        "measure_name": measure_id,
        "kind": "I",
        "unit": unit,
        "direction": "higher",
        "value_text": "No Events",
        **values,  # type: ignore[dict-item]  # a figure's own columns
    }


def _measures() -> Iterator[Record]:
    for league, users in LEAGUES.items():
        volume, succeeded = (sum(one[part] for one in users.values()) for part in (0, 1))
        ranked = len(users.keys() - {"Others"})
        yield _figure(
            "LEAGUE", "percent", scope=league, value=percent(succeeded, volume),
            numerator=succeeded, denominator=volume,
        )  # fmt: skip
        yield _figure("LEAGUE-PARTIES", "count", scope=league, value=ranked, numerator=ranked)
    for league in SILENT:
        yield _figure("LEAGUE", "percent", scope=league)
        yield _figure("LEAGUE-PARTIES", "count", scope=league)
    known = 70 * (DAYS - 7)
    yield _figure(
        "IC-PRED-PARTY", "percent", value=percent(known, known), numerator=known, denominator=known
    )
