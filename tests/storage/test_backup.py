"""Backup and restore: all of it or nothing."""

import json
import tarfile
from datetime import date
from pathlib import Path

import psycopg
import pytest

from storage import archive, backup, key_copy
from storage.backup import BackupError
from tests.server import Databases

TODAY = date(2026, 3, 2)

TABLES = """
CREATE TABLE alembic_version (version_num text PRIMARY KEY);
INSERT INTO alembic_version VALUES ('first');
CREATE TABLE tip (id uuid PRIMARY KEY, sealed bytea NOT NULL, station text);
INSERT INTO tip SELECT gen_random_uuid(), decode(repeat('00ff', 500), 'hex'), 'Xã Rạch Kiến'
    FROM generate_series(1, 300);
CREATE VIEW waiting AS SELECT id FROM tip;
CREATE FUNCTION waiting_of(text) RETURNS bigint SECURITY DEFINER LANGUAGE sql
    AS $$ SELECT count(*) FROM tip WHERE station = $1 $$;
ALTER FUNCTION waiting_of(text) OWNER TO backup_gate;
REVOKE ALL ON FUNCTION waiting_of(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION waiting_of(text) TO backup_desk;
GRANT SELECT ON tip TO backup_desk;
ALTER TABLE tip ENABLE ROW LEVEL SECURITY;
ALTER TABLE tip FORCE ROW LEVEL SECURITY;
CREATE POLICY desk_sees ON tip FOR SELECT TO backup_desk USING (station = 'Xã Rạch Kiến');
"""


@pytest.fixture
def databases(backup_server: Databases) -> Databases:
    """The server, with the roles that a real schema grants rights to."""
    with psycopg.connect(backup_server.url("postgres")) as connection:
        for role, login in (("backup_desk", "LOGIN"), ("backup_gate", "NOLOGIN")):
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,))
            if known.fetchone() is None:
                connection.execute(f"CREATE ROLE {role} {login}".encode())
    return backup_server


def run(url: str, statements: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(statements.encode())


def ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question.encode()).fetchone()
    return row[0] if row else None


def test_a_backup_restores_every_row_and_right_into_a_server_that_lacks_the_roles(
    databases: Databases, tmp_path: Path
) -> None:
    file = tmp_path / "tiengloa.tar"
    with databases.database() as url:
        run(url, TABLES)
        tips = ask(url, "SELECT md5(string_agg(tip::text, ',' ORDER BY id)) FROM tip")
        written = backup.backup(url, file, today=TODAY)
    run(databases.url("postgres"), "DROP ROLE backup_desk; DROP ROLE backup_gate")

    with databases.database() as url:
        restored = backup.restore(url, file, known={"first", "second"})

        assert restored == written
        assert ask(url, "SELECT md5(string_agg(tip::text, ',' ORDER BY id)) FROM tip") == tips
        assert ask(url, "SELECT count(*) FROM waiting") == 300
        assert ask(url, "SELECT polname FROM pg_policy") == "desk_sees"
        assert ask(url, "SELECT has_table_privilege('backup_desk', 'tip', 'SELECT')") is True
        assert ask(url, "SELECT rolcanlogin FROM pg_roles WHERE rolname = 'backup_desk'") is True
        assert ask(url, "SELECT rolcanlogin FROM pg_roles WHERE rolname = 'backup_gate'") is False


def test_a_backup_says_what_it_is_and_only_its_owner_can_read_it(
    databases: Databases, tmp_path: Path
) -> None:
    file = tmp_path / "tiengloa.tar"
    with databases.database() as url:
        run(url, TABLES)
        backup.backup(url, file, today=TODAY)

    assert file.stat().st_mode & 0o777 == 0o600
    with tarfile.open(file) as tar:
        assert tar.getnames() == ["database.dump", "manifest.json"]
        manifest = tar.extractfile("manifest.json")
        assert manifest is not None
        said = json.load(manifest)
    assert said["day"] == "2026-03-02"
    assert said["revision"] == "first"
    assert said["postgres"] == 18
    assert said["roles"] == {"backup_desk": True, "backup_gate": False}
    assert [path.name for path in tmp_path.iterdir()] == ["tiengloa.tar"]


def test_a_database_that_holds_something_is_not_overwritten_unless_told(
    databases: Databases, tmp_path: Path
) -> None:
    file = tmp_path / "tiengloa.tar"
    with databases.database() as url:
        run(url, TABLES)
        backup.backup(url, file, today=TODAY)
        run(url, "DELETE FROM tip; CREATE TABLE newer (id int)")

        with pytest.raises(BackupError, match="already holds"):
            backup.restore(url, file)
        assert ask(url, "SELECT count(*) FROM tip") == 0

        backup.restore(url, file, replace=True)
        assert ask(url, "SELECT count(*) FROM tip") == 300
        assert ask(url, "SELECT to_regclass('newer')") is None


def test_a_restore_that_breaks_on_the_way_leaves_what_was_there(
    databases: Databases, tmp_path: Path
) -> None:
    file = tmp_path / "tiengloa.tar"
    with databases.database() as url:
        run(url, TABLES)
        backup.backup(url, file, today=TODAY)
        run(url, "UPDATE tip SET station = 'Xã Mỹ Lệ'")
        _cut_dump(file)

        with pytest.raises(BackupError, match="restore failed and nothing was changed"):
            backup.restore(url, file, replace=True)

        assert ask(url, "SELECT count(*) FROM tip WHERE station = 'Xã Mỹ Lệ'") == 300


