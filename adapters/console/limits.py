"""What a terminal and the JSON lines can take."""

from __future__ import annotations

WIDTH = 88
"""Columns a text is wrapped to, so that lines stay easy to read on a wide screen."""

LINE_BYTES = 1_000_000
"""The longest JSON line that is read. A longer one is refused and the talk goes on."""

ID_CHARACTERS = 200
"""The longest person id, delivery key or question id."""
