"""Feeds: what extracts are expected, how their files are named, and what stands in them.

Belongs here: the contract (read from the dbt sources YAML) and file names. Does not belong here:
reading an extract (`orchestration.landing`).
"""

from orchestration.feeds.contract import (
    Cadence,
    Column,
    Contract,
    ContractError,
    DataType,
    Feed,
    Lookup,
    load_contract,
)
from orchestration.feeds.names import ExtractName, ExtractNameError, parse_extract_path

__all__ = [
    "Cadence",
    "Column",
    "Contract",
    "ContractError",
    "DataType",
    "ExtractName",
    "ExtractNameError",
    "Feed",
    "Lookup",
    "load_contract",
    "parse_extract_path",
]
