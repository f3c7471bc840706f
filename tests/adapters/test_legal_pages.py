"""The pages about, privacy and terms: served as they are written, in plain words, with nothing of anybody on them."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from aiohttp import ClientSession, web

from adapters.content_files import pages
from adapters.legal_pages import HEADERS, NAMES, page, routes
from adapters.reading_level import grade
from bot.guide import Guide
from tests.loopback import serving


class Words(HTMLParser):
    """Collects the texts and the links of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.links: list[str] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links.append(dict(attrs)["href"] or "")


@pytest.mark.parametrize("name", NAMES)
async def test_each_page_is_answered(guide: Guide, name: str):
    app = web.Application()
    app.add_routes(routes(guide, pages()))
    async with serving(app) as url, ClientSession() as session, session.get(f"{url}/{name}") as response:
        assert (200, "text/html") == (response.status, response.content_type)
        assert HEADERS.items() <= dict(response.headers).items()
        assert page(name, guide, pages()) == await response.text()


def test_the_privacy_page_says_what_the_guide_says(guide: Guide):
    shown = " ".join("".join(Words(page("privacy", guide, pages())).texts).split())
    assert " ".join(guide.privacy.replace("**", "").split()) in shown


@pytest.mark.parametrize("name", NAMES)
def test_a_page_leads_only_to_the_others(guide: Guide, name: str):
    assert set(Words(page(name, guide, pages())).links) <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_opens_with_its_title(guide: Guide, name: str):
    html = page(name, guide, pages())
    (title,) = [html.partition("<title>")[2].partition("</title>")[0]]
    assert f"<h1>{title}</h1>" in html
    assert f'<html lang="{guide.language}">' in html


@pytest.mark.parametrize("name", NAMES)
def test_a_page_reads_easily(guide: Guide, name: str):
    assert grade(" ".join(Words(page(name, guide, pages())).texts)) <= 8


def test_words_in_a_page_are_words_not_html(guide: Guide):
    sources = pages() | {"about.j2": "# <b>Bold</b> & more\n\n<script>alert(1)</script>\n"}
    html = page("about", guide, sources)
    assert "<script>" not in html
    assert "<title>&lt;b&gt;Bold&lt;/b&gt; &amp; more</title>" in html


def test_another_folder_may_have_a_page_of_its_own(tmp_path: Path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "terms.j2").write_text("# Our terms\n", encoding="utf-8")
    assert "# Our terms\n" == pages(tmp_path)["terms.j2"]
    assert pages()["privacy.j2"] == pages(tmp_path)["privacy.j2"]
