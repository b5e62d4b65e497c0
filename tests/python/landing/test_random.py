"""Small random files with random damage against a naive reading in plain Python.

Whatever is done to a file: landing never fails, what is read is landed or quarantined, and the rows
that land are those that a naive reader, written from the feed catalogue alone, lets pass.
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestration.feeds import load_contract
from orchestration.feeds.names import parse_extract_path
from orchestration.landing import extract, land
from orchestration.landing.errors import RefusedError
from orchestration.settings import PROJECT_ROOT, Settings

FILE = "dsp/component_events/component_events_2020-10-25.csv"
CONTRACT = load_contract(PROJECT_ROOT)
COLUMNS = ["event_id", "component_id", "region", "started_at", "ended_at", "kind"]
# A day of 25 hours: 23:00Z of the day before to 00:00Z, and 24 h around them.
FIRST, LAST = "2020-10-23T23:00:00", "2020-10-27T00:00:00"

texts = st.text(
    alphabet=st.sampled_from("aB3 ,\"'\n\r;|=\t£😀\\"), min_size=0, max_size=6
) | st.sampled_from(["", "x", "NULL", '"', "a,b"])
times = st.sampled_from(
    [
        "",
        "2020-10-25T10:00:00Z",
        "2020-10-25T10:00:00.123Z",
        "2020-10-25T09:59:59.999999Z",
        "2020-10-23T23:00:00Z",
        "2020-10-23T22:59:59Z",
        "2020-10-27T00:00:00.000Z",
        "2020-10-27T00:00:00.001Z",
        "2020-10-25 10:00:00Z",
        "2020-10-25T10:00:00",
        "2020-10-32T10:00:00Z",
        "2020-10-25T\t1:00:00.123Z",
    ]
)
kinds = st.sampled_from(["planned", "unplanned", "planned", "Planned", ""])
rows = st.lists(
    st.tuples(st.just(""), texts, texts, times, times, kinds).map(list), min_size=1, max_size=8
)


def naive_time(text: str) -> datetime | None:
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", text):
        return None
    try:
        return datetime.fromisoformat(text[:-1])
    except ValueError:
        return None


def naive_row(values: list[str]) -> tuple[object, ...] | None:
    """The typed row, or None when it must not land."""
    event, component, region, started, ended, kind = values
    start, end = naive_time(started), naive_time(ended)
    if not (event and component and start) or (ended and not end):
        return None
    if kind not in {"planned", "unplanned"} or (end and end < start):
        return None
    if not datetime.fromisoformat(FIRST) <= start <= datetime.fromisoformat(LAST):
        return None
    return event, component, region or None, start, end, kind


def write(values: list[list[str]], newline: str, quote_all: bool) -> str:
    text = io.StringIO()
    writer = (
        csv.writer(text, lineterminator=newline, quoting=csv.QUOTE_ALL)
        if quote_all
        else csv.writer(text, lineterminator=newline)
    )
    writer.writerow(COLUMNS)
    writer.writerows(values)
    return text.getvalue()


def land_text(
    content: bytes, folder: Path
) -> tuple[extract.Result | str, list[tuple[object, ...]]]:
    """Read one extract as landing does, with no limit of bad rows; the rows, or the refusal."""
    path = folder / "extract.csv"
    path.write_bytes(content)
    feed = CONTRACT["dsp", "component_events"]
    workspace = folder / "workspace"
    workspace.mkdir()
    job = extract.Job(
        name=parse_extract_path(FILE, CONTRACT),
        feed=type(feed)(**{**vars(feed), "quarantine_limit_pct": 100.0}),
        path=path,
        workspace=workspace,
        time_zone="Europe/London",
        personal=frozenset({"mpxn"}),
        known_values={},
    )
    with duckdb.connect(":memory:") as con:
        try:
            result = extract.read_extract(con, job)
        except RefusedError as error:
            return str(error), []
        found = con.execute(
            f"select {', '.join(COLUMNS)} from '{result.landed}' order by event_id"
        ).fetchall()
        if result.quarantine is not None:
            kept = con.execute(f"select count(*) from '{result.quarantine}'").fetchone()
            assert kept == (result.rows_quarantined,)
        else:
            assert result.rows_quarantined == 0
        return result, found


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_well_formed_files_land_as_a_naive_reader_has_them(
    values: list[list[str]], newline: str, quote_all: bool
) -> None:
    for number, row in enumerate(values):
        row[0] = f"E{number:02}"
    with tempfile.TemporaryDirectory() as folder:
        result, found = land_text(write(values, newline, quote_all).encode(), Path(folder))
    wanted = [row for row in map(naive_row, values) if row is not None]
    assert not isinstance(result, str), result
    assert found == wanted
    assert result.rows_read == len(values)
    assert result.rows_landed + result.rows_quarantined == result.rows_read


damage = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.sampled_from(["drop", "insert", "cut"]),
        st.sampled_from([b",", b'"', b"\n", b"\r\n", b"\r", b"x", b" ", b"\xff", b"\xc2", b"\x00"]),
    ),
    min_size=1,
    max_size=3,
)


@pytest.mark.slow
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows, damage)
def test_damaged_files_lose_nothing(
    values: list[list[str]], changes: list[tuple[float, str, bytes]]
) -> None:
    for number, row in enumerate(values):
        row[0] = f"E{number:02}"
    content = write(values, "\n", quote_all=False).encode()
    for where, how, what in changes:
        at = int(where * len(content))
        if how == "cut":
            content = content[:at]
        else:
            content = (
                content[:at] + (what if how == "insert" else b"") + content[at + (how == "drop") :]
            )
    with tempfile.TemporaryDirectory() as folder:
        result, found = land_text(content, Path(folder))
    if isinstance(result, str):
        assert not found
        return
    assert result.rows_read == result.rows_landed + result.rows_quarantined
    assert len(found) == result.rows_landed
    records = [r for r in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) if r]
    if "\r" not in content.decode() and b'"' not in content and b"\0" not in content:
        # Without quotes and bare carriage returns nobody can differ on what a record is.
        header = records[0]
        naive = []
        for record in records[1:]:
            surplus = len(record) == len(header) + 1 and not record[-1]
            if len(record) != len(header) and not surplus:
                continue
            by_name = dict(zip(header, record, strict=False))
            typed = naive_row([by_name.get(name, "") for name in COLUMNS])
            if typed is not None:
                naive.append(typed)
        assert result.rows_read == len(records) - 1
        assert sorted(found, key=repr) == sorted(naive, key=repr)


def test_landing_as_a_whole_agrees_with_the_naive_reader(tmp_path: Path) -> None:
    """The same through the front door, once, with rows of every kind."""
    values = [[f"E{i:03}", "c", "", "2020-10-25T10:00:00Z", "", "planned"] for i in range(400)]
    values[3][5] = "maybe"
    values[5][3] = "2020-10-27T00:00:00.001Z"
    room = Settings.load(
        {"PMR_LANDING_DIR": str(tmp_path / "in"), "PMR_WAREHOUSE_DIR": str(tmp_path / "out")}
    )
    path = room.landing_dir / FILE
    path.parent.mkdir(parents=True)
    path.write_text(write(values, "\n", quote_all=False))
    (outcome,) = land(room).outcomes
    assert outcome.rows_landed == sum(naive_row(row) is not None for row in values) == 398
