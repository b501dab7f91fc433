"""The board of differences, and the balances of the accounts it compares the register with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resources.words import N_
from ui.kit.screen import EXPORT, TAKE_IN, Act, Board, Col, Screen, Section

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.kit.background import Background


def _board(background: Background) -> QWidget:
    from ui.pages.reconciliation import ReconciliationPage

    return ReconciliationPage(background)


BOARD = Board("reconciliation", N_("Reconciliation"), "clipboard-check", "reconciliation.board", _board)
BALANCES = Screen(
    name="account_balances",
    title="account_balances",
    icon="book-open",
    listing="account_balances",
    entity="account_balance",
    columns=(
        Col("name", second="account", tile="book-open"),
        Col("class_code", 130),
        Col("on", 100),
        Col("quantity", 80),
        Col("cost", 130),
        Col("net", 130),
        Col("accumulated", 130),
        Col("ledger", 100),
        Col("compound_id", 150),
    ),
    filters=("on", "ledger", "compound_id", "class_code"),
    form=(
        Section(
            N_("Whose books, of which day"),
            N_("Without a compound the line is of the whole office."),
            ("ledger", 2),
            ("compound_id", 2),
            ("on", 2),
        ),
        Section(
            N_("Which class"),
            N_("As the accounts call it. The class is found by the name, or chosen; without one nothing is compared."),
            ("name", 4),
            ("account", 2),
            ("class_code", 4),
            ("number", 2),
        ),
        Section(
            N_("What the accounts say"),
            N_("What is left empty is not compared."),
            ("quantity", 3),
            ("cost", 3),
            ("accumulated", 3),
            ("net", 3),
            ("basis", 6),
        ),
    ),
    add="account_balances.add",
    revise="account_balances.revise",
    acts=(
        TAKE_IN,
        EXPORT,
        Act("account_balances.remove", "trash-2", N_("Remove balance")),
        Act("account_balances.add", "plus", N_("Add balance"), on="none", primary=True),
    ),
    facts=("number", "ledger", "compound_id", "on", "name", "account", "class_code", "quantity", "cost", "accumulated",
           "net", "basis"),
    empty=N_("Take in the statement of finance: class, quantity, original value, accumulated depreciation, net value."),
)  # fmt: skip
