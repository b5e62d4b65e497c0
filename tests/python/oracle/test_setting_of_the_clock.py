"""The setting of I1, which end of an incident counts, on random small months.

Belongs here: the incident marts under the other value of the setting. Does not belong here: its
default, with which every other test of this room works.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from tests.python.oracle.clock import MONTHS
from tests.python.oracle.effort import QUICK
from tests.python.oracle.test_incident_marts import MARTS, RULES, Month, disagreements, months
from tests.python.oracle.warehouse import Warehouse, build


@pytest.fixture(scope="module")
def by_resolution(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """The models built with the resolution alone as the end."""
    folder = tmp_path_factory.mktemp("by_resolution")
    return Warehouse(build(folder, MONTHS, {"incident_clock_end": "resolved"}, MARTS))


# A build of the models of its own.
@pytest.mark.thorough
@QUICK
@given(months())
def test_i1_the_resolution_alone_counts_when_the_setting_says_so(
    by_resolution: Warehouse, month_of_facts: Month
) -> None:
    month, facts = month_of_facts
    rules = replace(RULES, clock_end="resolved")
    assert disagreements(by_resolution, month, facts, rules) == []
