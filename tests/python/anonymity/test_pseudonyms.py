"""Pseudonyms and the key behind them (P1): what they are made of, and what is refused."""

from __future__ import annotations

import hashlib
import hmac
import stat
from base64 import b32encode
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path

import duckdb
import pytest

from orchestration.pseudonyms import pseudonym, register_pseudonyms, secret_key
from orchestration.settings import Settings, SettingsError

SEPTEMBER, OCTOBER = date(2020, 9, 1), date(2020, 10, 1)


def settings_in(folder: Path, **variables: str) -> Settings:
    return Settings.load({"PMR_WAREHOUSE_DIR": str(folder / "warehouse"), **variables})


def test_p1_a_pseudonym_is_an_hmac_of_user_and_month() -> None:
    said = hmac.new(b"secret", b"2020-09|90-B3-D5", hashlib.sha256).digest()
    letters = b32encode(said).decode()[:8]
    assert pseudonym(b"secret", "90-B3-D5", SEPTEMBER) == f"{letters[:4]}-{letters[4:]}"


def test_p1_another_user_month_or_key_is_another_pseudonym() -> None:
    called = {
        pseudonym(b"secret", "A", SEPTEMBER),
        pseudonym(b"secret", "B", SEPTEMBER),
        pseudonym(b"secret", "A", OCTOBER),
        pseudonym(b"other", "A", SEPTEMBER),
    }
    assert len(called) == 4


def test_a_fresh_installation_makes_its_key_once(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    assert settings.pseudonym_key_file == tmp_path / "pseudonym.key"
    key = secret_key(settings)
    assert len(key) == 64
    assert stat.S_IMODE(settings.pseudonym_key_file.stat().st_mode) == 0o600
    assert secret_key(settings) == key
    assert [path.name for path in tmp_path.iterdir()] == ["pseudonym.key"], "nothing is left over"
    assert secret_key(settings_in(tmp_path / "elsewhere")) != key


def test_processes_at_once_have_one_key(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as processes:
        keys = set(processes.map(secret_key, [settings] * 4))
    assert len(keys) == 1


def test_a_key_of_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, PMR_PSEUDONYM_KEY="told")
    assert secret_key(settings) == b"told"
    assert not settings.pseudonym_key_file.exists()


@pytest.mark.parametrize(
    ("mode", "text", "advice"), [(0o640, "abc\n", "chmod 600"), (0o600, " \n", "is empty")]
)
def test_a_key_that_cannot_be_used_says_what_to_do(
    tmp_path: Path, mode: int, text: str, advice: str
) -> None:
    settings = settings_in(tmp_path)
    settings.pseudonym_key_file.write_text(text, encoding="ascii")
    settings.pseudonym_key_file.chmod(mode)
    with pytest.raises(SettingsError, match=advice):
        secret_key(settings)


def test_the_map_of_a_month_has_who_is_listed_and_who_asked(tmp_path: Path) -> None:
    settings = replace(settings_in(tmp_path), pseudonym_key="secret")
    with duckdb.connect() as connection:
        connection.execute("create schema raw_dsp; create schema raw_dcc")
        connection.execute("create table raw_dcc.parties (user_id varchar, _file_date date)")
        connection.execute(
            "create table raw_dsp.service_requests (user_id varchar, _file_date date)"
        )
        connection.execute(
            "insert into raw_dcc.parties values ('listed', '2020-09-01'), ('gone', '2020-08-01')"
        )
        for user, day in (
            ("asked", SEPTEMBER),
            ("the week before", SEPTEMBER - timedelta(days=8)),
            ("long ago", SEPTEMBER - timedelta(days=9)),
            ("the day after", OCTOBER + timedelta(days=1)),
            ("later", OCTOBER + timedelta(days=2)),
        ):
            connection.execute("insert into raw_dsp.service_requests values (?, ?)", [user, day])
        for _ in range(2):
            register_pseudonyms(settings, connection, SEPTEMBER)
        register_pseudonyms(settings, connection, OCTOBER)
        found = connection.execute(
            "select user_id, pseudonym from raw_register.pseudonyms "
            "where reporting_month = '2020-09-01' order by user_id"
        ).fetchall()
    assert [user for user, _ in found] == ["asked", "listed", "the day after", "the week before"]
    assert {called for _, called in found} == {
        pseudonym(b"secret", user, SEPTEMBER) for user, _ in found
    }
