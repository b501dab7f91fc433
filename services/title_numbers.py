"""Certificate and unit numbers: what looks wrong about them is remarked upon, never refused."""

from __future__ import annotations

import re
from unicodedata import normalize

import resources
from models.title import TitlePaper
from resources.words import N_

UNIT = re.compile(r"\d{12}[GJZ][ABSXCDEFHGWY]\d{5}[FLQW]\d{8}")  # GB/T 37346-2019
GROUPS = (6, 6, 7, 9)  # how its 28 characters are printed
ODD_CERTIFICATE = N_("“{value}” does not look like a certificate number: 京（2019）海不动产权第0023187号")
ODD_UNIT = N_("“{value}” is no unit number of 28 characters: 110108 001001 GB00017 F00010001")
NO_BUILDING = N_("Unit number {value}: without a building or trees (W) eight zeros follow")
NEW_PAPERS = (TitlePaper.ESTATE_CERTIFICATE, TitlePaper.REGISTRATION_PROOF)


def bare(unit_number: str) -> str:
    """The unit number as it is stored: no blanks, half-width, capitals."""
    return "".join(normalize("NFKC", unit_number).split()).upper()


def grouped(unit_number: str) -> str:
    """The unit number as it is printed, in four groups; one that is not 28 long as it is."""
    if len(unit_number) != sum(GROUPS):
        return unit_number
    parts, at = [], 0
    for length in GROUPS:
        parts.append(unit_number[at : at + length])
        at += length
    return " ".join(parts)


def doubts(paper: TitlePaper, certificate: str | None, unit_number: str | None) -> list[tuple[str, str]]:
    """Sentences with a place {value}, and what to put there; the older papers' numbers are free text."""
    found = []
    if certificate and paper in NEW_PAPERS and not _certificate().fullmatch("".join(certificate.split())):
        found.append((ODD_CERTIFICATE, certificate))
    if unit_number:
        if not UNIT.fullmatch(unit_number):
            found.append((ODD_UNIT, unit_number))
        elif unit_number[19] == "W" and unit_number[20:] != "00000000":
            found.append((NO_BUILDING, unit_number))
    return found


def _certificate() -> re.Pattern[str]:
    """京(2020)海不动产权第0000001号, with either kind of bracket and 7 or 8 digits."""
    provinces = resources.settings("title_rules")["provinces"]
    return re.compile(rf"[{provinces}][（(]\d{{4}}[）)]\S{{1,12}}?不动产(权|证明)第\d{{7,8}}号")
