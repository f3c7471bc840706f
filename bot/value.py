"""The base of what is told or remembered: frozen, equal by what it holds, and built, compared and replaced in C."""

from __future__ import annotations

from typing import Any, Self

from msgspec import Struct
from msgspec.structs import replace


class Value(Struct, frozen=True, gc=False):
    """A value. None ever holds itself, directly or not, so the collector of cycles need not look at any."""

    def changed(self, **changes: Any) -> Self:
        """Return the same with these fields changed.

        Raises:
            TypeError: there is no such field.
        """
        return replace(self, **changes)
