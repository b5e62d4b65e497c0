"""Small months of traffic, made by chance from a seed: files, and the versions that they came in.

Belongs here: rows that provoke what one day's files do to another's: rows beside their file's day,
N12 and N13 that come later or name requests of another month, devices that change between
snapshots, targets that come again, versions that drop, change, add and move rows, empty files.
Does not belong here: what the models make of them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.python.incremental.room import Extract
from tests.python.landing.room import Row

LONDON = ZoneInfo("Europe/London")
DAY = timedelta(days=1)

REQUESTS = "dsp/service_requests"
ALERTS = "dsp/alerts"
TARGETS = "dsp/firmware_targets"
DEVICES = "dsp/devices"
TEST_MESSAGES = "csp/test_messages"

COLUMNS: Mapping[str, tuple[str, ...]] = {
    REQUESTS: (
        "request_id", "srv", "user_id", "user_role", "device_id", "mode_of_operation",
        "report_status_id", "received_at", "execution_at", "response_sent_at", "response_code",
        "quarantined_at", "released_at", "dsp_processing_ms",
    ),
    ALERTS: (
        "alert_id", "alert_code", "alert_kind", "device_id", "user_id", "raised_at",
        "csp_received_at", "dsp_received_at", "sent_at", "acknowledged_at", "disposition",
        "request_id", "alert_count",
    ),
    TARGETS: ("request_id", "device_id", "response_code"),
    DEVICES: (
        "device_id", "device_type", "smets", "comms_hub_id", "region", "status", "commissioned_at",
    ),
    TEST_MESSAGES: ("message_id", "region", "sent_at", "rtt_ms"),
}  # fmt: skip
SRVS = ("6.23", "1.1.1", "6.8", "4.10", "4.8.1", "2.2", "8.11", "8.14.1", "6.15.2", "6.17", "11.1",
        "11.1", "11.1", "11.3", "6.21", "3.2", "6.5")  # fmt: skip
USERS = ("90-B3-D5-1F-30-01-00-01", "90-B3-D5-1F-30-01-00-02")
DCC = "90-B3-D5-1F-30-00-00-00"


def local(day: date, hour: float = 0) -> datetime:
    """A moment so many elapsed hours after local midnight (UTC, without zone)."""
    midnight = datetime.combine(day, time(), tzinfo=LONDON).astimezone(UTC)
    return (midnight + timedelta(hours=hour)).replace(tzinfo=None)


def text(moment: datetime | None) -> str:
    """A moment as extracts write it."""
    return "" if moment is None else f"{moment.isoformat(timespec='milliseconds')}Z"


def local_day(moment: datetime) -> date:
    """The local day of a UTC moment."""
    return moment.replace(tzinfo=UTC).astimezone(LONDON).date()


@dataclass(frozen=True)
class Message:
    """A row of a daily file, and when it is assigned."""

    at: datetime
    row: Row


class Traffic:
    """Extracts of a few days by one seed, every version of every file."""

    def __init__(self, seed: int, days: Sequence[date]) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - seeded examples, no secret
        self._days = tuple(days)
        self._devices = [f"00-DB-12-34-56-78-90-{n:02X}" for n in range(14)]
        self._numbers = iter(range(1, 1_000_000))
        self._requests = [self._request(day) for day in days for _ in range(14)]
        self._alerts = [self._alert(day) for day in days for _ in range(8)]

    def extracts(self) -> list[Extract]:
        """Every file of the traffic, in no order that matters."""
        messages = [self._test_message(day) for day in self._days for _ in range(4)]
        firmware = [one for one in self._requests if one.row["srv"] == "11.1"]
        targets = [self._target(one) for one in firmware for _ in range(self._chance.randint(0, 3))]
        return [
            *self._daily(REQUESTS, "request_id", self._requests, self._request),
            *self._daily(ALERTS, "alert_id", self._alerts, self._alert),
            *self._daily(TEST_MESSAGES, "message_id", messages, self._test_message),
            *self._targets(targets),
            *self._snapshots(),
        ]

    # ------------------------------------------------------------------------------------- rows

    def _request(self, day: date) -> Message:
        chance = self._chance
        started = local(day, chance.choice((0, 23.99, *(chance.uniform(0, 24) for _ in range(4)))))
        mode = chance.choice((2, 2, 3, 4, 6, 10))
        sent = started + timedelta(seconds=chance.choice((1, 30, 3600, 90000)))
        srv = chance.choice(SRVS)
        answered = chance.random() < 0.7
        is_later = mode in (4, 6, 10)
        return Message(
            at=started,
            row={
                "request_id": f"{USERS[0]}:{DCC}:{2**63 + next(self._numbers)}",
                "srv": srv,
                "user_id": chance.choice(USERS),
                "user_role": chance.choice(("IS", "GS", "ED")),
                "device_id": DCC if srv == "11.1" else chance.choice(self._devices),
                "mode_of_operation": str(mode),
                "report_status_id": chance.choice(("2", "4", "8", "34", "1")),
                "received_at": text(started - timedelta(hours=2) if is_later else started),
                "execution_at": text(started) if is_later else "",
                "response_sent_at": text(sent) if answered else "",
                "response_code": chance.choice(("I0", "I99", "E20", "E62", "")),
                "quarantined_at": text(started) if chance.random() < 0.1 else "",
                "released_at": "",
                "dsp_processing_ms": chance.choice(("", "120", "3400")),
            },
        )

    def _alert(self, day: date) -> Message:
        chance = self._chance
        about = chance.choice(self._requests)
        raised = local(day, chance.uniform(0, 24))
        if local_day(about.at) in (day, day - DAY):
            raised = max(about.at + timedelta(hours=chance.choice((0, 3, 24, 25))), local(day))
            raised = min(raised, local(day, 23.999))
        sent = chance.choice((None, 20, 60, 300, 9000))
        return Message(
            at=raised,
            row={
                "alert_id": f"A{next(self._numbers)}",
                "alert_code": chance.choice(("N12", "N13", "0xN12", "8F35", "0x810e")),
                "alert_kind": chance.choice(("DCC", "DCC", "DCC", "Device")),
                "device_id": about.row["device_id"],
                "user_id": chance.choice((about.row["user_id"], about.row["user_id"], "")),
                "raised_at": text(raised),
                "csp_received_at": text(raised + timedelta(seconds=5)),
                "dsp_received_at": text(raised + timedelta(seconds=9)),
                "sent_at": text(None if sent is None else raised + timedelta(seconds=sent)),
                "acknowledged_at": "",
                "disposition": chance.choice(("delivered", "undelivered", "suppressed", "exempt")),
                "request_id": chance.choice((about.row["request_id"], "", "", "no:such:1")),
                "alert_count": chance.choice(("", "1", "7")),
            },
        )

    def _test_message(self, day: date) -> Message:
        chance = self._chance
        sent = local(day, chance.uniform(0, 24))
        return Message(
            at=sent,
            row={
                "message_id": f"T{next(self._numbers)}",
                "region": chance.choice(("North", "South")),
                "sent_at": text(sent),
                "rtt_ms": chance.choice(("", "800", "1500")),
            },
        )

    def _target(self, request: Message) -> Message:
        chance = self._chance
        return Message(
            at=request.at,
            row={
                "request_id": request.row["request_id"],
                "device_id": chance.choice(self._devices),
                "response_code": chance.choice(("", "I99", "E1")),
            },
        )

    # ------------------------------------------------------------------------------------ files

    def _daily(
        self, feed: str, key: str, messages: Sequence[Message], more: Callable[[date], Message]
    ) -> list[Extract]:
        """Files of the days. In the last versions a key stands once; before, it may move."""
        files: dict[date, list[Message]] = {day: [] for day in self._days}
        for message in messages:
            day = local_day(message.at) + self._chance.choice((0, 0, 0, 0, -1, 1)) * DAY
            files[day if day in files else local_day(message.at)].append(message)
        extracts: list[Extract] = []
        for day, final in files.items():
            near = [
                message
                for neighbour in (day - DAY, day + DAY)
                for message in files.get(neighbour, ())
                if local(day) - DAY <= message.at <= local(day + DAY) + DAY
            ]
            versions = [[one.row for one in final]] if self._chance.random() < 0.9 else [[]]
            while self._chance.random() < 0.45:
                versions.insert(0, self._earlier(versions[0], near, more(day), key))
            extracts += self._versions(feed, day.isoformat(), versions)
        return extracts

    def _earlier(
        self, rows: Sequence[Row], near: Sequence[Message], other: Message, key: str
    ) -> list[Row]:
        """What a file may have held before: fewer rows, other values, rows that moved since."""
        chance = self._chance
        if chance.random() < 0.15:
            return []
        kept = [row for row in rows if chance.random() < 0.8]
        changed = [
            {**row, **{name: value for name, value in other.row.items() if name == "response_code"}}
            if chance.random() < 0.3
            else row
            for row in kept
        ]
        moved = [message.row for message in near if chance.random() < 0.2]
        known = {row[key] for row in changed}
        return [*changed, *(row for row in moved if row[key] not in known), other.row]

    def _targets(self, targets: Sequence[Message]) -> list[Extract]:
        """Targets by file; one may come again on a later day, with what the device answered."""
        files: dict[date, dict[tuple[str, str], Row]] = {day: {} for day in self._days}
        for target in targets:
            first = local_day(target.at)
            for day in (first, *(later for later in self._days if later > first)):
                if day == first or self._chance.random() < 0.2:
                    files[day][(target.row["request_id"], target.row["device_id"])] = target.row
        extracts: list[Extract] = []
        for day, rows in files.items():
            versions: list[Sequence[Row]] = [list(rows.values())]
            while self._chance.random() < 0.5:
                fewer = [row for row in rows.values() if self._chance.random() < 0.7]
                again = [target.row for target in targets if self._chance.random() < 0.2]
                both = {(row["request_id"], row["device_id"]): row for row in (*fewer, *again)}
                versions.insert(0, list(both.values()))
            extracts += self._versions(TARGETS, day.isoformat(), versions)
        return extracts

    def _snapshots(self) -> list[Extract]:
        """A snapshot of each month and of the one before: not every device is in every one."""
        months = sorted({day.replace(day=1) for day in self._days})
        months = [(months[0] - DAY).replace(day=1), *months]
        extracts: list[Extract] = []
        for month in months:
            versions: list[Sequence[Row]] = [self._snapshot()]
            while self._chance.random() < 0.5:
                versions.insert(0, self._snapshot())
            extracts += self._versions(DEVICES, f"{month:%Y-%m}", versions)
        return extracts

    def _snapshot(self) -> list[Row]:
        chance = self._chance
        rows: list[Row] = []
        for number, device in enumerate(self._devices):
            if chance.random() < 0.2:
                continue
            smets = chance.choice(("SMETS1", "SMETS2+", "SMETS2+"))
            commissioned = local(chance.choice(self._days), chance.uniform(0, 24))
            rows.append(
                {
                    "device_id": device,
                    "device_type": "CHF" if number < 3 else chance.choice(("ESME", "GSME", "GPF")),
                    "smets": smets,
                    "comms_hub_id": device if number < 3 else self._devices[number % 3],
                    "region": "" if smets == "SMETS1" else chance.choice(("North", "South")),
                    "status": "Commissioned",
                    "commissioned_at": chance.choice(("", text(commissioned))),
                }
            )
        return rows

    @staticmethod
    def _versions(feed: str, period: str, versions: Sequence[Sequence[Row]]) -> list[Extract]:
        return [
            Extract(feed, period, number, COLUMNS[feed], tuple(rows))
            for number, rows in enumerate(versions, start=1)
        ]
