"""File names of extracts: what they say, and which are refused."""

from __future__ import annotations

from datetime import date

import pytest

from orchestration.feeds import ExtractNameError, load_contract, parse_extract_path
from orchestration.settings import PROJECT_ROOT

CONTRACT = load_contract(PROJECT_ROOT)


@pytest.mark.parametrize(
    ("path", "period", "part", "version", "extension"),
    [
        ("dsms/incidents/incidents_2020-09.csv", date(2020, 9, 1), "", 1, "csv"),
        ("dsms/incidents/incidents_2020-09_v2.csv.gz", date(2020, 9, 1), "", 2, "csv.gz"),
        ("dsp/alerts/alerts_2020-09-07_v10.parquet", date(2020, 9, 7), "", 10, "parquet"),
        (
            "providers/service_levels/service_levels_2020-09_S1SP_VODAFONE.csv",
            date(2020, 9, 1),
            "S1SP_VODAFONE",
            1,
            "csv",
        ),
        (
            "providers/service_levels/service_levels_2020-09_S1SP_VODAFONE_v3.csv",
            date(2020, 9, 1),
            "S1SP_VODAFONE",
            3,
            "csv",
        ),
        (
            "providers/service_levels/service_levels_2020-09_A_v2_v3.csv",
            date(2020, 9, 1),
            "A_v2",
            3,
            "csv",
        ),
        ("dcc/commentary/commentary_2020-09.csv", date(2020, 9, 1), "", 1, "csv"),
        ("dcc/commentary/commentary_2020-10-12_v2.csv", date(2020, 10, 12), "", 2, "csv"),
    ],
)
def test_a_name_says_period_part_version_and_format(
    path: str, period: date, part: str, version: int, extension: str
) -> None:
    name = parse_extract_path(path, CONTRACT)
    assert (name.file_date, name.part, name.version, name.format) == (
        period,
        part,
        version,
        extension,
    )
    assert name.file == path


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("dsms/incidents/../incidents_2020-09.csv", "leads out of the landing folder"),
        ("../dsms/incidents/incidents_2020-09.csv", "leads out of the landing folder"),
        ("/dsms/incidents/incidents_2020-09.csv", "leads out of the landing folder"),
        ("dsms/incidents/a\\incidents_2020-09.csv", "leads out of the landing folder"),
        ("dsms/incidents_2020-09.csv", "stands in no feed's folder"),
        ("dsms/incidents/old/incidents_2020-09.csv", "stands in no feed's folder"),
        ("dsms/accidents/accidents_2020-09.csv", "dsms/accidents is no feed of the contract"),
        ("dsms/incidents/problems_2020-09.csv", "must begin with incidents_"),
        ("dsms/incidents/incidents_2020-09.xlsx", "extension must be .csv, .csv.gz or .parquet"),
        ("dsms/incidents/incidents_2020-09.CSV", "extension must be .csv, .csv.gz or .parquet"),
        ("dsms/incidents/incidents_2020-13.csv", "2020-13 is no date of the calendar"),
        ("dsp/alerts/alerts_2020-02-30.csv", "2020-02-30 is no date of the calendar"),
        ("dsms/incidents/incidents_2020-09-07.csv", "is a monthly feed"),
        ("dsp/alerts/alerts_2020-09.csv", "is a daily feed"),
        ("dsms/incidents/incidents_202009.csv", "after incidents_ must come the month"),
        ("dsms/incidents/incidents_2020-09_V2.csv", "a version is written _v2, not _V2"),
        ("dsms/incidents/incidents_2020-09_v0.csv", "versions begin at _v1"),
        ("dsms/incidents/incidents_2020-09_.csv", "the part '' may hold letters"),
        ("dsms/incidents/incidents_2020-09__v2.csv", "the part '' may hold letters"),
        ("dsms/incidents/incidents_2020-09_a b.csv", "the part 'a b' may hold letters"),
    ],
)
def test_a_name_that_fits_no_feed_is_refused(path: str, message: str) -> None:
    with pytest.raises(ExtractNameError) as error:
        parse_extract_path(path, CONTRACT)
    assert message in str(error.value)
