"""Typed entities: what the office keeps records of. No Qt, no text, no session."""

from models import (
    account,
    asset,
    attachment,
    beside,
    building,
    compound,
    document,
    handover,
    import_profile,
    incident,
    journal,
    organization,
    role_grant,
    room,
    site,
    staff,
)

__all__ = [
    "account",
    "asset",
    "attachment",
    "beside",
    "building",
    "compound",
    "document",
    "handover",
    "import_profile",
    "incident",
    "journal",
    "organization",
    "role_grant",
    "room",
    "site",
    "staff",
]
