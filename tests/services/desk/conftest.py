"""The intents of these tests, known while one of them runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.desk.intent import INTENTS, QUERIES, intent
from tests.services.desk import acts


@pytest.fixture(autouse=True)
def own_acts() -> Iterator[None]:
    """Makes them known, and forgets them and whatever the test itself marked."""
    before = dict(INTENTS), dict(QUERIES)
    for function in acts.EVERY:
        intent("In a test", name=f"tests.{function.__name__}")(function)
    yield
    for known, kept in zip((INTENTS, QUERIES), before, strict=True):
        known.clear()
        known.update(kept)
