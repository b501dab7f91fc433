"""Whether what was added behind a paper touches nothing of it: a form of signatures, and a rectangle on a page each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils import generic

FORM, NOTES = "/AcroForm", "/Annots"
Plain = dict[str, Any]


def nothing_else(reader: Any) -> bool:
    """Compares the first revision of the file with the last: catalog and pages may have signatures more, and no other
    object of the paper is replaced. The paper itself has no form and no annotations."""
    first, last = reader.get_historical_resolver(0), reader.total_revisions - 1
    if any(_said(reader, 0, name) != _said(reader, last, name) for name in ("/Root", "/Info")):
        return False
    fields = _signatures(reader.root[FORM])
    if fields is None:
        return False
    for ref in _replaced(reader, last):
        old, new = first(ref).get_object(), reader.get_object(ref)
        if not (isinstance(old, generic.DictionaryObject) and isinstance(new, generic.DictionaryObject)):
            return False
        if ref == reader.root_ref:
            key, fits = FORM, True
        else:
            key, fits = NOTES, new.get("/Type") == "/Page" and _references(new[NOTES]) <= fields
        if not fits or key in old or _plain(old) != {k: v for k, v in _plain(new).items() if k != key}:
            return False
    return True


def _said(reader: Any, revision: int, name: str) -> Any:
    found = reader.trailer.flatten(revision)
    return found.raw_get(name) if name in found else None


def _replaced(reader: Any, last: int) -> Iterator[Any]:
    """Objects of the paper that a later revision says anew, or that it frees."""
    for revision in range(1, last + 1):
        for ref in reader.xrefs.explicit_refs_in_revision(revision):
            if reader.xrefs.get_introducing_revision(ref) == 0:
                yield ref


def _signatures(form: Any) -> set[Any] | None:
    """The fields of a form, if all of them are signatures and it says nothing but that."""
    if set(form) - {"/Fields", "/SigFlags"}:
        return None
    fields = form["/Fields"]
    if any(field.get_object().get("/FT") != "/Sig" for field in fields):
        return None
    return _references(fields)


def _references(found: Any) -> set[Any]:
    return {each.reference for each in generic.ArrayObject(found) if isinstance(each, generic.IndirectObject)}


def _plain(found: Any) -> Plain:
    return {key: found.raw_get(key) for key in found}
