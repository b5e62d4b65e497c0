"""Service Requests and alerts by rules T1, T2, S1 to S6, A-* and A11, word by word.

Belongs here: what each rule says of one landed request or alert among all that are landed. Does not
belong here: sums over requests (`rsvp.py`); how SQL names, joins or batches it.

Everything that is landed is looked at, whatever file it came in: the rules know requests and
alerts, not files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from tests.python.oracle.clock import to_local
from tests.python.oracle.incidents import Row
from tests.python.oracle.records import Alert, Device, Facts, ServiceRequest
from tests.python.oracle.reference import ProcessSrv

MODES_WITH_EXECUTION = (4, 6, 10)
SUCCESSFUL_CODES = ("I0", "I99")
DELIVERY_FAILURE_CODES = ("E20", "E21", "E30", "E31")
DELIVERY_FAILURE_ALERTS = ("N12", "N13")
REACH = timedelta(hours=24)
IN_TIME = timedelta(seconds=60)
ELIGIBLE = ("delivered", "undelivered")
# 11.3 to a SMETS1 device, in every mode (S3).
SMETS1_ACTIVATION_SECONDS = 432_000
UNKNOWN = "Unknown"
UNATTRIBUTED = "Unattributed"
NOTHING = timedelta(0)

PROCESSES: Mapping[str, str] = {
    "A-IC": "Install and Commission",
    "A-COS": "Change of Supplier (Gain)",
    "A-COT": "Change of Tenancy",
    "A-TAR": "Tariff Updates",
    "A-PP": "Pre-Payment",
    "A-SEC": "Security and Key Management",
    "A-FW": "Update Device Firmware",
    "A-LOG": "Logistics CH Ordering and Returns",
    "A-READ": "Meter Reads",
    "A-DNO": "Distribution Networks Post I&C Activity",
    "A-NONE": UNATTRIBUTED,
}
# What rule 3 decides by the SRV alone; 1.1.1 comes here when A-IC and A-COS did not take it.
BY_SRV: Mapping[str, Sequence[str]] = {
    "A-COT": ("3.2",),
    "A-TAR": ("1.1.1",),
    "A-PP": ("1.6", "2.1", "2.2"),
    "A-SEC": ("6.15.2", "6.17"),
    "A-FW": ("11.1", "11.3"),
    "A-LOG": ("8.14.3", "8.14.4"),
    "A-READ": ("4.6.1", "4.6.2", "4.8.1", "4.8.2", "4.8.3", "4.10", "4.17"),
}


@dataclass(frozen=True)
class RequestRules:
    """Reference data that the rules work with."""

    reported_statuses: frozenset[int]
    timing_classes: Mapping[int, str]
    target_seconds: Mapping[tuple[str, int], int]
    table_4: Sequence[ProcessSrv]
    known_srvs: frozenset[str]
    known_response_codes: frozenset[str]
    known_alert_codes: frozenset[str]


@dataclass(frozen=True)
class JudgedRequest:
    """A row of `fct_service_requests`, without its reporting month."""

    request_id: str
    activity_date: date
    is_reported: bool
    started_at: datetime
    received_at: datetime
    response_sent_at: datetime | None
    srv: str
    mode_of_operation: int
    timing_class: str
    user_id: str
    user_role: str
    device_id: str
    comms_hub_id: str
    device_type: str
    smets: str
    region: str
    report_status_id: int
    response_code: str
    response_category: str | None
    rtt_us: int | None
    rtt_seconds: float | None
    trt_seconds: int | None
    within_trt: bool | None
    delivery_failed: bool | None
    business_process: str | None
    attribution_rule: str | None
    dsp_processing_ms: int | None
    extract_date: date


# ---- T1, T2: when a request started


def started_at(request: ServiceRequest) -> datetime:
    """T1: the execution, when the mode has one and the response does not precede it."""
    if (
        request.mode_of_operation in MODES_WITH_EXECUTION
        and request.execution_at is not None
        and (request.response_sent_at is None or request.execution_at <= request.response_sent_at)
    ):
        return request.execution_at
    return request.received_at


def activity_date(request: ServiceRequest) -> date:
    """T1: the local date of the start."""
    return to_local(started_at(request)).date()


def month_of(day: date) -> date:
    """T2: the local calendar month of a local day."""
    return day.replace(day=1)


# ---- S1 to S4: reported, timed, held against the target


def is_reported(request: ServiceRequest, rules: RequestRules) -> bool:
    """S1: by its report status."""
    return request.report_status_id in rules.reported_statuses


def quarantine(request: ServiceRequest) -> timedelta:
    """S2: the part of the quarantine between start and response; without a release to its end."""
    if request.quarantined_at is None or request.response_sent_at is None:
        return NOTHING
    released_at = request.released_at
    if released_at is None:
        released_at = request.response_sent_at
    first = max(request.quarantined_at, started_at(request))
    last = min(released_at, request.response_sent_at)
    return max(last - first, NOTHING)


def round_trip(request: ServiceRequest) -> timedelta | None:
    """S2: start to response less the quarantine; None, and not zero, without a response."""
    if request.response_sent_at is None:
        return None
    return request.response_sent_at - started_at(request) - quarantine(request)


def target_seconds(facts: Facts, request: ServiceRequest, rules: RequestRules) -> int | None:
    """S3: the TRT by SRV and mode, but for firmware activation on SMETS1; None when there is no."""
    device = device_of(facts, request)
    if request.srv == "11.3" and device is not None and device.smets == "SMETS1":
        return SMETS1_ACTIVATION_SECONDS
    return rules.target_seconds.get((request.srv, request.mode_of_operation))


def within_target(facts: Facts, request: ServiceRequest, rules: RequestRules) -> bool | None:
    """S4: equal is within, no response is not; None when there is no TRT."""
    seconds = target_seconds(facts, request, rules)
    if seconds is None:
        return None
    taken = round_trip(request)
    return taken is not None and taken <= timedelta(seconds=seconds)


# ---- S5: what came back


def response_category(request: ServiceRequest) -> str:
    """S5: whether a response was received, and whether its code is I0 or I99."""
    received = request.response_sent_at is not None
    successful = request.response_code in SUCCESSFUL_CODES
    if received and successful:
        return "received_successful"
    if received:
        return "received_unsuccessful"
    if successful:
        return "not_received_successful"
    return "not_received_unsuccessful"


def alert_code(alert: Alert) -> str:
    """S5: upper case, without `0x`."""
    return alert.alert_code.upper().removeprefix("0X")


# ---- S6: delivery failures


def has_delivery_failure_code(request: ServiceRequest) -> bool:
    """S6: E20, E21, E30, E31."""
    return request.response_code in DELIVERY_FAILURE_CODES


def is_candidate(request: ServiceRequest, rules: RequestRules) -> bool:
    """S6: reported, no such code, no successful response."""
    return (
        is_reported(request, rules)
        and not has_delivery_failure_code(request)
        and response_category(request) != "received_successful"
    )


def owner(facts: Facts, alert: Alert, rules: RequestRules) -> ServiceRequest | None:
    """S6: the request that an N12 or N13 belongs to; None for any other alert.

    The device is the one that the request names. That its first target stands for DCC's own in an
    11.1 is how attribution places it, and no N12 about that target is an answer to the 11.1.
    """
    if alert.alert_kind != "DCC" or alert_code(alert) not in DELIVERY_FAILURE_ALERTS:
        return None
    candidates = [request for request in facts.service_requests if is_candidate(request, rules)]
    if alert.request_id is not None:
        for request in candidates:
            if request.request_id == alert.request_id:
                return request
        return None
    if alert.user_id is None:
        return None
    latest: ServiceRequest | None = None
    for request in candidates:
        if request.device_id != alert.device_id or request.user_id != alert.user_id:
            continue
        if started_at(request) > alert.raised_at:
            continue
        if latest is None or (started_at(request), request.request_id) > (
            started_at(latest),
            latest.request_id,
        ):
            latest = request
    if latest is None or alert.raised_at > started_at(latest) + REACH:
        return None
    return latest


def delivery_failed(facts: Facts, request: ServiceRequest, rules: RequestRules) -> bool:
    """S6: such a code, or an alert of its own."""
    if has_delivery_failure_code(request):
        return True
    owners = [owner(facts, alert, rules) for alert in facts.alerts]
    return any(found is not None and found.request_id == request.request_id for found in owners)


# ---- devices


def device_in(facts: Facts, device_id: str, month: date) -> Device | None:
    """The device in the month's snapshot, else in the latest earlier one that has it."""
    found: Device | None = None
    for device in facts.devices:
        if device.device_id != device_id or device.reporting_month > month:
            continue
        if found is None or device.reporting_month > found.reporting_month:
            found = device
    return found


