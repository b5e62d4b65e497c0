"""Incidents by rules I1 to I7, word by word.

Belongs here: what each rule says of the extracts of one month. Does not belong here: how SQL names,
filters or batches it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import mean, median

from tests.python.oracle.clock import extract_point, in_month, local_month, to_local
from tests.python.oracle.figures import shown_share
from tests.python.oracle.records import Facts, Incident, PublishedLevel, ReportedIncident
from tests.python.oracle.reference import IncidentTarget

DCC_PARTIES = ("DCC", "Service Provider")
MAJOR_CATEGORIES = (1, 2)
OLD = timedelta(days=90)
# Levels that were published before there was a register of issues: older than any issue in it.
HISTORY = "history"


@dataclass(frozen=True)
class IncidentRules:
    """Reference data and settings that the rules work with.

    `clock_end` is the setting of I1: `restored_or_resolved` (the earlier of both) or `resolved`.
    """

    targets: Mapping[int, IncidentTarget]
    pmel_kinds: Mapping[str, str]
    clock_end: str = "restored_or_resolved"


@dataclass(frozen=True)
class Level:
    """Numerator, denominator, and the state; `level` in percent is None unless Reported."""

    numerator: int
    denominator: int
    state: str

    @property
    def level(self) -> float | None:
        """Percent, unrounded."""
        if self.state != "Reported":
            return None
        return 100 * self.numerator / self.denominator


# ---- I1: targets


def resolution_end(incident: Incident, rules: IncidentRules) -> datetime | None:
    """When the resolution clock ends: by the setting, None when no end is known."""
    if rules.clock_end == "resolved":
        return incident.resolved_at
    ends = [end for end in (incident.restored_at, incident.resolved_at) if end is not None]
    return min(ends) if ends else None


def response_time(incident: Incident) -> timedelta | None:
    """Raised to assigned."""
    if incident.assigned_at is None:
        return None
    return incident.assigned_at - incident.raised_at


def resolution_time(incident: Incident, rules: IncidentRules) -> timedelta | None:
    """Raised to the end, less the minutes for which the clock was stopped."""
    end = resolution_end(incident, rules)
    if end is None:
        return None
    return end - incident.raised_at - timedelta(minutes=incident.clock_stopped_minutes or 0)


def within_response(incident: Incident, rules: IncidentRules) -> bool:
    """Equal to the target is within; no assignment is not."""
    taken = response_time(incident)
    target = timedelta(minutes=rules.targets[incident.category].initial_response_minutes)
    return taken is not None and taken <= target


def within_resolution(incident: Incident, rules: IncidentRules) -> bool:
    """Equal to the target is within; no end is not."""
    taken = resolution_time(incident, rules)
    target = timedelta(hours=rules.targets[incident.category].resolution_hours)
    return taken is not None and taken <= target


# ---- I2, I3, I4: what is counted


def is_in_period(incident: Incident) -> bool:
    """Status Closed, and closed in the local month."""
    return incident.status == "Closed" and in_month(incident.closed_at, incident.reporting_month)


def is_dcc_responsibility(incident: Incident) -> bool:
    """DCC's own or a provider's."""
    return incident.responsible_party in DCC_PARTIES


def has_pmel_reason(incident: Incident, rules: IncidentRules) -> bool:
    """Only reasons of the list exclude; one that is not in it excludes nothing."""
    return incident.exclusion_reason in rules.pmel_kinds


def is_counted(incident: Incident, rules: IncidentRules) -> bool:
    """In period, of DCC responsibility, not excluded; `duplicate_of` alone excludes nothing."""
    return (
        is_in_period(incident)
        and is_dcc_responsibility(incident)
        and not has_pmel_reason(incident, rules)
    )


def has_extract(facts: Facts, month: date) -> bool:
    """Whether the month's extract landed, with rows or without."""
    return bool(_of_month(facts, month)) or any(
        (empty.feed, empty.reporting_month) == ("incidents", month) for empty in facts.empty_files
    )


def _closed_by_dcc(incidents: Sequence[Incident], categories: Sequence[int]) -> list[Incident]:
    """I2: closed in the period and of DCC responsibility, exclusion reasons ignored."""
    return [
        incident
        for incident in incidents
        if is_in_period(incident)
        and is_dcc_responsibility(incident)
        and incident.category in categories
    ]


