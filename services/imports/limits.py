"""How much of a file is read, and why. A spreadsheet from outside can be made to exhaust the machine that opens it."""

from __future__ import annotations

from dataclasses import dataclass

MiB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Bounds on one workbook; the defaults are generous for registers of an office and small for the machine."""

    file_bytes: int = 100 * MiB
    """The whole file is held in memory while it is read."""
    member_bytes: int = 100_000_000
    """One part of a packed workbook; 286 KiB can hide a cell of 300 MB that takes 868 MiB to read."""
    total_bytes: int = 200_000_000
    """All parts together, unpacked."""
    ratio: int = 200
    """Unpacked ÷ packed. Full sheets of repeated text reach about 30; bombs lie near the 1,032 that deflate can do."""
    small_member_bytes: int = MiB
    """Parts below this may be packed as tightly as they like: empty sheets and settings often are."""
    rows: int = 200_000
    """The last used row. The reader holds every cell up to it: 1,048,576 × 16,384 of them abort the process."""
    columns: int = 200
    """The last used column; the widest official asset card has about 90 facts."""
    cells: int = 8_000_000
    """Used rows × columns of all sheets together; 200,000 rows of 40 columns, about 800 MiB while they are read."""
    cell_characters: int = 32_767
    """What a spreadsheet program itself allows in one cell."""
    characters: int = 100_000_000
    """The text of all cells together: 2 MiB can name one long text a million times, and every answer is held twice."""
    memory_bytes: int = 2048 * MiB
    """Address space of the reading process, where the system can limit it."""
    cpu_seconds: int = 40
    """Processor time of the reading process; 100,000 rows × 12 columns need about 2 s."""
    wall_seconds: int = 60
    """Time until an answer must be there; slow disks and virus scanners included."""


LIMITS = Limits()
