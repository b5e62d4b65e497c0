"""Landing: from extracts in the landing folder to typed Parquet and raw views.

Belongs here: everything that happens to an extract before dbt sees it. Does not belong here: what a
feed must hold (`orchestration.feeds`) and what its rows mean (the models).
"""

from orchestration.landing.errors import LandingError
from orchestration.landing.manifest import Entry, current_entries, is_settled, read_manifest
from orchestration.landing.run import FileOutcome, LandingReport, land, land_file
from orchestration.landing.views import register, register_views
from orchestration.landing.waiting import WaitingFile, waiting_files

__all__ = [
    "Entry",
    "FileOutcome",
    "LandingError",
    "LandingReport",
    "WaitingFile",
    "current_entries",
    "is_settled",
    "land",
    "land_file",
    "read_manifest",
    "register",
    "register_views",
    "waiting_files",
]
