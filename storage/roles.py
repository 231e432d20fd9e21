"""Who may touch which table: the whole of it as a table, applied after every migration.

A test compares `pg_policies` and the grants of a live database with what stands here.

Three log-in roles, never the owner, never a superuser:
    intake   citizens' messages: may put a tip in, can read none
    desk     officers: sees the tips of the stations in `officer_scope`, for the officer of this
             transaction; with no officer set, none. Puts in what somebody tells at the desk, there
             and nowhere else
    sweeps   clocks, retention and sending: tips' clocks, no officers' keys
And one that nobody logs in as: `tiengloa_gate` owns the few functions through which a receipt
reaches its tip, a tip changes station, an invitation runs out and subscribers are counted.
"""
# long: the tables of who may do what belong on one page

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from storage.db import ROLES, Role, role_name, role_password

GATE = "tiengloa_gate"

READ, WRITE = "SELECT", "SELECT, INSERT, UPDATE, DELETE"

GRANTS: dict[str, dict[str, str]] = {
    "station": {"intake": READ, "desk": "SELECT, UPDATE", "sweeps": "SELECT, INSERT, UPDATE"},
    "station_key": {"desk": WRITE, "gate": "SELECT, DELETE"},
    "officer": {"desk": "SELECT, INSERT, UPDATE"},
    "officer_scope": {"desk": WRITE, "gate": READ},
    "invite": {"desk": "SELECT, INSERT, UPDATE", "gate": "SELECT, DELETE"},
    "reset_request": {"desk": WRITE, "gate": "SELECT, DELETE"},
    "duty_hours": {"intake": READ, "desk": WRITE, "sweeps": READ},
    "login_session": {"desk": WRITE, "sweeps": "SELECT, DELETE"},
    "kept_form": {"desk": WRITE, "sweeps": "SELECT, DELETE"},
    "known_browser": {"desk": WRITE, "sweeps": "SELECT, DELETE"},
    "tip": {
        "intake": "INSERT",
        "desk": "SELECT, INSERT, UPDATE",
        "sweeps": "SELECT, UPDATE, DELETE",
        "gate": "SELECT, UPDATE",
    },
    "tip_wrap": {
        "intake": "INSERT",
        "desk": "SELECT, INSERT, DELETE",
        "sweeps": "SELECT, UPDATE, DELETE",
        "gate": READ,
    },
    "tip_entry": {
        "intake": "INSERT",
        "desk": "SELECT, INSERT",
        "sweeps": "SELECT, DELETE",
        "gate": "SELECT, INSERT",
    },
    "tip_photo": {"intake": "INSERT", "desk": READ, "sweeps": "SELECT, DELETE"},
    "tip_mark": {"intake": "INSERT", "desk": "SELECT, INSERT", "sweeps": "SELECT, DELETE"},
    "draft_photo": {"intake": "SELECT, INSERT, DELETE", "sweeps": "SELECT, DELETE"},
    "alert": {
        "intake": "INSERT",
        "desk": WRITE,  # UPDATE: nobody may hold a row without it
        "sweeps": WRITE,
        "gate": "SELECT, INSERT, UPDATE",
    },
    "inbox": {"intake": WRITE, "sweeps": WRITE},
    "conversation": {"intake": WRITE, "sweeps": "SELECT, DELETE"},
    "outbox": {"intake": "INSERT", "desk": "INSERT", "sweeps": WRITE},
    "audit": {"desk": "SELECT, INSERT", "sweeps": "SELECT, INSERT"},
    "counter": {"intake": "SELECT, INSERT, UPDATE", "desk": READ, "sweeps": "SELECT, DELETE"},
    "question_miss": {"intake": "INSERT", "desk": "SELECT, DELETE", "sweeps": "SELECT, DELETE"},
    "question_alias": {"intake": READ, "desk": WRITE},
    "local_word": {"desk": "SELECT, INSERT", "sweeps": READ},
    "lease": {"sweeps": WRITE},
    "send_budget": {"sweeps": "SELECT, INSERT, UPDATE"},
    "duty_chat": {"desk": "SELECT, DELETE", "sweeps": WRITE},
    "duty_code": {"desk": "SELECT, INSERT, DELETE", "sweeps": "SELECT, DELETE"},
    "station_contact": {"intake": READ, "desk": READ, "sweeps": WRITE},
    "hamlet": {"intake": READ, "desk": READ, "sweeps": WRITE},
    "reroute": {"desk": "INSERT", "sweeps": "SELECT, DELETE"},
    "correction": {"desk": "INSERT", "sweeps": "SELECT, DELETE"},
    # The desk never reads who subscribed: it asks `reach`, which counts, and not below its limit.
    "subscriber": {"intake": WRITE, "sweeps": "SELECT, UPDATE, DELETE", "gate": READ},
    "subscription": {"intake": WRITE, "sweeps": READ, "gate": READ},
    "notice": {"intake": READ, "desk": "SELECT, INSERT, UPDATE", "sweeps": "SELECT, UPDATE"},
    "campaign": {"desk": "SELECT, INSERT, UPDATE", "sweeps": "SELECT, INSERT, UPDATE, DELETE"},
    "chunk": {"desk": READ, "sweeps": WRITE},
    "send_window": {"sweeps": "SELECT, INSERT"},
    "delivery": {"sweeps": "SELECT, INSERT, DELETE"},
}

