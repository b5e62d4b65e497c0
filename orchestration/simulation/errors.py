"""The error of the reconstruction, alone so that every module can raise it."""

from __future__ import annotations


class ReconstructionError(ValueError):
    """A month cannot be reconstructed; the message says what is missing and what to do."""
