"""The guide's own checklist, as its texts refer to it; so a test can show that each item is really said."""

from __future__ import annotations

Serves = tuple[str, ...]
"""The ids of the items a text speaks to."""
