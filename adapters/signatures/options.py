"""Options that many commands have, and the order in which commands are listed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

PERSON = "console:me"


class Ordered(click.Group):
    """A group that lists its commands in the order they were written, as a person would meet them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the command names, first come first."""
        del ctx
        return list(self.commands)


def person_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --person."""
    text = "Whose talk this is."
    return click.option("--person", default=PERSON, show_default=True, callback=_named, help=text)(command)


def _named(_context: click.Context, _option: click.Parameter, person: str) -> str:
    """Return a person's id; nobody's talk is kept under no name, as an unset variable would have it."""
    if not person.strip():
        raise click.BadParameter(f"It is empty. Name somebody, such as {PERSON}.")
    return person


def database_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --db."""
    text = "The database file (default: $LATERAL_DATABASE, or one in your data directory)."
    kind = click.Path(path_type=Path)
    return click.option("--db", "database", metavar="FILE", type=kind, callback=_a_file, help=text)(command)


def _a_file(_context: click.Context, _option: click.Parameter, path: Path | None) -> Path | None:
    """Return a file's name; an empty one, as an unset variable would have it, is nobody's."""
    if path == Path():
        raise click.BadParameter("It names no file. Name one, such as lateral.db.")
    return path


def guide_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --guide."""
    return click.option("--guide", metavar="ID", help="Which guide: an id, or the path of a guide.")(command)


def now_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --now."""
    text = "Pretend it is this moment, such as 2026-12-01T09:00:00+00:00."
    return click.option("--now", metavar="ISO", help=text)(command)
