"""What a platform says is worded as the conversation is: the templates are read, checked and compiled once for all."""

from __future__ import annotations

from pathlib import Path

from bot.guide import Guide
from bot.wording import Wording
from tests.adapters.slack.workplace import workplace
from tests.adapters.teams.office import office


async def test_no_platform_reads_the_templates_again(tmp_path: Path, guide: Guide, wording: Wording):
    async with (
        workplace(tmp_path / "slack", guide, wording) as slack,
        office(tmp_path / "teams", guide, wording) as teams,
    ):
        await slack.say("hello")
        await teams.say("hello")

        assert (True, True) == (bool(slack.posted()), bool(teams.posted()))
    # Whoever reads them notes in this folder that they were checked.
    assert [] == list(tmp_path.rglob("cache"))
