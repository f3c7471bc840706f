"""Answers `/about`, `/privacy` and `/terms` with plain pages made from content/pages, for whoever reads before talking.

Words in, HTML out: nothing of a person is ever on them.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Awaitable, Callable, Mapping
from hashlib import sha256
from html import escape

from aiohttp import web
from jinja2 import DictLoader
from markdown_it import MarkdownIt

from bot.guide import Guide
from bot.wording import environment

NAMES = ("about", "privacy", "terms")
"""The pages there are. Each is answered at its name, and made from the file of that name."""

_STYLE = (
    "body{font:1.1rem/1.6 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem;color:#1d1c1d;"
    "background:#fff}h1,h2{line-height:1.25}a{color:#0b4c8c}"
)
_STYLE_HASH = b64encode(sha256(_STYLE.encode()).digest()).decode()

HEADERS = {
    "Cache-Control": "public, max-age=3600",
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
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
    return _whole(_heading(text), guide.language, body)


def _heading(text: str) -> str:
    """Return the first line, without its mark."""
    return text.strip().partition("\n")[0].lstrip("# ").strip()


def _answering(html: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(text=html, content_type="text/html", charset="utf-8", headers=HEADERS)

    return answer


def _whole(title: str, language: str, body: str) -> str:
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )
