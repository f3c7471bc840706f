"""The methods of Slack's Web API that the stand-in answers, each a rule over what it knows.

A method takes the world, the workspace of the token, and the arguments; it returns the answer without `ok`, or
raises `Refused`. The errors and their causes are those of each method's reference page.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.adapters.slack import scopes
from tests.adapters.slack.standin_views import check_blocks, open_view, publish_view, update_view
from tests.adapters.slack.standin_world import APP, Channel, Payload, Refused, Team, User, World, with_block_ids


def auth_test(world: World, team: Team, arguments: Payload) -> Payload:
    bot = team.users[team.bot_user]
    return {
        "url": f"https://{team.domain}.slack.com/",
        "team": team.name,
        "user": bot.name,
        "team_id": team.id,
        "user_id": bot.id,
        "bot_id": team.bot_id,
        "is_enterprise_install": False,
    }


def post_message(world: World, team: Team, arguments: Payload) -> Payload:
    channel = _channel(world, team, arguments, writing=True)
    _check_message(arguments)
    thread = arguments.get("thread_ts")
    if thread and thread not in channel.messages:
        raise Refused("thread_not_found")
    message = _message(world, team, arguments, world.ts())
    if thread:
        message["thread_ts"] = thread
    channel.messages[message["ts"]] = message
    return {"channel": channel.id, "ts": message["ts"], "message": message}


def post_ephemeral(world: World, team: Team, arguments: Payload) -> Payload:
    channel = _channel(world, team, arguments, writing=True)
    _check_message(arguments)
    if arguments.get("user") not in channel.members:
        raise Refused("user_not_in_channel")
    ts = world.ts()
    message = _message(world, team, arguments, ts)
    world.ephemerals.append({**message, "team": team.id, "channel": channel.id, "to": arguments["user"]})
    return {"message_ts": ts}


def update_message(world: World, team: Team, arguments: Payload) -> Payload:
    """Blocks that are not given stay as they were; an empty list takes them away."""
    channel, message = _own_message(world, team, arguments, "cant_update_message")
    if "text" not in arguments and "blocks" not in arguments:
        raise Refused("no_text")
    check_blocks(arguments.get("blocks", []), "message")
    message["text"] = arguments.get("text", message["text"])
    if "blocks" in arguments:
        message["blocks"] = with_block_ids(world, arguments["blocks"])
    message["edited"] = {"user": team.bot_id, "ts": world.ts()}
    return {"channel": channel.id, "ts": message["ts"], "text": message["text"], "message": message}


def delete_message(world: World, team: Team, arguments: Payload) -> Payload:
    channel, message = _own_message(world, team, arguments, "cant_delete_message")
    del channel.messages[message["ts"]]
    return {"channel": channel.id, "ts": message["ts"]}


def permalink(world: World, team: Team, arguments: Payload) -> Payload:
    channel = _channel(world, team, arguments)
    ts = arguments.get("message_ts", "")
    if ts not in channel.messages:
        raise Refused("message_not_found")
    link = f"https://{team.domain}.slack.com/archives/{channel.id}/p{ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": link}


def open_conversation(world: World, team: Team, arguments: Payload) -> Payload:
    users = [user for user in str(arguments.get("users", "")).split(",") if user]
    if len(users) != 1:
        raise Refused("users_list_not_supplied" if not users else "not_enough_users")
    known = any(users[0] in channel.members for channel in team.channels.values() if channel.kind == "im")
    channel = world.direct_message(team, users[0])
    already = {"no_op": True, "already_open": True} if known else {}
    return {"channel": _described(channel, team) if arguments.get("return_im") else {"id": channel.id}, **already}


def conversation(world: World, team: Team, arguments: Payload) -> Payload:
    return {"channel": _described(_channel(world, team, arguments), team)}


def user(world: World, team: Team, arguments: Payload) -> Payload:
    found = team.users.get(arguments.get("user", ""))
    if found is None:
        raise Refused("user_not_found")
    described = _person(found, team)
    if str(arguments.get("include_locale", "")).lower() in ("1", "true"):
        described["locale"] = found.locale
    return {"user": described}


def _described(channel: Channel, team: Team) -> Payload:
    common = {"id": channel.id, "is_im": channel.kind == "im", "is_archived": channel.archived}
    if channel.kind == "im":
        (person,) = channel.members - {team.bot_user}
        return {**common, "user": person, "context_team_id": team.id}
    return {
        **common,
        "name": channel.name,
        "creator": channel.creator,
        "is_channel": channel.kind == "channel",
        "is_private": channel.kind == "group",
        "is_member": team.bot_user in channel.members,
        "num_members": len(channel.members),
        "context_team_id": team.id,
    }


def _person(found: User, team: Team) -> Payload:
    return {
        "id": found.id,
        "team_id": team.id,
        "name": found.name,
        "deleted": found.deleted,
        "real_name": f"{found.name.title()} of {team.name}",
        "tz": found.tz,
        "tz_label": found.tz,
        "tz_offset": found.tz_offset,
        "profile": {"display_name": found.name, "title": "Project manager", "phone": "+44 20 7946 0000"},
        "is_admin": found.is_admin,
        "is_restricted": found.is_restricted,
        "is_bot": found.is_bot,
    }


def _message(world: World, team: Team, arguments: Payload, ts: str) -> Payload:
    return {
        "type": "message",
        "user": team.bot_user,
        "bot_id": team.bot_id,
        "app_id": APP,
        "team": team.id,
        "text": arguments.get("text", ""),
        "blocks": with_block_ids(world, arguments.get("blocks") or []),
        "ts": ts,
    }


def _channel(world: World, team: Team, arguments: Payload, *, writing: bool = False) -> Channel:
    wanted = str(arguments.get("channel", ""))
    channel = world.direct_message(team, wanted) if wanted in team.users else team.channels.get(wanted)
    if channel is None or (channel.kind == "group" and team.bot_user not in channel.members):
        raise Refused("channel_not_found")
    if writing and channel.archived:
        raise Refused("is_archived")
    if writing and team.bot_user not in channel.members:
        raise Refused("not_in_channel")
    return channel


def _own_message(world: World, team: Team, arguments: Payload, denied: str) -> tuple[Channel, Payload]:
    channel = team.channels.get(str(arguments.get("channel", "")))
    if channel is None:
        raise Refused("channel_not_found")
    message = channel.messages.get(str(arguments.get("ts", "")))
    if message is None:
        raise Refused("message_not_found")
    if message.get("bot_id") != team.bot_id:
        raise Refused(denied)
    return channel, message


def _check_message(arguments: Payload) -> None:
    if not arguments.get("text") and not arguments.get("blocks"):
        raise Refused("no_text")
    check_blocks(arguments.get("blocks") or [], "message")


def api_test(world: World, team: Team, arguments: Payload) -> Payload:
    return {"args": arguments}


def dnd_info(world: World, team: Team, arguments: Payload) -> Payload:
    """The hours that somebody set; of others, a bot is never shown a snooze."""
    found = team.users.get(str(arguments.get("user", "")))
    if found is None:
        raise Refused("user_not_found")
    begins, ends = found.quiet or (1, 1)
    return {"dnd_enabled": found.quiet is not None, "next_dnd_start_ts": begins, "next_dnd_end_ts": ends}


Method = Callable[[World, Team, Payload], Payload]
METHODS: dict[str, Method] = {
    "api.test": api_test,
    "auth.test": auth_test,
    "chat.delete": delete_message,
    "chat.getPermalink": permalink,
    "chat.postEphemeral": post_ephemeral,
    "chat.postMessage": post_message,
    "chat.update": update_message,
    "conversations.info": conversation,
    "conversations.open": open_conversation,
    "dnd.info": dnd_info,
    "users.info": user,
    "views.open": open_view,
    "views.publish": publish_view,
    "views.push": open_view,
    "views.update": update_view,
}


def answer(world: World, method: str, value: str, arguments: Payload) -> Payload:
    """Return the answer of a method called with a bot token.

    Raises:
        Refused: the token, its scopes, the arguments or the state of things do not allow it.
    """
    token = world.tokens.get(value)
    if token is None:
        raise Refused("invalid_auth" if value else "not_authed")
    team = world.teams[token.team]
    if not team.installed:
        raise Refused("account_inactive")
    if token.state != "live":
        raise Refused(f"token_{token.state}")
    if method not in METHODS:
        raise Refused("unknown_method", req_method=method)
    needed = scopes.OF_METHOD[method]
    if method == "conversations.info" and str(arguments.get("channel")) in team.channels:
        needed = scopes.OF_CONVERSATION[team.channels[str(arguments["channel"])].kind]
    if needed and needed not in token.scopes:
        raise Refused("missing_scope", needed=needed, provided=",".join(sorted(token.scopes)))
    return METHODS[method](world, team, arguments)
