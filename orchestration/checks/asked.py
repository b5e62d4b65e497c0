"""What a test of dbt asks, in words: the description of its check in Dagster's UI.

Belongs here: sentences for the generic tests, from their arguments. What a test does stands in
`tests/generic` and in dbt; what it found does not belong here (`dbt_tests.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_SENTENCES = {
    "not_null": "Every row of {model} has {column_name}.",
    "unique": "No {column_name} of {model} stands twice.",
    "unique_combination": "In {model} no two rows have the same {columns}.",
    "accepted_values": "Every {column_name} of {model} is one of: {values}.",
    "relationships": "Every {column_name} of {model} is a {field} of {to}.",
    "expression_is_true": "In every row of {model}: {expression}",
}
_REFERENCE = re.compile(r"\b(?:ref|source)\('(?:[^']*', *')?([^']*)'\)")
# Arguments that say where to look, not what to ask.
_NOT_ASKED = frozenset({"model", "column_name"})


def asked_by(test: Mapping[str, Any]) -> str:
    """A sentence about a test of dbt's manifest; its own description where it has one.

    A test that no sentence is written for is told by its name and its arguments.
    """
    if test["description"]:
        return str(test["description"])
    metadata = test.get("test_metadata")
    if metadata is None:
        return f"The query {test['original_file_path']} finds no row."
    name = metadata["name"]
    given = {argument: _plain(value) for argument, value in metadata["kwargs"].items()}
    if name in _SENTENCES:
        return _SENTENCES[name].format(**given)
    said = ", ".join(f"{key}: {value}" for key, value in given.items() if key not in _NOT_ASKED)
    return f"{given['model']} {name.replace('_', ' ')}; {said}"


def _plain(value: object) -> str:
    """An argument as a reader says it: a list with commas, a model by its name."""
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    text = " ".join(str(value).split())
    found = _REFERENCE.search(text)
    return found.group(1) if found else text
