"""Tells what an error of SQLite means to whoever runs Lateral."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

from bot.errors import StoreCorrupt, StoreError, StoreForeign, StoreFull, StoreLocked, StoreOutOfReach, StoreReadOnly

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
    sqlite3.SQLITE_NOTADB: StoreForeign,
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


def explain_opening(error: OSError, path: Path) -> StoreError:
    """Return the store's error for a file, or a folder for it, that could not be made."""
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return StoreReadOnly(
            f"No database can be made at {path}: there is no right to write in its folder. "
            "Check the rights of that folder, or choose another file with --db."
        )
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StoreFull(f"The disk is full, so no database can be made at {path}. Free some space, then start again.")
    return StoreError(
        f"No database can be made at {path}: {(error.strerror or 'it failed').lower()}. Choose another file with --db."
    )


def refuse_no_file(path: Path) -> None:
    """Let pass what is there, if it is a file or leads to one.

    Raises:
        StoreOutOfReach: it is a folder, a device, or anything else that can hold no database; the message says what.
    """
    if path.is_file():
        return
    if not path.parent.is_dir():
        raise StoreOutOfReach(f"{path.parent} is a file, so no database can be in it. Choose another file with --db.")
    if path.is_dir():
        raise StoreOutOfReach(f"{path} is a folder. Name a file in it with --db, such as {path / 'lateral.db'}.")
    if not path.exists():
        raise StoreOutOfReach(f"{path} is a link to a file that is not there. Choose another file with --db.")
    raise StoreOutOfReach(f"{path} is no file on a disk, so it can keep nothing. Choose another file with --db.")


def naming(error: StoreError, path: Path) -> StoreError:
    """Return an error with the name of the file it is about."""
    text = str(error)
    return error if str(path) in text else type(error)(f"{text} The file is {path}.")