# Stations this officer works for; storage §5 measured this shape against five others.
_SCOPE = """(SELECT s.station_code FROM officer_scope s WHERE s.officer_id =
    (SELECT nullif(current_setting('tiengloa.officer', true), '')::uuid))"""
_MINE = f"station_code IN {_SCOPE} OR (escalated AND province_code IN {_SCOPE})"
_OF_MINE = "tip_id IN (SELECT id FROM tip)"  # tip's own policy applies inside

_HANGING = ("tip_wrap", "tip_entry", "tip_photo", "tip_mark")  # tables that hang on a tip

# (table, name, role, command, using, with check)
POLICIES: tuple[tuple[str, str, str, str, str | None, str | None], ...] = (
    ("tip", "intake_in", "intake", "INSERT", None, "true"),
    ("tip", "desk_scope", "desk", "ALL", _MINE, _MINE),
    ("tip", "sweeps_all", "sweeps", "ALL", "true", "true"),
    ("tip", "gate_all", "gate", "ALL", "true", "true"),
    *(
        policy
        for table in _HANGING
        for policy in (
            (table, "intake_in", "intake", "INSERT", None, "true"),
            (table, "desk_scope", "desk", "ALL", _OF_MINE, _OF_MINE),
            (table, "sweeps_all", "sweeps", "ALL", "true", "true"),
        )
    ),
    ("tip_wrap", "gate_all", "gate", "ALL", "true", "true"),
    ("tip_entry", "gate_all", "gate", "ALL", "true", "true"),
)
SECURED = ("tip", *_HANGING)

# What a receipt's holder may see: never notes, never what moved between stations.
_PUBLIC_KINDS = "('tip', 'question', 'answer', 'addition', 'close')"

