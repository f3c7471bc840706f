"""How the stand-in gives and takes back tokens: the install page, codes, rotation, revoking, uninstalling."""

from __future__ import annotations

from tests.adapters.slack.standin_world import APP, BOT_SCOPES, CLIENT_ID, CLIENT_SECRET, Payload, Refused, World

HALF_A_DAY = 43_200
"""Seconds that a rotating token lives."""


def access(world: World, arguments: Payload) -> Payload:
    """Answer oauth.v2.access: a code or a refresh token for a token."""
    if arguments.get("client_id") != CLIENT_ID:
        raise Refused("invalid_client_id")
    if arguments.get("client_secret") != CLIENT_SECRET:
        raise Refused("bad_client_secret")
    if arguments.get("grant_type") == "refresh_token":
        team_id = world.refresh_tokens.pop(str(arguments.get("refresh_token")), None)
        if team_id is None:
            raise Refused("invalid_refresh_token")
        return _granted(world, team_id)
    code = world.codes.get(str(arguments.get("code")))
    if code is None:
        raise Refused("invalid_code")
    if code.used:
        raise Refused("code_already_used")
    if code.redirect_uri is not None and code.redirect_uri != arguments.get("redirect_uri"):
        raise Refused("bad_redirect_uri")
    code.used = True
    world.teams[code.team].installed = True
    return {**_granted(world, code.team), "authed_user": {"id": code.installer}}


def _granted(world: World, team_id: str) -> Payload:
    team, number = world.teams[team_id], world.number()
    value = f"xoxe.xoxb-stand-in-{number}" if world.rotating else f"xoxb-stand-in-{number}"
    world.add_token(value, team_id)
    granted: Payload = {
        "app_id": APP,
        "access_token": value,
        "token_type": "bot",
        "scope": ",".join(sorted(BOT_SCOPES)),
        "bot_user_id": team.bot_user,
        "team": {"id": team.id, "name": team.name},
        "enterprise": None,
        "is_enterprise_install": False,
    }
    if world.rotating:
        refresh = f"xoxe-1-stand-in-{number}"
        world.refresh_tokens[refresh] = team_id
        granted |= {"expires_in": HALF_A_DAY, "refresh_token": refresh}
    return granted


def revoke(world: World, value: str, arguments: Payload) -> Payload:
    """Answer auth.revoke: the token it is called with goes."""
    token = world.tokens.get(value)
    if token is None or token.state != "live":
        raise Refused("invalid_auth")
    testing = str(arguments.get("test", "")).lower() in ("1", "true")
    if not testing:
        token.state = "revoked"
    return {"revoked": not testing}


def uninstall(world: World, value: str, arguments: Payload) -> Payload:
    """Answer apps.uninstall: no token of the workspace works any more."""
    token = world.tokens.get(value)
    if token is None or token.state != "live":
        raise Refused("invalid_auth")
    if arguments.get("client_id") != CLIENT_ID:
        raise Refused("invalid_client_id")
    if arguments.get("client_secret") != CLIENT_SECRET:
        raise Refused("bad_client_secret")
    world.teams[token.team].installed = False
    return {}
