"""Units of work: all or nothing, and a database that does not answer says so plainly."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from storage import counters
from storage.db import DatabaseDownError, Store, role_password, role_urls
from tests.storage.rows import TODAY, Owner, store_on


def test_an_error_undoes_the_whole_unit_of_work(store: Store, owner: Owner) -> None:
    def undone() -> None:
        with store.begin("intake") as session:
            counters.grow(session, TODAY, "declined_opinion")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        undone()

    assert owner.one("SELECT count(*) FROM counter") == 0


def test_a_server_that_is_not_there_is_a_database_that_is_down() -> None:
    urls = {"intake": "postgresql://x:y@/tiengloa?host=/nowhere"}

    with (
        Store(urls) as store,  # type: ignore[arg-type] # one role is enough here
        pytest.raises(DatabaseDownError),
        store.begin("intake") as session,
    ):
        session.connection()


def test_a_connection_cut_in_the_middle_is_a_database_that_is_down(
    store: Store, owner: Owner
) -> None:
    def cut_off() -> None:
        with store.begin("intake") as session:
            pid = session.execute(text("SELECT pg_backend_pid()")).scalar_one()
            owner.run("SELECT pg_terminate_backend(%s, 5000)", pid)
            counters.grow(session, TODAY, "declined_opinion")

    with pytest.raises(DatabaseDownError):
        cut_off()

    with store.begin("intake") as session:  # the next unit of work has a connection again
        counters.grow(session, TODAY, "declined_opinion")
    assert owner.one("SELECT n FROM counter") == 1


def test_a_wrong_row_is_no_database_that_is_down(store: Store) -> None:
    with pytest.raises(IntegrityError), store.begin("intake") as session:
        session.execute(text("INSERT INTO counter (day, name, n) VALUES (NULL, 'x', 1)"))


def test_no_error_message_holds_the_values_of_a_statement(store: Store) -> None:
    with pytest.raises(IntegrityError) as caught, store.begin("intake") as session:
        session.execute(
            text("INSERT INTO counter (day, name, n) VALUES (NULL, :name, 1)"),
            {"name": "a word of a person"},
        )

    assert "a word of a person" not in str(caught.value).split("DETAIL")[0]


def test_every_role_has_a_password_of_its_own_made_from_the_one_secret() -> None:
    urls = role_urls("postgresql://operator:s%40cret@db.example/tips")

    assert {role: url.split("@")[0] for role, url in urls.items()} == {
        role: f"postgresql://tiengloa_{role}:{role_password('s@cret', role)}"
        for role in ("intake", "desk", "sweeps")
    }
    assert all(url.endswith("@db.example/tips") for url in urls.values())
    assert len({role_password("s@cret", role) for role in urls}) == 3


def test_counters_grow_by_day_and_add_up(bare_url: str) -> None:
    with store_on(bare_url) as store:
        for day in (TODAY, TODAY, TODAY.replace(day=3)):
            with store.begin("intake") as session:
                counters.grow(session, day, "declined_opinion")
        with store.begin("desk") as session:
            assert counters.total(session, "declined_opinion") == 3
            assert counters.total(session, "never") == 0


def test_a_pool_with_every_connection_in_use_is_a_database_that_is_down(
    bare_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store_on(bare_url, pool_size=1) as store, store.begin("desk") as session:
        monkeypatch.setattr(store._engines["desk"].pool, "_timeout", 0.05)
        session.connection()

        with pytest.raises(DatabaseDownError, match="busy"), store.begin("desk") as second:
            second.connection()
