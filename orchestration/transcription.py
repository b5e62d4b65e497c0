"""Reading the transcription of a published report into figures that rules can be applied to.

Belongs here: which file of a transcription holds what, and how its rows become `ReportFigures`.
Does not belong here: any rule, or any judgement about what was printed. A file that a transcription
does not have gives no figures; the audit says of each rule to how many figures it applied.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from zoneinfo import ZoneInfo

from orchestration.checks.figures import (
    Caption,
    Claim,
    Credit,
    DateOrder,
    Duration,
    ExceptionFigure,
    IncidentRecord,
    MeasureFigure,
    Outage,
    PrintedTotal,
    ReportFigures,
    StatedCount,
    TimeStatement,
    Tolerance,
)

Row = dict[str, str]

ZONE = ZoneInfo("Europe/London")  # printed times have no zone: they are local
ANY = "*"
SOURCE = "source"  # added to every row: the file and line of the transcription it stands in
CATEGORIES = ("cat1", "cat2", "cat3", "cat4", "cat5")
TIMES = ("impacted_at", "restored_at", "raised_at", "resolved_at")
EVERY_OTHER = "every other provider measure"
EVERY_OF = "every measure of "

# Measures whose levels follow from other inputs than a ratio (rule C2).
FORMULA_OF_NUMBER = {"12.2": "pm12.2"}

CUT_TO_MINUTES = Tolerance(
    minutes=1,
    reason="printed times and durations were cut from times with seconds",
    decided_on=date(2026, 11, 22),
)


class TranscriptionError(ValueError):
    """A transcription cannot be read; the message names the file and says what to do."""


def load(folder: Path) -> ReportFigures:
    """The figures of the report transcribed in `folder`, named after its month (`2020-09`).

    Raises:
        TranscriptionError: there is no such folder, or a cell cannot be read.
    """
    if not folder.is_dir():
        raise TranscriptionError(
            f"{folder} does not exist; transcribe the report's figures there, one CSV per table "
            "(examples/published/2020-09 is a model)."
        )
    try:
        return _Transcription(folder).figures()
    except TranscriptionError:
        raise
    except (KeyError, ValueError, InvalidOperation) as error:
        raise TranscriptionError(
            f"{folder} cannot be read ({type(error).__name__}: {error}); compare its files and "
            "columns with examples/published/2020-09."
        ) from error


class _Transcription:
    """The files of one transcription."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.month = date.fromisoformat(f"{folder.name}-01")
        self.majors = self._rows("major_incidents")
        self.places = self._rows("printed_places")

    def _rows(self, name: str) -> list[Row]:
        path = self.folder / f"{name.removesuffix('.csv')}.csv"
        if not path.is_file():
            return []
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            return [{**row, SOURCE: f"{path.name}:{reader.line_num}"} for row in reader]

    def _selected(self, name: str, selection: str) -> list[Row]:
        """Rows of a file for which every `column=value` of the selection holds."""
        wanted = dict(part.split("=", 1) for part in selection.split(";") if part)
        return [
            row
            for row in self._rows(name)
            if all(row[column] == value for column, value in wanted.items())
        ]

    def figures(self) -> ReportFigures:
        measures = tuple(self._measures())
        records = tuple(self._records())
        return ReportFigures(
            month=self.month,
            title=f"Published report for {self.month:%B %Y}",
            measures=measures,
            totals=tuple(self._totals()),
            claims=tuple(self._claims(measures)),
            credits=tuple(self._credits()),
            durations=tuple(self._durations()),
            captions=tuple(self._captions()),
            exceptions=tuple(self._exceptions()),
            incidents=records,
            # The problem records of the month name its Major Incidents a second time.
            extract_incident_ids=frozenset(
                row["incident_id"]
                for row in self._rows("problems")
                if row["report_month"] == self.folder.name
            ),
            time_statements=tuple(self._time_statements()),
            date_orders=tuple(self._date_orders()),
            stated_counts=tuple(self._stated_counts()),
            outages=tuple(self._outages()),
            period_minutes=_minutes_of(self.month),
            duration_tolerance=CUT_TO_MINUTES,
        )

    # ---- measures ------------------------------------------------------------------------------

    def _measures(self) -> Iterator[MeasureFigure]:
        yield from self._code_measures()
        for row in self._rows("sp_performance_measures"):
            table = self._table_of(row)
            if table:  # an indicator that no table shows stands in the credits section alone
                yield _provider_measure(row, table)
        for row in self._rows("printed_again"):
            yield self._measure_printed_again(row)
        for row in self._rows("printed_incident_tables"):
            yield _incident_measure(row)
        for row in self._rows("printed_shares"):
            yield MeasureFigure(
                where=_where(row["where"], row),
                measure=row["label"],
                level=Decimal(row["level"]),
                numerator=Decimal(row["numerator"]),
                denominator=Decimal(row["denominator"]),
                formula="ratio",
            )

    def _code_measures(self) -> Iterator[MeasureFigure]:
        for row in self._rows("code_performance_measures"):
            level, text = _level(row["level"])
            previous, previous_text = _level(row["previous_level"])
            yield MeasureFigure(
                where=_where("Table 1", row),
                measure=row["measure"],
                level=level,
                level_text=text,
                previous_level=previous,
                previous_text=previous_text,
                target=_number(row["target"]),
                minimum=_number(row["minimum"]),
            )

    def _measure_printed_again(self, row: Row) -> MeasureFigure:
        workings = self._selected(
            "printed_workings",
            f"where={row['where']};provider={row['provider']};measure_no={row['measure_no']}",
        )
        return MeasureFigure(
            where=_where(row["where"], row),
            measure=_measure(row),
            provider=row["provider"],
            level=_number(row["level"]),
            previous_level=_number(row["previous_level"]),
            target=_number(row["target"]),
            minimum=_number(row["minimum"]),
            numerator=_number(row["numerator"]),
            denominator=_number(row["denominator"]),
            formula=row["formula"] or None,
            working=workings[0]["working"] if workings else None,
            contributes_to=row["contributes_to"] or None,
        )

    def _table_of(self, row: Row) -> str:
        """The table that shows the measure: the first place whose conditions fit it."""
        by_section = sorted(self.places, key=lambda place: place["table"] != "")
        for place in by_section:
            if all(
                place[column] in (ANY, row[column])
                for column in ("provider", "area", "contributes_to")
            ):
                return place["table"]
        raise TranscriptionError(
            f"printed_places.csv does not say which table shows {_measure(row)}; add a row for it."
        )

    # ---- totals and counts ---------------------------------------------------------------------

    def _totals(self) -> Iterator[PrintedTotal]:
        yield from self._incident_totals()
        yield from self._aged_totals()
        exclusions = self._rows("incident_exclusions")
        for row in self._rows("printed_exclusion_totals"):
            kinds = row["kinds"].split("|")
            parts = [one["incidents"] for one in exclusions if one["kind"] in kinds]
            yield _total(_where(row["table"], row), row["label"], parts, row["total"])
        events = self._exception_rows()
        for row in self._rows("printed_exception_totals"):
            keys = ("provider", "measure_no", "scope")
            parts = [one["events"] for one in events if all(one[k] == row[k] for k in keys)]
            where, label = _where(row["where"], row), f"Exceptions of {_measure(row)}"
            yield _total(where, label, parts, row["total"])
        for row in self._rows("printed_credit_totals"):
            parts_of = self._selected(row["counted_in"], row["selection"])
            labelled = [
                (one["provider"], one["service_credit_gbp"])
                for one in parts_of
                if one["service_credit_gbp"]
            ]
            yield PrintedTotal(
                where=_where(row["where"], row),
                label=row["label"],
                parts=tuple(Decimal(text) for _, text in labelled if _is_number(text)),
                total=Decimal(row["total"]),
                unknown_parts=tuple(
                    f"{label} ({text})" for label, text in labelled if not _is_number(text)
                ),
            )
        for row in self._rows("printed_problem_summary"):
            parts = [row["closed_in_period"], row["still_open"]]
            label = f"Problems of {row['report_month']}"
            yield _total(_where("Table 28", row), label, parts, row["related"])

    def _incident_totals(self) -> Iterator[PrintedTotal]:
        columns = ("incidents", "within_sla", "failed_sla")
        tables: dict[str, list[Row]] = {}
        for row in self._rows("printed_incident_tables"):
            if _is_number(row["incidents"]):
                tables.setdefault(row["table"], []).append(row)
                parts = [row["within_sla"], row["failed_sla"]]
                yield _total(_where(row["table"], row), row["measure"], parts, row["incidents"])
        for rows in tables.values():
            totals = [row for row in rows if row["category"] == "Total"]
            for total in totals:
                for column in columns:
                    parts = [row[column] for row in rows if row is not total]
                    label = f"{total['measure']}, {column}"
                    yield _total(_where(total["table"], total), label, parts, total[column])

    def _aged_totals(self) -> Iterator[PrintedTotal]:
        for printed in self._rows("printed_aged_totals"):
            rows = self._selected("aged_incidents", f"responsible={printed['responsible']}")
            for row in rows:
                label = f"Open since {row['raised_month']}"
                parts = [row[category] for category in CATEGORIES]
                yield _total(_where(printed["table"], row), label, parts, row["total"])
            where = _where(printed["table"], printed)
            for column in (*CATEGORIES, "total"):
                if printed[column]:
                    parts = [row[column] for row in rows]
                    yield _total(where, f"Column {column}", parts, printed[column])
            across = [printed[column] for column in CATEGORIES if printed[column]]
            yield _total(where, "Total of totals", across, printed["total"])

    def _stated_counts(self) -> Iterator[StatedCount]:
        for row in self._rows("printed_counts"):
            selected = self._selected(row["counted_in"], row["selection"])
            shown = len({one[row["distinct"]] for one in selected})
            yield StatedCount(_where(row["where"], row), row["label"], int(row["stated"]), shown)
        for row in self._rows("printed_problem_summary"):
            month = row["report_month"]
            of_month = f"report_month={month}"
            for column, selection in {
                "related": of_month,
                "closed_in_period": f"{of_month};status_at_report=Closed",
                "still_open": f"{of_month};status_at_report=Open",
            }.items():
                shown = len(self._selected("problems", selection))
                label = f"Problems of {month}, {column}"
                yield StatedCount(_where("Table 28", row), label, int(row[column]), shown)
        for row in self._rows("printed_incident_tables"):
            if row["category"] in ("Category 1", "Category 2") and row["table"] in (
                "Table 3",
                "Table 4",
            ):
                shown = len(
                    [
                        one
                        for one in self.majors
                        if f"Category {one['category']}" == row["category"]
                        and (row["table"] == "Table 4" or not one["exclusion_reason"])
                    ]
                )
                label = f"{row['measure']}, records in Section 2"
                where = _where(row["table"], row)
                yield StatedCount(where, label, int(row["incidents"]), shown)

    # ---- sentences -----------------------------------------------------------------------------

    def _claims(self, measures: Iterable[MeasureFigure]) -> Iterator[Claim]:
        rows = self._rows("printed_claims")
        of_providers = {
            line.measure: line.provider
            for line in measures
            if line.provider and line.level is not None and line.target is not None
        }
        for row in rows:
            named = {
                one
                for other in rows
                if other["where"] == row["where"]
                for one in other["measures"].split("|")
            }
            text = row["measures"]
            if text == EVERY_OTHER:
                subjects = [one for one in of_providers if one not in named]
            elif text.startswith(EVERY_OF):
                provider = text.removeprefix(EVERY_OF)
                subjects = [one for one, whose in of_providers.items() if whose == provider]
            else:
                subjects = text.split("|")
            for measure in subjects:
                yield Claim(
                    where=_where(row["where"], row),
                    sentence=f"{text}: {row['status']}",
                    measure=measure,
                    level=_number(row["level"]),
                    status=row["status"] or None,
                )

    def _credits(self) -> Iterator[Credit]:
        for row in self._rows("printed_credits"):
            yield Credit(
                where=_where("Section 13", row),
                provider=row["provider"],
                measure=_measure(row),
                service_points=int(row["service_points"] or 0),
                credit_gbp=Decimal(row["service_credit_gbp"] or 0),
                level=_number(row["level"]),
                target=_number(row["target"]),
            )

    def _captions(self) -> Iterator[Caption]:
        for row in self._rows("printed_captions"):
            yield Caption(
                where=_where(row["where"], row),
                provider=row["provider"],
                named=tuple(row["named"].split("|")) if row["named"] else (),
                text=row["caption"],
            )

    # ---- incidents and problems ----------------------------------------------------------------

    def _records(self) -> Iterator[IncidentRecord]:
        for row in self.majors:
            times = {name: _time(row[name]) for name in TIMES}
            yield IncidentRecord(_where("Section 2", row), row["incident_id"], times)

    def _durations(self) -> Iterator[Duration]:
        by_id = {row["incident_id"]: row for row in self.majors}
        for row in self._rows("printed_durations"):
            incident = by_id[row["incident_id"]]
            yield Duration(
                where=_where(row["where"], row),
                label=f"{row['incident_id']}, {row['from']} to {row['to']}",
                starts_at=_time(incident[row["from"]]),
                ends_at=_time(incident[row["to"]]),
                minutes=int(row["minutes"]),
            )

    def _time_statements(self) -> Iterator[TimeStatement]:
        for row in self._rows("printed_times"):
            at = datetime.fromisoformat(row["at"]).replace(tzinfo=ZONE)
            where = _where(row["where"], row)
            yield TimeStatement(where, row["incident_id"], row["event"], at)

    def _outages(self) -> Iterator[Outage]:
        minutes = {
            row["incident_id"]: int(row["minutes"])
            for row in self._rows("printed_durations")
            if row["from"] == "impacted_at"
        }
        for row in self._rows("printed_outages"):
            incident_id = row["incident_id"]
            affected = tuple(row["measures"].split("|"))
            yield Outage(_where(row["where"], row), incident_id, minutes[incident_id], affected)

    def _date_orders(self) -> Iterator[DateOrder]:
        """A problem cannot be due before the month in which it was first reported."""
        for row in self._rows("problems"):
            for column in ("target_date", "root_cause_target_expired"):
                if row[column]:
                    yield DateOrder(
                        where=_where(f"Section 15.1 ({row['problem_id']})", row),
                        label=f"{column} of a problem first reported for {row['report_month']}",
                        first=date.fromisoformat(f"{row['report_month']}-01"),
                        then=date.fromisoformat(row[column]),
                    )

    def _exceptions(self) -> Iterator[ExceptionFigure]:
        listed = {
            (provider, row["reason"])
            for row in self._rows("printed_exception_definitions")
            for provider in row["provider"].split("|")
        }
        for row in self._exception_rows():
            yield ExceptionFigure(
                where=_where(f"Exceptions of {row['provider']}", row),
                measure=_measure(row),
                reason=row["reason"],
                events=int(row["events"]),
                is_listed=(row["provider"], row["reason"]) in listed,
            )

    def _exception_rows(self) -> list[Row]:
        return self._rows("pm_exceptions") + self._rows("printed_further_exceptions")


