"""How many random months a test tries.

Belongs here: Hypothesis settings. Does not belong here: what is tried.

The suite tries as many as it has minutes for; `make test-thorough` tries other and more ones, and
breaks rules to see that somebody notices. Who changes a rule tries still more of them once:
`PMR_ORACLE_FACTOR=50 pytest -m '' tests/python/oracle -k top_up` takes fifty times as many.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

FACTOR = int(os.environ.get("PMR_ORACLE_FACTOR", "1"))
# No deadline: an example works out a dozen models, and the machine may be busy.
# Filling a month takes many draws, which Hypothesis would take for a mistake.
# The same examples in every run: a red run is the fault of a change, not of its luck.
_COMMON = settings(
    deadline=None,
    database=None,
    print_blob=True,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
FEW = settings(_COMMON, max_examples=20 * FACTOR)
QUICK = settings(_COMMON, max_examples=40 * FACTOR)
THOROUGH = settings(_COMMON, max_examples=80 * FACTOR)
