"""Reads YAML as marked data: every scalar stays words, every value keeps its line, nothing is made to run."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from adapters.yaml_mends import explain
from bot.guide_text.source import Problem, Source, Spot, report

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

BIGGEST_FILE = 1_000_000
"""Bytes; a guide's file has a tenth of it."""

_ENTRY = "Remove one of them; or, if a new entry begins here, begin its first line with `- `."

_HEADING = "Put all that belongs to it under one of them, and remove the other."

DEEPEST = 40
"""Levels of lists and mappings within each other; a guide has fewer than ten."""

_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
"""What YAML takes nowhere, control characters above all; a file in UTF-16 or of a word processor is full of them."""

_STANDARD = "tag:yaml.org,2002:"
_PLAIN_TAGS = frozenset(f"{_STANDARD}{name}" for name in ("str", "map", "seq"))


def compose(file: str, content: bytes) -> tuple[Source | None, tuple[Problem, ...]]:
    """Return the marked data of one file, or None where it cannot be read at all, and what is wrong with it.

    Aliases and merge keys are refused: what stands on a line is all that the line says, and no file can
    unfold into more than its own size.
    """
    start = Spot(file, 1)
    if len(content) > BIGGEST_FILE:
        message = f"This file has {len(content):,} bytes."
        return None, (report(start, "file-too-big", message, f"Keep it under {BIGGEST_FILE:,}; split it in two."),)
    text, foreign = _decoded(file, content)
    if foreign is not None:
        return None, (foreign,)
    try:
        too_deep = _too_deep(file, text)
        if too_deep is not None:
            return None, (too_deep,)
        node = yaml.compose(text, Loader=_Loader)
        marked = _Marked(file)
        source = marked.mark(node) if node is not None else None
    except yaml.YAMLError as error:
        wrong = explain(text, error)
        return None, (report(Spot(file, wrong.line), "bad-yaml", wrong.message, wrong.mend),)
    if source is None:
        return None, (report(start, "empty-file", "This file holds nothing.", "Write something, or remove the file."),)
    return source, tuple(marked.problems)


def _decoded(file: str, content: bytes) -> tuple[str, Problem | None]:
    """Return the words of a file, or what keeps it from being text: another encoding, or signs that no text has."""
    mend = "Save the file as plain text in UTF-8."
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        spot = Spot(file, content.count(b"\n", 0, error.start) + 1)
        return "", report(spot, "bad-encoding", "This line is not in UTF-8.", mend)
    sign = _NO_TEXT.search(text)
    if sign is None:
        return text, None
    spot = Spot(file, text.count("\n", 0, sign.start()) + 1)
    message = f"This line holds a sign that no text has, U+{ord(sign[0]):04X}."
    return "", report(spot, "bad-encoding", message, f"Delete it. If there are many: {mend[0].lower()}{mend[1:]}")


def _too_deep(file: str, text: str) -> Problem | None:
    """Look for endless nesting event by event: composing it would exhaust the stack and end the process."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                spot = Spot(file, event.start_mark.line + 1 if event.start_mark else 1)
                return report(spot, "bad-yaml", "This line nests too deeply.", "Look for a run of `[` or `{`.")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


@dataclass
class _Marked:
    """The nodes of one file on their way to marked data."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def mark(self, node: yaml.Node) -> Source:
        line = node.start_mark.line + 1
        if id(node) in self.seen:
            mend = "Write the value out in each place."
            self._object_to(node, "alias", "This value is repeated elsewhere by an alias (`*name`).", mend)
            return Source("", self.file, line)
        self.seen.add(id(node))
        if node.tag not in _PLAIN_TAGS:
            tag = str(node.tag).replace(_STANDARD, "!!")
            self._object_to(node, "tag", f"The tag `{tag}` is not used in guides.", "Remove the tag.")
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node)
        if isinstance(node, yaml.SequenceNode):
            return Source(tuple([self.mark(entry) for entry in node.value]), self.file, line)
        return Source(str(node.value), self.file, line)

    def _mapping(self, node: yaml.MappingNode) -> Source:
        values: dict[str, Source] = {}
        keys: dict[str, Spot] = {}
        for key, value in node.value:
            spot = Spot(self.file, key.start_mark.line + 1)
            if not isinstance(key, yaml.ScalarNode):
                self._object_to(
                    key,
                    "wrong-type",
                    "A key should be one word.",
                    "Quote a text that begins with `[` or `{`.",
                )
            elif key.value == "<<":
                self._object_to(key, "alias", "A merge (`<<`) hides what an entry holds.", "Write the keys out.")
            elif key.value in values:
                message = f"`{key.value}` stands here and in line {keys[key.value].line} of the same entry."
                self._object_to(key, "duplicate-key", message, _ENTRY if key.start_mark.column else _HEADING)
            else:
                values[key.value], keys[key.value] = self.mark(value), spot
        return Source(values, self.file, node.start_mark.line + 1, keys)

    def _object_to(self, node: yaml.Node, code: str, message: str, mend: str) -> None:
        self.problems.append(report(Spot(self.file, node.start_mark.line + 1), code, message, mend))
