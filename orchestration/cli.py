"""The command line: what the Makefile calls. Each command is a few lines around a module.

Belongs here: arguments, messages, exit codes. A run is Dagster's: `month` and `draft` start the
same jobs that a click in its UI starts.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import dagster as dg

from orchestration.dagster_home import prepare_dagster_home
from orchestration.partitions import MonthError, month_label, parse_month
from orchestration.settings import PROJECT_ROOT, Settings, SettingsError
from orchestration.waiting_dbt import dbt_waiting

DEMO_REQUESTS = 20_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code: 0 done, 1 refused, 2 not understood.

    Of `status`: 0 nothing stands between now and a final report, 1 something does.
    """
    parsed = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = parsed.command
    try:
        return command(parsed)
    except (MonthError, SettingsError) as error:
        sys.stderr.write(f"{error}\n")
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="pmr", description=__doc__.partition("\n")[0])
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    examples = commands.add_parser("examples", help="put the bundled extracts where none are")
    examples.set_defaults(command=_examples)

    simulate = commands.add_parser("simulate", help="write the extracts of a month of traffic")
    simulate.add_argument("month", help="the month, as YYYY-MM")
    simulate.add_argument("--requests", type=int, default=1_000_000, help="Service Requests")
    simulate.add_argument("--seed", type=int, default=1, help="same seed and size, same bytes")
    simulate.add_argument("--format", choices=("parquet", "csv", "csv.gz"), default="parquet")
    simulate.add_argument("--into", default="", help="a landing folder other than the project's")
    simulate.add_argument("--truth", default="", help="a folder for what the simulator did")
    simulate.set_defaults(command=_simulate)

    for name, text in (("month", "run a month to its final issue"), ("draft", "make a draft")):
        run = commands.add_parser(name, help=text)
        run.add_argument("month", help="the month, as YYYY-MM")
        run.add_argument("--reason", default="", help="why a published month is issued again")
        run.set_defaults(command=_run, job=name)

    pack = commands.add_parser("pack", help="a month's pack for one User")
    pack.add_argument("month", help="the month, as YYYY-MM")
    pack.add_argument("user", help="the User's id, as the extracts have it")
    pack.set_defaults(command=_pack)

    status = commands.add_parser("status", help="what stands between today and the final report")
    commentary = commands.add_parser("commentary", help="a file with the commentary wanted")
    for asked, function in ((status, _status), (commentary, _commentary)):
        asked.add_argument("month", help="the month, as YYYY-MM")
        asked.add_argument("--today", type=date.fromisoformat, help="another day, as YYYY-MM-DD")
        asked.set_defaults(command=function)
    commentary.add_argument("--into", default="", help="a folder other than the project's")

    audit = commands.add_parser("audit", help="apply the rules to a report somebody published")
    audit.add_argument("month", help="the month, as YYYY-MM")
    audit.set_defaults(command=_audit)

    demo = commands.add_parser("demo-failure", help="a bad extract, and the gate that refuses it")
    demo.set_defaults(command=_demo_failure)

    parse = commands.add_parser("parse", help="read the dbt project, as a run will read it")
    parse.set_defaults(command=_parse)

    home = commands.add_parser("dagster-home", help="prepare Dagster's folder and print it")
    home.set_defaults(command=_dagster_home)
    return parser


def _examples(_: argparse.Namespace) -> int:
    from orchestration.simulation.reconstruct import BUNDLED_MONTHS, TRAFFIC_MONTHS, write_month
    from orchestration.simulation.traffic import write_traffic

    settings = Settings.load()
    landing = settings.landing_dir
    for month in BUNDLED_MONTHS:
        label = month_label(month)
        unfinished = landing / f".examples-{label}.unfinished"
        if any(landing.glob(f"*/*/*_{label}*")) and not unfinished.exists():
            sys.stdout.write(f"{landing} has extracts of {label} already; none were added.\n")
            continue
        landing.mkdir(parents=True, exist_ok=True)
        # A killed run leaves the mark, and the next one writes the same files again.
        unfinished.touch()
        files = write_month(landing, month)
        if month in TRAFFIC_MONTHS:
            files += write_traffic(
                landing,
                month,
                requests=settings.example_requests,
                maintenance=False,
                memory_limit=settings.memory_limit,
            )
        unfinished.unlink()
        sys.stdout.write(f"{len(files)} bundled extracts of {label} are in {landing}.\n")
    return 0


