"""Incident rows whose aggregates are the published counts.

Belongs here: the expansion of each published table into rows (closed and counted, excluded,
resolved and not closed, open) around the Major Incidents, which are real. Does not belong here:
their text, their numbers, file writing.

Published: the counts; the Major Incidents with their times and exclusions; that INC000000632334 was
a Category 3 Incident and the primary of a burst of 42 alarms. Reconstruction: everything else,
drawn from generators with fixed seeds.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from orchestration.simulation import majors
from orchestration.simulation.calendar import Month, local_to_utc, parse_month
from orchestration.simulation.errors import ReconstructionError
from orchestration.simulation.facts import Facts, resolution_targets
from orchestration.simulation.incident import Incident
from orchestration.simulation.numbering import Numbers
from orchestration.simulation.parties import (
    GROUPS,
    MIGRATION_GROUPS,
    OTHER_USER_ISSUES,
    SERVICE_USER,
    Group,
    dress,
    pick,
)

SECOND = timedelta(seconds=1)
DAY_SECONDS = 86_400
LOWER_CATEGORIES = (3, 4, 5)

BURST_PRIMARY = "INC000000632334"
BURST_RAISED_AT = "2020-09-20 12:55"  # by its number, between two published incidents
BURST_CLOSED_AT = "2020-09-25 11:00"
BURST_SIZE = 42  # alarms of the burst, the primary among them

ASSIGNED_LATE_SHARE = 0.03
CLOCK_STOPPED_SHARE = 0.12
ONLY_RESOLVED_SHARE = 0.35
EXCLUDED_WITHIN_SHARE = 0.9
CANCELLED_OF_USERS_SHARE = 0.9
# One Cancelled incident in so many has no reason: it counts as Cancelled all the same (rule I7).
CANCELLED_WITHOUT_REASON_EVERY = 5

# Chance of Category 3, 4, 5 among what was excluded for a reason.
CATEGORY_WEIGHTS = {
    "Alert / Event Monitoring": (8, 12, 80),
    "Cancelled": (1, 1, 98),
    "Duplicate": (6, 14, 80),
}
OTHER_CATEGORY_WEIGHTS = (3, 7, 90)


def reconstruct(facts: Facts) -> list[Incident]:
    """All incidents of the month's extract, numbered, in the order of their numbers."""
    expansion = _Expansion(facts)
    incidents = list(expansion.incidents())
    numbers = Numbers(
        [incident.incident_id for incident in incidents if incident.incident_id]
        + [row["incident_id"] for row in facts.published("problems")]
    )
    incidents.sort(key=lambda incident: incident.raised_at)
    for incident in incidents:
        if not incident.incident_id:
            incident.incident_id = numbers.next(incident.raised_at)
    return sorted(incidents, key=lambda incident: incident.incident_id)


