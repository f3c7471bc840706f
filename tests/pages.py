"""The pages of the project, as tests read them."""

from __future__ import annotations

import re

from tests.conftest import ROOT

SKIPPED = {".venv", ".git", "node_modules"}
PAGES = sorted(
    page.relative_to(ROOT).as_posix()
    for page in ROOT.rglob("*.md")
    if not SKIPPED & set(page.relative_to(ROOT).parts) and not page.relative_to(ROOT).parts[0].startswith(".")
)
EXAMPLE = re.compile(r"^```yaml ?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def examples(page: str) -> list[tuple[str, str]]:
    return EXAMPLE.findall(text_of(page))
