"""Runs Dagster's warehouse step for the traffic part of a month, as `pmr month` runs it.

Belongs here: the selection. The step, its job and their resources are the project's own.
"""

from __future__ import annotations

import sys

import dagster as dg

from benchmarks.month_by_hand import MONTH
from orchestration.cli import prepare_dagster_home
from orchestration.definitions import MONTH_JOB, defs
from orchestration.settings import Settings

PRODUCTS = (
    "fct_service_requests",
    "fct_alerts",
    "rsvp_daily",
    "rsvp_monthly",
    "credential_pairs",
    "data_warnings",
)
LAYERS = ("seeds", "staging", "intermediate", "marts")


def main() -> int:
    """Build and test the products and all they need; exit code 1 when something fails."""
    prepare_dagster_home(Settings.load())
    products = dg.AssetSelection.assets(*(dg.AssetKey(["marts", name]) for name in PRODUCTS))
    needed = products.upstream().resolve(defs.resolve_asset_graph())
    with dg.DagsterInstance.get() as instance:
        result = defs.resolve_job_def(MONTH_JOB).execute_in_process(
            partition_key=MONTH.isoformat(),
            instance=instance,
            asset_selection=[key for key in needed if key.path[0] in LAYERS],
            raise_on_error=False,
            run_config={"loggers": {"console": {"config": {"log_level": "INFO"}}}},
        )
    return 0 if result.success else 1


if __name__ == "__main__":
    sys.exit(main())
