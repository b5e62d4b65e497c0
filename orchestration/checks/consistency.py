"""Rules that the figures of a report must keep with each other, each named after a defect.

Belongs here: pure functions from printed figures to findings, and their registry. They read our own
report before it is issued and, by the audit, reports that others published. Does not belong here:
where the figures come from, and what a finding blocks.

An *error* is a contradiction; a *warning* is something that a reader should be told and that may
have a good reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from orchestration.checks.arithmetic import FormulaError, evaluate, numbers_in
from orchestration.checks.figures import Credit, MeasureFigure, ReportFigures
from orchestration.checks.levels import (
    BELOW_MINIMUM,
    BELOW_TARGET,
    DATA_EXEMPTED,
    HUNDRED,
    NO_EVENTS,
    NOT_REPORTED,
    STATES,
    level_of,
    mean,
    rounded_as,
    shown,
    status_of,
)

Severity = Literal["error", "warning"]

REQUIRED_TIMES = ("impacted_at", "restored_at", "raised_at", "resolved_at")
AGREES_TO = Decimal("0.01")  # rule C2
# Formulas whose level may pass 100 (rule C2).
FORMULAS_OVER_100 = frozenset({"pm12.2"})
SECONDS_A_MINUTE = 60
AVAILABILITY = "AVAIL"  # what the availability measures of Services begin with


@dataclass(frozen=True)
class Finding:
    """One thing that does not hold.

    Attributes:
        check: name of the rule.
        severity: `error` for a contradiction, `warning` for what should be explained.
        where: table or section, as a reader would name it.
        message: what is wrong, for a person.
        found: what is printed.
        expected: what the rule gives; empty when it gives nothing.
    """

    check: str
    severity: Severity
    where: str
    message: str
    found: str = ""
    expected: str = ""


Rule = Callable[[ReportFigures], Iterator[Finding]]


# ---- sums and counts ---------------------------------------------------------------------------


def totals_add_up(figures: ReportFigures) -> Iterator[Finding]:
    """A printed total is the sum of its printed parts, rounded as the total is.

    A total over a part that is not known ("TBC") is a warning: it is a total of the others alone.
    """
    for total in figures.totals:
        expected = rounded_as(sum(total.parts, Decimal(0)), total.total)
        if expected != total.total:
            yield Finding(
                "totals_add_up",
                "error",
                total.where,
                f"{total.label}: the parts do not add up to the printed total",
                _number(total.total),
                _number(expected),
            )
        elif total.unknown_parts:
            yield Finding(
                "totals_add_up",
                "warning",
                total.where,
                f"{total.label}: the total leaves out {', '.join(total.unknown_parts)}, "
                "which is not known, and does not say so",
                _number(total.total),
            )


def counts_as_stated(figures: ReportFigures) -> Iterator[Finding]:
    """What a text says there are so many of, the report shows as many of."""
    for count in figures.stated_counts:
        if count.stated != count.shown:
            yield Finding(
                "counts_as_stated",
                "error",
                count.where,
                f"{count.label}: the text and what is shown differ",
                f"{count.stated:,} stated",
                f"{count.shown:,} shown",
            )


# ---- levels ------------------------------------------------------------------------------------


def summary_agrees_with_tables(figures: ReportFigures) -> Iterator[Finding]:
    """Level and status that a sentence gives a measure are those of the tables (rules N1, C6)."""
    lines = _lines_by_measure(figures)
    for claim in figures.claims:
        check, where = "summary_agrees_with_tables", claim.where
        shown_in = lines.get(claim.measure, [])
        if not shown_in:
            yield Finding(
                check, "error", where, f"{claim.measure}: no table shows it", claim.sentence
            )
        elif claim.status is not None and all(line.target is None for line in shown_in):
            yield Finding(
                check,
                "error",
                where,
                f"{claim.measure}: a status is claimed and no table gives a target",
                claim.status,
            )
        for line in shown_in:
            if claim.level is not None and claim.level != line.level:
                yield Finding(
                    check,
                    "error",
                    where,
                    f"{claim.measure}: the sentence gives another level than {line.where}",
                    _number(claim.level),
                    _level(line.level, line.level_text),
                )
            status = _status(line)
            if line.target is not None and claim.status is not None and claim.status != status:
                yield Finding(
                    check,
                    "error",
                    where,
                    f"{claim.measure}: the sentence gives another status than {line.where} "
                    f"({_level(line.level, line.level_text)} against {_limits(line)})",
                    claim.status,
                    status or "no status",
                )


def repeated_figures_agree(figures: ReportFigures) -> Iterator[Finding]:
    """A figure or a time that is printed more than once is the same each time."""
    for measure, lines in _lines_by_measure(figures).items():
        for name, values in {
            "level": [(line.where, _level(line.level, line.level_text)) for line in lines],
            "previous level": [
                (line.where, _level(line.previous_level, line.previous_text)) for line in lines
            ],
            "target": [(line.where, _level(line.target)) for line in lines],
            "minimum": [(line.where, _level(line.minimum)) for line in lines],
        }.items():
            printed = [(where, value) for where, value in values if value]
            for where, value in printed[1:]:
                first_where, first = printed[0]
                if value != first:
                    yield Finding(
                        "repeated_figures_agree",
                        "error",
                        f"{first_where}; {where}",
                        f"{measure}: its {name} is printed differently in the two places",
                        f"{first}; {value}",
                    )
    yield from _repeated_times_agree(figures)


def previous_equals_published(figures: ReportFigures) -> Iterator[Finding]:
    """A previous level is what the latest issue of the previous period said (rule C3).

    Where a table prints previous levels, one that was published is not left out.
    """
    published = {one.measure: one for one in figures.published}
    if not published:
        return
    for line in figures.measures:
        previous = _level(line.previous_level, line.previous_text)
        issued = published.get(line.measure)
        if issued is None:
            if previous:
                yield Finding(
                    "previous_equals_published",
                    "error",
                    line.where,
                    f"{line.measure}: a previous level is printed that no issue has published",
                    previous,
                )
        elif previous and previous != _level(issued.level, issued.level_text):
            yield Finding(
                "previous_equals_published",
                "error",
                line.where,
                f"{line.measure}: previous differs from what issue {issued.issue} published",
                previous,
                _level(issued.level, issued.level_text),
            )
    for measure, lines in _lines_by_measure(figures).items():
        room = [line for line in lines if line.shows_previous]
        if (
            measure in published
            and room
            and not any(_level(line.previous_level, line.previous_text) for line in room)
        ):
            issued = published[measure]
            yield Finding(
                "previous_equals_published",
                "error",
                room[0].where,
                f"{measure}: issue {issued.issue} published a level, none is printed as previous",
                "",
                _level(issued.level, issued.level_text),
            )


def status_agrees_with_level(figures: ReportFigures) -> Iterator[Finding]:
    """A printed status is what the shown level gives against target and minimum (rules N1, C6)."""
    for line in figures.measures:
        expected = _status(line)
        if line.status is not None and line.status != expected:
            yield Finding(
                "status_agrees_with_level",
                "error",
                line.where,
                f"{line.measure}: the status does not follow from "
                f"{_level(line.level, line.level_text)} against {_limits(line)}",
                line.status,
                expected or "no status",
            )


def no_events_only_where_nothing_happened(figures: ReportFigures) -> Iterator[Finding]:
    """ "No Events" stands only where nothing happened, "Data Exempted" only where something did."""
    exempted: dict[str, int] = defaultdict(int)
    for exception in figures.exceptions:
        exempted[exception.measure] += exception.events
    for line in figures.measures:
        counts = [line.events, line.numerator, line.denominator, Decimal(exempted[line.measure])]
        known = line.events is not None or line.denominator is not None
        happened = max(count for count in counts if count is not None)
        if line.level_text == NO_EVENTS and happened > 0:
            message = "things happened that the level says did not"
        elif line.level_text == DATA_EXEMPTED and known and happened == 0:
            message = "nothing happened that could have been exempted"
        else:
            continue
        yield Finding(
            "no_events_only_where_nothing_happened",
            "error",
            line.where,
            f"{line.measure}: {message}",
            f"{line.level_text} with {_number(happened)} events",
            NO_EVENTS if happened == 0 else "",
        )


def levels_without_number_say_why(figures: ReportFigures) -> Iterator[Finding]:
    """Where a level is no number, one of three words says why; a blank or "N/A" says nothing."""
    for line in figures.measures:
        if line.level is None and line.level_text not in STATES:
            yield Finding(
                "levels_without_number_say_why",
                "error",
                line.where,
                f"{line.measure}: it cannot be told why there is no level",
                line.level_text or "nothing",
                " or ".join(STATES),
            )


def over_100_only_by_formula(figures: ReportFigures) -> Iterator[Finding]:
    """A percentage over 100 has a formula that allows it, and its working is printed."""
    with_working = {line.measure for line in figures.measures if line.working is not None}
    for line in figures.measures:
        over = [level for level in (line.level, line.previous_level) if level and level > HUNDRED]
        if line.unit != "percent" or not over:
            continue
        if line.formula not in FORMULAS_OVER_100:
            message = "its formula cannot give a percentage over 100"
        elif line.measure not in with_working:
            message = "a percentage over 100 is printed without its working"
        else:
            continue
        yield Finding(
            "over_100_only_by_formula",
            "error",
            line.where,
            f"{line.measure}: {message}",
            _number(over[0]),
        )


def printed_formula_evaluates(figures: ReportFigures) -> Iterator[Finding]:
    """A printed working evaluates to the printed level, with each input in its place."""
    for line in figures.measures:
        if line.working is None or line.level is None:
            continue
        check, subject = "printed_formula_evaluates", f"{line.measure}: the printed working"
        if _operands_are_swapped(line):
            yield Finding(
                check,
                "error",
                line.where,
                f"{subject} has its operands swapped: the numerator is "
                f"{_number(line.numerator)}, the denominator {_number(line.denominator)}",
                line.working,
            )
        try:
            result = evaluate(line.working)
        except FormulaError as error:
            yield Finding(
                check, "error", line.where, f"{subject} cannot be evaluated: {error}", line.working
            )
            continue
        if shown(result) != shown(line.level):
            yield Finding(
                check,
                "error",
                line.where,
                f"{subject} does not give the printed level as it stands: {line.working}",
                _number(line.level),
                _number(shown(result)),
            )


def means_of_contributing_measures(figures: ReportFigures) -> Iterator[Finding]:
    """A Code Performance Measure is the mean of the shown levels that contribute to it (rule C1).

    Those without a number are left out; where none has one, the measure shows the state they share,
    else Not Reported. Previous levels keep the same rule.
    """
    parts: dict[str, list[MeasureFigure]] = defaultdict(list)
    for line in figures.measures:
        if line.contributes_to:
            parts[line.contributes_to].append(line)
    for line in figures.measures:
        contributing = _one_line_each(parts.get(line.measure, ()))
        if not contributing:
            continue
        printed = {
            "level": _level(line.level, line.level_text),
            "previous level": _level(line.previous_level, line.previous_text),
        }
        expected = {
            "level": _mean_of((one.level, one.level_text) for one in contributing),
            "previous level": _mean_of(
                (one.previous_level, one.previous_text) for one in contributing
            ),
        }
        for name, value in printed.items():
            if value and expected[name] and value != expected[name]:
                yield Finding(
                    "means_of_contributing_measures",
                    "error",
                    line.where,
                    f"{line.measure}: its {name} is not the mean of the "
                    f"{len(contributing)} contributing measures",
                    value,
                    expected[name],
                )


def levels_agree_with_inputs(figures: ReportFigures) -> Iterator[Finding]:
    """A level agrees to 0.01 with the numerator and denominator printed beside it (rule C2)."""
    for line in figures.measures:
        if line.formula is None or line.numerator is None or line.level is None:
            continue
        result = level_of(line.formula, line.numerator, line.denominator)
        if result is None or abs(result - line.level) > AGREES_TO:
            yield Finding(
                "levels_agree_with_inputs",
                "error",
                line.where,
                f"{line.measure}: {_number(line.numerator)} of {_number(line.denominator)} "
                "does not give the printed level",
                _number(line.level),
                _number(shown(result)) if result is not None else "no level",
            )


def no_full_availability_beside_an_unexplained_outage(figures: ReportFigures) -> Iterator[Finding]:
    """No Service shows 100.00 % in a month with a detected outage that nobody has explained (O10).

    A record, a Category 1 or 2 Incident, or commentary on the outage explains it.
    """
    outages = figures.unexplained_outages
    if not outages:
        return
    labels = "; ".join(f"{outage.where}: {outage.label}" for outage in outages)
    for line in figures.measures:
        if line.measure.startswith(AVAILABILITY) and line.level == HUNDRED:
            yield Finding(
                "no_full_availability_beside_an_unexplained_outage",
                "error",
                line.where,
                f"{line.measure}: wholly available, and requests were missing without any "
                f"explanation ({labels})",
                _number(line.level),
                "a record, an Incident, or commentary on OUT-DET",
            )


def availability_reflects_outages(figures: ReportFigures) -> Iterator[Finding]:
    """An availability is no better than the outages that the report says hit it allow (rule V3).

    100.00 % beside an outage of a whole minute is an error; a level that the recorded minutes do
    not explain is a warning, since an outage may have been partial or planned.
    """
    if figures.period_minutes is None:
        return
    period = Decimal(figures.period_minutes)
    down: dict[str, int] = defaultdict(int)
    for outage in figures.outages:
        for measure in outage.measures:
            down[measure] += outage.minutes
    for line in figures.measures:
        minutes = down.get(line.measure, 0)
        best = shown(HUNDRED * (period - minutes) / period)
        if minutes and line.level is not None and line.level > best:
            yield Finding(
                "availability_reflects_outages",
                "error" if line.level == HUNDRED else "warning",
                line.where,
                f"{line.measure}: {minutes:,} minutes of recorded outage allow no such level",
                _number(line.level),
                f"at most {_number(best)}",
            )


def no_full_availability_beside_an_outage(figures: ReportFigures) -> Iterator[Finding]:
    """No Service is wholly available in a period with a recorded outage of a whole minute (V3).

    Neither may its level be 100.00 % nor its unplanned downtime nought, in the region that the
    outage hit or in all regions together.
    """
    hit = {
        measure: outage
        for outage in figures.recorded_outages
        if outage.minutes >= 1
        for measure in outage.measures
    }
    for line in figures.measures:
        if line.measure in hit and line.level == HUNDRED:
            yield Finding(
                "no_full_availability_beside_an_outage",
                "error",
                line.where,
                f"{line.measure}: wholly available beside {hit[line.measure].label}, of "
                f"{hit[line.measure].minutes:,} min",
                _number(line.level),
                "less than 100",
            )
    for downtime in figures.downtimes:
        if downtime.measure in hit and downtime.minutes == 0:
            yield Finding(
                "no_full_availability_beside_an_outage",
                "error",
                downtime.where,
                f"{downtime.measure}: no unplanned downtime beside {hit[downtime.measure].label}, "
                f"of {hit[downtime.measure].minutes:,} min",
                _number(downtime.minutes),
                "more than 0",
            )


# ---- times -------------------------------------------------------------------------------------


def durations_agree_with_times(figures: ReportFigures) -> Iterator[Finding]:
    """A printed duration is the time between the two printed times.

    To the minute, unless the figures carry a tolerance: a transcription may, because its times were
    cut to minutes before they were printed.
    """
    allowed = figures.duration_tolerance.minutes if figures.duration_tolerance else 0
    for duration in figures.durations:
        if duration.starts_at is None or duration.ends_at is None or duration.minutes is None:
            continue
        passed = (duration.ends_at - duration.starts_at).total_seconds() / SECONDS_A_MINUTE
        # Less than a minute of difference is the seconds that whole minutes do not show.
        if passed < 0 or abs(passed - duration.minutes) >= allowed + 1:
            yield Finding(
                "durations_agree_with_times",
                "error",
                duration.where,
                f"{duration.label}: the duration is not the time between the printed times",
                f"{duration.minutes:,} min",
                f"{passed:,.0f} min",
            )


def dates_in_order(figures: ReportFigures) -> Iterator[Finding]:
    """A date that cannot lie before another does not."""
    for order in figures.date_orders:
        if order.then < order.first:
            yield Finding(
                "dates_in_order",
                "error",
                order.where,
                f"{order.label}: lies before {order.first:%Y-%m-%d}, which it cannot",
                f"{order.then:%Y-%m-%d}",
            )


def every_major_incident_shown(figures: ReportFigures) -> Iterator[Finding]:
    """Every Major Incident of the extract is in the report, with all its times."""
    for record in figures.incidents:
        missing = [name for name in REQUIRED_TIMES if record.times.get(name) is None]
        if missing:
            yield Finding(
                "every_major_incident_shown",
                "error",
                record.where,
                f"{record.incident_id}: printed without {', '.join(missing)}",
            )
    if figures.extract_incident_ids is not None:
        printed = {record.incident_id for record in figures.incidents}
        for incident_id in sorted(figures.extract_incident_ids - printed):
            yield Finding(
                "every_major_incident_shown",
                "error",
                "Major Incidents",
                f"{incident_id}: not in the report",
            )


# ---- lists -------------------------------------------------------------------------------------


def no_exception_outside_the_list(figures: ReportFigures) -> Iterator[Finding]:
    """Nothing is left out of a measure for a reason that is not on the agreed list."""
    for exception in figures.exceptions:
        if not exception.is_listed:
            yield Finding(
                "no_exception_outside_the_list",
                "error",
                exception.where,
                f"{exception.measure}: {exception.events:,} events were left out for a reason "
                "that is not on the list",
                exception.reason,
            )


def credits_match_measures(figures: ReportFigures) -> Iterator[Finding]:
    """Each measure of the credits section is in a table, as printed there and below target (C4).

    Points and money of one provider share one price per point; one that does not is a warning.
    """
    lines = _lines_by_measure(figures)
    for credit in figures.credits:
        yield from _credit_matches(credit, lines.get(credit.measure, []))
    by_provider: dict[str, list[Credit]] = defaultdict(list)
    for credit in figures.credits:
        if credit.service_points > 0:
            by_provider[credit.provider].append(credit)
    for provider_credits in by_provider.values():
        yield from _one_price_per_point(provider_credits)


def captions_match_provider(figures: ReportFigures) -> Iterator[Finding]:
    """A table in a provider's section names that provider and no other."""
    for caption in figures.captions:
        others = sorted(set(caption.named) - {caption.provider})
        if caption.provider and others:
            yield Finding(
                "captions_match_provider",
                "error",
                caption.where,
                f"a table of {caption.provider}'s section is labelled with another provider",
                ", ".join(others),
                caption.provider,
            )


