"""The audit of the report published for September 2020 finds what is wrong in it, and no more."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal as D
from pathlib import Path

import pytest

from orchestration.audit import AuditResult, audit, published_folder
from orchestration.checks.consistency import CHECKS
from orchestration.transcription import TranscriptionError, load

FOLDER = published_folder(date(2020, 9, 1))


@pytest.fixture(scope="module")
def result() -> AuditResult:
    return audit(FOLDER)


def found(result: AuditResult, check: str, severity: str = "error") -> list[tuple[str, str]]:
    """Where and what, without the place in the transcription."""
    return [
        (one.where, one.message)
        for one in result.findings
        if one.check == check and one.severity == severity
    ]


def subjects(result: AuditResult, check: str, severity: str = "error") -> list[str]:
    """What the findings of a rule are about: the message up to its colon."""
    return [message.split(":")[0] for _, message in found(result, check, severity)]


def test_the_summary_contradicts_the_tables(result: AuditResult) -> None:
    assert subjects(result, "summary_agrees_with_tables") == [
        "CPM2",
        "CSPN PM2",
        "CSPN PM3.1",
        "CSPN PM3.2",
    ]
    cpm2 = next(one for one in result.findings if one.message.startswith("CPM2:"))
    assert (cpm2.found, cpm2.expected) == ("Above Target", "Below Target")
    assert "99.81 against target 99.90" in cpm2.message
    assert "printed_claims.csv:3" in cpm2.where


def test_one_previous_level_is_printed_in_two_ways(result: AuditResult) -> None:
    repeated = found(result, "repeated_figures_agree")
    assert [message.split(":")[0] for _, message in repeated] == [
        "DSP PM2.4",
        "INC000000627085",
        "INC000000624768",
        "INC000000623269",
        "INC000000623269",
    ]
    level = next(one for one in result.findings if one.message.startswith("DSP PM2.4"))
    assert level.found == "99.63; 96.63"
    assert "Table 11 [sp_performance_measures.csv:28]" in level.where
    assert "Table 1 [printed_again.csv:2]" in level.where
    # The printed level of CPM6 follows 99.63, the measure beside it is printed as 96.63.
    assert subjects(result, "means_of_contributing_measures") == ["CPM6"]


def test_dates_of_an_incident_and_its_problem_differ(result: AuditResult) -> None:
    dates = [one.found for one in result.findings if one.message.startswith("INC000000623269")]
    assert dates == [
        "2020-08-27 15:40; 2020-08-28 15:40",
        "2020-08-27 16:25; 2020-08-28 16:25",
    ]
    [(where, _)] = found(result, "dates_in_order")
    assert where.startswith("Section 15.1 (PBI000000120414)")


def test_the_printed_workings_do_not_work(result: AuditResult) -> None:
    messages = [message for _, message in found(result, "printed_formula_evaluates")]
    assert len(messages) == 4
    assert messages[0].startswith("CSPN PM12.2: the printed working has its operands swapped")
    assert messages[1].startswith("CSPN PM12.2: the printed working does not give")
    assert "CSPC PM12.2" in messages[2]
    assert "CSPS PM12.2" in messages[3]
    assert all("brackets do not balance: 3 opened, 4 closed" in one for one in messages[2:])


def test_credits_for_measures_that_no_table_shows(result: AuditResult) -> None:
    assert subjects(result, "credits_match_measures") == [
        "CSPN PM6.3",
        "CSPN PM7.1",
        "CSPN PM7.2",
        "CSPN PM7.4",
        "CSPN PM9",
        "S1SP_SIE PM10.2",
        "S1SP_SIE PM10.6",
    ]
    assert subjects(result, "credits_match_measures", "warning") == ["CSPN PM3.2"]


def test_captions(result: AuditResult) -> None:
    [(where, _)] = found(result, "captions_match_provider")
    assert where.startswith("Section 7.2.2.1")
    [finding] = [one for one in result.findings if one.check == "captions_match_provider"]
    assert (finding.found, finding.expected) == ("CSPC", "CSPS")
    shared = found(result, "captions_tell_tables_apart", "warning")
    assert any("Table 1 " in where and "Table 2 " in where for where, _ in shared)
    assert len(shared) == 2


def test_the_rest_of_what_does_not_hold(result: AuditResult) -> None:
    assert subjects(result, "every_major_incident_shown") == [
        "INC000000628941",
        "INC000000628942",
        "INC000000628943",
        "INC000000632269",
        "INC000000632270",
    ]
    assert subjects(result, "counts_as_stated") == ["Months in the summary of the last 12 months"]
    assert subjects(result, "totals_add_up", "warning") == [
        "SMETS2 credits of 2020-06",
        "SMETS1 credits of 2020-06",
    ]
    assert subjects(result, "availability_reflects_outages", "warning") == ["CSPN PM6.2"]
    assert len(found(result, "levels_without_number_say_why")) == 3
    assert len(found(result, "measure_numbers_tell_measures_apart", "warning")) == 10


def test_nothing_that_is_right_is_found(result: AuditResult) -> None:
    """These hold in the report, and the rules had figures enough to see it."""
    for check, least in {
        "levels_agree_with_inputs": 20,
        "durations_agree_with_times": 15,
        "no_exception_outside_the_list": 50,
        "over_100_only_by_formula": 90,
        "no_events_only_where_nothing_happened": 8,
    }.items():
        assert not [one for one in result.findings if one.check == check]
        assert CHECKS[check].applies_to(result.figures) >= least
    assert not found(result, "totals_add_up")
    assert CHECKS["totals_add_up"].applies_to(result.figures) > 120
    assert (len(result.errors), len(result.findings)) == (32, 48)


def test_rules_without_figures_are_said_to_be_not_audited(result: AuditResult) -> None:
    text = result.as_text()
    silent = {name for name, check in CHECKS.items() if not check.applies_to(result.figures)}
    assert silent == {
        "previous_equals_published",
        "status_agrees_with_level",
        "measures_shown_are_registered",
        "every_number_is_in_a_mart",
        "no_full_availability_beside_an_outage",
        "no_full_availability_beside_an_unexplained_outage",
    }
    assert text.count("none: not audited") == len(silent)


def test_the_text_is_a_table_for_people(result: AuditResult) -> None:
    text = result.as_text()
    assert text.startswith("# Audit: Published report for September 2020\n")
    assert "32 contradictions and 16 warnings." in text
    rows = [row for row in text.splitlines() if row.startswith("| ")]
    assert len(rows) == len(result.findings) + len(CHECKS) + 4
    assert "Durations may differ by 1 minute" in text


def test_totals_have_their_parts(result: AuditResult) -> None:
    totals = {(one.where.split(" [")[0], one.label): one for one in result.figures.totals}
    assert totals["Table 10", "Grand total"].total == D(10068)
    assert totals["Table 8", "Column cat5"].total == D(23985)
    assert len(totals["Table 8", "Column cat5"].parts) == 27
    assert totals["Table 17", "Exceptions of CSPC PMC1.3"].total == D(124650)
    assert totals["Section 14", "Reduction of External Costs"].parts[-1] == D("3014.75")


def changed(tmp_path: Path, *changes: tuple[str, str, str]) -> AuditResult:
    """Audit a copy of the transcription in which texts (file, old, new) were replaced."""
    folder = tmp_path / FOLDER.name
    shutil.copytree(FOLDER, folder)
    for name, old, new in changes:
        path = folder / f"{name}.csv"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    return audit(folder)


@pytest.mark.parametrize(
    ("check", "change"),
    [
        ("totals_add_up", ("printed_exclusion_totals", ",10068", ",10086")),
        ("totals_add_up", ("aged_incidents", "2019-10,0,0,0,2,1524", "2019-10,0,0,0,2,1525")),
        ("levels_agree_with_inputs", ("printed_incident_tables", "118,91.30", "118,91.83")),
        (
            "durations_agree_with_times",
            ("printed_durations", "raised_at,resolved_at,363", "raised_at,resolved_at,361"),
        ),
        (
            "no_exception_outside_the_list",
            ("pm_exceptions", "In period,Low coverage database", "In period,Bad weather"),
        ),
        (
            "means_of_contributing_measures",
            ("code_performance_measures", "95.32,95.10", "95.32,95.11"),
        ),
        (
            "means_of_contributing_measures",
            ("code_performance_measures", "98.87,99.46", "65.90,99.46"),
        ),
        (
            "every_major_incident_shown",
            ("problems", "INC000000629122", "INC000000999999"),
        ),
    ],
)
def test_a_wrong_figure_more_is_a_finding_more(
    tmp_path: Path, result: AuditResult, check: str, change: tuple[str, str, str]
) -> None:
    after = changed(tmp_path, change)
    before = {(one.check, one.message) for one in result.findings}
    more = {(one.check, one.message) for one in after.findings} - before
    assert check in {one for one, _ in more}


def test_a_right_figure_takes_its_finding_away(tmp_path: Path) -> None:
    after = changed(tmp_path, ("printed_again", "96.63", "99.63"))
    assert not [one for one in after.findings if "DSP PM2.4" in one.message]
    assert not [one for one in after.findings if one.check == "means_of_contributing_measures"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TranscriptionError, match="does not exist; transcribe the report's figures"):
        load(tmp_path / "2020-10")


def test_a_cell_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(TranscriptionError, match="cannot be read"):
        changed(tmp_path, ("printed_exclusion_totals", ",10068", ",ten thousand"))


def test_a_measure_whose_table_is_not_said(tmp_path: Path) -> None:
    with pytest.raises(TranscriptionError, match=r"^printed_places\.csv does not say"):
        changed(tmp_path, ("printed_places", "S1SP_MDS,*,*,Table 25\n", ""))
