"""The plain records, one line each."""

from __future__ import annotations

from models.beside import AssetClass
from models.building import Building
from models.compound import Compound
from models.organization import Organization
from models.room import Room
from models.site import Site
from models.staff import Staff
from services import staff_rules, title_areas
from services.desk.listing import Listing, listing
from services.records import records

ORGANIZATIONS = records("organizations", Organization, sorts=("code", "name"))
COMPOUNDS = records("compounds", Compound, sorts=("code", "name"))
BUILDINGS = records("buildings", Building, sorts=("code", "name"), sums=("area",), settle=title_areas.rebooked)
ROOMS = records("rooms", Room, sorts=("number",), sums=("area",))
STAFF = records(
    "staff", Staff, sorts=("number", "name", "retires_on"), series="RY", settle=staff_rules.settle,
    arriving=staff_rules.arriving, arrived=staff_rules.arrived,
)  # fmt: skip
CLASSES = listing(Listing("asset_classes", AssetClass, ("code", "name"), words=("code", "name")))
SITES = listing(Listing("sites", Site, ("code",)))