def captions_tell_tables_apart(figures: ReportFigures) -> Iterator[Finding]:
    """Every table has a caption, and no two have the same."""
    places: dict[str, list[str]] = defaultdict(list)
    for caption in figures.captions:
        if caption.text == "":
            yield Finding(
                "captions_tell_tables_apart",
                "warning",
                caption.where,
                "the table has no caption",
            )
        elif caption.text is not None:
            places[caption.text].append(caption.where)
    for text, where in places.items():
        if len(where) > 1:
            yield Finding(
                "captions_tell_tables_apart",
                "warning",
                "; ".join(where),
                "tables share one caption",
                text,
            )


def measure_numbers_tell_measures_apart(figures: ReportFigures) -> Iterator[Finding]:
    """No provider has two measures with the same printed number, or one without a number."""
    measures: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for line in figures.measures:
        if line.provider and line.printed_as is not None:
            measures[line.provider, line.printed_as][line.measure] = line.where
    for (provider, number), printed in measures.items():
        if number and len(printed) == 1:
            continue
        yield Finding(
            "measure_numbers_tell_measures_apart",
            "warning",
            "; ".join(dict.fromkeys(printed.values())),
            f"{provider}: {len(printed)} measures are printed "
            + (f"as {number}" if number else "without a number"),
            ", ".join(printed),
        )


