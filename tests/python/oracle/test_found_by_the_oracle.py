"""Months that once made the models and the rules disagree, each as small as it can be.

Belongs here: one test per disagreement found, by rule ID. Does not belong here: random months.
"""

from __future__ import annotations

from datetime import date

from tests.python.oracle.incidents import Row
from tests.python.oracle.records import Facts, PublishedLevel, ServiceLevel
from tests.python.oracle.warehouse import Warehouse

DECEMBER = date(2020, 12, 1)
SCOPE = "CSPN PMC1.3"


def measure(warehouse: Warehouse, facts: Facts, provider: str, measure_no: str) -> Row:
    """The row of a PM in December 2020."""
    warehouse.fill(facts)
    warehouse.run(DECEMBER, ["sp_performance_measures"])
    (found,) = [
        row
        for row in warehouse.rows("sp_performance_measures")
        if (row["provider"], row["measure_no"]) == (provider, measure_no)
    ]
    return found


def test_c3_a_level_that_the_latest_issue_withdrew_is_not_previous(warehouse: Warehouse) -> None:
    november = date(2020, 11, 1)
    facts = Facts(
        published_levels=[
            PublishedLevel(november, "v1.0", "SP-PM", "DSP PM1.1", 99.5, "99.50"),
            PublishedLevel(november, "v2.0", "SP-PM", "DSP PM1.2", 99.6, "99.60"),
        ]
    )
    assert measure(warehouse, facts, "DSP", "1.2")["previous_level"] == 99.6
    withdrawn = measure(warehouse, facts, "DSP", "1.1")
    assert withdrawn["previous_level"] is None
    assert withdrawn["previous_text"] == "Not Published"


def test_c3_the_quarter_before_the_previous_one_is_not_previous(warehouse: Warehouse) -> None:
    given = ServiceLevel(DECEMBER, "CSPN", "C1.3", "Reported", "Quarterly", level=99.0)

    def previous(month: date) -> object:
        printed = PublishedLevel(month, "v1.0", "SP-PM", SCOPE, 98.0, "98.00")
        facts = Facts(service_levels=[given], published_levels=[printed])
        return measure(warehouse, facts, "CSPN", "C1.3")["previous_level"]

    assert previous(date(2020, 9, 1)) == 98.0
    assert previous(date(2020, 7, 1)) == 98.0
    assert previous(date(2020, 6, 1)) is None
    assert previous(date(2020, 11, 1)) is None
