"""The traffic of the report's small warehouse: Service Requests and alerts of September 2020.

Belongs here: made-up rows of the RSVP and alert marts that agree with each other, with the outages
of the published incidents in them. Does not belong here: how a figure comes about.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

DATA = Path(__file__).resolve().parents[2] / "data" / "report"
MONTH, DAYS = date(2020, 9, 1), 30
ALL = "All"
Value = str | int | Decimal | float | bool | date | None
Record = dict[str, Value]
Cell = tuple[str, str]

TABLES = """
create table marts.rsvp_monthly (
    reporting_month date, business_process varchar, srv varchar, timing_class varchar,
    smets varchar, region varchar, device_type varchar, volume bigint, responses bigint,
    mean_rtt_seconds double, median_rtt_seconds double, min_rtt_seconds double,
    max_rtt_seconds double, interim_rtt_seconds double, within_trt bigint, with_trt bigint,
    within_trt_pct double, delivery_failures bigint, delivery_failure_pct double,
    received_successful bigint, received_unsuccessful bigint, not_received_successful bigint,
    not_received_unsuccessful bigint);
create table marts.rsvp_daily (
    reporting_month date, activity_date date, business_process varchar, srv varchar,
    timing_class varchar, smets varchar, region varchar, device_type varchar, volume bigint,
    responses bigint, without_response bigint, mean_rtt_seconds double, max_rtt_seconds double,
    delivery_failures bigint, within_trt bigint, with_trt bigint, interim_rtt_seconds double,
    month_mean_rtt_seconds double);
create table marts.credential_pairs (
    reporting_month date, srv varchar, smets varchar, region varchar, requests bigint,
    in_complete_pairs bigint, complete_pct double);
create table marts.install_daily (
    reporting_month date, activity_date date, device_type varchar, region varchar,
    attempted bigint, succeeded bigint, failed bigint, predicted bigint, predicted_state varchar);
create table marts.meter_reads (
    reporting_month date, srv varchar, smets varchar, region varchar, requests bigint,
    failed bigint, failed_pct double, scheduled bigint, scheduled_within_24h bigint,
    scheduled_within_24h_pct double, silent_device_requests bigint, history_days bigint);
create table marts.data_warnings (
    reporting_month date, warning varchar, detail varchar, rows bigint);
create table marts.alert_legs (
    reporting_month date, alert_code varchar, meaning varchar, alert_kind varchar, smets varchar,
    region varchar, alerts bigint, to_csp_measured bigint, to_csp_mean_seconds double,
    to_csp_median_seconds double, to_dsp_measured bigint, to_dsp_mean_seconds double,
    to_dsp_median_seconds double, to_send_measured bigint, to_send_mean_seconds double,
    to_send_median_seconds double, to_acknowledge_measured bigint,
    to_acknowledge_mean_seconds double, to_acknowledge_median_seconds double);
create table marts.alert_volumes_daily (
    reporting_month date, activity_date date, alert_code varchar, smets varchar, region varchar,
    alerts bigint);
create table marts.alert_delivery (
    reporting_month date, alert_code varchar, meaning varchar, alert_kind varchar, smets varchar,
    region varchar, raised bigint, eligible bigint, suppressed bigint, exempt bigint,
    on_time bigint, on_time_pct double, late bigint, le_60s bigint, le_5m bigint, le_1h bigint,
    later bigint, never bigint);
create table marts.change_of_supplier (
    reporting_month date, activity_date date, device_type varchar, smets varchar, region varchar,
    response_code varchar, attempts bigint, succeeded bigint, succeeded_by_inference bigint,
    failed bigint, user_caused bigint, succeeded_pct double);
create table marts.change_of_supplier_open (
    reporting_month date, age_band varchar, smets varchar, region varchar, devices bigint,
    requests bigint, max_requests_per_device bigint, mean_requests_per_device double,
    history_from date);
