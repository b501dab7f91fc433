"""Screens as data: one small module per kind of record."""

from __future__ import annotations

from resources.words import N_
from ui.kit.screen import Board, Screen
from ui.screens import (
    accounts,
    asset_needs,
    assets,
    boards,
    buildings,
    certificates,
    check,
    compounds,
    cost_entries,
    depreciation,
    disposals,
    doors,
    establishment,
    expiring,
    handovers,
    incidents,
    journal,
    leases,
    maintenance,
    occupancies,
    office_standards,
    organizations,
    parts,
    periodic_work,
    posts,
    providers,
    reconciliation,
    role_grants,
    rooms,
    signing,
    staff,
    stocktakes,
    structure,
    title_defects,
    title_events,
    titles,
    training,
    work_orders,
    work_rules,
    work_templates,
)

GROUPS: tuple[tuple[str, tuple[Screen | Board, ...]], ...] = (
    (N_("Places and assets"), (compounds.SCREEN, buildings.SCREEN, rooms.SCREEN, assets.SCREEN, boards.UNDECIDED)),
    (N_("Asset documents"), (
        asset_needs.SCREEN, handovers.SCREEN, boards.LOANS, disposals.SCREEN, disposals.INCOMES, leases.SCREEN,
        leases.RENTS, leases.DUE,
    )),
    (N_("Stocktake and accounts"), (stocktakes.SCREEN, reconciliation.BOARD, reconciliation.BALANCES)),
    (N_("Value of assets"), (depreciation.BOARD, depreciation.RUNS, depreciation.LINES, depreciation.CHANGES)),
    (N_("Maintenance"), (
        work_orders.BOARD, work_orders.SCREEN, work_orders.MINE, work_orders.CALENDAR, work_orders.KPIS,
        work_templates.PERMITS, work_templates.FEEDBACK, providers.SCREEN, providers.LICENCES, work_orders.FLAGGED,
    )),
    (N_("Plans and inspections"), (
        maintenance.YEAR, maintenance.PLANS, maintenance.OCCURRENCES, maintenance.INSPECTIONS, maintenance.METERS,
        maintenance.READINGS,
    )),
    (N_("Parts and stores"), (
        parts.STOCKS, parts.TO_ORDER, parts.MOVEMENTS, parts.PARTS, parts.STORES, parts.COUNTS, parts.LINES,
        parts.FLAGGED,
    )),
    (N_("Property rights"), (titles.SCREEN, title_defects.SCREEN, title_events.SCREEN, expiring.BOARD)),
    (N_("Use and costs"), (boards.PLACES, occupancies.SCREEN, boards.OFFICES, boards.COSTS, cost_entries.SCREEN)),
    (N_("Units and staff"), (
        organizations.SCREEN, staff.SCREEN, posts.SCREEN, posts.HOLDINGS, establishment.BOARD, structure.BOARD,
    )),
    (N_("Certificates and skills"), (
        certificates.MATRIX, certificates.DUE, certificates.SCREEN, certificates.RECHECKS,
    )),
    (N_("Training"), (
        training.CALENDAR, training.SESSIONS, training.PLANS, training.COURSES, training.DUE, training.TRAINERS,
    )),
    (N_("Rules and standards"), (
        depreciation.LIVES, depreciation.THRESHOLDS, office_standards.SCREEN, certificates.REQUIREMENTS,
        certificates.KINDS, certificates.TRADES, periodic_work.RULES, periodic_work.OWN, *work_templates.OWN,
        *work_rules.OWN, *work_rules.SHIPPED, work_templates.PERMIT_RULES,
    )),
    (N_("Trust"), (
        accounts.SCREEN, role_grants.SCREEN, journal.JOURNAL, journal.OPERATIONS, incidents.SCREEN, check.BOARD,
        doors.BOARD,
    )),
    (N_("Papers and signing"), signing.PLACES),
)  # fmt: skip
SCREENS = {place.name: place for _, places in GROUPS for place in places if isinstance(place, Screen)}
BOARDS = {place.name: place for _, places in GROUPS for place in places if isinstance(place, Board)}
