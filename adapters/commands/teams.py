"""`lateral teams package`: writes the app package to upload to Teams."""

from __future__ import annotations

from pathlib import Path

import click

from adapters.addresses import InvalidAddress
from adapters.settings import read_teams_app_id
from adapters.teams.package import SOURCES, Publisher, make, pack
from bot.errors import MissingSetting, OperatorError

FOLDER = Path(__file__).resolve().parent.parent / "teams" / "app_package"
"""Where the manifest and the icons lie."""


def write_package(url: str | None, app_id: str | None, out: Path, publisher: Publisher) -> None:
    """Write the package to `out`, and say what to do with it.

    Raises:
        MissingSetting: neither the option nor the environment holds an app id.
        OperatorError: an address or the id cannot be used, or the file cannot be written.
    """
    app_id = app_id or read_teams_app_id()
    if not app_id:
        raise MissingSetting(
            "The app id is missing. Give --app-id, or set TEAMS_APP_ID: Azure shows it as Microsoft App ID of your bot."
        )
    if url is None:
        raise InvalidAddress
    sources = {name: _read(FOLDER / name) for name in SOURCES}
    made = make(sources["manifest.yml"].decode(), url, app_id, publisher)
    try:
        out.write_bytes(pack(made, sources))
    except OSError as error:
        raise OperatorError(f"{out} cannot be written: {error.strerror or error}.") from error
    click.echo(f"Written: {out}. Upload it in Teams under Apps, Manage your apps, Upload an app.")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise OperatorError(f"{path.name} of the Teams app is missing. Install Lateral again.") from error
