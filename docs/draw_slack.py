"""Draws what Lateral sends to Slack as a page for a browser, near enough to judge words, order and labels by.

    python -m docs.draw_slack page.html          every kind of card, for looking over
    python -m docs.draw_slack page.html --few    the two that stand in docs/how-to/run-on-slack.md

The blocks are the adapter's own, from a real talk. Slack's own clients draw them; this page only resembles them.
"""  # noqa: INP001

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

from adapters import content_files, content_templates
from adapters.slack.asides import draw_aside, with_share
from adapters.slack.home import Overview, draw_home
from adapters.slack.modals import evidence_modal, text_modal
from adapters.slack.outgoing import draw, draw_answered
from adapters.storage.memory import MemoryStore
from bot.conversation import Conversation, Delivery
from bot.events import Chose, Event, Said, Started, Wanted
from bot.messages import Message
from bot.replies import TellChannel
from bot.wording import Wording

NOON = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
ANA = "slack:T0LATERAL1:U0ANA"
Block = Mapping[str, Any]

STYLE = """
body{font:15px/1.47 Lato,"Liberation Sans",sans-serif;color:#1d1c1d;background:#fff;margin:16px;width:1380px}
main{columns:3;column-gap:24px}main.few{columns:2;width:980px}
section{break-inside:avoid;margin:0 0 22px;border:1px solid #ddd;border-radius:8px;padding:10px 14px}
h2{font-size:12px;color:#616061;margin:0 0 8px;font-weight:400;text-transform:uppercase;letter-spacing:.04em}
.row{display:flex;gap:8px;margin:0 0 10px}.face{flex:none;width:36px;height:36px;border-radius:8px;background:#1f3a5f;
color:#fff;font-weight:900;text-align:center;line-height:36px}.face.you{background:#b7791f}.name{font-weight:900}
.app{font-size:10px;background:#e8e8e8;color:#616061;border-radius:2px;padding:1px 3px;margin:0 4px;font-weight:700}
.time,.only{font-size:12px;color:#616061;font-weight:400}p,ul,ol{margin:2px 0 6px}ul,ol{padding-left:26px}
pre,code{background:#f8f8f8;border:1px solid #ddd;border-radius:3px;font-size:12px;padding:1px 3px}
blockquote{border-left:4px solid #ddd;margin:0 0 6px;padding-left:12px}
hr{border:0;border-top:1px solid #ddd;margin:12px 0}
.actions{display:flex;flex-wrap:wrap;gap:8px;margin:4px 0 10px}.mark{width:100%}
.button{border:1px solid #bbb;border-radius:4px;padding:0 12px;font:700 13px/28px Lato,"Liberation Sans",sans-serif;
max-width:236px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis}
.select{border:1px solid #bbb;border-radius:4px;padding:0 12px;line-height:32px;font-size:13px;min-width:180px}
.option{display:block;font-size:13px;line-height:22px}h3{font-size:18px;margin:6px 0}a{color:#1264a3}
.input{border:1px solid #bbb;border-radius:4px;min-height:76px;padding:6px 10px;color:#616061;white-space:pre-wrap}
.label{font-weight:700;margin:8px 0 4px}.hint{font-size:12px;color:#616061}.foot{text-align:right;margin-top:10px}
.foot .button{display:inline-block}.foot .do{background:#007a5a;color:#fff;border-color:#007a5a}
"""


@dataclass
class Sheet:
    """The cards drawn so far."""

    cards: list[str] = field(default_factory=list)

    def add(self, title: str, *parts: str) -> None:
        """Add a card of that title."""
        self.cards.append(f"<section><h2>{escape(title)}</h2>{''.join(parts)}</section>")


class Talk:
    """A real talk of one person, whose answers come as Slack's payloads."""

    def __init__(self) -> None:
        self.guide = content_files.load(content_files.CONTENT / "pm-to-pmo")
        self.wording = Wording(self.guide, content_templates.read(content_files.CONTENT))
        self.store = MemoryStore()
        self.conversation = Conversation(self.guide, self.wording, self.store)

    async def take(self, event: Event, *, aside: bool = False) -> tuple[Message, ...]:
        """Return what is said to an event."""
        return (await self.conversation.take(Delivery(ANA, event, aside=aside), NOON)).messages

    async def say(self, words: str) -> str:
        """Return what a person says and what they are answered, as HTML."""
        return row("Ana", f"<p>{escape(words)}</p>") + self.shown(await self.take(Said(words)))

    def shown(self, messages: Iterable[Message]) -> str:
        """Return messages as they stand in the direct messages, as HTML."""
        payloads = [payload for message in messages for payload in draw(message, message.revision)]
        return "".join(row("Lateral", html_of(payload["blocks"])) for payload in payloads)

    async def aside(self, event: Event) -> str:
        """Return an answer that only the person sees, as HTML."""
        share = self.guide.phrases.labels["share"]
        parts = draw_aside(with_share(await self.take(event, aside=True), share))
        only = '<div class="only">Only visible to you</div>'
        return "".join(row("Lateral", only + html_of(part["blocks"])) for part in parts)

    async def home(self) -> str:
        """Return App Home as HTML."""
        sections, revision = await self.conversation.glance(ANA, NOON)
        overview = Overview(self.guide.phrases.labels["home_title"], sections)
        return html_of(draw_home(overview, revision)["blocks"])


