"""The only reader of the environment: where the database, the content and the cache lie."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import PlatformDirs

DATABASE = "LATERAL_DATABASE"
CONTENT = "LATERAL_CONTENT"
CACHE = "LATERAL_CACHE"
GUIDE = "LATERAL_GUIDE"
DEFAULT_GUIDE = "pm-to-pmo"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says, or the defaults where it is silent."""

    database: Path
    content: Path
    cache: Path
    guide: str


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings found in the environment (default: the process's own).

    The database lies in the user's data directory and the cache in the user's cache directory, unless
    LATERAL_DATABASE and LATERAL_CACHE say otherwise. LATERAL_CONTENT names another content folder, and
    LATERAL_GUIDE the guide that people get.
    """
    found = os.environ if environment is None else environment
    dirs = PlatformDirs("lateral", appauthor=False)
    return Settings(
        database=_path(found, DATABASE, Path(dirs.user_data_dir) / "lateral.db"),
        content=_path(found, CONTENT, Path(__file__).resolve().parent.parent / "content"),
        cache=_path(found, CACHE, Path(dirs.user_cache_dir)),
        guide=found.get(GUIDE) or DEFAULT_GUIDE,
    )


def _path(found: Mapping[str, str], name: str, default: Path) -> Path:
    value = found.get(name)
    return Path(value).expanduser() if value else default
