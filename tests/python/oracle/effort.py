"""How many random months a test tries.

Belongs here: Hypothesis settings. Does not belong here: what is tried.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# No deadline: an example works out a dozen models, and the machine may be busy.
# Filling a month takes many draws, which Hypothesis would take for a mistake.
_COMMON = settings(
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
# The same examples in every run: a failure is the fault of a change. Few where a month is told
# minute by minute.
FEW = settings(_COMMON, max_examples=20, derandomize=True)
QUICK = settings(_COMMON, max_examples=100, derandomize=True)
# More of them, as fixed as the others: a red run is the fault of a change, not of its luck.
THOROUGH = settings(_COMMON, max_examples=250, derandomize=True)
