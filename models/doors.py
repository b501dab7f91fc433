"""The functions an office on a server decides with: who is connected, what he holds today, what of it he may tell.

Every account is a login role of PostgreSQL named by a hash of the account's name, so nobody reads from the list of
roles who works here, and two offices of one cluster do not clash. The functions run as the owner of the tables, who
cannot log in; policies (`models.policies`) ask them once a statement, not once a row.
"""

from __future__ import annotations

import hashlib

from models.base import GLOBAL, Shared, entities

PEOPLE, OWNER, RECOVERY = "people", "owner", "recovery"
SHEET = "recovery sheet"  # who the journal names when somebody comes with the recovery code
DEFINER = "SECURITY DEFINER SET search_path = public, pg_temp"
OFFICERS = "('system', 'security', 'audit')"


def office_of(database: str) -> str:
    """What the names of an office's roles begin with."""
    return f"dayuan_{hashlib.sha256(database.encode()).hexdigest()[:8]}"


def role_of(database: str, account: str) -> str:
    """The login role of an account; that of the recovery code is `recovery`."""
    own = hashlib.sha256(account.encode()).hexdigest()[:24] if account else RECOVERY
    return f"{office_of(database)}_{own}"


def _function(head: str, returns: str, body: str, how: str = f"STABLE {DEFINER}") -> str:
    return f"CREATE FUNCTION sec.{head} RETURNS {returns} LANGUAGE sql {how} AS $$ {body} $$"


def _act(head: str, returns: str, declared: str, body: str) -> str:
    head = f"CREATE FUNCTION sec.{head} RETURNS {returns} LANGUAGE plpgsql {DEFINER}"
    return f"{head} AS $$ DECLARE {declared} BEGIN {body} END $$"


def functions(people: str, zone: str) -> list[str]:
    """All of them. `people` is the role every account is in; `zone` the time zone whose day counts, whatever a client
    says his own is."""
    return [
        "CREATE TABLE sec.role_may (role text, kind text, verb text, placed boolean, PRIMARY KEY (role, kind, verb))",
        *_who(zone),
        *_holding(),
        *_journal(),
        *_telling(),
        *_letting_in(people),
    ]


def _who(zone: str) -> list[str]:
    digest = "encode(sha256(convert_to({0}, 'UTF8')), 'hex')"
    office = f"'dayuan_' || left({digest.format('current_database()')}, 8)"
    mine = "SELECT {0} FROM account WHERE alive AND retired_on IS NULL AND sec.role_of(name) = session_user"
    sheet = f"SELECT '{SHEET}' WHERE session_user = sec.office() || '_{RECOVERY}'"
    held = (
        "SELECT 'everyone', NULL::uuid WHERE sec.me() IS NOT NULL"
        " UNION ALL SELECT role, compound_id FROM role_grant WHERE alive AND account_id = sec.me()"
        " AND from_on <= sec.today() AND (until_on IS NULL OR (until_on >= sec.today() AND until_on >= from_on))"
        f" UNION ALL SELECT '{RECOVERY}', NULL WHERE session_user = sec.office() || '_{RECOVERY}'"
    )
    return [
        _function("office()", "text", f"SELECT {office}", "STABLE"),
        _function("role_of(text)", "text", f"SELECT sec.office() || '_' || left({digest.format('$1')}, 24)", "STABLE"),
        _function("today()", "date", f"SELECT (clock_timestamp() AT TIME ZONE '{zone}')::date", "STABLE"),
        _function("me()", "uuid", mine.format("id")),
        _function("my_name()", "text", f"{mine.format('name')} UNION ALL {sheet}"),
        _function("held()", "TABLE (role text, compound uuid)", held),
    ]


def _holding() -> list[str]:
    may = "FROM sec.held() h JOIN sec.role_may m ON m.role = h.role"
    this = f"{may} WHERE m.kind = $1 AND m.verb = $2"
    mine = (
        f"SELECT CASE WHEN sec.everywhere($1, $2) THEN (SELECT array_agg(id) FROM compound)"
        f" ELSE (SELECT array_agg(h.compound) {this}) END"
    )
    writable = f"{may} WHERE m.verb = 'write' AND m.placed"
    scopes = (
        f"SELECT '{GLOBAL}'::uuid || CASE WHEN EXISTS (SELECT {writable} AND h.compound IS NULL)"
        f" THEN (SELECT array_agg(id) FROM compound) ELSE (SELECT array_agg(h.compound) {writable}) END"
    )
    listed = (
        "SELECT jsonb_object_agg(kind, inside) FROM (SELECT m.kind, CASE WHEN bool_or(h.compound IS NULL)"
        f" THEN 'null'::jsonb ELSE jsonb_agg(h.compound) END AS inside {may} WHERE m.verb = 'list' GROUP BY m.kind) k"
    )
    told = "SELECT $1 ? $2 AND ($3 IS NULL OR $1 -> $2 = 'null'::jsonb OR $1 -> $2 ? $3::text)"
    return [
        _function("everywhere(text, text)", "boolean", f"SELECT EXISTS (SELECT {this} AND h.compound IS NULL)"),
        _function("holds(text, text)", "boolean", f"SELECT EXISTS (SELECT {this})"),
        _function("writes()", "boolean", f"SELECT EXISTS (SELECT {may} WHERE m.verb = 'write')"),
        _function("mine(text, text)", "uuid[]", mine),
        _function("scopes()", "uuid[]", scopes),
        _function("listed()", "jsonb", listed),
        _function("about(jsonb, text, uuid)", "boolean", told, "IMMUTABLE"),
    ]


