"""The fields of the records that come in, as the records describe them."""

from __future__ import annotations

from collections.abc import Mapping

from models.asset import Asset
from models.building import Building
from models.compound import Compound
from models.organization import Organization
from models.room import Room
from models.staff import Staff
from services.desk.schema import FieldSpec, describe

ASSET: Mapping[str, FieldSpec] = describe(Asset)
BUILDING: Mapping[str, FieldSpec] = describe(Building)
ROOM: Mapping[str, FieldSpec] = describe(Room)
STAFF: Mapping[str, FieldSpec] = describe(Staff)
ORGANIZATION: Mapping[str, FieldSpec] = describe(Organization)
COMPOUND: Mapping[str, FieldSpec] = describe(Compound)
