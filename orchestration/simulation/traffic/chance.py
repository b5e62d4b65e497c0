"""Chance that can be looked up: every choice is a hash of a seed and of what is chosen for.

Belongs here: keys and the SQL of dice, fractions and normal deviates. Does not belong here: what is
decided by them. DuckDB's `random()` is never used: its numbers depend on the order of the work.
"""

from __future__ import annotations

import hashlib
from random import Random

MACROS = """
create macro dice(x, n) as hash(xor(x, n::ubigint));
create macro keyed(key, n) as hash(xor(key::ubigint, n::ubigint));
create macro unit(x) as (x >> 11)::double / 9.007199254740992e15;
create macro normal(x) as
    sqrt(-2 * ln(unit(dice(x, 7001)) + 1e-17)) * cos(6.283185307179586e0 * unit(dice(x, 7002)));
"""


def key(seed: int, *names: object) -> int:
    """A 64-bit key for one purpose: the same for the same seed and names, on every machine."""
    text = "/".join(str(name) for name in (seed, *names))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def generator(seed: int, *names: object) -> Random:
    """A generator for the few choices that Python makes."""
    return Random(key(seed, *names))  # noqa: S311 - nothing secret is made here
