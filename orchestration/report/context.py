"""What every section builder reads: the issue, the marts of the month, and lookups used twice.

Belongs here: rows that several sections need, read once. Does not belong here: wording and layout.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from orchestration.report.issue import IssueInfo
from orchestration.report.marts import Marts, Row

ALL = "All"


def pm_name(provider: str, measure_no: str) -> str:
    """The printed name of a service-provider measure: CSPN PM12.2."""
    return f"{provider} PM{measure_no}"


def commentary_key(measure_id: str, scope: str | None) -> str:
    """The printed measure that a commentary row is about."""
    return measure_id if scope in {None, "", ALL} else str(scope)


@dataclass(frozen=True)
class ProcessKey:
    """The cell of a figure of one business process."""

    measure_id: str
    process: str
    smets: str = ALL
    region: str = ALL
    device_type: str = ALL
    scope: str = ALL


@dataclass
class Context:
    """One report under construction.

    `shown` collects the catalogue measures that got printed, `commented` those whose commentary
    did.
    """

    marts: Marts
    issue: IssueInfo
    shown: set[str] = field(default_factory=set)
    commented: set[str] = field(default_factory=set)

    @property
    def month(self) -> date:
        """First day of the reporting month."""
        return self.marts.month

    @cached_property
    def measures(self) -> list[Row]:
        """The rows of `pmr_measures` that are of no one process, SRV or device type."""
        whole = dict.fromkeys(("business_process", "srv", "device_type"), (ALL,))
        return self.marts.rows("pmr_measures", "measure_id, scope, smets, region", whole)

    @cached_property
    def _by_key(self) -> dict[tuple[str, str], Row]:
        return {
            (row.text("measure_id"), row.text("scope")): row
            for row in self.measures
            if row.text("smets") == ALL and row.text("region") == ALL
        }

    def measure(self, measure_id: str, scope: str = ALL) -> Row | None:
        """The figure of one measure over all SMETS and regions; marks the measure as shown."""
        row = self._by_key.get((measure_id, scope))
        if row is not None:
            self.shown.add(measure_id)
        return row

    def value(self, measure_id: str, scope: str = ALL) -> Decimal | None:
        """The value of one measure, None when the mart has no such row or it is words."""
        row = self.measure(measure_id, scope)
        return None if row is None else row.number("value")

    def family(self, prefix: str) -> list[Row]:
        """The rows of every measure whose id is `prefix` or starts with it and a hyphen."""
        return [
            row
            for row in self.measures
            if row.text("measure_id") == prefix or row.text("measure_id").startswith(f"{prefix}-")
        ]

    def show_family(self, prefix: str) -> None:
        """Note that the report shows every registered measure of a family, if only in words."""
        self.shown.update(
            measure
            for measure in self.units
            if measure == prefix or measure.startswith(f"{prefix}-")
        )

    @cached_property
    def processes(self) -> dict[str, list[str]]:
        """Business process → its SRVs, both in the order of Table 4 (seed)."""
        found: dict[str, list[str]] = {}
        for row in self.marts.seed("business_process_srvs"):
            found.setdefault(row.text("business_process"), []).append(row.text("srv"))
        return found

    @cached_property
    def process_measures(self) -> list[Row]:
        """The rows of `pmr_measures` of one process each, all its SRVs together."""
        rows = self.marts.rows(
            "pmr_measures",
            "business_process, measure_id, scope, smets, region, device_type",
            {"srv": (ALL,)},
        )
        return [row for row in rows if row.text("business_process") != ALL]

    @cached_property
    def _by_process(self) -> dict[ProcessKey, Row]:
        return {
            ProcessKey(
                row.text("measure_id"),
                row.text("business_process"),
                row.text("smets"),
                row.text("region"),
                row.text("device_type"),
                row.text("scope"),
            ): row
            for row in self.process_measures
        }

    def process_measure(self, key: ProcessKey) -> Row | None:
        """One figure of a process; marks the measure as shown."""
        row = self._by_process.get(key)
        if row is not None:
            self.shown.add(key.measure_id)
        return row

    @cached_property
    def units(self) -> dict[str, str]:
        """Measure id → unit, from the register of measures."""
        return {row.text("measure_id"): row.text("unit") for row in self.marts.seed("measures")}

    @cached_property
    def code_measures(self) -> list[Row]:
        """`code_performance_measures`, CPM1 first."""
        return self.marts.rows("code_performance_measures", "measure")

    @cached_property
    def provider_measures(self) -> list[Row]:
        """`sp_performance_measures` in the order of the reported list."""
        rows = self.marts.rows("sp_performance_measures", "provider, measure_no")
        order = {key: place for place, key in enumerate(self.pm_register)}
        return sorted(rows, key=lambda row: order.get(pm_key(row), len(order)))

    @cached_property
    def pm_register(self) -> dict[tuple[str, str], Row]:
        """The reported list (seed `performance_measures`): period, unit, direction of each PM."""
        return {pm_key(row): row for row in self.marts.seed("performance_measures")}

    @cached_property
    def provider_names(self) -> dict[str, str]:
        """Provider code → how its section is headed: "CSPN (Arqiva)"."""
        names: dict[str, str] = {}
        for row in self.marts.seed("providers"):
            code = row.text("provider")
            company = row.words("provider_name")
            names[code] = f"{code} ({company})" if company else code
        return names

    @cached_property
    def commentary(self) -> dict[str, list[Row]]:
        """Printed measure → what was said of it."""
        found: dict[str, list[Row]] = {}
        for row in self.marts.rows("commentary", "measure_id, scope, region"):
            key = commentary_key(row.text("measure_id"), row.words("scope"))
            found.setdefault(key, []).append(row)
        return found

    @cached_property
    def commentary_wanted(self) -> dict[str, Row]:
        """Printed measure → what commentary it needs."""
        return {
            commentary_key(row.text("measure_id"), row.words("scope")): row
            for row in self.marts.rows("commentary_wanted", "measure_id, scope")
        }

    @cached_property
    def commentary_context(self) -> dict[str, list[Row]]:
        """Printed measure → Major Incidents proposed as context of its commentary."""
        found: dict[str, list[Row]] = {}
        for row in self.marts.rows(
            "commentary_context", "measure_id, scope, impacted_at, incident_id"
        ):
            key = commentary_key(row.text("measure_id"), row.words("scope"))
            found.setdefault(key, []).append(row)
        return found


def pm_key(row: Row) -> tuple[str, str]:
    """Provider and measure number of a row."""
    return row.text("provider"), row.text("measure_no")
