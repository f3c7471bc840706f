"""The error tree, by whose turn it is to act: the author, the operator, or the platform.

A class's docstring is the message a person sees when nothing more is known.
"""

from __future__ import annotations


class LateralError(Exception):
    """Something needs a person's hand."""

    def __str__(self) -> str:
        """Return the given message, or the class's own sentence."""
        return super().__str__() or (type(self).__doc__ or "").strip()


class AuthorError(LateralError):
    """The guide's author has something to mend."""


class InvalidGuide(AuthorError):
    """The guide has mistakes, so no talk was started. Run `lateral check` to see each one."""


class UnknownGuide(AuthorError):
    """There is no guide of that name. `lateral guides` lists those that exist."""


class OperatorError(LateralError):
    """Whoever runs Lateral has something to mend."""


class MissingSetting(OperatorError):
    """A setting is missing."""


class StoreError(OperatorError):
    """The database could not be used. Nothing was changed."""


class StoreMissing(StoreError):
    """There is no database file of that name. Look at --db and LATERAL_DATABASE; `lateral chat` begins a new one."""


class StoreLocked(StoreError):
    """Another program holds the database. Close it, or try again; nothing was lost."""


class StoreFull(StoreError):
    """The disk is full, so nothing was written. Free some space and say it again."""


class StoreReadOnly(StoreError):
    """The database can be read but not written. Check the rights of the file and its folder."""


class StoreOutOfReach(StoreError):
    """The database could not be opened. Check that it is a file that you may use, on a disk that can be written."""


class StoreForeign(StoreError):
    """That is no database of Lateral's. Choose another file with --db; if it was one, put a backup in its place."""


class StoreCorrupt(StoreError):
    """The database file is damaged. Put a backup in its place, or choose another file with --db."""


class StoreTooNew(StoreError):
    """The database was written by a newer version of Lateral. Install that version, or choose another with --db."""


class StaleVersion(LateralError):
    """Someone else wrote first; decide the turn again on the fresh state."""


class RecordTooNew(OperatorError):
    """A stored record comes from a newer version of Lateral. Install that version to read it."""


class RecordUnreadable(OperatorError):
    """What is kept of somebody cannot be read. Put a backup in its place, or remove it with `lateral forget`."""


class PlatformError(LateralError):
    """A chat platform did not take what was sent."""