def measures_shown_are_registered(figures: ReportFigures) -> Iterator[Finding]:
    """The measures shown are those of the catalogue: none is missing, none is extra."""
    if figures.registered_measures is None or figures.shown_measures is None:
        return
    for measure in sorted(figures.registered_measures - figures.shown_measures):
        yield Finding(
            "measures_shown_are_registered",
            "error",
            "Catalogue of measures",
            f"{measure}: registered and not shown",
        )
    for measure in sorted(figures.shown_measures - figures.registered_measures):
        yield Finding(
            "measures_shown_are_registered",
            "error",
            "Catalogue of measures",
            f"{measure}: shown and not registered",
        )


def every_number_is_in_a_mart(figures: ReportFigures) -> Iterator[Finding]:
    """Every printed number is in a mart: of a table in one that it names, else in one that is read.

    So the report cannot compute a figure of its own, nor print one that was mistyped.
    """
    if figures.held_numbers is None:
        return
    held = figures.held_numbers
    for number in dict.fromkeys(figures.numbers):
        marts = number.marts or tuple(held)
        if not any(number.value in held.get(mart, ()) for mart in marts):
            yield Finding(
                "every_number_is_in_a_mart",
                "error",
                number.where,
                f"{number.said}: no value of {', '.join(number.marts) or 'a mart'} is shown so",
                number.said,
            )


