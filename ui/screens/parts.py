"""Parts and stores: what lies where, the catalogue, every movement, what is to be ordered, and stores being counted."""

from __future__ import annotations

from collections.abc import Mapping

from resources.words import N_
from ui.kit import show
from ui.kit.screen import EXPORT, TAKE_IN, Act, Col, Row, Screen, Section, Tone

KINDS: Mapping[str, Tone] = {
    "receipt": "ok", "issue": "info", "return": "ok", "adjustment": "warn", "transfer_out": "idle",
    "transfer_in": "idle", "reversal": "bad", "difference": "warn",
}  # fmt: skip
MOVED = frozenset({"part", "part_store", "part_movement"})


def _with_measure(row: Row, value: int | None) -> str:
    return show.NOTHING if value is None else f"{show.quantity(value)} {row['part_measure'] or ''}".strip()


def there(row: Row) -> str:
    """How much lies there, with its unit."""
    return _with_measure(row, row["quantity"])


def missing(row: Row) -> str:
    """How much is to be ordered, with its unit."""
    return _with_measure(row, row["wanted"])


def moved(row: Row) -> str:
    """How much came or went; a difference moves value alone."""
    sign = "+" if row["quantity"] > 0 else ""
    return f"{sign}{_with_measure(row, row['quantity'])}" if row["quantity"] else show.NOTHING


def counted(row: Row) -> str:
    """What was counted, with its unit."""
    return _with_measure(row, row["counted"])


PART = (
    Section(N_("What it is"), N_("Measured in one unit everywhere: pieces, metres, kilograms."), ("name", 3),
            ("specification", 3), ("measure", 2), ("category", 2), ("trade", 2)),
    Section(N_("Where it comes from"), N_("A scanner finds it by its barcode, everybody by number, name or kind."),
            ("provider_id", 3), ("barcode", 3), ("number", 2), ("ended_on", 2), ("note", 6)),
)  # fmt: skip
STORE = (
    Section(N_("Store"), N_("It lies in one compound; parts move between the stores of that."), ("compound_id", 3),
            ("name", 3), ("room_id", 3), ("keeper_id", 3), ("number", 2), ("ended_on", 2), ("note", 6)),
)  # fmt: skip
CARD = (
    Section(N_("Card of a part in a store"), N_("What lies there follows from its movements and is never typed."),
            ("compound_id", 3), ("part_store_id", 3), ("part_id", 3), ("place", 3)),
    Section(N_("When to order"), N_("Below the minimum it stands on the list of what is to be ordered."), ("least", 3),
            ("up_to", 3)),
)  # fmt: skip
RECEIVE = (
    Section(N_("What came, and where to"), N_("Scan the barcode, or type number or name."), ("part_store_id", 3),
            ("part_id", 3), ("quantity", 2), ("unit_price", 2), ("amount", 2)),
    Section(N_("From whom, and on which paper"),
            N_("Say what one costs, or what all of it costs. Without a day it is today."), ("provider_id", 3),
            ("voucher", 3), ("on", 2), ("note", 4)),
)  # fmt: skip
ISSUE = (
    Section(N_("What leaves, and from where"), N_("It costs the average of what lies there."), ("part_store_id", 3),
            ("part_id", 3), ("quantity", 2), ("on", 2)),
    Section(N_("For what, and to whom"), N_("For a work order its material and cost line are written with it."),
            ("work_order_id", 4), ("taker", 2), ("note", 6)),
    Section(N_("More than there is"),
            N_("Only with the reason; the supervisor sees it until the rest has come in."), ("despite", 6)),
)  # fmt: skip
BACK = (
    Section(N_("What comes back"), N_("At the price it left for; what the order costs becomes less."), ("quantity", 2),
            ("on", 2), ("note", 6)),
)  # fmt: skip
TRANSFER = (
    Section(N_("From one store to another"), N_("Both in one compound; the value goes along."), ("part_store_id", 3),
            ("to_store_id", 3), ("part_id", 3), ("quantity", 2), ("on", 2), ("note", 6)),
)  # fmt: skip
REVERSE = (Section(N_("Why it was wrong"), N_("It stays, and is written once more the other way round."), ("note", 6)),)
START = (Section(N_("Which store"), N_("Every card becomes a line of the sheet."), ("part_store_id", 3), ("note", 6)),)
APPROVE = (
    Section(N_("Why it differs"), N_("For all lines without a reason of their own; the balances are adjusted."),
            ("reason", 6)),
)  # fmt: skip
PERIOD = (
    Section(N_("Of which days"), N_("The first and the last day count."), ("from_on", 3), ("until_on", 3),
            ("compound_id", 3), ("part_store_id", 3)),
)  # fmt: skip
FORMS: Mapping[str, tuple[Section, ...]] = {
    "part_movements.receive": RECEIVE, "part_movements.issue": ISSUE, "part_movements.give_back": BACK,
    "part_movements.transfer": TRANSFER, "part_movements.reverse": REVERSE, "part_counts.start": START,
    "part_counts.approve": APPROVE, "part_stocks.ledger": PERIOD, "part_stocks.sums": PERIOD,
}  # fmt: skip

