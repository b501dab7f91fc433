"""账账: the register against the accounts by class, and cards and disposals without a voucher."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from models.account_balance import AccountBalance, AccountLedger
from models.asset import Asset, ValueKind
from models.beside import AssetClass
from models.disposal import Disposal, DisposalLine, DisposalState
from models.reconciliation import ReconciliationRule as R
from services.depreciation_lives import EDITION
from services.depreciation_sql import figures
from services.reconciliation_facts import Asked, Found, Totals, Unit, about
from services.reconciliation_rules import since

BY_CLASS = frozenset({R.BOOK_QUANTITY, R.BOOK_COST, R.BOOK_ACCUMULATED, R.BOOK_ACCOUNTS_ONLY, R.BOOK_REGISTER_ONLY})
LEVEL = 5  # characters of the second level of the standard: how far what the accounts lack is taken apart


class Sums(NamedTuple):
    """Pieces, and fen; None where nothing is said."""

    quantity: int | None = None
    cost: int | None = None
    accumulated: int | None = None

    def plus(self, other: Sums) -> Sums:
        """Both together; what neither says stays unsaid."""
        return Sums(*(_plus(a, b) for a, b in zip(self, other, strict=True)))


def _plus(a: int | None, b: int | None) -> int | None:
    return a if b is None else b if a is None else a + b


class Gap(NamedTuple):
    """What differs of a class: the beginning of its code, what the register and what the accounts say."""

    rule: R
    prefix: str
    book: int | None
    other: int | None


@dataclass(frozen=True)
class Account:
    """The newest lines of one set of accounts on a day: whose, of which compound (None: of the whole office)."""

    ledger: AccountLedger
    compound_id: UUID | None
    on: date
    lines: tuple[AccountBalance, ...]

    @property
    def by_class(self) -> dict[str, Sums]:
        """The lines that were understood, by the beginning of their class code; several of one class together."""
        found: dict[str, Sums] = defaultdict(Sums)
        for line in self.lines:
            if line.class_code:
                said = found[prefix_of(line.class_code)]
                found[prefix_of(line.class_code)] = said.plus(Sums(line.quantity, line.cost, line.accumulated))
        return dict(found)


def prefix_of(code: str) -> str:
    """A code without the levels it does not name: A02000000 is A02."""
    bare = code[:1] + "".join(code[at : at + 2] for at in range(1, len(code), 2) if code[at:].strip("0"))
    return bare if len(bare) > 1 else code


def compared(accounts: Mapping[str, Sums], register: Mapping[str, Sums]) -> Iterator[Gap]:
    """Where accounts (by the beginning of a class) and register (by whole class codes) differ. A line of a class and
    one of a part of it (“of which”) are both compared with all the register has of each."""
    for prefix, said in sorted(accounts.items()):
        mine = [sums for code, sums in register.items() if code.startswith(prefix)]
        whole = Sums(0, 0, 0)
        for sums in mine:
            whole = whole.plus(sums)
        if not mine:
            if any(said):
                yield Gap(R.BOOK_ACCOUNTS_ONLY, prefix, 0, said.cost or 0)
            continue
        pairs = zip((R.BOOK_QUANTITY, R.BOOK_COST, R.BOOK_ACCUMULATED), whole, said, strict=True)
        yield from (Gap(rule, prefix, book, other) for rule, book, other in pairs if other not in (None, book))
    beyond: dict[str, int] = defaultdict(int)
    for code, sums in register.items():
        if not any(code.startswith(prefix) for prefix in accounts) and any(sums):
            beyond[code[:LEVEL]] += sums.cost or 0
    yield from (Gap(R.BOOK_REGISTER_ONLY, prefix, cost, 0) for prefix, cost in sorted(beyond.items()))


def outermost(accounts: Mapping[str, Sums]) -> Sums:
    """All classes together, those that are parts of others left out."""
    whole = Sums()
    for prefix, sums in accounts.items():
        if not any(prefix != other and prefix.startswith(other) for other in accounts):
            whole = whole.plus(sums)
    return whole


def accounts(asked: Asked) -> list[Account]:
    """The newest set of each ledger and compound. Those of the whole office are compared by who reaches all of it."""
    found = sa.select(AccountBalance).where(AccountBalance.on <= asked.on, *asked.inside(AccountBalance))
    if not asked.whole:
        found = found.where(AccountBalance.compound_id.is_not(None))
    sets: dict[tuple[AccountLedger, UUID | None], list[AccountBalance]] = defaultdict(list)
    for line in asked.session.scalars(found.order_by(AccountBalance.on.desc(), AccountBalance.n)):
        lines = sets[line.ledger, line.compound_id]
        if not lines or lines[0].on == line.on:
            lines.append(line)
    return [Account(ledger, compound, lines[0].on, tuple(lines)) for (ledger, compound), lines in sets.items()]


Register = Mapping[date, Mapping[UUID, Mapping[str, Sums]]]


def register(asked: Asked, days: Iterable[date]) -> Register:
    """What the cards in the books at the end of these days come to, by compound and whole class code."""
    return {day: _register(asked, day) for day in set(days)}


def _register(asked: Asked, day: date) -> Mapping[UUID, Mapping[str, Sums]]:
    known = sa.and_(Asset.class_edition == EDITION, Asset.class_code.is_not(None))
    code = sa.case((known, Asset.class_code), else_="").label("code")
    where = tuple(asked.inside(Asset))
    rows = figures(day, Asset.compound_id.label("at"), code, Asset.quantity.label("quantity"), where=where).rows.c
    sums = [sa.cast(sa.func.sum(rows[name]), sa.BigInteger) for name in Sums._fields]
    made: dict[UUID, dict[str, Sums]] = defaultdict(dict)
    for at, own, *said in asked.session.execute(sa.select(rows.at, rows.code, *sums).group_by(rows.at, rows.code)):
        made[at][own] = Sums(*(int(value or 0) for value in said))
    return made


def _of(register: Register, account: Account) -> Mapping[str, Sums]:
    day = register[account.on]
    if account.compound_id:
        return day.get(account.compound_id, {})
    whole: dict[str, Sums] = defaultdict(Sums)
    for classes in day.values():
        for code, sums in classes.items():
            whole[code] = whole[code].plus(sums)
    return whole


def by_class(asked: Asked) -> tuple[list[Found], list[Totals]]:
    """The differences by class of every set of accounts, and the totals of each set."""
    sets, found, totals = accounts(asked), list[Found](), list[Totals]()
    cards = register(asked, (account.on for account in sets)) if asked.wants(*BY_CLASS) else {}
    names = _class_names(asked) if sets and cards else {}
    for account in sets:
        if cards:
            held, said = _of(cards, account), account.by_class
            found += [_found(account, gap, names) for gap in compared(said, held) if gap.rule in asked.rules]
            totals.append(_totals(account, outermost(said), held))
        found += _lines(asked, account)
    return found, totals


def _class_names(asked: Asked) -> dict[str, str]:
    every = sa.select(AssetClass.code, AssetClass.name).where(AssetClass.edition == EDITION)
    return {prefix_of(row.code): row.name for row in asked.session.execute(every)}


def _found(account: Account, gap: Gap, names: Mapping[str, str]) -> Found:
    line = next((row for row in account.lines if row.class_code and prefix_of(row.class_code) == gap.prefix), None)
    unit = Unit.PIECES if gap.rule is R.BOOK_QUANTITY else Unit.FEN
    opens = ("account_balance", line.id) if line else ("asset_class", None)
    name = names.get(gap.prefix, line.name if line else "")
    return Found(
        gap.rule, account.compound_id, "asset_class", None, gap.prefix, name,
        f"{account.ledger.value}:{account.compound_id or ''}:{gap.prefix}", gap.book, gap.other, unit,
        (gap.other or 0) - (gap.book or 0), *opens,
    )  # fmt: skip


def _totals(account: Account, said: Sums, held: Mapping[str, Sums]) -> Totals:
    whole = Sums(0, 0, 0)
    for sums in held.values():
        whole = whole.plus(sums)
    book = (value or 0 for value in whole)
    return Totals(account.ledger.value, account.compound_id, "", account.on, *said, *book)


def _lines(asked: Asked, account: Account) -> Iterator[Found]:
    """What is wrong with single lines of the accounts."""
    for line in account.lines:
        said = partial(about("account_balance", line), unit=Unit.FEN, opens="account_balance", opens_id=line.id)
        if not line.class_code and asked.wants(R.BOOK_CLASS_UNKNOWN):
            yield said(R.BOOK_CLASS_UNKNOWN, other=line.cost)
        if None in (line.net, line.cost, line.accumulated) or not asked.wants(R.BOOK_NET):
            continue
        left, net = (line.cost or 0) - (line.accumulated or 0), line.net or 0
        if net != left:
            yield said(R.BOOK_NET, book=left, other=net, amount=net - left)


def unbooked(asked: Asked) -> Iterator[Found]:
    """Executed disposals that no voucher has written off; the sum is that of their cards."""
    if not asked.wants(R.BOOK_DISPOSAL_UNBOOKED):
        return
    executed = sa.and_(Disposal.state == DisposalState.EXECUTED, Disposal.executed_on <= asked.on)
    rows = (
        sa.select(Disposal, sa.cast(sa.func.coalesce(sa.func.sum(Asset.cost), 0), sa.BigInteger))
        .outerjoin(DisposalLine, DisposalLine.disposal_id == Disposal.id)
        .outerjoin(Asset, Asset.id == DisposalLine.asset_id)
        .where(executed, sa.func.coalesce(Disposal.voucher, "") == "", *asked.inside(Disposal))
        .group_by(Disposal.n)
    )
    for row, cost in asked.session.execute(rows):
        said = about("disposal", row, name=row.reason or row.receiver or row.number)
        yield said(R.BOOK_DISPOSAL_UNBOOKED, book=row.executed_on, unit=Unit.FEN, amount=int(cost), opens="disposal",
                   opens_id=row.id)  # fmt: skip


def here(on: date) -> Sequence[sa.ColumnElement[bool]]:
    """Cards that are in the books of their compound on a day."""
    gone = [sa.or_(end.is_(None), end > on) for end in (Asset.disposed_on, Asset.moved_on)]
    begun = sa.func.coalesce(Asset.entered_on, Asset.acquired_on)
    return (*gone, sa.or_(begun.is_(None), begun <= on))


CARD: tuple[Any, ...] = (
    Asset.id, Asset.compound_id, Asset.number, Asset.name, Asset.cost, Asset.entered_on, Asset.acquired_on,
)  # fmt: skip


def cards(asked: Asked) -> Iterator[Found]:
    """Cards in the books that no voucher entered, and those whose value has been provisional for too long."""
    if asked.wants(R.BOOK_NO_VOUCHER):
        bare = (Asset.entered_on.is_not(None), sa.func.coalesce(Asset.voucher, "") == "", Asset.cost > 0)
        for row in asked.session.execute(sa.select(*CARD).where(*here(asked.on), *bare, *asked.inside(Asset))):
            yield _card(R.BOOK_NO_VOUCHER, row, row.entered_on)
    if asked.wants(R.BOOK_PROVISIONAL):
        begun = sa.func.coalesce(Asset.entered_on, Asset.acquired_on)
        late = (Asset.value_kind == ValueKind.PROVISIONAL, begun <= since(R.BOOK_PROVISIONAL, asked.on))
        for row in asked.session.execute(sa.select(*CARD).where(*here(asked.on), *late, *asked.inside(Asset))):
            yield _card(R.BOOK_PROVISIONAL, row, row.entered_on or row.acquired_on)


def _card(rule: R, row: Any, book: date) -> Found:
    return about("asset", row)(rule, book=book, unit=Unit.FEN, amount=row.cost, opens="asset", opens_id=row.id)
