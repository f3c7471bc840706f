"""The tables, and how a file of any earlier version gets them.

A step that has been released is never edited: what comes later is a new step at the end.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from bot.errors import StoreForeign, StoreTooNew

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

SCHEMA_VERSION = 7


_WHOSE = """
    SELECT user_version, (SELECT count(*) FROM sqlite_master),
        (SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('people', 'deliveries', 'outbox'))
    FROM pragma_user_version
"""
"""The version, how much is in the file, and how many of the tables that each of our versions has."""


def refuse_others(connection: sqlite3.Connection) -> None:
    """Let pass a new file and one of ours that this version knows; nothing of any file is changed.

    Raises:
        StoreTooNew: a newer version of Lateral wrote the file.
        StoreForeign: the file is another program's.
    """
    [(version, entries, ours)] = connection.execute(_WHOSE).fetchall()
    if ours < 3 and (version or entries):
        raise StoreForeign
    if version > SCHEMA_VERSION:
        raise StoreTooNew


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the file up to `SCHEMA_VERSION`, in one transaction; a file that is there already costs one read.

    It is a new file, or one that `refuse_others` let pass.
    """
    if _version(connection) == SCHEMA_VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        _apply(connection)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    [(version,)] = connection.execute("PRAGMA user_version").fetchall()
    return int(version)


def _apply(connection: sqlite3.Connection) -> None:
    # Imported here: it takes a tenth of a second, and only a new or an old file has need of it.
    from sqlite_utils import Database  # noqa: PLC0415

    database = Database(connection, recursive_triggers=False, execute_plugins=False)
    steps().apply(database)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def steps() -> Migrations:
    """Return the steps from an empty file to the present tables, in order."""
    from sqlite_utils import Migrations  # noqa: PLC0415

    migrations = Migrations("lateral")
    migrations(name="first_tables")(_first_tables)
    migrations(name="slack_workspaces")(_slack_workspaces)
    migrations(name="teams_references")(_teams_references)
    migrations(name="agenda")(_agenda)
    migrations(name="note_figures")(_note_figures)
    migrations(name="channel_keepers")(_channel_keepers)
    migrations(name="due_with_the_record")(_due_with_the_record)
    return migrations


def _first_tables(database: Database) -> None:
    """Make the tables, so that a turn touches one page of each: an index more is a page more to flush.

    Forgetting and exporting read `deliveries` and `outbox` through instead. `deliveries.person` is NULL for
    the one key that is remembered of somebody who was forgotten. The ids of `outbox` are never used twice, so
    that a late word about a message that has gone can not fall on another.
    """
    database.table("sweeps").create({"id": int}, pk="id")
    people = database.table("people")
    people.create(
        {"id": int, "person": str, "guide": str, "version": int, "record": bytes, "updated": float},
        pk="id",
        not_null={"person", "guide", "version", "record", "updated"},
    )
    people.create_index(["person", "guide"], "people_by_guide", unique=True)
    database.execute("CREATE TABLE deliveries (key BLOB PRIMARY KEY, person TEXT, at REAL NOT NULL) WITHOUT ROWID")
    database.execute(
        "CREATE TABLE outbox (id INTEGER PRIMARY KEY AUTOINCREMENT, person TEXT NOT NULL,"
        " conversation TEXT NOT NULL, farewell INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,"
        " next_at REAL NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT '', message TEXT NOT NULL)"
    )
    database.table("undeliverable").create(
        {"id": int, "person": str, "conversation": str, "attempts": int, "reason": str, "message": str},
        pk="id",
        not_null={"person", "conversation", "attempts", "reason", "message"},
    )


def _slack_workspaces(database: Database) -> None:
    """Make the tables of the workspaces Lateral is installed in, and of installations that are under way.

    `enterprise` is empty for a workspace that belongs to no organisation. `installer` is NULL once that person
    was forgotten. The state of an installation is kept as a hash: whoever reads the file can not use it.
    """
    database.execute(
        "CREATE TABLE slack_installations (team TEXT NOT NULL, enterprise TEXT NOT NULL, bot_token TEXT NOT NULL,"
        " refresh_token TEXT, expires_at REAL, bot_user TEXT NOT NULL, bot TEXT NOT NULL, app TEXT NOT NULL,"
        " scopes TEXT NOT NULL, installer TEXT, installed_at REAL NOT NULL,"
        " PRIMARY KEY (team, enterprise)) WITHOUT ROWID"
    )
    database.execute(
        "CREATE TABLE slack_oauth_states (id INTEGER PRIMARY KEY, state BLOB NOT NULL UNIQUE, expires_at REAL NOT NULL)"
    )


