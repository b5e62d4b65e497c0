"""Everything that Dagster runs: assets, checks, jobs, the daily schedule, the sensor for extracts.

Belongs here: putting the pieces together. What a piece does stands in its own module.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping

import dagster as dg

from orchestration.assets.extracts import extract_assets
from orchestration.assets.gate import gate_asset
from orchestration.assets.keys import (
    DRAFT_JOB,
    MONTH_JOB,
    PMR_DRAFT,
    PMR_EXPORT,
    PMR_GATE,
    READERS_DATABASE,
    TIMELINESS_JOB,
)
from orchestration.assets.report import report_assets
from orchestration.assets.timeliness import (
    daily_timeliness,
    timeliness_checks,
)
from orchestration.assets.warehouse import warehouse_assets
from orchestration.automation import daily_draft, extract_sensor
from orchestration.partitions import months_definition
from orchestration.resources import default_resources
from orchestration.settings import Settings

# Backfill policies are beta in the pinned version; without them a backfill would split a month's
# checks from what they guard. Dagster says so for each asset at every start.
warnings.filterwarnings("ignore", category=dg.BetaWarning)


def build_defs(resources: Mapping[str, object] | None = None) -> dg.Definitions:
    """Definitions with the given resources, or with those of the environment."""
    settings = Settings.load()
    months = months_definition(settings.time_zone)
    warehouse = warehouse_assets(months)
    marts = sorted(key for key in warehouse.keys if key.path[0] == "marts")
    in_time = timeliness_checks()
    # Whether feeds are late is asked each morning, of today; a run of any month has no part in it.
    everything = dg.AssetSelection.all() - dg.AssetSelection.checks(in_time)
    month_job = dg.define_asset_job(
        MONTH_JOB,
        selection=everything - dg.AssetSelection.assets(PMR_DRAFT),
        description="A month from its extracts to the final issue; stops where a check blocks.",
        executor_def=dg.in_process_executor,
    )
    draft_job = dg.define_asset_job(
        DRAFT_JOB,
        selection=everything - dg.AssetSelection.assets(PMR_GATE, PMR_EXPORT, READERS_DATABASE),
        description="A month as it stands, as a draft that says what it lacks and what fails.",
        executor_def=dg.in_process_executor,
    )
    timeliness_job = dg.define_asset_job(
        TIMELINESS_JOB,
        selection=dg.AssetSelection.checks(in_time),
        description="Which feeds of the month in preparation are late today; it writes nothing.",
        executor_def=dg.in_process_executor,
    )
    return dg.Definitions(
        assets=[
            extract_assets(months, settings.time_zone),
            warehouse,
            gate_asset(months, marts),
            *report_assets(months, marts),
        ],
        asset_checks=[in_time],
        jobs=[month_job, draft_job, timeliness_job],
        schedules=[
            daily_draft(DRAFT_JOB, settings.time_zone),
            daily_timeliness(settings.time_zone),
        ],
        sensors=[extract_sensor(DRAFT_JOB)],
        resources=default_resources() if resources is None else resources,
        executor=dg.in_process_executor,
    )


defs = build_defs()
