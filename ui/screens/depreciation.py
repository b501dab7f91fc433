"""The months that are booked, by compound and class, and the rules they follow: lists, all read only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resources.words import N_
from ui.kit.screen import EXPORT, Act, Board, Col, Row, Screen

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.kit.background import Background


def _board(background: Background) -> QWidget:
    from ui.pages.depreciation import DepreciationPage

    return DepreciationPage(background)


BOARD = Board("depreciation", N_("Depreciation"), "hourglass", "depreciation.preview", _board)


def _month(row: Row) -> str:
    return f"{row['run_month']:%Y-%m}"


def _of_run(row: Row) -> str:
    return f"{row['month']:%Y-%m}"


RUNS = Screen(
    name="depreciation_runs", title="depreciation_runs", icon="calendar", listing="depreciation_runs",
    entity="depreciation_run",
    columns=(
        Col("compound_id", second="number", tile="calendar"), Col("month", 110, words=_of_run), Col("cards", 90),
        Col("cost", 150), Col("amount", 130), Col("accumulated", 150), Col("unknown", 90),
    ),
    filters=("compound_id", "month", "amount"),
    acts=(EXPORT,),
    facts=("compound_id", "month", "cards", "cost", "amount", "accumulated", "unknown", "digest"),
    empty=N_("No month is booked yet: “Depreciation” shows the one that is due."),
)  # fmt: skip
LINES = Screen(
    name="depreciation_lines", title="depreciation_lines", icon="list", listing="depreciation_lines",
    entity="depreciation_line",
    columns=(
        Col("class_prefix", second="number", tile="list"), Col("run_id", 130, words=_month),
        Col("compound_id", 150), Col("cards", 80), Col("cost", 140), Col("amount", 130), Col("accumulated", 140),
    ),
    filters=("compound_id", "class_prefix", "amount"),
    acts=(EXPORT,),
    facts=("run_id", "compound_id", "class_prefix", "cards", "cost", "amount", "accumulated"),
    empty=N_("No month is booked yet: “Depreciation” shows the one that is due."),
)  # fmt: skip
CHANGES = Screen(
    name="asset_value_changes", title="asset_value_changes", icon="pencil", listing="asset_value_changes",
    entity="asset_value_change",
    columns=(
        Col("asset_id", second="number", tile="pencil"), Col("kind", 170), Col("on", 110), Col("cost_before", 130),
        Col("cost", 130), Col("paper", 180),
    ),
    filters=("compound_id", "kind", "on", "cost"),
    acts=(EXPORT, Act("depreciation.sheet", "coins", N_("Value"))),
    facts=("asset_id", "kind", "on", "cost_before", "cost", "life_before", "life_months", "accumulated_before",
           "accumulated_off", "accumulated", "months_taken", "months_left", "other_id", "paper", "reason"),
    empty=N_("Changes are entered with an asset: mark it and choose “Value”."),
)  # fmt: skip
LIVES = Screen(
    name="depreciation_lives", title="depreciation_lives", icon="ruler", listing="depreciation_lives",
    entity="depreciation_life",
    columns=(
        Col("word", second="source", tile="ruler"), Col("class_prefix", 120), Col("structure", 160),
        Col("least_years", 120), Col("most_years", 120), Col("from_on", 130),
    ),
    filters=("class_prefix", "structure"),
    acts=(EXPORT,),
    facts=("word", "class_prefix", "structure", "least_years", "most_years", "from_on", "source"),
    history=False,
    empty=N_("The shipped rules are missing; run a check."),
)  # fmt: skip
THRESHOLDS = Screen(
    name="asset_thresholds", title="asset_thresholds", icon="ruler", listing="asset_thresholds",
    entity="asset_threshold",
    columns=(
        Col("word", second="source", tile="ruler"), Col("body", 140), Col("class_prefix", 120), Col("amount", 140),
        Col("from_on", 130),
    ),
    filters=("body", "class_prefix"),
    acts=(EXPORT,),
    facts=("word", "body", "class_prefix", "amount", "from_on", "source"),
    history=False,
    empty=N_("The shipped rules are missing; run a check."),
)  # fmt: skip
