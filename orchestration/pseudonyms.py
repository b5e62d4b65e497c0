"""Pseudonyms of parties: names for a month that only the holder of a key can lead back (P1).

Belongs here: the key, the pseudonym of a user id, and the map of a month as a relation that dbt
reads (`raw_register.pseudonyms`). The map stays in the private warehouse and in the `restricted/`
folder of an issue. Does not belong here: which figures carry parties (the models say so).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
import stat
from datetime import date, timedelta
from pathlib import Path

import duckdb

from orchestration.files import sync
from orchestration.partitions import month_label
from orchestration.settings import Settings, SettingsError

KEY_BYTES = 32
KEY_MODE = 0o600
# Forty bits in two groups: two parties of a month that share one are not to be expected, and a
# person can still compare two by eye.
GROUPS, GROUP_LENGTH = 2, 4
# Files that tell of a month: its own days, a day more on either side, and the week before it (O7).
_BEFORE, _AFTER = timedelta(days=8), timedelta(days=1)
_OTHERS_MAY = stat.S_IRWXG | stat.S_IRWXO


def secret_key(settings: Settings) -> bytes:
    """The key: `PMR_PSEUDONYM_KEY`, else what the key file holds, which is made when it is missing.

    Raises:
        SettingsError: the key file is empty, or others than its owner may read it.
    """
    if settings.pseudonym_key is not None:
        return settings.pseudonym_key.encode()
    path = settings.pseudonym_key_file
    if not path.exists():
        _make_key(path)
    if path.stat().st_mode & _OTHERS_MAY:
        raise SettingsError(
            f"{path} is the secret behind the pseudonyms and others than its owner may read it; "
            f"run `chmod 600 {path}`."
        )
    key = path.read_text(encoding="ascii").strip()
    if not key:
        raise SettingsError(
            f"{path} is empty; put the key back that earlier issues were made with, or remove the "
            "file to have a new one made."
        )
    return key.encode()


def _make_key(path: Path) -> None:
    """Write a new key in one step; of two processes at once the first one's stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.unlink(missing_ok=True)
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, KEY_MODE)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(f"{secrets.token_hex(KEY_BYTES)}\n")
        sync(temporary)
        try:
            os.link(temporary, path)
        except FileExistsError:
            return
        sync(path.parent)
    finally:
        temporary.unlink()


def pseudonym(key: bytes, user_id: str, month: date) -> str:
    """What a party is called in a month: the beginning of an HMAC-SHA256, as `K7QX-M2PA`.

    Args:
        key: the secret.
        user_id: id of the party.
        month: first day of the reporting month.
    """
    digest = hmac.new(key, f"{month_label(month)}|{user_id}".encode(), hashlib.sha256).digest()
    letters = base64.b32encode(digest).decode("ascii")
    starts = range(0, GROUPS * GROUP_LENGTH, GROUP_LENGTH)
    return "-".join(letters[start : start + GROUP_LENGTH] for start in starts)


def create_pseudonyms(connection: duckdb.DuckDBPyConnection) -> None:
    """Have the relation there, if only empty."""
    connection.execute("create schema if not exists raw_register")
    connection.execute(
        "create table if not exists raw_register.pseudonyms "
        "(reporting_month date, user_id varchar, pseudonym varchar)"
    )


def register_pseudonyms(
    settings: Settings, connection: duckdb.DuckDBPyConnection, month: date
) -> None:
    """Replace the map of one month: every party that is listed or sent a request that tells of it.

    Args:
        settings: where the key is.
        connection: the warehouse, with its raw relations.
        month: first day of the reporting month.

    Raises:
        SettingsError: the key cannot be used.
    """
    key = secret_key(settings)
    following = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    connection.begin()
    try:
        create_pseudonyms(connection)
        users = [
            str(user_id)
            for (user_id,) in connection.execute(
                "select user_id from raw_dsp.service_requests "
                "where _file_date >= $first and _file_date <= $last "
                "union select user_id from raw_dcc.parties where _file_date = $month "
                "order by user_id",
                {"first": month - _BEFORE, "last": following + _AFTER, "month": month},
            ).fetchall()
        ]
        connection.execute(
            "delete from raw_register.pseudonyms where reporting_month = $month", {"month": month}
        )
        connection.execute(
            "insert into raw_register.pseudonyms "
            "select $month, unnest($users::varchar[]), unnest($pseudonyms::varchar[])",
            {
                "month": month,
                "users": users,
                "pseudonyms": [pseudonym(key, user, month) for user in users],
            },
        )
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
