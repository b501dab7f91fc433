"""Shipped reference data: filled from `resources/` when the shipped file is another than the store was filled from."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from models.base import Base, table
from models.beside import AssetClass, AssetThreshold, DepreciationLife, OfficeStandard, Shipped
from models.certificate import CertificateKind, TradeCertificate
from models.occupancy import Rank, UnitLevel
from models.periodic_work import Confidence, PeriodicWorkRule, PlanBasis, Unit
from models.provider import ProviderLicenceRule
from models.work_permit import PermitKind, PermitRule
from models.work_rules import (
    Clock,
    DayKind,
    HoldReason,
    Priority,
    PublicHoliday,
    ServiceLevelRule,
    WorkingHoursRule,
    WorkTrade,
)
from resources import path

CLASSES, STANDARDS = "asset_classes_2022.csv", "office_standards.csv"
LIVES, THRESHOLDS = "depreciation_lives.csv", "asset_thresholds.csv"
CERTIFICATES, TRADES = "certificate_kinds.csv", "trade_certificates.csv"
WORK_TRADES, HOLD_REASONS, LEVELS = "work_trades.csv", "hold_reasons.csv", "service_level_rules.csv"
HOURS, HOLIDAYS, LICENCES = "working_hours.csv", "public_holidays.csv", "provider_licences.csv"
PERIODIC = "periodic_work.csv"
PERMITS = "permit_rules.csv"


@dataclass(frozen=True)
class Source:
    """One shipped file: the table it fills, what names a row of it, and how a line of the file becomes a row."""

    file: str
    kind: type[Base]
    key: tuple[str, ...]
    row: Callable[[dict[str, str]], dict[str, Any]]


def fill(connection: sa.Connection) -> None:
    """Bring every reference table up to the shipped files."""
    for source in SOURCES:
        _fill(connection, source)


def _fill(connection: sa.Connection, source: Source) -> None:
    """Rows are only added or reworded: records cite them."""
    data = path("reference", source.file).read_bytes()
    digest, shipped = hashlib.sha256(data).hexdigest(), table(Shipped)
    if connection.scalar(sa.select(shipped.c.sha256).where(shipped.c.name == source.file)) == digest:
        return
    t = table(source.kind)
    found = connection.execute(sa.select(t.c.n, *(t.c[name] for name in source.key)))
    known = {tuple(key): n for n, *key in found}
    rows = [source.row(line) for line in csv.DictReader(data.decode("utf-8-sig").splitlines())]
    fresh = [row for row in rows if _key(source, row) not in known]
    if fresh:
        connection.execute(sa.insert(t), fresh)
    for row in rows:
        if n := known.get(_key(source, row)):
            connection.execute(sa.update(t).where(t.c.n == n).values(row))
    connection.execute(sa.delete(shipped).where(shipped.c.name == source.file))
    connection.execute(sa.insert(shipped), {"name": source.file, "sha256": digest})


def _key(source: Source, row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in source.key)


def _class(row: dict[str, str]) -> dict[str, Any]:
    name = row["name"].replace(" ", "")  # the catalogue breaks long names over lines
    return {
        "code": row["code"],
        "edition": "2022",
        "name": name,
        "level": int(row["level"]),
        "parent": row["parent"] or None,
    }


def _standard(row: dict[str, str]) -> dict[str, Any]:
    return {
        "edition": row["edition"],
        "level": UnitLevel(row["level"]),
        "rank": Rank(row["rank"]),
        "area": int(row["area_m2"]) * 100,
        "from_on": date.fromisoformat(row["from_on"]),
        "source": row["source"],
    }


def _life(row: dict[str, str]) -> dict[str, Any]:
    years = {name: int(row[name]) if row[name] else None for name in ("least_years", "most_years")}
    said = {name: row[name] for name in ("class_prefix", "structure", "word", "source")}
    return said | years | {"from_on": date.fromisoformat(row["from_on"])}


def _threshold(row: dict[str, str]) -> dict[str, Any]:
    said = {name: row[name] for name in ("body", "class_prefix", "word", "source")}
    return said | {"amount": int(row["amount_yuan"]) * 100, "from_on": date.fromisoformat(row["from_on"])}


def _days(row: dict[str, str]) -> dict[str, date | None]:
    return {"from_on": date.fromisoformat(row["from_on"]),
            "until_on": date.fromisoformat(row["until_on"]) if row["until_on"] else None}  # fmt: skip


def _certificate(row: dict[str, str]) -> dict[str, Any]:
    said = {name: row[name] for name in ("code", "category", "name", "short", "issuer", "source")}
    counted = ("valid_months", "recheck_months", "recheck_hours", "apply_days")
    return said | {name: int(row[name]) if row[name] else None for name in counted} | _days(row)


def _trade(row: dict[str, str]) -> dict[str, Any]:
    return {name: row[name] for name in ("trade", "word", "certificate_kind", "alternative", "source")} | _days(row)


def _work_trade(row: dict[str, str]) -> dict[str, Any]:
    said = {name: row[name] for name in ("code", "word", "source")}
    return said | {"certificate_trade": row["certificate_trade"] or None} | _days(row)


def _hold(row: dict[str, str]) -> dict[str, Any]:
    return {name: row[name] for name in ("code", "word", "source")} | {"pauses": row["pauses"] == "yes"} | _days(row)


def _level(row: dict[str, str]) -> dict[str, Any]:
    minutes = {name: int(row[name]) if row[name] else None for name in ("respond_minutes", "complete_minutes")}
    said = {"priority": Priority(row["priority"]), "clock": Clock(row["clock"]), "source": row["source"]}
    return said | minutes | _days(row)


def _hours(row: dict[str, str]) -> dict[str, Any]:
    return {name: row[name] for name in ("opens", "closes", "source")} | {"weekday": int(row["weekday"])} | _days(row)


def _holiday(row: dict[str, str]) -> dict[str, Any]:
    said = {"on": date.fromisoformat(row["on"]), "kind": DayKind(row["kind"])}
    return said | {name: row[name] for name in ("name", "source")}


def _licence(row: dict[str, str]) -> dict[str, Any]:
    said = {name: row[name] for name in ("code", "word", "trade", "source")}
    return said | {"own_staff": row["own_staff"] == "yes"} | _days(row)


def _periodic(row: dict[str, str]) -> dict[str, Any]:
    said = {name: row[name] for name in ("code", "object", "task", "trade", "source")}
    asked = {name: row[name] or None for name in ("class_prefix", "needs", "season_from", "season_until")}
    flags = {name: row[name] == "yes" for name in ("inspection", "legal", "always")}
    counted = {name: int(row[name]) for name in ("every", "tolerance_days", "lead_days")}
    chosen = {"unit": Unit(row["unit"]), "basis": PlanBasis(row["basis"]), "confidence": Confidence(row["confidence"])}
    permit = {"permit": PermitKind(row["permit"]) if row["permit"] else None}
    return {**said, **asked, **flags, **counted, **chosen, **permit, **_days(row)}


def _permit(row: dict[str, str]) -> dict[str, Any]:
    said = {"kind": PermitKind(row["kind"]), "trade": row["trade"], "source": row["source"]}
    return said | {"most_hours": int(row["most_hours"]) if row["most_hours"] else None} | _days(row)


SOURCES = (
    Source(CLASSES, AssetClass, ("code", "edition"), _class),
    Source(STANDARDS, OfficeStandard, ("edition", "level", "rank"), _standard),
    Source(LIVES, DepreciationLife, ("class_prefix", "structure", "from_on"), _life),
    Source(THRESHOLDS, AssetThreshold, ("body", "class_prefix", "from_on"), _threshold),
    Source(CERTIFICATES, CertificateKind, ("code", "from_on"), _certificate),
    Source(TRADES, TradeCertificate, ("trade", "certificate_kind", "from_on"), _trade),
    Source(WORK_TRADES, WorkTrade, ("code", "from_on"), _work_trade),
    Source(HOLD_REASONS, HoldReason, ("code", "from_on"), _hold),
    Source(LEVELS, ServiceLevelRule, ("priority", "from_on"), _level),
    Source(HOURS, WorkingHoursRule, ("weekday", "opens", "from_on"), _hours),
    Source(HOLIDAYS, PublicHoliday, ("on",), _holiday),
    Source(LICENCES, ProviderLicenceRule, ("code", "trade", "from_on"), _licence),
    Source(PERIODIC, PeriodicWorkRule, ("code", "from_on"), _periodic),
    Source(PERMITS, PermitRule, ("kind", "trade", "from_on"), _permit),
)
