"""Extracts that are refused whole: nothing of them lands, and the reason says what to do."""

from __future__ import annotations

import gzip
from pathlib import Path

import duckdb
import pytest

from orchestration.landing import land_file
from tests.python.landing.room import INCIDENTS, REQUESTS, Room, as_csv, incident, request

HEADER = "incident_id,category,status,responsible_party,resolver_group,raised_at\n"
GOOD = "INC1,3,Open,DCC,DSP,2020-09-07T10:00:00Z\n"


def assert_refused(room: Room, file: str, *messages: str) -> str:
    """Land; the extract is refused with these words, and nothing of it is left."""
    outcome = room.land_one()
    assert outcome.state == "refused"
    assert outcome.reason is not None
    for message in (file, *messages):
        assert message in outcome.reason
    assert not list(room.settings.warehouse_dir.rglob("*.parquet"))
    (row,) = room.query(
        "select file, state, is_current, is_settled, rows_landed, reason from raw_landing.files"
    )
    assert row == (file, "refused", False, False, None, outcome.reason)
    return outcome.reason


@pytest.mark.parametrize("cut", [15, 40, 200])
def test_truncated_gzip(room: Room, cut: int) -> None:
    rows = [incident(i, summary=f"{i * 7919 % 1000}") for i in range(2000)]
    whole = gzip.compress(as_csv(rows).encode())
    file = f"{INCIDENTS}.gz"
    room.put(file, whole[:-cut])
    assert_refused(room, file, "the gzip stream is cut off after", "send the file again")


def test_damaged_gzip(room: Room) -> None:
    whole = bytearray(gzip.compress(as_csv([incident(i) for i in range(2000)]).encode()))
    whole[-6] ^= 0xFF
    room.put(f"{INCIDENTS}.gz", bytes(whole))
    assert_refused(room, f"{INCIDENTS}.gz", "the gzip stream is damaged", "CRC")


def test_text_that_is_called_gzip(room: Room) -> None:
    room.put(f"{INCIDENTS}.gz", HEADER + GOOD)
    assert_refused(room, f"{INCIDENTS}.gz", "the gzip stream is damaged")


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_zero_bytes(room: Room, suffix: str) -> None:
    room.put(f"{INCIDENTS}{suffix}", b"")
    assert_refused(room, f"{INCIDENTS}{suffix}", "the file is empty (0 bytes)")


@pytest.mark.parametrize("keep", [0.3, 0.9])
def test_truncated_parquet(room: Room, keep: float) -> None:
    file = INCIDENTS.replace(".csv", ".parquet")
    path = room.put_rows(file, [incident(i) for i in range(1000)])
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keep)])
    assert_refused(room, file, "the Parquet file cannot be read", "send it again")


def test_damaged_parquet_page(room: Room) -> None:
    file = INCIDENTS.replace(".csv", ".parquet")
    path = room.put_rows(file, [incident(i, summary=f"text {i}") for i in range(5000)])
    content = bytearray(path.read_bytes())
    content[40:400] = b"\xff" * 360
    path.write_bytes(bytes(content))
    assert_refused(room, file, "the Parquet file cannot be read")


def test_parquet_without_required_column(room: Room) -> None:
    file = INCIDENTS.replace(".csv", ".parquet")
    rows = [{k: v for k, v in incident(1).items() if k not in {"raised_at", "category"}}]
    room.put_rows(file, rows)
    assert_refused(
        room, file, "required columns category, raised_at missing; the file has incident_id, status"
    )


def test_csv_without_required_column(room: Room) -> None:
    room.put(INCIDENTS, (HEADER + GOOD).replace("raised_at", "Raised_At"))
    assert_refused(room, INCIDENTS, "required column raised_at missing", "Raised_At")


@pytest.mark.parametrize("data_type", ["double", "integer", "decimal(4, 2)"])
def test_parquet_with_numbers_for_text(room: Room, data_type: str) -> None:
    file = REQUESTS.replace(".csv", ".parquet")
    path = room.put_rows(file, [request(1)])
    other = path.with_suffix(".x")
    duckdb.execute(
        f"copy (select * replace (cast(srv as {data_type}) as srv) from read_parquet('{path}')) "
        f"to '{other}' (format parquet)"
    )
    other.replace(path)
    assert_refused(room, file, "column srv is", "must be text", "4.10 becomes 4.1")


