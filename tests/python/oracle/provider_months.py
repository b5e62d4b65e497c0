"""Random small months of provider files, full of the edges that rules C1 to C6 have.

Belongs here: Hypothesis strategies of providers/* and dcc/assessments extracts and of published
levels. Does not belong here: expectations; what the rules make of the months is in `providers.py`.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import strategies as st

from tests.python.oracle.clock import months_before, next_month
from tests.python.oracle.incident_months import published_levels
from tests.python.oracle.incidents import HISTORY
from tests.python.oracle.providers import POWER_OUTAGE_MEASURE, formula_level
from tests.python.oracle.records import (
    Assessment,
    EmptyFile,
    ExceptionCount,
    Facts,
    PublishedLevel,
    ServiceCredit,
    ServiceLevel,
)
from tests.python.oracle.reference import RegisteredMeasure, code_measures, registered_measures

REGISTER = registered_measures()
CODE_REGISTER = code_measures()
WORDS = ("No Events", "Data Exempted", "Not Reported")
ISSUES = ("v1.0", "v2.0", "v10.0")
HISTORY_ALONE = st.just([HISTORY])
SOME_ISSUE = st.sampled_from(ISSUES)
CONTRIBUTED = ("CPM1", "CPM2", "CPM3", "CPM6", "CPM7", "CPM8")
# Denominators by which 100 x n / d ends in ...5 thousandths, and some that never end.
DENOMINATORS = (1, 3, 7, 8, 40, 80, 200, 2000, 4000, 20000, 40000, 100000)
EXCEPTION_REASONS = ("Device fault", "User request", "Planned maintenance")


@st.composite
def _quotients(draw: st.DrawFn) -> tuple[float, float]:
    """A numerator and a denominator, often near 0, near 100, or on half a hundredth."""
    denominator = draw(st.sampled_from(DENOMINATORS))
    from_top = draw(st.integers(0, min(denominator, 12)))
    numerator = draw(
        st.sampled_from([from_top, denominator - from_top, from_top * denominator // 13])
    )
    return float(numerator), float(denominator)


def _levels_given(target: Decimal) -> st.SearchStrategy[float]:
    """Percentages in thousandths: around the target, around the ends, anywhere."""
    around = int(target * 1000)
    return st.one_of(
        st.sampled_from([around + by for by in (-10, -6, -5, -4, 0, 4, 5)]).map(
            lambda thousandths: min(thousandths, 100000)
        ),
        st.sampled_from([0, 1, 4, 5, 99990, 99994, 99995, 99999, 100000]),
        st.integers(0, 100000),
    ).map(lambda thousandths: thousandths / 1000)


@st.composite
def _reported(draw: st.DrawFn, month: date, measure: RegisteredMeasure) -> ServiceLevel:
    """A level, or numerator and denominator, or all three in agreement."""
    form = draw(st.sampled_from(["level", "quotient", "both"]))
    if measure.unit == "count":
        edge = int(measure.minimum or 0)
        events = float(draw(st.sampled_from([0, 1, edge, edge + 1])))
        return ServiceLevel(
            month,
            measure.provider,
            measure.measure_no,
            "Reported",
            measure.period,
            numerator=None if form == "level" else events,
            level=None if form == "quotient" else events,
        )
    if form == "level":
        return ServiceLevel(
            month,
            measure.provider,
            measure.measure_no,
            "Reported",
            measure.period,
            level=draw(_levels_given(measure.target)),
        )
    if measure.measure_no == POWER_OUTAGE_MEASURE:
        numerator = float(draw(st.integers(0, 12000)))
        denominator = float(draw(st.integers(0, 7000)))
    else:
        numerator, denominator = draw(_quotients())
    row = ServiceLevel(
        month,
        measure.provider,
        measure.measure_no,
        "Reported",
        measure.period,
        numerator=numerator,
        denominator=denominator,
    )
    if form == "quotient":
        return row
    level = formula_level(measure, row)
    assert level is not None
    printed = Decimal(level).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return ServiceLevel(
        month,
        measure.provider,
        measure.measure_no,
        "Reported",
        measure.period,
        numerator=numerator,
        denominator=denominator,
        level=float(printed),
    )


@st.composite
def _service_levels(draw: st.DrawFn, month: date, measure: RegisteredMeasure) -> ServiceLevel:
    """A row of one PM: mostly Reported; a row in words may carry zeros, as nothing happened."""
    if draw(st.integers(0, 3)):
        return draw(_reported(month, measure))
    state = draw(st.sampled_from(WORDS))
    zeros = 0.0 if state == "No Events" and draw(st.booleans()) else None
    return ServiceLevel(
        month,
        measure.provider,
        measure.measure_no,
        state,
        measure.period,
        numerator=zeros,
        denominator=zeros,
    )


@st.composite
def service_level_files(draw: st.DrawFn, month: date, most: int = 6) -> list[ServiceLevel]:
    """The files of a month: all contributors of some CPMs (less a few), and some other PMs."""
    whole = draw(st.sets(st.sampled_from(CONTRIBUTED), max_size=2))
    silent = draw(st.sampled_from([0, 0, 3]))
    chosen = {
        (measure.provider, measure.measure_no): measure
        for measure in REGISTER
        if measure.contributes_to in whole
    }
    for measure in draw(
        st.lists(st.sampled_from(REGISTER), max_size=most, unique_by=lambda one: one)
    ):
        chosen[(measure.provider, measure.measure_no)] = measure
    special = [
        measure
        for measure in REGISTER
        if measure.unit == "count"
        or measure.minimum is None
        or measure.period == "Quarterly"
        or measure.measure_no == POWER_OUTAGE_MEASURE
    ]
    for measure in draw(st.lists(st.sampled_from(special), max_size=4, unique_by=lambda one: one)):
        chosen[(measure.provider, measure.measure_no)] = measure
    if whole and draw(st.integers(0, 3)) == 0:
        # A measure of which nobody reports a number: in one word, or in several.
        words = draw(st.sampled_from([WORDS, *((word,) for word in WORDS)]))
        return [
            ServiceLevel(
                month,
                measure.provider,
                measure.measure_no,
                draw(st.sampled_from(words)),
                measure.period,
            )
            for measure in chosen.values()
        ]
    rows = [draw(_service_levels(month, measure)) for measure in chosen.values()]
    return rows[silent:]


@st.composite
def earlier_levels(draw: st.DrawFn, month: date) -> list[PublishedLevel]:
    """Levels printed in earlier months and quarters; a later issue may withdraw one."""
    levels: list[PublishedLevel] = []
    scopes = [
        ("SP-PM", f"{one.provider} PM{one.measure_no}") for one in REGISTER if one.unit == "percent"
    ]
    scopes += [(one.measure, "All") for one in CODE_REGISTER]
    quarterly = [
        ("SP-PM", f"{one.provider} PM{one.measure_no}")
        for one in REGISTER
        if one.period == "Quarterly"
    ]
    older = draw(st.sets(st.integers(2, 8), max_size=2))
    for back in (1, *sorted(older)):
        pool = [*quarterly, *scopes[:3], *scopes[-3:]] if back > 1 else scopes
        # History is what was published before this system issued anything of the month.
        for issue in draw(st.one_of(HISTORY_ALONE, st.lists(SOME_ISSUE, unique=True, max_size=2))):
            for measure_id, scope in draw(st.lists(st.sampled_from(pool), unique=True, max_size=6)):
                earlier = months_before(month, back)
                levels.append(draw(published_levels(earlier, issue, measure_id, scope)))
    return levels


@st.composite
def assessment_files(draw: st.DrawFn, month: date) -> list[Assessment]:
    """Assessments due on and around the borders of the month, early, on the day, late, never."""
    last = next_month(month) - timedelta(days=1)
    due_days = [month - timedelta(days=1), month, month + timedelta(days=9), last]
    due_days.append(next_month(month))
    rows: list[Assessment] = []
    for number in range(draw(st.integers(0, 4))):
        due = draw(st.sampled_from(due_days))
        delay = draw(st.sampled_from([None, -40, -1, 0, 1, 40]))
        rows.append(
            Assessment(
                month,
                f"DA{number:04d}",
                due,
                None if delay is None else due + timedelta(days=delay),
            )
        )
    return rows


@st.composite
def provider_facts(draw: st.DrawFn, month: date) -> Facts:
    """Provider and DCC files of the month and of the one before, and what was published earlier."""
    before = months_before(month, 1)
    exceptions = [
        ExceptionCount(month, measure.provider, measure.measure_no, scope, reason, events)
        for measure, scope, reason, events in draw(
            st.lists(
                st.tuples(
                    st.sampled_from(REGISTER),
                    st.sampled_from(["In period", "Total estate"]),
                    st.sampled_from(EXCEPTION_REASONS),
                    st.integers(0, 5_000_000_000),
                ),
                max_size=4,
                unique_by=lambda row: row[:3],
            )
        )
    ]
    credits = [
        ServiceCredit(
            month,
            measure.provider,
            measure.measure_no,
            points,
            Decimal(pence) / 100,
        )
        for measure, points, pence in draw(
            st.lists(
                st.tuples(
                    st.sampled_from(REGISTER), st.integers(0, 200), st.integers(0, 5_000_000)
                ),
                max_size=3,
                unique_by=lambda row: row[0],
            )
        )
    ]
    empty_files = [
        EmptyFile(month, feed)
        for feed in sorted(draw(st.sets(st.sampled_from(["incidents", "assessments"]))))
    ]
    return Facts(
        empty_files=empty_files,
        service_levels=[
            *draw(service_level_files(month)),
            *draw(service_level_files(before, most=3)),
        ],
        exceptions=exceptions,
        service_credits=credits,
        assessments=[*draw(assessment_files(month)), *draw(assessment_files(before))],
        published_levels=draw(earlier_levels(month)),
    )
