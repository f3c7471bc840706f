"""The command line: every command, in the order in which a person would meet them, and nothing slow to import."""

from __future__ import annotations

import click

from adapters.signatures.guides import check, diagram, guides, schema
from adapters.signatures.nudges import nudges
from adapters.signatures.options import Ordered
from adapters.signatures.people import export, forget
from adapters.signatures.serving import serve, slack, teams
from adapters.signatures.talking import chat, tip, understand


@click.group(cls=Ordered, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Lateral: a career guide in chat, from project manager to the PMO."""


for command in (chat, serve, slack, teams, tip, check, understand, export, forget, guides, diagram, schema, nudges):
    main.add_command(command)


@main.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script of a shell; put it where your shell reads it."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    if found is not None:
        click.echo(found(main, {}, "lateral", "_LATERAL_COMPLETE").source())


@main.command()
def version() -> None:
    """Print the version."""
    from importlib.metadata import version as of

    click.echo(f"lateral {of('lateral')}")


if __name__ == "__main__":
    main()