@dataclass(frozen=True)
class Check:
    """A rule and how many figures there are that it applies to.

    0 says that the rule could not have found anything, which is not the same as finding nothing.
    """

    rule: Rule
    applies_to: Callable[[ReportFigures], int]

    @property
    def name(self) -> str:
        """The rule's name."""
        return self.rule.__name__

    @property
    def description(self) -> str:
        """What the rule asks, in one sentence."""
        return (self.rule.__doc__ or "").partition("\n")[0]


def _measures_with(wanted: Callable[[MeasureFigure], bool]) -> Callable[[ReportFigures], int]:
    return lambda figures: sum(map(wanted, figures.measures))


CHECKS: dict[str, Check] = {
    check.name: check
    for check in (
        Check(totals_add_up, lambda figures: len(figures.totals)),
        Check(counts_as_stated, lambda figures: len(figures.stated_counts)),
        Check(summary_agrees_with_tables, lambda figures: len(figures.claims)),
        Check(
            repeated_figures_agree,
            lambda figures: (
                len(figures.measures)
                - len(_lines_by_measure(figures))
                + len(figures.time_statements)
            ),
        ),
        Check(previous_equals_published, lambda figures: len(figures.published)),
        Check(status_agrees_with_level, _measures_with(lambda line: line.status is not None)),
        Check(
            no_events_only_where_nothing_happened,
            _measures_with(lambda line: line.level_text in (NO_EVENTS, DATA_EXEMPTED)),
        ),
        Check(levels_without_number_say_why, _measures_with(lambda line: line.level is None)),
        Check(over_100_only_by_formula, _measures_with(lambda line: line.unit == "percent")),
        Check(printed_formula_evaluates, _measures_with(lambda line: line.working is not None)),
        Check(
            means_of_contributing_measures,
            _measures_with(lambda line: line.contributes_to is not None),
        ),
        Check(levels_agree_with_inputs, _measures_with(lambda line: line.formula is not None)),
        Check(availability_reflects_outages, lambda figures: len(figures.outages)),
        Check(no_full_availability_beside_an_outage, lambda figures: len(figures.recorded_outages)),
        Check(
            no_full_availability_beside_an_unexplained_outage,
            lambda figures: len(figures.unexplained_outages),
        ),
        Check(durations_agree_with_times, lambda figures: len(figures.durations)),
        Check(dates_in_order, lambda figures: len(figures.date_orders)),
        Check(
            every_major_incident_shown,
            lambda figures: len(figures.incidents) + len(figures.extract_incident_ids or ()),
        ),
        Check(no_exception_outside_the_list, lambda figures: len(figures.exceptions)),
        Check(credits_match_measures, lambda figures: len(figures.credits)),
        Check(captions_match_provider, lambda figures: len(figures.captions)),
        Check(
            captions_tell_tables_apart,
            lambda figures: sum(caption.text is not None for caption in figures.captions),
        ),
        Check(
            measure_numbers_tell_measures_apart,
            _measures_with(lambda line: line.printed_as is not None),
        ),
        Check(
            measures_shown_are_registered, lambda figures: len(figures.registered_measures or ())
        ),
        Check(
            every_number_is_in_a_mart,
            lambda figures: 0 if figures.held_numbers is None else len(figures.numbers),
        ),
    )
}


