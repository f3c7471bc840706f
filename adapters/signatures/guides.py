"""What concerns the guides themselves: checked, listed, drawn."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from adapters.exits import friendly
from adapters.signatures.options import guide_option


@click.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@click.option("--today", metavar="DATE", help="Check review dates as if it were this day (YYYY-MM-DD).")
@friendly
def check(path: Path | None, today: str | None, *, as_json: bool) -> None:
    """Check a guide, a folder of guides, or all guides and the templates: every problem, each with its mend."""
    from adapters.commands.guides import check as run

    sys.exit(run(path, today=today, as_json=as_json))


@click.command()
@friendly
def guides() -> None:
    """List the guides there are."""
    from adapters.commands.guides import list_guides

    list_guides()


@click.command()
@click.argument("what", type=click.Choice(["dialogue", "guide"]), default="dialogue")
@guide_option
@friendly
def diagram(what: str, guide: str | None) -> None:
    """Draw the dialogue's transition table, or the routes of a guide, as Mermaid text."""
    from adapters.commands.guides import draw

    draw(what, guide=guide)


@click.command()
@friendly
def schema() -> None:
    """Print the JSON Schema of a guide's files, for editors."""
    from adapters.commands.guides import print_schema

    print_schema()
