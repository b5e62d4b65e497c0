"""What starts a run without a person: the daily draft of the current month, and new extracts.

Belongs here: when a run starts and of which month. What it does stands in the job.
"""

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta

import dagster as dg

from orchestration.feeds import ExtractNameError, load_contract, parse_extract_path
from orchestration.landing import read_manifest, waiting_files
from orchestration.partitions import FIRST_MONTH
from orchestration.settings import PROJECT_ROOT, Settings

DAILY_AT_SIX = "0 6 * * *"
SENSOR_SECONDS = 60


def daily_draft(job_name: str, time_zone: str) -> dg.ScheduleDefinition:
    """Every morning, a draft of the month that yesterday was part of."""

    @dg.schedule(
        name="daily_draft",
        job_name=job_name,
        cron_schedule=DAILY_AT_SIX,
        execution_timezone=time_zone,
    )
    def schedule(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
        yesterday = context.scheduled_execution_time.date() - timedelta(days=1)
        return dg.RunRequest(
            run_key=f"{context.scheduled_execution_time:%Y-%m-%d}",
            partition_key=yesterday.replace(day=1).isoformat(),
        )

    return schedule


def extract_sensor(job_name: str) -> dg.SensorDefinition:
    """A draft of each month for which extracts wait to be landed."""

    @dg.sensor(name="new_extracts", job_name=job_name, minimum_interval_seconds=SENSOR_SECONDS)
    def sensor() -> Iterator[dg.RunRequest | dg.SkipReason]:
        waiting = months_of_waiting_extracts(Settings.load())
        for month, state in sorted(waiting.items()):
            yield dg.RunRequest(run_key=state, partition_key=month.isoformat())
        if not waiting:
            yield dg.SkipReason("No extract waits to be landed.")

    return sensor


def months_of_waiting_extracts(settings: Settings) -> dict[date, str]:
    """Months for which files wait in the landing folder, each with a key of just these files."""
    contract = load_contract(PROJECT_ROOT)
    found: dict[date, list[str]] = {}
    for waiting in waiting_files(settings, read_manifest(settings.manifest_dir)):
        try:
            month = parse_extract_path(waiting.file, contract).file_date.replace(day=1)
        except ExtractNameError:
            continue  # the landing refuses it, in the next run of any month, and says why
        if month >= FIRST_MONTH:
            found.setdefault(month, []).append(
                f"{waiting.file}:{waiting.bytes}:{waiting.modified_ns}"
            )
    return {
        month: hashlib.sha256("\n".join(sorted(files)).encode()).hexdigest()
        for month, files in found.items()
    }