def test_parquet_with_a_type_that_does_not_fit(room: Room) -> None:
    file = INCIDENTS.replace(".csv", ".parquet")
    path = room.settings.landing_dir / file
    path.parent.mkdir(parents=True)
    duckdb.execute(
        "copy (select 'INC1' incident_id, 3.5::double category, 'Open' status, "
        "'DCC' responsible_party, 'DSP' resolver_group, timestamp '2020-09-07' raised_at) "
        f"to '{path}' (format parquet)"
    )
    assert_refused(room, file, "column category is DOUBLE", "must be int")


@pytest.mark.parametrize("as_parquet", [False, True])
def test_duplicate_key(room: Room, as_parquet: bool) -> None:
    file = INCIDENTS.replace(".csv", ".parquet") if as_parquet else INCIDENTS
    rows = [incident(i, summary="two\nlines") for i in (1, 2, 3, 2)]
    room.put_rows(file, rows)
    lines = "rows 2 and 4" if as_parquet else "lines 4 and 8"
    assert_refused(room, file, "duplicate key incident_id: 1 value(s)", f"INC00002 in {lines}")


def test_duplicate_of_a_row_that_is_bad_otherwise(room: Room) -> None:
    rows = [incident(i) for i in range(300)]
    room.put_rows(INCIDENTS, [*rows, incident(7, category="9")])
    assert_refused(room, INCIDENTS, "duplicate key incident_id", "INC00007 in lines 9 and 302")


def test_duplicate_of_a_key_of_several_columns(room: Room) -> None:
    file = "dsp/firmware_targets/firmware_targets_2020-09-07.csv"
    room.put(file, "request_id,device_id\nR1,D1\nR1,D2\nR2,D1\nR1,D1\n")
    assert_refused(room, file, "duplicate key request_id, device_id", "R1, D1 in lines 2 and 5")


def test_two_per_cent_bad_rows(room: Room) -> None:
    rows = [incident(i, category="9" if i % 50 == 7 else "3") for i in range(1000)]
    room.put_rows(INCIDENTS, rows)
    assert_refused(
        room,
        INCIDENTS,
        "20 of 1,000 rows (2.00 %) would be quarantined, more than the 1 % that dsms/incidents",
        "category is none of 1, 2, 3, 4, 5 (20 rows)",
        "The first is in line 9",
    )


def test_two_per_cent_bad_rows_of_parquet(room: Room) -> None:
    file = INCIDENTS.replace(".csv", ".parquet")
    room.put_rows(file, [incident(i, status="Gone" if i > 97 else "Open") for i in range(100)])
    assert_refused(room, file, "2 of 100 rows (2.00 %)", "(2 rows)", "The first is in row 99")


def test_one_per_cent_is_let_pass_and_more_is_not(room: Room) -> None:
    room.put_rows(INCIDENTS, [incident(i, category="9" if i == 0 else "3") for i in range(100)])
    assert room.land_one().rows_quarantined == 1
    room.put_rows(
        INCIDENTS.replace("09", "10"),
        [incident(i, category="9" if i == 0 else "3") for i in range(99)],
    )
    assert room.land_one().state == "refused"


def test_rows_that_cannot_be_split_count_too(room: Room) -> None:
    room.put(INCIDENTS, HEADER + GOOD + "INC2,3,Open\n")
    assert_refused(room, INCIDENTS, "1 of 2 rows", "the row has 3 values instead of 6 (1 rows)")


def test_text_that_is_not_utf8(room: Room) -> None:
    room.put(INCIDENTS, (HEADER + GOOD.replace("DCC", "DCC\xe9")).encode("latin-1"))
    assert_refused(room, INCIDENTS, "the text is not UTF-8 (byte 0xe9", "export it again as UTF-8")


def test_utf8_that_breaks_off(room: Room) -> None:
    room.put(INCIDENTS, (HEADER + GOOD).encode() + b"\xe2\x82")
    assert_refused(room, INCIDENTS, "the text is not UTF-8")


