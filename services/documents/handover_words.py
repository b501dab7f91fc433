"""What a handover note says, and what it is called by what it is for. Chinese by decision, like the note itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.handover import HandoverPurpose as P


@dataclass(frozen=True)
class Wording:
    """Title in both languages, what the sides and the basis are called, and what the signatures say."""

    title: str
    english: str
    sides: tuple[str, str]
    signers: tuple[tuple[str, str], tuple[str, str]]
    statement: str
    basis: str = "移交依据"
    day: str = "移交日期"


@dataclass(frozen=True)
class Party:
    """One side of the handover; `signed_on` is printed when it is known."""

    unit: str
    person: str
    post: str = ""
    signed_on: date | None = None


@dataclass(frozen=True)
class Line:
    """One card. Money in fen; None is not recorded."""

    number: str
    name: str
    model: str
    measure: str
    quantity: int
    cost: int | None
    net: int | None
    place: str


@dataclass(frozen=True)
class Found:
    """What a side found otherwise than listed: the number of the line, its name, and in words what."""

    position: int
    name: str
    what: str


@dataclass(frozen=True)
class Note:
    """Everything the paper says. `issued_at` (aware) dates the file; a draft has none and is dated by `on`."""

    number: str
    version: int
    office: str
    compound: str
    from_: Party
    to: Party
    supervisor: Party | None
    basis: str
    mode: str
    on: date
    lines: Sequence[Line]
    issued_at: datetime | None
    draft: bool = False
    purpose: P = P.ASSIGN
    terms: Sequence[tuple[str, str]] = ()  # what this purpose says beside the rest: label, words
    found: Sequence[Found] = ()
    anchor: str = ""  # the journal's newest record at issue (`sheet.anchored`)


SIGNED = (("移交人", "Handed over by"), ("接收人", "Received by"))
ALL = "上列资产共 {lines} 项 {pieces} 件，按“{mode}”方式核对。"
WORDING: Mapping[P, Wording] = {
    P.ASSIGN: Wording(
        "固定资产移交清单", "FIXED ASSET HANDOVER LIST", ("移交单位", "接收单位"), SIGNED,
        "移交、接收双方以“{mode}”方式移交上列资产，共 {lines} 项 {pieces} 件。移交人、接收人在下方签字，"
        "即各自确认所列资产已经移交和接收，使用人、保管人自双方签字之日起变更；清单未列事项由双方另行书面约定。",
    ),
    P.TRANSFER: Wording(
        "固定资产调拨单", "FIXED ASSET TRANSFER NOTE", ("调出单位", "调入单位"),
        (("调出人", "Released by"), ("调入人", "Received by")),
        ALL + "调出人、调入人在下方签字，即各自确认所列资产已经调出和调入；资产编号不变，"
        "自双方签字之日起由调入大院登记、保管和计提折旧。",
        "调拨依据", "调拨日期",
    ),
    P.LEND: Wording(
        "固定资产借用单", "FIXED ASSET LOAN NOTE", ("出借单位", "借用单位"),
        (("出借人", "Lent by"), ("借用人", "Borrowed by")),
        ALL + "出借人、借用人在下方签字，即各自确认所列资产已经借出和借入。借用人应妥善保管，"
        "不得转借，并在归还期限前归还；损坏、丢失的，按规定查明责任。",
        "借用依据", "借用日期",
    ),
    P.RETURN: Wording(
        "固定资产归还单", "FIXED ASSET RETURN NOTE", ("归还单位", "收回单位"),
        (("归还人", "Returned by"), ("收回人", "Taken back by")),
        ALL + "归还人、收回人在下方签字，即各自确认所列资产已经归还和收回；未列或核对短缺的资产仍在借用。",
        "原借用单", "归还日期",
    ),
    P.LEAVING: Wording(
        "离岗资产交接清单", "LEAVING-POST ASSET HANDOVER LIST", ("离岗人单位", "接任人单位"),
        (("离岗人", "Leaving"), ("接任人", "Taking over")),
        ALL + "离岗人名下在本大院的资产全部列入本清单。离岗人、接任人在下方签字，即各自确认所列资产已经移交和接收，"
        "保管责任自双方签字之日起转移；名下其他事项未办结前不得办理离岗。",
        "交接依据", "交接日期",
    ),
}  # fmt: skip
