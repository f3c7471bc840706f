"""Asks Slack the first things, whose token this is and where to listen, and tells a refusal from no answer."""

from __future__ import annotations

from typing import Any

from adapters.slack.rotation import Api, ask, reason_of
from bot.errors import OperatorError, PlatformError

PASSING = frozenset((
    *("unreachable", "internal_error", "fatal_error", "service_unavailable", "request_timeout"),
    *("ratelimited", "rate_limited", "team_added_to_org"),
))  # fmt: skip
"""What comes of a call that says nothing against its token: a while later the same call may be answered."""

UNREACHABLE = (
    "Slack could not be reached, or did not answer as it should ({method}: {error}). "
    "See that this machine may call https://slack.com."
)


async def meet(api: Api, method: str, token: str, setting: str) -> dict[str, Any]:
    """Return Slack's answer to a method that needs nothing but a token; `setting` is where the token was set.

    Raises:
        OperatorError: Slack does not accept the token.
        PlatformError: Slack could not be asked; try again.
    """
    answer = await ask(api, method, token)
    if answer.get("ok"):
        return answer
    error = answer["error"]
    if error in PASSING:
        raise PlatformError(UNREACHABLE.format(method=method, error=reason_of(answer)))
    raise OperatorError(f"Slack does not accept {setting}: {error}. Copy it again.")
