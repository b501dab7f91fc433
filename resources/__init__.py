"""Everything that is shipped beside the code: fonts, icons, words, reference data."""

from __future__ import annotations

import csv
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


@cache
def lines(file: str) -> tuple[dict[str, str], ...]:
    """The lines of a shipped table `reference/<file>`, read once; nobody changes them."""
    return tuple(csv.DictReader(path("reference", file).read_text("utf-8-sig").splitlines()))


@cache
def codes(file: str, column: str) -> tuple[str, ...]:
    """The different values of a column of a shipped table, in its order."""
    return tuple(dict.fromkeys(line[column] for line in lines(file)))
