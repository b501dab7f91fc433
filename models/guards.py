"""The database's own guards: no row changes without a record, no record changes at all.

A row names in `rid` the record that wrote it. While a unit of work runs, that record is only *reserved*: its
number is in `reserved`, the record itself is written last. So the guard asks one thing of every INSERT and UPDATE: the
record in `rid` is reserved and not there yet. The deferred reference reserved -> rec then demands it at commit.
"""

from __future__ import annotations

import sqlalchemy as sa

from models.base import PLACED, entities

FROZEN = ("rec", "reserved", "touch", "writer", "blob", "signing_key")
KEYS = ("person_key", "person_secret")  # a key may be deleted, and is never another one
AGAIN = {  # what makes an inserted record the same as one that is there: SQLite's REPLACE deletes without a trigger
    "rec": "lsn = NEW.lsn OR (w = NEW.w AND gseq = NEW.gseq) OR (w = NEW.w AND st = NEW.st AND seq = NEW.seq)",
    "reserved": "lsn = NEW.lsn",
    "writer": "no = NEW.no OR id = NEW.id",
    "blob": "sha256 = NEW.sha256",
    "signing_key": "row = NEW.row",
    "person_key": "row = NEW.row",
    "person_secret": "n = NEW.n",
}

LINE = "lsn, w, st, seq, gseq, hlc, uow, hash"  # of a record, what whoever goes on with a row must know
TOLD = """NEW.tells := ARRAY['rec']; BEGIN
  NEW.tells := (SELECT coalesce(array_agg(DISTINCT kind ORDER BY kind), ARRAY['rec']) FROM (
    SELECT concat_ws(':', change ->> 'e', CASE change ->> 'e' WHEN 'compound' THEN change ->> 'id' END) AS kind
    FROM jsonb_array_elements(convert_from(NEW.body, 'UTF8')::jsonb -> 'ch') change) each);
  EXCEPTION WHEN data_exception OR invalid_parameter_value THEN NULL; END; RETURN NEW;"""  # the check finds it


def install(connection: sa.Connection) -> None:
    """Put every guard in place."""
    tables = {name: issubclass(kind, PLACED) for name, kind in entities().items()}
    make = _postgresql if connection.dialect.name == "postgresql" else _sqlite
    for statement in make(tables):
        connection.exec_driver_sql(statement)


def _sqlite(tables: dict[str, bool]) -> list[str]:
    def trigger(name: str, when: str, table: str, condition: str, message: str) -> str:
        rule = f" WHEN {condition}" if condition else ""
        body = f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        return f"CREATE TRIGGER {name}_{table} BEFORE {when} ON {table}{rule} {body}"

    written = _unreserved("rid")
    out = []
    for table, scoped in tables.items():
        same = "NEW.id IS NOT OLD.id OR NEW.n IS NOT OLD.n OR NEW.created_rid IS NOT OLD.created_rid"
        same += " OR NEW.compound_id IS NOT OLD.compound_id" if scoped else ""
        known = f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id OR n = NEW.n)"
        out += [
            trigger("journaled_insert", "INSERT", table, written, "unjournaled write"),
            trigger("fresh_insert", "INSERT", table, f"NEW.created_rid IS NOT NEW.rid OR {known}", "identity is fixed"),
            trigger("journaled_update", "UPDATE", table, written, "unjournaled write"),
            trigger("same_identity", "UPDATE", table, same, "identity is fixed"),
            trigger("kept", "DELETE", table, "", "rows are never deleted"),
        ]
    for table in FROZEN:
        for how in ("UPDATE", "DELETE"):
            out.append(trigger(f"frozen_{how.lower()}", how, table, "", "records never change"))
    for table in KEYS:
        out.append(trigger("frozen_update", "UPDATE", table, "", "records never change"))
    for table, same in AGAIN.items():
        rule = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"
        out.append(trigger("once", "INSERT", table, rule, "records never change"))
    return [*out, trigger("once", "INSERT", "touch", _unreserved("lsn"), "records never change")]


def _unreserved(column: str) -> str:
    """The record this column names is not reserved, or written already."""
    reserved, written = (f"EXISTS (SELECT 1 FROM {t} WHERE lsn = NEW.{column})" for t in ("reserved", "rec"))
    return f"NOT {reserved} OR {written}"


def _function(name: str, body: str) -> str:
    head = f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER"
    return f"{head} SET search_path = public, pg_temp AS $$ BEGIN {body} END $$"


def _no(message: str) -> str:
    return f"RAISE EXCEPTION '{message}' USING ERRCODE = '42501';"


def _unless_reserved(column: str, message: str) -> str:
    return f"IF {_unreserved(column)} THEN {_no(message)} END IF; RETURN NEW;"


def _triggers(table: str, name: str, when: str, run: str, each: str = "ROW", rule: str = "") -> list[str]:
    make = f"CREATE TRIGGER {name} BEFORE {when} ON {table} FOR EACH {each} {rule} EXECUTE FUNCTION {run}()"
    return [make, f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}"]


def _postgresql(tables: dict[str, bool]) -> list[str]:
    out = [
        "CREATE SEQUENCE IF NOT EXISTS rec_lsn",
        "ALTER TABLE rec ADD COLUMN IF NOT EXISTS xid xid8 NOT NULL DEFAULT pg_current_xact_id()",
        "ALTER TABLE rec ADD COLUMN IF NOT EXISTS tells text[] NOT NULL DEFAULT '{}'",
        "ALTER TABLE writer ADD COLUMN IF NOT EXISTS door text NOT NULL DEFAULT session_user",
        f"CREATE OR REPLACE VIEW rec_line AS SELECT {LINE} FROM rec",
        _function("guard_told", TOLD),
        _function("guard_frozen", _no("records never change")),
        _function("guard_kept", _no("rows are never deleted")),
        _function("guard_identity", _no("identity is fixed")),
        _function("guard_row", _unless_reserved("rid", "unjournaled write")),
        _function("guard_part", _unless_reserved("lsn", "records never change")),
    ]
    for table, scoped in tables.items():
        parts = ("id", "n", "created_rid", *(("compound_id",) if scoped else ()))
        new, old = (", ".join(f"{side}.{part}" for part in parts) for side in ("NEW", "OLD"))
        born = "WHEN (NEW.created_rid IS DISTINCT FROM NEW.rid)"
        out += _triggers(table, "journaled", "INSERT OR UPDATE", "guard_row")
        out += _triggers(table, "fresh", "INSERT", "guard_identity", rule=born)
        moved = f"WHEN (({new}) IS DISTINCT FROM ({old}))"
        out += _triggers(table, "same_identity", "UPDATE", "guard_identity", rule=moved)
        out += _triggers(table, "kept", "DELETE", "guard_kept")
        out += _triggers(table, "kept_all", "TRUNCATE", "guard_kept", "STATEMENT")
    for table in FROZEN:
        out += _triggers(table, "frozen", "UPDATE OR DELETE", "guard_frozen")
        out += _triggers(table, "frozen_all", "TRUNCATE", "guard_frozen", "STATEMENT")
    for table in KEYS:
        out += _triggers(table, "frozen", "UPDATE", "guard_frozen")
    for table in (*KEYS, "person_hash"):  # one is erased by its row, never all of them at once
        out += _triggers(table, "kept_all", "TRUNCATE", "guard_kept", "STATEMENT")
    return out + _triggers("touch", "once", "INSERT", "guard_part") + _triggers("rec", "told", "INSERT", "guard_told")
