"""The talk itself, and what can be had of it by itself: a tip, and what words would be heard as."""

from __future__ import annotations

from pathlib import Path

import click

from adapters.exits import friendly
from adapters.signatures.options import database_option, guide_option, now_option, person_option


@click.command()
@person_option
@database_option
@guide_option
@now_option
@click.option("--jsonl", is_flag=True, help="Speak JSON lines: one out for each one in.")
@friendly
def chat(person: str, database: Path | None, guide: str | None, now: str | None, *, jsonl: bool) -> None:
    """Have the talk, here in the terminal. It goes on where you left it."""
    from adapters.commands.chat import run

    run(person=person, database=database, guide=guide, now=now, jsonl=jsonl)


@click.command()
@click.argument("topic", nargs=-1)
@person_option
@database_option
@guide_option
@now_option
@friendly
def tip(topic: tuple[str, ...], person: str, database: Path | None, guide: str | None, now: str | None) -> None:
    """Give one quick tip, on a TOPIC if you name one, not seen before until you have seen them all."""
    from adapters.commands.people import give_tip

    give_tip(" ".join(topic), person=person, database=database, guide=guide, now=now)


@click.command()
@click.argument("text", nargs=-1)
@click.option(
    "--context",
    default="idle",
    show_default=True,
    help="idle, scale, confirm, date, text, or a question's id.",
)
@click.option("--jsonl", is_flag=True, help='Read {"text": ...} lines and write {"intent": ..., "detail": ...} lines.')
@guide_option
@now_option
@friendly
def understand(text: tuple[str, ...], context: str, guide: str | None, now: str | None, *, jsonl: bool) -> None:
    """Say what typed words would be heard as. Nothing else happens."""
    from adapters.commands.understand import run

    run(" ".join(text), context=context, guide=guide, now=now, jsonl=jsonl)
