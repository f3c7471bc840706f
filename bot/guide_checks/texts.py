"""Texts: short enough for every platform, in the mark-up that all of them draw, readable by everyone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.guide import ASIDE
from bot.guide_checks.draft import Draft
from bot.guide_text.format import USES, Text, Use
from bot.guide_text.placeholders import AT_RUN_TIME, IN_LABELS, PER_SKILL, has_loose_brace, names_in
from bot.guide_text.source import Problem, report, suggest
from bot.guide_text.values import Found

SLACK_OPTION = 75
"""Characters that an option or button of Slack's holds; a skill's steps are offered as options."""

_MAY_CARRY_MARKS = re.compile(r"[#<`|!>\[]|^\s*([-=*_]\s*){3,}$|^\s*([-*+]|\d+[.)])\s|^( {4}|\t)", re.MULTILINE)
_TABLE = re.compile(r"^\s*\|?[^|\n]+\|.*\n\s*\|?\s*:?-{2,}", re.MULTILINE)
_SWALLOWED = re.compile(r"^ {0,3}\[[^\]\n]+\]:\s*\S+", re.MULTILINE)
_REFUSED = {
    "heading_open": ("a heading", "Make it bold, or a line of its own."),
    "fence": ("a block of code", "Write it as plain lines."),
    "code_block": ("an indented block, which counts as code", "Remove the four spaces at the line's start."),
    "code_inline": ("code marks", "Use bold or quotation marks."),
    "html_block": ("HTML", "Use **bold**, *italic*, lists and links only."),
    "html_inline": ("HTML", "Use **bold**, *italic*, lists and links only."),
    "image": ("a picture", "Say in words what it shows."),
    "hr": ("a ruler", "Leave an empty line instead."),
    "blockquote_open": ("a block quote", "Use quotation marks."),
}
_BLOCKS = ("bullet_list_open", "ordered_list_open")
_SHOUTS = re.compile(r"\b[A-Z]{6,}\b|\b[A-Z]{2,}(?:\s+[A-Z]{2,}){2,}\b")
_HAS_WORDS = re.compile(r"[^\W_]")
_COLOURS = frozenset(
    (
        *("red", "amber", "orange", "yellow", "green", "blue", "purple", "violet", "pink", "brown", "black"),
        *("white", "grey", "gray"),
    )
)


def check(draft: Draft) -> Iterator[Problem]:
    """Yield texts that are too long, carry mark-up or gaps they may not have, or shut someone out."""
    for each, use in draft.texts():
        yield from _length(each, use)
        yield from _gaps(each)
        yield from _marks(each, use)
        yield from _look(each, use, draft.names)
    yield from _nudges(draft)
    yield from _filled(draft)
    yield from _early_gaps(draft)
    for each in (*draft.found, *draft.shared):
        if isinstance(each.kind, Text) and not USES[each.kind.use].shown and len(each.value) > USES[each.kind.use].most:
            most = USES[each.kind.use].most
            message = f"{_capital(each.called)} has {len(each.value)} characters."
            yield report(each.spot, "text-too-long", message, f"Keep it to {most}.")


def _capital(called: str) -> str:
    return called[0].upper() + called[1:]


def count_words(text: str) -> int:
    """Return how many words a reader would count; marks and bare signs are none."""
    return sum(1 for word in text.split() if _HAS_WORDS.search(word))


def _length(each: Found, use: Use) -> Iterator[Problem]:
    size = len(each.value.strip())
    if size > use.most:
        code = "label-too-long" if each.key == "label" else "text-too-long"
        message = f"{_capital(each.called)} has {size} characters."
        yield report(each.spot, code, message, f"Keep it to {use.most}.")
    elif each.key == "steps" and size > SLACK_OPTION:
        message = f"A step of {each.owner} `{each.owner_id}` has {size} characters, and it is offered as an option."
        yield report(each.spot, "label-too-long", message, f"Keep it to {SLACK_OPTION}.", "warning")
    if use.words and each.owner != "nudge" and count_words(each.value) > use.words:
        message = f"{_capital(each.called)} has {count_words(each.value)} words."
        yield report(each.spot, f"{each.owner}-too-long", message, f"Keep it to {use.words}.")


def _nudges(draft: Draft) -> Iterator[Problem]:
    for nudge in draft.read.values["nudges"]:
        use = USES["channel nudge" if nudge.values["to"] == "channel" else "private nudge"]
        count = count_words(nudge.values["text"])
        if count > use.words:
            message = f"Nudge `{nudge.values['id']}` to a {nudge.values['to']} has {count} words."
            yield report(nudge.spot_of("text"), "nudge-too-long", message, f"Keep it to {use.words}.")


def _gaps(each: Found) -> Iterator[Problem]:
    allowed = frozenset[str]()
    if each.owner in ("question", "option"):
        allowed = AT_RUN_TIME
    elif each.owner in ("ladder question", "ladder option"):
        allowed = AT_RUN_TIME | PER_SKILL
    elif each.owner == "labels":
        allowed = IN_LABELS
    if has_loose_brace(each.value):
        message = f"A brace stands alone in {each.called}."
        yield report(each.spot, "unbalanced-brace", message, "Close the gap, as in `{name}`, or double the brace.")
    for name in names_in(each.value):
        if name not in allowed:
            message = f"{_capital(each.called)} has the gap `{{{name}}}`, which nothing fills."
            mend = suggest(name, allowed) if allowed else "Write the words themselves."
            yield report(each.spot, "undeclared-placeholder", message, mend)


def _early_gaps(draft: Draft) -> Iterator[Problem]:
    for section in draft.read.values["sections"]:
        if section.values["shows"] in ASIDE:
            continue
        for question in section.values["questions"]:
            for key in ("text", "why", "hint"):
                early = [name for name in names_in(question.values[key]) if name != "name"]
                if early and early[0] in AT_RUN_TIME:
                    message = f"`{{{early[0]}}}` is not known yet at question `{question.values['id']}`."
                    mend = "Use it in the `each:` questions, after the actions are picked."
                    yield report(question.spot_of(key), "early-placeholder", message, mend, "warning")


def _filled(draft: Draft) -> Iterator[Problem]:
    """Measure a ladder's texts with the words of each skill in them."""
    for question in draft.guide.questions():
        if not question.skill or not question.part:
            continue
        record = draft.built.asked[question.id]
        sizes = [
            ("text", question.text, "text"),
            ("why", question.why, "text"),
            ("hint", question.hint, "hint"),
        ]
        sizes += [("options", option.label, "label") for option in question.options]
        for key, text, use in sizes:
            if len(text) > USES[use].most:
                message = f"With the words of skill `{question.skill}`, `{key}` has {len(text)} characters."
                yield report(record.spot_of(key), "text-too-long", message, f"Keep it to {USES[use].most}.")


