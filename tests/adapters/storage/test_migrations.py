"""Files of every version: none, this one, a newer one, and somebody else's."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlite_utils

from adapters.storage.migrations import SCHEMA_VERSION, migrate, steps
from adapters.storage.sqlite import SqliteStore
from bot.errors import StoreForeign, StoreTooNew
from bot.ports import Stored
from tests.adapters.storage.old_files import make_old
from tests.contracts.store_contract import ANA, PMO, turn


def _tables(path: Path) -> dict[str, list[str]]:
    with closing(sqlite_utils.Database(path)) as database:
        names = [name for name in database.table_names() if not name.startswith(("_", "sqlite_"))]
        return {name: [column.name for column in database.table(name).columns] for name in sorted(names)}


def test_an_empty_file_gets_every_table(path: Path):
    SqliteStore.open(path).close()

    assert _tables(path) == {
        "channel_keepers": ["place", "person"],
        "deliveries": ["key", "person", "at"],
        "held": ["id", "due", "until"],
        "note_counts": ["day", "sent"],
        "note_figures": ["week", "kind", "what", "number"],
        "note_stops": ["kind", "why", "since"],
        "outbox": [
            "id",
            "person",
            "conversation",
            "farewell",
            "attempts",
            "next_at",
            "reason",
            "message",
        ],
        "people": ["id", "person", "guide", "version", "record", "updated", "due", "planned"],
        "slack_installations": [
            "team",
            "enterprise",
            "bot_token",
            "refresh_token",
            "expires_at",
            "bot_user",
            "bot",
            "app",
            "scopes",
            "installer",
            "installed_at",
        ],
        "slack_oauth_states": ["id", "state", "expires_at"],
        "sweeps": ["id"],
        "switches": ["name", "value"],
        "teams_farewells": ["place", "tenant", "service_url", "conversation", "bot"],
        "teams_references": [
            "place",
            "kind",
            "tenant",
            "service_url",
            "conversation",
            "bot",
            "user",
            "aad",
            "team",
            "channel",
            "locale",
            "zone",
            "installed_at",
            "blocked_at",
        ],
        "undeliverable": ["id", "person", "conversation", "attempts", "reason", "message"],
    }


def test_the_schema_version_counts_the_steps(path: Path):
    SqliteStore.open(path).close()

    with closing(sqlite_utils.Database(path)) as database:
        applied = [step.name for step in steps().applied(database)]
        assert [step.name for step in steps()._migrations] == applied
        assert len(applied) == SCHEMA_VERSION
        assert database.execute("PRAGMA user_version").fetchall() == [(SCHEMA_VERSION,)]


async def test_migrating_again_changes_nothing(path: Path):
    with closing(SqliteStore.open(path)) as store:
        await store.commit(turn(ANA, record=b"kept"))
    before = (_tables(path), path.read_bytes())

    SqliteStore.open(path).close()

    assert before == (_tables(path), path.read_bytes())
    with closing(SqliteStore.open(path)) as store:
        assert (await store.load(ANA, PMO)).record == b"kept"


async def test_what_was_due_in_a_file_of_the_sixth_version_is_due_in_this_one(path: Path):
    who = {number: {"person": f"slack:T1:U{number}", "guide": PMO} for number in (1, 2, 3)}
    people = [{**who[number], "version": number, "record": b"kept", "updated": 1.0} for number in who]
    agenda = [{**who[number], "platform": "slack", "due": due, "wake": 900.0} for number, due in ((1, 50.0), (3, 99.0))]
    make_old(path, 6, {"people": people, "agenda": agenda})

    with closing(SqliteStore.open(path)) as store:
        assert await store.next_due("slack") == 50.0
        claims = await store.claim("slack", 99.0, 120.0, 10)
        assert [(claim.person, claim.due, claim.stored) for claim in claims] == [
            ("slack:T1:U1", 50.0, Stored(b"kept", 1)), ("slack:T1:U3", 99.0, Stored(b"kept", 3)),
        ]  # fmt: skip
        assert (await store.load("slack:T1:U2", PMO)) == Stored(b"kept", 2)


def test_a_file_that_is_up_to_date_costs_one_read(path: Path):
    SqliteStore.open(path).close()
    statements: list[str] = []
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.set_trace_callback(statements.append)
        migrate(connection)

    assert statements == ["PRAGMA user_version"]


def test_a_file_of_a_newer_version_is_refused_and_left_alone(path: Path):
    SqliteStore.open(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    before = path.read_bytes()

    with pytest.raises(StoreTooNew, match="newer version"):
        SqliteStore.open(path)

    assert before == path.read_bytes()


@pytest.mark.parametrize("version", [0, 1, SCHEMA_VERSION, SCHEMA_VERSION + 1])
def test_the_database_of_another_program_is_refused_and_left_alone(path: Path, version: int):
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
        connection.execute(f"PRAGMA user_version = {version}")
    before = path.read_bytes()

    with pytest.raises(StoreForeign):
        SqliteStore.open(path)

    assert before == path.read_bytes()


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION))
def test_a_file_of_each_earlier_version_is_ours(path: Path, version: int):
    make_old(path, version)

    SqliteStore.open(path).close()

    assert "people" in _tables(path)


def test_a_step_that_fails_leaves_the_file_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch):
    def fail_half_way(database: sqlite_utils.Database) -> None:
        database.execute("CREATE TABLE half (id INTEGER)")
        raise ZeroDivisionError

    broken = steps()
    broken(name="broken")(fail_half_way)
    monkeypatch.setattr("adapters.storage.migrations.steps", lambda: broken)

    with pytest.raises(ZeroDivisionError):
        SqliteStore.open(path)

    assert _tables(path) == {}