def level_of(
    incidents: Sequence[Incident], categories: Sequence[int], rules: IncidentRules
) -> Level:
    """CPM4 (categories 1, 2) or CPM5 (3, 4, 5) after exclusions."""
    before = _closed_by_dcc(incidents, categories)
    counted = [incident for incident in before if is_counted(incident, rules)]
    within = [incident for incident in counted if within_resolution(incident, rules)]
    if counted:
        state = "Reported"
    elif before:
        state = "Data Exempted"
    else:
        state = "No Events"
    return Level(len(within), len(counted), state)


def level_before_exclusions(
    incidents: Sequence[Incident], categories: Sequence[int], rules: IncidentRules
) -> Level:
    """The same with the exclusion reasons ignored."""
    before = _closed_by_dcc(incidents, categories)
    within = [incident for incident in before if within_resolution(incident, rules)]
    return Level(len(within), len(before), "Reported" if before else "No Events")


# ---- I5: what is open at the extract point


def _ends_before(incident: Incident, point: datetime) -> list[datetime]:
    """Resolutions and closings known and over before the point (reopenings respected)."""
    ends = [end for end in (incident.resolved_at, incident.closed_at) if end is not None]
    if incident.reopened_at is not None and incident.reopened_at < point:
        ends = [end for end in ends if end >= incident.reopened_at]
    return [end for end in ends if end < point]


def is_open_at_extract(incident: Incident) -> bool:
    """Raised before the extract point and open at it; an event at the point itself is later."""
    point = extract_point(incident.reporting_month)
    if incident.raised_at >= point:
        return False
    if incident.status == "Open":
        return True
    if _ends_before(incident, point):
        return False
    if incident.reopened_at is not None and incident.reopened_at < point:
        return True
    last = incident.resolved_at if incident.status == "Resolved" else incident.closed_at
    return last is not None and last >= point


def _is_closed_until_reopened_later(incident: Incident, point: datetime) -> bool:
    """Closed before the point; what reopened and resolved it again came at the point or later."""
    return (
        incident.closed_at is not None
        and incident.closed_at < point
        and incident.reopened_at is not None
        and incident.reopened_at >= point
    )


def is_resolved_not_closed(incident: Incident) -> bool:
    """INC-RES: resolved at the extract point and not closed at it."""
    point = extract_point(incident.reporting_month)
    if incident.raised_at >= point or incident.status == "Open" or is_open_at_extract(incident):
        return False
    if _is_closed_until_reopened_later(incident, point):
        return False
    if incident.status == "Resolved":
        return True
    return incident.closed_at is not None and incident.closed_at >= point


def responsible(incident: Incident) -> str:
    """The two groups of the aged tables."""
    if incident.responsible_party == "Service User":
        return "Service User"
    return "Service Provider or DCC"


# ---- the marts of one month


Row = dict[str, object]


def _of_month(facts: Facts, month: date) -> list[Incident]:
    """The month's own snapshot alone."""
    return [incident for incident in facts.incidents if incident.reporting_month == month]


def fct_incidents(facts: Facts, month: date, rules: IncidentRules) -> list[Row]:
    """One row per incident of the month's extract."""
    rows: list[Row] = []
    for incident in _of_month(facts, month):
        response = response_time(incident)
        resolution = resolution_time(incident, rules)
        rows.append(
            {
                "incident_id": incident.incident_id,
                "category": incident.category,
                "smets": incident.smets or "All",
                "regions": incident.regions,
                "services": incident.services,
                "issue_type": incident.issue_type,
                "exclusion_reason": incident.exclusion_reason,
                "responsible": responsible(incident),
                "responsible_party": incident.responsible_party,
                "resolver_group": incident.resolver_group,
                "raised_at": incident.raised_at,
                "assigned_at": incident.assigned_at,
                "restored_at": incident.restored_at,
                "resolved_at": incident.resolved_at,
                "closed_at": incident.closed_at,
                "reopened_at": incident.reopened_at,
                "is_in_period": is_in_period(incident),
                "is_counted": is_counted(incident, rules),
                "duplicate_of": incident.duplicate_of,
                "response_minutes": (None if response is None else response / timedelta(minutes=1)),
                "resolution_hours": (
                    None if resolution is None else resolution / timedelta(hours=1)
                ),
                "within_response_target": within_response(incident, rules),
                "within_resolution_target": within_resolution(incident, rules),
                "sla_met": incident.sla_met,
                "is_open_at_extract": is_open_at_extract(incident),
            }
        )
    return rows