def _provider_measure(row: Row, table: str) -> MeasureFigure:
    level, text = _level(row["level"])
    previous, previous_text = _level(row["previous_level"])
    formula = FORMULA_OF_NUMBER.get(row["measure_no"], "ratio") if row["numerator"] else None
    return MeasureFigure(
        where=_where(table, row),
        measure=_measure(row),
        provider=row["provider"],
        level=level,
        level_text=text,
        previous_level=previous,
        previous_text=previous_text,
        target=_number(row["target"]),
        minimum=_number(row["minimum"]),
        direction=row["direction"],
        unit=row["unit"],
        numerator=_number(row["numerator"]),
        denominator=_number(row["denominator"]),
        formula=formula,
        # What a measure printed in another section contributes is printed there (`printed_again`).
        contributes_to=row["contributes_to"] if table == "Table 1" else None,
        printed_as=_printed_number(row["measure_no"]),
    )


def _incident_measure(row: Row) -> MeasureFigure:
    level, text = _level(row["within_sla_pct"])
    return MeasureFigure(
        where=_where(row["table"], row),
        measure=row["measure"],
        level=level,
        level_text=text,
        numerator=_number_or_none(row["within_sla"]),
        denominator=_number_or_none(row["incidents"]),
        formula="ratio",
    )


