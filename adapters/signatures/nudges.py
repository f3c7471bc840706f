"""What an operator sees and decides about the notes that go unasked."""

from __future__ import annotations

from pathlib import Path

import click

from adapters.exits import friendly
from adapters.signatures.options import database_option, now_option


@click.group()
def nudges() -> None:
    """See and steer the notes that go unasked to those who said yes."""


@nudges.command("list")
@database_option
@friendly
def nudges_list(database: Path | None) -> None:
    """Show how many wait, what is switched, and how many went lately. No names."""
    from adapters.commands.nudges import show

    show(database=database)


@nudges.command("figures")
@database_option
@now_option
@friendly
def nudges_figures(database: Path | None, now: str | None) -> None:
    """Show what was done lately, who mutes what, and whether notes help. No names."""
    from adapters.commands.figures import show

    show(database=database, now=now)


@nudges.command("stop")
@click.argument("kind", type=click.Choice(["steps", "tips", "checks", "hold-outs"]))
@database_option
@friendly
def nudges_stop(kind: str, database: Path | None) -> None:
    """Let a KIND of note go to nobody, what is queued of it too."""
    from adapters.commands.figures import switch

    switch(kind, going=False, database=database)


@nudges.command("allow")
@click.argument("kind", type=click.Choice(["steps", "tips", "checks", "hold-outs"]))
@database_option
@friendly
def nudges_allow(kind: str, database: Path | None) -> None:
    """Let a KIND of note go again; the mutes that stopped it are forgotten."""
    from adapters.commands.figures import switch

    switch(kind, going=True, database=database)


@nudges.command("due")
@database_option
@now_option
@friendly
def nudges_due(database: Path | None, now: str | None) -> None:
    """Show who would get what, when and why. Nothing is sent."""
    from adapters.commands.nudges import due

    due(database=database, now=now)


@nudges.command("send")
@click.option("--dry-run", is_flag=True, help="Only show it, as `due` does.")
@database_option
@now_option
@friendly
def nudges_send(database: Path | None, now: str | None, *, dry_run: bool) -> None:
    """Plan what is due at once, without waiting for the server, which sends it."""
    from adapters.commands.nudges import due, send

    (due if dry_run else send)(database=database, now=now)


@nudges.command("pause-all")
@database_option
@friendly
def nudges_pause_all(database: Path | None) -> None:
    """Put all notes on hold at once, those already queued too."""
    from adapters.commands.nudges import switch

    switch(database=database, held=True)


@nudges.command("resume-all")
@database_option
@friendly
def nudges_resume_all(database: Path | None) -> None:
    """Let notes go again. What was held comes once, not in a burst."""
    from adapters.commands.nudges import switch

    switch(database=database, held=False)


@nudges.command("cap")
@click.argument("number", type=click.IntRange(0))
@database_option
@friendly
def nudges_cap(number: int, database: Path | None) -> None:
    """Send at most NUMBER notes a day (UTC) to everybody together; 0: no cap."""
    from adapters.commands.nudges import switch

    switch(database=database, cap=number)
