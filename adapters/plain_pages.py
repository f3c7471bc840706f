"""Plain HTML pages that load nothing: their head, their look, and the headers that let a browser do no more."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from html import escape


@dataclass(frozen=True, slots=True)
class Look:
    """How pages of one kind look. `width` is of their text, in rem; `style` is what they have beside the rest."""

    width: int
    style: str

    def page(self, title: str, body: str, language: str = "en") -> str:
        """Return a whole page; `body` is HTML, the title plain text."""
        return (
            f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escape(title)}</title>\n<style>{self._css}</style>\n</head>\n"
            f"<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
        )

    def headers(self, cache: str) -> dict[str, str]:
        """Return what is sent with every such page: nothing runs, nothing is loaded, nobody learns the address.

        Args:
            cache: how long it may be kept, as `Cache-Control`.
        """
        digest = b64encode(sha256(self._css.encode()).digest()).decode()
        return {
            "Cache-Control": cache,
            "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none';"
            " form-action 'none'; frame-ancestors 'none'",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
        }

    @property
    def _css(self) -> str:
        return (
            f"body{{font:1.1rem/1.6 system-ui,sans-serif;max-width:{self.width}rem;margin:3rem auto;padding:0 1rem;"
            f"color:#1d1c1d;background:#fff}}a{{color:#0b4c8c}}{self.style}"
        )