"""

SEEDS = ("business_process_srvs", "srvs", "alert_codes", "response_codes")

SMETS1, NORTH, CENTRAL, SOUTH, UNKNOWN = (
    ("SMETS1", ALL),
    ("SMETS2+", "North"),
    ("SMETS2+", "Central"),
    ("SMETS2+", "South"),
    ("Unknown", ALL),
)
# Day of the month and the cells that an incident hit; how much of the day went unanswered.
OUTAGES: dict[int, tuple[tuple[Cell, ...], float]] = {
    1: ((SMETS1,), 0.05),
    7: ((NORTH,), 0.075),
    11: ((SMETS1, NORTH, CENTRAL, SOUTH), 0.045),
    21: ((SMETS1,), 0.09),
}
TARGETS = {
    "Install and Commission": (Decimal(99), Decimal(96)),
    "Pre-Payment": (Decimal(98), Decimal(97)),
    "Meter Reads": (Decimal(95), Decimal(90)),
}


@dataclass(frozen=True)
class Traffic:
    """What one process sees: requests of an ordinary day by cell, and its usual RTT."""

    cells: dict[Cell, int]
    mean: float
    longest: float
    device_types: tuple[str, ...] = ("ESME", "GSME")
    timing: tuple[str, ...] = ("on_demand",)
    is_weekday_work: bool = False


FEW: dict[str, Traffic] = {
    "Install and Commission": Traffic(
        {NORTH: 9000, CENTRAL: 10400, SOUTH: 8100}, 9.1, 310,
        ("CHF", "ESME", "GSME"), is_weekday_work=True,
    ),
    # South has no traffic; a cell without traffic has no row.
    "Pre-Payment": Traffic({SMETS1: 61000, NORTH: 24000, CENTRAL: 31000}, 14.2, 520),
    "Security and Key Management": Traffic({NORTH: 1200}, 6.4, 88),
    "Meter Reads": Traffic(
        {SOUTH: 1210000, UNKNOWN: 40}, 7.9, 9100, ("ESME", "GPF"), ("on_demand", "scheduled"),
    ),
    "Unattributed": Traffic({SMETS1: 900, NORTH: 5100, CENTRAL: 4800, SOUTH: 6100}, 8.3, 400),
}  # fmt: skip
EVERYWHERE = (SMETS1, NORTH, CENTRAL, SOUTH)
MANY: dict[str, Traffic] = {
    **FEW,
    **{
        process: Traffic({cell: volume + 7 * place for place, cell in enumerate(EVERYWHERE)}, 8, 90)
        for process, volume in {
            "Change of Supplier (Gain)": 14000,
            "Change of Tenancy": 2100,
            "Pre-Payment": 24000,
            "Tariff Updates": 38000,
            "Update Device Firmware": 5200,
            "Distribution Networks Post I&C Activity": 8800,
            "Logistics CH Ordering and Returns": 130,
            "Meter Reads": 1400000,
        }.items()
    },
}


@dataclass
class Sum:
    """Requests of a cell, added up."""

    volume: int = 0
    responses: int = 0
    rtt: float = 0.0
    longest: float = 0.0
    with_trt: int = 0
    within_trt: int = 0
    delivery_failures: int = 0
    received_successful: int = 0
    not_received_successful: int = 0
    days: dict[date, Sum] = field(default_factory=dict)

    def add(self, other: Sum) -> None:
        """Count the requests of another cell too, day by day."""
        for name in (
            "volume", "responses", "rtt", "with_trt", "within_trt", "delivery_failures",
            "received_successful", "not_received_successful",
        ):  # fmt: skip
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.longest = max(self.longest, other.longest)
        for day, own in other.days.items():
            self.days.setdefault(day, Sum()).add(own)

    @property
    def mean(self) -> float | None:
        """Mean RTT."""
        return self.rtt / self.responses if self.responses else None


def marts(traffic: dict[str, Traffic]) -> dict[str, list[Record]]:
    """Mart → its rows for this traffic."""
    processes = list(
        dict.fromkeys(row["business_process"] for row in read("business_process_srvs"))
    )
    found: dict[str, list[Record]] = {
        "rsvp_monthly": [],
        "rsvp_daily": [],
        "pmr_measures": [],
        "credential_pairs": list(_pairs()),
        "meter_reads": list(_reads()),
        "data_warnings": list(_warnings()),
    }
    for process in (*processes, "Unattributed"):
        own = traffic.get(process)
        if own is None:
            found["pmr_measures"].extend(_nothing(process))
            continue
        sums = _totals({cell: _cell(process, cell, own) for cell in own.cells})
        found["rsvp_monthly"].extend(_monthly(process, own, sums))
        found["rsvp_daily"].extend(_daily(process, sums))
        if process != "Unattributed":
            found["pmr_measures"].extend(_measures(process, own, sums))
    legs, volumes = _alerts()
    found["alert_legs"], found["alert_volumes_daily"] = legs, volumes
    found["pmr_measures"].extend(_alert_measures(legs))
    found["alert_delivery"] = _deliveries(legs)
    found["pmr_measures"].extend(_delivery_measures(found["alert_delivery"]))
    found["pmr_measures"].extend(_operations())
    found["install_daily"] = list(_installs())
    found["pmr_measures"].extend(_install_measures(found["install_daily"]))
    found["pmr_measures"].extend(_outcome_measures())
    return found


def read(name: str) -> list[dict[str, str]]:
    """Rows of a data file."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def status(level: Decimal, target: Decimal, minimum: Decimal) -> str:
    """Rule C6."""
    if level >= target:
        return "Above Target"
    return "Below Target" if level >= minimum else "Below Minimum"


