"""The files of a guide, described once: the reader, the checks and the editors' schema follow these pages.

Each page describes what the module of the same name in `bot/guide/` holds.
"""

from __future__ import annotations

from bot.guide_text.entries.whole import GUIDE, SHARED

__all__ = ["GUIDE", "SHARED"]