def run_all(figures: ReportFigures) -> list[Finding]:
    """Every finding of every rule, in the order of `CHECKS`."""
    return [finding for check in CHECKS.values() for finding in check.rule(figures)]


# ---- parts of rules ----------------------------------------------------------------------------


def _repeated_times_agree(figures: ReportFigures) -> Iterator[Finding]:
    records = {record.incident_id: record for record in figures.incidents}
    for statement in figures.time_statements:
        record = records.get(statement.incident_id)
        in_record = record.times.get(statement.event) if record else None
        if record is not None and in_record is not None and in_record != statement.at:
            yield Finding(
                "repeated_figures_agree",
                "error",
                f"{record.where}; {statement.where}",
                f"{statement.incident_id}: {statement.event} is printed differently in the two "
                "places",
                f"{in_record:%Y-%m-%d %H:%M}; {statement.at:%Y-%m-%d %H:%M}",
            )


def _credit_matches(credit: Credit, lines: Sequence[MeasureFigure]) -> Iterator[Finding]:
    check, where = "credits_match_measures", credit.where
    if not lines:
        yield Finding(
            check, "error", where, f"{credit.measure}: it is in the credits and in no table"
        )
    for line in lines:
        for name, said, tabled in (
            ("level", credit.level, line.level),
            ("target", credit.target, line.target),
        ):
            if said is not None and tabled is not None and said != tabled:
                yield Finding(
                    check,
                    "error",
                    where,
                    f"{credit.measure}: another {name} than in {line.where}",
                    _number(said),
                    _level(tabled),
                )
        if line.target is None:
            continue  # printed without target in this place
        status = _status(line)
        if credit.service_points and status not in (BELOW_TARGET, BELOW_MINIMUM):
            yield Finding(
                check,
                "error",
                where,
                f"{credit.measure}: {credit.service_points} service points for a measure that "
                f"is not below its target in {line.where}",
                status or _level(line.level, line.level_text),
            )
    if credit.credit_gbp > 0 and credit.service_points == 0:
        yield Finding(
            check, "error", where, f"{credit.measure}: money without service points",
            _number(credit.credit_gbp), "0",
        )  # fmt: skip


