"""Which service addresses are Teams' own: our bearer token goes to no other host."""

from __future__ import annotations

import re

KNOWN = frozenset(
    (
        "smba.trafficmanager.net",
        "smba.onyx.prod.teams.trafficmanager.net",
        "smba.infra.gcc.teams.microsoft.com",
        "smba.infra.gov.teams.microsoft.us",
    )
)
"""Hosts of the Bot Connector for Teams: the public cloud, and those of governments."""

LONGEST = 500
"""The longest service address that is looked at, in characters."""

_PATH = r"(?P<path>(?:/[A-Za-z0-9_~.-]+)*/?)"
_TEAMS = re.compile(rf"https://(?P<host>[A-Za-z0-9.-]+)(?::443)?{_PATH}")
_LOOPBACK = re.compile(rf"http://(?:localhost|127\.0\.0\.1|\[::1\])(?::[0-9]{{1,5}})?{_PATH}")


class Hosts:
    """The hosts a service address may name."""

    def __init__(self, extra: frozenset[str] = frozenset(), local: bool = False) -> None:  # noqa: FBT001, FBT002
        """Take host names beside the known ones; `local` also allows plain http to this machine, for trying out."""
        self._hosts = KNOWN | {host.strip().lower() for host in extra}
        self._local = local

    def allows(self, service_url: str) -> bool:
        """Say whether a service address may be believed and sent to.

        The whole form is held to a pattern, rather than parsed, so that no two readers of it can disagree about the
        host: no user part, no port but 443, no query, no escapes, no dots as a step of the path.
        """
        if len(service_url) > LONGEST:
            return False
        if found := _TEAMS.fullmatch(service_url):
            return found["host"].lower() in self._hosts and _is_plain(found["path"])
        found = _LOOPBACK.fullmatch(service_url) if self._local else None
        return found is not None and _is_plain(found["path"])


def _is_plain(path: str) -> bool:
    """Say whether no step of a path leads upwards or nowhere."""
    return not any(step in (".", "..") for step in path.split("/"))
