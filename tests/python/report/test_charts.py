"""Charts over days: which incidents they mark, where labels stand, what a picture leaves out."""

from __future__ import annotations

import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from orchestration.report import charts
from orchestration.report.charts import days, drawing
from orchestration.report.charts.days import Label, Month, Plot
from orchestration.report.document import Figure, Spec
from orchestration.report.marts import Row
from orchestration.report.sections import impacts

MONTH = date(2020, 9, 1)
LONDON = ZoneInfo("Europe/London")
NARROW = Plot(Month(MONTH), is_narrow=True)
WIDE = Plot(Month(MONTH), is_narrow=False)


def incident(
    impacted: str | None = "2020-09-07 14:25",
    restored: str | None = "2020-09-07 15:58",
    smets: str = "SMETS2+",
    regions: str | None = "North",
) -> Row:
    """A Major Incident as the mart has it; times in UTC."""
    return Row(
        "major_incidents",
        {
            "incident_id": "INC000000627085",
            "category": 1,
            "smets": smets,
            "regions": regions,
            "impacted_at": None if impacted is None else datetime.fromisoformat(impacted),
            "restored_at": None if restored is None else datetime.fromisoformat(restored),
            "impact_minutes": 93.0,
            "duplicate_of": None,
        },
    )


def marked_days(row: Row, smets: str = "SMETS2+", region: str = "North") -> list[tuple[int, int]]:
    return [
        (one.first_day, one.last_day) for one in impacts.marked([row], smets, region, MONTH, LONDON)
    ]


# --- which incidents a chart marks ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("smets", "regions", "hit"),
    [
        ("SMETS2+", "North", {"North"}),
        ("SMETS2+", "North|South", {"North", "South"}),
        ("SMETS2+", None, {"North", "South", "Central"}),
        ("SMETS1", None, {"SMETS1"}),
        ("All", None, {"SMETS1", "North", "Central", "South"}),
        ("All", "All", {"SMETS1", "North", "Central", "South"}),
        ("All", "Central", {"SMETS1", "Central"}),
    ],
)
def test_an_incident_hits_its_generation_and_regions_and_no_others(
    smets: str, regions: str | None, hit: set[str]
) -> None:
    row = incident(smets=smets, regions=regions)
    cells = {
        "SMETS1": ("SMETS1", "All"),
        **{name: ("SMETS2+", name) for name in ("North", "Central", "South")},
    }
    assert {name for name, cell in cells.items() if impacts.hits(row, *cell)} == hit


@pytest.mark.parametrize(
    ("impacted", "restored", "found"),
    [
        ("2020-09-07 14:25", "2020-09-07 15:58", [(7, 7)]),
        # 23:30 UTC is already the next local day in summer.
        ("2020-09-07 23:30", "2020-09-08 01:00", [(8, 8)]),
        ("2020-09-07 14:25", "2020-09-09 10:00", [(7, 9)]),
        # An end at local midnight does not reach into the day that then begins.
        ("2020-09-07 14:25", "2020-09-07 23:00", [(7, 7)]),
        ("2020-09-07 23:00", "2020-09-07 23:00", [(8, 8)]),
        # Begun before the month, ended after it, or not ended.
        ("2020-08-30 10:00", "2020-09-02 10:00", [(1, 2)]),
        ("2020-09-29 10:00", "2020-10-02 10:00", [(29, 30)]),
        ("2020-09-29 10:00", None, [(29, 30)]),
        # Of another month, or without an impact.
        ("2020-08-27 14:40", "2020-08-27 15:25", []),
        ("2020-09-30 23:00", "2020-10-01 15:25", []),
        (None, None, []),
    ],
)
def test_an_incident_marks_the_local_days_of_the_month_that_it_touched(
    impacted: str | None, restored: str | None, found: list[tuple[int, int]]
) -> None:
    assert marked_days(incident(impacted, restored)) == found


def test_a_mark_says_category_place_and_duration() -> None:
    (one,) = impacts.marked([incident()], "SMETS2+", "North", MONTH, LONDON)
    assert one.incident_id == "INC000000627085"
    assert one.detail == "Cat 1 · North · 1 h 33 min"
    assert "7 Sep 2020 15:25 to 7 Sep 2020 16:58" in one.said
    whole = incident(smets="All", regions=None)
    assert impacts.marked([whole], "SMETS1", "All", MONTH, LONDON)[0].detail.startswith(
        "Cat 1 · All regions"
    )


# --- where labels stand --------------------------------------------------------------------------


@pytest.mark.parametrize("plot", [WIDE, NARROW])
def test_labels_of_a_row_keep_apart_and_inside_the_plot(plot: Plot) -> None:
    labels = [
        Label(day, day, f"INC00000062{day:04d}", "Cat 1 · All regions · 1 h 42 min")
        for day in (1, 2, 7, 11, 11, 12, 21, 30)
    ]
    found = days.placed(labels, plot)
    assert len(found) == len(labels)
    spans = [
        (one.row, middle - one.label.pixels / 2, middle + one.label.pixels / 2)
        for one in found
        for middle in ((one.middle - 0.5) * plot.pixels_per_day,)
    ]
    for place, (row, start, end) in enumerate(spans):
        assert start >= -0.01
        assert end <= plot.width + 0.01
        for other, begins, stops in spans[place + 1 :]:
            assert other != row or begins >= end or stops <= start
    assert {row for row, _, _ in spans} == set(range(max(row for row, _, _ in spans) + 1))


