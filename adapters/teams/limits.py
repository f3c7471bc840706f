"""What Teams takes of a card and a message, each limit with its source; lengths in characters, unless said otherwise.

Sources: [doc] Microsoft's documentation of Teams and Adaptive Cards; [store] the rules of the Teams store;
[schema] the official schema of Adaptive Cards 1.5; [own] our own choice within what is allowed, with its reason.
"""

from __future__ import annotations

CARD_VERSION = "1.5"
"""The version of Adaptive Cards that Teams supports for cards from bots. [doc]"""

MESSAGE_UTF16 = 100_000
"""Bytes of a bot's message in UTF-16, card and all; more is refused with 413 `MessageSizeTooBig`. [doc]"""

CARD_BYTES = 25_000
"""Bytes of a card in UTF-8. Half as many again would still be taken in UTF-16, and 28 KB is the most of a card that
goes by an incoming webhook, so that a card of ours can be copied there. [own]"""

ELEMENT_BYTES = 4_000
"""Bytes of one element of text: several find room on a card, and its controls beside them. [own]"""

ACTIONS = 6
"""Actions of a card, wherever on it they stand. [store]"""

BUTTON_SHOWN = 40
"""Characters of an action's title that are shown on a phone's width for certain. [own]"""

ROW_SHOWN = 38
"""Characters of the titles of actions that stand side by side on a phone's width, each with `BUTTON_FRAME`. [own]"""

BUTTON_FRAME = 5
"""How many characters wide the frame of a button is, and the gap beside it. [own]"""

BUTTONS_KEPT = 3
"""For how many buttons beside a question room is kept before its options become buttons. [own]"""

CHOICES_OPEN = 10
"""Up to how many choices are all in sight; more are a list that opens. [own]"""

CHOICE_SHOWN = 120
"""Characters of a choice that is in sight, where it wraps. Longer ones stand in full in the text above. [own]"""

CHOICE_LISTED = 60
"""Characters of a choice in a list that opens, where it does not wrap. [own]"""

CHOICES_BYTES = 20_000
"""Bytes of the choices of one input, with their words in `fallbackText` and `speak`; the rest is for others. [own]"""

SUMMARY = 150
"""Characters of a message's summary, which stands in a notification and in the list of chats. [own]"""

HEADING = 80
"""Characters of a paragraph in bold that is a heading still. [own]"""

LINK = 2_000
"""Characters of an address; browsers open no longer ones for certain. [own]"""