def _one_price_per_point(credits_of_one: Sequence[Credit]) -> Iterator[Finding]:
    """List the credits that do not fit the price that fits most of the provider's credits."""
    in_pounds = all(one.credit_gbp == one.credit_gbp.to_integral_value() for one in credits_of_one)
    half = Decimal("0.5") if in_pounds else Decimal("0.005")  # what rounding may have moved
    ranges = {
        one: (
            (one.credit_gbp - half) / one.service_points,
            (one.credit_gbp + half) / one.service_points,
        )
        for one in credits_of_one
    }
    if not ranges:
        return

    def fitting(price: Decimal) -> list[Credit]:
        return [one for one, (least, most) in ranges.items() if least <= price <= most]

    price = max((least for least, _ in ranges.values()), key=lambda each: len(fitting(each)))
    fits = fitting(price)
    for one in credits_of_one:
        if one not in fits:
            yield Finding(
                "credits_match_measures",
                "warning",
                one.where,
                f"{one.measure}: its price per service point differs from the provider's "
                f"{len(fits)} other(s)",
                _number(shown(one.credit_gbp / one.service_points)),
                _number(shown(price)),
            )


def _operands_are_swapped(line: MeasureFigure) -> bool:
    """The denominator stands where the numerator belongs, before it, and the other way round."""
    if line.numerator is None or line.denominator is None or line.numerator == line.denominator:
        return False
    order = [
        number
        for number in numbers_in(line.working or "")
        if number in (line.numerator, line.denominator)
    ]
    # Each exactly once: an input that equals a constant of the formula proves nothing.
    return order == [line.denominator, line.numerator]


