"""The outcome of one check, whoever made it: dbt, Great Expectations, a consistency rule, the
release.

Belongs here: the shape alone.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

Source = Literal["dbt", "expectations", "consistency", "release"]
Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class CheckResult:
    """What a check found.

    Attributes:
        name: name of the check, unique within its source.
        source: who made it.
        asset: the mart or extract that it guards, as ``schema.name``.
        severity: ``error`` keeps a final issue from being made, ``warning`` does not.
        passed: whether it held.
        message: what was found, for a person; empty when there is nothing to say.
        failures: how many rows or findings failed.
    """

    name: str
    source: Source
    asset: str
    severity: Severity
    passed: bool
    message: str = ""
    failures: int = 0

    @property
    def blocks(self) -> bool:
        """Whether it keeps a final issue from being made."""
        return self.severity == "error" and not self.passed

    def as_json(self) -> dict[str, object]:
        """Plain values, for the verdict and the manifest."""
        return asdict(self)
