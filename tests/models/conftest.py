"""These tests write through the desk as those of the desk do."""

from __future__ import annotations

from tests.services.desk.conftest import own_acts

__all__ = ["own_acts"]
