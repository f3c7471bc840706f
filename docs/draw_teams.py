"""Draws the cards of a real talk as Teams would, and says what Microsoft's own renderer finds wrong with them.

`python -m docs.draw_teams` renders every card and fails if the renderer reports anything; `--write` also draws
docs/pictures/teams-card.png, and `--look FOLDER` draws them all, at the widths of a desktop and of a phone. It needs
npm, which fetches the renderer (the package `adaptivecards`, MIT licence) into a folder of its own, and Chromium.
"""  # noqa: INP001

from __future__ import annotations

import argparse
import html
import json
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from adapters import content_files, content_templates
from adapters.teams.outgoing import draw, draw_answered
from adapters.teams.stamps import Stamp
from bot.messages import Message, join
from bot.wording import Wording
from tests.talking import Conversing

PICTURE = Path(__file__).parent / "pictures" / "teams-card.png"
PICTURED = "question"
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PACKAGES = ("adaptivecards@3.0.6", "markdown-it@14")
WIDTHS = (600, 320)

Card = dict[str, Any]

SAFE = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)

HOST = {
    "fontFamily": "Segoe UI, Liberation Sans, sans-serif",
    "fontSizes": {"small": 12, "default": 14, "medium": 16, "large": 18, "extraLarge": 24},
    "supportsInteractivity": True,
    "spacing": {"small": 8, "default": 12, "medium": 16, "large": 20, "extraLarge": 24, "padding": 16},
    "actions": {"maxActions": 6, "buttonSpacing": 8, "actionsOrientation": "horizontal", "actionAlignment": "left"},
    "inputs": {
        "label": {
            "requiredInputs": {"weight": "bolder", "suffix": " *", "suffixColor": "attention"},
            "optionalInputs": {"weight": "bolder"},
        }
    },
    "containerStyles": {"emphasis": {"backgroundColor": "#f0f0f0"}},
}
"""Teams' own look, as near as the renderer's settings come to it."""

PAGE = """<!doctype html><meta charset="utf-8"><title>Cards</title>
<style>
body {{ margin: 16px; background: #f5f5f5; font-family: "Segoe UI", "Liberation Sans", sans-serif; display: flex;
  flex-wrap: wrap; gap: 16px; align-items: flex-start; }}
.card {{ background: #fff; border: 1px solid #d1d1d1; border-radius: 6px; }}
.ac-pushButton {{ font: 600 14px "Segoe UI", "Liberation Sans", sans-serif; padding: 5px 12px; background: #fff;
  border: 1px solid #d1d1d1; border-radius: 4px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }}
.ac-input {{ font: 14px "Segoe UI", "Liberation Sans", sans-serif; }}
.style-positive {{ background: #5b5fc7; border-color: #5b5fc7; color: #fff; }}
textarea.ac-input, select.ac-input, input[type=date].ac-input {{ width: 100%; box-sizing: border-box; padding: 6px;
  border: 1px solid #d1d1d1; border-radius: 4px; }}
ol, ul {{ margin: 0; padding-left: 24px; box-sizing: border-box; }} li {{ margin-bottom: 4px; }} p {{ margin: 0; }}
pre {{ display: none; }}
</style>
<script>{script}</script><script>{markdown}</script>
<body><pre id="found"></pre><script>
const cards = {cards}, widths = {widths}, found = [];
const reader = window.markdownit({{html: false}});
AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {{
  result.outputHtml = reader.render(text); result.didProcess = true;
}};
for (const [name, content] of cards) for (const width of widths) {{
  const card = new AdaptiveCards.AdaptiveCard(), context = new AdaptiveCards.SerializationContext();
  // The renderer's pattern for `lang` remembers its last match; a card without a match makes it forget.
  new AdaptiveCards.AdaptiveCard().parse({{type: "AdaptiveCard", version: "1.5", lang: "-", body: []}});
  card.hostConfig = new AdaptiveCards.HostConfig({host});
  card.parse(content, context);
  const box = document.createElement("div");
  box.className = "card"; box.style.width = width + "px";
  box.appendChild(card.render()); document.body.appendChild(box);
  const wrong = [...Array(context.eventCount).keys()].map((at) => context.getEventAt(at).message)
    .filter((message) => !(message.startsWith('Unknown element type "Chart.') && message.includes("Fallback")));
  wrong.push(...card.validateProperties().validationEvents.map((event) => event.message));
  if (box.scrollWidth > box.clientWidth) wrong.push("wider than its box: " + box.scrollWidth);
  for (const message of wrong) found.push([name, width, message]);
}}
document.getElementById("found").textContent = JSON.stringify(
  {{found, height: Math.ceil(document.body.getBoundingClientRect().bottom) + 16}});
</script>
"""