STOCKS = Screen(
    name="part_stocks", title="part_stocks", icon="package", listing="part_stocks", entity="part_stock",
    columns=(
        Col("part_id", second="part_number", tile="package"), Col("part_specification", 130),
        Col("part_store_id", 120), Col("quantity", 90, words=there), Col("value", 100), Col("least", 80),
        Col("wanted", 80),
    ),
    filters=("compound_id", "part_store_id", "part_id", "wanted", "quantity"),
    form=CARD,
    add="part_stocks.add",
    revise="part_stocks.revise",
    acts=(
        EXPORT,
        Act("part_stocks.sums", "printer", N_("Print summary…"), on="none"),
        Act("part_movements.receive", "plus", N_("Receive…"), on="none", primary=True),
        Act("part_movements.issue", "arrow-right", N_("Issue…")),
        Act("part_movements.list", "list", N_("Its movements"), needs="part_movements.list"),
        Act("part_movements.transfer", "arrow-right-left", N_("Move…"), beside=False),
        Act("part_stocks.ledger", "printer", N_("Print ledger…"), beside=False),
        Act("part_stocks.add", "tag", N_("Add card"), on="none", beside=False),
        Act("part_stocks.remove", "trash-2", N_("Remove"), beside=False),
    ),
    facts=("part_id", "part_number", "part_specification", "part_category", "provider", "compound_id",
           "part_store_id", "place", "quantity", "value", "last_price", "least", "up_to", "wanted", "number"),
    empty=N_("Receive the first parts: what lies in each store, and what it is worth, follows from the movements."),
    watches=MOVED,
)  # fmt: skip
PARTS = Screen(
    name="parts", title="parts", icon="tag", listing="parts", entity="part",
    columns=(
        Col("name", second="number", tile="tag"), Col("specification", 160), Col("measure", 70), Col("category", 110),
        Col("trade", 100), Col("provider_id", 150), Col("barcode", 120),
    ),
    filters=("category", "trade", "provider_id", "ended_on"),
    form=PART,
    add="parts.add",
    revise="parts.revise",
    acts=(
        EXPORT, TAKE_IN, Act("parts.add", "plus", N_("Add part"), on="none", primary=True),
        Act("part_movements.receive", "download", N_("Receive…")),
        Act("part_stocks.list", "package", N_("Where it lies"), needs="part_stocks.list"),
        Act("parts.remove", "trash-2", N_("Remove"), beside=False),
    ),
    facts=("number", "specification", "measure", "category", "trade", "provider_id", "barcode", "ended_on", "note"),
    empty=N_("Enter the parts the office keeps, or take a register in."),
    watches=frozenset({"provider"}),
)  # fmt: skip
MOVEMENTS = Screen(
    name="part_movements", title="part_movements", icon="arrow-right-left", listing="part_movements",
    entity="part_movement",
    columns=(
        Col("part_id", second="number", tile="arrow-right-left"), Col("kind", 100, pill=KINDS), Col("on", 100),
        Col("quantity", 90, words=moved), Col("amount", 100), Col("part_store_id", 110), Col("work_order_id", 130),
        Col("taker", 80),
    ),
    filters=("compound_id", "kind", "part_store_id", "part_id", "work_order_id", "provider_id", "on"),
    acts=(
        EXPORT,
        Act("part_movements.receive", "plus", N_("Receive…"), on="none", primary=True),
        Act("part_movements.give_back", "undo-2", N_("Bring back…")),
        Act("part_movements.slip", "printer", N_("Print slip")),
        Act("part_movements.reverse", "history", N_("Reverse…"), beside=False),
    ),
    facts=("part_id", "part_specification", "kind", "on", "quantity", "unit_price", "amount", "compound_id",
           "part_store_id", "work_order_id", "taker", "provider_id", "voucher", "note", "despite", "cleared_on",
           "follows_id", "part_count_id"),
    empty=N_("Everything that comes and goes stands here and is never changed."),
    watches=MOVED,
)  # fmt: skip
TO_ORDER = Screen(
    name="parts_to_order", title="parts_to_order", icon="triangle-alert", listing="parts_to_order",
    entity="part_stock",
    columns=(
        Col("part_id", second="part_number", tile="triangle-alert"), Col("part_specification", 110),
        Col("wanted", 85, words=missing), Col("quantity", 85, words=there), Col("least", 80),
        Col("part_store_id", 120), Col("provider", 150), Col("last_price", 90),
    ),
    filters=("compound_id", "part_store_id", "part_id"),
    acts=(EXPORT, Act("part_movements.receive", "download", N_("Receive…"), primary=True)),
    facts=("part_id", "part_number", "part_specification", "provider", "last_price", "part_store_id", "place",
           "quantity", "least", "up_to", "wanted"),
    empty=N_("Nothing lies below its minimum."),
    watches=MOVED,
    history=False,
)  # fmt: skip
FLAGGED = Screen(
    name="part_movements_flagged", title="part_movements_flagged", icon="circle-alert",
    listing="part_movements_flagged", entity="part_movement",
    columns=(
        Col("part_id", second="number", tile="circle-alert"), Col("quantity", 85, words=moved), Col("despite", 220),
        Col("on", 100), Col("part_store_id", 120), Col("work_order_id", 140), Col("taker", 90),
    ),
    filters=("compound_id", "part_store_id", "part_id", "on"),
    acts=(EXPORT, Act("part_movements.receive", "download", N_("Receive…"), primary=True)),
    facts=("part_id", "on", "quantity", "amount", "despite", "part_store_id", "work_order_id", "taker", "note"),
    empty=N_("Nobody issued more than there was."),
    watches=MOVED,
)  # fmt: skip
STORES = Screen(
    name="part_stores", title="part_stores", icon="archive", listing="part_stores", entity="part_store",
    columns=(Col("name", second="number", tile="archive"), Col("compound_id", 160), Col("room_id", 120),
             Col("keeper_id", 120), Col("ended_on", 110)),
    filters=("compound_id", "keeper_id", "ended_on"),
    form=STORE,
    add="part_stores.add",
    revise="part_stores.revise",
    acts=(
        EXPORT, Act("part_stores.add", "plus", N_("Add store"), on="none", primary=True),
        Act("part_stocks.list", "package", N_("What lies there"), needs="part_stocks.list"),
        Act("part_counts.start", "clipboard-check", N_("Count…")),
        Act("part_stocks.sums", "printer", N_("Print summary…"), beside=False),
        Act("part_stores.remove", "trash-2", N_("Remove"), beside=False),
    ),
    facts=("compound_id", "room_id", "keeper_id", "ended_on", "note"),
    empty=N_("Enter where parts are kept, and who keeps them."),
)  # fmt: skip
COUNTS = Screen(
    name="part_counts", title="part_counts", icon="clipboard-check", listing="part_counts", entity="part_count",
    columns=(Col("part_store_id", second="number", tile="clipboard-check"), Col("started_on", 110),
             Col("counted_by", 120), Col("counted_on", 110), Col("approved_by", 120), Col("approved_on", 110)),
    filters=("compound_id", "part_store_id", "started_on", "approved_on"),
    acts=(
        EXPORT, Act("part_counts.start", "plus", N_("Count a store…"), on="none", primary=True),
        Act("part_counts.sheet", "printer", N_("Print sheet")),
        Act("part_counts.enter", "pencil", N_("Enter what was counted…")),
        Act("part_count_lines.list", "list", N_("Its lines"), needs="part_count_lines.list"),
        Act("part_counts.approve", "check", N_("Approve…"), beside=False),
        Act("part_counts.drop", "trash-2", N_("Drop"), beside=False),
    ),
    facts=("compound_id", "part_store_id", "started_on", "counted_by", "counted_on", "approved_by", "approved_on",
           "note"),
    empty=N_("A store is counted on a sheet that does not tell what the books say; somebody else approves."),
    watches=frozenset({"part_store", "part_count_line"}),
)  # fmt: skip
LINES = Screen(
    name="part_count_lines", title="part_count_lines", icon="list", listing="part_count_lines",
    entity="part_count_line",
    columns=(Col("part_id", second="part_number", tile="package"), Col("position", 60),
             Col("part_specification", 150), Col("counted", 100, words=counted), Col("book", 100),
             Col("differs", 100), Col("reason", 220)),
    filters=("compound_id", "part_count_id", "part_id", "differs"),
    acts=(EXPORT,),
    facts=("part_count_id", "position", "part_id", "counted", "book", "differs", "counted_by", "reason"),
    empty=N_("Lines stand here once a store is counted."),
    watches=frozenset({"part_count"}),
    within="part_counts",
)  # fmt: skip
