"""Reading the printed figures back from the document, for the consistency rules.

Belongs here: printed strings → `ReportFigures`. Every number is parsed from the text that a reader
sees, so that a rule tests the report and not the data it was made of. Does not belong here: the
rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

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
    PrintedDowntime,
    PrintedTotal,
    PublishedLevel,
    ReportFigures,
    TimeStatement,
    UnexplainedOutage,
)
from orchestration.report.document import (
    DASH,
    Block,
    BulletList,
    Callout,
    Cell,
    Document,
    Line,
    Paragraph,
    Record,
    Role,
    Section,
    Table,
    Working,
)
from orchestration.report.formatting import moment_in, number_in
from orchestration.report.marts import Marts
from orchestration.report.numbers import held_numbers, printed_numbers
from orchestration.report.sections.outages import NOTHING

NOT_PUBLISHED = "Not Published"
_NO_LEVEL = frozenset({"", DASH, NOT_PUBLISHED})
_DURATIONS = (
    ("Impact", "impacted_at", "restored_at", "impact_minutes"),
    ("Incident", "raised_at", "resolved_at", "incident_minutes"),
)
_TIMES = ("impacted_at", "restored_at", "raised_at", "resolved_at")


def printed_figures(
    document: Document,
    *,
    published: Sequence[PublishedLevel] = (),
    registered_measures: frozenset[str] | None = None,
    extract_incident_ids: frozenset[str] | None = None,
    marts: Marts | None = None,
    recorded_outages: Sequence[Outage] = (),
) -> ReportFigures:
    """Everything printed in the document that a rule can be applied to.

    Args:
        document: the numbered document, as it is rendered.
        published: what the latest issues of the previous period said, the truth for "previous".
        registered_measures: ids of the catalogue (`registered_measures(marts)`).
        extract_incident_ids: Major Incidents of the extract.
        marts: what the document was made of, the truth for every number.
        recorded_outages: outages that the extracts record.
    """
    numbers = () if marts is None else printed_numbers(document, marts)
    tables = list(document.tables())
    workings = [block for _, block in document.blocks() if isinstance(block, Working)]
    records = [block for _, block in document.blocks() if isinstance(block, Record)]
    rules = {working.measure: working.rule for working in workings}
    return ReportFigures(
        month=document.month,
        title=f"{document.title}, {document.period}",
        measures=(
            *(
                figure
                for table in tables
                if table.content in {"measures", "contributions"}
                for figure in _measures(table, rules)
            ),
            *map(_worked, workings),
        ),
        totals=tuple(total for table in tables for total in _totals(table)),
        claims=tuple(_claims(document)),
        credits=tuple(
            credit for table in tables if table.content == "credits" for credit in _credits(table)
        ),
        durations=tuple(duration for record in records for duration in _durations(record)),
        captions=tuple(_captions(tables)),
        exceptions=tuple(_exceptions(tables)),
        incidents=tuple(_incident(record) for record in records),
        time_statements=(
            *_said_times(document),
            *(time for table in tables if table.content == "incidents" for time in _listed(table)),
        ),
        date_orders=tuple(
            order for table in tables if table.id == "problem_records" for order in _orders(table)
        ),
        recorded_outages=tuple(recorded_outages),
        downtimes=tuple(_downtimes(tables)),
        unexplained_outages=tuple(
            outage
            for table in tables
            if table.content == "detected_outages"
            for outage in _unexplained(table)
        ),
        extract_incident_ids=extract_incident_ids,
        published=tuple(published),
        registered_measures=registered_measures,
        shown_measures=document.shown_measures,
        numbers=numbers,
        held_numbers=None if marts is None else held_numbers(numbers, marts),
    )


def registered_measures(marts: Marts) -> frozenset[str]:
    """Ids of the catalogue (seed `measures`)."""
    return frozenset(row.text("measure_id") for row in marts.seed("measures"))


def _where(table: Table) -> str:
    return f"Table {table.number}"


def _text(table: Table, line: Line, key: str) -> str | None:
    cell = table.cell(line, key)
    return None if cell is None else cell.text


def _number(table: Table, line: Line, key: str) -> Decimal | None:
    said = _text(table, line, key)
    return None if said is None else number_in(said)


def _words(table: Table, line: Line, key: str) -> str | None:
    """What stands in the place of a number, None where a number or nothing stands."""
    said = _text(table, line, key)
    if said is None or said in _NO_LEVEL or number_in(said) is not None:
        return None
    return said


def _measures(table: Table, rules: dict[str, str | None]) -> Iterator[MeasureFigure]:
    for line in table.lines:
        if line.measure is None:
            continue
        said = _text(table, line, "status")
        yield MeasureFigure(
            where=_where(table),
            measure=line.measure,
            provider=line.fact("provider"),
            level=_number(table, line, "level"),
            level_text=_words(table, line, "level"),
            previous_level=_number(table, line, "previous"),
            previous_text=_words(table, line, "previous"),
            shows_previous=table.cell(line, "previous") is not None,
            target=_number(table, line, "target"),
            minimum=_number(table, line, "minimum"),
            direction=line.fact("direction") or "higher",
            unit=line.fact("unit") or "percent",
            status=None if said in {None, DASH, ""} else said,
            numerator=_number(table, line, "numerator"),
            denominator=_number(table, line, "denominator"),
            formula=line.fact("formula") or rules.get(line.measure),
            contributes_to=line.fact("contributes_to"),
        )


def _downtimes(tables: Iterable[Table]) -> Iterator[PrintedDowntime]:
    for table in tables:
        for line in table.lines:
            minutes = _number(table, line, "unplanned")
            if line.measure is not None and minutes is not None:
                yield PrintedDowntime(_where(table), line.measure, minutes)


def _unexplained(table: Table) -> Iterator[UnexplainedOutage]:
    for line in table.lines:
        if _text(table, line, "explained") == NOTHING:
            yield UnexplainedOutage(
                _where(table),
                f"{_text(table, line, 'region')}, from {_text(table, line, 'started_at')}",
            )


def _worked(working: Working) -> MeasureFigure:
    return MeasureFigure(
        where=working.title,
        measure=working.measure,
        level=number_in(working.result),
        shows_previous=False,
        numerator=None if working.numerator is None else number_in(working.numerator),
        denominator=None if working.denominator is None else number_in(working.denominator),
        formula=working.rule,
        working=working.expression,
    )


def _totals(table: Table) -> Iterator[PrintedTotal]:
    for place, column in enumerate(table.columns):
        if column.summed:
            yield from _column_totals(table, place)
    if table.row_total is None:
        return
    for line in table.lines:
        total = _number(table, line, table.row_total)
        cells = [
            (column.header, cell)
            for column, cell in zip(table.columns, line.cells, strict=True)
            if column.summed and column.key != table.row_total
        ]
        if total is not None:
            yield _total(table, line.cells[0].text, cells, total)


def _column_totals(table: Table, place: int) -> Iterator[PrintedTotal]:
    """A total row adds up the rows since the total before it; one that has none, the totals.

    Rows that say what they are a `total_of`, and which total they are `part_of`, go by that: so a
    total can stand above its parts, and a part can be a total of others.
    """
    since: list[tuple[str, Cell]] = []
    groups: list[tuple[str, Cell]] = []
    for line in table.lines:
        label, cell = line.cells[0].text, line.cells[place]
        whole = line.fact("total_of")
        if whole is not None or line.fact("part_of") is not None:
            printed = number_in(cell.text)
            if whole is not None and printed is not None:
                parts = [
                    (part.cells[0].text, part.cells[place])
                    for part in table.lines
                    if part.fact("part_of") == whole
                ]
                yield _total(table, f"{label}, {table.columns[place].header}", parts, printed)
            continue
        if line.role is not Role.TOTAL:
            since.append((label, cell))
            continue
        printed = number_in(cell.text)
        if printed is not None:
            yield _total(table, f"{label}, {table.columns[place].header}", since or groups, printed)
        if since:
            groups.append((label, cell))
        since = []


def _total(
    table: Table, label: str, cells: Iterable[tuple[str, Cell]], total: Decimal
) -> PrintedTotal:
    listed = [(name, cell.text, number_in(cell.text)) for name, cell in cells]
    return PrintedTotal(
        where=_where(table),
        label=label,
        parts=tuple(number for _, _, number in listed if number is not None),
        total=total,
        unknown_parts=tuple(
            name for name, said, number in listed if number is None and said != DASH
        ),
    )


def _paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        match block:
            case Paragraph():
                yield block
            case BulletList():
                yield from block.items
            case Callout():
                yield from _paragraphs(block.blocks)
            case _:
                pass


def _sentences(document: Document) -> Iterator[tuple[Section, Paragraph]]:
    for section in document.walk():
        for paragraph in _paragraphs(section.blocks):
            yield section, paragraph


def _claims(document: Document) -> Iterator[Claim]:
    for section, paragraph in _sentences(document):
        for statement in paragraph.statements:
            yield Claim(
                where=f"Section {section.number}",
                sentence=paragraph.text,
                measure=statement.measure,
                level=None if statement.level is None else number_in(statement.level),
                status=statement.status,
            )


def _said_times(document: Document) -> Iterator[TimeStatement]:
    for section, paragraph in _sentences(document):
        for said in paragraph.times:
            at = moment_in(said.at)
            if at is not None:
                yield TimeStatement(f"Section {section.number}", said.incident_id, said.event, at)


def _listed(table: Table) -> Iterator[TimeStatement]:
    for line in table.lines:
        for event in _TIMES:
            at = moment_in(_text(table, line, event) or "")
            if at is not None:
                yield TimeStatement(_where(table), line.cells[0].text, event, at)


def _credits(table: Table) -> Iterator[Credit]:
    for line in table.lines:
        points, credit = _number(table, line, "points"), _number(table, line, "credit")
        if line.role is Role.BODY and line.measure is not None and credit is not None:
            yield Credit(
                where=_where(table),
                provider=line.fact("provider") or "",
                measure=line.measure,
                service_points=int(points or 0),
                credit_gbp=credit,
                level=_number(table, line, "level"),
                target=_number(table, line, "target"),
            )


def _incident_id(record: Record) -> str:
    return record.title.partition(":")[0]


def _field(record: Record, key: str) -> str:
    return next((field.cell.text for field in record.fields if field.key == key), "")


def _incident(record: Record) -> IncidentRecord:
    return IncidentRecord(
        where=f"Record {_incident_id(record)}",
        incident_id=_incident_id(record),
        times={event: moment_in(_field(record, event)) for event in _TIMES},
    )


def _durations(record: Record) -> Iterator[Duration]:
    for label, start, end, minutes in _DURATIONS:
        said = number_in(_field(record, minutes))
        yield Duration(
            where=f"Record {_incident_id(record)}",
            label=f"{_incident_id(record)}, {label}",
            starts_at=moment_in(_field(record, start)),
            ends_at=moment_in(_field(record, end)),
            minutes=None if said is None else int(said),
        )


def _captions(tables: Sequence[Table]) -> Iterator[Caption]:
    providers = {
        name
        for table in tables
        for name in (table.provider, *(line.fact("provider") for line in table.lines))
        if name
    }
    for table in tables:
        named = set(re.findall(r"\w+", table.caption)) & providers
        named.update(line.measure.rpartition(" PM")[0] for line in table.lines if line.measure)
        yield Caption(
            where=_where(table),
            provider=table.provider or "",
            named=tuple(sorted(named - {""})) if table.provider else (),
            text=table.caption,
        )


def _exceptions(tables: Sequence[Table]) -> Iterator[ExceptionFigure]:
    """Events left out, held against the lists of reasons that the report itself prints."""
    for_incidents = {
        line.cells[1].text for table in tables if table.id == "pmel_reasons" for line in table.lines
    }
    for_providers = {
        (provider, line.cells[0].text)
        for table in tables
        if table.id == "exception_definitions"
        for line in table.lines
        for provider in line.cells[1].text.split(", ")
    }
    for table in tables:
        for line in table.lines:
            if line.role is Role.TOTAL:
                continue
            reason = _text(table, line, "reason") or ""
            if table.content == "exclusions":
                events = _number(table, line, "incidents")
                measure, is_listed = "Incidents", reason in for_incidents
            elif table.content == "exceptions":
                events = _number(table, line, "events")
                measure = line.measure or ""
                is_listed = (table.provider, reason) in for_providers
            else:
                continue
            if events is not None:
                yield ExceptionFigure(_where(table), measure, reason, int(events), is_listed)


def _orders(table: Table) -> Iterator[DateOrder]:
    for line in table.lines:
        first, then = table.cell(line, "month"), table.cell(line, "target")
        if first is None or then is None:
            continue
        reported, due = moment_in(f"1 {first.text} 00:00"), moment_in(f"{then.text} 00:00")
        if reported is not None and due is not None:
            yield DateOrder(_where(table), line.cells[0].text, _day(reported), _day(due))


def _day(moment: date) -> date:
    return date(moment.year, moment.month, moment.day)