def _simulate(parsed: argparse.Namespace) -> int:
    from orchestration.simulation.reconstruct import BUNDLED_MONTHS
    from orchestration.simulation.traffic import write_traffic

    settings = Settings.load()
    month = parse_month(parsed.month)
    landing = Path(parsed.into) if parsed.into else settings.landing_dir
    files = write_traffic(
        landing,
        month,
        requests=parsed.requests,
        seed=parsed.seed,
        file_format=parsed.format,
        memory_limit=settings.memory_limit,
        # the bundled extracts of a month have its maintenance already
        maintenance=month not in BUNDLED_MONTHS,
        truth_dir=Path(parsed.truth) if parsed.truth else None,
        progress=_say,
    )
    sys.stdout.write(f"{len(files)} simulated extracts of {parsed.month} are in {landing}.\n")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _run(parsed: argparse.Namespace) -> int:
    month = parse_month(parsed.month)
    prepare_dagster_home(Settings.load())
    with dbt_waiting():
        return _materialise(parsed, month)


def _materialise(parsed: argparse.Namespace, month: date) -> int:
    from orchestration.assets.keys import PMR_DRAFT, PMR_EXPORT
    from orchestration.definitions import defs

    asset = PMR_EXPORT if parsed.job == "month" else PMR_DRAFT
    config = {
        "ops": {asset.to_python_identifier(): {"config": {"reason": parsed.reason}}},
        "loggers": {"console": {"config": {"log_level": "INFO"}}},
    }
    with dg.DagsterInstance.get() as instance:
        result = defs.resolve_job_def(parsed.job).execute_in_process(
            partition_key=month.isoformat(),
            instance=instance,
            raise_on_error=False,
            run_config=config,
        )
        if not result.success:
            _explain(result, parsed.job, month)
            return 1
        [event] = result.asset_materializations_for_node(asset.to_python_identifier())
        _announce(event.metadata)
    return 0


def _announce(metadata: Mapping[str, dg.MetadataValue]) -> None:
    folder = Path(str(metadata["folder"].value))
    is_new = bool(metadata["is_new"].value)
    state = "Issued" if is_new else "Nothing changed since"
    sys.stdout.write(
        f"\n{state} {folder.parent.name} {folder.name}:\n"
        + "".join(
            f"  {folder / name}\n"
            for name in ("report.html", "report.pdf", "tables.xlsx", "data", "manifest.json")
        )
    )


def _explain(result: dg.ExecuteInProcessResult, job: str, month: date) -> None:
    label = month_label(month)
    failed = [
        evaluation
        for evaluation in result.get_asset_check_evaluations()
        if not evaluation.passed and evaluation.severity == dg.AssetCheckSeverity.ERROR
    ]
    kind = "final issue" if job == "month" else "draft"
    sys.stderr.write(f"\nNo {kind} of {label} was made.\n")
    for evaluation in failed:
        sys.stderr.write(
            f"- {evaluation.asset_key.to_user_string()}: {evaluation.check_name}: "
            f"{evaluation.description or 'see the log of the run for the rows that fail'}\n"
        )
    if not failed:
        for event in result.all_events:
            if event.is_step_failure and event.step_failure_data.error:
                error = event.step_failure_data.error
                cause = error.cause or error
                sys.stderr.write(f"- {event.step_key}: {cause.message.strip()}\n")
    if job == "month":
        sys.stderr.write(f"A draft shows the month as it stands: make draft MONTH={label}\n")


