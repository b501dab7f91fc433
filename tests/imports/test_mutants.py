"""Registers damaged at random end in rows or in a sentence, whatever the damage."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.imports.mutants import mutant
from tests.imports.seeds import FORMATS

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="readers are forked")
def test_damaged_registers_are_read_or_refused_and_nothing_of_ours_fails() -> None:
    asked = [sys.executable, "-m", "tests.imports.mutants", "--count", "150"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    for format in FORMATS:
        told = done.stdout.split(f"{format}: ")[1].split("\n\n")[0]
        read = next(line for line in told.splitlines() if line.endswith(" read"))
        assert int(read.split()[0]) > 15, told


@pytest.mark.parametrize("format", FORMATS)
def test_a_finding_can_be_repeated(format: str) -> None:
    assert mutant(format, 7, 1) == mutant(format, 7, 1) != mutant(format, 8, 1)
