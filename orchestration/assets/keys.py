"""Names of jobs, assets and groups that more than one step needs."""

from __future__ import annotations

import dagster as dg

MONTH_JOB = "month"
DRAFT_JOB = "draft"
TIMELINESS_JOB = "timeliness"

LANDING_GROUP = "landing"
CHECKS_GROUP = "checks"
REPORT_GROUP = "report"

READERS_DATABASE = dg.AssetKey(["report", "readers_database"])
PMR_GATE = dg.AssetKey(["report", "pmr_gate"])
PMR_EXPORT = dg.AssetKey(["report", "pmr_export"])
PMR_DRAFT = dg.AssetKey(["report", "pmr_draft"])