def _teams_references(database: Database) -> None:
    """Make the tables of where people and channels can be written to on Teams.

    `place` is the conversation of the outbox: a person's id, or that of a channel. Of somebody who was forgotten, or
    who took Lateral out, only the address of the last message owed is kept, until that was said.
    """
    database.execute(
        "CREATE TABLE teams_references (place TEXT PRIMARY KEY, kind TEXT NOT NULL, tenant TEXT NOT NULL,"
        " service_url TEXT NOT NULL, conversation TEXT NOT NULL, bot TEXT NOT NULL, user TEXT NOT NULL,"
        " aad TEXT NOT NULL, team TEXT NOT NULL, channel TEXT NOT NULL, locale TEXT NOT NULL, zone TEXT NOT NULL,"
        " installed_at REAL, blocked_at REAL) WITHOUT ROWID"
    )
    database.execute("CREATE INDEX teams_references_by_user ON teams_references (tenant, user) WHERE user != ''")
    database.execute(
        "CREATE TABLE teams_farewells (place TEXT PRIMARY KEY, tenant TEXT NOT NULL, service_url TEXT NOT NULL,"
        " conversation TEXT NOT NULL, bot TEXT NOT NULL) WITHOUT ROWID"
    )


def _agenda(database: Database) -> None:
    """Make the tables of what is due without a word from anybody, and of what an operator has switched.

    `wake` is when a row may be claimed: its due time, or the end of a lease. `platform` is the first part of the
    person's id: each process claims for the platforms it serves.
    """
    database.execute(
        "CREATE TABLE agenda (person TEXT NOT NULL, guide TEXT NOT NULL, platform TEXT NOT NULL, due REAL NOT NULL,"
        " wake REAL NOT NULL, PRIMARY KEY (person, guide)) WITHOUT ROWID"
    )
    database.execute("CREATE INDEX agenda_by_wake ON agenda (platform, wake)")
    database.execute("CREATE TABLE switches (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")
    database.execute("CREATE TABLE note_counts (day TEXT PRIMARY KEY, sent INTEGER NOT NULL) WITHOUT ROWID")


def _note_figures(database: Database) -> None:
    """Make the tables of anonymous counts, by ISO week and kind, and of the kinds of note that go to nobody.

    No row names a person. A stop with an empty `why` was let go again in that week.
    """
    database.execute(
        "CREATE TABLE note_figures (week TEXT NOT NULL, kind TEXT NOT NULL, what TEXT NOT NULL,"
        " number INTEGER NOT NULL, PRIMARY KEY (week, kind, what)) WITHOUT ROWID"
    )
    database.execute(
        "CREATE TABLE note_stops (kind TEXT PRIMARY KEY, why TEXT NOT NULL, since TEXT NOT NULL) WITHOUT ROWID"
    )


def _channel_keepers(database: Database) -> None:
    """Make the table of who brought us into which channel: both are ids with platform and tenant."""
    database.execute(
        "CREATE TABLE channel_keepers (place TEXT NOT NULL, person TEXT NOT NULL, PRIMARY KEY (place, person))"
        " WITHOUT ROWID"
    )
    database.execute("CREATE INDEX channel_keepers_by_person ON channel_keepers (person)")


def _due_with_the_record(database: Database) -> None:
    """Keep what is due in the row of the record it belongs to, and who holds it in a small table of its own.

    `due` is NULL where nothing is. `planned` is when that was decided: of all that is due at one moment, what was
    decided last comes last, so that new entries lie together, and a batch of them touches few pages. A row of `held`
    names a row of `people`, and holds for as long as that is due at that moment. `agenda` shows what the table of
    that name did.
    """
    database.execute(
        "ALTER TABLE people ADD COLUMN platform TEXT AS (substr(person, 1, instr(person || ':', ':') - 1)) VIRTUAL"
    )
    database.execute("ALTER TABLE people ADD COLUMN due REAL")
    database.execute("ALTER TABLE people ADD COLUMN planned REAL")
    database.execute(
        "UPDATE people SET due = agenda.due FROM agenda"
        " WHERE agenda.person = people.person AND agenda.guide = people.guide"
    )
    database.execute("DROP TABLE agenda")
    database.execute("CREATE INDEX people_by_due ON people (platform, due, planned) WHERE due IS NOT NULL")
    database.execute("CREATE TABLE held (id INTEGER PRIMARY KEY, due REAL NOT NULL, until REAL NOT NULL)")
    database.execute("CREATE VIEW agenda AS SELECT person, guide, platform, due FROM people WHERE due IS NOT NULL")