def test_last_line_cut_off(room: Room) -> None:
    rows = "".join(GOOD.replace("INC1", f"INC{i}") for i in range(500))
    room.put(INCIDENTS, HEADER + rows + "INC900,3,Open,DC")
    assert_refused(
        room, INCIDENTS, "the last line (502) has no line end and has 4 values", "cut off"
    )


def test_cut_off_inside_quotes(room: Room) -> None:
    rows = "".join(GOOD.replace("INC1", f"INC{i}") for i in range(500))
    room.put(INCIDENTS, HEADER + rows + 'INC900,3,Open,"DC\nsecond line')
    assert_refused(room, INCIDENTS, "quoted value that begins in line 502 never ends")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("\n" + HEADER + GOOD, "the first line is empty"),
        ((HEADER + GOOD).replace("\n", "\r"), "bare carriage return"),
        (HEADER.replace("status", "category") + GOOD, "the header names category more than once"),
    ],
)
def test_header_that_cannot_be_used(room: Room, content: str, message: str) -> None:
    room.put(INCIDENTS, content)
    assert_refused(room, INCIDENTS, message)


def test_unknown_feed(room: Room) -> None:
    room.put("dsms/accidents/accidents_2020-09.csv", "a\n1\n")
    assert_refused(
        room, "dsms/accidents/accidents_2020-09.csv", "dsms/accidents is no feed of the contract"
    )


def test_file_outside_any_feed(room: Room) -> None:
    room.put("stray.csv", "a\n1\n")
    assert_refused(room, "stray.csv", "put it at <system>/<feed>/<file>")


@pytest.mark.parametrize(
    "file", ["dsms/incidents/../incidents_2020-09.csv", "../outside/incidents_2020-09.csv"]
)
def test_path_that_leads_out(room: Room, file: str) -> None:
    room.put("dsms/incidents_2020-09.csv", HEADER + GOOD)
    outcome = land_file(room.settings, file, progress=room.lines.append)
    assert outcome.state == "refused"
    assert "leads out of the landing folder" in (outcome.reason or "")
    assert not list(room.settings.warehouse_dir.rglob("*.parquet"))


def test_link_that_leads_out(room: Room, tmp_path: Path) -> None:
    outside = tmp_path / "secret.csv"
    outside.write_text(HEADER + GOOD)
    link = room.settings.landing_dir / INCIDENTS
    link.parent.mkdir(parents=True)
    link.symlink_to(outside)
    reason = assert_refused(room, INCIDENTS, "a link that leads out of the landing folder")
    assert str(outside) not in reason
    assert room.query("select sha256 from raw_landing.files") == [(None,)]


def test_folder_link_that_leads_out(room: Room, tmp_path: Path) -> None:
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    (outside / "incidents_2020-09.csv").write_text(HEADER + GOOD)
    (room.settings.landing_dir / "dsms").mkdir(parents=True)
    (room.settings.landing_dir / "dsms" / "incidents").symlink_to(outside)
    assert_refused(room, "dsms/incidents", "dsms/incidents")


def test_link_that_stays_inside_lands(room: Room) -> None:
    store = room.put(".store/x", HEADER + GOOD)
    link = room.settings.landing_dir / INCIDENTS
    link.parent.mkdir(parents=True)
    link.symlink_to(store)
    assert room.land_one().rows_landed == 1


def test_a_refused_file_leaves_the_earlier_version_current(room: Room) -> None:
    room.put_rows(INCIDENTS, [incident(1)])
    room.land()
    room.put(INCIDENTS.replace(".csv", "_v2.csv"), "incident_id\nINC1\n")
    assert room.land_one().state == "refused"
    assert room.query("select incident_id, _version from raw_dsms.incidents") == [("INC00001", 1)]
    assert room.query(
        "select version, state, is_current, is_settled from raw_landing.files order by version"
    ) == [(1, "landed", True, True), (2, "refused", False, False)]


def test_a_refused_file_that_is_put_right_lands(room: Room) -> None:
    room.put(INCIDENTS, "incident_id\nINC1\n")
    room.land()
    room.put_rows(INCIDENTS, [incident(1)])
    assert room.land_one().state == "landed"
    assert room.query(
        "select state, is_current, is_settled from raw_landing.files order by landed_at"
    ) == [("refused", False, True), ("landed", True, True)]