FUNCTIONS: dict[str, tuple[str, str]] = {
    # signature: (roles that may call it, definition)
    "receipt_tip(bytea)": (
        "intake",
        """CREATE OR REPLACE FUNCTION receipt_tip(receipt bytea)
        RETURNS TABLE (id uuid, station_code text, state text, urgent bool, disposition text,
                       received_hour timestamptz, month text, enclosed bytea)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT t.id, t.station_code, t.state, t.urgent, t.disposition, t.received_hour,
                   t.month, w.enclosed
            FROM tip t JOIN tip_wrap w ON w.tip_id = t.id AND w.holder = 'receipt'
            WHERE t.receipt_mac = receipt $$""",
    ),
    "receipt_entries(bytea)": (
        "intake",
        f"""CREATE OR REPLACE FUNCTION receipt_entries(receipt bytea)
        RETURNS TABLE (no int, kind text, at_hour timestamptz, sealed bytea)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT e.no, e.kind, e.at_hour, e.sealed FROM tip_entry e JOIN tip t ON t.id = e.tip_id
            WHERE t.receipt_mac = receipt AND e.kind IN {_PUBLIC_KINDS} ORDER BY e.no $$""",  # noqa: S608 # constants
    ),
    "receipt_lock(bytea)": (
        "intake",
        # The next number is part of what is sealed, so it must be known before sealing.
        """CREATE OR REPLACE FUNCTION receipt_lock(receipt bytea) RETURNS int
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
        DECLARE mine uuid;
        BEGIN
            SELECT t.id INTO mine FROM tip t WHERE t.receipt_mac = receipt FOR UPDATE;
            RETURN (SELECT max(e.no) + 1 FROM tip_entry e WHERE e.tip_id = mine);
        END $$""",
    ),
    "receipt_append(bytea, int, text, timestamptz, bytea)": (
        "intake",
        """CREATE OR REPLACE FUNCTION receipt_append(
            receipt bytea, entry int, entry_kind text, hour timestamptz, content bytea)
        RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
        DECLARE mine uuid;
        BEGIN
            SELECT t.id INTO mine FROM tip t WHERE t.receipt_mac = receipt FOR UPDATE;
            IF mine IS NULL OR entry_kind NOT IN ('answer', 'addition') THEN
                RAISE EXCEPTION 'no such tip, or a kind a citizen cannot write';
            END IF;
            INSERT INTO tip_entry (tip_id, no, kind, at_hour, sealed)
            VALUES (mine, entry, entry_kind, hour, content);
            UPDATE tip SET state = 'answered' WHERE id = mine AND state IN ('waiting', 'taken');
        END $$""",
    ),
    "receipt_urgent(bytea, timestamptz, timestamptz, timestamptz)": (
        "intake",
        # The alert before the tip, as everywhere (storage.alerts.hold). A clock of law goes on.
        """CREATE OR REPLACE FUNCTION receipt_urgent(
            receipt bytea, alert_at timestamptz, take_by timestamptz, handle_by timestamptz)
        RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
        DECLARE mine uuid := (SELECT t.id FROM tip t WHERE t.receipt_mac = receipt);
        BEGIN
            PERFORM 1 FROM alert a WHERE a.tip_id = mine FOR UPDATE;
            PERFORM 1 FROM tip t WHERE t.id = mine AND t.state <> 'closed' FOR UPDATE;
            IF NOT FOUND THEN RETURN; END IF;
            INSERT INTO alert (tip_id, step, due_at) VALUES (mine, 0, alert_at)
            ON CONFLICT (tip_id) DO NOTHING;
            UPDATE tip SET urgent = true, suspect = false,
                due_at = CASE WHEN formal_since IS NOT NULL OR urgent THEN due_at
                              WHEN claimed_by IS NULL THEN take_by ELSE handle_by END
            WHERE id = mine;
        END $$""",
    ),
    "move_tip(uuid, text, text, timestamptz, text, timestamptz)": (
        "desk",
        # The row leaves the officer's sight with this very update, which the policy would refuse.
        f"""CREATE OR REPLACE FUNCTION move_tip(
            moved uuid, station text, province text, at timestamptz,
            next_clock text, due timestamptz)
        RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
        BEGIN
            UPDATE tip SET station_code = station, province_code = province, state = 'new',
                           claimed_by = NULL, escalated = false, suspect = false,
                           remind_on = NULL, clock = next_clock, due_at = due
            WHERE id = moved AND ({_MINE});
            IF NOT FOUND THEN RAISE EXCEPTION 'not a tip of this officer'; END IF;
            INSERT INTO alert (tip_id, step, due_at) VALUES (moved, 0, at)
            ON CONFLICT (tip_id) DO UPDATE SET step = 0, due_at = at;
        END $$""",  # noqa: S608 # constants
    ),
    "reach(text[], text, text)": (
        "desk",
        # Never a count that could point at somebody: below 20 it is 0.
        """CREATE OR REPLACE FUNCTION reach(places text[], wanted_topic text, kind text)
        RETURNS bigint
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT CASE WHEN n >= 20 THEN n ELSE 0 END FROM (
                SELECT count(DISTINCT u.id) AS n
                FROM subscription s JOIN subscriber u ON u.id = s.subscriber_id
                WHERE s.commune_code = ANY(places) AND NOT u.paused
                  AND (wanted_topic IS NULL OR wanted_topic = ANY(u.topics))
                  AND (kind IS NULL OR u.audience = kind)) AS counted $$""",
    ),
    "drop_invites(timestamptz)": (
        "sweeps",
        # With the key wrapped to it: whoever finds an old link must find nothing it opens.
        """CREATE OR REPLACE FUNCTION drop_invites(until timestamptz) RETURNS void
        LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
            DELETE FROM station_key k USING invite i
            WHERE i.expires_at <= until AND k.holder = 'invite:' || encode(i.token_mac, 'hex');
            DELETE FROM invite i WHERE i.expires_at <= until;
            DELETE FROM reset_request r WHERE r.expires_at <= until $$""",
    ),
}


