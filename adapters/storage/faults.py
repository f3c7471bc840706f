"""Tells what an error of SQLite means to whoever runs Lateral."""

from __future__ import annotations

import sqlite3

from bot.errors import StoreCorrupt, StoreError, StoreFull, StoreLocked, StoreOutOfReach, StoreReadOnly

_MEANINGS: dict[int, type[StoreError]] = {
    sqlite3.SQLITE_BUSY: StoreLocked,
    sqlite3.SQLITE_LOCKED: StoreLocked,
    sqlite3.SQLITE_PROTOCOL: StoreLocked,
    sqlite3.SQLITE_FULL: StoreFull,
    # No room for the shared-memory file beside the database.
    sqlite3.SQLITE_IOERR_SHMSIZE: StoreFull,
    sqlite3.SQLITE_READONLY: StoreReadOnly,
    sqlite3.SQLITE_PERM: StoreReadOnly,
    # What it says of a file it may not read, of a folder in its place, and of a disk that can not be written.
    sqlite3.SQLITE_CANTOPEN: StoreOutOfReach,
    sqlite3.SQLITE_CORRUPT: StoreCorrupt,
    sqlite3.SQLITE_NOTADB: StoreCorrupt,
}
_OF_ONE_TURN = (
    sqlite3.DataError,
    sqlite3.IntegrityError,
    sqlite3.InterfaceError,
    sqlite3.NotSupportedError,
    sqlite3.ProgrammingError,
)


def is_of_one_turn(error: Exception) -> bool:
    """Tell whether what was to be written is to blame, and not the file it was written to."""
    return not isinstance(error, sqlite3.Error | StoreError) or isinstance(error, _OF_ONE_TURN)


def explain(error: Exception) -> Exception:
    """Return the store's error for an error of SQLite; other errors come back as they are."""
    if not isinstance(error, sqlite3.Error):
        return error
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    meaning = _MEANINGS.get(code) or _MEANINGS.get(code & 0xFF)
    if meaning is not None:
        return meaning()
    return StoreError(f"The database could not be used: {error}. Nothing was changed.")


def explain_opening(error: OSError) -> StoreError:
    """Return the store's error for a file or folder that could not be made."""
    if isinstance(error, PermissionError):
        return StoreReadOnly()
    return StoreError(f"The database could not be opened: {error.strerror} ({error.filename}).")
