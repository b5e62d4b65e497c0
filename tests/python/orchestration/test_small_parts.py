"""Settings, months, the calendar, files and publication: each promise on its own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from orchestration.calendar import working_days
from orchestration.files import folder_in_one_piece, write_json
from orchestration.partitions import MonthError, dbt_window, next_month, parse_month
from orchestration.publish import publish
from orchestration.register import version_of
from orchestration.settings import PROJECT_ROOT, Settings, SettingsError


def test_settings_have_documented_defaults() -> None:
    settings = Settings.load({})
    assert settings.landing_dir == PROJECT_ROOT / "data" / "landing"
    assert settings.time_zone == "Europe/London"
    readme = (PROJECT_ROOT / "README.md").read_text(encoding="utf-8")
    source = (PROJECT_ROOT / "orchestration" / "settings.py").read_text(encoding="utf-8")
    names = {part.split('"')[0] for part in source.split('env, "')[1:]}
    names |= {part.split('"')[0] for part in source.split('env.get("')[1:]}
    assert names, "the settings are read by name"
    for name in names:
        assert f"`{name}`" in readme, f"the README does not document {name}"


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("PMR_TIME_ZONE", "Europe/Londinium", "Europe/London or unset it"),
        ("PMR_THREADS", "two", "0 for DuckDB's own choice"),
    ],
)
def test_a_setting_that_cannot_be_used_says_what_to_do(name: str, value: str, advice: str) -> None:
    with pytest.raises(SettingsError, match=advice) as caught:
        Settings.load({name: value})
    assert name in str(caught.value)
    assert value in str(caught.value)


def test_months_and_their_window() -> None:
    assert parse_month("2020-09") == parse_month("2020-09-01") == date(2020, 9, 1)
    assert next_month(date(2020, 12, 1)) == date(2021, 1, 1)
    assert dbt_window(date(2020, 12, 1)) == [
        "--event-time-start", "2020-12-01", "--event-time-end", "2021-01-01"
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "2020", "2020-13", "2020-00", "2020-9", "2020-09-02", "x"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(MonthError, match="YYYY-MM"):
        parse_month(text)


def test_working_days_of_england_and_wales() -> None:
    days = {day: (month, number) for day, month, number in working_days(2020, 2020)}
    # Early May bank holiday was moved to Friday the 8th in 2020; Boxing Day fell on a Saturday.
    assert date(2020, 5, 4) in days
    assert date(2020, 5, 8) not in days
    assert date(2020, 12, 28) not in days
    assert days[date(2020, 10, 14)] == (date(2020, 10, 1), 10)
    assert len(days) == 254


def test_a_folder_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "v1.0"
    with pytest.raises(ZeroDivisionError), folder_in_one_piece(target) as folder:
        (folder / "half").write_text("half", encoding="utf-8")
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []

    left_by_a_kill = tmp_path / ".v1.0.123.tmp"
    left_by_a_kill.mkdir()
    with folder_in_one_piece(target) as folder:
        write_json(folder / "a.json", {"a": 1})
        assert not target.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["v1.0"]
    with pytest.raises(FileExistsError, match="never changed"), folder_in_one_piece(target):
        pass


def test_versions_of_issues() -> None:
    assert version_of(Path("v10.0")) == (10, 0)
    assert version_of(Path("v0.2-draft")) == (0, 2)


def test_readers_see_the_old_marts_or_the_new_ones(tmp_path: Path) -> None:
    database, readers = tmp_path / "pmr.duckdb", tmp_path / "readers" / "pmr_marts.duckdb"
    august, september = date(2020, 8, 1), date(2020, 9, 1)
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema marts")
        connection.execute("create table marts.a (reporting_month date, x integer)")
        connection.execute("insert into marts.a values ('2020-08-01', 8), ('2020-09-01', 9)")
        connection.execute("create schema raw_dsms; create table raw_dsms.secret as select 1 as y")
    assert publish(database, readers, august) == {"a": 1}
    with duckdb.connect(str(readers), read_only=True) as reader:
        rows = "select x from marts.a order by x"
        assert reader.execute(rows).fetchall() == [(8,)], "September has passed no gate"
        with duckdb.connect(str(database)) as connection:
            connection.execute("update marts.a set x = 80 where x = 8")
            connection.execute("alter table marts.a add column y integer")
        assert publish(database, readers, september) == {"a": 1}
        assert reader.execute(rows).fetchall() == [(8,)], "it reads on what it opened"
    with duckdb.connect(str(readers), read_only=True) as reader:
        found = reader.execute("select x, y from marts.a order by x").fetchall()
        assert found == [(8, None), (9, None)], "August stays as it was published"
        assert reader.execute("select count(*) from duckdb_tables()").fetchone() == (1,)
    assert readers.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in readers.parent.iterdir()] == ["pmr_marts.duckdb"]
