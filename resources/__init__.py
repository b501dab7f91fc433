"""Everything that is shipped beside the code: fonts, icons, words, reference data."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

VERSION = "0.1.0"
ROOT = Path(__file__).parent


def path(*parts: str) -> Path:
    """A shipped file, by its place under `resources/`."""
    return ROOT.joinpath(*parts)


@cache
def settings(name: str) -> Any:
    """What `reference/<name>.json` says, read once; nobody changes it."""
    return json.loads(path("reference", f"{name}.json").read_text("utf-8"))
