"""Brings the word catalogues up to the code: sentences marked `N_`, and the names of fields, choices, acts and lists.

`--check` changes nothing and fails when a word is missing, out of use, or the compiled catalogue is behind.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
FOLDERS = ("models", "services", "ui", "resources")


def sentences() -> Iterator[str | tuple[str, str]]:
    """Every literal inside `N_(…)`, and the pairs of `trn(lang, one, many, n)`."""
    for folder in FOLDERS:
        for file in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                    yield from _marked(node.func.id, node.args)


def _marked(name: str, args: list[ast.expr]) -> Iterator[str | tuple[str, str]]:
    texts = [a.value for a in args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    if name == "N_" and texts:
        yield texts[0]
    if name in ("trn", "counted") and len(texts) >= 2:
        yield texts[0], texts[1]


def keys() -> Iterator[str]:
    """The names of kinds of record, their fields and choices, and of lists."""
    from models.base import entities
    from models.beside import AssetClass
    from services import registry  # noqa: F401
    from services.desk.intent import INTENTS, QUERIES
    from services.desk.listing import LISTINGS
    from services.desk.schema import arguments, describe

    specs = [s for kind in (*entities().values(), AssetClass) for s in describe(kind).values()]
    specs += [s for act in (*INTENTS.values(), *QUERIES.values()) for s in arguments(act)]
    specs += [s for found in LISTINGS.values() for s in found.columns.values()]
    for spec in specs:
        yield spec.key
        yield from (spec.choice_key(value) for value in spec.choices)
    yield from (*entities(), *LISTINGS, "asset_class", "account.password")
    yield from (f"{entity}.alive" for entity in entities())


def labels() -> Iterator[str]:
    """The sentences that name intents and queries."""
    from services import registry  # noqa: F401
    from services.desk.intent import INTENTS, QUERIES

    yield from (act.label for act in (*INTENTS.values(), *QUERIES.values()))


def wanted(lang: str) -> dict[str, str | tuple[str, str]]:
    """Message ids a catalogue must have. English sentences are their own English words."""
    found = dict.fromkeys(keys())
    if lang != "en":
        found |= dict.fromkeys([*labels(), *sentences()])
    return {key if isinstance(key, str) else key[0]: key for key in found}


def updated(lang: str) -> tuple[Catalog, list[str]]:
    """The catalogue brought up to the code, and the ids that have no words yet."""
    with _po(lang).open("rb") as file:
        held = read_po(file, locale=lang)
    dates = {"creation_date": held.creation_date, "revision_date": held.revision_date}
    made = Catalog(locale=lang, project="Dayuan", fuzzy=False, **dates)
    missing = []
    for id, whole in sorted(wanted(lang).items()):
        known = held.get(id)
        if known and isinstance(known.id, str) != isinstance(whole, str):  # it was counted before, or is now
            known = None
        text = known.string if known else ("" if isinstance(whole, str) else ("",))
        if not (text if isinstance(text, str) else all(text)):
            missing.append(id)
        made[id] = Message(whole, text)
    return made, missing


def _po(lang: str) -> Path:
    return ROOT / "resources" / "locale" / lang / "LC_MESSAGES" / "dayuan.po"


def _bytes(made: Catalog) -> tuple[bytes, bytes]:
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, made, width=0, omit_header=False, sort_output=True)
    write_mo(mo, made)
    return po.getvalue(), mo.getvalue()


def main(check: bool) -> int:
    """Exit status: 1 when words are missing, or (check) when a file differs from what it should be."""
    bad = 0
    for lang in ("zh_CN", "en"):
        made, missing = updated(lang)
        po, mo = _bytes(made)
        for id in missing:
            sys.stderr.write(f"{lang}: no words for {id!r}\n")
        bad += len(missing)
        for file, data in ((_po(lang), po), (_po(lang).with_suffix(".mo"), mo)):
            if check and (not file.exists() or file.read_bytes() != data):
                sys.stderr.write(f"{file.relative_to(ROOT)} is behind the code: make words\n")
                bad += 1
            elif not check:
                file.write_bytes(data)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv))