# --- requests ------------------------------------------------------------------------------------


def _cell(process: str, cell: Cell, traffic: Traffic) -> Sum:
    """The month of one region: an outage answers nothing for its part of the day."""
    dice = Random(f"{process} {cell}")  # noqa: S311 (made-up figures)
    whole = Sum()
    for place in range(DAYS):
        day = MONTH + timedelta(days=place)
        is_quiet = traffic.is_weekday_work and day.weekday() >= 5
        volume = round(traffic.cells[cell] * (0.16 if is_quiet else 1) * dice.uniform(0.9, 1.1))
        hit, share = OUTAGES.get(day.day, ((), 0.0))
        lost = round(volume * share) if cell in hit else 0
        silent = lost + round(volume * dice.uniform(0.002, 0.004))
        responses = volume - silent
        mean = traffic.mean * dice.uniform(0.94, 1.07) * (1.5 if lost else 1)
        one = Sum(
            volume=volume,
            responses=responses,
            rtt=mean * responses,
            longest=traffic.longest * dice.uniform(0.6, 1.0) * (1.7 if lost else 1),
            with_trt=volume,
            within_trt=round(responses * dice.uniform(0.982, 0.992)),
            delivery_failures=round(volume * dice.uniform(0.004, 0.006)) + round(lost * 0.6),
            received_successful=round(responses * 0.974),
            not_received_successful=round(silent * 0.02),
        )
        whole.add(Sum(**{**vars(one), "days": {day: one}}))
    return whole


def _totals(cells: dict[Cell, Sum]) -> dict[Cell, Sum]:
    """The cells and their totals, as the marts have them."""
    found = dict(cells)
    for (smets, _), own in cells.items():
        wholes = {(ALL, ALL), (smets, ALL)} - {next(key for key in cells if cells[key] is own)}
        for key in wholes:
            found.setdefault(key, Sum()).add(own)
    return found


def _parts(own: Sum, count: int) -> list[Sum]:
    """The requests of a cell in `count` parts that add up to it."""
    found: list[Sum] = []
    names = (
        "volume", "responses", "with_trt", "within_trt", "delivery_failures",
        "received_successful", "not_received_successful",
    )  # fmt: skip
    for place in range(count):
        part = Sum(longest=own.longest / (1 + place), rtt=own.rtt / count)
        for name in names:
            whole = getattr(own, name)
            share = whole // count
            setattr(part, name, whole - share * (count - 1) if place == 0 else share)
        found.append(part)
    return found


