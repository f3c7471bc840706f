"""What every benchmark is given: the guide, its wording, a folder to write in, and how much to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from adapters.content_files import CONTENT
from adapters.launch import load_guide, load_wording
from adapters.settings import DEFAULT_GUIDE, Settings
from adapters.speed import settle
from bot.guide import Guide
from bot.wording import Wording

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
"""The moment of every turn."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and how much is measured. `rounds` is how often; `people` fills the large file of `scale`."""

    guide: Guide
    wording: Wording
    folder: Path
    rounds: int
    people: int


def settings_in(folder: Path) -> Settings:
    """Return settings whose database and cache lie in that folder."""
    return Settings(database=folder / "lateral.db", content=CONTENT, cache=folder / "cache", guide=DEFAULT_GUIDE)


def set_up(folder: Path, rounds: int, people: int) -> Setting:
    """Load the guide that comes with Lateral."""
    settings = settings_in(folder)
    guide = load_guide(settings)
    wording = load_wording(settings, guide)
    settle()  # as `adapters.launch.running` does
    return Setting(guide, wording, folder, rounds, people)