def device_id_of(facts: Facts, request: ServiceRequest) -> str:
    """The request's own device; of an 11.1 whose device nobody knows its first target by id."""
    month = month_of(activity_date(request))
    if request.srv != "11.1" or device_in(facts, request.device_id, month) is not None:
        return request.device_id
    targets = [
        target.device_id
        for target in facts.firmware_targets
        if target.request_id == request.request_id
    ]
    return min(targets, default=request.device_id)


def device_of(facts: Facts, request: ServiceRequest) -> Device | None:
    """What the snapshots say of the request's device; None of one that is in none."""
    month = month_of(activity_date(request))
    return device_in(facts, device_id_of(facts, request), month)


def region_of(device: Device | None) -> str:
    """A11: SMETS1 is All whatever the snapshot says, a device in no snapshot is Unknown."""
    if device is None:
        return UNKNOWN
    if device.smets == "SMETS1":
        return "All"
    return device.region or UNKNOWN


# ---- attribution


def is_not_applicable(srv: str, rules: RequestRules) -> bool:
    """Rule 0: in Table 4, and no row of it applies to SMETS1."""
    rows = [row for row in rules.table_4 if row.srv == srv]
    return bool(rows) and not any(row.smets1_applicable for row in rows)


def is_on_smets1_in_vain(facts: Facts, request: ServiceRequest, rules: RequestRules) -> bool:
    """Rule 0: an SRV that does not apply to SMETS1, on a SMETS1 device."""
    device = device_of(facts, request)
    return device is not None and device.smets == "SMETS1" and is_not_applicable(request.srv, rules)