def _where(place: str, row: Row) -> str:
    """The place in the report and, in brackets, in the transcription."""
    return f"{place} [{row[SOURCE]}]"


def _measure(row: Row) -> str:
    return f"{row['provider']} PM{row['measure_no']}"


def _printed_number(measure_no: str) -> str:
    """The number as printed: a leading letter was given to tell apart what print did not.

    `C1.1` was printed as 1.1; `V1` stands for a measure that was printed without a number.
    """
    match = re.fullmatch(r"[A-Z](\d+(\.\d+)?)", measure_no)
    if match is None:
        return f"PM{measure_no}"
    return f"PM{match[1]}" if match[2] else ""


def _total(where: str, label: str, parts: Iterable[str], total: str) -> PrintedTotal:
    return PrintedTotal(where, label, tuple(Decimal(part) for part in parts), Decimal(total))


def _level(text: str) -> tuple[Decimal | None, str | None]:
    """A printed level: its number, or the words in its place; nothing where nothing was printed."""
    number = _number_or_none(text)
    return number, (text or None) if number is None else None


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _number_or_none(text: str) -> Decimal | None:
    return Decimal(text) if _is_number(text) else None


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", text) is not None


def _time(text: str) -> datetime | None:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE) if text else None


def _minutes_of(month: date) -> int:
    """Minutes that really pass in the local month (rule T2)."""
    following = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    ends = [datetime(day.year, day.month, 1, tzinfo=ZONE).timestamp() for day in (month, following)]
    return int((ends[1] - ends[0]) // 60)
