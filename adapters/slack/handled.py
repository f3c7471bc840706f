"""What seeing to an arrival comes to: the acknowledgement, and what is done after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adapters.deeds import Deed


@dataclass(frozen=True, slots=True)
class Handled:
    """What goes into the acknowledgement, and what is done after it."""

    body: Mapping[str, Any] | None = None
    after: tuple[Deed, ...] = ()