def is_install(facts: Facts, request: ServiceRequest, rules: RequestRules) -> bool:
    """A-IC: an I&C SRV, a SMETS2+ device, on its commissioning day (8.14.1: that of its hub)."""
    if not any(
        row.srv == request.srv and row.business_process == PROCESSES["A-IC"]
        for row in rules.table_4
    ):
        return False
    device = device_of(facts, request)
    if device is None or device.smets != "SMETS2+":
        return False
    day = activity_date(request)
    commissioned = device
    if request.srv == "8.14.1":
        hub = device_in(facts, device.comms_hub_id, month_of(day))
        if hub is None:
            return False
        commissioned = hub
    if commissioned.commissioned_at is None:
        return False
    return to_local(commissioned.commissioned_at).date() == day


def is_change_of_supplier(facts: Facts, request: ServiceRequest, rules: RequestRules) -> bool:
    """A-COS: 6.23; 1.1.1 and 6.8 to a device with a reported 6.23 the same day."""
    if request.srv == "6.23":
        return True
    if request.srv not in ("1.1.1", "6.8"):
        return False
    return any(
        other.srv == "6.23"
        and is_reported(other, rules)
        and device_id_of(facts, other) == device_id_of(facts, request)
        and activity_date(other) == activity_date(request)
        for other in facts.service_requests
    )


def attribution(facts: Facts, request: ServiceRequest, rules: RequestRules) -> str:
    """The rule that decides, of a reported request: the first that fits."""
    if is_on_smets1_in_vain(facts, request, rules):
        return "A-NONE"
    if is_install(facts, request, rules):
        return "A-IC"
    if is_change_of_supplier(facts, request, rules):
        return "A-COS"
    for rule, srvs in BY_SRV.items():
        if request.srv in srvs:
            return rule
    if request.srv in ("6.15.1", "6.5", "6.22") and request.user_role in ("ED", "GT"):
        return "A-DNO"
    return "A-NONE"


# ---- the marts of one month


