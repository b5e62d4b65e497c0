"""What the days were made by counts as well: changed reference data or SQL makes them anew.

Only in the months that are run, and only in the tables that read what changed.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from orchestration.settings import PROJECT_ROOT
from tests.python.incremental.extracts import ALERTS, DEVICES, REQUESTS
from tests.python.incremental.room import FACTS, OCTOBER, QUIETLY, SEPTEMBER, Dbt, Room, differing
from tests.python.incremental.test_what_is_written import (
    FIRST,
    METER,
    OF_OCTOBER,
    SECOND,
    alert,
    extract,
    request,
)

pytestmark = pytest.mark.slow

SEED = Path("seeds/target_response_times.csv")
# What is made without looking at a target.
WITHOUT_TARGETS = {
    "int_requests__deciding",
    "int_alerts__linkable",
    "int_alerts__owners",
    "fct_alerts",
}
VIEW = Path("models/intermediate/requests/int_requests__categorised.sql")


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path} no longer says {old!r}"
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def changed_project(tmp_path: Path) -> Path:
    """The project with another target for 4.8.1, and with E62 as a failure of delivery."""
    project = tmp_path / "project"
    for name in ("models", "seeds", "macros"):
        shutil.copytree(PROJECT_ROOT / name, project / name)
    (project / "tests").mkdir()
    shutil.copytree(PROJECT_ROOT / "tests/generic", project / "tests/generic")
    for name in ("dbt_project.yml", "profiles.yml"):
        shutil.copy(PROJECT_ROOT / name, project / name)
    replace_in(project / SEED, "\n4.8.1,2,30\n", "\n4.8.1,2,31\n")
    replace_in(project / VIEW, "'E30', 'E31')", "'E30', 'E31', 'E62')")
    return project


def test_changed_code_makes_the_days_anew(dbt: Dbt, changed_project: Path, tmp_path: Path) -> None:
    # What dbt has parsed of the project it need not parse of the changed one.
    shutil.copytree(dbt.folder / "target", tmp_path / "dbt" / "target")
    room = Room(tmp_path / "room", dbt, FACTS)
    room.land(
        extract(REQUESTS, FIRST, request("1", FIRST)),
        extract(REQUESTS, SECOND, request("2", SECOND, response_code="E62")),
        extract(REQUESTS, OF_OCTOBER, request("3", OF_OCTOBER, response_code="E62")),
        extract(ALERTS, SECOND, alert("a", SECOND, alert_code="8F35")),
        extract(DEVICES, "2020-08", METER),
    )
    room.run(SEPTEMBER, OCTOBER)
    judged = (
        "select request_id, trt_seconds, delivery_failed from marts.fct_service_requests order by 1"
    )
    assert room.query(judged) == [("1", 30, False), ("2", 30, False), ("3", 30, False)]

    with Dbt(tmp_path / "dbt", changed_project) as changed:
        room.dbt = changed
        before = room.periods()
        changed.run(room.database, *QUIETLY, "seed", "--select", SEED.stem)
        room.run(SEPTEMBER)
        with_target = room.periods()
        by_target = differing(before, with_target)
        assert by_target["fct_service_requests"] == {FIRST, SECOND}
        assert not by_target.keys() & WITHOUT_TARGETS
        assert room.query(judged) == [("1", 31, False), ("2", 31, False), ("3", 30, False)]

        room.run(SEPTEMBER, with_views=True)
        by_view = differing(with_target, room.periods())
        assert by_view["int_requests__deciding"] == {FIRST, SECOND, OF_OCTOBER}
        assert by_view["fct_service_requests"] == {FIRST, SECOND}
        assert room.query(judged) == [("1", 31, False), ("2", 31, True), ("3", 30, False)]

        room.run(OCTOBER)
        assert room.query(judged)[2] == ("3", 31, True)
        assert differing(room.periods(), before)["fct_service_requests"] == {
            FIRST, SECOND, OF_OCTOBER,
        }  # fmt: skip