def _journal() -> list[str]:
    """Of which kinds somebody may read records: those he may list, for what he only counts has no history for him. A
    record says what it tells of in `tells`, of compounds which."""
    may = "FROM sec.held() h JOIN sec.role_may m ON m.role = h.role WHERE m.verb = 'list'"
    compounds = "SELECT 'compound:' || replace(id::text, '-', '') AS kind FROM compound"
    closed = ",".join(name for name, kind in entities().items() if issubclass(kind, Shared) and not kind.open)
    kinds = (
        f"SELECT array_agg(kind) FROM (SELECT m.kind {may} AND h.compound IS NULL"
        f" UNION ALL {compounds} WHERE sec.everywhere('compound', 'read')) each"
    )
    reach = (
        "SELECT jsonb_object_agg(st, kinds) FROM (SELECT st, jsonb_agg(DISTINCT kind) AS kinds"
        f" FROM (SELECT h.compound AS st, m.kind {may} AND h.compound IS NOT NULL"
        f" UNION ALL SELECT '{GLOBAL}', m.kind {may} AND (h.compound IS NULL OR NOT m.kind = ANY ('{{{closed}}}'))"
        f" UNION ALL SELECT '{GLOBAL}', kind FROM ({compounds}"
        " WHERE id = ANY (sec.mine('compound', 'read'))) own) each GROUP BY st) whole"
    )
    told = "SELECT $4 <@ ($1 || ARRAY(SELECT jsonb_array_elements_text($2 -> $3::text)))"
    return [
        _function("kinds()", "text[]", kinds),
        _function("reach()", "jsonb", reach),
        _function("told(text[], jsonb, uuid, text[])", "boolean", told, "IMMUTABLE"),
        _function("pens()", "integer[]", "SELECT array_agg(no) FROM writer WHERE door = session_user"),
    ]


def _telling() -> list[str]:
    """What is told past the policies, and no more: how often something is used, and whether somebody has a key."""
    known = (
        "IF NOT EXISTS (SELECT FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.relname = kind"
        " AND c.relnamespace = 'public'::regnamespace AND a.attname = field"
        " AND a.atttypid = 'uuid'::regtype) THEN RAISE EXCEPTION 'no such reference' USING ERRCODE = '42501'; END IF;"
    )
    uses = (
        f"{known} EXECUTE format('SELECT count(*) FROM %I WHERE alive AND %I = ANY ($1) AND NOT rid = ANY ($2)"
        " AND NOT created_rid = ANY ($2) AND NOT id = ANY ($3)', kind, field) INTO found USING ids, lsns, besides;"
        " RETURN found;"
    )
    keyed = 'SELECT "row" FROM person_key WHERE "row" = ANY ($1)'
    return [
        _act("uses(kind text, field text, ids uuid[], lsns bigint[], besides uuid[])", "bigint", "found bigint;", uses),
        _function("keyed(uuid[])", "SETOF uuid", keyed),
    ]


def _letting_in(people: str) -> list[str]:
    no = "RAISE EXCEPTION 'permission denied' USING ERRCODE = '42501';"
    seal = f"IF verifier !~ '^SCRAM-SHA-256[$]' THEN {no} END IF;"
    admin = "sec.everywhere('account', 'write')"
    officer = (
        "EXISTS (SELECT FROM role_grant g WHERE g.alive AND g.account_id = who.id"
        f" AND g.role IN {OFFICERS} AND (g.until_on IS NULL OR g.until_on >= sec.today()))"
    )
    let_in = f"""{seal} door := sec.role_of(account_name); there := to_regrole(door) IS NOT NULL;
      SELECT * INTO who FROM account a WHERE a.alive AND a.retired_on IS NULL AND a.name = account_name;
      IF who.id IS NULL OR NOT (door = session_user OR session_user = sec.office() || '_{RECOVERY}'
        OR ({admin} AND NOT (there AND {officer}))) THEN {no} END IF;
      IF there THEN EXECUTE format('ALTER ROLE %I LOGIN PASSWORD %L', door, verifier);
      ELSE EXECUTE format('CREATE ROLE %I LOGIN PASSWORD %L IN ROLE {people}', door, verifier);
      END IF;"""
    shut = f"""door := sec.role_of(account_name); IF NOT {admin}
      OR NOT EXISTS (SELECT FROM account a WHERE a.name = account_name AND a.retired_on IS NOT NULL) THEN {no} END IF;
      IF to_regrole(door) IS NOT NULL THEN EXECUTE format('ALTER ROLE %I NOLOGIN PASSWORD NULL', door); END IF;"""
    renew = f"""{seal} IF NOT (session_user = sec.office() || '_{RECOVERY}' OR sec.everywhere('site', 'write'))
      THEN {no} END IF; EXECUTE format('ALTER ROLE %I LOGIN PASSWORD %L', sec.office() || '_{RECOVERY}', verifier);"""
    return [
        _act("let_in(account_name text, verifier text)", "void", "door text; there boolean; who account;", let_in),
        _act("shut(account_name text)", "void", "door text;", shut),
        _act("renew(verifier text)", "void", "", renew),
    ]
