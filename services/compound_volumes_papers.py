"""Volumes of the handover of a compound: files, contracts, meters, money and what is out on loan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from models.handover import HandoverPurpose, HandoverState
from models.lease import LeaseState
from models.work_money import CostKind
from resources.words import N_
from services.compound_volumes import Here
from services.documents.amounts import figures
from services.documents.statement import Chapter
from services.income_sums import proceeds, rent
from services.listed import chapter

Row = Mapping[str, Any]
FILE_KINDS, FILES, ISSUED = N_("Files by kind"), N_("Files and drawings kept"), N_("Papers issued and kept")
LEASES, SERVICE = N_("Leases"), N_("Maintenance by firms")
METERS, MONEY, REPAIRS = N_("Meters and last readings"), N_("Rent and disposal income"), N_("Repairs not settled")
LOANS, KEYS = N_("Loans that are out"), N_("Keys, access cards and passwords")
ABOUT, LAST, VALUE, BORROWER = N_("About"), N_("Read on"), N_("Reading"), N_("Borrower")
KEY_LINES = 10


def file_kinds(here: Here) -> Chapter:
    """How many files there are about what."""
    counts = Counter((row["about_kind"], row["media"].value) for row in here.rows("attachments"))
    rows = [
        [here.say(kind), here.say(f"attachment.media={media}"), f"{n:,}"] for (kind, media), n in sorted(counts.items())
    ]
    heads = ((ABOUT, 240), ("attachment.media", 200), (N_("Files"), 120))
    return chapter(FILE_KINDS, here.lang, heads, rows, (2,))


def files(here: Here) -> Chapter:
    """Each file with what it is about."""

    def about(row: Row) -> str:
        return here.say(row["about_kind"])

    return here.table(
        FILES, "attachments", here.rows("attachments"), ("number", 110), ("name", 240), (ABOUT, 100), ("media", 70),
        ("taken_on", 66), ("note", 200), made={ABOUT: about},
    )  # fmt: skip


def issued(here: Here) -> Chapter:
    """Papers the office keeps under their numbers."""
    return here.table(ISSUED, "documents", here.rows("documents"), ("kind", 200), ("number", 300), ("version", 100))


def leases(here: Here) -> Chapter:
    """Those that run."""

    def thing(row: Row) -> str:
        return str(row["asset"] or row["room"] or row["building"] or "")

    running = here.rows("leases", ("state", (LeaseState.RUNNING,)))
    return here.table(
        LEASES, "leases", running, ("number", 110), ("lessee", 140), (ABOUT, 90), ("contract_no", 110), ("from_on", 60),
        ("until_on", 60), ("period", 60), ("rent", 80), made={ABOUT: thing},
    )  # fmt: skip


def service(here: Here) -> Chapter:
    """Plans that a firm carries out and that go on."""

    def about(row: Row) -> str:
        return str(row["asset"] or row["room"] or row["building"] or row["place"] or row["class_prefix"] or "")

    plans = [row for row in here.rows("maintenance_plans") if row["provider_id"] and not row["ended_on"]]
    return here.table(
        SERVICE, "maintenance_plans", plans, ("number", 110), ("title", 190), ("provider_id", 170), (ABOUT, 110),
        ("starts_on", 62), ("until_on", 62), made={ABOUT: about},
    )  # fmt: skip


def meters(here: Here) -> Chapter:
    """The newest reading of each meter that is in use, and an empty place for the one of the day."""
    last: dict[Any, Row] = {}
    for row in here.rows("meter_readings"):
        if row["on"] <= here.on and (row["meter_id"] not in last or row["on"] >= last[row["meter_id"]]["on"]):
            last[row["meter_id"]] = row

    def read(row: Row) -> str:
        found = last.get(row["id"])
        return found["on"].isoformat() if found else ""

    def value(row: Row) -> str:
        found = last.get(row["id"])
        return f"{found['value'] / 1000:,.3f}".rstrip("0").rstrip(".") if found else ""

    def place(row: Row) -> str:
        return " ".join(filter(None, (row["building"], row["room"]))) or str(row["asset"] or "")

    there = [row for row in here.rows("meters") if not row["ended_on"] or row["ended_on"] > here.on]
    return here.table(
        METERS, "meters", there, ("number", 110), ("name", 150), ("kind", 60), (N_("Place"), 120), (LAST, 64),
        (VALUE, 80), ("measure", 50), (N_("On the day of handover"), 110),
        made={N_("Place"): place, LAST: read, VALUE: value, N_("On the day of handover"): _nothing},
    )  # fmt: skip


def _nothing(_row: Row) -> str:
    return ""


def money(here: Here) -> Chapter:
    """Leases and disposals of which something is due and not received, or received and not paid to the treasury."""
    sums, names = dict[str, list[int]](), dict[str, tuple[str, ...]]()
    for row in here.rows("lease_rents"):
        if row["lease_state"] in (LeaseState.RUNNING, LeaseState.ENDED):
            number = row["lease_number"]
            names[number] = (number, here.say("lease"), row["lease"])
            sums[number] = [
                a + b for a, b in zip(sums.get(number, [0, 0]), rent(row, here.on, here.on)[4:], strict=True)
            ]
    of = defaultdict[str, list[Row]](list)
    for row in here.rows("disposal_incomes"):
        of[row["disposal"]].append(row)
    for number, incomes in of.items():
        names[number] = (number, here.say("disposal"), next((row["payer"] for row in incomes if row["payer"]), ""))
        sums[number] = list(proceeds(incomes, here.on, here.on)[4:])
    rows = [
        [*names[number], *(figures(fen) if fen else "" for fen in owed)] for number, owed in sums.items() if any(owed)
    ]
    if rows:
        rows.append(["", here.say(N_("Total")), "", *(figures(sum(owed[n] for owed in sums.values())) for n in (0, 1))])
    heads = (("lease.number", 130), (ABOUT, 90), (N_("Lessee or receiver"), 220), (N_("Not yet received"), 110),
             (N_("Not yet paid on"), 110))  # fmt: skip
    return chapter(MONEY, here.lang, heads, rows, (3, 4))


def repairs(here: Here) -> Chapter:
    """Work of firms and other costs that are no hours and no materials of ours, and have no voucher yet."""
    outside = (CostKind.CONTRACT, CostKind.OTHER)
    lines = [row for row in here.rows("work_costs", ("kind", outside)) if not row["voucher"]]
    return here.table(
        REPAIRS, "work_costs", lines, ("work_order_number", 120), ("label", 190), ("provider_id", 150), ("payer", 90),
        ("on", 64), ("amount", 84),
    )  # fmt: skip


def loans(here: Here) -> Chapter:
    """What is lent and not back, note by note."""
    lent = ("purpose", (HandoverPurpose.LEND,)), ("state", (HandoverState.DONE,))
    out = [row for row in here.rows("handovers", *lent) if not row["returned_on"]]

    def who(row: Row) -> str:
        return str(row["to_staff"] or row["borrower"] or "")

    return here.table(
        LOANS, "handovers", out, ("number", 130), (BORROWER, 180), ("to_unit_id", 140), ("handed_on", 70),
        ("due_on", 70), ("basis", 140), made={BORROWER: who},
    )  # fmt: skip


def keys(here: Here) -> Chapter:
    """Lines to be filled in by hand: the program keeps none of these."""
    heads = ((N_("No."), 30), (N_("Lock, card or account"), 220), (N_("Place"), 150), (N_("Pieces"), 60),
             (N_("Handed over by"), 100), (N_("Taken over by"), 100), (N_("Remark"), 100))  # fmt: skip
    return chapter(KEYS, here.lang, heads, [[str(n), *[""] * 6] for n in range(1, KEY_LINES + 1)])
