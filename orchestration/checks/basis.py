"""What the marts of a month were built from, as one hash: extracts, register of issues, and code.

Belongs here: that hash. The warehouse step keeps it, the gate compares it: marts that were built
from other extracts, or by other code, than what is there now are not what a check is about.
"""

from __future__ import annotations

import hashlib
from datetime import date

import duckdb

from orchestration.version import source_sha256

_PARTS = (
    "select file, sha256, state, is_current, is_settled from raw_landing.files order by all",
    "select * from raw_register.published_levels where reporting_month < $month order by all",
    "select * from raw_register.reported_incidents where reporting_month < $month order by all",
    "select * from raw_register.pseudonyms where reporting_month = $month order by all",
    "select * from raw_calendar.working_days order by all",
)


def basis_of(connection: duckdb.DuckDBPyConnection, month: date) -> str:
    """SHA-256 over everything that the marts of `month` follow from, as it is now."""
    digest = hashlib.sha256(source_sha256().encode())
    for query in _PARTS:
        parameters = {"month": month} if "$month" in query else {}
        for row in connection.execute(query, parameters).fetchall():
            digest.update(repr(row).encode())
    return digest.hexdigest()
