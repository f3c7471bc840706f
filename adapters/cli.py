"""The command line: every command and option, and nothing that is slow to import."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from adapters.exits import friendly

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
    return click.option("--person", default=PERSON, show_default=True, callback=named, help=text)(command)


def named(_context: click.Context, _option: click.Parameter, person: str) -> str:
    """Return a person's id; nobody's talk is kept under no name, as an unset variable would have it."""
    if not person.strip():
        raise click.BadParameter(f"It is empty. Name somebody, such as {PERSON}.")
    return person


def database_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --db."""
    text = "The database file (default: $LATERAL_DATABASE, or one in your data directory)."
    return click.option("--db", "database", type=click.Path(path_type=Path, dir_okay=False), help=text)(command)


def guide_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --guide."""
    return click.option("--guide", metavar="ID", help="Which guide: an id, or the path of a guide.")(command)


def now_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --now."""
    text = "Pretend it is this moment, such as 2026-12-01T09:00:00+00:00."
    return click.option("--now", metavar="ISO", help=text)(command)


@click.group(cls=Ordered, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Lateral: a career guide in chat, from project manager to the PMO."""


@main.command()
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


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=3000, show_default=True, help="The port; 0: any free one."
)
@click.option("--insecure-local", is_flag=True, help="Try Teams on this machine alone, with no app and no proof.")
@database_option
@guide_option
@friendly
def serve(host: str, port: int, database: Path | None, guide: str | None, *, insecure_local: bool) -> None:
    """Serve the talk on Slack and Teams, whichever is set in the environment. Ctrl-C stops it in order."""
    from adapters.commands.serve import run

    run(host=host, port=port, database=database, guide=guide, insecure_local=insecure_local)


@main.group(cls=Ordered)
def slack() -> None:
    """Set Lateral up on Slack."""


@slack.command()
@click.option("--url", metavar="URL", help="Where Slack will reach Lateral, such as https://lateral.example.com.")
@click.option("--socket-mode", is_flag=True, help="Run without a public address: Lateral calls Slack.")
@click.option(
    "--rotation/--no-rotation", default=None, help="Whether tokens expire (default: yes, but in Socket Mode)."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON in place of YAML.")
@friendly
def manifest(url: str | None, *, socket_mode: bool, rotation: bool | None, as_json: bool) -> None:
    """Print the app manifest to paste into Slack."""
    from adapters.commands.slack import print_manifest

    print_manifest(url, socket_mode=socket_mode, rotation=rotation, as_json_text=as_json)


@main.group(cls=Ordered)
def teams() -> None:
    """Set Lateral up on Microsoft Teams."""


@teams.command()
@click.option("--url", metavar="URL", help="Where Teams will reach Lateral, such as https://lateral.example.com.")
@click.option("--app-id", metavar="GUID", help="The Microsoft App ID of your bot (default: $TEAMS_APP_ID).")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default="lateral-teams.zip",
    show_default=True,
    help="The file to write.",
)
@click.option("--developer", metavar="NAME", help="Who offers it, as people will see it (default: Lateral).")
@click.option("--website-url", metavar="URL", help="Your page about it (default: /about at the URL).")
@click.option("--privacy-url", metavar="URL", help="Your privacy page (default: /privacy at the URL).")
@click.option("--terms-url", metavar="URL", help="Your terms of use (default: /terms at the URL).")
@friendly
def package(
    *,
    url: str | None,
    app_id: str | None,
    out: Path,
    developer: str | None,
    website_url: str | None,
    privacy_url: str | None,
    terms_url: str | None,
) -> None:
    """Write the app package to upload to Teams."""
    from adapters.commands.teams import write_package
    from adapters.teams.package import Publisher

    write_package(url, app_id, out, Publisher(developer, website_url, privacy_url, terms_url))


@main.command()
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


@main.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@click.option("--today", metavar="DATE", help="Check review dates as if it were this day (YYYY-MM-DD).")
@friendly
def check(path: Path | None, today: str | None, *, as_json: bool) -> None:
    """Check a guide (a folder or a file), or all guides: every problem at once, each with its mend."""
    from adapters.commands.guides import check as run

    sys.exit(run(path, today=today, as_json=as_json))


@main.command()
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


@main.command()
@click.argument("person")
@click.option("--format", "form", type=click.Choice(["json", "md"]), default="json", show_default=True)
@database_option
@friendly
def export(person: str, form: str, database: Path | None) -> None:
    """Print everything kept about PERSON."""
    from adapters.commands.people import export as run

    run(person, form=form, database=database)


@main.command()
@click.argument("person")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@database_option
@friendly
def forget(person: str, database: Path | None, *, yes: bool) -> None:
    """Remove everything kept about PERSON, and print a receipt."""
    from adapters.commands.people import forget as run

    run(person, database=database, asking=not yes)


@main.command()
@friendly
def guides() -> None:
    """List the guides there are."""
    from adapters.commands.guides import list_guides

    list_guides()


@main.command()
@click.argument("what", type=click.Choice(["dialogue", "guide"]), default="dialogue")
@guide_option
@friendly
def diagram(what: str, guide: str | None) -> None:
    """Draw the dialogue's transition table, or the routes of a guide, as Mermaid text."""
    from adapters.commands.guides import draw

    draw(what, guide=guide)


@main.command()
@friendly
def schema() -> None:
    """Print the JSON Schema of a guide's files, for editors."""
    from adapters.commands.guides import print_schema

    print_schema()


@main.group()
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
