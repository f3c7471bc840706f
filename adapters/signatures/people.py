"""What is kept about one person: shown, or removed."""

from __future__ import annotations

from pathlib import Path

import click

from adapters.exits import friendly
from adapters.signatures.options import database_option


@click.command()
@click.argument("person")
@click.option("--format", "form", type=click.Choice(["json", "md"]), default="json", show_default=True)
@database_option
@friendly
def export(person: str, form: str, database: Path | None) -> None:
    """Print everything kept about PERSON."""
    from adapters.commands.people import export as run

    run(person, form=form, database=database)


@click.command()
@click.argument("person")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@database_option
@friendly
def forget(person: str, database: Path | None, *, yes: bool) -> None:
    """Remove everything kept about PERSON, and print a receipt."""
    from adapters.commands.people import forget as run

    run(person, database=database, asking=not yes)
