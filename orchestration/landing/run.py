"""Landing what has arrived: which extracts are new, and making each one count whole or not at all.

Belongs here: the walk through the landing folder, versions, the commit of one extract, and clearing
up after a killed process. Does not belong here: reading an extract (`extract`) and the raw views
(`views`).

The order of a commit: data files are written in a workspace and synced, moved to their final names,
and then the manifest entry is written. A process killed before the entry leaves files that nobody
reads; the next run lands the extract again under the same names.
"""

from __future__ import annotations

import fcntl
import logging
import os
import shutil
import stat
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import duckdb

from orchestration.feeds import (
    Contract,
    ExtractName,
    ExtractNameError,
    Feed,
    load_contract,
    parse_extract_path,
)
from orchestration.feeds.contract import personal_names, seed_values
from orchestration.landing.errors import BusyExtractError, LandingError, RefusedError
from orchestration.landing.extract import Job, Result, read_extract
from orchestration.landing.manifest import (
    Entry,
    current_entries,
    fsync_path,
    make_folder,
    read_manifest,
    utc,
    write_entry,
)
from orchestration.landing.reading import FileState, inspect
from orchestration.settings import PROJECT_ROOT, Settings

Progress = Callable[[str], None]
SECONDS_BETWEEN_LINES = 5.0
LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class FileOutcome:
    """What a run did with one extract.

    Attributes:
        file: ``<system>/<feed>/<file name>``.
        state: as in the manifest, or ``known`` (nothing to do), or ``busy`` (still being written).
        rows_read, rows_landed, rows_quarantined: None unless it landed.
        reason: why it was refused or is busy, or what it equals.
        warnings: what was let pass.
        seconds: time it took.
    """

    file: str
    state: Literal["landed", "refused", "unchanged", "known", "busy"]
    rows_read: int | None = None
    rows_landed: int | None = None
    rows_quarantined: int | None = None
    reason: str | None = None
    warnings: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True)
class LandingReport:
    """What a run did: one outcome per extract found, in the order in which they were taken."""

    outcomes: tuple[FileOutcome, ...] = field(default_factory=tuple)

    def of_state(self, state: str) -> tuple[FileOutcome, ...]:
        """Return the outcomes of one state."""
        return tuple(outcome for outcome in self.outcomes if outcome.state == state)

    @property
    def landed(self) -> tuple[FileOutcome, ...]:
        """Extracts that landed in this run."""
        return self.of_state("landed")

    @property
    def refused(self) -> tuple[FileOutcome, ...]:
        """Extracts that this run refused."""
        return self.of_state("refused")

    @property
    def summary(self) -> str:
        """One line: how many extracts of each state, and how many rows."""
        states = Counter(outcome.state for outcome in self.outcomes)
        rows = sum(outcome.rows_landed or 0 for outcome in self.outcomes)
        bad = sum(outcome.rows_quarantined or 0 for outcome in self.outcomes)
        counts = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
        return f"{counts or 'no extracts'}; {rows:,} rows landed, {bad:,} quarantined"


def land(
    settings: Settings, *, progress: Progress | None = None, project_root: Path = PROJECT_ROOT
) -> LandingReport:
    """Land every extract of the landing folder that has not landed yet.

    Args:
        settings: folders, limits, time zone.
        progress: gets a line per extract, and every few seconds of a long one; default: the log.
        project_root: where the contract and the seeds are.

    Returns:
        What was done. A refused extract is no error: it stands in the report and the manifest.

    Raises:
        LandingError: landing itself cannot go on (disk, memory, a damaged manifest).
        ContractError: the contract cannot be meant.
    """
    with _landing(settings, progress, project_root) as lander:
        paths = list(_find(settings.landing_dir))
        ordered = sorted(paths, key=lambda path: _order(path, lander.contract))
        outcomes = []
        for number, path in enumerate(ordered, 1):
            outcome = lander.land(path)
            outcomes.append(outcome)
            if outcome.state != "known":
                lander.progress(f"[{number}/{len(ordered)}] {_line(outcome)}")
        report = LandingReport(tuple(outcomes))
        lander.progress(f"landing: {report.summary}")
        return report


