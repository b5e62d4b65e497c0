"""Random small months of an estate: devices that fall silent, shout, and run this or that version.

Belongs here: Hypothesis strategies of snapshots, N13 and many alerts, laid over a month of
`read_months.py`. Does not belong here: expectations.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from tests.python.oracle.clock import extract_point, local, next_month
from tests.python.oracle.read_months import read_facts
from tests.python.oracle.records import Alert, Device, Facts, ServiceRequest
from tests.python.oracle.request_months import IN_FLIGHT, file_dates

MS, HOUR, DAY = timedelta(milliseconds=1), timedelta(hours=1), timedelta(days=1)
STATUSES = ("Commissioned",) * 6 + ("Suspended", "Decommissioned", "Whitelisted")
# Two families and none; 4.9 comes before 4.10 by number, and after it as text.
MODELS = ("Alder", "Alder", "Birch", None)
VERSIONS = ("4.9", "4.9", "4.10", "4.10", "5.0", "4.8", "a1", None)
DEVICES = ("E1", "E1", "E2", "G1", "S1", "H1", "X1")
# What an alert stands for: a hundred and one more than it, alone or with another one.
COUNTS = (None, 1, 1, 50, 99, 100, 100, 101, 101, 102)
BACK = (0, 0, 1, 2, 6, 7, 7, 8)
BESIDE = (-HOUR, -MS, 0 * MS, MS, HOUR)


@st.composite
def snapshots(draw: st.DrawFn, devices: list[Device]) -> list[Device]:
    """The same devices, each in a state, of a model and with a version of its own."""
    return [
        replace(
            device,
            status=draw(st.sampled_from(STATUSES)),
            model=draw(st.sampled_from(MODELS)),
            firmware_version=draw(st.sampled_from(VERSIONS)),
        )
        for device in devices
    ]


@st.composite
def last_days(draw: st.DrawFn, month: date) -> datetime:
    """About a local midnight of the last days before the extract point, or at that itself."""
    day = next_month(month) - draw(st.sampled_from(BACK)) * DAY
    return local(day.year, day.month, day.day) + draw(st.sampled_from(BESIDE))


@st.composite
def raised(draw: st.DrawFn, at: datetime, number: int) -> Alert:
    """An N13, or something else that may stand for many."""
    code = draw(st.sampled_from(["N13", "N13", "n13", "0xN13", "N12", "8F35"]))
    return Alert(
        file_date=draw(file_dates(at)),
        alert_id=f"L{number}",
        alert_code=code,
        device_id=draw(st.sampled_from(DEVICES)),
        raised_at=at,
        alert_kind=draw(st.sampled_from(["DCC", "DCC", "DCC", "Device"])),
        disposition=draw(st.sampled_from(["delivered", "undelivered", "suppressed", "exempt"])),
        alert_count=draw(st.sampled_from(COUNTS)),
    )


@st.composite
def answers(draw: st.DrawFn, month: date, alert: Alert, number: int) -> ServiceRequest:
    """A response about the time of an N13 or of the extract point, mostly of its device."""
    near = draw(st.sampled_from([alert.raised_at, alert.raised_at, extract_point(month)]))
    sent = near + draw(st.sampled_from(BESIDE))
    start = sent - draw(st.sampled_from([0 * MS, HOUR, 9 * DAY, 40 * DAY]))
    return ServiceRequest(
        file_date=draw(file_dates(start)),
        request_id=f"ANSWER:{number}",
        srv=draw(st.sampled_from(["4.6.1", "7.4", "2.2"])),
        device_id=draw(st.sampled_from([*(alert.device_id,) * 8, *DEVICES])),
        received_at=start,
        report_status_id=draw(st.sampled_from([2, 2, 2, 2, IN_FLIGHT[0]])),
        response_sent_at=sent,
        response_code=draw(st.sampled_from(["I0", "I0", "I99", "E4"])),
    )


@st.composite
def estate_facts(draw: st.DrawFn, month: date) -> Facts:
    """A month of meter reads with snapshots of its devices, and what befell them at its end."""
    facts = draw(read_facts(month))
    times = [draw(last_days(month)) for _ in range(draw(st.integers(0, 5)))]
    alerts = [draw(raised(at, number)) for number, at in enumerate(times)]
    answered = [
        draw(answers(month, alert, number))
        for number, alert in enumerate(alerts)
        if draw(st.integers(0, 2))
    ]
    return replace(
        facts,
        service_requests=[*facts.service_requests, *answered],
        alerts=[*facts.alerts, *alerts],
        devices=draw(snapshots(facts.devices)),
    )
