"""Joins settings, content, store and conversation; everything is given by argument."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from adapters import content_files, content_templates
from adapters.settings import Settings, read_settings
from adapters.speed import settle
from adapters.storage.sqlite import SqliteStore
from adapters.template_cache import TemplateCache
from bot.conversation import Conversation
from bot.errors import StoreMissing, UnknownGuide
from bot.guide import Guide
from bot.wording import FILTERS, TEMPLATE_NAMES, Wording


@dataclass(frozen=True, slots=True)
class Running:
    """A guide that can be talked to, and the store behind it."""

    conversation: Conversation
    store: SqliteStore


def guides_in(settings: Settings) -> list[tuple[str, str, Path]]:
    """Return the id, title and folder of each guide there is.

    Raises:
        UnknownGuide: there is none at all.
    """
    found = content_files.available(settings.content)
    if not found:
        raise UnknownGuide(f"There is no guide in {settings.content}. Look at LATERAL_CONTENT.")
    return found


def load_guide(settings: Settings, guide_id: str | None = None) -> Guide:
    """Return a guide by its id (None: the one in the settings), or by the path of its folder.

    Raises:
        UnknownGuide: there is none of that name.
        InvalidGuide: it has mistakes; the error lists them.
    """
    name = guide_id or settings.guide
    folder = Path(name) if Path(name).exists() and Path(name) != Path() else settings.content / name
    if not folder.exists():
        known = ", ".join(entry_id for entry_id, _, _ in guides_in(settings))
        raise UnknownGuide(f"There is no guide called {name}. There is: {known}.")
    return content_files.load(folder, shared=settings.content, cache=cache_folder(settings))


def load_wording(settings: Settings, guide: Guide) -> Wording:
    """Return the wording of a guide, its compiled templates kept in the cache folder.

    Raises:
        InvalidGuide: a template is missing or has mistakes; the error lists them.
    """
    folder = cache_folder(settings)
    bytecode = TemplateCache(str(folder)) if folder else None
    templates = content_templates.load(settings.content, TEMPLATE_NAMES, FILTERS, cache=folder)
    return Wording(guide, templates, bytecode)


def cache_folder(settings: Settings) -> Path | None:
    """Return the cache folder, made if need be; None where it cannot be (then nothing is cached)."""
    try:
        settings.cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return settings.cache


def existing(settings: Settings, database: Path | None = None) -> Path:
    """Return the database file to look into: the one named, or the one in the settings. None is made.

    Raises:
        StoreMissing: there is no such file.
    """
    path = database or settings.database
    if not path.exists():
        raise StoreMissing(
            f"There is no database {path}. Look at its name in --db or LATERAL_DATABASE; "
            "`lateral chat` or `lateral serve` begins a new one. Nothing was made or changed."
        )
    return path


@asynccontextmanager
async def running(
    settings: Settings, database: Path | None = None, guide_id: str | None = None
) -> AsyncIterator[Running]:
    """Open everything a talk needs, and close it in order."""
    guide = load_guide(settings, guide_id)
    wording = load_wording(settings, guide)
    settle()
    store = SqliteStore.open(database or settings.database)
    try:
        yield Running(Conversation(guide, wording, store), store)
    finally:
        store.close()


def looking_into(database: Path | None = None) -> AbstractAsyncContextManager[Running]:
    """Open everything for a command that looks into a database or steers it, and begins none.

    Raises:
        StoreMissing: there is no such file.
    """
    settings = read_settings()
    return running(settings, existing(settings, database))
