"""Tells a server whether another one has the same database file, by a lock that the system lets go with its process."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BESIDE = "-serving"
"""How the name of the empty file beside the database ends. That it is there says nothing; only its lock does.

SQLite's locks are on the database itself, and they would go if anybody else opened and closed that.
"""


@contextmanager
def shared(database: Path) -> Iterator[bool]:
    """Count as one that serves this file; give whether another one does already.

    Where it cannot be known, because there is no right to make a file or the disk knows no locks, it gives False.
    """
    path = database.resolve()
    try:
        lock = os.open(path.with_name(path.name + BESIDE), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    except OSError:
        yield False
        return
    try:
        yield not _is_alone(lock)
    finally:
        os.close(lock)


def _is_alone(lock: int) -> bool:
    """Take a share of the lock, and tell whether nobody else had one, as far as the system can say."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        is_alone = False
    except OSError:
        return True
    else:
        is_alone = True
    fcntl.flock(lock, fcntl.LOCK_SH)
    return is_alone
