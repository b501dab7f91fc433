"""The three-way reconciliation: every difference is found, nothing else is, and each stays until it is settled."""

from __future__ import annotations

from collections import Counter

from models.reconciliation import ReconciliationRule as R
from services.desk.desk import Desk
from services.reconciliation_rules import rules
from tests.services.reconciling import clean, planted


def test_an_office_whose_books_agree_has_no_differences(desk: Desk) -> None:
    made = clean(desk).board()
    assert made.differences == ()
    [total] = made.totals
    assert (total.quantity, total.cost, total.accumulated) == (
        total.book_quantity, total.book_cost, total.book_accumulated,
    )  # fmt: skip


def test_one_difference_of_each_kind_is_found_and_nothing_else(desk: Desk) -> None:
    made = planted(desk)
    assert len(made.wrong) == len(R) == len(rules())
    said = [(one.rule, one.number) for one in made.board().differences]
    assert Counter(said) == Counter(made.wrong)