def judge(facts: Facts, request: ServiceRequest, rules: RequestRules) -> JudgedRequest:
    """All that the rules say of one request; what S1 leaves open of one in flight is None."""
    device = device_of(facts, request)
    device_id = device_id_of(facts, request)
    reported = is_reported(request, rules)
    rule = attribution(facts, request, rules) if reported else None
    taken = round_trip(request)
    return JudgedRequest(
        request_id=request.request_id,
        activity_date=activity_date(request),
        is_reported=reported,
        started_at=started_at(request),
        received_at=request.received_at,
        response_sent_at=request.response_sent_at,
        srv=request.srv,
        mode_of_operation=request.mode_of_operation,
        timing_class=rules.timing_classes[request.mode_of_operation],
        user_id=request.user_id,
        user_role=request.user_role,
        device_id=device_id,
        comms_hub_id=device_id if device is None else device.comms_hub_id,
        device_type=UNKNOWN if device is None else device.device_type,
        smets=UNKNOWN if device is None else device.smets,
        region=region_of(device),
        report_status_id=request.report_status_id,
        response_code="None" if request.response_code is None else request.response_code,
        response_category=response_category(request) if reported else None,
        rtt_us=None if taken is None else taken // timedelta(microseconds=1),
        rtt_seconds=None if taken is None else taken / timedelta(seconds=1),
        trt_seconds=target_seconds(facts, request, rules),
        within_trt=within_target(facts, request, rules) if reported else None,
        delivery_failed=delivery_failed(facts, request, rules) if reported else None,
        business_process=None if rule is None else PROCESSES[rule],
        attribution_rule=rule,
        dsp_processing_ms=request.dsp_processing_ms,
        extract_date=request.file_date,
    )


def judged_in(facts: Facts, month: date, rules: RequestRules) -> list[JudgedRequest]:
    """Every request, reported or in flight, whose start lies in the local month."""
    return [
        judge(facts, request, rules)
        for request in facts.service_requests
        if month_of(activity_date(request)) == month
    ]


def fct_service_requests(facts: Facts, month: date, rules: RequestRules) -> list[Row]:
    """One row per request of the month."""
    return [
        {
            "reporting_month": month,
            **{field.name: getattr(judged, field.name) for field in fields(judged)},
        }
        for judged in judged_in(facts, month, rules)
    ]


def _seconds(first: datetime | None, last: datetime | None) -> float | None:
    if first is None or last is None:
        return None
    return (last - first) / timedelta(seconds=1)


def on_time(alert: Alert) -> bool | None:
    """O9: sent within 60 seconds; None of an alert that is suppressed or exempt."""
    if alert.disposition not in ELIGIBLE:
        return None
    return alert.sent_at is not None and alert.sent_at - alert.raised_at <= IN_TIME


def fct_alerts(facts: Facts, month: date, rules: RequestRules) -> list[Row]:
    """One row per alert raised in the local month (S5, S6, A11, O9)."""
    rows: list[Row] = []
    for alert in facts.alerts:
        day = to_local(alert.raised_at).date()
        if month_of(day) != month:
            continue
        device = device_in(facts, alert.device_id, month)
        request = owner(facts, alert, rules)
        rows.append(
            {
                "alert_id": alert.alert_id,
                "reporting_month": month,
                "activity_date": day,
                "alert_code": alert_code(alert),
                "alert_kind": alert.alert_kind,
                "alert_count": 1 if alert.alert_count is None else alert.alert_count,
                "device_id": alert.device_id,
                "device_type": UNKNOWN if device is None else device.device_type,
                "smets": UNKNOWN if device is None else device.smets,
                "region": region_of(device),
                "user_id": alert.user_id,
                "request_id": None if request is None else request.request_id,
                "disposition": alert.disposition,
                "raised_at": alert.raised_at,
                "sent_at": alert.sent_at,
                "seconds_to_csp": _seconds(alert.raised_at, alert.csp_received_at),
                "seconds_to_dsp": _seconds(alert.csp_received_at, alert.dsp_received_at),
                "seconds_to_send": _seconds(alert.dsp_received_at, alert.sent_at),
                "seconds_to_acknowledge": _seconds(alert.sent_at, alert.acknowledged_at),
                "on_time": on_time(alert),
            }
        )
    return rows