def incident_resolution(facts: Facts, month: date, rules: IncidentRules) -> list[Row]:
    """DCC responsibility, Cancelled left out; per category, per SMETS generation, and over each."""
    rows: list[Row] = []
    mine = [
        incident
        for incident in _of_month(facts, month)
        if is_dcc_responsibility(incident) and incident.status != "Cancelled"
    ]
    for category in (*map(str, rules.targets), "All"):
        for smets in ("SMETS1", "SMETS2+", "All"):
            cell = [
                incident
                for incident in mine
                if category in ("All", str(incident.category)) and smets in ("All", incident.smets)
            ]
            kept = [incident for incident in cell if not has_pmel_reason(incident, rules)]
            raised = [incident for incident in kept if in_month(incident.raised_at, month)]
            closed_before = [incident for incident in cell if is_in_period(incident)]
            closed = [incident for incident in kept if is_in_period(incident)]
            within = [incident for incident in closed if within_resolution(incident, rules)]
            resolved = [incident for incident in kept if is_resolved_not_closed(incident)]
            hours = [
                taken / timedelta(hours=1)
                for incident in closed
                if (taken := resolution_time(incident, rules)) is not None
            ]
            rows.append(
                {
                    "category": category,
                    "smets": smets,
                    "raised": len(raised),
                    "closed_before_exclusions": len(closed_before),
                    "closed": len(closed),
                    "within_response_target": len(
                        [incident for incident in closed if within_response(incident, rules)]
                    ),
                    "within_resolution_target": len(within),
                    "within_resolution_pct": (100 * len(within) / len(closed) if closed else None),
                    "within_resolution_before_exclusions": len(
                        [
                            incident
                            for incident in closed_before
                            if within_resolution(incident, rules)
                        ]
                    ),
                    "resolved_not_closed": len(resolved),
                    "resolved_within_target": len(
                        [incident for incident in resolved if within_resolution(incident, rules)]
                    ),
                    "mean_resolution_hours": mean(hours) if hours else None,
                    "median_resolution_hours": median(hours) if hours else None,
                    "max_resolution_hours": max(hours) if hours else None,
                }
            )
    return rows


def incident_exclusions(facts: Facts, month: date, rules: IncidentRules) -> list[Row]:
    """Closed or cancelled in the month, any party, by PMEL reason (I7).

    A cancelled incident with an unlisted reason is not without a reason: it is in no row, and the
    check of unlisted reasons fails.
    """
    counts: dict[tuple[str, str], int] = {}
    for incident in _of_month(facts, month):
        if incident.status not in ("Closed", "Cancelled"):
            continue
        if not in_month(incident.closed_at, month):
            continue
        reason = incident.exclusion_reason
        if reason is None and incident.status == "Cancelled":
            reason = "Cancelled"
        if reason is None or reason not in rules.pmel_kinds:
            continue
        key = (rules.pmel_kinds[reason], reason)
        counts[key] = counts.get(key, 0) + 1
    return [
        {"kind": kind, "reason": reason, "incidents": incidents}
        for (kind, reason), incidents in counts.items()
    ]


def incidents_aged(facts: Facts, month: date) -> list[Row]:
    """Open at the extract by local month raised, per category and over all; reasons ignored."""
    counts: dict[tuple[str, date, str], int] = {}
    for incident in _of_month(facts, month):
        if is_open_at_extract(incident):
            for category in (str(incident.category), "All"):
                key = (responsible(incident), local_month(incident.raised_at), category)
                counts[key] = counts.get(key, 0) + 1
    return [
        {
            "responsible": group,
            "raised_month": raised_month,
            "category": category,
            "incidents": incidents,
        }
        for (group, raised_month, category), incidents in counts.items()
    ]


def incidents_aged_reasons(facts: Facts, month: date) -> list[Row]:
    """Open at the extract by issue type, and how many of them are older than 90 local days."""
    aged: dict[tuple[str, str], list[Incident]] = {}
    for incident in _of_month(facts, month):
        if is_open_at_extract(incident):
            key = (responsible(incident), incident.issue_type or "Unknown")
            aged.setdefault(key, []).append(incident)
    point = to_local(extract_point(month))
    return [
        {
            "responsible": group,
            "issue_type": issue_type,
            "incidents": len(incidents),
            "older_than_90_days": len(
                [incident for incident in incidents if point - to_local(incident.raised_at) > OLD]
            ),
        }
        for (group, issue_type), incidents in aged.items()
    ]


def issue_number(issue: str) -> tuple[int, int]:
    """`v2.10` as (2, 10): issues are ordered as numbers."""
    if issue == HISTORY:
        return 0, 0
    major, minor = issue.removeprefix("v").split(".")
    return int(major), int(minor)


