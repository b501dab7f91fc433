"""Parts of papers: what does not fit is left out or given room, never printed over something else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from services.documents.blocks import LABEL, Particulars
from services.documents.ink import PORTRAIT
from services.documents.sign_off import Signer, SignOff


@dataclass
class Heard:
    """Remembers what is written instead of writing it."""

    form: Any = PORTRAIT
    texts: list[tuple[str, float, Any]] = field(default_factory=list)

    def text(self, x: float, _y: float, text: str, _style: Any, *_: Any, fit: float | None = None, **__: Any) -> None:
        self.texts.append((text, x, fit))

    def __getattr__(self, _name: str) -> Any:
        return lambda *_, **__: None


@pytest.mark.parametrize(("boxes", "told"), [(2, True), (4, False)])
def test_the_english_of_a_signer_stands_only_where_there_is_room(boxes: int, told: bool) -> None:
    heard = Heard()
    SignOff([Signer("资产管理部门", "Asset office", "某局", "")] * boxes, PORTRAIT).paint(heard, 400)  # type: ignore[arg-type]
    assert any(text == "Asset office" for text, *_ in heard.texts) is told


def test_a_long_label_gets_room_and_its_value_begins_behind_it() -> None:
    heard = Heard()
    Particulars([(("折旧年限（月）", "72"), ("", ""))], PORTRAIT).paint(heard, 400)  # type: ignore[arg-type]
    (label, left, fit), (value, begins, _) = heard.texts[:2]
    assert (label, value) == ("折旧年限（月）", "72")
    assert fit >= LABEL.width(label) and begins >= left + LABEL.width(label)
