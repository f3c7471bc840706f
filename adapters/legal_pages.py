"""Answers `/about`, `/privacy` and `/terms` with plain pages made from content/pages, for whoever reads before talking.

Words in, HTML out: nothing of a person is ever on them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web
from jinja2 import DictLoader
from markdown_it import MarkdownIt

from adapters.plain_pages import Look
from bot.guide import Guide
from bot.wording import environment

NAMES = ("about", "privacy", "terms")
"""The pages there are. Each is answered at its name, and made from the file of that name."""

_LOOK = Look(40, "h1,h2{line-height:1.25}")

HEADERS = _LOOK.headers(cache="public, max-age=3600")
"""Sent with every page."""


def routes(guide: Guide, sources: Mapping[str, str]) -> list[web.RouteDef]:
    """Return the routes of the pages.

    Args:
        guide: whose privacy text stands on the privacy page, and in whose language the pages are.
        sources: the texts of the pages by file name, as `content_files.pages` reads them.
    """
    return [web.get(f"/{name}", _answering(page(name, guide, sources)), allow_head=True) for name in NAMES]


def page(name: str, guide: Guide, sources: Mapping[str, str]) -> str:
    """Return one page as HTML.

    Raises:
        TemplateError: its text uses a name that is not given.
    """
    template = environment(DictLoader(dict(sources))).get_template(f"{name}.j2")
    text = template.render(privacy=guide.privacy)
    body = MarkdownIt("commonmark", {"html": False}).render(text)
    return _LOOK.page(_heading(text), body, guide.language)


def _heading(text: str) -> str:
    """Return the first line, without its mark."""
    return text.strip().partition("\n")[0].lstrip("# ").strip()


def _answering(html: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(text=html, content_type="text/html", charset="utf-8", headers=HEADERS)

    return answer
