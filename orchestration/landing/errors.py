"""Why landing stops: errors that name the file, what was found and what to do.

Belongs here: exception classes. Does not belong here: deciding when to raise them.
"""

from __future__ import annotations


class LandingError(RuntimeError):
    """Landing cannot go on for a reason that lies outside the extract."""


class RefusedError(Exception):
    """The extract is refused whole; the message is the reason that the manifest keeps."""


class BusyExtractError(Exception):
    """The extract changed while it was read; a later run takes it up."""


class RowsNeedRepairError(Exception):
    """DuckDB's reader and the record count disagree; the careful reader must decide."""