_PARSER = MarkdownIt("commonmark", {"html": True})


def _marks(each: Found, use: Use) -> Iterator[Problem]:
    text = each.value
    if not _MAY_CARRY_MARKS.search(text):
        return
    called = _capital(each.called)
    if _TABLE.search(text):
        yield report(each.spot, "markup-not-allowed", f"{called} holds a table.", "Write it as a list.")
    if _SWALLOWED.search(text):
        mend = "Put the words before it, or drop the colon."
        yield report(each.spot, "vanishing-line", f"A line `[...]: ...` of {each.called} would not be shown.", mend)
    tokens = _PARSER.parse(text) if use.marks != "none" else _PARSER.parseInline(text)
    for token in _flat(tokens):
        if token.type in _REFUSED:
            what, mend = _REFUSED[token.type]
            yield report(each.spot, "markup-not-allowed", f"{called} holds {what}.", mend)
        elif token.type in _BLOCKS and use.marks != "blocks":
            yield report(each.spot, "markup-not-allowed", f"{called} begins like a list.", "Write one sentence.")
        elif token.type == "link_open" and not str(token.attrGet("href")).startswith("https://"):
            message = f"A link in {each.called} does not begin with https://."
            yield report(each.spot, "bad-link", message, "Give the whole address, or write [gap\\] for a gap.")


def _flat(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from token.children or ()


def _look(each: Found, use: Use, names: tuple[str, ...]) -> Iterator[Problem]:
    text = each.value
    if not _HAS_WORDS.search(text):
        message = f"{_capital(each.called)} has no words, so not everyone can read it."
        yield report(each.spot, "no-words", message, "Say it in words.")
    elif use.marks == "none" and set(re.findall(r"\w+", text.lower())) <= _COLOURS:
        message = f"{_capital(each.called)} means something by its colour alone."
        yield report(each.spot, "colour-only", message, "Say what the colour stands for.", "warning")
    for name in names:
        text = text.replace(name, "")
    shout = _SHOUTS.search(text)
    if shout:
        message = f"{_capital(each.called)} shouts: {shout[0]!r}."
        mend = "Write it in small letters, or list it under `names:` if it is a name."
        yield report(each.spot, "shouting", message, mend)
