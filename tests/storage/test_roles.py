"""Who may touch what, in a live database, against the tables of `storage.roles`."""

import re
from collections import defaultdict
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from storage import migrate, roles
from storage.db import ROLES, Role, Store
from tests.storage.rows import SECRET, Owner

RUNNING = {f"tiengloa_{role}" for role in ROLES}
OURS = {*RUNNING, roles.GATE}
TIP_TABLES = ("tip", "tip_wrap", "tip_entry", "tip_photo", "tip_mark")

PRIVILEGES = """
    SELECT c.relname, CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END,
           a.privilege_type
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) a
    WHERE n.nspname = 'public' AND a.grantee <> c.relowner"""
POLICIES = """
    SELECT tablename, policyname, roles::text, cmd, qual, with_check, permissive
    FROM pg_policies ORDER BY 1, 2"""
FUNCTIONS = """
    SELECT p.oid::regprocedure::text, p.proowner::regrole::text, p.prosecdef, p.proconfig,
           array_agg(CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END)
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace,
         aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
    WHERE n.nspname = 'public' GROUP BY 1, 2, 3, 4"""


def refused(store: Store, role: Role, statement: str, **values: object) -> bool:
    """Whether PostgreSQL itself says no, whoever asks and whatever the rows are."""
    try:
        with store.begin(role) as session:
            session.execute(text(statement), values)
    except DBAPIError as error:
        return type(error.orig).__name__ == "InsufficientPrivilege"
    return False


def test_every_right_on_a_table_is_the_one_the_code_says_and_the_public_has_none(
    owner: Owner,
) -> None:
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for table, role, right in owner.all(PRIVILEGES):
        found[table][role].add(right)

    wanted = {
        table: {roles.pg_name(role): set(rights.split(", ")) for role, rights in grants.items()}
        for table, grants in roles.GRANTS.items()
    }
    assert {table: dict(grants) for table, grants in found.items()} == wanted


def test_the_table_of_rights_names_every_table_there_is() -> None:
    assert set(roles.GRANTS) == set(SQLModel.metadata.tables)


def test_no_right_hangs_on_a_single_column_or_on_tables_yet_to_be_made(owner: Owner) -> None:
    assert (
        owner.all("""SELECT attname FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
        WHERE relnamespace = 'public'::regnamespace AND attacl IS NOT NULL""")
        == []
    )
    assert owner.all("SELECT defaclrole::regrole, defaclacl FROM pg_default_acl") == []


def test_every_policy_is_the_one_the_code_says(owner: Owner) -> None:
    live = owner.all(POLICIES)
    wanted = {(t, n, f"{{{roles.pg_name(r)}}}", c) for t, n, r, c, _, _ in roles.POLICIES}

    assert {row[:4] for row in live} == wanted
    assert {row[6] for row in live} == {"PERMISSIVE"}


def test_what_a_policy_lets_through_is_what_the_code_says(owner: Owner) -> None:
    live = {row[:2]: row[4:6] for row in owner.all(POLICIES)}

    for table, name, role, command, using, check in roles.POLICIES:
        # PostgreSQL rewrites an expression: let it rewrite ours too, and compare.
        clauses = (f" USING ({using})" if using else "") + (
            f" WITH CHECK ({check})" if check else ""
        )
        owner.run(f"CREATE POLICY twin ON {table} FOR {command} TO {roles.pg_name(role)}{clauses}")
        twin = owner.all("SELECT qual, with_check FROM pg_policies WHERE policyname = 'twin'")
        owner.run(f"DROP POLICY twin ON {table}")
        assert live[table, name] == twin[0], (table, name)


def test_row_level_security_is_forced_on_tips_and_what_hangs_on_them(owner: Owner) -> None:
    found = owner.all("""SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
        WHERE nspname = 'public' AND relrowsecurity AND relforcerowsecurity""")
    assert {name for (name,) in found} == set(TIP_TABLES) == set(roles.SECURED)


def test_running_roles_are_neither_superusers_nor_past_row_level_security(owner: Owner) -> None:
    found = owner.all("""SELECT rolname, rolcanlogin, rolsuper OR rolbypassrls OR rolcreaterole
        OR rolcreatedb OR rolreplication FROM pg_roles WHERE rolname LIKE 'tiengloa_%%'""")
    powers = {name: (login, power) for name, login, power in found if name in OURS}

    assert powers == {**dict.fromkeys(RUNNING, (True, False)), roles.GATE: (False, False)}


def test_no_running_role_can_become_another(owner: Owner) -> None:
    members = owner.all("SELECT member::regrole::text, roleid::regrole::text FROM pg_auth_members")
    assert [pair for pair in members if pair[0] in OURS] == []


