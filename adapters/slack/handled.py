"""What seeing to an arrival comes to: the acknowledgement, and what is done after it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from adapters.deeds import Deeds


class Handled(NamedTuple):
    """What goes into the acknowledgement, and what is done after it."""

    body: Mapping[str, Any] | None = None
    after: Deeds = ()
