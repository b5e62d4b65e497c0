"""What lands, what goes to quarantine, and what landing remembers."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from orchestration.feeds import load_contract, parse_extract_path
from orchestration.landing import extract, land, reading, register, run
from orchestration.settings import PROJECT_ROOT
from tests.python.landing.room import INCIDENTS, REQUESTS, Room, as_csv, incident, request

LEAVE = "csp/install_and_leave/install_and_leave_2020-09.csv"
EVENTS = "dsp/component_events/component_events_2020-09-07.csv"


def filled(rows: list[dict[str, str]], template: str = "incident") -> list[dict[str, str]]:
    """`rows` among enough good ones that the share of bad rows stays small."""
    make = incident if template == "incident" else request
    return [*(make(10_000 + i) for i in range(300)), *rows]


def quarantine(room: Room) -> list[tuple[object, ...]]:
    return room.query("select line, column_name, reason from raw_landing.quarantine order by line")


# ----------------------------------------------------------------------------------------- values


def test_text_is_kept_as_it_is(room: Room) -> None:
    summaries = [" two  blanks ", "4.10", "007", "NULL", "null", 'a "quoted" word', "naïve £ 😀"]
    rows = [incident(i, summary=text) for i, text in enumerate(summaries)]
    room.put_rows(INCIDENTS, [*rows, incident(99, summary="one\r\ntwo, three\n\nfour")])
    room.land()
    found = room.query("select summary from raw_dsms.incidents order by incident_id")
    assert [row[0] for row in found] == [*summaries, "one\r\ntwo, three\n\nfour"]


def test_values_are_typed_strictly(room: Room) -> None:
    file = "dcc/throttling/throttling_2020-09-07.csv"
    room.put(
        file,
        "event_id,direction,started_at,seconds,forwarded\n"
        "a,northbound,2020-09-07T10:00:00Z,1.5,9007199254740993\n"
        "b,southbound,2020-09-07T10:00:00.123456Z,1e3,\n",
    )
    room.land()
    assert room.query(
        "select event_id, started_at, seconds, forwarded from raw_dcc.throttling order by 1"
    ) == [
        ("a", datetime(2020, 9, 7, 10), 1.5, 9007199254740993),  # noqa: DTZ001 - UTC without zone
        ("b", datetime(2020, 9, 7, 10, 0, 0, 123456), 1000.0, None),  # noqa: DTZ001
    ]


@pytest.mark.parametrize(
    "value",
    [
        "2020-09-07T10:00:00",
        "2020-09-07T10:00:00+00:00",
        "2020-09-07 10:00:00Z",
        "2020-09-07T10:00Z",
        "2020-09-07T24:00:00Z",
        "2020-09-31T10:00:00Z",
        "2020-9-07T10:00:00Z",
        "2020-09-07T10:00:60Z",
        "2020-09-07T10:00:00.Z",
        "2020-09-07T\t9:00:00.123Z",
        "2020-09-07T 9:00:00.123Z",
        "0020-09-07T10:00:00.123Z",
        "07/09/2020 10:00",
    ],
)
def test_timestamps_that_do_not_convert(room: Room, value: str) -> None:
    room.put_rows(INCIDENTS, filled([incident(1, closed_at=value)]))
    assert room.land_one().rows_quarantined == 1
    ((_, column, reason),) = quarantine(room)
    assert column == "closed_at"
    assert reason == (f"closed_at is '{value}'; expected a UTC time YYYY-MM-DDTHH:MM:SS[.fff]Z")


@pytest.mark.parametrize(
    ("column", "value", "wanted"),
    [
        ("category", "3.0", "a whole number without point or exponent (int)"),
        ("category", "3e0", "a whole number without point or exponent (int)"),
        ("category", " 3", "a whole number without point or exponent (int)"),
        ("category", "1_0", "a whole number without point or exponent (int)"),
        ("category", "99999999999", "a whole number without point or exponent (int)"),
        ("sla_met", "True", "true or false"),
        ("sla_met", "1", "true or false"),
    ],
)
def test_values_that_do_not_convert(room: Room, column: str, value: str, wanted: str) -> None:
    room.put_rows(INCIDENTS, filled([incident(1, **{column: value})]))
    room.land()
    assert quarantine(room) == [(302, column, f"{column} is '{value}'; expected {wanted}")]


def test_decimals_must_fit_and_are_not_rounded(room: Room) -> None:
    file = "providers/service_credits/service_credits_2020-09_DSP.csv"
    rows = [
        {"provider": "DSP", "measure_no": str(i), "service_points": "1", "credit_gbp": "1.50"}
        for i in range(300)
    ]
    room.put_rows(file, [*rows, {**rows[0], "credit_gbp": "1.005"}])
    room.land()
    assert quarantine(room) == [
        (302, "credit_gbp", "credit_gbp is '1.005'; expected a number that fits decimal(12,2)")
    ]
    assert room.query("select sum(credit_gbp)::varchar from raw_providers.service_credits") == [
        ("450.00",)
    ]


# -------------------------------------------------------------------------------------- quarantine


def test_each_rule_quarantines_with_its_reason(room: Room) -> None:
    bad = [
        request(1, user_id=""),
        request(2, user_role="XX"),
        request(3, mode_of_operation="5"),
        request(4, report_status_id="38"),
        request(5, srv="4.x"),
        request(6, response_sent_at="2020-09-07T09:59:59.999Z"),
        request(7, mode_of_operation="6"),
        request(8, srv="1.2.3.4.5", user_role="", response_sent_at=""),
    ]
    rows = [*(request(10_000 + i) for i in range(1000)), *bad]
    room.put_rows(REQUESTS, rows)
    outcome = room.land_one()
    assert (outcome.rows_read, outcome.rows_landed, outcome.rows_quarantined) == (1008, 1000, 8)
    assert quarantine(room) == [
        (1002, "user_id", "user_id is empty but required"),
        (1003, "user_role", "user_role is 'XX', none of IS, ES, GS, RSA, ED, GT, OU"),
        (1004, "mode_of_operation", "mode_of_operation is '5', none of 2, 3, 4, 6, 10"),
        (1005, "report_status_id", "report_status_id is '38', above 37"),
        (1006, "srv", r"srv is '4.x', not of the pattern ^\d+(\.\d+){0,3}$"),
        (
            1007,
            "response_sent_at",
            "response_sent_at 2020-09-07T09:59:59.999Z lies before received_at "
            "2020-09-07T10:00:00.000Z",
        ),
        (1008, "execution_at", "execution_at is empty but required when mode_of_operation = 6"),
        (
            1009,
            "srv, user_role",
            r"srv is '1.2.3.4.5', not of the pattern ^\d+(\.\d+){0,3}$; "
            "user_role is empty but required",
        ),
    ]
    raw = room.query("select raw_text from raw_landing.quarantine where line = 1003")
    assert raw == [
        ("A:B:2,4.10,U1,XX,D1,2,2,2020-09-07T10:00:00.000Z,,2020-09-07T10:00:10.000Z,I0",)
    ]


def test_response_at_the_moment_of_receipt_lands(room: Room) -> None:
    room.put_rows(REQUESTS, [request(1, response_sent_at="2020-09-07T10:00:00.000Z")])
    assert room.land_one().rows_landed == 1


def test_end_before_start(room: Room) -> None:
    rows = [
        {
            "event_id": f"E{i}",
            "component_id": "dsp_gateway",
            "started_at": "2020-09-07T10:00:00Z",
            "ended_at": "2020-09-07T09:00:00Z" if i == 5 else "",
            "kind": "planned",
        }
        for i in range(200)
    ]
    room.put_rows(EVENTS, rows)
    room.land()
    assert quarantine(room) == [
        (
            7,
            "ended_at",
            "ended_at 2020-09-07T09:00:00.000Z lies before started_at 2020-09-07T10:00:00.000Z",
        )
    ]


def test_region_is_required_for_smets2_alone(room: Room) -> None:
    file = "dsp/devices/devices_2020-09.csv"
    device = {"device_type": "ESME", "comms_hub_id": "H", "status": "Commissioned"}
    rows = [
        {"device_id": f"D{i}", "smets": "SMETS2+", "region": "North", **device} for i in range(200)
    ]
    rows.append({"device_id": "S1", "smets": "SMETS1", "region": "", **device})
    rows.append({"device_id": "S2", "smets": "SMETS2+", "region": "", **device})
    rows.append({"device_id": "S3", "smets": "SMETS2+", "region": "4G West", **device})
    room.put_rows(file, rows)
    room.land()
    assert quarantine(room) == [
        (203, "region", "region is empty but required when smets = 'SMETS2+'"),
        (
            204,
            "region",
            "region is '4G West', none of North, Central, South, 4G North, 4G Central, 4G South",
        ),
    ]


def test_reported_levels_need_a_level_or_its_fraction(room: Room) -> None:
    file = "providers/service_levels/service_levels_2020-09_DSP.csv"
    good = {"provider": "DSP", "measure_no": "1.1", "state": "Reported", "period": "Monthly"}
    rows = [{**good, "level": "99.5", "numerator": "", "denominator": ""} for _ in range(300)]
    rows.append({**good, "level": "", "numerator": "1", "denominator": "2"})
    rows.append({**good, "state": "No Events"})
    rows.append({**good, "numerator": "1"})
    rows.append(good)
    room.put_rows(file, rows)
    room.land()
    # A count may come as its numerator alone (C2); whether the measure is one, dbt knows.
    assert [row[:2] for row in quarantine(room)] == [(305, "level")]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_line_numbers_with_newlines_in_quotes_and_rows_that_cannot_be_split(
    room: Room, newline: str
) -> None:
    head = "incident_id,category,status,summary,responsible_party,resolver_group,raised_at"
    rest = "DCC,DSP,2020-09-07T10:00:00Z"
    lines = [head]
    lines += [f'I{i},3,Open,"a{newline}b, ""c""{newline}",{rest}' for i in range(400)]  # 3 each
    lines += [
        f'J1,9,Open,"x{newline}y",{rest}',  # 1202 and 1203
        f"J2,3,Open,{rest}",  # 1204
        f'J3,3,Open,5" pipe,{rest}',  # 1205, a quote that opens nothing
        f'J4,3,Open,"shut"open,{rest}',  # 1206
        f"J5,3,Gone,,{rest}",  # 1207
    ]
    room.put(INCIDENTS, newline.join(lines) + newline)
    outcome = room.land_one()
    assert (outcome.rows_read, outcome.rows_landed, outcome.rows_quarantined) == (405, 401, 4)
    assert quarantine(room) == [
        (1202, "category", "category is '9', none of 1, 2, 3, 4, 5"),
        (1204, "", "the row has 6 values instead of 7"),
        (1206, "", "the row text follows the closing quote of a value"),
        (1207, "status", "status is 'Gone', none of Open, Resolved, Closed, Cancelled"),
    ]
    raw = room.query("select raw_text from raw_landing.quarantine order by line")
    assert raw == [
        (f'J1,9,Open,"x{newline}y",{rest}',),
        (f"J2,3,Open,{rest}",),
        (f'J4,3,Open,"shut"open,{rest}',),
        (f"J5,3,Gone,,{rest}",),
    ]
    assert room.query(
        "select distinct summary from raw_dsms.incidents "
        "where incident_id in ('I7', 'J3') order by 1"
    ) == [('5" pipe',), (f'a{newline}b, "c"{newline}',)]


def test_a_record_that_is_too_long_is_quarantined(room: Room) -> None:
    rows = as_csv(filled([]))
    long = as_csv([incident(1, summary="x" * 2_100_000)]).split("\n", 1)[1]
    quoted = as_csv([incident(2, summary="x,\n" * 900_000)]).split("\n", 1)[1]
    room.put(INCIDENTS, rows + long + quoted + as_csv([incident(3)]).split("\n", 1)[1])
    outcome = room.land_one()
    assert (outcome.rows_landed, outcome.rows_quarantined) == (301, 2)
    assert [row[0] for row in quarantine(room)] == [302, 303]
    assert "longer than 2,000,000 bytes" in str(quarantine(room)[0][2])


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        # The day of 23 h, the day of 25 h, a summer and a winter day; 24 h before and after them.
        ("2020-03-29", "2020-03-28T00:00:00Z", "2020-03-30T23:00:00Z"),
        ("2020-10-25", "2020-10-23T23:00:00Z", "2020-10-27T00:00:00Z"),
        ("2020-09-07", "2020-09-05T23:00:00Z", "2020-09-08T23:00:00Z"),
        ("2020-12-07", "2020-12-06T00:00:00Z", "2020-12-09T00:00:00Z"),
    ],
)
def test_rows_up_to_24_h_outside_the_local_day_land(
    room: Room, day: str, first: str, last: str
) -> None:
    before = str(datetime.fromisoformat(first).timestamp() - 1)
    after = str(datetime.fromisoformat(last).timestamp() + 1)
    outside = [
        datetime.fromtimestamp(float(text), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        for text in (before, after)
    ]
    times = [*([f"{day}T12:00:00Z"] * 300), first, last, *outside]
    file = f"csp/test_messages/test_messages_{day}.csv"
    rows = [
        {"message_id": f"M{i}", "region": "North", "sent_at": sent} for i, sent in enumerate(times)
    ]
    room.put_rows(file, rows)
    room.land()
    assert room.query(
        "select message_id from raw_csp.test_messages where message_id >= 'M300' "
        "and length(message_id) = 4 order by 1"
    ) == [("M300",), ("M301",)]
    assert quarantine(room) == [
        (
            line,
            "sent_at",
            f"the row belongs to {moment[:-1]}.000Z (by sent_at), more than 24 h outside the "
            f"file's day {day}",
        )
        for line, moment in zip((304, 305), outside, strict=True)
    ]


def test_a_request_is_assigned_by_its_start(room: Room) -> None:
    """Rule T1: execution counts in modes 4, 6 and 10, unless it is after the response."""
    early = "2020-09-03T10:00:00.000Z"
    sent = "2020-09-07T10:00:10.000Z"
    today, late = "2020-09-07T10:00:00.000Z", "2020-09-12T10:00:00.000Z"
    rows = [
        request(1, mode_of_operation="6", received_at=early, execution_at=today),
        request(2, mode_of_operation="2", received_at=early, execution_at=today),
        request(3, mode_of_operation="4", received_at=today, execution_at=late),
        request(
            4, mode_of_operation="4", received_at=today, execution_at=late, response_sent_at=""
        ),
    ]
    assert rows[0]["response_sent_at"] == sent
    room.put_rows(REQUESTS, filled(rows, "request"))
    room.land()
    found = room.query("select request_id from raw_dsp.service_requests where _file is not null")
    landed = {str(row[0]) for row in found}
    assert {"A:B:1", "A:B:3"} <= landed
    assert not {"A:B:2", "A:B:4"} & landed


# ---------------------------------------------------------------------------- spreadsheets, columns


def test_4_10_survives_and_a_spreadsheets_4_1_is_reported(room: Room) -> None:
    rows = [request(1), request(2, srv="4.1"), request(3, srv="4.1"), request(4, srv="6.2.10")]
    room.put_rows(REQUESTS, rows)
    outcome = room.land_one()
    assert room.query("select srv from raw_dsp.service_requests order by request_id") == [
        ("4.10",),
        ("4.1",),
        ("4.1",),
        ("6.2.10",),
    ]
    (warning,) = (w for w in outcome.warnings if "srv" in w and "spreadsheet" in w)
    assert "srv is '4.1' in 2 rows" in warning
    assert "'4.10' is one" in warning
    assert "export the column as text" in warning
    ((stored,),) = room.query("select warnings from raw_landing.files")
    assert warning in json.loads(str(stored))


def test_an_unknown_srv_without_lost_zeros_is_no_spreadsheets_work(room: Room) -> None:
    room.put_rows(REQUESTS, [request(1, srv="99.9")])
    assert not [w for w in room.land_one().warnings if "spreadsheet" in w]


def test_column_order_and_bom_do_not_matter(room: Room) -> None:
    rows = [incident(i, summary=f"s{i}") for i in range(3)]
    columns = list(reversed(rows[0]))
    room.put(INCIDENTS, b"\xef\xbb\xbf" + as_csv(rows, columns).encode())
    room.land()
    assert room.query(
        "select incident_id, category, summary from raw_dsms.incidents order by 1"
    ) == [(f"INC{i:05d}", 3, f"s{i}") for i in range(3)]
    assert room.query("select unknown_columns from raw_landing.files") == [("[]",)]


def test_header_alone_lands_no_rows(room: Room) -> None:
    room.put(INCIDENTS, as_csv([incident(1)]).splitlines()[0] + "\n")
    outcome = room.land_one()
    assert (outcome.state, outcome.rows_read, outcome.rows_landed) == ("landed", 0, 0)
    assert room.query("select count(*) from raw_dsms.incidents") == [(0,)]
    assert room.query("select is_current from raw_landing.files") == [(True,)]


def test_a_last_line_without_line_end_lands(room: Room) -> None:
    room.put(INCIDENTS, as_csv([incident(1), incident(2)]).rstrip("\n"))
    assert room.land_one().rows_landed == 2


def test_blank_lines_and_mixed_line_ends_lose_nothing(room: Room) -> None:
    head, one, two = as_csv([incident(1), incident(2)]).splitlines()
    room.put(INCIDENTS, f"{head}\n{one}\r\n\n{two}\n\n\n")
    assert room.land_one().rows_landed == 2


@pytest.mark.parametrize("suffix", [".csv", ".csv.gz", ".parquet"])
def test_an_unknown_column_is_kept_aside(room: Room, suffix: str) -> None:
    file = INCIDENTS.replace(".csv", suffix)
    room.put_rows(
        file,
        [{**incident(i), "colour": f"c{i}", "Incident_ID": "x"} for i in range(3)]
        if suffix != ".parquet"
        else [{**incident(i), "colour": f"c{i}"} for i in range(3)],
    )
    room.land()
    (entry,) = room.entries()
    assert "colour" in entry.unknown_columns
    assert entry.aside is not None
    aside = room.settings.warehouse_dir / entry.aside
    assert duckdb.execute(
        f"select row_number, incident_id, colour from '{aside}' order by 1"
    ).fetchall() == [(i + 1, f"INC{i:05d}", f"c{i}") for i in range(3)]
    columns = [row[0] for row in room.query("describe raw_dsms.incidents")]
    assert "colour" not in columns
    assert columns[-4:] == ["_file_date", "_part", "_version", "_file"]


def test_a_missing_optional_column_lands_empty_and_is_reported(room: Room) -> None:
    room.put_rows(INCIDENTS, [incident(1)])
    (warning,) = room.land_one().warnings
    assert "not in the file, so landed empty: problem_id, title" in warning


# --------------------------------------------------------------------------------- personal data


def leave_rows() -> list[dict[str, str]]:
    rows = [
        {
            "incident_id": f"L{i}",
            "hub_id": f"H{i}",
            "mpxn": "2000000000017",
            "submitted_at": "2020-09-07T10:00:00Z",
            "diagnostics": "",
        }
        for i in range(300)
    ]
    rows[7]["submitted_at"] = "yesterday"
    rows[7]["diagnostics"] = "meter 2000000000017 is silent"
    return rows


@pytest.mark.parametrize("suffix", [".csv", ".csv.gz", ".parquet"])
@pytest.mark.parametrize("header", ["mpxn", "MPxN"])
def test_mpxn_is_nowhere_after_landing(room: Room, suffix: str, header: str) -> None:
    rows = [{header if k == "mpxn" else k: v for k, v in row.items()} for row in leave_rows()]
    room.put_rows(LEAVE.replace(".csv", suffix), rows)
    if suffix == ".parquet":
        # A free text that repeats the number is the source's fault; the row itself is what counts.
        rows[7]["diagnostics"] = "meter is silent"
        room.put_rows(LEAVE.replace(".csv", suffix), rows)
    outcome = room.land_one()
    assert (outcome.rows_landed, outcome.rows_quarantined) == (299, 1)
    for path, content in room.written():
        assert b"2000000000017" not in content, path
    columns = {row[0] for row in room.query("describe raw_csp.install_and_leave")}
    assert "mpxn" not in {str(name).lower() for name in columns}
    (entry,) = room.entries()
    assert header not in entry.unknown_columns


def test_mpxn_of_a_row_that_cannot_be_split_is_withheld(room: Room) -> None:
    text = as_csv([row for i, row in enumerate(leave_rows()) if i != 7])
    room.put(LEAVE, text + "L900,H9,1,2000000000017,2020-09-07T10:00:00Z,,,\nL901,2000000000017\n")
    assert room.land_one().rows_quarantined == 2
    for path, content in room.written():
        assert b"2000000000017" not in content, path
    assert {row[0] for row in room.query("select raw_text from raw_landing.quarantine")} == {
        "(withheld: the row cannot be split and the file has a personal column)"
    }


def test_mpxn_in_another_feed_is_not_kept_either(room: Room) -> None:
    room.put_rows(INCIDENTS, [{**incident(i), " MPXN": "2000000000017"} for i in range(3)])
    assert room.land_one().rows_landed == 3
    for path, content in room.written():
        assert b"2000000000017" not in content, path


# --------------------------------------------------------------------------------------- versions


def version(number: int, suffix: str = ".csv") -> str:
    return INCIDENTS.replace(".csv", f"_v{number}{suffix}")


def test_a_higher_version_supersedes_and_the_earlier_is_kept(room: Room) -> None:
    room.put_rows(INCIDENTS, [incident(1), incident(2)])
    room.land()
    room.put_rows(version(2), [incident(3)])
    assert room.land_one().state == "landed"
    assert room.query("select incident_id, _version, _file from raw_dsms.incidents") == [
        ("INC00003", 2, version(2))
    ]
    entries = {entry.version: entry for entry in room.entries()}
    first = room.settings.warehouse_dir / str(entries[1].landed)
    assert duckdb.execute(f"select count(*) from '{first}'").fetchall() == [(2,)]
    assert room.query("select version, is_current from raw_landing.files order by 1") == [
        (1, False),
        (2, True),
    ]


@pytest.mark.parametrize("order", [(9, 10), (10, 9)])
def test_versions_compare_as_numbers(room: Room, order: tuple[int, int]) -> None:
    for number in order:
        room.put_rows(version(number), [incident(number)])
        room.land()
    assert room.query("select incident_id from raw_dsms.incidents") == [("INC00010",)]


def test_parts_stand_beside_each_other(room: Room) -> None:
    base = "providers/exceptions/exceptions_2020-09"
    row = {"measure_no": "1", "scope": "In period", "reason": "x", "events": "5"}
    for part in ("DSP", "S1SP_SIE", "S1SP_SIE_v2"):
        room.put_rows(f"{base}_{part}.csv", [{"provider": part, **row}])
    room.land()
    assert room.query(
        "select provider, _part, _version from raw_providers.exceptions order by 1"
    ) == [
        ("DSP", "DSP", 1),
        ("S1SP_SIE_v2", "S1SP_SIE", 2),
    ]


def test_a_part_that_is_not_expected_is_reported(room: Room) -> None:
    file = "providers/exceptions/exceptions_2020-09_NOBODY.csv"
    room.put(file, "provider,measure_no,scope,reason,events\n")
    assert "part NOBODY is none of those expected: CSPC" in room.land_one().warnings[0]


def test_the_same_version_with_other_content_is_refused(room: Room) -> None:
    room.put_rows(INCIDENTS, [incident(1)])
    room.land()
    room.put_rows(INCIDENTS, [incident(2)])
    outcome = room.land_one()
    assert outcome.state == "refused"
    assert outcome.reason is not None
    assert "version 1 of dsms/incidents 2020-09 has landed from incidents_2020-09.csv" in (
        outcome.reason
    )
    assert "Send a correction as _v2" in outcome.reason
    assert room.query("select incident_id from raw_dsms.incidents") == [("INC00001",)]
    # The refusal is remembered beside the landing, and again there is nothing to do.
    assert room.query("select state from raw_landing.files order by state") == [
        ("landed",),
        ("refused",),
    ]
    assert {o.state for o in room.land().outcomes} == {"known"}


def test_the_same_version_in_another_format_is_refused(room: Room) -> None:
    room.put_rows(INCIDENTS, [incident(1)])
    room.land()
    room.put_rows(f"{INCIDENTS}.gz", [incident(2)])
    assert room.land_one().state == "refused"


def test_the_same_content_as_a_higher_version_lands_nothing_twice(room: Room) -> None:
    room.put_rows(INCIDENTS, [incident(1)])
    room.land()
    room.put_rows(version(2), [incident(1)])
    outcome = room.land_one()
    assert outcome.state == "unchanged"
    assert "same content as incidents_2020-09.csv" in (outcome.reason or "")
    assert len(list(room.settings.landed_dir.rglob("*.parquet"))) == 1
    assert room.query("select incident_id, _version from raw_dsms.incidents") == [("INC00001", 1)]
    room.put_rows(version(3), [incident(2)])
    room.put_rows(version(4), [incident(1)])
    assert [o.state for o in room.land().outcomes] == ["known", "known", "landed", "landed"]
    assert room.query("select incident_id, _version from raw_dsms.incidents") == [("INC00001", 4)]


# ------------------------------------------------------------------------- manifest and idempotence


def test_landing_again_does_nothing(room: Room) -> None:
    rows = filled([incident(1, category="9")])
    room.put_rows(INCIDENTS, rows)
    room.land()
    before = {path: content for path, content in room.written() if "duckdb" not in path.name}
    assert [o.state for o in room.land().outcomes] == ["known"]
    after = {path: content for path, content in room.written() if "duckdb" not in path.name}
    assert after == before


def test_a_file_that_was_touched_is_known_by_its_hash(room: Room) -> None:
    path = room.put_rows(INCIDENTS, [incident(1)])
    room.land()
    os.utime(path, (1, 1))
    assert [o.state for o in room.land().outcomes] == ["known"]
    (entry,) = room.entries()
    assert entry.modified_ns == 10**9
    assert entry.arrived_at > datetime(2020, 1, 1)  # noqa: DTZ001 - UTC without zone


def test_the_manifest_says_what_happened(room: Room) -> None:
    path = room.put_rows(INCIDENTS, filled([incident(1, category="9"), incident(2)]))
    arrived = datetime(2020, 10, 1, 6, 30, tzinfo=UTC)
    os.utime(path, (arrived.timestamp(), arrived.timestamp()))
    room.land()
    (row,) = room.query(
        "select file, system, feed, period, file_date, part, version, sha256, bytes, state, "
        "is_current, rows_read, rows_landed, rows_quarantined, arrived_at, contract_version "
        "from raw_landing.files"
    )
    assert row == (
        INCIDENTS,
        "dsms",
        "incidents",
        "2020-09",
        date(2020, 9, 1),
        "",
        1,
        hashlib.sha256(path.read_bytes()).hexdigest(),
        path.stat().st_size,
        "landed",
        True,
        302,
        301,
        1,
        arrived.replace(tzinfo=None),
        1,
    )
    assert room.query("select count(*) from raw_landing.quarantine") == [(1,)]
    assert room.query("select count(*) from raw_dsms.incidents") == [(301,)]


def test_arrival_is_never_after_landing(room: Room) -> None:
    path = room.put_rows(INCIDENTS, [incident(1)])
    os.utime(path, (4_000_000_000, 4_000_000_000))
    room.land()
    assert room.query("select arrived_at = landed_at from raw_landing.files") == [(True,)]


def test_formats_are_equal(room: Room, tmp_path: Path) -> None:
    rows = [
        request(i, srv=["4.10", "1.1.1"][i % 2], response_code="" if i % 3 else "I0")
        for i in range(500)
    ]
    rows[4]["user_role"] = "XX"
    found = []
    for day, suffix in ((7, ".csv"), (8, ".csv.gz"), (6, ".parquet")):
        file = REQUESTS.replace("07.csv", f"{day:02}{suffix}")
        room.put_rows(file, rows)
        assert room.land_one().rows_quarantined == 1
        found.append(
            room.query(
                "select * exclude (_file_date, _file) from raw_dsp.service_requests "
                f"where _file = '{file}' order by request_id"
            )
        )
    assert len(found[0]) == 499
    assert found[0] == found[1] == found[2]
    columns = room.query("select count(distinct column_name || reason) from raw_landing.quarantine")
    assert columns == [(1,)]


def test_typed_parquet_is_cast(room: Room) -> None:
    path = room.settings.landing_dir / INCIDENTS.replace(".csv", ".parquet")
    path.parent.mkdir(parents=True)
    duckdb.execute(
        "copy (select 'INC' || i as incident_id, (3)::bigint as category, 'Open' as status, "
        "'' as summary, 'DCC' as responsible_party, 'DSP' as resolver_group, "
        "timestamptz '2020-09-07 11:00:00+01' as raised_at, null::double as title, "
        "timestamp_ns '2020-09-08 10:00:00' as closed_at, true as sla_met from range(3) t(i)) "
        f"to '{path}' (format parquet)"
    )
    room.land()
    assert room.query(
        "select distinct category, summary, raised_at, closed_at, sla_met, title "
        "from raw_dsms.incidents"
    ) == [(3, None, datetime(2020, 9, 7, 10), datetime(2020, 9, 8, 10), True, None)]  # noqa: DTZ001


def test_a_feed_without_files_is_an_empty_typed_relation(room: Room) -> None:
    room.settings.landing_dir.mkdir(parents=True)
    room.land()
    for feed in load_contract(PROJECT_ROOT).values():
        described = room.query(f"describe raw_{feed.system}.{feed.name}")
        wanted = [(c.name, c.data_type.sql) for c in feed.landed_columns]
        lineage = [("_file_date", "DATE"), ("_part", "VARCHAR"), ("_version", "INTEGER")]
        assert [row[:2] for row in described] == [*wanted, *lineage, ("_file", "VARCHAR")]
        assert room.query(f"select count(*) from raw_{feed.system}.{feed.name}") == [(0,)]
    assert room.query("select count(*) from raw_landing.quarantine") == [(0,)]
    assert room.query("select count(*), count(*) filter (mandatory) from raw_landing.feeds") == [
        (23, 13)
    ]


def test_types_are_the_same_with_files_and_without(room: Room) -> None:
    before = None
    for files in (False, True):
        if files:
            room.put_rows(REQUESTS, [request(1)])
            room.put_rows("dcc/commentary/commentary_2020-09-07_v2.csv", [COMMENT])
        else:
            room.settings.landing_dir.mkdir(parents=True)
        room.land()
        described = [
            room.query(f"describe {name}")
            for name in ("raw_dsp.service_requests", "raw_dcc.commentary", "raw_landing.files")
        ]
        assert before is None or described == before
        before = described


COMMENT = {
    "reporting_month": "2020-09-01",
    "measure_id": "CPM1",
    "reason": "why",
    "author_role": "TOC",
}


def test_lineage_is_what_the_name_says(room: Room) -> None:
    contract = load_contract(PROJECT_ROOT)
    part = {"provider": "X", "measure_no": "1", "scope": "In period", "reason": "x", "events": "5"}
    files = {
        "raw_dcc.commentary": ("dcc/commentary/commentary_2020-10-12_v12.csv.gz", COMMENT),
        "raw_dsms.incidents": ("dsms/incidents/incidents_2020-09.parquet", incident(1)),
        "raw_dsp.service_requests": (REQUESTS, request(1)),
        "raw_providers.exceptions": (
            "providers/exceptions/exceptions_2020-09_S1SP_VODAFONE_v3.csv",
            part,
        ),
    }
    for file, row in files.values():
        room.put_rows(file, [row])
    room.put_rows("dcc/commentary/commentary_2020-09_x.csv", [COMMENT])
    room.land()
    for view, (file, _) in files.items():
        name = parse_extract_path(file, contract)
        wanted = (name.file_date, name.part, name.version, name.file)
        assert wanted in room.query(f"select _file_date, _part, _version, _file from {view}")
    assert (date(2020, 9, 1), "x", 1) in room.query(
        "select _file_date, _part, _version from raw_dcc.commentary"
    )


def test_a_day_is_read_without_opening_the_others(room: Room) -> None:
    for day in range(1, 6):
        moment = f"2020-09-{day:02}T10:00:00.000Z"
        row = request(day, received_at=moment, response_sent_at="")
        room.put_rows(REQUESTS.replace("07", f"{day:02}"), [row])
    room.land()
    plan = room.query(
        "explain analyze select count(*), min(srv) from raw_dsp.service_requests "
        "where _file_date = date '2020-09-03'"
    )
    assert "Total Files Read: 1" in str(plan[0][1])


def test_a_new_contract_version_lands_the_file_again(room: Room, tmp_path: Path) -> None:
    root = tmp_path / "project"
    for source in [*(PROJECT_ROOT / "models/staging").glob("*/_*__sources.yml")]:
        target = root / source.relative_to(PROJECT_ROOT)
        target.parent.mkdir(parents=True)
        target.write_bytes(source.read_bytes())
    (root / "seeds").mkdir()
    for name in ("srvs.csv", "performance_measures.csv"):
        (root / "seeds" / name).write_bytes((PROJECT_ROOT / "seeds" / name).read_bytes())
    room.put_rows(INCIDENTS, [incident(1)])
    room.put_rows(version(2), [incident(1)])
    land(room.settings, progress=room.lines.append, project_root=root)
    path = root / "models/staging/dsms/_dsms__sources.yml"
    text = path.read_text().replace("contract_version: 1", "contract_version: 2", 1)
    path.write_text(text.replace("name: summary", "name: resume", 1))
    report = land(room.settings, progress=room.lines.append, project_root=root)
    assert [o.state for o in report.outcomes] == ["landed", "unchanged"]
    register(room.settings, progress=room.lines.append, project_root=root)
    assert room.query("select contract_version from raw_landing.files order by version") == [
        (2,),
        (2,),
    ]
    assert "resume" in [row[0] for row in room.query("describe raw_dsms.incidents")]
    assert len(list(room.settings.landed_dir.rglob("*.parquet"))) == 1
    # Where the extract itself is gone, its rows of the older contract are still shown.
    (room.settings.landing_dir / INCIDENTS).unlink()
    path.write_text(
        path.read_text()
        .replace("contract_version: 2", "contract_version: 3", 1)
        .replace("name: resume", "name: summary", 1)
    )
    register(room.settings, progress=room.lines.append, project_root=root)
    assert room.query("select incident_id, summary from raw_dsms.incidents") == [("INC00001", None)]


def test_hidden_files_are_no_extracts(room: Room) -> None:
    room.put(".gitkeep", "")
    room.put("dsms/incidents/.incidents_2020-09.csv.part", "x")
    assert room.land().outcomes == ()


def test_every_extract_and_the_sum_are_said(room: Room) -> None:
    room.put_rows(INCIDENTS, [incident(1)])
    room.put(f"{INCIDENTS}.gz", gzip.compress(b""))
    report = room.land()
    assert room.lines[0].startswith(f"[1/2] {INCIDENTS}: landed 1 rows, 0 quarantined")
    assert room.lines[1].startswith(f"[2/2] {INCIDENTS}.gz: refused")
    assert room.lines[2] == "landing: 1 landed, 1 refused; 1 rows landed, 0 quarantined"
    assert report.summary == "1 landed, 1 refused; 1 rows landed, 0 quarantined"


def test_keys_are_compared_in_rounds_when_there_are_many(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extract, "HASHES_AT_ONCE", 100)
    room.put_rows(INCIDENTS, [incident(i) for i in range(1000)])
    assert room.land_one().rows_landed == 1000
    room.put_rows(version(2), [incident(i % 999) for i in range(1000)])
    assert "INC00000 in lines 2 and 1001" in str(room.land_one().reason)


def test_utf8_characters_that_straddle_blocks_are_read(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "BLOCK", 7)
    rows = [incident(i, summary="£😀é" * i) for i in range(50)]
    room.put_rows(INCIDENTS, rows)
    assert room.land_one().rows_landed == 50
    room.put(INCIDENTS.replace("09", "10"), as_csv(rows).encode().replace("é".encode(), b"\xc3", 1))
    assert "the text is not UTF-8" in str(room.land_one().reason)


def test_a_long_extract_says_how_far_it_is(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "SECONDS_BETWEEN_LINES", 0.01)
    room.put_rows(INCIDENTS, [incident(i) for i in range(20_000)])
    room.land()
    assert room.lines[0].startswith(f"{INCIDENTS}: 0 s, ")
    assert "MB to read" in room.lines[0] and "MB written so far" in room.lines[0]


def test_rows_are_counted_by_local_day(room: Room) -> None:
    times = ["2020-09-06T22:59:59.999Z", "2020-09-06T23:00:00.000Z", "2020-09-07T23:00:00.000Z"]
    room.put_rows(
        REQUESTS,
        [request(n, received_at=at, response_sent_at="") for n, at in enumerate(times * 2)],
    )
    room.land()
    days = "select cast(day as varchar), rows from raw_landing.file_days order by day"
    assert room.query(days) == [("2020-09-06", 2), ("2020-09-07", 2), ("2020-09-08", 2)]

    # In another zone the same rows lie on other days, so the file lands again.
    again = Room(replace(room.settings, time_zone="UTC"))
    again.land()
    assert again.query(days) == [("2020-09-06", 4), ("2020-09-07", 2)]
    assert len(again.entries()) == 1


def test_a_day_of_25_hours_has_them_all(room: Room) -> None:
    # 2020-10-25 in London: from 23:00 UTC of the day before to 24:00 UTC.
    times = ["2020-10-24T22:59:59Z", "2020-10-24T23:00:00Z", "2020-10-25T23:59:59Z"]
    name = "dsp/service_requests/service_requests_2020-10-25.csv"
    room.put_rows(
        name, [request(n, received_at=at, response_sent_at="") for n, at in enumerate(times)]
    )
    room.land()
    assert room.query("select cast(day as varchar), rows from raw_landing.file_days") == [
        ("2020-10-24", 1),
        ("2020-10-25", 2),
    ]