def _lines_by_measure(figures: ReportFigures) -> dict[str, list[MeasureFigure]]:
    lines: dict[str, list[MeasureFigure]] = defaultdict(list)
    for line in figures.measures:
        lines[line.measure].append(line)
    return dict(lines)


def _one_line_each(lines: Iterable[MeasureFigure]) -> list[MeasureFigure]:
    """The lines, each measure once: a measure printed twice contributes once."""
    return list({line.measure: line for line in reversed(list(lines))}.values())


def _mean_of(levels: Iterable[tuple[Decimal | None, str | None]]) -> str:
    """The mean as it is shown; the shared state, else Not Reported; "" when nothing is printed."""
    known = list(levels)
    numbers = [level for level, _ in known if level is not None]
    if numbers:
        return _number(shown(mean(numbers)))
    states = {text for _, text in known if text is not None}
    if not states:
        return ""
    return states.pop() if len(states) == 1 else NOT_REPORTED


def _status(line: MeasureFigure) -> str | None:
    if line.level is None or line.target is None:
        return None
    return status_of(line.level, line.target, line.minimum, line.direction)


def _limits(line: MeasureFigure) -> str:
    if line.target is None:
        return "no target"
    minimum = f" and minimum {_number(line.minimum)}" if line.minimum is not None else ""
    return f"target {_number(line.target)}{minimum}"


def _level(level: Decimal | None, text: str | None = None) -> str:
    """A level as it is compared and named: the number, else the text, else nothing."""
    return _number(level) if level is not None else text or ""


def _number(value: Decimal | None) -> str:
    if value is None:
        return "nothing"
    if value == value.to_integral_value():
        return f"{value:,.0f}"
    return f"{value:,.2f}" if value == round(value, 2) else f"{value.normalize():,f}"
