"""One thing that stands against somebody, as a sentence with its places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Reason:
    """One thing that stands against it: a sentence with its places, and a word programs tell it by."""

    code: str
    message: str
    values: Mapping[str, Any] = field(default_factory=dict)