def land_file(
    settings: Settings,
    file: str,
    *,
    progress: Progress | None = None,
    project_root: Path = PROJECT_ROOT,
) -> FileOutcome:
    """Land one extract.

    Args:
        settings: folders, limits, time zone.
        file: path inside the landing folder, ``<system>/<feed>/<file name>``.
        progress: gets a line every few seconds; default: the log.
        project_root: where the contract and the seeds are.
    """
    with _landing(settings, progress, project_root) as lander:
        outcome = lander.land(file)
        lander.progress(_line(outcome))
        return outcome


# -------------------------------------------------------------------------------------- one lander


@contextmanager
def landing_lock(settings: Settings, progress: Progress) -> Iterator[None]:
    """Hold the warehouse's landing lock; it ends with the process, however that ends."""
    make_folder(settings.warehouse_dir)
    path = settings.warehouse_dir / "landing.lock"
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            progress(f"landing: another landing holds {path}; waiting for it to end")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def log_progress(line: str) -> None:
    """Write a line of progress to the log."""
    LOG.info(line)


@contextmanager
def _landing(
    settings: Settings, progress: Progress | None, project_root: Path
) -> Iterator[_Lander]:
    say = progress or log_progress
    contract = load_contract(project_root)
    with landing_lock(settings, say):
        workspaces = _workspaces(settings)
        # Under the lock, whatever is left there was left by a process that was killed.
        shutil.rmtree(workspaces, ignore_errors=True)
        make_folder(workspaces)
        con = _connect(settings, workspaces)
        try:
            yield _Lander(settings, contract, project_root, con, say)
        finally:
            con.close()
            shutil.rmtree(workspaces, ignore_errors=True)


def _workspaces(settings: Settings) -> Path:
    return settings.warehouse_dir / "tmp" / "landing"


def _connect(settings: Settings, workspaces: Path) -> duckdb.DuckDBPyConnection:
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": settings.memory_limit,
        "temp_directory": str(workspaces / "spill"),
        "autoinstall_known_extensions": False,
    }
    if settings.threads:
        config["threads"] = settings.threads
    con = duckdb.connect(":memory:", config=config)
    # The bar would be drawn into the log of whoever called.
    con.execute("set enable_progress_bar = false")
    con.execute("set TimeZone = 'UTC'")
    return con


