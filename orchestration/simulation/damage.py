"""A bad month made from the bundled one, to show what the gate does with it.

Belongs here: damaging copies of bundled extracts in the ways that a service desk does. The bundled
extracts themselves are never touched.
"""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

UNLISTED_REASON = "Customer not at home"


def exclude_for_unlisted_reason(landing_dir: Path) -> Path:
    """Write version 2 of the incidents of 2020-09: one excluded for a reason that nobody agreed.

    Returns:
        The new extract; version 1 stays as it is.
    """
    folder = landing_dir / "dsms" / "incidents"
    source = next(path for path in sorted(folder.glob("incidents_2020-09.*")))
    target = folder / "incidents_2020-09_v2.csv"
    content = source.read_bytes()
    text = (gzip.decompress(content) if source.suffix == ".gz" else content).decode("utf-8")
    with target.open("w", encoding="utf-8", newline="") as damaged:
        reader = csv.DictReader(io.StringIO(text, newline=""))
        writer = csv.DictWriter(damaged, reader.fieldnames or [])
        writer.writeheader()
        is_damaged = False
        for row in reader:
            if not is_damaged and row["status"] == "Closed" and not row["exclusion_reason"]:
                row["exclusion_reason"] = UNLISTED_REASON
                is_damaged = True
            writer.writerow(row)
    return target
