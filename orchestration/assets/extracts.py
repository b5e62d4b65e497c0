"""The landed extracts as Dagster assets: one for each feed of the contract.

Belongs here: running the landing and telling what it did. How a file lands does not (`landing/`).
"""

import time
from collections.abc import Iterator
from datetime import date, timedelta

import dagster as dg
import duckdb

from orchestration.assets.keys import LANDING_GROUP
from orchestration.feeds.contract import load_contract
from orchestration.landing import land, register
from orchestration.partitions import parse_month
from orchestration.pseudonyms import register_pseudonyms
from orchestration.register import register_knowledge
from orchestration.resources import SettingsResource
from orchestration.settings import PROJECT_ROOT

# The warehouse holds ids of devices and Users: the owner and the analysts' group, nobody else.
_WAREHOUSE_MODE = 0o750
# What the landing and the register of issues leave in the warehouse beside the feeds themselves.
_FILES = dg.AssetKey(["landing", "files"])
_KNOWLEDGE = {
    _FILES: "Every extract ever seen, and what became of it.",
    dg.AssetKey(["landing", "file_days"]): "Landed rows of each extract by local day.",
    dg.AssetKey(["landing", "quarantine"]): "Rows that did not land, with line, column and reason.",
    dg.AssetKey(["landing", "feeds"]): "The contract: what is due from whom, and when.",
    dg.AssetKey(["calendar", "working_days"]): "Working Days of England and Wales.",
    dg.AssetKey(["register", "published_levels"]): "What published issues said of each measure.",
    dg.AssetKey(["register", "reported_incidents"]): "Incidents that published issues counted.",
    dg.AssetKey(["register", "pseudonyms"]): "What each party is called in a month; restricted.",
}


# The landing folder is read each morning, by the daily draft or by whoever runs a month.
_READ_BY_NINE = "0 9 * * *"


def extract_assets(months: dg.PartitionsDefinition, time_zone: str) -> dg.AssetsDefinition:
    """The one landing step of a month; files of other months that wait are landed as well."""
    read_daily = dg.FreshnessPolicy.cron(
        deadline_cron=_READ_BY_NINE, lower_bound_delta=timedelta(hours=23), timezone=time_zone
    )
    feeds = {dg.AssetKey(list(key)): feed for key, feed in load_contract(PROJECT_ROOT).items()}

    @dg.multi_asset(
        name="landing",
        specs=[
            *(
                dg.AssetSpec(key, description=feed.description, owners=[], kinds={"parquet"})
                for key, feed in feeds.items()
            ),
            *(
                dg.AssetSpec(
                    key,
                    description=text,
                    kinds={"duckdb"},
                    freshness_policy=read_daily if key == _FILES else None,
                )
                for key, text in _KNOWLEDGE.items()
            ),
        ],
        group_name=LANDING_GROUP,
        partitions_def=months,
        backfill_policy=dg.BackfillPolicy.multi_run(max_partitions_per_run=1),
    )
    def landing(
        context: dg.AssetExecutionContext, settings: SettingsResource
    ) -> Iterator[dg.MaterializeResult[None]]:
        month = parse_month(context.partition_key)
        paths = settings.load()
        started = time.monotonic()
        paths.warehouse_dir.mkdir(parents=True, exist_ok=True)
        paths.warehouse_dir.chmod(_WAREHOUSE_MODE)
        report = land(paths, progress=context.log.info)
        for refusal in report.refused:
            context.log.warning(f"{refusal.file} was refused: {refusal.reason}")
        register(paths, progress=context.log.info)
        with duckdb.connect(str(paths.database)) as connection:
            register_knowledge(paths, connection)
            register_pseudonyms(paths, connection, month)
            for key in feeds:
                yield dg.MaterializeResult(
                    asset_key=key, metadata=_feed_metadata(connection, key, month)
                )
        took = dg.MetadataValue.float(round(time.monotonic() - started, 2))
        for key in _KNOWLEDGE:
            yield dg.MaterializeResult(asset_key=key, metadata={"landing_seconds": took})

    return landing


def _feed_metadata(
    connection: duckdb.DuckDBPyConnection, key: dg.AssetKey, month: date
) -> dict[str, dg.MetadataValue]:
    system, feed = key.path
    rows = connection.execute(
        "select file, state, is_current, rows_landed, rows_quarantined, reason "
        "from raw_landing.files "
        "where system = ? and feed = ? and date_trunc('month', file_date) = ? order by file",
        [system, feed, month],
    ).fetchall()
    current = [row for row in rows if row[2]]
    refused = [f"- `{row[0]}`: {row[5]}" for row in rows if row[1] == "refused"]
    metadata: dict[str, dg.MetadataValue] = {
        "files": dg.MetadataValue.int(len(current)),
        "dagster/partition_row_count": dg.MetadataValue.int(sum(row[3] for row in current)),
        "rows_quarantined": dg.MetadataValue.int(sum(row[4] for row in current)),
    }
    if refused:
        metadata["refused"] = dg.MetadataValue.md("\n".join(refused))
    return metadata