def test_days_hit_twice_are_one_band() -> None:
    assert days.band_values([11, 7, 11, 12, 1]) == [
        {"from": 0.5, "to": 1.5},
        {"from": 6.5, "to": 7.5},
        {"from": 10.5, "to": 12.5},
    ]


@pytest.mark.parametrize(("first", "count"), [(date(2020, 2, 1), 29), (date(2020, 12, 1), 31)])
def test_a_month_has_its_days(first: date, count: int) -> None:
    assert Month(first).days == count
    assert Month(first).dates[-1].month == first.month


# --- the RSVP chart ------------------------------------------------------------------------------


def daily(day: int, **values: object) -> Row:
    """A row of rsvp_daily."""
    return Row(
        "rsvp_daily",
        {
            "activity_date": date(2020, 9, day),
            "volume": 1000,
            "delivery_failures": 4,
            "without_response": 3,
            "mean_rtt_seconds": 9.04,
            "max_rtt_seconds": 310.0,
            "month_mean_rtt_seconds": 9.55,
            **values,
        },
    )


def figure(*rows: Row) -> Figure:
    found = charts.rsvp_figure(
        charts.Shown("figure-x", "figure_x", "Pre-Payment", "North", MONTH),
        rows,
        impacts.marked([incident()], "SMETS2+", "North", MONTH, LONDON),
    )
    assert found is not None
    return found


def values(spec: Spec, name: str) -> list[dict[str, object]]:
    datasets = spec["datasets"]
    assert isinstance(datasets, dict)
    found: list[dict[str, object]] = datasets[name]
    return found


def test_a_day_without_traffic_keeps_its_place_and_is_not_zero() -> None:
    spec = figure(daily(1), daily(3)).spec
    found = values(spec, "days")
    assert len(found) == 30
    assert found[0]["volume"] == 1000
    assert found[1]["mean"] is None
    assert "volume" not in found[1]
    assert found[1]["Requests"] == "None"


def test_a_cell_without_traffic_has_no_chart() -> None:
    shown = charts.Shown("figure-x", "figure_x", "Pre-Payment", "South", MONTH)
    assert charts.rsvp_figure(shown, [], []) is None


def test_a_cell_that_was_never_answered_has_a_chart() -> None:
    silent = daily(
        1, mean_rtt_seconds=None, max_rtt_seconds=None, month_mean_rtt_seconds=None,
        without_response=1000,
    )  # fmt: skip
    one = figure(silent)
    assert one.data.lines[0].cells[1].text == "—"
    assert "role-mark" in charts.svg(one.spec)


def test_the_chart_shows_what_the_mart_has_and_marks_the_incident() -> None:
    one = figure(daily(6), daily(7, without_response=75, delivery_failures=50))
    day = values(one.spec, "days")[6]
    assert (day["silent"], day["undelivered"], day["volume"]) == (75, 50, 1000)
    assert day["Incidents"] == "INC000000627085"
    assert values(one.spec, "bands") == [{"from": 6.5, "to": 7.5}]
    picture = charts.svg(one.spec)
    for words in ("INC000000627085", "Cat 1 · North · 1 h 33 min", "Month mean 9.55 s"):
        assert words in picture
    assert "Most requests without response: 75 on 7 Sep 2020." in one.alt
    assert "INC000000627085 (Cat 1, North, 1 h 33 min; 7 Sep 2020 15:25" in one.alt
    assert one.data.lines[1].cells[-1].text == "INC000000627085"


def test_all_plots_of_a_kind_are_of_one_size() -> None:
    short = figure(daily(1, month_mean_rtt_seconds=9.1))
    long = figure(daily(1, month_mean_rtt_seconds=86400.0))
    for spec in ("spec", "narrow_spec"):
        widths = {
            charts.svg(getattr(one, spec)).partition('width="')[2].partition('"')[0]
            for one in (short, long)
        }
        assert len(widths) == 1


# --- pictures ------------------------------------------------------------------------------------


def test_a_still_picture_has_no_layer_for_the_pointer_and_the_live_one_has() -> None:
    spec = figure(daily(1)).spec
    assert json.dumps(spec).count('"params"') == 4
    assert '"params"' not in json.dumps(drawing.still(spec))


def test_drawing_anew_gives_the_same_picture() -> None:
    spec = figure(daily(1), daily(2)).spec
    first = charts.svg(spec)
    drawing.drawn.cache_clear()
    charts.draw_all([figure(daily(3)).spec, spec])
    assert charts.svg(spec) == first


def test_what_is_idle_is_left_out_of_tags_and_kept_in_words() -> None:
    name = 'a role="graphics-x" opacity="1" <b aria-label="c">'
    found = charts.alert_figure(
        "x", "Caption", "Code", MONTH, {name: {MONTH: 5}}, is_one_scale=False
    )
    assert found is not None
    picture = charts.svg(found.spec)
    tags = drawing._TAG.findall(picture)
    assert not any("aria-" in tag or 'role="graphics' in tag for tag in tags)
    assert 'role="graphics-x" opacity="1" &lt;b aria-label="c"&gt;' in picture


def test_a_specification_that_draws_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="came out empty"):
        charts.svg({"layer": []})