def _row(own: Sum) -> Record:
    silent = own.volume - own.responses
    return {
        "volume": own.volume,
        "responses": own.responses,
        "mean_rtt_seconds": own.mean,
        "median_rtt_seconds": None if own.mean is None else own.mean * 0.72,
        "min_rtt_seconds": None if own.mean is None else own.mean * 0.21,
        "max_rtt_seconds": own.longest if own.responses else None,
        "within_trt": own.within_trt,
        "with_trt": own.with_trt,
        "within_trt_pct": percent(own.within_trt, own.with_trt),
        "delivery_failures": own.delivery_failures,
        "delivery_failure_pct": percent(own.delivery_failures, own.volume),
        "received_successful": own.received_successful,
        "received_unsuccessful": own.responses - own.received_successful,
        "not_received_successful": own.not_received_successful,
        "not_received_unsuccessful": silent - own.not_received_successful,
    }


def percent(part: int, whole: int) -> Decimal | None:
    """100 times a share; None of nothing."""
    return Decimal(100 * part) / whole if whole else None


def _splits(**values: str) -> Record:
    names = ("srv", "timing_class", "smets", "region", "device_type")
    return {**dict.fromkeys(names, ALL), **values}


def _monthly(process: str, traffic: Traffic, sums: dict[Cell, Sum]) -> Iterator[Record]:
    base: Record = {"business_process": process}
    for (smets, region), own in sums.items():
        yield {**base, **_splits(smets=smets, region=region), **_row(own)}
    whole = sums[ALL, ALL]
    srvs = [
        row["srv"] for row in read("business_process_srvs") if row["business_process"] == process
    ]
    for split, values in {
        "srv": srvs or ["7.4", "4.1.1"],
        "timing_class": traffic.timing,
        "device_type": traffic.device_types,
    }.items():
        for value, part in zip(values, _parts(whole, len(values)), strict=True):
            yield {**base, **_splits(**{split: value}), **_row(part)}


def _daily(process: str, sums: dict[Cell, Sum]) -> Iterator[Record]:
    for (smets, region), own in sums.items():
        for day, one in own.days.items():
            yield {
                "activity_date": day,
                "business_process": process,
                **_splits(smets=smets, region=region),
                "volume": one.volume,
                "responses": one.responses,
                "without_response": one.volume - one.responses,
                "mean_rtt_seconds": one.mean,
                "max_rtt_seconds": one.longest,
                "delivery_failures": one.delivery_failures,
                "within_trt": one.within_trt,
                "with_trt": one.with_trt,
                "month_mean_rtt_seconds": own.mean,
            }


# --- measures ------------------------------------------------------------------------------------


def _figure(measure_id: str, process: str, unit: str, **values: Value) -> Record:
    return {
        "measure_id": measure_id,
        "scope": ALL,
        "business_process": process,
        "srv": ALL,
        "smets": ALL,
        "region": ALL,
        "device_type": ALL,
        "measure_name": measure_id,
        "kind": "M" if measure_id == "RSVP-M3" else "I",
        "unit": unit,
        "direction": "higher",
        "value_text": "No Events",
        **values,
    }


def _level(process: str, own: Sum | None, **splits: Value) -> Record:
    target, minimum = TARGETS.get(process, (None, None))
    level = None if own is None else percent(own.within_trt, own.with_trt)
    return _figure(
        "RSVP-M3", process, "percent",
        numerator=own.within_trt if own else None,
        denominator=own.with_trt if own else None,
        value=level,
        target=target,
        minimum=minimum,
        status=status(level, target, minimum) if level and target and minimum else None,
        **splits,
    )  # fmt: skip


def _nothing(process: str) -> Iterator[Record]:
    for smets, region in ((ALL, ALL), ("SMETS2+", ALL), *EVERYWHERE):
        yield _level(process, None, smets=smets, region=region)


