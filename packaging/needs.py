"""Prints what pip has to install: `python packaging/needs.py run` or `… run test`, from setup.cfg."""

from __future__ import annotations

import configparser
import sys
from pathlib import Path


def needs(sets: list[str]) -> list[str]:
    """The requirements of these sets (`run`, `test`)."""
    config = configparser.ConfigParser()
    config.read(Path(__file__).parent.parent / "setup.cfg", encoding="utf-8")
    found = {"run": config["options"]["install_requires"], "test": config["options.extras_require"]["test"]}
    return [line.strip() for name in sets for line in found[name].splitlines() if line.strip()]


if __name__ == "__main__":
    sys.stdout.write(" ".join(needs(sys.argv[1:])) + "\n")
