"""Who deals with a reconstructed incident, and what it touches.

Belongs here: plausible values of the columns that were never published. No published figure is
split by them, except the issue types of open Service User incidents, which `incidents.py` counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from orchestration.simulation.incident import Incident


@dataclass(frozen=True)
class Group:
    """A resolver group: how often it is chosen and what its incidents are about."""

    name: str
    party: str
    weight: int
    smets: tuple[str | None, ...]
    regions: tuple[str | None, ...]
    services: tuple[str | None, ...]
    issue_types: tuple[str, ...]


_USER_INTERFACE = "dcc_user_interface"
_ANY_REGION = ("North", "Central", "South", "Central|South", None)

GROUPS = (
    Group("DCC", "DCC", 26, ("SMETS2+", "SMETS1", "All", None), (None,),
          ("self_service_interface", None), ("Service query", "Access and accounts")),
    Group("DSP", "Service Provider", 25, ("SMETS2+", "All", "SMETS1"), (*_ANY_REGION,),
          (_USER_INTERFACE, "registration_data_interface", "self_service_interface"),
          ("Service Request failure", "Registration data mismatch", "Automated alarm")),
    Group("CSPN", "Service Provider", 14, ("SMETS2+",), ("North",), (_USER_INTERFACE,),
          ("Communications Hub not connecting", "Network failure")),
    Group("CSPC", "Service Provider", 12, ("SMETS2+",), ("Central",), (_USER_INTERFACE,),
          ("Communications Hub not connecting", "Network failure")),
    Group("CSPS", "Service Provider", 10, ("SMETS2+",), ("South",), (_USER_INTERFACE,),
          ("Communications Hub not connecting", "Network failure")),
    Group("S1SP_SIE", "Service Provider", 4, ("SMETS1",), (None,), (_USER_INTERFACE,),
          ("SMETS1 request failure",)),
    Group("S1SP_CAPGEMINI", "Service Provider", 3, ("SMETS1",), (None,), (_USER_INTERFACE,),
          ("SMETS1 request failure",)),
    Group("DCO", "Service Provider", 4, ("SMETS1",), (None,), (_USER_INTERFACE,),
          ("Platform failure",)),
    Group("TSP", "Service Provider", 2, ("All", None), (None,),
          ("smki_services_interfaces", "smki_repository_interface"),
          ("Certificate request failure",)),
)  # fmt: skip

MIGRATION_GROUPS = tuple(group for group in GROUPS if group.smets == ("SMETS1",))

SERVICE_USER = Group(
    "Service User", "Service User", 1, ("SMETS2+", "SMETS2+", "SMETS2+", "SMETS1", None),
    ("North", "Central", "South", None), (None,), ("Device commissioning failure",),
)  # fmt: skip

# Each is rarer among open incidents than the third of the published three.
OTHER_USER_ISSUES = (
    "Device commissioning failure",
    "Key or credential mismatch on replacement",
    "Communications Hub not connecting",
    "Registration data mismatch",
    "Firmware not applied",
    "Query awaiting an answer",
)


def pick(random: Random, groups: tuple[Group, ...] = GROUPS) -> Group:
    """One of the groups, by weight."""
    return random.choices(groups, weights=[group.weight for group in groups])[0]


def dress(random: Random, incident: Incident, group: Group) -> Incident:
    """Fill what the incident touches: generation, region, service, as the group's incidents do."""
    incident.smets = random.choice(group.smets)
    incident.services = random.choice(group.services)
    # A SMETS1 incident has no region: SMETS1 is reported for all regions together.
    incident.regions = random.choice(group.regions) if incident.smets == "SMETS2+" else None
    return incident
