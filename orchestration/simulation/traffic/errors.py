"""The error of the traffic simulator, alone so that every module can raise it."""

from __future__ import annotations


class TrafficError(ValueError):
    """A month of traffic cannot be made; the message says why and what to do."""
