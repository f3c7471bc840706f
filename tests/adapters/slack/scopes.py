"""Which permission each event, method and feature of Slack needs, from the reference page of each.

The stand-in refuses a call whose token lacks the scope, and the manifest is held to ask for these and no others.
"""

from __future__ import annotations

OF_EVENT: dict[str, str | None] = {
    "app_home_opened": None,
    "app_mention": "app_mentions:read",
    "app_uninstalled": None,
    "channel_archive": "channels:read",
    "channel_deleted": "channels:read",
    "channel_left": "channels:read",
    "member_joined_channel": "channels:read",  # for public channels; groups:read would add private ones
    "message.im": "im:history",
    "tokens_revoked": None,
}

OF_METHOD: dict[str, str | None] = {
    "api.test": None,
    "apps.connections.open": None,  # an app-level token with connections:write
    "apps.uninstall": None,
    "auth.revoke": None,
    "auth.test": None,
    "chat.delete": "chat:write",
    "chat.getPermalink": None,
    "chat.postEphemeral": "chat:write",
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "conversations.info": "channels:read",  # of a public channel; see OF_CONVERSATION
    "conversations.open": "im:write",
    "dnd.info": "dnd:read",
    "oauth.v2.access": None,
    "users.info": "users:read",
    "views.open": None,
    "views.publish": None,
    "views.push": None,
    "views.update": None,
}

OF_CONVERSATION = {"channel": "channels:read", "group": "groups:read", "im": "im:read"}
"""What `conversations.info` needs, by the kind of conversation asked about."""

OF_FEATURE = {"slash_commands": "commands", "shortcuts": "commands"}
