"""Writes the pages of the installation: plain HTML that says what happened and what to do next. Text in, text out."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from adapters.plain_pages import Look

_LOOK = Look(36, "a.do{display:inline-block;padding:.6rem 1.2rem;border-radius:.4rem;background:#1f3a5f;color:#fff}")

HEADERS = _LOOK.headers(cache="no-store")
"""Sent with every page. The address of the last one holds a code and a state, which nobody else is told."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its HTTP status, its heading, and its paragraphs as HTML."""

    status: int
    heading: str
    paragraphs: tuple[str, ...] = ()


_AGAIN = '<a class="do" href="install">Begin again</a>'

BEGIN = Page(200, "Add Lateral to Slack")
DONE = Page(200, "Lateral is installed")
DENIED = Page(
    200,
    "Nothing was installed",
    (
        "You chose not to allow Lateral in your workspace. Nothing was changed, and nothing is kept.",
        "If only an administrator may install apps where you work, show them this address.",
        _AGAIN,
    ),
)
STALE = Page(
    400,
    "This link is too old",
    (
        "It works once, for ten minutes, and in the browser it was opened in. Nothing was installed.",
        "Begin again, and finish in this window.",
        _AGAIN,
    ),
)
REFUSED = Page(
    400,
    "Slack did not install Lateral",
    (
        "Nothing was installed. It is safe to try once more.",
        _AGAIN,
        "If it fails again, show this page to whoever runs Lateral: its instructions say what Slack's words mean.",
    ),
)
NO_WORKSPACE = Page(
    400,
    "Please choose one workspace",
    (
        "Lateral is installed for one workspace at a time, not for a whole organisation. It gave back what it got.",
        "Begin again, and choose a workspace at the top of Slack's page.",
        _AGAIN,
    ),
)
UNREACHABLE = Page(
    502,
    "Slack did not answer",
    ("Slack could not be reached just now, so nothing was installed. Try again in a minute.", _AGAIN),
)
STORE_FAILED = Page(
    503,
    "Lateral could not write this down",
    (
        "The installation was not finished, because Lateral's database could not be used.",
        "Whoever runs Lateral finds the reason in its log. After that, begin again; it does no harm to install twice.",
        _AGAIN,
    ),
)


def begin(link: str) -> str:
    """Return the page that leads to Slack by that link."""
    return _write(
        BEGIN.heading,
        "Lateral helps project managers decide whether to move to the project management office, and how: one question"
        " at a time, in a direct message.",
        f'<a class="do" href="{escape(link)}">Add to Slack</a>',
        "Slack shows what Lateral may do before you allow it. It reads what people write to it directly, and nothing"
        " else.",
        "The button works for ten minutes. After that, load this page again.",
    )


def done(workspace: str, app: str, team: str) -> str:
    """Return the page for the end of a good installation in that workspace, with what to do next."""
    link = f"https://slack.com/app_redirect?{urlencode({'app': app, 'team': team})}"
    return _write(
        DONE.heading,
        f"Lateral now works in <strong>{escape(workspace)}</strong>.",
        f'<a class="do" href="{escape(link)}">Open Lateral in Slack</a>',
        "Next, say hello to it under <strong>Messages</strong>, or type <code>/pmo-tip</code> in any channel for one"
        " quick tip that you alone see.",
        "Lateral writes to nobody by itself. Tell your colleagues that they find it under <strong>Apps</strong>.",
        "To take it away, remove the app in Slack: everything of your workspace is then deleted.",
    )


def ended(page: Page, word: str = "") -> str:
    """Return a page that ends without an installation; `word` is Slack's own for the reason, if it gave one."""
    reason = (f"Slack's word for it: <code>{escape(word)}</code>.",) if word else ()
    return _write(page.heading, *page.paragraphs, *reason)


def _write(heading: str, *paragraphs: str) -> str:
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return _LOOK.page(heading, f"<h1>{escape(heading)}</h1>\n{body}\n")