async def draw_all() -> str:
    """Return a page with every kind of card."""
    sheet, talk = Sheet(), Talk()
    await _first_question(sheet, talk)
    await _questions(sheet, talk)
    await _plan(sheet, talk)
    await _asides(sheet, talk)
    card = talk.wording.word((TellChannel(setup=True),))
    sheet.add("The card when it joins a channel", talk.shown(card))
    kept = evidence_modal("Well led, both sites.", "https://example.slack.com/archives/C1/p1")
    sheet.add("Save as evidence", modal_of(kept))
    return page_of(sheet.cards)


async def _first_question(sheet: Sheet, talk: Talk) -> None:
    """Show a first visit and the first question, before it is answered and after."""
    welcome = await talk.take(Started())
    sheet.add("A first visit of Home", await talk.home())
    sheet.add("Hello, and the first question", talk.shown(welcome))
    sheet.add("The same message once it is answered", answered(welcome[-1]))
    sheet.add("A choice with long labels", await talk.say("yes, often"))
    stale = await talk.take(Chose("none", "pmo", 1))
    sheet.add("A press on an old message", talk.shown(stale))


async def _questions(sheet: Sheet, talk: Talk) -> None:
    """Show the menu and each kind of question, on the way through the six skills."""
    for words in ("1", "1", "2", "1"):
        await talk.say(words)
    sheet.add("The menu", await talk.say("2"))
    sheet.add("Several at once", talk.shown(await talk.take(Chose("open:carry"))))
    sheet.add("A question on a ladder", await talk.say("1, 2"))
    for _ in range(2):
        await talk.say("1")
    sheet.add("How sure: a scale", await talk.say("1"))
    sheet.add("Words of one's own", await talk.say("very sure"))
    text = talk.guide.question_by_id["C1.proof"]
    asked = await talk.conversation.question_text(ANA, NOON)
    sheet.add("The modal to write in", modal_of(text_modal(text.id, asked, text.hint, 3)))
    await talk.say("I set the reports for two sites and kept them short.")
    await _finish(talk)


async def _asides(sheet: Sheet, talk: Talk) -> None:
    """Show what is told when it is asked for, in the messages and beside a command."""
    for words in ("why", "progress", "profile", "plan"):
        sheet.add(words.title(), await talk.say(words))
    sheet.add("Home, later", await talk.home())
    sheet.add("/pmo-tip", await talk.aside(Wanted("tip")))
    for command, intent in (("help", "help"), ("privacy", "privacy"), ("forget", "delete")):
        sheet.add(f"/lateral {command}", await talk.aside(Wanted(intent)))
    sheet.add("A free question", await talk.say("what does a PMO do?"))


async def _finish(talk: Talk) -> None:
    """Answer the rest of the six skills by their first option, own words skipped."""
    for _ in range(60):
        messages = await talk.take(Said("1"))
        last = messages[-1].controls[0] if messages[-1].controls else None
        if last is None or last.id == "show_menu":
            return
        if last.kind == "text":
            await talk.take(Wanted("skip"))


async def _plan(sheet: Sheet, talk: Talk) -> None:
    """Make one line of a plan, by the first option of each choice, and show what asks for a day."""
    messages = await talk.take(Chose("open:plan"))
    words = iter(("see how the PMO picks its projects", "fewer reports typed twice"))
    for _ in range(12):
        control = messages[-1].controls[0] if messages[-1].controls else None
        if control is None or control.id == "show_menu":
            return
        sheet.add(f"The plan: {control.id}", talk.shown(messages))
        if control.kind == "date":
            messages = await talk.take(Said("in two weeks"))
            sheet.add("The plan: said back", talk.shown(messages))
            messages = await talk.take(Said("yes"))
        else:
            said = next(words, "skip") if control.kind == "text" else "1"
            messages = await talk.take(Said(said))


