"""`lateral slack manifest`: prints the manifest to paste into Slack."""

from __future__ import annotations

from pathlib import Path

import click

from adapters.slack.manifest import as_json, as_yaml, make
from bot.errors import OperatorError

_ADAPTERS = Path(__file__).resolve().parent.parent
PLACES = (_ADAPTERS.parent / "manifest.yml", _ADAPTERS / "slack" / "manifest.yml")
"""Where the manifest lies: at the top of the repository, or in an installed package."""


def print_manifest(url: str | None, *, socket_mode: bool, rotation: bool | None, as_json_text: bool) -> None:
    """Print the manifest for that address, or for Socket Mode.

    Raises:
        OperatorError: the address cannot be used, or the manifest is not where it should be.
    """
    found = next((place for place in PLACES if place.is_file()), None)
    if found is None:
        raise OperatorError("manifest.yml is missing. Install Lateral again.")
    made = make(found.read_text(encoding="utf-8"), url, socket_mode=socket_mode, rotation=rotation)
    click.echo(as_json(made) if as_json_text else as_yaml(made), nl=False)