def _measures(process: str, traffic: Traffic, sums: dict[Cell, Sum]) -> Iterator[Record]:
    wanted = {(ALL, ALL): None, ("SMETS2+", ALL): None, **dict.fromkeys(EVERYWHERE)}
    if process == "Install and Commission":
        del wanted[SMETS1]
        for device_type in ("ESME", "GSME"):
            for cell in sums:
                yield _level(
                    process, _parts(sums[cell], 2)[device_type == "GSME"],
                    smets=cell[0], region=cell[1], device_type=device_type,
                )  # fmt: skip
    for smets, region in dict.fromkeys((*wanted, *sums)):
        own = sums.get((smets, region))
        splits: dict[str, Value] = {"smets": smets, "region": region}
        yield _level(process, own, **splits)
        if own is None:
            continue
        row = _row(own)
        for measure_id, unit, value in (
            ("RSVP-M1-MEAN", "seconds", row["mean_rtt_seconds"]),
            ("RSVP-M1-MEDIAN", "seconds", row["median_rtt_seconds"]),
            ("RSVP-M2-MIN", "seconds", row["min_rtt_seconds"]),
            ("RSVP-M2-MAX", "seconds", row["max_rtt_seconds"]),
            ("RSVP-M4", "count", own.volume),
            ("RSVP-M5", "percent", row["delivery_failure_pct"]),
            ("RSVP-M6-RS", "percent", percent(own.received_successful, own.volume)),
            ("RSVP-M6-RU", "percent", _share(row, "received_unsuccessful", own)),
            ("RSVP-M6-NS", "percent", percent(own.not_received_successful, own.volume)),
            ("RSVP-M6-NU", "percent", _share(row, "not_received_unsuccessful", own)),
            ("RSVP-M7", "seconds", None if smets in {"SMETS1", "Unknown"} else traffic.mean * 0.6),
        ):
            yield _figure(measure_id, process, unit, value=value, **splits)
    for timing_class, part in zip(
        traffic.timing, _parts(sums[ALL, ALL], len(traffic.timing)), strict=True
    ):
        shares = percent(part.within_trt, part.with_trt)
        yield _figure("RSVP-M8-TRT", process, "percent", scope=timing_class, value=shares)
        yield _figure("RSVP-M8-MEAN", process, "seconds", scope=timing_class, value=part.mean)


def _share(row: Record, name: str, own: Sum) -> Decimal | None:
    part = row[name]
    assert isinstance(part, int)
    return percent(part, own.volume)


def _reads() -> Iterator[Record]:
    for srv in (ALL, "4.8.1"):
        for smets, region in ((ALL, ALL), ("SMETS2+", ALL), SOUTH):
            yield {
                "srv": srv, "smets": smets, "region": region, "requests": 2000, "failed": 50,
                "failed_pct": percent(50, 2000), "scheduled": 1200, "scheduled_within_24h": 1180,
                "scheduled_within_24h_pct": percent(1180, 1200),
                "silent_device_requests": 7, "history_days": 31,
            }  # fmt: skip


def _outcome_measures() -> Iterator[Record]:
    for smets, region in ((ALL, ALL), ("SMETS2+", ALL), SOUTH):
        places: dict[str, Value] = {"smets": smets, "region": region}
        yield _figure("BP-ITER", "Meter Reads", "percent", value=Decimal("3.5"), **places)
        yield _figure("B1-SILENT", "Meter Reads", "count", value=7, **places)
        yield _figure("B1-24H", "Meter Reads", "percent", value=percent(1180, 1200), **places)
        for measure_id, process, srvs, numerator, denominator in (
            ("IC1", "Install and Commission", (ALL,), 5, 400),
            ("B1", "Meter Reads", (ALL, "4.8.1"), 50, 2000),
        ):
            for srv in srvs:
                yield _figure(
                    measure_id, process, "percent", srv=srv, direction="lower",
                    numerator=numerator, denominator=denominator,
                    value=percent(numerator, denominator), **places,
                )  # fmt: skip


def _pairs() -> Iterator[Record]:
    for srv, requests, paired in (("6.15.2", 1200, 1150), ("6.17", 800, 800)):
        for smets, region in ((ALL, ALL), ("SMETS2+", ALL), NORTH):
            yield {
                "srv": srv, "smets": smets, "region": region, "requests": requests,
                "in_complete_pairs": paired, "complete_pct": percent(paired, requests),
            }  # fmt: skip


