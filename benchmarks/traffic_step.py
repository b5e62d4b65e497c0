"""Runs Dagster's warehouse step for the traffic part of a month, as `pmr month` runs it.

Belongs here: the selection. The step, its log of events and its resources are the project's own.
"""

from __future__ import annotations

import os
import sys

from orchestration.dagster_home import prepare_dagster_home
from orchestration.settings import Settings
from orchestration.waiting_dbt import dbt_waiting

PRODUCTS = (
    "fct_service_requests",
    "fct_alerts",
    "rsvp_daily",
    "rsvp_monthly",
    "credential_pairs",
    "data_warnings",
    "process_iterations",
    "install_daily",
    "install_outcomes",
    "change_of_supplier",
    "change_of_supplier_open",
    "meter_reads",
    "top_ups",
    "top_up_failures",
    "payment_mode_changes",
    "alert_delivery",
    "firmware_images",
    "hub_firmware",
    "estate_health",
    "service_degradation",
)


def main() -> int:
    """Build and test the products and all they need; exit code 1 when something fails."""
    settings = Settings.load()
    prepare_dagster_home(settings)
    # A test that asks of models that are not built here, too, is none of this part.
    os.environ["DBT_INDIRECT_SELECTION"] = "buildable"
    with dbt_waiting():
        return _materialise(settings)


def _materialise(settings: Settings) -> int:
    # Loaded while dbt loads and parses in the process that waits, as `pmr month` does it.
    import dagster as dg

    from benchmarks.month_by_hand import MONTH
    from orchestration.assets.warehouse import warehouse_assets
    from orchestration.partitions import months_definition
    from orchestration.resources import default_resources

    needed = " ".join(f"+{name}" for name in PRODUCTS)
    with dg.DagsterInstance.get() as instance:
        result = dg.materialize(
            [warehouse_assets(months_definition(settings.time_zone), select=needed)],
            partition_key=MONTH.isoformat(),
            instance=instance,
            resources=default_resources(),
            raise_on_error=False,
            run_config={"loggers": {"console": {"config": {"log_level": "INFO"}}}},
        )
        failed = [one.check_name for one in result.get_asset_check_evaluations() if not one.passed]
    for name in failed:
        sys.stderr.write(f"{name} failed\n")
    return 0 if result.success and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
