"""What Slack takes, each limit with its source. Lengths are in characters (code points), unless said otherwise.

Sources: [ref] Slack's Block Kit reference; [post] the reference of chat.postMessage and chat.update;
[sdk] the checks in slack_sdk; [server] the error texts of Slack's own validation; [seen] reports of users
where Slack's documentation is silent.
"""

from __future__ import annotations

MESSAGE_BLOCKS = 50
"""Blocks of one message. [ref]"""

VIEW_BLOCKS = 100
"""Blocks of a modal or an App Home. [ref]"""

MESSAGE_TEXT = 4_000
"""Characters of a message's `text`, escaped. More is allowed to be posted (40,000), but 4,000 is what Slack
advises, and what may be put in its place later by an update. [post]"""

BLOCKS_JSON = 12_000
"""Characters of a message's blocks as JSON. Slack refuses more with `msg_blocks_too_long`: a bound it does not
document, reported at 12,000 to 13,300 and counted with part of the blocks' own frame. [seen]"""

VIEW_BYTES = 250_000
"""Bytes of a view as JSON; more is `view_too_large`. [seen]"""

TEXT_OBJECT = 3_000
"""Characters of any text object, at least one. Rich text has no documented limit and is held to this, too. [ref]"""

HEADER = 150
"""Characters of a header. [ref]"""

LIST_INDENT = 8
"""The deepest indent of a list in rich text. [ref]"""

ACTIONS_ELEMENTS = 25
"""Elements of an actions block. [ref]"""

BUTTON_TEXT = 75
"""Characters of a button's text. [ref]"""

BUTTON_SHOWN = 30
"""Characters of a button's text that are shown for certain; longer ones may be cut on the screen. [ref]"""

BUTTON_VALUE = 2_000
"""Characters of a button's value. [ref]"""

ACCESSIBILITY_LABEL = 75
"""Characters of the label a screen reader reads out for a button. [ref]"""

BLOCK_ID = 255
"""Characters of a block_id, which is unique in its message or view. [ref]"""

ACTION_ID = 255
"""Characters of an action_id, unique in its block; ours are unique in the message. [ref]"""

OPTION_TEXT = 75
"""Characters of an option's text. [ref]"""

OPTION_VALUE = 150
"""Characters of an option's value: "must be less than 151" [server]; the reference still says 75 in places."""

RADIO_OPTIONS = 10
"""Options of radio buttons. [ref]"""

CHECKBOX_OPTIONS = 10
"""Options of checkboxes. [ref]"""

SELECT_OPTIONS = 100
"""Options of a select menu, or of one of its option groups. [ref]"""

OPTION_GROUPS = 100
"""Option groups of a select menu. [ref]"""

OPTION_GROUP_LABEL = 75
"""Characters of an option group's label. [ref]"""

PLACEHOLDER = 150
"""Characters of a placeholder. [ref]"""

INPUT_LABEL = 2_000
"""Characters of an input's label, and of its hint. [ref]"""

INPUT_TEXT = 3_000
"""Characters a text input takes at most. [ref]"""

VIEW_TITLE = 24
"""Characters of a view's title, and of the words on its submit and close buttons. [ref]"""

PRIVATE_METADATA = 3_000
"""Characters of a view's private_metadata. [ref]"""

CALLBACK_ID = 255
"""Characters of a view's callback_id. [ref]"""

LINK = 3_000
"""Characters of an address. [ref]"""

RESPONSE_USES = 5
"""How often a response address takes an answer, within half an hour. [ref]"""