async def draw_few() -> str:
    """Return a page with the first question and a tip."""
    sheet, talk = Sheet(), Talk()
    sheet.add("/pmo-tip, in any channel", await talk.aside(Wanted("tip")))
    welcome = await talk.take(Started())
    sheet.add("Messages: the first question", talk.shown(welcome[-1:]))
    shown = answered(welcome[-1])
    next_ = talk.shown(await talk.take(Chose(welcome[-1].controls[0].options[0].id, "pmo")))
    sheet.add("Messages: answered by a button", shown, next_)
    return page_of(sheet.cards, "few")


def answered(message: Message) -> str:
    """Return a question once its first option was pressed, as HTML."""
    blocks = [block for payload in draw(message, 1) for block in payload["blocks"]]
    chosen = message.controls[0].options[0].label
    return row("Lateral", html_of(draw_answered(blocks, chosen)["blocks"]))


def page_of(cards: list[str], kind: str = "") -> str:
    """Return a page with these cards; `few` of them stand in two columns."""
    return f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style><main class="{kind}">{"".join(cards)}</main>\n'


def row(name: str, inside: str, at: str = "12:00") -> str:
    """Return what somebody says, with their face beside it."""
    is_ours = name == "Lateral"
    app, face = ('<span class="app">APP</span>', "face") if is_ours else ("", "face you")
    head = f'<span class="name">{name}</span>{app} <span class="time">{at}</span>'
    return f'<div class="row"><div class="{face}">{name[0]}</div><div>{head}{inside}</div></div>'


def html_of(blocks: Iterable[Block]) -> str:
    """Return blocks as HTML."""
    return "".join(_DRAW[block["type"]](block) for block in blocks)


def modal_of(view: Block) -> str:
    """Return a modal as HTML."""
    foot = (
        f'<span class="button">{_words(view["close"])}</span> <span class="button do">{_words(view["submit"])}</span>'
    )
    return f'<h3>{_words(view["title"])}</h3>{html_of(view["blocks"])}<div class="foot">{foot}</div>'


def _words(text: Block) -> str:
    return escape(str(text["text"]))


def _rich(block: Block) -> str:
    return "".join(_RICH[element["type"]](element) for element in block["elements"])


def _spans(element: Block) -> str:
    return "".join(_span(part) for part in element["elements"]).replace("\n", "<br>")


def _span(part: Block) -> str:
    said = escape(str(part.get("text", part.get("url", ""))))
    for style, tag in (("bold", "b"), ("italic", "i"), ("code", "code")):
        said = f"<{tag}>{said}</{tag}>" if part.get("style", {}).get(style) else said
    return f'<a href="{escape(part["url"])}">{said}</a>' if part["type"] == "link" else said


def _list(element: Block) -> str:
    tag = "ol" if element["style"] == "ordered" else "ul"
    items = "".join(f"<li>{_spans(item)}</li>" for item in element["elements"])
    indent = f' style="margin-left:{24 * element.get("indent", 0)}px"'
    return f'<{tag} start="{element.get("offset", 0) + 1}"{indent}>{items}</{tag}>'


def _actions(block: Block) -> str:
    return f'<div class="actions">{"".join(_control(each) for each in block["elements"])}</div>'


def _control(element: Block) -> str:
    if element["type"] == "button":
        return f'<span class="button">{_words(element["text"])}</span>'
    if element["type"] in ("radio_buttons", "checkboxes"):
        mark = "◯" if element["type"] == "radio_buttons" else "☐"
        options = (f'<span class="option">{mark} {_words(option["text"])}</span>' for option in element["options"])
        return f'<div class="mark">{"".join(options)}</div>'
    sign = "▦" if element["type"] == "datepicker" else "▾"
    return f'<span class="select">{_words(element["placeholder"])} {sign}</span>'


def _input(block: Block) -> str:
    hint = f'<div class="hint">{_words(block["hint"])}</div>' if "hint" in block else ""
    entered = escape(block["element"].get("initial_value", ""))
    return f'<div class="label">{_words(block["label"])}</div><div class="input">{entered}</div>{hint}'


_RICH = {
    "rich_text_section": lambda element: f"<p>{_spans(element)}</p>",
    "rich_text_list": _list,
    "rich_text_quote": lambda element: f"<blockquote>{_spans(element)}</blockquote>",
    "rich_text_preformatted": lambda element: f"<pre>{_spans(element)}</pre>",
}
_DRAW = {
    "rich_text": _rich,
    "header": lambda block: f"<h3>{_words(block['text'])}</h3>",
    "divider": lambda _: "<hr>",
    "actions": _actions,
    "input": _input,
}


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(asyncio.run(draw_few() if "--few" in sys.argv else draw_all()), encoding="utf-8")