def _warnings() -> Iterator[Record]:
    yield {"warning": "unknown_device", "detail": "4.8.1", "rows": 1200}
    for place in range(25):
        yield {"warning": "unknown_code", "detail": f"X{place:02d}", "rows": 40 - place}


# --- alerts --------------------------------------------------------------------------------------


def _alerts() -> tuple[list[Record], list[Record]]:
    """Alerts by code and region; power fails in the North on the 18th. South has few codes."""
    codes = {row["alert_code"]: row for row in read("alert_codes")}
    counts: dict[tuple[str, Cell], dict[date, int]] = {}
    for place, code in enumerate((*codes, "8FZZ")):
        dice = Random(code)  # noqa: S311 (made-up figures)
        for cell in EVERYWHERE[: 3 if code == "8FZZ" else 4]:
            for at in range(DAYS):
                day = MONTH + timedelta(days=at)
                usual = 90_000 // (place + 1)
                is_outage = code in {"AD1", "8F35", "8F36"} and cell == NORTH and day.day == 18
                alerts = round(usual * dice.uniform(0.8, 1.2)) * (9 if is_outage else 1)
                wholes: Iterable[Cell] = {cell, (cell[0], ALL), (ALL, ALL)}
                for total in wholes:
                    for name in (code, ALL):
                        by_day = counts.setdefault((name, total), {})
                        by_day[day] = by_day.get(day, 0) + alerts
    legs: list[Record] = []
    volumes: list[Record] = []
    for (code, (smets, region)), by_day in sorted(counts.items()):
        alerts = sum(by_day.values())
        known = codes.get(code)
        record: Record = {
            "alert_code": code,
            "meaning": known["meaning"] if known else None,
            "alert_kind": known["alert_kind"] if known else None,
            "smets": smets,
            "region": region,
            "alerts": alerts,
        }
        for place, leg in enumerate(("to_csp", "to_dsp", "to_send", "to_acknowledge"), start=1):
            # DCC alerts begin at the DSP.
            is_measured = code not in {"N12", "N13"} or place > 2
            record[f"{leg}_measured"] = alerts * 9 // 10 if is_measured else 0
            record[f"{leg}_mean_seconds"] = 1.37 * place if is_measured else None
            record[f"{leg}_median_seconds"] = 0.9 * place if is_measured else None
        legs.append(record)
        volumes.extend(
            {
                "activity_date": day, "alert_code": code, "smets": smets, "region": region,
                "alerts": count,
            }
            for day, count in by_day.items()
            if code != ALL
        )  # fmt: skip
    return legs, volumes


def _alert_measures(legs: list[Record]) -> Iterator[Record]:
    for row in legs:
        for measure_id, unit, name in (
            ("R1-ALERT", "count", "alerts"),
            ("R1-ALERT-CSP", "seconds", "to_csp_mean_seconds"),
            ("R1-ALERT-DSP", "seconds", "to_dsp_mean_seconds"),
            ("R1-ALERT-SEND", "seconds", "to_send_mean_seconds"),
            ("R1-ALERT-ACK", "seconds", "to_acknowledge_mean_seconds"),
        ):
            yield {
                **_figure(measure_id, ALL, unit, value=row[name]),
                "scope": row["alert_code"],
                "smets": row["smets"],
                "region": row["region"],
            }


# --- deliveries, defects, throttling -------------------------------------------------------------

POWER = ("AD1", "8F35", "8F36")
BANDS = ("le_60s", "le_5m", "le_1h", "later", "never")
COUNTS = ("raised", "eligible", "suppressed", "exempt", "on_time", "late", *BANDS)


def _deliveries(legs: list[Record]) -> list[Record]:
    """What became of the alerts: power alerts are late most often, 8F72 never."""
    sums: dict[tuple[str, Cell], dict[str, int]] = {}
    meanings = {str(row["alert_code"]): (row["meaning"], row["alert_kind"]) for row in legs}
    for row in legs:
        code, cell = str(row["alert_code"]), (str(row["smets"]), str(row["region"]))
        if code == ALL or cell not in EVERYWHERE:
            continue
        own = _delivered(code, row["alerts"])
        for place in {cell, (cell[0], ALL), (ALL, ALL)}:
            for name in (code, ALL):
                whole = sums.setdefault((name, place), dict.fromkeys(COUNTS, 0))
                for count in COUNTS:
                    whole[count] += own[count]
    return [
        {
            "alert_code": code,
            "meaning": meanings[code][0],
            "alert_kind": meanings[code][1],
            "smets": smets,
            "region": region,
            "on_time_pct": percent(own["on_time"], own["eligible"]),
            **own,
        }
        for (code, (smets, region)), own in sorted(sums.items())
    ]


def _delivered(code: str, raised: Value) -> dict[str, int]:
    assert isinstance(raised, int)
    suppressed, exempt = raised // 50, raised // 400
    eligible = raised - suppressed - exempt
    is_power, is_late = code in POWER, code != "8F72"
    le_5m = eligible // (30 if is_power else 900) if is_late else 0
    le_1h, later, never = (eligible // part if is_late else 0 for part in (400, 1500, 700))
    late = le_5m + le_1h + later + never
    return {
        "raised": raised,
        "eligible": eligible,
        "suppressed": suppressed,
        "exempt": exempt,
        "on_time": eligible - late,
        "late": late,
        "le_60s": eligible - late,
        "le_5m": le_5m,
        "le_1h": le_1h,
        "later": later,
        "never": never,
    }


def _delivery_measures(deliveries: list[Record]) -> Iterator[Record]:
    of_power: dict[Cell, dict[str, int]] = {}
    for row in deliveries:
        cell = (str(row["smets"]), str(row["region"]))
        counts = {name: value for name in COUNTS if isinstance(value := row[name], int)}
        yield _delivery("A1", row["alert_code"], cell, counts["on_time"], counts["eligible"])
        yield {
            **_delivery("A1-FAIL", row["alert_code"], cell, counts["late"], None),
            "unit": "count",
            "value": counts["late"],
        }
        if row["alert_code"] in POWER:
            yield from _bands(row["alert_code"], cell, counts)
            whole = of_power.setdefault(cell, dict.fromkeys(COUNTS, 0))
            for name in COUNTS:
                whole[name] += counts[name]
    for cell, counts in of_power.items():
        yield from _bands(ALL, cell, counts)


def _bands(code: Value, cell: Cell, counts: dict[str, int]) -> Iterator[Record]:
    for band, name in zip(BANDS, ("60S", "5M", "1H", "LATER", "NEVER"), strict=True):
        yield _delivery(f"A1-POWER-{name}", code, cell, counts[band], counts["eligible"])


def _delivery(measure_id: str, code: Value, cell: Cell, part: int, whole: int | None) -> Record:
    return {
        **_figure(measure_id, ALL, "percent", numerator=part, denominator=whole),
        "value": None if whole is None else percent(part, whole),
        "kind": "M" if measure_id == "A1" else "I",
        "scope": code,
        "smets": cell[0],
        "region": cell[1],
    }


def _operations() -> Iterator[Record]:
    """Defects as an extract gives them; of throttling an alert storm whose exempted are untold."""
    for measure_id, counts in (
        ("DEFECT-RELEASED", (0, 2, 7, 11, 3)),
        ("DEFECT-OPEN", (0, 1, 19, 40, 22)),
    ):
        yield _figure(measure_id, ALL, "count", value=sum(counts))
        for severity, count in enumerate(counts, start=1):
            yield {
                **_figure(measure_id, ALL, "count", value=count),
                "scope": f"Severity {severity}",
            }
    for measure_id, unit, value in (
        ("THROTTLE-EVENTS", "count", 4),
        ("THROTTLE-INCIDENTS", "count", 1),
        ("THROTTLE-SECONDS", "seconds", 5423.5),
        ("THROTTLE-FORWARDED", "count", 81200),
        ("THROTTLE-DROPPED", "count", 640),
        ("THROTTLE-EXEMPTED", "count", None),
    ):
        said = "Not Reported" if value is None else "No Events"
        one = _figure(measure_id, ALL, unit, value=value, value_text=said)
        yield {**one, "scope": "northbound"}
        if measure_id in {"THROTTLE-EVENTS", "THROTTLE-INCIDENTS", "THROTTLE-SECONDS"}:
            yield {**one, "scope": "southbound", "value": None}


# --- installs ------------------------------------------------------------------------------------

HUB_OUTCOMES = {
    "IC-LEAVE-COMMISSIONED": (900, 1040, 810),
    "IC-LEAVE-LEFT": (31, 12, None),
    "IC-LEAVE-AWAITING": (4, 6, 5),
    "IC-LEAVE-OPEN": (140, 60, 55),
    "IC-LEAVE-SUBMITTED": (31, 12, 9),
    "IC-LEAVE-CLOSED": (22, 15, 8),
}
INSTALL_REGIONS = ("North", "Central", "South")


def _installs() -> Iterator[Record]:
    """Installs of each day and cell; the first week has no week before it."""
    counts: dict[tuple[date, str, str], tuple[int, int]] = {}
    for place in range(DAYS):
        day = MONTH + timedelta(days=place)
        for at, region in enumerate(INSTALL_REGIONS):
            for step, device_type in enumerate(("CHF", "ESME", "GSME")):
                attempted = (30 + 5 * at - 4 * step) // (6 if day.weekday() >= 5 else 1) + place % 3
                failed = 9 if (day.day, region) == (7, "North") else 1
                for cell in (
                    (day, device_type, region), (day, device_type, ALL),
                    (day, ALL, region), (day, ALL, ALL),
                ):  # fmt: skip
                    known = counts.get(cell, (0, 0))
                    counts[cell] = (known[0] + attempted, known[1] + failed)
    for (day, device_type, region), (attempted, failed) in counts.items():
        before = counts.get((day - timedelta(days=7), device_type, region))
        yield {
            "activity_date": day, "device_type": device_type, "region": region,
            "attempted": attempted, "succeeded": attempted - failed, "failed": failed,
            "predicted": None if before is None else before[0],
            "predicted_state": "no history" if before is None else "predicted",
        }  # fmt: skip


def _install_measures(daily: list[Record]) -> Iterator[Record]:
    cells = dict.fromkeys((str(row["device_type"]), str(row["region"])) for row in daily)
    for device_type, region in cells:
        own = [row for row in daily if (row["device_type"], row["region"]) == (device_type, region)]
        known = [row for row in own if row["predicted"] is not None]
        succeeded, failed, attempted, predicted = (
            sum(count for row in rows if isinstance(count := row[name], int))
            for rows, name in (
                (own, "succeeded"), (own, "failed"), (known, "attempted"), (known, "predicted"),
            )
        )  # fmt: skip
        for smets in ("SMETS2+", ALL) if region == ALL else ("SMETS2+",):
            splits = {"smets": smets, "region": region, "device_type": device_type}
            for measure_id, value in (("IC-VOL-SUCCEEDED", succeeded), ("IC-VOL-FAILED", failed)):
                yield _figure(measure_id, ALL, "count", value=value, numerator=value, **splits)
            yield _figure(
                "IC-PRED", ALL, "percent", value=percent(attempted, predicted),
                numerator=attempted, denominator=predicted, **splits,
            )  # fmt: skip
    for measure_id, by_region in HUB_OUTCOMES.items():
        whole = sum(count or 0 for count in by_region)
        for smets, region, count in (
            (ALL, ALL, whole), ("SMETS2+", ALL, whole),
            *(("SMETS2+", *one) for one in zip(INSTALL_REGIONS, by_region, strict=True)),
        ):  # fmt: skip
            yield _figure(measure_id, ALL, "count", value=count, smets=smets, region=region)