def _pack(parsed: argparse.Namespace) -> int:
    from orchestration.packs import PackRefused, make_pack

    if not parsed.user:
        sys.stderr.write("Say whose pack: `make pack MONTH=2020-09 USER=...`.\n")
        return 2
    try:
        pack = make_pack(Settings.load(), parse_month(parsed.month), parsed.user)
    except PackRefused as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    state = "Made" if pack.is_new else "Already there"
    sys.stdout.write(f"{state}:\n" + "".join(f"  {path}\n" for path in pack.files))
    return 0


def _status(parsed: argparse.Namespace) -> int:
    from orchestration.status import as_text, status_of, today_in

    settings = Settings.load()
    today = parsed.today or today_in(settings)
    status = status_of(settings, parse_month(parsed.month), today, PROJECT_ROOT)
    sys.stdout.write(as_text(status))
    return 0 if status.is_ready else 1


def _commentary(parsed: argparse.Namespace) -> int:
    from orchestration import findings
    from orchestration.commentary import NothingToFillIn, note_request, write_template
    from orchestration.landing import read_manifest
    from orchestration.status import today_in

    settings = Settings.load()
    month = parse_month(parsed.month)
    label = month_label(month)
    found = findings.load(settings.runs_dir, month)
    if found is None:
        sys.stderr.write(
            f"What {label} wants is known when a run of it has come to its end: "
            f"`make draft MONTH={label}`.\n"
        )
        return 1
    folder = Path(parsed.into) if parsed.into else settings.commentary_dir
    today = parsed.today or today_in(settings)
    try:
        path = write_template(folder, month, today, found, read_manifest(settings.manifest_dir))
    except NothingToFillIn as nothing:
        sys.stderr.write(f"{nothing}\n")
        return 1
    note_request(settings.commentary_dir, month, today, found)
    sys.stdout.write(
        f"{path} has a row for each measure that wants commentary. Write the reasons, where it is "
        f"below minimum the mitigation, and your role; then move it to "
        f"{settings.landing_dir / 'dcc' / 'commentary'}.\n"
    )
    return 0


def _audit(parsed: argparse.Namespace) -> int:
    from orchestration.audit import audit, published_folder
    from orchestration.transcription import TranscriptionError

    try:
        result = audit(published_folder(parse_month(parsed.month)))
    except TranscriptionError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(result.as_text())
    return 0


def _demo_failure(_: argparse.Namespace) -> int:
    from orchestration.simulation.damage import exclude_for_unlisted_reason
    from orchestration.simulation.reconstruct import write_month
    from orchestration.simulation.traffic import write_traffic

    root = PROJECT_ROOT / "data" / "demo-failure"
    shutil.rmtree(root, ignore_errors=True)
    for name in ("LANDING", "WAREHOUSE", "EXPORTS"):
        os.environ[f"PMR_{name}_DIR"] = str(root / name.lower())
    landing, month = root / "landing", date(2020, 9, 1)
    write_month(landing, month)
    write_traffic(landing, month, requests=DEMO_REQUESTS, maintenance=False)
    damaged = exclude_for_unlisted_reason(landing)
    sys.stdout.write(f"{damaged} excludes an incident for a reason that nobody agreed.\n")
    if _run(argparse.Namespace(month=month_label(month), reason="", job="month")) == 0:
        sys.stderr.write("The month was issued although it should have been refused.\n")
        return 1
    finals = list((root / "exports").glob("*/v*"))
    sys.stdout.write(
        f"\nAs it should be: the gate refused, and {len(finals)} issues stand in "
        f"{root / 'exports'}.\n"
    )
    return 1 if finals else 0


def _parse(_: argparse.Namespace) -> int:
    # dbt reads everything anew when its profile is another: so it is told what a run is told.
    os.environ.update(Settings.load().dbt_environment())
    from dbt.cli.main import dbtRunner

    return 0 if dbtRunner().invoke(["--quiet", "--warn-error", "parse"]).success else 1


def _dagster_home(_: argparse.Namespace) -> int:
    prepare_dagster_home(Settings.load())
    sys.stdout.write(f"{os.environ['DAGSTER_HOME']}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
