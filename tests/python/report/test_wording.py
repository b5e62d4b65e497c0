"""Words that stand for what the marts keep in codes."""

from __future__ import annotations

import pytest

from orchestration.report.sections.wording import service_names


@pytest.mark.parametrize(
    ("packed", "printed"),
    [
        ("dcc_user_interface", "DCC User Interface"),
        (
            "smki_services_interfaces|self_service_interface",
            "SMKI Services Interfaces, Self Service Interface",
        ),
        ("North|South", "North, South"),
        ("SMETS1 Service Requests", "SMETS1 Service Requests"),
    ],
)
def test_services_are_printed_in_words(packed: str, printed: str) -> None:
    assert service_names(packed) == printed