def test_a_restore_that_the_database_refuses_names_the_reason_and_no_row(
    databases: Databases, tmp_path: Path
) -> None:
    file = tmp_path / "tiengloa.tar"
    with databases.database() as url:
        run(url, TABLES)
        run(url, "CREATE TABLE part (id int); INSERT INTO part VALUES (77123)")
        # The dump's row breaks a rule the restoring database has of its own.
        run(url, "CREATE FUNCTION small(int) RETURNS bool LANGUAGE sql AS 'SELECT true'")
        run(url, "ALTER TABLE part ADD CHECK (small(id))")
        run(url, "CREATE OR REPLACE FUNCTION small(int) RETURNS bool LANGUAGE sql AS 'SELECT $1<9'")
        backup.backup(url, file, today=TODAY)

    with databases.database() as url:
        with pytest.raises(BackupError, match="violates check constraint") as refused:
            backup.restore(url, file)

        assert "77123" not in str(refused.value)
        assert ask(url, "SELECT to_regclass('tip')") is None


def test_a_backup_of_a_later_version_is_refused(databases: Databases, tmp_path: Path) -> None:
    file = tmp_path / "tiengloa.tar"
    with databases.database() as url:
        run(url, TABLES)
        backup.backup(url, file, today=TODAY)

    with databases.database() as url, pytest.raises(BackupError, match="update the program first"):
        backup.restore(url, file, known={"other"})


@pytest.mark.parametrize("content", [b"", b"no tar at all" * 100, b"\0" * 10240])
def test_a_wrong_file_is_called_a_wrong_file(
    databases: Databases, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "letter.txt"
    file.write_bytes(content)

    with pytest.raises(BackupError, match="is not a backup of this program"):
        backup.restore(databases.url("postgres"), file)


def test_a_file_that_is_not_there_is_named(databases: Databases, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match=r"cannot read .*nowhere"):
        backup.restore(databases.url("postgres"), tmp_path / "nowhere")


@pytest.mark.parametrize("place", [600, -1])
def test_a_damaged_backup_is_noticed_before_anything_is_touched(
    databases: Databases, tmp_path: Path, place: int
) -> None:
    file = tmp_path / "tiengloa.tar"
    with databases.database() as url:
        run(url, TABLES)
        backup.backup(url, file, today=TODAY)
    content = bytearray(file.read_bytes())
    if place > 0:
        content[place] ^= 1
    else:
        del content[len(content) // 2 :]
    file.write_bytes(content)

    with pytest.raises(BackupError, match=r"damaged|cut short"):
        backup.inspect(file)


def test_an_interrupted_backup_leaves_the_older_file_and_no_half_one(tmp_path: Path) -> None:
    file = tmp_path / "tiengloa.tar"
    manifest = archive.Manifest(day="2026-03-01", revision=None, postgres=18, roles={})
    archive.write(file, [b"yesterday's dump"], manifest)
    before = file.read_bytes()

    def interrupted() -> list[bytes]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        archive.write(file, (piece for _ in "x" for piece in interrupted()), manifest)

    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


def test_a_backup_that_pg_dump_could_not_make_leaves_no_file(
    databases: Databases, tmp_path: Path
) -> None:
    # An owner whom row level security holds back must not silently get a partial backup.
    with databases.database() as url:
        run(url, TABLES)
        run(
            url,
            "ALTER ROLE backup_desk PASSWORD 'sample'; GRANT SELECT ON alembic_version TO PUBLIC",
        )
        name = str(ask(url, "SELECT current_database()"))

        with pytest.raises(BackupError, match="BYPASSRLS"):
            backup.backup(
                databases.url(name, "backup_desk", "sample"), tmp_path / "tiengloa.tar", today=TODAY
            )

    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_named(databases: Databases, tmp_path: Path) -> None:
    with (
        databases.database() as url,
        pytest.raises(BackupError, match=r"cannot write .*No such file or directory"),
    ):
        backup.backup(url, tmp_path / "missing" / "tiengloa.tar", today=TODAY)


def test_the_password_is_on_no_command_line() -> None:
    command, environment = backup._client("pg_dump", "postgresql://an:s3cret@/db?host=/run", 18)

    assert not any("s3cret" in word for word in command)
    assert environment["PGPASSWORD"] == "s3cret"


def test_a_database_backup_is_no_copy_of_keys(databases: Databases, tmp_path: Path) -> None:
    file = tmp_path / "tiengloa.tar"
    with databases.database() as url:
        run(url, TABLES)
        backup.backup(url, file, today=TODAY)

    with pytest.raises(BackupError, match="is not a copy of keys"):
        key_copy.restore_keys(file, tmp_path / "new" / "keys")


def _cut_dump(file: Path) -> None:
    """Shorten the dump and write the sum anew, as if pg_dump itself had stopped in the middle."""
    with archive.reading(file) as (manifest, dump):
        content = dump.read()
    archive.write(file, [content[: len(content) * 2 // 3]], manifest)
