"""Words that a person might type to be taken for mark-up, and the signs that something was."""

from __future__ import annotations

from typing import Any

from tests.adapters.slack.blockkit import nodes
from tests.adapters.typed_words import typed_words

FRAGMENTS = (
    "<!channel>",
    "<!here|here>",
    "<@U1>",
    "<#C1|general>",
    "<!subteam^S1>",
    "<http://evil.example|your bank>",
    "[your bank](http://evil.example)",
    "![x](http://evil.example/x.png)",
    "http://evil.example",
    "<http://evil.example>",
    "*bold*",
    "_italic_",
    "~struck~",
    "`code`",
    "```",
    "> quoted",
    "1. item",
    "- item",
    "# head",
    ":skull:",
    "&lt;!channel&gt;",
    "&amp;",
    "@here",
    "\\",
    "{{ 7*7 }}",
    '","type":"button',
    "\u202e",
    "👩‍💻",
)

words = typed_words(FRAGMENTS)
"""Typed words, on one line."""

ACTIVE = {"link", "user", "usergroup", "team", "broadcast", "channel", "emoji", "date", "color", "mrkdwn", "markdown"}


def obeyed(payload: Any) -> list[dict[str, Any]]:
    """Return every object in a payload that mentions, links, styles or is read as mark-up."""
    return [node for node in nodes(payload) if node.get("type") in ACTIVE or node.get("emoji") is True]
