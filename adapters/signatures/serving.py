"""Serving the talk on Slack and Teams, and setting it up there."""

from __future__ import annotations

from pathlib import Path

import click

from adapters.exits import friendly
from adapters.signatures.options import Ordered, database_option, guide_option


@click.command()
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


@click.group(cls=Ordered)
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


@click.group(cls=Ordered)
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
