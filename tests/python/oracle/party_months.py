"""Random small months of several parties, some of them with nearly or just ten requests.

Belongs here: how a month comes to have so many. Does not belong here: the requests themselves
(`request_months.py`, `install_months.py`, `top_up_months.py`); expectations.

A month is landed several times over, told apart, by other parties: so a party comes to ten requests
of a league without an example of a hundred draws.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from tests.python.oracle.install_months import install_facts
from tests.python.oracle.records import Facts, ServiceRequest
from tests.python.oracle.request_months import request_facts, together, told_apart
from tests.python.oracle.supplier_change_months import changing
from tests.python.oracle.top_up_months import top_up_facts

PARTIES = ("U1", "U2", "U3", "U4", "U5")


@st.composite
def fewer(draw: st.DrawFn, requests: list[ServiceRequest]) -> list[ServiceRequest]:
    """All of them or, to come to nine and ten, some fewer from the end."""
    if not requests or draw(st.booleans()):
        return requests
    return requests[: draw(st.integers(1, len(requests)))]


@st.composite
def party_facts(draw: st.DrawFn, month: date) -> Facts:
    """A month of several parties."""
    month_of_any_kind = st.one_of(
        request_facts(month), install_facts(month), top_up_facts(month), changing(month)
    )
    base = draw(month_of_any_kind)
    others = draw(st.booleans())
    landed: list[Facts] = []
    for number in range(draw(st.integers(1, 6))):
        apart = told_apart(base, str(number))
        of = {user: draw(st.sampled_from(PARTIES)) for user in ("U1", "U2")}
        landed.append(
            replace(
                apart,
                service_requests=[
                    # An alert that names nobody's request would go to another one's.
                    replace(request, user_id=of.get(request.user_id, request.user_id))
                    for request in draw(fewer(apart.service_requests))
                ],
                alerts=[
                    replace(alert, user_id=of.get(str(alert.user_id), alert.user_id))
                    for alert in apart.alerts
                ],
            )
        )
    if others:
        landed.append(told_apart(draw(month_of_any_kind), "other"))
    return together(landed)
