"""Which code made an issue: the project's version and a hash of everything that shapes a figure."""

from __future__ import annotations

import hashlib
from importlib import metadata

from orchestration.settings import PROJECT_ROOT

_SHAPING = ("dbt_project.yml", "models", "macros", "seeds", "expectations", "orchestration")


def project_version() -> str:
    """Version of the installed project."""
    return metadata.version("pmr")


def source_sha256() -> str:
    """SHA-256 over the names and bytes of every file that shapes a figure or the report."""
    digest = hashlib.sha256()
    for name in _SHAPING:
        root = PROJECT_ROOT / name
        files = [root] if root.is_file() else sorted(root.rglob("*"))
        for path in files:
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(PROJECT_ROOT)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