def latest_issue(facts: Facts, month: date) -> str | None:
    """The issue that speaks for a month: the one with the highest number, whatever it holds."""
    issues = {row.issue for row in facts.reported_incidents if row.reporting_month == month}
    issues |= {row.issue for row in facts.published_levels if row.reporting_month == month}
    return max(issues, key=issue_number, default=None)


def latest_reported(facts: Facts, month: date) -> list[ReportedIncident]:
    """What the latest published issue of a month counted as closed."""
    latest = latest_issue(facts, month)
    return [
        row
        for row in facts.reported_incidents
        if row.reporting_month == month and row.issue == latest
    ]


def latest_levels(facts: Facts, month: date) -> list[PublishedLevel]:
    """What the latest published issue of a month printed as levels."""
    latest = latest_issue(facts, month)
    return [
        row
        for row in facts.published_levels
        if row.reporting_month == month and row.issue == latest
    ]


def _code_measure(category: int) -> str:
    return "CPM4" if category in MAJOR_CATEGORIES else "CPM5"


def closed_again(incident: Incident) -> bool:
    """In period, and reopened before."""
    return (
        is_in_period(incident)
        and incident.reopened_at is not None
        and incident.closed_at is not None
        and incident.reopened_at < incident.closed_at
    )


def restated_level(
    facts: Facts, earlier: date, measure: str, month: date, rules: IncidentRules
) -> float | None:
    """The earlier month's level with what is known in `month` of those closed again since.

    That may be another category, and so the other measure.
    """
    answers: list[bool] = []
    for counted in latest_reported(facts, earlier):
        known = [
            incident
            for incident in facts.incidents
            if incident.incident_id == counted.incident_id
            and earlier < incident.reporting_month <= month
            and closed_again(incident)
        ]
        if known:
            latest = max(known, key=lambda incident: incident.reporting_month)
            if _code_measure(latest.category) == measure and is_counted(latest, rules):
                answers.append(within_resolution(latest, rules))
        elif _code_measure(counted.category) == measure:
            answers.append(counted.within_resolution_target)
    return 100 * answers.count(True) / len(answers) if answers else None


def incidents_reopened(facts: Facts, month: date, rules: IncidentRules) -> list[Row]:
    """Counted in an earlier published month, reopened, closed again in this one (I6)."""
    rows: list[Row] = []
    earlier_months = sorted(
        {row.reporting_month for row in facts.reported_incidents if row.reporting_month < month}
    )
    for incident in _of_month(facts, month):
        if not closed_again(incident):
            continue
        counted = [
            (earlier, row)
            for earlier in earlier_months
            for row in latest_reported(facts, earlier)
            if row.incident_id == incident.incident_id
        ]
        if not counted:
            continue
        first, row = counted[0]
        measure = _code_measure(row.category)
        published = [level for level in latest_levels(facts, first) if level.measure_id == measure]
        printed = published[0].value if published else None
        rows.append(
            {
                "incident_id": incident.incident_id,
                "first_reported_month": first,
                "published_level": None if printed is None else float(shown_share(printed)),
                "restated_level": restated_level(facts, first, measure, month, rules),
            }
        )
    return rows


def major_incidents(facts: Facts, month: date, rules: IncidentRules) -> list[Row]:
    """Category 1 and 2 incidents that touch the month (I7)."""
    rows: list[Row] = []
    for incident in _of_month(facts, month):
        if incident.category not in MAJOR_CATEGORIES:
            continue
        moments = (
            incident.impacted_at,
            incident.raised_at,
            incident.resolved_at,
            incident.closed_at,
        )
        if not any(in_month(moment, month) for moment in moments):
            continue
        impact = (
            incident.restored_at - incident.impacted_at
            if incident.restored_at is not None and incident.impacted_at is not None
            else None
        )
        duration = (
            incident.resolved_at - incident.raised_at if incident.resolved_at is not None else None
        )
        rows.append(
            {
                "incident_id": incident.incident_id,
                "category": incident.category,
                "problem_id": incident.problem_id,
                "services": incident.services,
                "regions": incident.regions,
                "exclusion_reason": incident.exclusion_reason,
                "impacted_at": incident.impacted_at,
                "restored_at": incident.restored_at,
                "raised_at": incident.raised_at,
                "resolved_at": incident.resolved_at,
                "impact_minutes": None if impact is None else impact / timedelta(minutes=1),
                "incident_minutes": (None if duration is None else duration / timedelta(minutes=1)),
                "within_target": within_resolution(incident, rules),
                "sla_met": incident.sla_met,
                "counted": is_counted(incident, rules),
                "duplicate_of": incident.duplicate_of,
            }
        )
    return rows