class _Lander:
    """Lands extracts one by one; knows the contract, the manifest and the connection."""

    def __init__(
        self,
        settings: Settings,
        contract: Contract,
        project_root: Path,
        con: duckdb.DuckDBPyConnection,
        progress: Progress,
    ) -> None:
        self.settings = settings
        self.contract = contract
        self.con = con
        self.progress = progress
        self.personal = personal_names(contract)
        self.known_values = {
            feed.id: {
                column.name: frozenset(seed_values(project_root, column.lookup))
                for column in feed.columns
                if column.lookup is not None
            }
            for feed in contract.values()
        }
        self.parts = {
            feed.id: frozenset(seed_values(project_root, feed.parts))
            for feed in contract.values()
            if feed.parts is not None
        }
        self.entries: dict[str, list[Entry]] = {}
        for entry in read_manifest(settings.manifest_dir):
            self.entries.setdefault(_slot_id(entry), []).append(entry)

    def land(self, file: str) -> FileOutcome:
        """Land one extract, or say why not."""
        started = time.monotonic()
        try:
            name = parse_extract_path(file, self.contract)
            path = self._locate(file)
        except (ExtractNameError, RefusedError) as error:
            return self._refuse_unread(file, str(error))
        try:
            state = FileState.of(path)
            known = self._known_by_state(name, state)
            if known is not None:
                return known
            outcome = self._land_named(name, path, state)
        except FileNotFoundError:
            return FileOutcome(file, "busy", reason="the file went away while it was read")
        except BusyExtractError as error:
            return FileOutcome(file, "busy", reason=f"{error}; the next run takes it up")
        return replace(outcome, seconds=time.monotonic() - started)

    # ------------------------------------------------------------------------------------ deciding

    def _locate(self, file: str) -> Path:
        path = self.settings.landing_dir / file
        root = self.settings.landing_dir.resolve()
        if not path.resolve().is_relative_to(root):
            raise RefusedError(
                f"{file} is a link that leads out of the landing folder; put the file itself there"
            )
        if not path.is_file():
            raise RefusedError(f"{file} is no file; put the extract itself there")
        return path

    def _slot(self, name: ExtractName) -> list[Entry]:
        return self.entries.get(f"{name.system}/{name.feed}/{name.period}/{name.part}", [])

    def _feed(self, name: ExtractName) -> Feed:
        return self.contract[name.system, name.feed]

    def _known_by_state(self, name: ExtractName, state: FileState) -> FileOutcome | None:
        """Known without reading it: same name, size and times of the inode."""
        for entry in self._slot(name):
            same = (entry.bytes, entry.modified_ns, entry.changed_ns) == (
                state.size,
                state.modified_ns,
                state.changed_ns,
            )
            if same and self._is_decided(entry, name):
                return FileOutcome(name.file, "known")
        return None

    def _is_decided(self, entry: Entry, name: ExtractName) -> bool:
        # What lands depends on the contract, and the local day of its rows on the zone.
        return (
            entry.file == name.file
            and entry.contract_version == self._feed(name).contract_version
            and entry.time_zone == self.settings.time_zone
        )

    def _land_named(self, name: ExtractName, path: Path, state: FileState) -> FileOutcome:
        slot = self._slot(name)
        if slot:
            # Something of this period and part is there: the hash decides before the work begins.
            sha256 = inspect(path, "parquet").sha256
            for entry in slot:
                if entry.sha256 == sha256 and self._is_decided(entry, name):
                    seen = replace(
                        entry, modified_ns=state.modified_ns, changed_ns=state.changed_ns
                    )
                    self._commit(seen)
                    return FileOutcome(name.file, "known")
            verdict = self._verdict(name, slot, sha256)
            if verdict is not None:
                entry = self._entry(name, state, verdict[0], sha256, reason=verdict[1])
                return self._commit(entry)
        workspace = _workspaces(self.settings) / uuid.uuid4().hex
        workspace.mkdir()
        try:
            return self._read(name, path, state, workspace)
        finally:
            shutil.rmtree(workspace, ignore_errors=True)

    def _verdict(
        self, name: ExtractName, slot: Sequence[Entry], sha256: str
    ) -> tuple[Literal["refused", "unchanged"], str] | None:
        """What the other versions of the extract say about it before it is read."""
        for entry in (entry for entry in slot if entry.state != "refused"):
            if entry.version == name.version and entry.sha256 != sha256:
                which = f"{name.system}/{name.feed} {name.period} {name.part}".rstrip()
                latest = max(other.version or 1 for other in slot)
                hashes = f"SHA-256 {(entry.sha256 or '')[:8]}…, this one {sha256[:8]}…"
                return "refused", (
                    f"version {name.version} of {which} has landed from {entry.file_name} with "
                    f"other content ({hashes}). Send a correction as _v{latest + 1}"
                )
        current = current_entries(slot)
        if current and current[0].sha256 == sha256 and (current[0].version or 0) <= name.version:
            if current[0].file == name.file:
                return None
            return "unchanged", f"same content as {current[0].file_name}, which is current"
        return None

    # ----------------------------------------------------------------------------------- one file

    def _read(
        self, name: ExtractName, path: Path, state: FileState, workspace: Path
    ) -> FileOutcome:
        feed = self._feed(name)
        job = Job(
            name=name,
            feed=feed,
            path=path,
            workspace=workspace,
            time_zone=self.settings.time_zone,
            personal=self.personal,
            known_values=self.known_values[feed.id],
        )
        try:
            with self._saying_how_far(name, state, workspace):
                result = read_extract(self.con, job)
        except RefusedError as error:
            sha256 = inspect(path, "parquet").sha256
            self._check_same(path, state)
            return self._commit(self._entry(name, state, "refused", sha256, reason=str(error)))
        except duckdb.OutOfMemoryException as error:
            raise LandingError(
                f"{name.file}: not enough memory ({error}). Raise PMR_MEMORY_LIMIT (now "
                f"{self.settings.memory_limit}) or set PMR_THREADS lower."
            ) from error
        except duckdb.Error as error:
            raise LandingError(f"{name.file}: {error}") from error
        self._check_same(path, state)
        return self._commit_result(name, state, result)

    def _check_same(self, path: Path, state: FileState) -> None:
        if FileState.of(path) != state:
            raise BusyExtractError(f"{path.name} changed while it was read")

    def _commit_result(self, name: ExtractName, state: FileState, result: Result) -> FileOutcome:
        feed, sha256 = self._feed(name), result.inspection.sha256
        # The contract's version is in the name, so that landing again replaces no file in use.
        unique = f"{sha256[:8]}-c{feed.contract_version}.parquet"
        folders = [name.system, name.feed, f"month={name.month}"]
        if name.is_day and feed.cadence == "daily":
            folders.append(f"day={name.period}")
        # The views read the lineage of a row from its file's name.
        landed = Path("landed", *folders, f"{name.file_name}__{unique}")
        plain = Path(name.system, name.feed, f"{name.file_name}__{unique}")
        entry = replace(
            self._entry(name, state, "landed", sha256),
            rows_read=result.rows_read,
            rows_landed=result.rows_landed,
            rows_quarantined=result.rows_quarantined,
            rows_by_day=result.rows_by_day,
            warnings=(*self._part_warnings(name), *result.warnings),
            unknown_columns=result.unknown_columns,
            columns=result.columns,
            landed=self._move(result.landed, landed),
            quarantine=self._move(result.quarantine, "quarantine" / plain),
            aside=self._move(result.aside, "aside" / plain),
        )
        return self._commit(entry)

    def _part_warnings(self, name: ExtractName) -> list[str]:
        expected = self.parts.get(f"{name.system}/{name.feed}")
        if expected is None or not name.part or name.part in expected:
            return []
        return [f"part {name.part} is none of those expected: {', '.join(sorted(expected))}"]

    def _move(self, source: Path | None, relative: Path) -> str | None:
        if source is None:
            return None
        target = self.settings.warehouse_dir / relative
        make_folder(target.parent)
        fsync_path(source)
        source.replace(target)
        fsync_path(target.parent)
        return relative.as_posix()

    def _entry(
        self,
        name: ExtractName,
        state: FileState,
        decided: Literal["landed", "refused", "unchanged"],
        sha256: str,
        reason: str | None = None,
    ) -> Entry:
        now = _now()
        return Entry(
            file=name.file,
            system=name.system,
            feed=name.feed,
            period=name.period,
            file_date=name.file_date,
            part=name.part,
            version=name.version,
            sha256=sha256,
            bytes=state.size,
            state=decided,
            rows_read=None,
            rows_landed=None,
            rows_quarantined=None,
            rows_by_day={},
            arrived_at=min(utc(state.modified_ns), now),
            landed_at=now,
            contract_version=self._feed(name).contract_version,
            time_zone=self.settings.time_zone,
            reason=None if reason is None else f"{name.file}: {reason.rstrip('.')}.",
            warnings=(),
            unknown_columns=(),
            columns=(),
            landed=None,
            quarantine=None,
            aside=None,
            modified_ns=state.modified_ns,
            changed_ns=state.changed_ns,
        )

    def _refuse_unread(self, file: str, reason: str) -> FileOutcome:
        """Refuse a path that is not to be read; of what it leads to only its own inode is seen."""
        # A name may hold any bytes, and what nobody can decode must still be written down.
        shown = file.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        try:
            lies = os.lstat(self.settings.landing_dir / file) if ".." not in file else None
        except (OSError, ValueError):
            lies = None
        now = _now()
        entry = Entry(
            file=shown,
            system=None,
            feed=None,
            period=None,
            file_date=None,
            part=None,
            version=None,
            sha256=None,
            bytes=0 if lies is None else lies.st_size,
            state="refused",
            rows_read=None,
            rows_landed=None,
            rows_quarantined=None,
            rows_by_day={},
            arrived_at=now if lies is None else min(utc(lies.st_mtime_ns), now),
            landed_at=now,
            contract_version=None,
            time_zone=self.settings.time_zone,
            reason=reason if reason.endswith(".") else f"{reason}.",
            warnings=(),
            unknown_columns=(),
            columns=(),
            landed=None,
            quarantine=None,
            aside=None,
            modified_ns=0 if lies is None else lies.st_mtime_ns,
            changed_ns=0 if lies is None else lies.st_ctime_ns,
        )
        for known in self.entries.get(_slot_id(entry), []):
            if (known.file, known.modified_ns, known.reason) == (
                entry.file,
                entry.modified_ns,
                entry.reason,
            ):
                return FileOutcome(shown, "known", reason=known.reason)
        return self._commit(entry)

    def _commit(self, entry: Entry) -> FileOutcome:
        write_entry(self.settings.manifest_dir, entry)
        slot = self.entries.setdefault(_slot_id(entry), [])
        slot[:] = [e for e in slot if (e.file, e.sha256) != (entry.file, entry.sha256)]
        slot.append(entry)
        return FileOutcome(
            file=entry.file,
            state=entry.state,
            rows_read=entry.rows_read,
            rows_landed=entry.rows_landed,
            rows_quarantined=entry.rows_quarantined,
            reason=entry.reason,
            warnings=entry.warnings,
        )

    @contextmanager
    def _saying_how_far(
        self, name: ExtractName, state: FileState, workspace: Path
    ) -> Iterator[None]:
        """Say every few seconds how far a long extract is."""
        done = threading.Event()

        def say() -> None:
            seconds = 0.0
            while not done.wait(SECONDS_BETWEEN_LINES):
                seconds += SECONDS_BETWEEN_LINES
                written = sum(path.stat().st_size for path in workspace.glob("*.*"))
                self.progress(
                    f"{name.file}: {seconds:.0f} s, {state.size / 1e6:,.0f} MB to read, "
                    f"{written / 1e6:,.0f} MB written so far"
                )

        thread = threading.Thread(target=say, daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()


# ------------------------------------------------------------------------------------ small things


def _slot_id(entry: Entry) -> str:
    if entry.system is None:
        return f"//{entry.file}"
    return f"{entry.system}/{entry.feed}/{entry.period}/{entry.part}"


def _find(landing_dir: Path) -> Iterator[str]:
    """Everything in the landing folder but hidden files; links to folders are not followed."""
    for folder, folders, files in os.walk(landing_dir):
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted([*files, *links]):
            path = Path(folder) / name
            if not name.startswith(".") and not _is_special(path):
                yield path.relative_to(landing_dir).as_posix()


def _is_special(path: Path) -> bool:
    """Sockets, pipes and devices are no extracts, and reading one could wait for ever."""
    mode = os.lstat(path).st_mode
    return not (stat.S_ISREG(mode) or stat.S_ISLNK(mode))


def _order(file: str, contract: Contract) -> tuple[str, int, str]:
    """Versions of an extract one after the other, as numbers."""
    try:
        name = parse_extract_path(file, contract)
    except ExtractNameError:
        return file, 0, file
    return f"{name.system}/{name.feed}/{name.period}/{name.part}", name.version, file


def _line(outcome: FileOutcome) -> str:
    rows = ""
    if outcome.rows_read is not None:
        rows = f" {outcome.rows_landed:,} rows, {outcome.rows_quarantined:,} quarantined"
    said = "; ".join(text for text in (outcome.reason, *outcome.warnings) if text)
    return f"{outcome.file}: {outcome.state}{rows} ({outcome.seconds:.1f} s){said and ': ' + said}"


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
