"""What a card says on the screen, word for word, and whether a word typed into it was obeyed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt

from adapters.teams.escaping import DOUBLES, GAP
from tests.adapters.teams.cardschema import nodes
from tests.adapters.typed_words import typed_words

FRAGMENTS = (
    "<at>Anna</at>",
    "<at id='0'>General</at>",
    "<b>loud</b>",
    "<script>alert(1)</script>",
    "<http://evil.example>",
    "[your bank](http://evil.example)",
    "\\[your bank](http://evil.example)",
    "![x](http://evil.example/x.png)",
    "http://evil.example",
    "www.evil.example",
    "**bold**",
    "*it*",
    "_italic_",
    "~~struck~~",
    "`code`",
    "```",
    "> quoted",
    "1. item",
    "- item",
    "# head",
    "---",
    "| a | b |",
    "{{DATE(2026-12-01T08:00:00Z, SHORT)}}",
    "{{{TIME(2026-12-01T08:00:00Z)}}}",
    "${evil}",
    "&lt;at&gt;",
    "&#42;",
    "\\",
    "\\*",
    '","type":"Action.Submit"',
    "\u202e",
    "👩‍💻",
)

words = typed_words(FRAGMENTS)
"""Typed words, on one line."""

MARKS = re.compile(r"\{\{|\$\{|</?at\b|<[a-zA-Z!/?]")
"""What must be formed in no string that a client reads: dates, templates, mentions, tags."""

_SAME = str.maketrans({double: mark for mark, double in DOUBLES.items()} | {GAP: None})


def seen(text: str) -> str:
    """Return a plain string of a card as people see it: doubles look like what they stand for."""
    return text.translate(_SAME)


def words_of(content: dict[str, Any]) -> str:
    """Return every word of a card that is on the screen, in order, exactly as it is shown."""
    return "\n".join(_words(content["body"]))


def _words(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for child in node:
            yield from _words(child)
    elif isinstance(node, dict) and node.get("type") == "RichTextBlock":
        yield "".join(run["text"] for run in node["inlines"])
    elif isinstance(node, dict) and node.get("type") == "TextBlock":
        yield shown(node["text"])
    elif isinstance(node, dict):
        for name in ("label", "title", "x"):
            if isinstance(node.get(name), str):
                yield seen(node[name])
        for name in ("items", "columns", "actions", "choices", "data"):
            if name != "data" or str(node.get("type", "Chart")).startswith("Chart"):
                yield from _words(node.get(name, []))


def shown(markdown: str) -> str:
    """Return the words of a TextBlock, without list marks."""
    tokens = _reader().parse(markdown)
    return "\n".join(
        "".join(child.content or "\n" * child.type.endswith("break") for child in token.children or ())
        for token in tokens
        if token.type == "inline"
    )


def marks(markdown: str) -> set[str]:
    """Return what Markdown finds in a string beside plain paragraphs."""
    tokens = _reader().parse(markdown)
    found = {token.type for token in tokens} | {child.type for token in tokens for child in token.children or ()}
    return found - {"paragraph_open", "paragraph_close", "inline", "text", "softbreak"}


@lru_cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable(["strikethrough", "table"])


def obeyed(activity: dict[str, Any]) -> list[str]:
    """Return the strings of an activity in which something typed was, or could be, taken for mark-up."""
    return [text for text in _strings(activity) if MARKS.search(text)] + list(_active(activity))


def _active(activity: dict[str, Any]) -> Iterator[str]:
    for attachment in activity.get("attachments", []):
        content = attachment["content"]
        if re.search(r"[<>&]", content["speak"]):
            yield content["speak"]
        for node in [content, *nodes(content["body"])]:
            for name in ("text", "label", "title", "x", "tooltip", "errorMessage", "fallbackText", "placeholder"):
                if node.get("type") != "TextRun" and isinstance(node.get(name), str) and marks(node[name]):
                    yield node[name]
            if node.get("type") == "Action.OpenUrl":
                yield node["url"]


def _strings(node: Any) -> Iterator[str]:
    """Yield every string of an activity that a client may read, and none of what an action carries."""
    if isinstance(node, str):
        yield node
    for name, child in node.items() if isinstance(node, dict) else ():
        if name not in ("data", "value", "id", "type", "url") or (name == "data" and isinstance(child, list)):
            yield from _strings(child)
    for child in node if isinstance(node, list) else ():
        yield from _strings(child)
