"""Every rule of consistency has figures that keep it and wrong ones that break it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal as D

import pytest

from orchestration.checks.consistency import CHECKS, Finding, run_all
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
    PrintedNumber,
    PrintedTotal,
    PublishedLevel,
    ReportFigures,
    StatedCount,
    TimeStatement,
    Tolerance,
    UnexplainedOutage,
)

MONTH = date(2020, 9, 1)


def at(hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2020, 9, 7, hour, minute, second, tzinfo=UTC)


def figures(**parts: object) -> ReportFigures:
    return replace(ReportFigures(month=MONTH, title="a report"), **parts)  # type: ignore[arg-type]  # each field has a type of its own


def line(**parts: object) -> MeasureFigure:
    """CPM2 as it was printed."""
    base = MeasureFigure(
        where="Table 1",
        measure="CPM2",
        level=D("99.81"),
        target=D("99.90"),
        minimum=D("96.00"),
    )
    return replace(base, **parts)  # type: ignore[arg-type]  # fields by name


def pm12_2(working: str | None, **parts: object) -> MeasureFigure:
    base = line(
        measure="CSPN PM12.2",
        level=D("387.85"),
        numerator=D(6864),
        denominator=D(6929),
        formula="pm12.2",
        working=working,
    )
    return replace(base, **parts)  # type: ignore[arg-type]  # fields by name


RIGHT_WORKING = "100 \N{MULTIPLICATION SIGN} 6,864 / ((6,929 \N{MINUS SIGN} 50) * 0.25 + 50)"

TOTAL = PrintedTotal("Table 5", "Incidents", (D(84), D(70), D(1202)), D(1356))
CLAIM = Claim("Section 2", "...", "CPM2", level=D("99.81"), status="Below Target")
CREDIT = Credit("Section 13", "CSPN", "CSPN PM6.2", 21, D(5445), D("99.82"), D("99.98"))
PM6_2 = line(measure="CSPN PM6.2", level=D("99.82"), target=D("99.98"), minimum=D("98.25"))
DURATION = Duration("Section 2", "INC1", at(15, 25), at(16, 58), 93)
RECORD = IncidentRecord(
    "Section 2",
    "INC1",
    {"impacted_at": at(1), "restored_at": at(2), "raised_at": at(1), "resolved_at": at(3)},
)
PUBLISHED = PublishedLevel("CPM2", "2020-08 v1.0", D("99.89"), None)
CAPTION = Caption("Table 18", "CSPS", ("CSPS",), "CSPS measures")
TWO_PARTS = (
    line(measure="CPM3", level=D("98.87"), previous_level=D("99.00")),
    line(measure="A PM1", level=D("99.97"), previous_level=D("98"), contributes_to="CPM3"),
    line(measure="B PM1", level=D("99.93"), previous_level=D("100"), contributes_to="CPM3"),
    line(measure="C PM1", level=D("96.71"), contributes_to="CPM3"),
    line(measure="D PM1", level=None, level_text="Not Reported", contributes_to="CPM3"),
    line(measure="E PM1", level=None, level_text="Not Reported", contributes_to="CPM3"),
)


@dataclass(frozen=True)
class Case:
    """Figures that keep a rule, and figures that break it: with what message, how severely."""

    good: ReportFigures
    bad: tuple[tuple[ReportFigures, str, str], ...]


def error(bad: ReportFigures, message: str) -> tuple[ReportFigures, str, str]:
    return bad, message, "error"


def warning(bad: ReportFigures, message: str) -> tuple[ReportFigures, str, str]:
    return bad, message, "warning"


def with_parts(*changes: tuple[int, dict[str, object]]) -> ReportFigures:
    measures = list(TWO_PARTS)
    for place, change in changes:
        measures[place] = replace(measures[place], **change)  # type: ignore[arg-type]  # fields by name
    return figures(measures=tuple(measures))


CASES: dict[str, Case] = {
    "totals_add_up": Case(
        figures(
            totals=(
                TOTAL,
                PrintedTotal("Section 14", "Pounds", (D("70528"), D("3014.75")), D("73543")),
            )
        ),
        (
            error(figures(totals=(replace(TOTAL, total=D(1357)),)), "do not add up"),
            error(figures(totals=(replace(TOTAL, total=D("1356.01")),)), "do not add up"),
            error(figures(totals=(replace(TOTAL, parts=()),)), "do not add up"),
            warning(
                figures(totals=(replace(TOTAL, unknown_parts=("Telefonica (TBC)",)),)),
                r"leaves out Telefonica \(TBC\)",
            ),
        ),
    ),
    "counts_as_stated": Case(
        figures(stated_counts=(StatedCount("Section 13", "Measures", 9, 9),)),
        (error(figures(stated_counts=(StatedCount("Table 26", "Months", 12, 14),)), "differ"),),
    ),
    "summary_agrees_with_tables": Case(
        figures(measures=(line(), line(where="Table 2", target=None)), claims=(CLAIM,)),
        (
            error(
                figures(measures=(line(),), claims=(replace(CLAIM, status="Above Target"),)),
                "CPM2: the sentence gives another status than Table 1 "
                r"\(99.81 against target 99.90 and minimum 96\)",
            ),
            error(
                figures(measures=(line(),), claims=(replace(CLAIM, level=D("99.80")),)),
                "another level",
            ),
            error(figures(claims=(CLAIM,)), "no table shows it"),
            error(
                figures(measures=(line(level=None, level_text="No Events"),), claims=(CLAIM,)),
                "another status",
            ),
            error(
                figures(measures=(line(target=None),), claims=(CLAIM,)), "no table gives a target"
            ),
        ),
    ),
    "repeated_figures_agree": Case(
        figures(
            measures=(
                line(previous_level=D("99.63")),
                line(where="Table 11", level=D("99.810"), target=None, minimum=None),
            ),
            incidents=(RECORD,),
            time_statements=(TimeStatement("Section 15", "INC1", "impacted_at", at(1)),),
        ),
        (
            error(
                figures(
                    measures=(
                        line(previous_level=D("96.63")),
                        line(where="Table 11", previous_level=D("99.63")),
                    )
                ),
                "previous level is printed differently",
            ),
            error(
                figures(measures=(line(), line(where="Table 11", target=D("99.00")))),
                "target is printed differently",
            ),
            error(
                figures(
                    measures=(line(), line(where="Table 11", level_text="No Events", level=None))
                ),
                "level is printed differently",
            ),
            error(
                figures(
                    incidents=(RECORD,),
                    time_statements=(TimeStatement("Section 15", "INC1", "impacted_at", at(4)),),
                ),
                "impacted_at is printed differently",
            ),
        ),
    ),
    "previous_equals_published": Case(
        figures(
            measures=(
                line(previous_level=D("99.89")),
                line(where="Table 2"),
                line(measure="without", shows_previous=False),
            ),
            published=(PUBLISHED, replace(PUBLISHED, measure="without")),
        ),
        (
            error(
                figures(measures=(line(previous_level=D("99.88")),), published=(PUBLISHED,)),
                "differs from what issue 2020-08 v1.0 published",
            ),
            error(
                figures(measures=(line(previous_text="Not Reported"),), published=(PUBLISHED,)),
                "differs",
            ),
            error(figures(measures=(line(),), published=(PUBLISHED,)), "none is printed"),
            error(
                figures(
                    measures=(
                        line(previous_level=D("99.89")),
                        line(measure="CPM3", previous_level=D("1")),
                    ),
                    published=(PUBLISHED,),
                ),
                "no issue has published",
            ),
        ),
    ),
    "status_agrees_with_level": Case(
        figures(
            measures=(
                line(status="Below Target"),
                line(measure="on target", level=D("99.90"), status="Above Target"),
                line(measure="minimum", level=D("96.00"), status="Below Target"),
                line(measure="below", level=D("95.99"), status="Below Minimum"),
                line(measure="KPI", level=D(0), minimum=None, status="Below Target"),
                line(
                    measure="lower",
                    level=D(0),
                    target=D(0),
                    minimum=D(5),
                    direction="lower",
                    status="Above Target",
                ),
                line(
                    measure="lower 2",
                    level=D(5),
                    target=D(0),
                    minimum=D(5),
                    direction="lower",
                    status="Below Target",
                ),
                line(
                    measure="lower 3",
                    level=D(6),
                    target=D(0),
                    minimum=D(5),
                    direction="lower",
                    status="Below Minimum",
                ),
            )
        ),
        (
            error(figures(measures=(line(status="Above Target"),)), "does not follow"),
            error(
                figures(
                    measures=(line(level=None, level_text="No Events", status="Above Target"),)
                ),
                "does not follow",
            ),
            error(
                figures(measures=(line(minimum=None, level=D(1), status="Below Minimum"),)),
                "does not follow",
            ),
        ),
    ),
    "no_events_only_where_nothing_happened": Case(
        figures(
            measures=(
                line(level=None, level_text="No Events", events=D(0)),
                line(measure="X", level=None, level_text="Data Exempted", events=D(3)),
                line(measure="Y", level=None, level_text="Data Exempted"),
            )
        ),
        (
            error(
                figures(measures=(line(level=None, level_text="No Events", events=D(1)),)),
                "things happened",
            ),
            error(
                figures(measures=(line(level=None, level_text="No Events", denominator=D(7)),)),
                "things happened",
            ),
            error(
                figures(
                    measures=(line(level=None, level_text="No Events"),),
                    exceptions=(ExceptionFigure("5.2", "CPM2", "Duplicate", 4, True),),
                ),
                "things happened",
            ),
            error(
                figures(measures=(line(level=None, level_text="Data Exempted", events=D(0)),)),
                "nothing happened",
            ),
        ),
    ),
    "levels_without_number_say_why": Case(
        figures(measures=(line(level=None, level_text="Not Reported"), line(measure="X"))),
        (
            error(figures(measures=(line(level=None, level_text="N/A"),)), "cannot be told"),
            error(figures(measures=(line(level=None, level_text="No Data"),)), "cannot be told"),
            error(figures(measures=(line(level=None),)), "cannot be told"),
        ),
    ),
    "over_100_only_by_formula": Case(
        figures(
            measures=(
                pm12_2(RIGHT_WORKING),
                pm12_2(None, where="Table 12"),
                line(measure="count", level=D(227), unit="count"),
            )
        ),
        (
            error(figures(measures=(line(level=D("227.00")),)), "cannot give"),
            error(
                figures(measures=(line(level=D("227.00"), formula="ratio", working="227"),)),
                "cannot give",
            ),
            error(figures(measures=(pm12_2(None),)), "without its working"),
            error(figures(measures=(line(previous_level=D("227")),)), "cannot give"),
        ),
    ),
    "printed_formula_evaluates": Case(
        figures(
            measures=(pm12_2(RIGHT_WORKING), pm12_2("PM12.2 = " + RIGHT_WORKING + " = 387.85%"))
        ),
        (
            error(
                figures(measures=(pm12_2("100 * (6929/ ((6864 - 50) * 0.25) + 50)"),)),
                "operands swapped",
            ),
            error(
                figures(measures=(pm12_2("100 * (6864/ ((6929 - 50) * 0.25) + 50)"),)),
                "does not give the printed level",
            ),
            error(
                figures(measures=(pm12_2("100 * (6864/ ((6929 - 50) * 0.25) + 50))"),)),
                "brackets do not balance: 3 opened, 4 closed",
            ),
            error(figures(measures=(pm12_2("100 * six / 7"),)), "cannot be evaluated"),
            error(figures(measures=(pm12_2("100 * 6864 / (50 - 50)"),)), "divides by zero"),
        ),
    ),
    "means_of_contributing_measures": Case(
        figures(
            measures=(
                *TWO_PARTS,
                line(measure="CPM8", level=None, level_text="No Events"),
                line(measure="F", level=None, level_text="No Events", contributes_to="CPM8"),
            )
        ),
        (
            error(with_parts((0, {"level": D("98.86")})), "level is not the mean of the 5"),
            error(with_parts((1, {"previous_level": D("96")})), "previous level is not the mean"),
            # A measure that is not reported must not be counted as one that was at nothing.
            error(with_parts((0, {"level": D("59.32")})), "level is not the mean"),
            error(
                figures(
                    measures=(
                        line(measure="CPM8", level=None, level_text="No Events"),
                        line(
                            measure="F", level=None, level_text="No Events", contributes_to="CPM8"
                        ),
                        line(
                            measure="G",
                            level=None,
                            level_text="Not Reported",
                            contributes_to="CPM8",
                        ),
                    )
                ),
                "level is not the mean",
            ),
        ),
    ),
    "levels_agree_with_inputs": Case(
        figures(
            measures=(
                line(level=D("54.50"), numerator=D(39964), denominator=D(73324), formula="ratio"),
                pm12_2(RIGHT_WORKING),
                line(measure="X", level=D(3), numerator=D(3), formula="count", unit="count"),
            )
        ),
        (
            error(
                figures(
                    measures=(
                        line(
                            level=D("54.52"),
                            numerator=D(39964),
                            denominator=D(73324),
                            formula="ratio",
                        ),
                    )
                ),
                "does not give",
            ),
            error(figures(measures=(pm12_2(None, level=D("395.15")),)), "does not give"),
            error(
                figures(measures=(line(numerator=D(1), denominator=D(0), formula="ratio"),)),
                "does not give",
            ),
        ),
    ),
    "availability_reflects_outages": Case(
        figures(
            measures=(line(measure="DSP PM2.1", level=D("99.76")),),
            outages=(Outage("4.1.1", "INC1", 102, ("DSP PM2.1",)),),
            period_minutes=43_200,
        ),
        (
            error(
                figures(
                    measures=(line(measure="DSP PM2.1", level=D("100.00")),),
                    outages=(Outage("4.1.1", "INC1", 1, ("DSP PM2.1",)),),
                    period_minutes=43_200,
                ),
                "1 minutes of recorded outage",
            ),
            warning(
                figures(
                    measures=(PM6_2,),
                    outages=(Outage("5.1.1", "INC1", 93, ("CSPN PM6.2",)),),
                    period_minutes=43_200,
                ),
                "93 minutes of recorded outage",
            ),
        ),
    ),
    "no_full_availability_beside_an_unexplained_outage": Case(
        figures(
            measures=(
                line(measure="AVAIL DCC User Interface", level=D("99.99")),
                line(measure="CPM7", level=D("100.00")),
            ),
            unexplained_outages=(UnexplainedOutage("Table 9", "North, from 7 Sep 2020 15:30"),),
        ),
        (
            error(
                figures(
                    measures=(line(measure="AVAIL DCC User Interface", level=D("100.00")),),
                    unexplained_outages=(
                        UnexplainedOutage("Table 9", "North, from 7 Sep 2020 15:30"),
                    ),
                ),
                "North, from 7 Sep 2020 15:30",
            ),
        ),
    ),
    "no_full_availability_beside_an_outage": Case(
        figures(
            measures=(
                line(measure="AVAIL ssi", level=D("99.99")),
                line(measure="AVAIL rdi", level=D("100.00")),
            ),
            downtimes=(
                PrintedDowntime("Table 9", "AVAIL ssi", D(1)),
                PrintedDowntime("Table 10", "AVAIL rdi", D(0)),
            ),
            recorded_outages=(
                Outage("Component events", "EVT1", 1, ("AVAIL ssi",)),
                # shorter than a whole minute of the clock
                Outage("Component events", "EVT2", 0, ("AVAIL rdi",)),
            ),
        ),
        (
            error(
                figures(
                    measures=(line(measure="AVAIL ssi", level=D("100.00")),),
                    recorded_outages=(Outage("Component events", "EVT1", 1, ("AVAIL ssi",)),),
                ),
                "wholly available beside EVT1",
            ),
            error(
                figures(
                    downtimes=(PrintedDowntime("Table 9", "AVAIL-R dui North", D(0)),),
                    recorded_outages=(
                        Outage("Component events", "EVT1", 93, ("AVAIL-R dui North",)),
                    ),
                ),
                "no unplanned downtime beside EVT1",
            ),
        ),
    ),
    "durations_agree_with_times": Case(
        figures(
            durations=(
                DURATION,
                replace(DURATION, ends_at=at(16, 58, 59)),
                replace(DURATION, ends_at=None),
            )
        ),
        (
            error(figures(durations=(replace(DURATION, minutes=92),)), "not the time between"),
            error(figures(durations=(replace(DURATION, minutes=94),)), "not the time between"),
            error(
                figures(durations=(Duration("2", "INC1", at(16), at(15, 59), 0),)),
                "not the time between",
            ),
        ),
    ),
    "dates_in_order": Case(
        figures(date_orders=(DateOrder("15.1", "Target", date(2020, 6, 1), date(2020, 6, 1)),)),
        (
            error(
                figures(
                    date_orders=(DateOrder("15.1", "Target", date(2020, 6, 1), date(2019, 7, 2)),)
                ),
                "lies before 2020-06-01",
            ),
        ),
    ),
    "every_major_incident_shown": Case(
        figures(incidents=(RECORD,), extract_incident_ids=frozenset({"INC1"})),
        (
            error(
                figures(incidents=(RECORD,), extract_incident_ids=frozenset({"INC1", "INC2"})),
                "INC2: not in the report",
            ),
            error(
                figures(incidents=(replace(RECORD, times={**RECORD.times, "restored_at": None}),)),
                "printed without restored_at",
            ),
            error(
                figures(incidents=(replace(RECORD, times={}),)),
                "printed without impacted_at, restored_at, raised_at, resolved_at",
            ),
        ),
    ),
    "no_exception_outside_the_list": Case(
        figures(exceptions=(ExceptionFigure("3.2", "CPM5", "Duplicate", 72, True),)),
        (
            error(
                figures(exceptions=(ExceptionFigure("3.2", "CPM5", "Bad weather", 1, False),)),
                "not on the list",
            ),
        ),
    ),
    "credits_match_measures": Case(
        figures(
            measures=(PM6_2, line(measure="CSPN PM3.1", level=D("98.44"), target=D("99.00"))),
            credits=(
                CREDIT,
                replace(
                    CREDIT,
                    measure="CSPN PM3.1",
                    service_points=14,
                    credit_gbp=D(3630),
                    level=None,
                    target=None,
                ),
            ),
        ),
        (
            error(figures(credits=(CREDIT,)), "in the credits and in no table"),
            error(
                figures(
                    measures=(replace(PM6_2, level=D("99.98")),),
                    credits=(replace(CREDIT, level=None),),
                ),
                "not below its target",
            ),
            error(
                figures(
                    measures=(replace(PM6_2, level=None, level_text="No Events"),),
                    credits=(CREDIT,),
                ),
                "not below its target",
            ),
            error(
                figures(measures=(PM6_2,), credits=(replace(CREDIT, level=D("99.81")),)),
                "another level",
            ),
            error(
                figures(measures=(PM6_2,), credits=(replace(CREDIT, target=D("99.9")),)),
                "another target",
            ),
            error(
                figures(measures=(PM6_2,), credits=(replace(CREDIT, service_points=0),)),
                "money without service points",
            ),
            warning(
                figures(
                    measures=(
                        PM6_2,
                        line(measure="CSPN PM3.1", level=D(98)),
                        line(measure="CSPN PM3.2", level=D(98)),
                    ),
                    credits=(
                        CREDIT,
                        Credit("13", "CSPN", "CSPN PM3.1", 14, D("3630.00")),
                        Credit("13", "CSPN", "CSPN PM3.2", 60, D("16076.00")),
                    ),
                ),
                "CSPN PM3.2: its price per service point",
            ),
        ),
    ),
    "captions_match_provider": Case(
        figures(captions=(CAPTION, Caption("Table 26", "", ("CSPN", "DSP"), "Credits"))),
        (
            error(
                figures(captions=(replace(CAPTION, named=("CSPC",)),)),
                "a table of CSPS's section is labelled with another provider",
            ),
            error(
                figures(captions=(replace(CAPTION, named=("CSPS", "CSPC")),)), "another provider"
            ),
        ),
    ),
    "captions_tell_tables_apart": Case(
        figures(captions=(CAPTION, replace(CAPTION, text="Others"), replace(CAPTION, text=None))),
        (
            warning(figures(captions=(replace(CAPTION, text=""),)), "no caption"),
            warning(figures(captions=(CAPTION, CAPTION)), "share one caption"),
        ),
    ),
    "measure_numbers_tell_measures_apart": Case(
        figures(
            measures=(
                line(provider="CSPN", measure="CSPN PM1.1", printed_as="PM1.1"),
                line(provider="CSPN", measure="CSPN PM1.1", printed_as="PM1.1", where="Table 2"),
                line(provider="CSPC", measure="CSPC PM1.1", printed_as="PM1.1"),
            )
        ),
        (
            warning(
                figures(
                    measures=(
                        line(provider="CSPN", measure="CSPN PMC1.1", printed_as="PM1.1"),
                        line(provider="CSPN", measure="CSPN PMD1.1", printed_as="PM1.1"),
                    )
                ),
                "2 measures are printed as PM1.1",
            ),
            warning(
                figures(measures=(line(provider="X", measure="X PMV1", printed_as=""),)),
                "without a number",
            ),
        ),
    ),
    "measures_shown_are_registered": Case(
        figures(registered_measures=frozenset({"CPM1"}), shown_measures=frozenset({"CPM1"})),
        (
            error(
                figures(registered_measures=frozenset({"CPM1"}), shown_measures=frozenset()),
                "CPM1: registered and not shown",
            ),
            error(
                figures(registered_measures=frozenset({"A"}), shown_measures=frozenset({"A", "B"})),
                "B: shown and not registered",
            ),
        ),
    ),
    "every_number_is_in_a_mart": Case(
        figures(
            numbers=(
                PrintedNumber("Table 1", "99.81%", "99.81", ("measures",)),
                PrintedNumber("Section 2", "1,234", "1234"),
            ),
            held_numbers={"measures": frozenset({"99.81"}), "others": frozenset({"1234"})},
        ),
        (
            error(
                figures(
                    numbers=(PrintedNumber("Table 1", "1,234", "1234", ("measures",)),),
                    held_numbers={"measures": frozenset(), "others": frozenset({"1234"})},
                ),
                "1,234: no value of measures is shown so",
            ),
            error(
                figures(
                    numbers=(PrintedNumber("Section 2", "99.82%", "99.82"),),
                    held_numbers={"measures": frozenset({"99.81"})},
                ),
                "99.82%: no value of a mart is shown so",
            ),
        ),
    ),
}

BAD_CASES = [(name, *bad) for name, case in CASES.items() for bad in case.bad]


def findings_of(name: str, report: ReportFigures) -> list[Finding]:
    return list(CHECKS[name].rule(report))


def test_every_rule_has_a_case_and_the_other_way_round() -> None:
    assert set(CASES) == set(CHECKS)
    assert all(check.description.endswith(".") for check in CHECKS.values())


@pytest.mark.parametrize("name", CASES)
def test_figures_that_keep_the_rule(name: str) -> None:
    good = CASES[name].good
    assert CHECKS[name].applies_to(good) > 0, "a rule that applies to nothing proves nothing"
    assert findings_of(name, good) == []


@pytest.mark.parametrize(("name", "bad", "message", "severity"), BAD_CASES)
def test_figures_that_break_the_rule(
    name: str, bad: ReportFigures, message: str, severity: str
) -> None:
    found = findings_of(name, bad)
    assert found
    assert any(re.search(message, one.message) for one in found), found
    assert severity in {one.severity for one in found}
    assert {one.check for one in found} == {name}
    assert all(one.where for one in found)
    assert [one for one in run_all(bad) if one.check == name] == found


@pytest.mark.parametrize("name", CASES)
def test_no_figures_no_findings(name: str) -> None:
    assert findings_of(name, figures()) == []
    assert CHECKS[name].applies_to(figures()) == 0


def test_a_tolerance_is_what_lets_a_transcription_be_a_minute_off() -> None:
    tolerance = Tolerance(1, "cut to minutes", MONTH)

    def with_minutes(minutes: int) -> ReportFigures:
        return figures(
            durations=(replace(DURATION, minutes=minutes),), duration_tolerance=tolerance
        )

    assert findings_of("durations_agree_with_times", with_minutes(92)) == []
    assert findings_of("durations_agree_with_times", with_minutes(94)) == []
    assert findings_of("durations_agree_with_times", with_minutes(91))
    assert findings_of("durations_agree_with_times", with_minutes(95))


def test_one_price_per_point_is_rounded_to_pounds_before_it_is_compared() -> None:
    """The price that 14 and 21 points allow is a range, and 45,377 for 175 lies in it."""
    report = figures(
        measures=tuple(line(measure=name, level=D(90)) for name in ("A", "B", "C")),
        credits=(
            Credit("13", "CSPN", "A", 175, D(45377)),
            Credit("13", "CSPN", "B", 14, D(3630)),
            Credit("13", "CSPN", "C", 21, D(5445)),
        ),
    )
    assert findings_of("credits_match_measures", report) == []


def test_the_wrong_month_is_found_whole() -> None:
    """Several defects at once do not hide each other."""
    report = figures(
        measures=(line(status="Above Target"),),
        claims=(replace(CLAIM, status="Above Target"),),
        totals=(replace(TOTAL, total=D(1)),),
    )
    assert {one.check for one in run_all(report)} == {
        "totals_add_up",
        "summary_agrees_with_tables",
        "status_agrees_with_level",
    }
