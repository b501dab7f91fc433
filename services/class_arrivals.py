"""What a register says of the class of an asset: a code of the standard, an older one, or words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LONGEST = 120  # characters of words for a class


def classify(values: dict[str, Any], classes: Mapping[str, str]) -> bool:
    """Sets what the values of a card say of its class straight; whether it is decided, by a code of the standard.

    A 2022 code the standard does not know becomes words; codes of older editions are kept with their edition.
    """
    code, edition = values.get("class_code"), values.get("class_edition")
    if code and values.get("class_text") == classes.get(code):
        values.pop("class_text", None)
    if code and (edition == "2022" or not edition) and code not in classes:
        values["class_text"] = " ".join(filter(None, (code, values.get("class_text"))))[:LONGEST]
        values["class_code"] = values["class_edition"] = None
    if values.get("class_code") or values.get("class_text"):  # of code and words one stands, or both are given
        for name in ("class_code", "class_edition", "class_text"):
            values.setdefault(name, None)
    return values.get("class_code") in classes
