"""An empty landing folder with its warehouse, and extracts to put there.

Belongs here: what several test modules need. Does not belong here: tests.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from orchestration.landing import Entry, FileOutcome, LandingReport, land, read_manifest, register
from orchestration.settings import Settings

INCIDENTS = "dsms/incidents/incidents_2020-09.csv"
REQUESTS = "dsp/service_requests/service_requests_2020-09-07.csv"

Row = Mapping[str, str]


@dataclass
class Room:
    """An empty landing folder with its warehouse."""

    settings: Settings
    lines: list[str] = field(default_factory=list)

    def put(self, file: str, content: bytes | str) -> Path:
        """Put an extract into the landing folder."""
        path = self.settings.landing_dir / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def put_rows(self, file: str, rows: Sequence[Row], columns: Sequence[str] = ()) -> Path:
        """Put an extract with these rows, in the format that the extension says."""
        text = as_csv(rows, columns)
        if file.endswith(".gz"):
            return self.put(file, gzip.compress(text.encode()))
        if file.endswith(".parquet"):
            path = self.settings.landing_dir / file
            path.parent.mkdir(parents=True, exist_ok=True)
            source = path.with_suffix(".tmp")
            source.write_text(text)
            duckdb.execute(
                f"copy (from read_csv('{source}', all_varchar=true, header=true)) "
                f"to '{path}' (format parquet)"
            )
            source.unlink()
            return path
        return self.put(file, text)

    def land(self) -> LandingReport:
        """Land what is there, and register it."""
        report = land(self.settings, progress=self.lines.append)
        register(self.settings, progress=self.lines.append)
        return report

    def land_one(self) -> FileOutcome:
        """Land what is there: one extract that is not known yet."""
        (outcome,) = (o for o in self.land().outcomes if o.state != "known")
        return outcome

    def query(self, sql: str) -> list[tuple[object, ...]]:
        """Ask the warehouse."""
        with duckdb.connect(str(self.settings.database), read_only=True) as con:
            return con.execute(sql).fetchall()

    def entries(self) -> list[Entry]:
        """The manifest."""
        return read_manifest(self.settings.manifest_dir)

    def written(self) -> Iterator[tuple[Path, bytes]]:
        """Every byte that landing wrote, Parquet as it reads."""
        for path in self.settings.warehouse_dir.rglob("*"):
            if path.is_file():
                yield path, path.read_bytes()
                if path.suffix == ".parquet":
                    rows = duckdb.execute(f"from read_parquet('{path}')").fetchall()
                    yield path, repr(rows).encode()


def as_csv(rows: Sequence[Row], columns: Sequence[str] = ()) -> str:
    """Rows as CSV; the columns are those given, or all that the rows have."""
    names = list(columns) or list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def incident(number: int, **values: str) -> dict[str, str]:
    """A good row of dsms/incidents."""
    return {
        "incident_id": f"INC{number:05d}",
        "category": "3",
        "status": "Open",
        "summary": "",
        "responsible_party": "DCC",
        "resolver_group": "DSP",
        "raised_at": "2020-09-07T10:00:00Z",
        "closed_at": "",
        "sla_met": "",
        **values,
    }


def request(number: int, **values: str) -> dict[str, str]:
    """A good row of dsp/service_requests on 2020-09-07."""
    return {
        "request_id": f"A:B:{number}",
        "srv": "4.10",
        "user_id": "U1",
        "user_role": "IS",
        "device_id": "D1",
        "mode_of_operation": "2",
        "report_status_id": "2",
        "received_at": "2020-09-07T10:00:00.000Z",
        "execution_at": "",
        "response_sent_at": "2020-09-07T10:00:10.000Z",
        "response_code": "I0",
        **values,
    }
