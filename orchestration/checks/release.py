"""What a final issue needs beside right figures: every mandatory feed, and the wanted commentary.

Belongs here: these conditions, read from the marts. Whether a figure is right does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb

from orchestration.checks.results import CheckResult
from orchestration.partitions import month_label

FEEDS_COMPLETE = "mandatory_feeds_are_complete"
NOTHING_REFUSED = "no_extract_stands_refused"
COMMENTARY_SUPPLIED = "wanted_commentary_is_supplied"


@dataclass(frozen=True)
class Condition:
    """What a final issue needs: the mart that tells, and what it needs, in a sentence."""

    asset: str
    description: str


CONDITIONS = {
    FEEDS_COMPLETE: Condition(
        "marts.feed_timeliness", "Every mandatory extract of the month has landed."
    ),
    NOTHING_REFUSED: Condition(
        "raw_landing.files", "No extract of the month is refused and not yet replaced."
    ),
    COMMENTARY_SUPPLIED: Condition(
        "marts.commentary_wanted", "Every measure that missed its target has its commentary."
    ),
}


def missing_feeds(connection: duckdb.DuckDBPyConnection, month: date) -> list[str]:
    """Mandatory extracts of the month that have not landed, as ``system/feed (part)``."""
    return _texts(
        connection,
        "select system || '/' || feed || case part when 'All' then '' else ' (' || part || ')' end "
        "from marts.feed_timeliness "
        "where reporting_month = $month and is_mandatory and periods_landed < periods_expected "
        "order by all",
        month,
    )


def refused_extracts(connection: duckdb.DuckDBPyConnection, month: date) -> list[str]:
    """Extracts of the month that stand refused: no version that landed has made them good.

    A file whose name fits no feed counts for the month that its name mentions.
    """
    rows = connection.execute(
        "select file from raw_landing.files where state = 'refused' and not is_settled "
        "and (date_trunc('month', file_date) = $month "
        "or (file_date is null and contains(file, $label))) order by file",
        {"month": month, "label": month_label(month)},
    ).fetchall()
    return [str(file) for (file,) in rows]


def missing_commentary(connection: duckdb.DuckDBPyConnection, month: date) -> list[str]:
    """Measures whose commentary is wanted and not there, as commentary names them."""
    return _texts(
        connection,
        "select measure_id || case scope when 'All' then '' else '/' || scope end "
        "|| case when needs_mitigation then ' (reason and mitigation)' else ' (reason)' end "
        "from marts.commentary_wanted "
        "where reporting_month = $month and not is_supplied order by all",
        month,
    )


def check_release(connection: duckdb.DuckDBPyConnection, month: date) -> list[CheckResult]:
    """One result for each condition of a final issue."""
    return [
        _result(FEEDS_COMPLETE, "have not landed", missing_feeds(connection, month)),
        _result(NOTHING_REFUSED, "were refused", refused_extracts(connection, month)),
        _result(
            COMMENTARY_SUPPLIED, "have no commentary yet", missing_commentary(connection, month)
        ),
    ]


def _result(name: str, verb: str, lacking: list[str]) -> CheckResult:
    return CheckResult(
        name=name,
        source="release",
        asset=CONDITIONS[name].asset,
        severity="error",
        passed=not lacking,
        message=f"{len(lacking)} {verb}: {', '.join(lacking)}" if lacking else "",
        failures=len(lacking),
    )


def _texts(connection: duckdb.DuckDBPyConnection, query: str, month: date) -> list[str]:
    return [str(text) for (text,) in connection.execute(query, {"month": month}).fetchall()]
