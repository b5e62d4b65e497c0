"""Whether each feed came in time, as a check of its asset: what makes a late feed show in the UI.

Belongs here: turning the state of a feed's parts into Dagster's results, and the schedule that asks
each morning. What is due when does not (`timeliness.py`). Dagster's own freshness policies know
cron deadlines only, and no Working Days: so the check has its own calendar, and the shape and the
metadata of Dagster's freshness checks.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import dagster as dg

from orchestration.assets.keys import TIMELINESS_JOB
from orchestration.feeds import Cadence, load_contract
from orchestration.landing import read_manifest, waiting_files
from orchestration.resources import SettingsResource
from orchestration.settings import PROJECT_ROOT, Settings
from orchestration.status import today_in
from orchestration.timeliness import Asked, Part, PartState, parts_of

CHECK_NAME = "extracts_are_in_time"
DAILY_AT_NINE = "0 9 * * *"
_LATE = frozenset({PartState.LATE, PartState.MISSING})


def timeliness_checks(today: Callable[[Settings], date] = today_in) -> dg.AssetChecksDefinition:
    """One check for each feed that comes by day or month, of the month before `today`'s."""
    specs = [
        dg.AssetCheckSpec(
            CHECK_NAME,
            asset=dg.AssetKey(list(key)),
            description=f"Due on Working Day {feed.due_working_day} after the month.",
        )
        for key, feed in load_contract(PROJECT_ROOT).items()
        if feed.cadence is not Cadence.ANY_TIME
    ]

    @dg.multi_asset_check(specs=specs, name="feeds_are_in_time", can_subset=True)
    def timeliness(
        context: dg.AssetCheckExecutionContext, settings: SettingsResource
    ) -> Iterator[dg.AssetCheckResult]:
        paths = settings.load()
        day = today(paths)
        month = _month_in_preparation(day)
        wanted = {key.asset_key for key in context.selected_asset_check_keys}
        parts = _parts(paths, month, day)
        for key in sorted(wanted):
            mine = [part for part in parts if [part.feed.system, part.feed.name] == key.path]
            yield _result(key, month, mine, ZoneInfo(paths.time_zone))

    return timeliness


def daily_timeliness(time_zone: str) -> dg.ScheduleDefinition:
    """Every morning, when the extracts of the night should be there."""
    return dg.ScheduleDefinition(
        name="daily_timeliness",
        job_name=TIMELINESS_JOB,
        cron_schedule=DAILY_AT_NINE,
        execution_timezone=time_zone,
    )


def _month_in_preparation(today: date) -> date:
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


def _parts(settings: Settings, month: date, today: date) -> list[Part]:
    entries = read_manifest(settings.manifest_dir)
    return parts_of(
        Asked(month, today, ZoneInfo(settings.time_zone)),
        load_contract(PROJECT_ROOT),
        PROJECT_ROOT,
        entries,
        waiting_files(settings, entries),
    )


def _result(
    key: dg.AssetKey, month: date, parts: Sequence[Part], zone: ZoneInfo
) -> dg.AssetCheckResult:
    late = [part for part in parts if part.state in _LATE]
    is_missing = any(part.state is PartState.MISSING and part.feed.mandatory for part in late)
    metadata: dict[str, dg.MetadataValue] = {
        "month": dg.MetadataValue.text(f"{month:%Y-%m}"),
        "parts": dg.MetadataValue.md(_table(parts)),
        "dagster/overdue_deadline_timestamp": dg.MetadataValue.timestamp(
            _deadline(parts[0].due_on, zone)
        ),
    }
    arrived = [part.arrived_at for part in parts if part.arrived_at is not None]
    if arrived:
        metadata["dagster/last_updated_timestamp"] = dg.MetadataValue.timestamp(
            max(arrived).astimezone(UTC)
        )
    return dg.AssetCheckResult(
        asset_key=key,
        check_name=CHECK_NAME,
        passed=not late,
        # What a final waits for is an error, what came late or is not needed a warning.
        severity=dg.AssetCheckSeverity.ERROR if is_missing else dg.AssetCheckSeverity.WARN,
        description=_said(parts, late),
        metadata=metadata,
    )


def _deadline(due_on: date, zone: ZoneInfo) -> datetime:
    """The end of the day on which it is due."""
    return datetime.combine(due_on + timedelta(days=1), time.min, zone).astimezone(UTC)


def _said(parts: Sequence[Part], late: Sequence[Part]) -> str:
    if not late:
        return f"Due on {parts[0].due_on:%d %B %Y}; nothing is late."
    return f"Due on {parts[0].due_on:%d %B %Y}; " + ", ".join(
        f"{part.name} {'came late' if part.state is PartState.LATE else 'is missing'}"
        for part in late
    )


def _table(parts: Iterable[Part]) -> str:
    rows = (
        f"| {part.part or 'All'} | {part.state} | {len(part.expected) - len(part.lacking)} "
        f"| {len(part.expected)} |"
        for part in parts
    )
    return "\n".join(["| part | state | landed | expected |", "|---|---|---|---|", *rows])
