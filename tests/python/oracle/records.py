"""The facts of a month as the extracts land them.

Belongs here: one dataclass per feed that the rules read. Times are UTC without a zone, months are
their first day, an empty field is None; a row of a monthly extract says which month's it is in, a
row of a daily one which day's. Does not belong here: anything computed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True)
class Incident:
    """A row of dsms/incidents."""

    reporting_month: date
    incident_id: str
    category: int
    status: str
    responsible_party: str
    raised_at: datetime
    problem_id: str | None = None
    title: str | None = None
    issue_type: str | None = None
    smets: str | None = None
    regions: str | None = None
    services: str | None = None
    resolver_group: str = "DSP"
    assigned_at: datetime | None = None
    impacted_at: datetime | None = None
    restored_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    reopened_at: datetime | None = None
    sla_met: bool | None = None
    clock_stopped_minutes: int | None = None
    exclusion_reason: str | None = None
    duplicate_of: str | None = None


@dataclass(frozen=True)
class ReportedIncident:
    """An incident that a published issue counted as closed in CPM4 or CPM5."""

    reporting_month: date
    issue: str
    incident_id: str
    category: int
    within_resolution_target: bool


@dataclass(frozen=True)
class PublishedLevel:
    """A level that a published issue printed: a number, or the words that stood in its place."""

    reporting_month: date
    issue: str
    measure_id: str
    scope: str
    value: float | None
    value_text: str | None


@dataclass(frozen=True)
class ServiceLevel:
    """A row of providers/service_levels."""

    reporting_month: date
    provider: str
    measure_no: str
    state: str
    period: str
    numerator: float | None = None
    denominator: float | None = None
    level: float | None = None


@dataclass(frozen=True)
class ExceptionCount:
    """A row of providers/exceptions."""

    reporting_month: date
    provider: str
    measure_no: str
    scope: str
    reason: str
    events: int


@dataclass(frozen=True)
class ServiceCredit:
    """A row of providers/service_credits."""

    reporting_month: date
    provider: str
    measure_no: str
    service_points: int
    credit_gbp: Decimal


@dataclass(frozen=True)
class Assessment:
    """A row of dcc/assessments."""

    reporting_month: date
    assessment_id: str
    due_date: date
    completed_date: date | None = None


@dataclass(frozen=True)
class ServiceRequest:
    """A row of dsp/service_requests, in the file of a local day."""

    file_date: date
    request_id: str
    srv: str
    device_id: str
    received_at: datetime
    user_id: str = "U1"
    user_role: str = "IS"
    mode_of_operation: int = 2
    report_status_id: int = 2
    execution_at: datetime | None = None
    response_sent_at: datetime | None = None
    response_code: str | None = None
    quarantined_at: datetime | None = None
    released_at: datetime | None = None
    dsp_processing_ms: int | None = None


@dataclass(frozen=True)
class FirmwareTarget:
    """A row of dsp/firmware_targets."""

    file_date: date
    request_id: str
    device_id: str
    response_code: str | None = None


@dataclass(frozen=True)
class ImageDelivery:
    """A row of csp/image_deliveries, in the file of a local day."""

    file_date: date
    request_id: str
    device_id: str
    hub_id: str
    attempted_at: datetime
    outcome: str
    delivered_at: datetime | None = None


@dataclass(frozen=True)
class HubFirmware:
    """A row of csp/hub_firmware, in the file of a local day."""

    file_date: date
    hub_id: str
    image_version: str
    attempted_at: datetime
    outcome: str
    delivered_at: datetime | None = None
    activated_at: datetime | None = None


@dataclass(frozen=True)
class Alert:
    """A row of dsp/alerts, in the file of a local day."""

    file_date: date
    alert_id: str
    alert_code: str
    device_id: str
    raised_at: datetime
    alert_kind: str = "DCC"
    disposition: str = "delivered"
    user_id: str | None = None
    request_id: str | None = None
    csp_received_at: datetime | None = None
    dsp_received_at: datetime | None = None
    sent_at: datetime | None = None
    acknowledged_at: datetime | None = None
    alert_count: int | None = None


@dataclass(frozen=True)
class Device:
    """A row of dsp/devices: a device in the snapshot of a month."""

    reporting_month: date
    device_id: str
    device_type: str
    smets: str
    comms_hub_id: str
    region: str | None = None
    status: str = "Commissioned"
    commissioned_at: datetime | None = None
    model: str | None = None
    firmware_version: str | None = None


@dataclass(frozen=True)
class DeviceStatus:
    """A row of dsp/device_status, in the file of a local day."""

    file_date: date
    device_id: str
    status: str
    changed_at: datetime
    user_id: str | None = None


@dataclass(frozen=True)
class InstallAndLeave:
    """A row of csp/install_and_leave, as it landed: without the metering point."""

    reporting_month: date
    incident_id: str
    hub_id: str
    submitted_at: datetime
    closed_at: datetime | None = None


@dataclass(frozen=True)
class ComponentEvent:
    """A row of dsp/component_events, in the file of a local day."""

    file_date: date
    event_id: str
    component_id: str
    started_at: datetime
    ended_at: datetime | None = None
    region: str | None = None
    kind: str = "unplanned"
    change_id: str | None = None
    incident_id: str | None = None


@dataclass(frozen=True)
class Maintenance:
    """A row of dcc/maintenance; `component_ids` are separated by `|`."""

    reporting_month: date
    maintenance_id: str
    component_ids: str
    starts_at: datetime
    ends_at: datetime
    region: str | None = None


@dataclass(frozen=True)
class TestMessage:
    """A row of csp/test_messages, in the file of a local day; without `rtt_ms` unanswered."""

    # Not a test, whatever pytest makes of the name.
    __test__ = False

    file_date: date
    message_id: str
    region: str
    sent_at: datetime
    rtt_ms: int | None = None


@dataclass(frozen=True)
class EmptyFile:
    """An extract that landed without a row, which is not the same as none; `feed` as in `Facts`.

    `reporting_month` is the day of a daily file.
    """

    reporting_month: date
    feed: str


@dataclass(frozen=True)
class ContractedFeed:
    """A feed of the landing contract; without `parts` one file is expected."""

    system: str
    feed: str
    cadence: str
    due_working_day: int
    mandatory: bool
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Arrival:
    """An extract in the manifest; `about` are the months that rows of one of any time name."""

    system: str
    feed: str
    file_date: date
    arrived_at: datetime
    part: str = ""
    version: int = 1
    state: str = "landed"
    is_current: bool = True
    is_settled: bool = True
    rows_landed: int = 0
    rows_quarantined: int = 0
    about: tuple[date, ...] = ()

    @property
    def file(self) -> str:
        """Where it lies in the landing folder."""
        return f"{self.system}/{self.feed}/{self.file_date}_{self.part}_v{self.version}.csv"


@dataclass(frozen=True)
class Arrivals:
    """What manifest, contract and calendar of Working Days say; there is at least one arrival."""

    feeds: list[ContractedFeed]
    working_days: list[date]
    arrivals: list[Arrival]


@dataclass(frozen=True)
class Facts:
    """All that is landed and published: the extracts of several months, the register of issues."""

    incidents: list[Incident] = field(default_factory=list)
    reported_incidents: list[ReportedIncident] = field(default_factory=list)
    published_levels: list[PublishedLevel] = field(default_factory=list)
    service_levels: list[ServiceLevel] = field(default_factory=list)
    exceptions: list[ExceptionCount] = field(default_factory=list)
    service_credits: list[ServiceCredit] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    service_requests: list[ServiceRequest] = field(default_factory=list)
    firmware_targets: list[FirmwareTarget] = field(default_factory=list)
    image_deliveries: list[ImageDelivery] = field(default_factory=list)
    hub_firmware: list[HubFirmware] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)
    devices: list[Device] = field(default_factory=list)
    test_messages: list[TestMessage] = field(default_factory=list)
    device_status: list[DeviceStatus] = field(default_factory=list)
    install_and_leave: list[InstallAndLeave] = field(default_factory=list)
    component_events: list[ComponentEvent] = field(default_factory=list)
    maintenance: list[Maintenance] = field(default_factory=list)
    empty_files: list[EmptyFile] = field(default_factory=list)
