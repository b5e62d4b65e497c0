"""Reporting months as Dagster partitions, and a month as dates and dbt arguments.

Belongs here: pure functions from a partition key to what a step needs of it. What a month's figures
are does not.
"""

from __future__ import annotations

import re
from datetime import date

import dagster as dg

FIRST_MONTH = date(2020, 8, 1)
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-01)?")


class MonthError(ValueError):
    """What was given for a month is none."""


def months_definition(time_zone: str) -> dg.MonthlyPartitionsDefinition:
    """One partition per local calendar month, the month in progress included (for drafts)."""
    return dg.MonthlyPartitionsDefinition(
        start_date=FIRST_MONTH.isoformat(), timezone=time_zone, end_offset=1
    )


def parse_month(text: str) -> date:
    """First day of the month that `text` names, as ``2020-09`` or ``2020-09-01``.

    Raises:
        MonthError: it names none.
    """
    match = _MONTH.fullmatch(text.strip())
    if match:
        return date(int(match[1]), int(match[2]), 1)
    raise MonthError(f"{text!r} is no month; write it as YYYY-MM, for example 2020-09.")


def next_month(month: date) -> date:
    """First day of the month after `month`."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def month_label(month: date) -> str:
    """`month` as folders and files name it: ``2020-09``."""
    return f"{month:%Y-%m}"


def dbt_window(month: date) -> list[str]:
    """dbt's arguments that make every microbatch model build `month` and nothing else."""
    return [
        "--event-time-start",
        month.isoformat(),
        "--event-time-end",
        next_month(month).isoformat(),
    ]