def test_functions_belong_to_the_gate_and_only_the_named_role_may_call_them(owner: Owner) -> None:
    found = {row[0]: row[1:] for row in owner.all(FUNCTIONS)}

    assert set(found) == {_plain(signature) for signature in roles.FUNCTIONS}
    for signature, (role, _) in roles.FUNCTIONS.items():
        belongs_to, definer, settings, callers = found[_plain(signature)]
        assert belongs_to == roles.GATE
        assert definer
        assert settings == ["search_path=public, pg_temp"]
        assert set(callers) == {roles.GATE, roles.pg_name(role)}


def test_nobody_but_the_owner_can_make_anything_in_the_schema(owner: Owner) -> None:
    for role in (*OURS, "public"):
        assert not owner.one("SELECT has_schema_privilege(%s, 'public', 'CREATE')", role)


def test_rights_nobody_wrote_down_are_gone_after_the_next_start(
    bare_url: str, owner: Owner
) -> None:
    owner.run("GRANT SELECT ON tip TO tiengloa_intake")
    owner.run("GRANT SELECT ON officer TO PUBLIC")
    owner.run("GRANT ALL ON SEQUENCE inbox_seq_seq TO tiengloa_desk")
    owner.run("GRANT EXECUTE ON FUNCTION receipt_tip(bytea) TO PUBLIC, tiengloa_desk")
    owner.run("CREATE POLICY old ON tip FOR ALL TO tiengloa_desk USING (true)")
    owner.run("ALTER TABLE tip NO FORCE ROW LEVEL SECURITY")

    migrate.upgrade(bare_url, SECRET)

    test_every_right_on_a_table_is_the_one_the_code_says_and_the_public_has_none(owner)
    test_every_policy_is_the_one_the_code_says(owner)
    test_row_level_security_is_forced_on_tips_and_what_hangs_on_them(owner)
    test_functions_belong_to_the_gate_and_only_the_named_role_may_call_them(owner)


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("ALTER ROLE tiengloa_desk BYPASSRLS", "ALTER ROLE tiengloa_desk NOBYPASSRLS"),
        ("GRANT tiengloa_gate TO tiengloa_intake", "REVOKE tiengloa_gate FROM tiengloa_intake"),
    ],
)
def test_the_program_does_not_start_with_a_role_that_could_read_past_its_rights(
    bare_url: str, owner: Owner, given: str, taken: str
) -> None:
    owner.run(given)
    try:
        with pytest.raises(PermissionError, match="ALTER ROLE tiengloa_"):
            migrate.upgrade(bare_url, SECRET)
    finally:  # roles belong to the whole server
        owner.run(taken)

    migrate.upgrade(bare_url, SECRET)


def test_intake_can_read_nothing_of_a_tip(store: Store) -> None:
    for table in TIP_TABLES:
        for deed in ("SELECT 1 FROM {}", "DELETE FROM {}", "SELECT 1 FROM {} FOR UPDATE"):
            assert refused(store, "intake", deed.format(table))


def test_a_role_cannot_read_what_its_work_does_not_need(store: Store) -> None:
    hidden: dict[Role, tuple[str, ...]] = {
        "intake": ("officer", "station_key", "audit", "alert", "invite", "login_session"),
        "sweeps": ("officer", "station_key", "officer_scope"),
        "desk": ("inbox", "conversation", "outbox", "lease"),
    }
    for role, tables in hidden.items():
        for table in tables:
            assert refused(store, role, f"SELECT 1 FROM {table}"), table  # noqa: S608 # names


def test_the_audit_log_can_only_grow(store: Store) -> None:
    for role in ROLES:
        assert refused(store, role, "UPDATE audit SET action = 'nothing'")
        assert refused(store, role, "DELETE FROM audit")


def test_only_intake_reaches_a_tip_by_its_receipt(store: Store) -> None:
    for role in ("desk", "sweeps"):
        for call in ("receipt_tip(:m)", "receipt_entries(:m)", "receipt_lock(:m)"):
            assert refused(store, role, f"SELECT {call}", m=b"mac")
    assert refused(
        store, "intake", "SELECT move_tip(:id, '80', '80', now(), 'take', now())", id=uuid4()
    )


def _plain(signature: str) -> str:
    """As PostgreSQL writes a signature."""
    name, arguments = signature.rstrip(")").split("(")
    long = {"int": "integer", "timestamptz": "timestamp with time zone"}
    words = [long.get(word, word) for word in re.split(r", ", arguments)]
    return f"{name}({','.join(words)})"
