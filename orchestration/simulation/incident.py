"""One reconstructed incident and its row in the extract.

Belongs here: the shape of an incident row and the source's own answer whether it met its target
(rule I1). Does not belong here: how many incidents of which kind there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from orchestration.simulation.extracts import Cell

COLUMNS = (
    "incident_id", "problem_id", "category", "status", "title", "summary", "customer_impact",
    "issue_type", "smets", "regions", "services", "responsible_party", "resolver_group",
    "raised_at", "assigned_at", "impacted_at", "restored_at", "resolved_at", "closed_at",
    "reopened_at", "sla_met", "clock_stopped_minutes", "exclusion_reason", "duplicate_of",
    "change_release",
)  # fmt: skip


@dataclass(slots=True, eq=False)
class Incident:
    """An incident as the source has it; times are UTC, None where the source has none."""

    category: int
    status: str
    responsible_party: str
    resolver_group: str
    issue_type: str
    raised_at: datetime
    incident_id: str = ""  # empty until numbered
    problem_id: str | None = None
    title: str | None = None
    summary: str | None = None
    customer_impact: str | None = None
    smets: str | None = None
    regions: str | None = None
    services: str | None = None
    assigned_at: datetime | None = None
    impacted_at: datetime | None = None
    restored_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    clock_stopped_minutes: int | None = None
    exclusion_reason: str | None = None
    primary: Incident | None = None

    def within_target(self, resolution_minutes: int) -> bool | None:
        """The source's flag: resolved within the target; None while there is no end.

        The clock ends with the earlier of restored and resolved, stopped minutes are taken off, and
        equal is within (rule I1).
        """
        ends = [at for at in (self.restored_at, self.resolved_at) if at is not None]
        if not ends:
            return None
        elapsed = min(ends) - self.raised_at - timedelta(minutes=self.clock_stopped_minutes or 0)
        return elapsed <= timedelta(minutes=resolution_minutes)

    def row(self, resolution_minutes: int) -> tuple[Cell, ...]:
        """The row of the extract, in the order of `COLUMNS`."""
        return (
            self.incident_id,
            self.problem_id,
            self.category,
            self.status,
            self.title or self.issue_type,
            self.summary,
            self.customer_impact,
            self.issue_type,
            self.smets,
            self.regions,
            self.services,
            self.responsible_party,
            self.resolver_group,
            self.raised_at,
            self.assigned_at,
            self.impacted_at,
            self.restored_at,
            self.resolved_at,
            self.closed_at,
            None,
            self.within_target(resolution_minutes),
            self.clock_stopped_minutes,
            self.exclusion_reason,
            self.primary.incident_id if self.primary else None,
            None,
        )
