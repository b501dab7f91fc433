"""Row-level security of an office on a server, made from the models: a kind of record somebody adds has its policies.

Who may read and write which kind in which compounds is in `sec.role_may` and the grants; the policies ask for it as one
set a statement. Nothing is deleted but search words and the keys of people, no record changes, `id` and compound of a
row are written once, and the tables' owner, who cannot log in, only reads.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from models import doors
from models.account import Account
from models.base import About, Base, Entity, Scoped, Shared, entities, personal, table
from models.beside import Reference
from models.compound import Compound
from models.role_grant import RoleGrant

FIXED = {"n", "id", "compound_id", "created_rid"}
OWN = {"password_at", "signed_in_at", "failed_before", "failed_tries", "delayed_until", "rid", "stamps"}
ANYBODY = "true"


def rules(people: str, owner: str, zone: str) -> list[str]:
    """Every statement, in order. They are run by the owner, over those of an earlier version if there are any."""
    out = ["DROP SCHEMA IF EXISTS sec CASCADE", "CREATE SCHEMA sec", *doors.functions(people, zone)]
    out += [*_own_account(), "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA sec, public FROM PUBLIC"]
    for name, kind in entities().items():
        out += _table(name, people, owner, _entity(kind))
        out += [_columns(people, name, "INSERT"), _columns(people, name, "UPDATE", FIXED)]
    for name, parts in _beside().items():
        out += _table(name, people, owner, parts)
    for name in shipped():
        out.append(f"CREATE POLICY fill ON {name} TO {owner} USING (true) WITH CHECK (true)")
    for name, kind in entities().items():
        if kind.naming.search:
            out += _search(name, kind, people, owner)
    out += [*_names(), *_rights(people)]
    return out


def shipped() -> list[str]:
    """The tables of reference data."""
    return [m.class_.__tablename__ for m in Base.registry.mappers if issubclass(m.class_, Reference)]


def _names() -> Iterator[str]:
    """Who has the id of a record, because one he may read refers to it, is told what it is called and no more."""
    for name, kind in entities().items():
        if kind in (Compound, Account):  # their ids stand where everybody reads
            continue
        head = f"CREATE FUNCTION sec.called_{name}(uuid[]) RETURNS TABLE (id uuid, label text) LANGUAGE sql STABLE"
        said = f'SELECT {name}.id, {name}."{kind.naming.label}"::text FROM {name} WHERE {name}.id = ANY ($1)'
        yield f"{head} {doors.DEFINER} AS $$ {said} $$"
        yield f"REVOKE ALL ON FUNCTION sec.called_{name}(uuid[]) FROM PUBLIC"


def _rights(people: str) -> Iterator[str]:
    yield f"GRANT USAGE ON SCHEMA sec TO {people}"
    yield f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA sec TO {people}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {people}"
    yield f"GRANT INSERT ON reserved, rec, touch, writer, blob, counter, person_key, person_hash TO {people}"
    yield f"GRANT INSERT ON signing_key TO {people}"
    yield f"GRANT UPDATE (last) ON counter TO {people}"
    yield f"GRANT DELETE ON person_key, person_hash TO {people}"
    yield f"GRANT SELECT ON rec_line TO {people}"


def _table(name: str, people: str, owner: str, parts: dict[str, str]) -> list[str]:
    """Nobody does what no part says."""
    out = [f"ALTER TABLE {name} {how} ROW LEVEL SECURITY" for how in ("ENABLE", "FORCE")]
    for policy in ("look", "read", "add", "change", "drop", "fill"):
        out.append(f'DROP POLICY IF EXISTS "{policy}" ON {name}')
    out.append(f"CREATE POLICY look ON {name} FOR SELECT TO {owner} USING (true)")
    out.append(f"GRANT SELECT ON {name} TO {people}")
    verbs = {"read": "SELECT", "add": "INSERT", "change": "UPDATE", "drop": "DELETE"}
    for policy, rule in parts.items():
        using = "" if policy == "add" else f" USING ({rule})"
        check = f" WITH CHECK ({rule})" if policy in ("add", "change") else ""
        out.append(f'CREATE POLICY "{policy}" ON {name} FOR {verbs[policy]} TO {people}{using}{check}')
    return out


def _columns(people: str, name: str, verb: str, but: Collection[str] = ("n",)) -> str:
    columns = ", ".join(f'"{column.name}"' for column in Base.metadata.tables[name].c if column.name not in but)
    return f"GRANT {verb} ({columns}) ON {name} TO {people}"


def _mine(kind: str, verb: str) -> str:
    return f"ANY ((SELECT sec.mine('{kind}', '{verb}'))::uuid[])"


def _entity(kind: type[Entity]) -> dict[str, str]:
    """Who reads a kind of record, and who writes it."""
    name = kind.__tablename__
    everywhere, anywhere = f"(SELECT sec.everywhere('{name}', 'write'))", f"(SELECT sec.holds('{name}', 'read'))"
    read, write = anywhere, everywhere
    if issubclass(kind, Scoped):
        read, write = (f"compound_id = {_mine(name, verb)}" for verb in ("read", "write"))
    elif issubclass(kind, Shared):
        whole = anywhere if kind.open else f"(SELECT sec.everywhere('{name}', 'read'))"
        read = f"compound_id = {_mine(name, 'read')} OR (compound_id IS NULL AND {whole})"
        write = f"compound_id = {_mine(name, 'write')} OR (compound_id IS NULL AND {everywhere})"
    elif kind is Compound:
        read = f"(SELECT sec.everywhere('{name}', 'read')) OR id = {_mine(name, 'read')}"
    if issubclass(kind, About):
        read = f"({read}) AND sec.about((SELECT sec.listed()), about_kind, compound_id)"
    if kind.owned:
        write = f"{kind.owned} = (SELECT name FROM account WHERE id = (SELECT sec.me()))"
        read = f"{write} OR (SELECT sec.everywhere('{name}', 'read'))"
    change = write
    if kind is Account:
        read, change = (f"{rule} OR id = (SELECT sec.me())" for rule in (read, write))
    if kind is RoleGrant:
        read = f"{read} OR account_id = (SELECT sec.me())"
        write = change = f"{write} AND account_id <> (SELECT sec.me())"
    return {"read": read, "add": write, "change": change}


def _beside() -> dict[str, dict[str, str]]:
    """The tables that are no entities."""
    people = [name for name, kind in entities().items() if personal(kind)]
    person = " OR ".join(
        f'EXISTS (SELECT FROM {k} WHERE {k}.id = "row" AND {k}.compound_id = {_mine(k, "reveal")})' for k in people
    )
    seals = " OR ".join(f"(SELECT sec.holds('{k}', 'write'))" for k in people)
    named = [name for name in entities() if "sha256" in table(entities()[name]).c]
    paper = " OR ".join(f"EXISTS (SELECT FROM {k} WHERE {k}.sha256 = encode(blob.sha256, 'hex'))" for k in named)
    writes, pens = "(SELECT sec.writes())", "w = ANY ((SELECT sec.pens())::integer[])"
    told = "tells <@ (SELECT sec.kinds()) OR sec.told((SELECT sec.kinds()), (SELECT sec.reach()), st, tells)"
    said = f"{pens} AND actor = (SELECT sec.my_name()) AND st = ANY ((SELECT sec.scopes())::uuid[])"
    return {
        "rec": {"read": f"{pens} OR {told}", "add": said},
        "reserved": {"read": ANYBODY, "add": ANYBODY},
        "touch": {"read": "EXISTS (SELECT FROM rec WHERE rec.lsn = touch.lsn)", "add": ANYBODY},
        "writer": {"read": ANYBODY, "add": "door = session_user"},
        "blob": {"read": paper, "add": f"sha256(bytes) = sha256 AND {writes}"},
        "counter": {"read": ANYBODY, "add": writes, "change": writes},
        "person_key": {"read": person, "add": seals, "drop": person},
        "person_hash": {"read": person, "add": seals, "drop": person},
        "person_secret": {"read": seals},
        "signing_key": dict.fromkeys(("read", "add"), "account = (SELECT sec.my_name())"),
        **{name: {"read": ANYBODY} for name in shipped()},
    }


def _search(name: str, kind: type[Entity], people: str, owner: str) -> Iterator[str]:
    """Words are looked up through a function that answers rows in reach: the words themselves are read by nobody."""
    index = f"{name}_search"
    own = _entity(kind)["change"]
    row = f"EXISTS (SELECT FROM {name} WHERE n = rowid AND ({own}))"
    yield from _table(index, people, owner, {"read": ANYBODY, "add": row, "drop": row})
    yield f"REVOKE SELECT ON {index} FROM {people}"
    yield f"GRANT SELECT (rowid), INSERT, DELETE ON {index} TO {people}"
    rows = f"SELECT s.rowid FROM {index} s JOIN {name} ON n = s.rowid"
    head = f"CREATE OR REPLACE FUNCTION found_{name}(tsquery) RETURNS TABLE (rowid bigint) LANGUAGE sql STABLE"
    yield f"{head} {doors.DEFINER} AS $$ {rows} WHERE s.tokens @@ $1 AND ({_entity(kind)['read']}) $$"
    yield f"GRANT EXECUTE ON FUNCTION found_{name}(tsquery) TO {people}"


def _own_account() -> list[str]:
    """Of his own account somebody changes when he came and his password, nothing else; a number is never lowered."""
    kept = sorted({column.name for column in table(Account).c} - OWN)
    new, old = (", ".join(f'{side}."{name}"' for name in kept) for side in ("NEW", "OLD"))
    no = "RAISE EXCEPTION 'permission denied' USING ERRCODE = '42501';"
    head = f"CREATE OR REPLACE FUNCTION {{}} RETURNS trigger LANGUAGE plpgsql {doors.DEFINER}"
    own = f"IF OLD.id = sec.me() AND ({new}) IS DISTINCT FROM ({old}) THEN {no} END IF; RETURN NEW;"
    up = f"IF NEW.last < OLD.last THEN {no} END IF; RETURN NEW;"
    out = list[str]()
    for at, body in (("account", own), ("counter", up)):
        out += [
            f"{head.format(f'sec.{at}_changed()')} AS $$ BEGIN {body} END $$",
            f"CREATE TRIGGER own BEFORE UPDATE ON {at} FOR EACH ROW EXECUTE FUNCTION sec.{at}_changed()",
            f"ALTER TABLE {at} ENABLE ALWAYS TRIGGER own",
        ]
    return out
