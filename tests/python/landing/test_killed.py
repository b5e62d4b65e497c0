"""A landing killed at any instant leaves the old state or the new one, and the next run ends it.

The process that is killed runs landing as it is. What stops it is a file system event: the parent
watches the warehouse and kills the child as soon as a given kind of file is there.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from orchestration.landing import extract, land, read_manifest, reading, register
from orchestration.settings import PROJECT_ROOT, Settings
from tests.python.landing.room import Room

pytestmark = pytest.mark.slow

ROWS = 60_000
FILES = 6
CHILD = """
from orchestration.landing import land, register
from orchestration.settings import Settings
settings = Settings.load()
land(settings)
register(settings)
"""


def fill(room: Room) -> None:
    """Six months of incidents, each with bad rows and an unknown column, one in two versions."""
    for number in range(1, FILES + 1):
        for version in ("", "_v2") if number == 3 else ("",):
            path = (
                room.settings.landing_dir
                / f"dsms/incidents/incidents_2020-{number:02}{version}.csv"
            )
            path.parent.mkdir(parents=True, exist_ok=True)
            duckdb.execute(
                f"""
                copy (
                    select
                        'INC' || i as incident_id,
                        case when i % 500 = 7 then 9 else 1 + i % 5 end as category,
                        'Open' as status, 'DCC' as responsible_party, 'DSP' as resolver_group,
                        '2020-09-07T10:00:00Z' as raised_at,
                        'text {number}{version} ' || i as summary, 'x' as colour
                    from range({ROWS}) t(i)
                ) to '{path}' (format csv, header)
                """
            )


def start(settings: Settings) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "PMR_LANDING_DIR": str(settings.landing_dir),
        "PMR_WAREHOUSE_DIR": str(settings.warehouse_dir),
    }
    return subprocess.Popen([sys.executable, "-c", CHILD], env=environment, cwd=PROJECT_ROOT)


def kill_when(settings: Settings, pattern: str, count: int) -> bool:
    """Run landing and kill it once `count` files of the pattern are there; False if it ended."""
    child = start(settings)
    try:
        while child.poll() is None:
            try:
                seen = sum(1 for _ in settings.warehouse_dir.glob(pattern))
            except FileNotFoundError:
                seen = 0
            if seen >= count:
                child.send_signal(signal.SIGKILL)
                child.wait()
                return True
            time.sleep(0.0005)
        return False
    finally:
        child.kill()
        child.wait()


def figures(settings: Settings) -> list[list[tuple[object, ...]]]:
    """Everything that is to be the same however often landing was killed."""
    with duckdb.connect(str(settings.database), read_only=True) as con:
        return [
            con.execute(sql).fetchall()
            for sql in (
                "select _file, _version, count(*), count(distinct incident_id), "
                "bit_xor(hash(incident_id, category, summary)) "
                "from raw_dsms.incidents group by all order by all",
                "select file, count(*), min(line), max(line) from raw_landing.quarantine "
                "group by all order by all",
                "select file, state, is_current, rows_read, rows_landed, rows_quarantined, sha256 "
                "from raw_landing.files order by all",
            )
        ]


def assert_nothing_half(settings: Settings) -> None:
    """What the manifest vouches for is there, whole."""
    for entry in read_manifest(settings.manifest_dir):
        assert entry.rows_read == ROWS
        for path, rows in (
            (entry.landed, entry.rows_landed),
            (entry.quarantine, entry.rows_quarantined),
            (entry.aside, entry.rows_read),
        ):
            file = settings.warehouse_dir / str(path)
            assert duckdb.execute(f"select count(*) from '{file}'").fetchone() == (rows,)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> list[list[tuple[object, ...]]]:
    """The figures of a landing that nobody killed."""
    folder = tmp_path_factory.mktemp("undisturbed")
    settings = Settings.load(
        {"PMR_LANDING_DIR": str(folder / "landing"), "PMR_WAREHOUSE_DIR": str(folder / "warehouse")}
    )
    fill(Room(settings))
    land(settings)
    register(settings)
    return figures(settings)


@pytest.mark.parametrize(
    ("pattern", "count"),
    [
        ("tmp/landing/*/draft.parquet", 1),
        ("tmp/landing/*/bad.json", 1),
        ("tmp/landing/*/aside.parquet", 1),
        ("landed/**/*.parquet", 1),
        ("quarantine/**/*.parquet", 2),
        ("aside/**/*.parquet", 3),
        ("manifest/**/.*.tmp", 1),
        ("manifest/**/*.json", 4),
        ("landed/**/*.parquet", FILES + 1),
        ("pmr.new*", 1),
        ("pmr.duckdb*", 1),
        ("pmr.duckdb.wal", 1),
    ],
)
def test_killed_landing_is_completed(
    room: Room, undisturbed: list[list[tuple[object, ...]]], pattern: str, count: int
) -> None:
    fill(room)
    was_killed = kill_when(room.settings, pattern, count)
    # The manifest's temporary file lives for a millisecond; all others are there to be seen.
    assert was_killed or pattern.endswith((".tmp", ".wal", ".new*"))
    assert_nothing_half(room.settings)
    room.land()
    assert figures(room.settings) == undisturbed
    assert not list((room.settings.warehouse_dir / "tmp").rglob("*.*"))
    assert len(list(room.settings.landed_dir.rglob("*.parquet"))) == FILES + 1


def test_landing_killed_again_and_again_is_completed(
    room: Room, undisturbed: list[list[tuple[object, ...]]]
) -> None:
    fill(room)
    chance = random.Random(2)  # noqa: S311 - a seeded choice of moments, no secret
    for _ in range(8):
        child = start(room.settings)
        time.sleep(0.4 + chance.random())
        child.kill()
        child.wait()
        assert_nothing_half(room.settings)
    room.land()
    assert figures(room.settings) == undisturbed


def test_two_landings_at_once_wait_for_each_other(
    room: Room, undisturbed: list[list[tuple[object, ...]]]
) -> None:
    fill(room)
    children = [start(room.settings) for _ in range(2)]
    assert [child.wait(timeout=120) for child in children] == [0, 0]
    assert figures(room.settings) == undisturbed


def test_leftovers_go_and_what_the_manifest_names_stays(room: Room) -> None:
    fill(room)
    room.land()
    left = [
        room.settings.landed_dir / "dsms/incidents/month=2020-01/x.csv__00000000-c1.parquet",
        room.settings.warehouse_dir / "tmp/landing/old/draft.parquet",
    ]
    kept = set(room.settings.landed_dir.rglob("*.parquet"))
    for path in left:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")
    room.land()
    assert not [path for path in left if path.exists()]
    assert set(room.settings.landed_dir.rglob("*.parquet")) == kept


def test_an_extract_that_is_still_being_written_is_left_for_the_next_run(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(room)
    path: Path = room.settings.landing_dir / "dsms/incidents/incidents_2020-01.csv"
    read_header = reading.read_header

    def read_and_grow(*arguments: object) -> list[str]:
        names = read_header(*arguments)  # type: ignore[arg-type]  # passed on as they come
        if str(arguments[0]) == str(path):
            with path.open("a") as file:
                file.write("INC99999999,3,Open,DCC,DSP,2020-09-07T10:00:00Z,late,x\n")
        return names

    monkeypatch.setattr(extract, "read_header", read_and_grow)
    busy = room.land().of_state("busy")
    assert [outcome.file for outcome in busy] == ["dsms/incidents/incidents_2020-01.csv"]
    assert "the next run takes it up" in (busy[0].reason or "")
    monkeypatch.undo()
    assert [outcome.rows_read for outcome in room.land().landed] == [ROWS + 1]
