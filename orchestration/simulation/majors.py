"""The Major Incidents: real records with real times, and their duplicates.

Belongs here: what the published report says of each Category 1 and 2 Incident. Reconstruction is
only the assignment, the closing (inside the month, as the report counts it), the group and the ids
of regions and services; they stand in `examples/reconstruction`. A duplicate was printed without
times and has those of its primary.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar

from orchestration.simulation.calendar import local_to_utc
from orchestration.simulation.errors import ReconstructionError
from orchestration.simulation.facts import Facts, Row
from orchestration.simulation.incident import Incident

V = TypeVar("V")


def reconstruct(facts: Facts, burst: Incident) -> list[Incident]:
    """All Category 1 and 2 Incidents; two are duplicates of `burst`, which is of Category 3.

    Raises:
        ReconstructionError: an incident has no text, no assumptions or no primary.
    """
    texts = {row["incident_id"]: row for row in facts.own("incident_texts")}
    assumptions = {row["incident_id"]: row for row in facts.own("incident_assumptions")}
    published = facts.published("major_incidents")
    primaries = {burst.incident_id: burst}
    for row in published:
        if not row["duplicate_of"]:
            incident_id = row["incident_id"]
            primaries[incident_id] = _primary(
                row, _of(texts, incident_id), _of(assumptions, incident_id)
            )
    duplicates = [
        _duplicate(row, _of(texts, row["incident_id"]), _of(primaries, row["duplicate_of"]))
        for row in published
        if row["duplicate_of"]
    ]
    return [*(incident for incident in primaries.values() if incident is not burst), *duplicates]


def _primary(row: Row, text: Row, assumed: Row) -> Incident:
    raised_at = local_to_utc(row["raised_at"])
    return Incident(
        incident_id=row["incident_id"],
        problem_id=row["problem_id"] or None,
        category=int(row["category"]),
        status="Closed",
        responsible_party="Service Provider",
        resolver_group=assumed["resolver_group"],
        issue_type=text["issue_type"],
        title=text["title"],
        summary=text["summary"],
        customer_impact=text["customer_impact"],
        smets=assumed["smets"],
        regions=assumed["regions"] or None,
        services=assumed["services"] or None,
        raised_at=raised_at,
        assigned_at=raised_at + timedelta(minutes=int(assumed["assigned_after_minutes"])),
        impacted_at=local_to_utc(row["impacted_at"]),
        restored_at=local_to_utc(row["restored_at"]),
        resolved_at=local_to_utc(row["resolved_at"]),
        closed_at=local_to_utc(assumed["closed_at"]),
        exclusion_reason=row["exclusion_reason"] or None,
    )


def _duplicate(row: Row, text: Row, primary: Incident) -> Incident:
    return Incident(
        incident_id=row["incident_id"],
        category=int(row["category"]),
        status="Closed",
        responsible_party=primary.responsible_party,
        resolver_group=primary.resolver_group,
        issue_type=text["issue_type"],
        title=text["title"],
        smets=primary.smets,
        regions=primary.regions,
        services=primary.services,
        raised_at=primary.raised_at,
        assigned_at=primary.assigned_at,
        impacted_at=primary.impacted_at,
        restored_at=primary.restored_at,
        resolved_at=primary.resolved_at,
        closed_at=primary.closed_at,
        exclusion_reason=row["exclusion_reason"],
        primary=primary,
    )


def _of(known: dict[str, V], incident_id: str) -> V:
    if incident_id not in known:
        raise ReconstructionError(
            f"{incident_id} is a published Major Incident without a row in "
            "examples/reconstruction; add its text and assumptions there."
        )
    return known[incident_id]