def talk() -> list[tuple[str, Message]]:
    """Return the messages of a talk that touches every kind of card, each with a name."""
    guide = content_files.load(content_files.CONTENT / "pm-to-pmo")
    talking = Conversing(guide, Wording(guide, content_templates.read(content_files.CONTENT)), MONDAY)
    said: list[tuple[str, Message]] = []

    def note(name: str) -> None:
        said.extend((name, message) for message in join(talking.messages))

    talking.start()
    note("welcome")
    talking.say("1", "2", "1", "2", "1", "2")
    talking.press("open:carry")
    note("multi")
    talking.say("1 and 2")
    note("question")
    _through_skills(talking)
    for words in ("profile", "progress", "tip", "privacy", "what are the downsides?", "menu", "help", "cv"):
        talking.say(words)
        note(words)
    talking.press("open:plan")
    talking.say("skip", "skip")
    note("picks")
    talking.submit({"picks": ("shadowing",)})
    note("suggestions")
    talking.say("keep")
    note("obstacle")
    talking.say("no *time* <at>", "after our team meeting")
    note("date")
    talking.say("in two weeks", "yes", "plan")
    note("plan")
    talking.press("do:document:improvement-proposal")
    note("document")
    for words in ("review", "export", "practice", "delete everything about me"):
        talking.say(words)
        note(words)
    return said


def _through_skills(talking: Conversing) -> None:
    for answer in ("y", "y", "n", "h", "I got two vendors to agree one date", "y", "n", "m", "The board chose it", "n"):
        question = talking.guide.question_by_id[talking.question or ""]
        if question.kind == "choice":
            talking.press(answer, question.id)
        else:
            talking.submit({question.id: answer})


def scenes() -> list[tuple[str, Card]]:
    """Return every card to draw, with its name."""
    said = talk()
    drawn = [(name, card) for name, message in said for card in map(_content, draw(message, Stamp(7)))]
    asked = next(message for name, message in said if name == "question")
    return [*drawn, ("answered", _content(draw_answered(asked, "Yes")))]


def _content(activity: Card) -> Card:
    content: Card = activity["attachments"][0]["content"]
    return content


class Renderer:
    """Chromium with Microsoft's renderer in a page of its own, which fetches nothing."""

    def __init__(self, folder: Path, chromium: str) -> None:
        self._folder = folder
        self._chromium = chromium
        modules = folder / "node_modules"
        self._script = (modules / "adaptivecards" / "dist" / "adaptivecards.min.js").read_text(encoding="utf-8")
        self._markdown = (modules / "markdown-it" / "dist" / "markdown-it.min.js").read_text(encoding="utf-8")

    def render(self, cards: list[tuple[str, Card]], picture: Path | None = None) -> list[tuple[str, int, str]]:
        """Render cards, into a picture if one is named, and return what was found: card, width, message."""
        page = self._folder / "page.html"
        page.write_text(self._page(cards), encoding="utf-8")
        written = self._run("--dump-dom", page.as_uri())
        told = json.loads(html.unescape(re.findall(r'<pre id="found">(.*?)</pre>', written, re.DOTALL)[0]))
        if picture is not None:
            size = f"--window-size={sum(WIDTHS) + 16 * 3 + 4},{told['height']}"
            self._run(f"--screenshot={picture}", size, page.as_uri())
        return [(name, width, message) for name, width, message in told["found"]]

    def _page(self, cards: list[tuple[str, Card]]) -> str:
        return PAGE.format(
            script=self._script,
            markdown=self._markdown,
            cards=json.dumps(cards).replace("</", "<\\/"),
            widths=json.dumps(WIDTHS),
            host=json.dumps(HOST),
        )

    def _run(self, *arguments: str) -> str:
        with tempfile.TemporaryDirectory() as profile:
            size = () if any("window-size" in each for each in arguments) else ("--window-size=1000,800",)
            command = [self._chromium, *SAFE, f"--user-data-dir={profile}", *size, *arguments]
            return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout  # noqa: S603


def missing() -> str:
    """Return what is needed and not there; empty where all is."""
    wanted = {"npm": ("npm",), "Chromium": ("chromium", "chromium-browser", "google-chrome")}
    return ", ".join(name for name, commands in wanted.items() if not any(map(shutil.which, commands)))


def make_renderer(folder: Path) -> Renderer:
    """Fetch the renderer into a folder and return it."""
    npm, chromium = shutil.which("npm"), shutil.which("chromium") or shutil.which("chromium-browser")
    command = [npm or "npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(folder)]
    subprocess.run([*command, *PACKAGES], check=True, capture_output=True, timeout=300)  # noqa: S603
    return Renderer(folder, chromium or "google-chrome")


def main() -> int:
    """Render the cards; return 1 where the renderer has something to say."""
    parser = argparse.ArgumentParser(description="Draws the cards of a talk with Microsoft's own renderer.")
    parser.add_argument("--write", action="store_true", help="draw docs/pictures/teams-card.png")
    parser.add_argument("--look", type=Path, metavar="FOLDER", help="draw every card into a folder")
    chosen = parser.parse_args()
    if lacking := missing():
        sys.stdout.write(f"skipped: {lacking} is not installed, so no card was rendered\n")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        renderer = make_renderer(Path(folder))
        cards = scenes()
        found = renderer.render(cards)
        if chosen.write:
            renderer.render([each for each in cards if each[0] == PICTURED], PICTURE)
        if chosen.look:
            chosen.look.mkdir(parents=True, exist_ok=True)
            for number, each in enumerate(cards):
                renderer.render([each], chosen.look.absolute() / f"{number:02}-{each[0].replace(' ', '-')}.png")
    for name, width, message in found:
        sys.stdout.write(f"{name} at {width} px: {message}\n")
    sys.stdout.write(f"{len(cards)} cards rendered, {len(found)} things to mend\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
