"""The gate of a month: its verdict, and the proof that an export is of the data that was checked.

A blocking check of Dagster guards only the run that it is part of. So the verdict is kept, with the
row count and a hash of the month in each mart, and whoever issues a report compares them again.
Belongs here: verdicts, fingerprints, and the refusal. How a check comes to its result does not.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from orchestration.checks.basis import basis_of
from orchestration.checks.results import CheckResult
from orchestration.files import write_json
from orchestration.partitions import month_label

MARTS_SCHEMA = "marts"


class GateClosed(RuntimeError):
    """No final issue may be made of the month as it is; the message says why and what to do."""


@dataclass(frozen=True)
class Fingerprint:
    """One mart's month: its rows and an order-free hash of them."""

    rows: int
    hash: str


@dataclass(frozen=True)
class Verdict:
    """What the checks said of a month, and of which data."""

    month: date
    basis: str
    fingerprints: dict[str, Fingerprint]
    checks: tuple[CheckResult, ...]

    @property
    def blocking(self) -> tuple[CheckResult, ...]:
        """The checks that keep a final issue from being made."""
        return tuple(check for check in self.checks if check.blocks)


def marts(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Names of every mart that stands in the warehouse, in order."""
    rows = connection.execute(
        "select table_name from duckdb_tables() "
        "where schema_name = ? and not temporary order by table_name",
        [MARTS_SCHEMA],
    ).fetchall()
    return [str(name) for (name,) in rows]


def fingerprints(connection: duckdb.DuckDBPyConnection, month: date) -> dict[str, Fingerprint]:
    """Fingerprint of `month` in each mart; equal data gives equal fingerprints in any order."""
    found = {}
    for mart in marts(connection):
        row = connection.execute(
            "select count(*), coalesce(bit_xor(hash(m)), 0), "
            "coalesce(sum(cast(hash(m) as hugeint) % 1000000007), 0) "
            f'from {MARTS_SCHEMA}."{mart}" as m where m.reporting_month = ?',
            [month],
        ).fetchone()
        if row is None:
            raise RuntimeError(f"{mart} gave no count")
        found[mart] = Fingerprint(rows=row[0], hash=f"{row[1]:016x}-{row[2]}")
    return found


def store(gate_dir: Path, verdict: Verdict) -> None:
    """Keep the verdict of a month in place of any earlier one."""
    write_json(
        _path(gate_dir, verdict.month),
        {
            "month": month_label(verdict.month),
            "open": not verdict.blocking,
            "basis": verdict.basis,
            "marts": {
                name: {"rows": print_.rows, "hash": print_.hash}
                for name, print_ in verdict.fingerprints.items()
            },
            "checks": [check.as_json() for check in verdict.checks],
        },
    )


def withdraw(gate_dir: Path, month: date) -> None:
    """Take back the verdict of a month whose data is about to change."""
    _path(gate_dir, month).unlink(missing_ok=True)


def load(gate_dir: Path, month: date) -> Verdict | None:
    """The kept verdict of a month; None when there is none."""
    path = _path(gate_dir, month)
    if not path.exists():
        return None
    content = json.loads(path.read_text(encoding="utf-8"))
    return Verdict(
        month=month,
        basis=content["basis"],
        fingerprints={name: Fingerprint(**kept) for name, kept in content["marts"].items()},
        checks=tuple(CheckResult(**kept) for kept in content["checks"]),
    )


def require_open(gate_dir: Path, connection: duckdb.DuckDBPyConnection, month: date) -> Verdict:
    """The passing verdict of exactly the data that the marts now hold.

    Raises:
        GateClosed: a blocking check failed, none has run, or the marts changed after they ran.
    """
    verdict = load(gate_dir, month)
    label = month_label(month)
    if verdict is None:
        raise GateClosed(
            f"No checks have passed on {label} as it stands; run `make month MONTH={label}`."
        )
    if verdict.blocking:
        reasons = "\n".join(f"- {check.name}: {check.message}" for check in verdict.blocking)
        raise GateClosed(
            f"{len(verdict.blocking)} blocking check(s) of {label} failed:\n{reasons}\n"
            f"Mend the extracts and run `make month MONTH={label}`, or see it all in a draft: "
            f"`make draft MONTH={label}`."
        )
    if verdict.basis != basis_of(connection, month):
        raise GateClosed(
            f"Extracts, published issues or code changed after {label} was checked; "
            f"run `make month MONTH={label}`."
        )
    now = fingerprints(connection, month)
    changed = sorted(
        name
        for name in now.keys() | verdict.fingerprints.keys()
        if now.get(name) != verdict.fingerprints.get(name)
    )
    if changed:
        raise GateClosed(
            f"The marts of {label} changed after they were checked ({', '.join(changed)}); "
            f"run `make month MONTH={label}`."
        )
    return verdict


def _path(gate_dir: Path, month: date) -> Path:
    return gate_dir / f"{month_label(month)}.json"
