"""Whatever the desk takes, an export shows, and the export comes in again without a change."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resources.words import LANGUAGES
from services import exports, intake
from services.desk.desk import Desk
from services.desk.errors import UserError
from services.desk.intent import Grant
from services.desk.listing import View
from services.desk.schema import FieldSpec, Kind
from services.desk.store import open_file
from services.imports.cells import clean
from services.imports.dates import FIRST_YEAR, LAST_YEAR
from services.imports.words import is_empty, match_header
from services.records import RECORDS
from tests.conftest import DATA_KEY
from tests.contents import contents
from tests.services.people import Office, found

ODD = [
    "=1+1", "+8", "-3", "@x", "'=1", "'quoted", "１２３", "ＦＸ—００１", "𠮷野", "㐂", "①", "12.0", "007", "1e5",
    "1,200", "true", "是", "2024-06-04", "合计", "小计", "制表人：", "无", "N/A", "-", "/", "—", "0", "a  b", "é",
    "e\u0301", "{0}", "100%", "<b>", "&amp;", "A02010105", "名称", "资产名称", "1号楼", "李秀英", "a\u00a0b",
    "（万元）", "_x0041_", "🏢", "℃",
]  # fmt: skip
SIGNS = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Cn"))
TEXTS = st.one_of(st.sampled_from(ODD), st.text(SIGNS, max_size=30))
FACTS = TEXTS.map(clean).filter(bool)  # as registers bring them
LINES = st.lists(TEXTS, max_size=3).map("\n".join)
NUMBERS = ["b—1", "Ｂ２", "007", "1", "1.0", "=1", "2024-06-04", "zc 1"]
CODES = st.one_of(st.sampled_from(NUMBERS), st.text(SIGNS, max_size=12))
PLACES = {
    "compound_id": "compound", "building_id": "building", "room_id": "room", "keeper_id": "taker", "unit_id": "unit",
    "parent_id": "other_unit", "administrator_id": "taker", "staff_id": "taker", "provider_id": "firm",
}  # fmt: skip


@dataclass
class Supplied(Office):
    """The small office, and a firm it buys from."""

    firm: UUID


def _says_something(text: str) -> bool:
    """Words for nothing (无, N/A, -) are nothing to an import."""
    return not is_empty(clean(text))


def field(spec: FieldSpec, number: str) -> st.SearchStrategy[Any]:
    """What may stand in a field."""
    if spec.name == number:
        return CODES.filter(_says_something)
    if spec.name.endswith("_year"):
        return st.integers(FIRST_YEAR, LAST_YEAR)
    match spec.kind:
        case Kind.MONEY | Kind.AREA:
            return st.one_of(st.integers(0, 10**6), st.integers(0, 2**53))
        case Kind.HOURS:
            return st.integers(spec.least or 0, 10**6)
        case Kind.INTEGER:
            return st.integers(spec.least or 0, 2**31 - 1)
        case Kind.DATE:
            return st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
        case Kind.FLAG:
            return st.booleans()
        case Kind.CHOICE:
            return st.sampled_from(spec.choices)
        case Kind.REFERENCE:
            return st.just(PLACES[spec.name])
        case Kind.CLASS_CODE:
            return st.sampled_from(["A02010105", "A02061804"])
        case Kind.EXTRA:
            unknown = FACTS.filter(lambda text: not match_header(spec.entity, text))
            return st.dictionaries(unknown, FACTS, max_size=3)
        case Kind.LONG:
            return LINES
    return TEXTS.map(lambda text: text[: spec.max_length]).filter(_says_something)


@st.composite
def records(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    """The values of one record, some left out; references by the names of the small office."""
    known = RECORDS[intake.registers()[kind]]
    wanted = [spec for spec in known.fields.values() if spec.required or draw(st.booleans())]
    return {spec.name: draw(field(spec, known.kind.naming.number)) for spec in wanted}


@contextmanager
def small_office(empty_file: Path, folder: Path) -> Iterator[Supplied]:
    """An office that has just been set up."""
    shutil.copyfile(empty_file, folder / "dayuan.db")
    store = open_file(folder / "dayuan.db", DATA_KEY)
    try:
        desk = Desk(store, store.enroll(Ed25519PrivateKey.generate()), "a", (Grant(("*",)),))
        desk.do("office.set_up", code="JGSW", name="局", account="a")
        firm = desk.do("providers.add", name="某某五金商行").value
        yield Supplied(**vars(found(desk)), firm=firm)
    finally:
        store.close()


def comes_in_again_unchanged(empty_file: Path, kind: str, drawn: list[dict[str, Any]]) -> int:
    """Whether these records, made at the desk, are what their export says, in both languages; how many there are."""
    with TemporaryDirectory() as folder, small_office(empty_file, Path(folder)) as office:
        for values in drawn:
            given = {n: getattr(office, PLACES[n]) if n in PLACES else value for n, value in values.items()}
            with suppress(UserError):  # what the desk refuses need not be exported
                office.desk.do(f"{kind}.add", **{n: value for n, value in given.items() if value not in ("", {})})
        before, out = contents(office.desk.store), Path(folder) / "out.xlsx"
        for lang in LANGUAGES:
            count = exports.write(office.desk, View(kind), out, lang)
            report = intake.run(office.desk, file=str(out), kind=kind, compound_id=None, dry=True)
            remarks = list(intake.remarks(report, "en"))
            assert (report.read, report.new, report.changed, report.refused) == (count, 0, 0, 0), remarks
        assert contents(office.desk.store) == before
    return count


@pytest.mark.parametrize("kind", intake.registers())
@settings(
    max_examples=int(os.environ.get("EXAMPLES", "10")),
    derandomize="EXAMPLES" not in os.environ,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_what_is_exported_comes_in_again_unchanged(kind: str, empty_file: Path, data: st.DataObject) -> None:
    comes_in_again_unchanged(empty_file, kind, data.draw(st.lists(records(kind), min_size=1, max_size=5)))


@pytest.mark.parametrize(
    "card",
    [
        {"number": "ｚｃ—１a"},
        {"name": "双人  办公桌\u00a0二号"},
        {"acquired_on": date(1850, 6, 1)},
        {"acquired_on": date(1900, 1, 1)},
        {"building_id": "building", "place_text": "走廊"},
        {"name": "=1+1", "note": "一\n二", "extra": {"颜色": "'=2"}},
    ],
    ids=["number in small letters", "double spaces", "before 1900", "first day", "place beside building", "formulas"],
)
def test_an_odd_card_comes_in_again_unchanged(empty_file: Path, card: dict[str, Any]) -> None:
    assert comes_in_again_unchanged(empty_file, "assets", [{"compound_id": "compound", "name": "桌"} | card]) == 1
