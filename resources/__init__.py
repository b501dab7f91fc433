"""Everything that is shipped beside the code: fonts, icons, words, reference data."""

from __future__ import annotations

from pathlib import Path

VERSION = "0.1.0"
ROOT = Path(__file__).parent


def path(*parts: str) -> Path:
    """A shipped file, by its place under `resources/`."""
    return ROOT.joinpath(*parts)