class _Expansion:
    """The rows of one month, table by table; each table has its own generator."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.month = parse_month(facts.report)
        self.targets = resolution_targets()
        self.burst = self._burst_primary()
        self.majors = majors.reconstruct(facts, self.burst)
        self.counted: list[Incident] = []
        self.top_issues = [row["issue_type"] for row in facts.published("aged_incident_reasons")]

    def incidents(self) -> Iterator[Incident]:
        """Every incident of the extract, not yet numbered."""
        yield from self.majors
        self.counted = list(self._closed_and_counted())
        yield from self.counted
        yield from self._resolved_not_closed()
        yield from self._open()
        yield from self._excluded()

    def _random(self, purpose: str) -> Random:
        # Not for secrets: a fixed seed per table keeps a change in one table out of the others.
        return Random(f"pmr {self.facts.report} {purpose}")  # noqa: S311 - rows that nobody has to guess, no secret

    # ---- closed in the month, of DCC responsibility, not excluded ----------------------------

    def _closed_and_counted(self) -> Iterator[Incident]:
        random = self._random("counted")
        for row in self.facts.published("incident_counts"):
            category = int(row["category"])
            if category not in LOWER_CATEGORIES:
                continue  # these are the Major Incidents themselves
            outcomes = [True] * int(row["within_sla"]) + [False] * int(row["failed_sla"])
            if category == self.burst.category:
                outcomes.remove(True)
                yield self.burst
            for place, within in enumerate(outcomes):
                incident = self._new(random, category, "Closed", pick(random))
                closed_at = self._closing_instant(random, place)
                self._solve(random, incident, closed_at - _closing_lag(random), within)
                incident.closed_at = closed_at
                if place in (0, len(outcomes) - 1):
                    self._put_on_the_limit(incident, within)
                yield incident

    def _closing_instant(self, random: Random, place: int) -> datetime:
        """When an incident was closed; the first two stand on the edges of the month (rule T2)."""
        edges = (self.month.starts_at, self.month.extract_at - SECOND)
        return edges[place] if place < len(edges) else _between(random, *edges)

    def _put_on_the_limit(self, incident: Incident, within: bool) -> None:
        """Equal is within and a minute more is not (rule I1): one incident of each."""
        end = incident.restored_at or incident.resolved_at
        if end is None:
            raise ReconstructionError("an incident without an end cannot stand on its limit")
        minutes = self.targets[incident.category][1] + (0 if within else 1)
        incident.clock_stopped_minutes = None
        incident.raised_at = end - timedelta(minutes=minutes)
        incident.assigned_at = incident.raised_at + timedelta(minutes=1)

    def _burst_primary(self) -> Incident:
        raised_at = local_to_utc(BURST_RAISED_AT)
        return Incident(
            incident_id=BURST_PRIMARY,
            category=3,
            status="Closed",
            responsible_party="Service Provider",
            resolver_group="DSP",
            issue_type="Automated alarm",
            title="Burst of automated alarms",
            summary=f"One fault raised {BURST_SIZE} alarms; this one is the primary.",
            smets="All",
            services="dcc_user_interface",
            raised_at=raised_at,
            assigned_at=raised_at + timedelta(minutes=11),
            impacted_at=raised_at,
            restored_at=raised_at + timedelta(minutes=47),
            resolved_at=raised_at + timedelta(minutes=128),
            closed_at=local_to_utc(BURST_CLOSED_AT),
        )

    # ---- resolved at the extract point, not closed -------------------------------------------

    def _resolved_not_closed(self) -> Iterator[Incident]:
        random = self._random("resolved")
        for row in self.facts.published("incident_counts"):
            category = int(row["category"])
            within = int(row["resolved_within_sla"])
            for place in range(int(row["resolved_not_closed"])):
                incident = self._new(random, category, "Resolved", pick(random))
                resolved_at = self.month.extract_at - _seconds(random, 60, 20 * DAY_SECONDS)
                self._solve(random, incident, resolved_at, place < within)
                yield incident

    # ---- open at the extract point -----------------------------------------------------------

    def _open(self) -> Iterator[Incident]:
        random = self._random("open")
        issues = iter(self._issues_of_service_users(random))
        for row in self.facts.published("aged_incidents"):
            raised_in = parse_month(row["raised_month"])
            of_user = row["responsible"] == SERVICE_USER.party
            place = 0
            for category in range(1, 6):
                for _ in range(int(row[f"cat{category}"])):
                    group = SERVICE_USER if of_user else pick(random)
                    incident = self._new(random, category, "Open", group)
                    if of_user:
                        incident.issue_type = next(issues)
                    incident.raised_at = _raising_instant(random, raised_in, place)
                    self._assign(random, incident, self.month.extract_at)
                    place += 1
                    yield incident

    def _issues_of_service_users(self, random: Random) -> list[str]:
        """One issue type per open Service User incident: the published three, then the others."""
        top = self.facts.published("aged_incident_reasons")
        total = sum(
            int(row["total"])
            for row in self.facts.published("aged_incidents")
            if row["responsible"] == SERVICE_USER.party
        )
        issues = [row["issue_type"] for row in top for _ in range(int(row["incidents"]))]
        others = total - len(issues)
        issues += [OTHER_USER_ISSUES[place % len(OTHER_USER_ISSUES)] for place in range(others)]
        random.shuffle(issues)
        return issues

    # ---- excluded from the measures ----------------------------------------------------------

    def _excluded(self) -> Iterator[Incident]:
        random = self._random("excluded")
        for row in self.facts.published("incident_exclusions"):
            reason = row["reason"]
            known = sum(incident.exclusion_reason == reason for incident in self.majors)
            weights = CATEGORY_WEIGHTS.get(reason, OTHER_CATEGORY_WEIGHTS)
            for place in range(int(row["incidents"]) - known):
                category = random.choices(LOWER_CATEGORIES, weights=weights)[0]
                if reason == "Cancelled":
                    yield self._cancelled(random, category, place)
                elif reason == "Duplicate":
                    yield self._duplicate(random, category, place)
                else:
                    yield self._excluded_for(random, category, reason)

    def _excluded_for(self, random: Random, category: int, reason: str) -> Incident:
        incident = self._new(random, category, "Closed", _group_behind(random, reason))
        incident.exclusion_reason = reason
        closed_at = _between(random, self.month.starts_at, self.month.extract_at - SECOND)
        within = random.random() < EXCLUDED_WITHIN_SHARE
        self._solve(random, incident, closed_at - _closing_lag(random), within)
        incident.closed_at = closed_at
        return incident

    def _cancelled(self, random: Random, category: int, place: int) -> Incident:
        """Never resolved; most were raised about one of the two commonest issues."""
        of_user = random.random() < CANCELLED_OF_USERS_SHARE
        incident = self._new(
            random, category, "Cancelled", SERVICE_USER if of_user else pick(random)
        )
        if of_user:
            incident.issue_type = random.choice(self.top_issues[:2])
        if place % CANCELLED_WITHOUT_REASON_EVERY:
            incident.exclusion_reason = "Cancelled"
        incident.closed_at = _between(random, self.month.starts_at, self.month.extract_at - SECOND)
        incident.raised_at = incident.closed_at - _seconds(random, 3600, 400 * DAY_SECONDS)
        self._assign(random, incident, incident.closed_at)
        return incident

    def _duplicate(self, random: Random, category: int, place: int) -> Incident:
        """A second report of a primary that is in the extract; the burst's alarms come first."""
        known = sum(incident.primary is self.burst for incident in self.majors)
        in_burst = place < BURST_SIZE - 1 - known
        primary = self.burst if in_burst else random.choice(self.counted)
        incident = Incident(
            category=category if in_burst else primary.category,
            status="Closed",
            responsible_party=primary.responsible_party,
            resolver_group=primary.resolver_group,
            issue_type=primary.issue_type,
            smets=primary.smets,
            regions=primary.regions,
            services=primary.services,
            raised_at=primary.raised_at + _seconds(random, 0, 50),
            restored_at=primary.restored_at,
            resolved_at=primary.resolved_at,
            closed_at=primary.closed_at,
            exclusion_reason="Duplicate",
            primary=primary,
        )
        incident.assigned_at = incident.raised_at + SECOND
        return incident

    # ---- parts of an incident ----------------------------------------------------------------

    def _new(self, random: Random, category: int, status: str, group: Group) -> Incident:
        incident = Incident(
            category=category,
            status=status,
            responsible_party=group.party,
            resolver_group=group.name,
            issue_type=random.choice(group.issue_types),
            raised_at=self.month.starts_at,  # set by whoever knows when
        )
        return dress(random, incident, group)

    def _solve(
        self, random: Random, incident: Incident, resolved_at: datetime, within: bool
    ) -> None:
        """Set the times, from the end backwards, so that the target is met or is not."""
        target = self.targets[incident.category][1]
        share = 0.01 + 0.96 * random.betavariate(1.2, 2) if within else random.uniform(1.02, 3.5)
        net = max(2, int(target * share))
        stopped = 0
        if random.random() < CLOCK_STOPPED_SHARE:
            stopped = random.randint(15, target)
            incident.clock_stopped_minutes = stopped
        end = resolved_at
        if random.random() >= ONLY_RESOLVED_SHARE:
            end = resolved_at - _seconds(random, 60, 3 * DAY_SECONDS)
            incident.restored_at = end
        incident.resolved_at = resolved_at
        incident.raised_at = end - timedelta(minutes=net + stopped)
        self._assign(random, incident, end)

    def _assign(self, random: Random, incident: Incident, before: datetime) -> None:
        """Assign the incident to its group: nearly always in time, and before `before`."""
        target = timedelta(minutes=self.targets[incident.category][0])
        if random.random() < ASSIGNED_LATE_SHARE:
            wait = target * random.uniform(1.1, 3)
        else:
            wait = target * random.uniform(0.02, 0.95)
        room = before - incident.raised_at
        if wait >= room:
            wait = room * random.uniform(0.05, 0.9)
        incident.assigned_at = incident.raised_at + timedelta(seconds=int(wait.total_seconds()))


def _group_behind(random: Random, reason: str) -> Group:
    if reason in ("User Responsibility", "User Request"):
        return random.choice((SERVICE_USER, pick(random)))
    if reason == "SMETS1 Migration Related":
        return pick(random, MIGRATION_GROUPS)
    if reason == "Internal to DCC - Non DCC Impacting":
        return GROUPS[0]
    return pick(random)


def _raising_instant(random: Random, month: Month, place: int) -> datetime:
    """When an open incident was raised; the first two of a month stand on its edges (rule T2)."""
    edges = (month.starts_at, month.extract_at - SECOND)
    return edges[place] if place < len(edges) else _between(random, *edges)


def _closing_lag(random: Random) -> timedelta:
    return _seconds(random, 3600, 5 * DAY_SECONDS)


def _seconds(random: Random, least: int, most: int) -> timedelta:
    return timedelta(seconds=random.randint(least, most))


def _between(random: Random, start: datetime, end: datetime) -> datetime:
    return start + _seconds(random, 0, int((end - start).total_seconds()))