def apply(connection: Connection, secret: str) -> None:
    """Make roles, grants, functions and policies what this module says. Safe to repeat.

    Args:
        connection: the owner's, inside a transaction.
        secret: the roles' passwords are derived from it.

    Raises:
        PermissionError: the owner may not do it, or a role has powers of its own.
    """
    for role in ROLES:
        _make_role(connection, role_name(role))
        _set_password(connection, role, secret)
    _make_role(connection, GATE, login=False)
    _assert_powerless(connection)
    # The functions run as the gate, so the owner must be allowed to hand them over.
    connection.execute(text(f"GRANT {GATE} TO CURRENT_USER"))
    connection.execute(text(f"GRANT CREATE, USAGE ON SCHEMA public TO {GATE}"))
    _grant(connection)
    _secure(connection)
    _define(connection)
    connection.execute(text(f"REVOKE CREATE ON SCHEMA public FROM {GATE}"))


def pg_name(role: str) -> str:
    """PostgreSQL's name of a role named in this module's tables."""
    return f"tiengloa_{role}"


def _make_role(connection: Connection, name: str, *, login: bool = True) -> None:
    known = connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :name"), {"name": name})
    if known.first() is None:
        connection.execute(text(f"CREATE ROLE {name} {'LOGIN' if login else 'NOLOGIN'}"))


def _set_password(connection: Connection, role: Role, secret: str) -> None:
    """ALTER ROLE takes no bind parameter; the password is hex of our own making.

    Raises:
        PermissionError: without the statement, which holds the password.
    """
    password = role_password(secret, role)
    try:
        connection.execute(text(f"ALTER ROLE {role_name(role)} PASSWORD '{password}'"))
    except DBAPIError as error:
        reason = str(error.orig).splitlines()[0]
        raise PermissionError(f"cannot set the password of {role_name(role)}: {reason}") from None


def _assert_powerless(connection: Connection) -> None:
    """Only a superuser could take these powers away, so whoever gave them has to."""
    found = connection.execute(
        text("""
            SELECT rolname FROM pg_roles r WHERE rolname = ANY(:names) AND (
                rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication
                OR EXISTS (SELECT 1 FROM pg_auth_members m WHERE m.member = r.oid))
        """),
        {"names": [*map(role_name, ROLES), GATE]},
    )
    for name in found.scalars():
        raise PermissionError(
            f"role {name} may do more than row level security allows: ALTER ROLE {name} "
            "NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION, and REVOKE the roles "
            "it is a member of"
        )


def _grant(connection: Connection) -> None:
    runners = ", ".join(role_name(role) for role in ROLES)
    everyone = f"{runners}, {GATE}"
    for kind, whom in (("TABLES", everyone), ("SEQUENCES", everyone), ("FUNCTIONS", runners)):
        connection.execute(text(f"REVOKE ALL ON ALL {kind} IN SCHEMA public FROM {whom}, PUBLIC"))
    connection.execute(text(f"GRANT USAGE ON SCHEMA public TO {everyone}"))
    for table, grants in GRANTS.items():
        for role, rights in grants.items():
            connection.execute(text(f"GRANT {rights} ON {table} TO {pg_name(role)}"))


def _secure(connection: Connection) -> None:
    for table in SECURED:
        connection.execute(text(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"))
        connection.execute(text(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"))
    # Every policy there is, also one that an earlier version made: policies add up.
    old = connection.execute(
        text("SELECT policyname, tablename FROM pg_policies WHERE schemaname = 'public'")
    )
    for name, table in old.all():
        connection.execute(text(f'DROP POLICY "{name}" ON "{table}"'))
    for table, name, role, command, using, check in POLICIES:
        clauses = (f" USING ({using})" if using else "") + (
            f" WITH CHECK ({check})" if check else ""
        )
        connection.execute(
            text(f"CREATE POLICY {name} ON {table} FOR {command} TO {pg_name(role)}{clauses}")
        )


def _define(connection: Connection) -> None:
    for signature, (role, definition) in FUNCTIONS.items():
        connection.exec_driver_sql(definition)
        connection.execute(text(f"ALTER FUNCTION {signature} OWNER TO {GATE}"))
        connection.execute(text(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC"))
        connection.execute(text(f"GRANT EXECUTE ON FUNCTION {signature} TO {pg_name(role)}"))
